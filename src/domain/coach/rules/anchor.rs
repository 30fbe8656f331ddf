//! Whether one can see where the story stands.

use std::ops::Range;

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::lists::{BARE, DATES, PLACES, ROLES, TIMES, TOOLS};
use crate::domain::coach::text::{PartText, Reading};

/// How far before a role "as" or "I" may stand: "as the only junior developer".
const ROLE_AFTER: usize = 5;

/// The situation says neither when, nor where, nor as whom, and names nothing: "There was a person who kept changing my work." The rule
/// is Starling's own. Capitals don't count, as many type
/// without them.
pub(super) fn no_anchor(reading: &Reading<'_>) -> Option<Finding> {
    let situation = &reading.situation;
    let is_anchored = anchor(situation).is_some();
    (!is_anchored).then(|| Finding::of(Rule::NoAnchor, situation, 0..situation.words.len(), 0))
}

/// The first words that say when, where, as whom or with what.
pub(crate) fn anchor(part: &PartText<'_>) -> Option<Range<usize>> {
    (0..part.words.len()).find_map(|at| exact_at(part, at).or_else(|| vague_at(part, at)))
}

/// The first words by which a stranger could tell this story from others: a year, a month, a day of the week, a name, a tool or a role.
/// "One day", "a shop" and "I ran" keep the coach from asking, but praise would be for nothing.
pub(crate) fn exact_anchor(part: &PartText<'_>) -> Option<Range<usize>> {
    (0..part.words.len()).find_map(|at| exact_at(part, at))
}

fn exact_at(part: &PartText<'_>, at: usize) -> Option<Range<usize>> {
    let word = part.word(at);
    let tool = if is_everyday(word) { 0 } else { TOOLS.length_at(&part.words, at) };
    let listed = tool.max(DATES.length_at(&part.words, at));
    // "At university" and "in autumn" name nothing.
    let is_name = || vague_at(part, at).is_none() && (is_foreign(word) || is_name_after_preposition(part, at));
    if listed > 0 {
        Some(at..at + listed)
    } else if is_year(word) || is_name() {
        Some(at..at + 1)
    } else {
        let role = ROLES.length_at(&part.words, at);
        Some(as_whom(part, at)?..at + role).filter(|_| role > 0)
    }
}

fn vague_at(part: &PartText<'_>, at: usize) -> Option<Range<usize>> {
    let listed = [&TIMES, &PLACES, &TOOLS].map(|list| list.length_at(&part.words, at)).into_iter().max()?;
    if listed > 0 { Some(at..at + listed) } else { Some(as_whom(part, at)?..at + 1).filter(|_| is_leading(part, at)) }
}

/// The "as" or "I" that a role may belong to.
fn as_whom(part: &PartText<'_>, at: usize) -> Option<usize> {
    (at.saturating_sub(ROLE_AFTER)..at).rev().find(|before| matches!(part.word(*before), "as" | "i" | "i'm"))
}

/// Tools whose names are words of every story: "I had to go".
fn is_everyday(word: &str) -> bool {
    matches!(word, "excel" | "express" | "go" | "outlook" | "react" | "rust" | "slack" | "spark" | "swift" | "windows")
}

/// "I ran", "I taught", "I managed": a role in a verb.
fn is_leading(part: &PartText<'_>, at: usize) -> bool {
    let verb = matches!(
        part.word(at),
        "ran"
            | "run"
            | "taught"
            | "teach"
            | "led"
            | "lead"
            | "managed"
            | "manage"
            | "coached"
            | "chaired"
            | "volunteered"
            | "studied"
            | "trained"
    );
    verb && at.checked_sub(1).is_some_and(|before| part.word(before) == "i")
}

fn is_year(word: &str) -> bool {
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.parse::<u16>().is_ok_and(|number| (1950..2100).contains(&number))
}

/// Letters that English words don't have: São Paulo, Łódź.
fn is_foreign(word: &str) -> bool {
    word.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
}

/// "at Northpier", "in Dundee": English puts an article or an owner before anything but names, plurals and some words without number.
fn is_name_after_preposition(part: &PartText<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| part.word(before));
    let word = part.word(at);
    let is_bare =
        BARE.has(word) || word.ends_with("ing") || word.ends_with('s') || word.ends_with("ly") || word.ends_with("ed");
    matches!(before, "at" | "in" | "near" | "called" | "named" | "from" | "for")
        && !is_bare
        && word.len() > 2
        && !word.contains(char::is_numeric)
}
