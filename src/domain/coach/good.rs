//! One thing in an answer that is truly there and good. It comes before any question, so that nobody hears only of what is missing; but
//! praise for nothing teaches nothing, so stubs, copies and other languages, of which too little can be known, get none.

use std::ops::{Range, RangeInclusive};

use super::feedback::{Finding, Good, Quote, Rule};
use super::language::has_small_words;
use super::rules::anchor::exact_anchor;
use super::rules::measure::measure_at;
use super::rules::one_action::number_of_kinds;
use super::text::{Break, PartText, Reading};

/// What must not have been found where anything is praised.
const NEVER_BESIDE: [Rule; 5] = [Rule::PrivateData, Rule::Stub, Rule::NotAnEvent, Rule::Repeats, Rule::OffQuestion];
/// So many kinds of deeds are worth a word.
const DEEDS: usize = 4;
/// A clause of so many words can be understood alone.
const CLAUSE: usize = 6;
/// The share of the action, in per cent, that is worth a word.
const ACTION: RangeInclusive<usize> = 50..=75;

/// The best of what is there: a before and after, a measure, deeds of one's own, an anchor, a fair share of action.
pub(super) fn good(reading: &Reading<'_>, findings: &[Finding]) -> Option<Good> {
    let is_found = |rule: Rule| findings.iter().any(|finding| finding.rule == rule);
    if !has_small_words(reading) || NEVER_BESIDE.into_iter().any(is_found) {
        return None;
    }
    let quote = |part: &PartText<'_>, words: Range<usize>| Quote::new(part.quote(words));
    let result = &reading.result;
    if let Some(words) = before_and_after(result) {
        return Some(Good::BeforeAndAfter(quote(result, words)));
    }
    if let Some(words) = (0..result.words.len()).find_map(|at| measure_at(result, at)) {
        return Some(Good::Measured(quote(result, clause_around(result, &words))));
    }
    if let Some(words) = own_deeds(&reading.action) {
        return Some(Good::OwnDeeds(quote(&reading.action, words)));
    }
    if let Some(words) = exact_anchor(&reading.situation) {
        return Some(Good::Anchored(quote(&reading.situation, clause_around(&reading.situation, &words))));
    }
    let share = reading.action.words.len() * 100 / reading.length().max(1);
    (ACTION.contains(&share) && !is_found(Rule::OutOfBalance)).then_some(Good::Balanced(share))
}

/// "from nine days to two", "90 ms instead of four seconds": two measures in a clause with a word of change between them.
fn before_and_after(result: &PartText<'_>) -> Option<Range<usize>> {
    let is_measure = |at: usize| measure_at(result, at).is_some();
    (0..result.words.len()).find_map(|at| {
        let is_turn = result.word(at) == "to"
            || result.word(at) == "instead"
            || result.word(at) == "against"
            || result.word(at) == "down" && result.word(at + 1) == "from";
        let sentence = if is_turn { result.sentence_at(at) } else { return None };
        let before = (at.saturating_sub(5).max(sentence.start)..at).any(is_measure);
        let after = (at + 1..(at + 6).min(sentence.end)).any(is_measure);
        let opens = result.word(at) != "to" || (sentence.start..at).any(|earlier| result.word(earlier) == "from");
        (before && after && opens).then_some(sentence)
    })
}

/// The first deed that is told with "I", up to the end of its clause, where there are several.
fn own_deeds(action: &PartText<'_>) -> Option<Range<usize>> {
    if number_of_kinds(action) < DEEDS {
        return None;
    }
    let mine = action.deeds().iter().find(|deed| deed.is_past && action.word(deed.from) == "i")?;
    let end = (mine.at + 1..action.words.len())
        .find(|at| action.words.get(*at).is_some_and(|word| word.after != Break::Nothing));
    Some(mine.from..end.unwrap_or(action.words.len()))
}

/// The clause around some words, or the whole sentence where that is short ("Of his next 40 boards").
fn clause_around(part: &PartText<'_>, words: &Range<usize>) -> Range<usize> {
    let is_break = |at: &usize| part.words.get(*at).is_none_or(|word| word.after != Break::Nothing);
    let start = (0..=words.start).rev().find(is_break).unwrap_or(words.start);
    let end = (words.end..part.words.len()).find(is_break).unwrap_or(part.words.len());
    if end - start < CLAUSE { part.sentence_at(words.start) } else { start..end }
}
