//! Practice in words: which question comes next and why, when one comes back, and whether the coach speaks.

use super::message::{Button, Message};
use super::question::{headline, shown};
use super::{counted, moment};
use crate::custom_id::{CustomId, Subject};
use crate::domain::practice::{Felt, Revisit, Stand, Why};
use crate::domain::question::Question;

/// What stands over the buttons Again, Fine and Solid.
const HOW_IT_FELT: &str =
    "How did it feel? **Again**, **Fine** and **Solid** set when **/practice** brings this question back.";

/// The question that comes next, and why.
#[must_use]
pub fn offered(question: &Question, subject: &Subject, why: Why) -> Message {
    let said = match why {
        Why::Due => "Due again: you said that this one should come back.",
        Why::New => "New to you: you have not answered it yet.",
        Why::LongestAgo => "Longest ago: it is time for this one to come round again.",
    };
    Message { content: said.to_owned(), ..shown(question, subject) }
}

/// The reply to an answer, and below it the question how that felt, for somebody who stands on a rung of the ladder or on none. A retired
/// question never comes back, so of that one it is not asked.
#[must_use]
pub fn asking(said: Message, question: &Question, stands_on: Option<Stand>) -> Message {
    if question.retired {
        return said;
    }
    let key = &question.key;
    let buttons = Felt::ALL.map(|felt| Button::new(label(felt), CustomId::Felt(key.clone(), felt, stands_on)));
    said.ending_with(HOW_IT_FELT).buttons(buttons)
}

fn label(felt: Felt) -> &'static str {
    match felt {
        Felt::Again => "Again",
        Felt::Fine => "Fine",
        Felt::Solid => "Solid",
    }
}

/// When a question comes back.
#[must_use]
pub fn comes_back(question: &Question, felt: Felt, revisit: &Revisit) -> Message {
    let (said, days) = (label(felt), counted(revisit.days(), "day", "days"));
    let at = moment(revisit.due_at);
    Message::text(format!(
        "{}\n{said}: **/practice** brings it back in {days}, from {at} on. Press another of the three buttons to change that.",
        headline(question)
    ))
}

/// Whether somebody's answers are coached from now on.
#[must_use]
pub fn coached(is_on: bool) -> Message {
    Message::text(if is_on {
        "The coach is on: after each answer it asks up to three questions about your words, and names one good thing where it finds one. \
         **/coach off** stops that."
    } else {
        "The coach is off: you still get dos, don'ts and a sample. **/coach on** brings its questions back."
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::bank::QuestionBank;

    #[test]
    fn what_never_comes_back_is_not_asked_about() {
        let bank = QuestionBank::built_in().unwrap();
        let question = bank.active().next().unwrap();
        let asked = |question: &Question| asking(Message::text("Saved."), question, None).private_body().to_string();
        assert!(asked(question).contains("How did it feel?"));
        let retired = Question { retired: true, ..question.clone() };
        assert_eq!(asked(&retired), Message::text("Saved.").private_body().to_string());
    }
}
