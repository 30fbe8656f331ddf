//! The same answer typed differently gets the same feedback, any text gets one, and it is always the same.

use std::sync::LazyLock;

use proptest::prelude::*;
use starling::domain::answer::{Part, StarAnswer, Typed};
use starling::domain::coach::{Feedback, Good, coach};
use starling::domain::question::Question;

use super::questions;
use super::table::{FILES, labelled};

/// The gold set and the samples.
static ANSWERS: LazyLock<Vec<(Question, StarAnswer)>> = LazyLock::new(|| {
    let gold = labelled(&FILES).unwrap().into_iter().map(|answer| (answer.question, answer.answer));
    gold.chain(questions().into_iter().map(|question| (question.clone(), question.sample))).collect()
});

/// What was found, without the quoted words, which are as typed.
fn gist(feedback: &Feedback) -> String {
    let good = feedback.good.as_ref().map(|good| match good {
        Good::BeforeAndAfter(_) => "before and after".to_owned(),
        Good::Measured(_) => "measured".to_owned(),
        Good::OwnDeeds(_) => "own deeds".to_owned(),
        Good::Anchored(_) => "anchored".to_owned(),
        Good::Balanced(share) => format!("balanced {share}"),
    });
    let findings = feedback.findings.iter().map(|finding| (finding.rule, finding.part, finding.count));
    format!("{good:?} {:?}", findings.collect::<Vec<_>>())
}

/// One way to type the same differently.
#[derive(Clone, Copy, Debug)]
enum Typing {
    Upper,
    Lower,
    /// Every third letter in upper case.
    Mixed,
    WideSpaces,
    Tabs,
    LineEnds,
    CurlyQuotes,
    StraightQuotes,
    Guillemets,
    LongDashes,
    Bullets,
    Numbered,
}

const TYPINGS: [Typing; 12] = [
    Typing::Upper,
    Typing::Lower,
    Typing::Mixed,
    Typing::WideSpaces,
    Typing::Tabs,
    Typing::LineEnds,
    Typing::CurlyQuotes,
    Typing::StraightQuotes,
    Typing::Guillemets,
    Typing::LongDashes,
    Typing::Bullets,
    Typing::Numbered,
];

impl Typing {
    fn typed(self, text: &str) -> String {
        match self {
            Typing::Upper => text.to_uppercase(),
            Typing::Lower => text.to_lowercase(),
            Typing::Mixed => {
                let letters = text.chars().enumerate();
                letters.map(|(at, letter)| if at % 3 == 0 { letter.to_ascii_uppercase() } else { letter }).collect()
            }
            Typing::WideSpaces => text.replace(' ', "  "),
            Typing::Tabs => format!("\t{}\n", text.replace(". ", ".\t ")),
            Typing::LineEnds => text.replace(", ", ",\n"),
            Typing::CurlyQuotes => text.replace('\'', "’").replace('"', "”"),
            Typing::StraightQuotes => text.replace(['’', '‘'], "'").replace(['“', '”', '„'], "\""),
            Typing::Guillemets => text.replace(['"', '“', '”', '„'], "»"),
            Typing::LongDashes => text.replace(" - ", " — ").replace(" – ", " — "),
            Typing::Bullets => format!("- {}", text.replace(". ", ".\n- ")),
            Typing::Numbered => {
                let entries = text.split(". ").enumerate();
                entries.map(|(at, entry)| format!("{}. {entry}.", at + 1)).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// The answer with each part typed differently; none where a part no longer fits.
fn retyped(answer: &StarAnswer, typings: &[Typing]) -> Option<StarAnswer> {
    let mut typed = answer.typed().clone();
    for part in Part::ALL {
        let text = typings.iter().fold(typed.get(part).to_owned(), |text, typing| typing.typed(&text));
        typed.set(part, text);
    }
    StarAnswer::parse(typed).ok()
}

#[test]
fn how_an_answer_is_typed_changes_nothing() {
    let mut compared = 0;
    for (question, answer) in ANSWERS.iter() {
        for typing in TYPINGS {
            let Some(other) = retyped(answer, &[typing]) else { continue };
            let (before, after) = (coach(question, answer), coach(question, &other));
            assert_eq!(gist(&before), gist(&after), "{typing:?} of {:?}", answer.get(Part::Situation));
            compared += 1;
        }
    }
    assert!(compared > 11 * ANSWERS.len(), "{compared} compared");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn several_changes_at_once_change_nothing(
        at in 0..ANSWERS.len(),
        typings in prop::sample::subsequence(TYPINGS.to_vec(), 2..5),
    ) {
        let (question, answer) = &ANSWERS[at];
        if let Some(other) = retyped(answer, &typings) {
            prop_assert_eq!(gist(&coach(question, answer)), gist(&coach(question, &other)));
        }
    }

    #[test]
    fn any_text_gets_the_same_feedback_twice(
        situation in "\\PC{1,80}", task in "(?s).{1,80}", action in "[-I we.,'’\"0-9@+()a-zé\n]{1,200}", result in "\\PC{1,80}",
    ) {
        if let Ok(answer) = StarAnswer::parse(Typed { situation, task, action, result }) {
            let question = &ANSWERS[0].0;
            let feedback = coach(question, &answer);
            prop_assert_eq!(&feedback, &coach(question, &answer.clone()));
            prop_assert!(feedback.prompts().len() <= 3);
            for finding in &feedback.findings {
                prop_assert!(answer.get(finding.part).contains(finding.quote.as_str()));
            }
        }
    }
}
