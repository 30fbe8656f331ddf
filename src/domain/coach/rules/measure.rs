//! Whether the result is measured.

use std::ops::Range;

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::lists::{NUMBERS, SPANS, UNIT, UNITS};
use crate::domain::coach::text::{PartText, Reading};

/// The result has no digit, number word, money, per cent or span of time: "It was much faster and everybody was happy." That a result
/// should be measured is common advice of career services.
pub(super) fn no_measure(reading: &Reading<'_>) -> Option<Finding> {
    let result = &reading.result;
    let is_measured = (0..result.words.len()).any(|at| measure_at(result, at).is_some());
    (!is_measured).then(|| Finding::of(Rule::NoMeasure, result, 0..result.words.len(), 0))
}

/// The words at a place, where they measure something.
pub(crate) fn measure_at(part: &PartText<'_>, at: usize) -> Option<Range<usize>> {
    let length = NUMBERS.length_at(&part.words, at).max(SPANS.length_at(&part.words, at));
    let (word, next) = (part.word(at), part.word(at + 1));
    if length > 0 {
        Some(at..at + length)
    } else if is_number(word) || UNITS.has(word) {
        Some(at..at + 1)
    } else if matches!(word, "a" | "an" | "one" | "each" | "per" | "every") && UNIT.has(next) {
        Some(at..at + 2)
    } else {
        (word == "one" && counts_one(part, at)).then_some(at..at + 1)
    }
}

/// Digits, or words such as "twenty-five" and "two-thirds".
fn is_number(word: &str) -> bool {
    word.contains(char::is_numeric) || word.split('-').any(|piece| NUMBERS.has(piece))
}

/// Whether "one" is a number here: "lost one customer", but not "no one", "the one who" or "one of them".
fn counts_one(part: &PartText<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| part.word(before));
    let stands_for = matches!(
        before,
        "no" | "the"
            | "this"
            | "that"
            | "any"
            | "every"
            | "each"
            | "which"
            | "some"
            | "another"
            | "a"
            | "new"
            | "old"
            | "good"
    );
    let goes_on = matches!(
        part.word(at + 1),
        "" | "of"
            | "another"
            | "who"
            | "that"
            | "can"
            | "could"
            | "is"
            | "was"
            | "day"
            | "and"
            | "has"
            | "had"
            | "does"
            | "i"
            | "we"
    );
    !stands_for && !goes_on
}
