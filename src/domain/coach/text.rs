//! An answer as the rules read it: its words in lower case, with the marks of sentences, quotations and lists made plain. The one place
//! that knows how differently the same thing can be typed.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::answer::{Part, StarAnswer};

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// In lower case, with a straight apostrophe.
    pub(super) text: String,
    /// Where it stands in what was typed.
    pub(super) at: Range<usize>,
    /// What stands before it.
    pub(super) after: Break,
}

/// What parts a word from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// White space or a mark within a clause.
    None,
    /// A comma, a dash or a bracket.
    Clause,
    /// The end of a sentence or of an entry of a list.
    Sentence,
}

/// One part of an answer.
#[derive(Debug)]
pub(super) struct PartText<'a> {
    pub(super) part: Part,
    pub(super) typed: &'a str,
    pub(super) words: Vec<Word>,
}

/// A whole answer.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) parts: [PartText<'a>; 4],
}

impl<'a> Reading<'a> {
    pub(super) fn of(answer: &'a StarAnswer) -> Reading<'a> {
        Reading { parts: Part::ALL.map(|part| PartText::of(part, answer.get(part))) }
    }

    /// How many words there are in all.
    pub(super) fn words(&self) -> usize {
        self.parts.iter().map(|part| part.words.len()).sum()
    }
}

impl<'a> PartText<'a> {
    fn of(part: Part, typed: &'a str) -> PartText<'a> {
        PartText { part, typed, words: words(typed).collect() }
    }

    /// What was typed from the first word of these to the last.
    pub(super) fn quote(&self, words: Range<usize>) -> &'a str {
        let within = self.words.get(words).unwrap_or_default();
        let span = within.first().zip(within.last()).map(|(first, last)| first.at.start..last.at.end);
        span.and_then(|span| self.typed.get(span)).unwrap_or_else(|| self.typed.trim())
    }
}

/// The words of a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    text.unicode_word_indices().map(|(at, word)| Word {
        text: word.to_lowercase(),
        at: at..at + word.len(),
        after: Break::None,
    })
}
