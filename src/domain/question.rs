//! A question as the rest of Starling sees it: its key, its text, its sample, and how long each
//! text may be.
//!
//! A `Question` here is sound: [`super::bank`] makes them from packs and refuses what is broken.
//! This module knows neither files nor Discord; each limit says which of Discord's it stays under,
//! so that a message made of a question always fits.

use std::fmt;
use std::ops::RangeInclusive;

use super::answer::StarAnswer;

/// The longest key, in characters. Discord's modal titles hold 45, and the title is the key in
/// words.
pub const KEY_LIMIT: usize = 40;
/// The longest topic, in code points. An autocomplete choice holds 100: the key in words, a
/// separator and the topic.
pub const TOPIC_LIMIT: usize = 45;
/// The longest prompt, in code points. It is the title of an embed, which holds 256.
pub const PROMPT_LIMIT: usize = 250;
/// The longest reason, in code points. With all else in the embed of a daily post it stays far
/// under 4096.
pub const WHY_LIMIT: usize = 300;
/// The longest do, don't or probe, in code points. Five as a list, with `- ` and a line end each,
/// fit a field of 1024.
pub const POINT_LIMIT: usize = 200;

/// How many elements a question has that has any.
pub const ELEMENTS: RangeInclusive<usize> = 3..=8;
/// The fewest letters of an element: shorter ones begin words of anything.
pub const ELEMENT_LEAST: usize = 3;

/// A question's name for ever: lower-case words joined by hyphens, such as
/// `push-back-on-a-deadline`.
///
/// Only [`QuestionKey::parse`] knows this shape; everyone else passes the key on whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionKey(String);

impl QuestionKey {
    /// Reads a key.
    ///
    /// # Errors
    /// Refuses what is not kebab case, or longer than [`KEY_LIMIT`].
    pub fn parse(text: &str) -> Result<QuestionKey, KeyError> {
        if !is_kebab_case(text) {
            Err(KeyError::NotKebabCase)
        } else if text.len() > KEY_LIMIT {
            Err(KeyError::TooLong)
        } else {
            Ok(QuestionKey(text.to_owned()))
        }
    }

    /// The key as it is written in packs, in the store and in custom ids.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key as a short headline: "Push back on a deadline". As long as the key itself.
    #[must_use]
    pub fn words(&self) -> String {
        let mut letters = self.0.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters.map(|letter| if letter == '-' { ' ' } else { letter })).collect()
    }
}

impl fmt::Display for QuestionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the text is words of ASCII lower-case letters and digits, joined by single hyphens.
pub(super) fn is_kebab_case(text: &str) -> bool {
    let is_word = |word: &str| {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        !word.is_empty() && word.chars().all(plain)
    };
    text.split('-').all(is_word)
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Something other than lower-case words and hyphens.
    #[error("a key is lower-case words joined by hyphens, such as push-back-on-a-deadline")]
    NotKebabCase,
    /// More than [`KEY_LIMIT`] characters.
    #[error("a key has at most {KEY_LIMIT} characters")]
    TooLong,
}

/// How far somebody is in the craft whom a question suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// At the start.
    Junior,
    /// Works alone.
    Mid,
    /// Leads others.
    Senior,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Level; 3] = [Level::Junior, Level::Mid, Level::Senior];

    /// The level as it is written in packs and options.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Junior => "junior",
            Level::Mid => "mid",
            Level::Senior => "senior",
        }
    }

    /// Reads what [`Level::as_str`] writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One interview question with all that teaches how to answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name, never reused.
    pub key: QuestionKey,
    /// What the interviewer says; at most [`PROMPT_LIMIT`].
    pub prompt: String,
    /// The competency that it asks about; at most [`TOPIC_LIMIT`].
    pub topic: String,
    /// Whom it suits: at least one level, each once, in the pack's order.
    pub levels: Vec<Level>,
    /// Why interviewers ask it; at most [`WHY_LIMIT`].
    pub why: String,
    /// Three to five pieces of advice, each at most [`POINT_LIMIT`].
    pub dos: Vec<String>,
    /// Three to five warnings, each at most [`POINT_LIMIT`].
    pub donts: Vec<String>,
    /// One good answer.
    pub sample: StarAnswer,
    /// One to three questions that an interviewer would ask next, each at most [`POINT_LIMIT`].
    pub probes: Vec<String>,
    /// Starts of words that a fitting answer would touch, in lower case: none, or [`ELEMENTS`] of them, each once.
    pub elements: Vec<String>,
    /// Out of rotation and autocomplete for good. Its buttons go on working.
    pub retired: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_as_words() {
        let key = QuestionKey::parse("push-back-on-a-deadline").unwrap();
        assert_eq!(key.words(), "Push back on a deadline");
        assert_eq!(key.as_str(), "push-back-on-a-deadline");
        assert_eq!(key.to_string(), key.as_str());
    }

    #[test]
    fn a_key_is_kebab_case() {
        for good in ["a", "5-whys", "on-call", "x2"] {
            assert_eq!(QuestionKey::parse(good).map(|key| key.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "-", "-a", "a-", "a--b", "A-b", "a b", "a_b", "é", "a/b", "a\n"] {
            assert_eq!(QuestionKey::parse(bad), Err(KeyError::NotKebabCase), "{bad:?}");
        }
    }

    #[test]
    fn a_key_has_at_most_forty_characters() {
        assert!(QuestionKey::parse(&"a".repeat(40)).is_ok());
        assert_eq!(QuestionKey::parse(&"a".repeat(41)), Err(KeyError::TooLong));
    }

    #[test]
    fn a_level_reads_what_it_writes() {
        for level in Level::ALL {
            assert_eq!(Level::parse(&level.to_string()), Some(level));
        }
        assert_eq!(Level::parse("Senior"), None);
        assert_eq!(Level::parse("all"), None);
    }
}
