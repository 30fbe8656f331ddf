//! The coach: what can be said of an answer by rules that quote the person's own words. Pure and deterministic: the same text gets the
//! same feedback. It praises what is truly there, asks about what is missing, and gives no mark.
//!
//! Knows nothing of who answered, of earlier attempts, or of the sentences in which a person reads this (`reply/coach.rs` has those).

mod feedback;
mod good;
mod language;
mod lists;
mod rules;
mod text;
mod verbs;

use std::time::Duration;

pub use self::feedback::{Feedback, Finding, Good, Quote, Rule};
use self::text::Reading;
use super::answer::{Part, StarAnswer};
use super::question::Question;

/// How fast people speak when they tell a story, in words a minute. Career services commonly name 130 to 150.
const WORDS_A_MINUTE: u64 = 140;

/// What there is to say of an answer to a question.
#[must_use]
pub fn coach(question: &Question, answer: &StarAnswer) -> Feedback {
    let reading = Reading::of(answer);
    let findings = rules::findings(question, &reading);
    Feedback { good: good::good(&reading, &findings), findings }
}

/// How long it takes to say the answer aloud, at 140 words a minute.
#[must_use]
pub fn spoken(answer: &StarAnswer) -> Duration {
    spoken_words(Part::ALL.into_iter().map(|part| words(answer.get(part))).sum())
}

/// How many words there are: letters and digits, held together by apostrophes and single hyphens.
#[must_use]
pub fn words(text: &str) -> usize {
    text::words(text).count()
}

/// How long it takes to say so many words.
fn spoken_words(words: usize) -> Duration {
    let words = u64::try_from(words).unwrap_or(u64::MAX);
    Duration::from_millis(words.saturating_mul(60_000) / WORDS_A_MINUTE)
}
