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

/// An unhurried pace of telling, in words a minute; a number of Starling's own.
const WORDS_A_MINUTE: u64 = 140;

/// What there is to say of an answer to a question.
#[must_use]
pub fn coach(question: &Question, answer: &StarAnswer) -> Feedback {
    let reading = Reading::of(answer);
    let findings = rules::findings(question, &reading);
    Feedback { good: good::good(&reading, &findings), findings }
}

/// What can be counted in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The words of each part.
    words: [(Part, usize); 4],
    /// How many of them are numbers, in digits or in English words.
    pub numbers: usize,
}

impl Counts {
    /// Counts.
    #[must_use]
    pub fn of(answer: &StarAnswer) -> Counts {
        let mut numbers = 0;
        let words = Part::ALL.map(|part| {
            let words = text::words(answer.get(part));
            numbers += words.iter().filter(|word| rules::measure::is_number(&word.text)).count();
            (part, words.len())
        });
        Counts { words, numbers }
    }

    /// How many words a part has: letters and digits, held together by apostrophes and single hyphens.
    #[must_use]
    pub fn words(&self, part: Part) -> usize {
        self.words.iter().find(|(counted, _)| *counted == part).map_or(0, |(_, words)| *words)
    }

    /// How long it takes to say the answer aloud, at 140 words a minute.
    #[must_use]
    pub fn spoken(&self) -> Duration {
        spoken_words(self.words.iter().map(|(_, words)| words).sum())
    }
}

/// How long it takes to say so many words.
fn spoken_words(words: usize) -> Duration {
    let words = u64::try_from(words).unwrap_or(u64::MAX);
    Duration::from_millis(words.saturating_mul(60_000) / WORDS_A_MINUTE)
}
