//! Defects put into answers that have none, and whether the coach sees them. Shared by the test and by `examples/coach_table.rs`.

use std::collections::HashMap;

use starling::domain::answer::{Part, StarAnswer, Typed};
use starling::domain::coach::{Rule, coach};
use starling::domain::question::Question;

/// One way to spoil an answer.
pub(crate) struct Defect {
    pub(crate) name: &'static str,
    spoil: fn(&mut Typed),
    /// The rule that must see it.
    pub(crate) rule: Rule,
    /// Rules that it touches as well, by fewer words or other shares.
    related: &'static [Rule],
}

pub(crate) const DEFECTS: [Defect; 5] = [
    Defect {
        name: "cut the result",
        spoil: |typed| typed.result = "It worked.".to_owned(),
        rule: Rule::Stub,
        related: &[Rule::NoMeasure, Rule::OutOfBalance, Rule::Length],
    },
    Defect { name: "turn I into we", spoil: |typed| typed.action = we(&typed.action), rule: Rule::NoI, related: &[] },
    Defect {
        name: "put the past into would",
        spoil: |typed| typed.action = would(&typed.action),
        rule: Rule::NotAnEvent,
        // Some elements are verbs in the past.
        related: &[Rule::Length, Rule::OffQuestion],
    },
    Defect {
        name: "remove the numbers",
        spoil: |typed| typed.result = unmeasured(&typed.result),
        rule: Rule::NoMeasure,
        related: &[Rule::Stub, Rule::OutOfBalance, Rule::Length],
    },
    Defect {
        name: "double the situation",
        spoil: |typed| typed.situation = format!("{} {}", typed.situation.trim(), typed.situation.trim()),
        rule: Rule::Repeats,
        related: &[Rule::OutOfBalance, Rule::Length],
    },
];

/// What came of one defect in all answers that could take it.
#[derive(Default)]
pub(crate) struct Tried {
    /// How many there were.
    pub(crate) answers: u32,
    /// How many times the right rule fired.
    pub(crate) seen: u32,
    /// Where it did not, and which unrelated rules fired.
    pub(crate) wrong: Vec<String>,
    /// In how many an unrelated rule fired.
    pub(crate) unrelated: u32,
}

impl Defect {
    /// Spoils each answer in which nothing was found. One that then passes a limit is left out.
    pub(crate) fn tried<'a>(&self, answers: impl Iterator<Item = (&'a str, &'a Question, &'a StarAnswer)>) -> Tried {
        let mut tried = Tried::default();
        for (name, question, answer) in answers {
            let mut typed = answer.typed().clone();
            (self.spoil)(&mut typed);
            let Ok(spoilt) = StarAnswer::parse(typed) else { continue };
            if !coach(question, answer).findings.is_empty() || !can_show(&spoilt) {
                continue;
            }
            tried.answers += 1;
            let found: Vec<Rule> = coach(question, &spoilt).findings.iter().map(|finding| finding.rule).collect();
            if found.contains(&self.rule) {
                tried.seen += 1;
            } else {
                tried.wrong.push(format!("{}: {} did not fire on {name}", self.name, self.rule.as_str()));
            }
            let others = found.iter().filter(|rule| **rule != self.rule && !self.related.contains(rule));
            let others: Vec<&str> = others.map(|rule| rule.as_str()).collect();
            if !others.is_empty() {
                tried.unrelated += 1;
                tried.wrong.push(format!("{}: {} fired on {name}", self.name, others.join(", ")));
            }
        }
        tried
    }
}

/// An action that is about nobody can't be turned into "we".
fn can_show(spoilt: &StarAnswer) -> bool {
    !spoilt.get(Part::Action).trim().is_empty()
}

/// Each word of a text, and what stands between, put through a change that also sees the word before.
fn each_word(text: &str, change: impl Fn(&str, &str) -> Option<String>) -> String {
    let belongs = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    let (mut all, mut before, mut rest) = (String::new(), String::new(), text);
    while let Some(first) = rest.chars().next() {
        let is_word = belongs(first);
        let end = rest.find(|letter| belongs(letter) != is_word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        if is_word {
            let word = piece.to_lowercase().replace('’', "'");
            all.push_str(&change(&before, &word).unwrap_or_else(|| piece.to_owned()));
            before = word;
        } else {
            all.push_str(piece);
        }
        rest = after;
    }
    all
}

fn we(text: &str) -> String {
    each_word(text, |_, word| {
        let we = match word {
            "i" => "we",
            "i'm" => "we're",
            "i've" => "we've",
            "i'd" => "we'd",
            "i'll" => "we'll",
            "my" => "our",
            "me" => "us",
            "mine" => "ours",
            "myself" => "ourselves",
            _ => return None,
        };
        Some(we.to_owned())
    })
}

/// What stands before a participle or a noun, and not before a verb in the past.
const BEFORE_OTHERS: &str =
    " a an are be been being by had has have i'd i've in is my not of our she'd the their to was we'd we've were with ";

fn would(text: &str) -> String {
    let irregular = include_str!("../../../src/domain/coach/lists/irregular.tsv").lines();
    let irregular: HashMap<&str, &str> = irregular.filter_map(|line| line.split_once('\t')).collect();
    each_word(text, |before, word| {
        if matches!(word, "was" | "were") {
            return Some("would be".to_owned());
        }
        if BEFORE_OTHERS.contains(&format!(" {before} ")) {
            return None;
        }
        let regular = word.strip_suffix("ed").filter(|stem| stem.len() > 1);
        irregular.get(word).copied().or(regular).map(|base| format!("would {base}"))
    })
}

const NUMBERS: &str = " billion cent cents couple day days decade dollar dollars double doubled dozen dozens eight eighteen eighty eleven \
    euro euros evening evenings fifteen fifth fifty first five forty four fourteen half halved hour hours hundred hundreds million millions \
    minute minutes month months morning nights nine nineteen ninety one overnight per percent pound pounds quarter quarters same season \
    seasons second seconds seven seventeen seventy six sixteen sixty ten tens tenth term terms third thirds thirteen thirty thousand \
    thousands three times twelve twenty twice thrice two week weekend weeks year years zero none fortnight fourfold tenfold twentieth night \
    afternoon halves halving weekends afternoons mornings sixth seventh eighth ninth hundredth tripled ";

fn unmeasured(text: &str) -> String {
    let is_number = |word: &str| word.contains(char::is_numeric) || NUMBERS.contains(&format!(" {word} "));
    each_word(text, |_, word| is_number(word).then(String::new))
}
