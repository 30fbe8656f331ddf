//! The gold set, and how well the coach's rules agree with its labels. Shared by the test and by `examples/coach_table.rs`.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use starling::domain::answer::{StarAnswer, Typed};
use starling::domain::bank::QuestionBank;
use starling::domain::coach::{Feedback, Rule, coach};
use starling::domain::question::{Question, QuestionKey};

/// The files of the gold set, in the order in which they are printed.
pub(crate) const FILES: [&str; 6] = ["strong", "strong-2", "mixed", "weak", "weak-2", "edge"];

/// An answer with what a careful reader found in it.
pub(crate) struct Labelled {
    pub(crate) name: String,
    pub(crate) question: Question,
    pub(crate) is_strong: bool,
    pub(crate) answer: StarAnswer,
    /// The rules that are true of it.
    pub(crate) fires: Vec<Rule>,
    /// What the coach says.
    pub(crate) feedback: Feedback,
}

#[derive(Deserialize)]
struct File {
    answer: Vec<Shape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    name: String,
    question: String,
    class: String,
    #[serde(rename = "language")]
    _language: String,
    fires: Vec<String>,
    situation: String,
    task: String,
    action: String,
    result: String,
}

/// The answers of these files, with what the coach says of each.
pub(crate) fn labelled(files: &[&str]) -> anyhow::Result<Vec<Labelled>> {
    let bank = QuestionBank::built_in()?;
    let mut all = Vec::new();
    for file in files {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/coach/gold/{file}.toml"));
        let read: File = toml::from_str(&fs::read_to_string(path)?)?;
        for shape in read.answer {
            all.push(label(&bank, shape)?);
        }
    }
    Ok(all)
}

fn label(bank: &QuestionBank, shape: Shape) -> anyhow::Result<Labelled> {
    let Shape { name, question, class, fires, situation, task, action, result, .. } = shape;
    let known = |fired: &String| Rule::ALL.into_iter().find(|rule| rule.as_str() == fired);
    let fires: Option<Vec<Rule>> = fires.iter().map(known).collect();
    let fires = fires.ok_or_else(|| anyhow::anyhow!("{name} has a label that is no rule"))?;
    let question = bank.get(&QuestionKey::parse(&question)?).cloned();
    let question = question.ok_or_else(|| anyhow::anyhow!("{name} answers no question"))?;
    let answer = StarAnswer::parse(Typed { situation, task, action, result })?;
    let feedback = coach(&question, &answer);
    Ok(Labelled { name, question, is_strong: class == "strong", answer, fires, feedback })
}

impl Labelled {
    pub(crate) fn finds(&self, rule: Rule) -> bool {
        self.feedback.findings.iter().any(|finding| finding.rule == rule)
    }
}

/// How one rule did.
pub(crate) struct Row {
    pub(crate) rule: Rule,
    /// How many answers the label stands on.
    pub(crate) positives: u32,
    /// How often the rule fired.
    pub(crate) fired: u32,
    /// How often it fired where the label stands.
    pub(crate) right: u32,
}

impl Row {
    /// The share of what it fired on that has the label; 1 where it never fired.
    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.fired)
    }

    /// The share of the labelled answers that it fired on; 1 where there are none.
    pub(crate) fn recall(&self) -> f64 {
        share(self.right, self.positives)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// A row for each rule.
pub(crate) fn rows(answers: &[Labelled]) -> Vec<Row> {
    let row = |rule| {
        let count = |holds: &dyn Fn(&Labelled) -> bool| {
            u32::try_from(answers.iter().filter(|answer| holds(answer)).count()).unwrap_or(u32::MAX)
        };
        let is_labelled = |answer: &Labelled| answer.fires.contains(&rule);
        Row {
            rule,
            positives: count(&is_labelled),
            fired: count(&|answer| answer.finds(rule)),
            right: count(&|answer| answer.finds(rule) && is_labelled(answer)),
        }
    };
    Rule::ALL.map(row).into()
}

/// Each disagreement between coach and label, as a line.
pub(crate) fn disagreements(answers: &[Labelled]) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in Rule::ALL {
        for answer in answers {
            match (answer.finds(rule), answer.fires.contains(&rule)) {
                (true, false) => lines.push(format!("{} fired wrongly on {}", rule.as_str(), answer.name)),
                (false, true) => lines.push(format!("{} missed {}", rule.as_str(), answer.name)),
                _ => {}
            }
        }
    }
    lines
}
