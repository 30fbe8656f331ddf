//! An answer as the rules read it: its words in lower case, with the marks of sentences, quotations and lists made plain. The one place
//! that knows how differently the same thing can be typed.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::language;
use super::lists::Marks;
use super::verbs::{Deed, deeds};
use crate::domain::answer::{Part, StarAnswer};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// In lower case, with a straight apostrophe.
    pub(super) text: Cow<'a, str>,
    /// The lists in which it stands.
    pub(super) marks: Marks,
    /// Where it stands in what was typed.
    pub(super) at: Range<usize>,
    /// What stands before it.
    pub(super) after: Break,
}

/// What parts a word from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// White space, a quotation mark or another mark within a clause.
    Nothing,
    /// A comma, a dash or a bracket.
    Clause,
    /// The end of a sentence, a paragraph or an entry of a list; the start of the text too.
    Sentence,
}

/// One part of an answer.
#[derive(Debug)]
pub(super) struct PartText<'a> {
    pub(super) part: Part,
    pub(super) typed: &'a str,
    pub(super) words: Vec<Word<'a>>,
    /// Found once, where a rule asks.
    deeds: OnceCell<Vec<Deed>>,
}

/// A whole answer.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) situation: PartText<'a>,
    pub(super) task: PartText<'a>,
    pub(super) action: PartText<'a>,
    pub(super) result: PartText<'a>,
    /// Whether the rules apply that need English words.
    pub(super) is_english: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn of(answer: &'a StarAnswer) -> Reading<'a> {
        let [situation, task, action, result] = Part::ALL.map(|part| PartText::of(part, answer.get(part)));
        let mut reading = Reading { situation, task, action, result, is_english: true };
        reading.is_english = language::is_english(&reading);
        reading
    }

    pub(super) fn parts(&self) -> [&PartText<'a>; 4] {
        [&self.situation, &self.task, &self.action, &self.result]
    }

    /// All words in their order.
    pub(super) fn words(&self) -> impl Iterator<Item = &Word<'a>> {
        self.parts().into_iter().flat_map(|part| &part.words)
    }

    /// How many words there are in all.
    pub(super) fn length(&self) -> usize {
        self.parts().iter().map(|part| part.words.len()).sum()
    }
}

impl<'a> PartText<'a> {
    fn of(part: Part, typed: &'a str) -> PartText<'a> {
        PartText { part, typed, words: words(typed), deeds: OnceCell::new() }
    }

    /// The deeds of the teller, in their order.
    pub(super) fn deeds(&self) -> &[Deed] {
        self.deeds.get_or_init(|| deeds(self))
    }

    /// What was typed from the first word of these to the last; all of it where there are none.
    pub(super) fn quote(&self, words: Range<usize>) -> &'a str {
        let within = self.words.get(words).unwrap_or_default();
        let span = within.first().zip(within.last()).map(|(first, last)| first.at.start..last.at.end);
        span.and_then(|span| self.typed.get(span)).unwrap_or(self.typed)
    }

    /// The word at a place, in lower case; empty where there is none.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.text)
    }

    /// The sentences, as places of words.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let starts = self.words.iter().enumerate().filter(|(_, word)| word.after == Break::Sentence);
        let mut bounds: Vec<usize> = starts.map(|(at, _)| at).collect();
        bounds.push(self.words.len());
        bounds.windows(2).filter_map(|bounds| Some(*bounds.first()?..*bounds.last()?)).collect()
    }

    /// The sentence around a word.
    pub(super) fn sentence_at(&self, at: usize) -> Range<usize> {
        self.sentences().into_iter().find(|sentence| sentence.contains(&at)).unwrap_or(0..self.words.len())
    }
}

/// A word has so many letters at least, as a rule, with the space after it.
const LETTERS: usize = 5;

/// The words of a text: runs of letters and digits as Unicode bounds them (UAX 29), joined over a hyphen between two. The number of an
/// entry of a list is no word.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::with_capacity(text.len() / LETTERS);
    let mut end = 0;
    let mut is_start = true;
    for (at, word) in text.unicode_word_indices() {
        let gap = text.get(end..at).unwrap_or_default();
        let rest = text.get(at + word.len()..).unwrap_or_default();
        let is_numbering = (is_start || gap != " " && gap.contains('\n')) && numbers_an_entry(word, rest);
        match words.last_mut() {
            Some(last) if is_hyphen(gap) && last.at.end == at - gap.len() => {
                last.text.to_mut().push('-');
                last.text.to_mut().push_str(&plain(word));
                last.at.end = at + word.len();
            }
            _ if is_numbering => {}
            last => {
                let after = if last.is_none() { Break::Sentence } else { between(gap) };
                words.push(Word { text: plain(word), marks: Marks::default(), at: at..at + word.len(), after });
            }
        }
        // The gap after a numbering is looked at together with the one before.
        if !is_numbering {
            end = at + word.len();
        }
        is_start = false;
    }
    for word in &mut words {
        word.marks = Marks::of(&word.text);
    }
    words
}

fn plain(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|letter| letter.is_ascii() && !letter.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'"))
}

fn is_hyphen(gap: &str) -> bool {
    matches!(gap, "-" | "\u{2010}" | "\u{2011}")
}

/// Whether a word at the start of a line is "1." or "a)" before an entry.
fn numbers_an_entry(word: &str, rest: &str) -> bool {
    let is_short = word.len() <= 2 && word.bytes().all(|letter| letter.is_ascii_digit());
    let is_letter = word.len() == 1 && rest.starts_with(')');
    (is_short || is_letter) && (rest.starts_with(". ") || rest.starts_with(") "))
}

fn between(gap: &str) -> Break {
    if gap == " " {
        return Break::Nothing;
    }
    let is_end = |mark: char| matches!(mark, '.' | '!' | '?' | ';' | ':' | '…' | '•' | '。' | '！' | '？');
    let is_pause = |mark: char| matches!(mark, ',' | '(' | ')' | '[' | ']' | '-' | '–' | '—');
    let lines: Vec<&str> = gap.split('\n').map(str::trim).collect();
    let has_empty_line = lines.len() > 2;
    // A list's entry is marked or numbered; a numbering is part of the gap.
    let opens_entry = |line: &str| {
        line.starts_with(['-', '*', '+', '–', '—']) || line.starts_with(|mark: char| mark.is_alphanumeric())
    };
    let begins_entry = lines.len() > 1 && lines.last().is_some_and(|line| opens_entry(line));
    if matches!(gap, "." | ":") {
        // Within "18:40" or an address.
        Break::Nothing
    } else if gap.contains(is_end) || has_empty_line || begins_entry {
        Break::Sentence
    } else if gap.contains(is_pause) {
        Break::Clause
    } else {
        Break::Nothing
    }
}
