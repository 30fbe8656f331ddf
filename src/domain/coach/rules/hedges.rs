//! Hedges and absolutes.

use std::collections::HashMap;
use std::ops::Range;

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::lists::HEDGES;
use crate::domain::coach::text::{PartText, Reading};

/// The most that hedges may be of all words, in per cent; Starling's own bound. One or two in an answer are honest.
const MOST: usize = 4;

/// Words that take back what is said, or say too much, are over 4 % of all: "I think it was kind of slow, and everyone always knew."
/// Entries of several words count each of them. The finding quotes the hedge that comes most often.
pub(super) fn hedges(reading: &Reading<'_>) -> Option<Finding> {
    let found: Vec<_> =
        reading.parts().into_iter().flat_map(|part| places(part).map(move |place| (part, place))).collect();
    let words: usize = found.iter().map(|(_, place)| place.len()).sum();
    if words * 100 <= MOST * reading.length() {
        return None;
    }
    let text = |part: &PartText<'_>, place: &Range<usize>| {
        place.clone().map(|at| part.word(at).to_owned()).collect::<Vec<_>>()
    };
    let mut counts: HashMap<_, usize> = HashMap::new();
    found.iter().for_each(|(part, place)| *counts.entry(text(part, place)).or_default() += 1);
    // The first of those that come most often.
    let (part, place) = found.iter().rev().max_by_key(|(part, place)| counts.get(&text(part, place)))?;
    Some(Finding::of(Rule::Hedges, part, place.clone(), found.len()))
}

fn places(part: &PartText<'_>) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (skipped, length) = HEDGES.find(part.words.get(at..)?)?;
        let place = at + skipped..at + skipped + length;
        at = place.end;
        Some(place)
    })
}
