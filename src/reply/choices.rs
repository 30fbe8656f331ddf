//! The choices of each autocomplete.

use super::{CHOICES, Choice};
use crate::domain::question::{Question, QuestionKey};
use crate::domain::schedule::Days;
use crate::domain::zone::ZoneMatch;

/// Questions of the bank.
#[must_use]
pub fn questions(found: &[&Question]) -> Vec<Choice> {
    let choice = |question: &&Question| {
        let name = format!("{} ({})", question.key.words(), question.topic);
        Choice { name, value: question.key.to_string() }
    };
    found.iter().take(CHOICES).map(choice).collect()
}

/// Questions that this person has answered.
#[must_use]
pub fn answered(keys: &[QuestionKey], typed: &str) -> Vec<Choice> {
    let choice = |key: &QuestionKey| Choice { name: key.words(), value: key.to_string() };
    matching(keys, typed).into_iter().take(CHOICES).map(choice).collect()
}

/// Those that have the text in their words or in their key.
#[must_use]
pub fn matching<'a>(keys: &'a [QuestionKey], typed: &str) -> Vec<&'a QuestionKey> {
    let typed = typed.trim().to_lowercase();
    keys.iter().filter(|key| key.words().to_lowercase().contains(&typed) || key.as_str().contains(&typed)).collect()
}

/// Topics.
#[must_use]
pub fn topics(all: &[&str], typed: &str) -> Vec<Choice> {
    let typed = typed.trim().to_lowercase();
    let matching = all.iter().filter(|topic| topic.to_lowercase().contains(&typed));
    matching.take(CHOICES).map(|topic| Choice { name: (*topic).to_owned(), value: (*topic).to_owned() }).collect()
}

/// Time zones.
#[must_use]
pub fn zones(found: &[ZoneMatch]) -> Vec<Choice> {
    let choice = |zone: &ZoneMatch| Choice { name: zone.label.clone(), value: zone.zone.name().to_owned() };
    found.iter().take(CHOICES).map(choice).collect()
}

/// Sets of weekdays.
#[must_use]
pub fn days(suggested: &[Days]) -> Vec<Choice> {
    let choice = |days: &Days| Choice { name: capitalised(&days.to_string()), value: days.value() };
    suggested.iter().take(CHOICES).map(choice).collect()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
