//! Whether more than one thing was done.

use std::collections::BTreeSet;

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::lists::{IDLE, IRREGULAR, TALK};
use crate::domain::coach::text::{PartText, Reading};
use crate::domain::coach::verbs::is_past;

/// An action of so many sentences without "I" or "we" is a list of steps, each a deed.
const STEPS: usize = 3;

/// So many verbs of talking are more than one talk.
const TALKS: usize = 3;

/// The action tells one deed, perhaps at length: "I told him that I was sorry, that it was late and that it would not happen again." One
/// talk is one deed, and going, waiting and thinking are none. That an action should show several steps is common advice.
pub(super) fn one_action(reading: &Reading<'_>) -> Option<Finding> {
    let action = &reading.action;
    let any = !action.deeds().is_empty();
    let tells_one = any && number_of_kinds(action) <= 1 && !is_list_of_steps(action);
    tells_one.then(|| Finding::of(Rule::OneAction, action, 0..action.words.len(), 0))
}

/// How many kinds of deeds there are. Where some are told in the past, only those count.
pub(crate) fn number_of_kinds(part: &PartText<'_>) -> usize {
    let deeds = || part.deeds().iter().filter(|deed| !deed.is_reported(part));
    let is_told = deeds().any(|deed| deed.is_past);
    let counted = deeds().filter(|deed| !is_told || !deed.is_helped && is_past(part.word(deed.at)));
    let verbs: BTreeSet<&str> = counted.map(|deed| part.word(deed.at)).filter(|verb| !IDLE.has(verb)).collect();
    let (talks, others): (Vec<_>, Vec<_>) = verbs.into_iter().partition(|verb| TALK.has(verb));
    let others: BTreeSet<_> = others.into_iter().map(stem).collect();
    let talks = match talks.len() {
        0 => 0,
        few if few < TALKS => 1,
        _ => 2,
    };
    others.len() + talks
}

/// "wrote" and "write" are one deed, "measured" and "measure" another.
fn stem(verb: &str) -> &str {
    let base = IRREGULAR.get(verb).copied().unwrap_or(verb);
    base.strip_suffix("ed").or_else(|| base.strip_suffix('e')).unwrap_or(base)
}

fn is_list_of_steps(part: &PartText<'_>) -> bool {
    let has_subject = part.words.iter().any(|word| matches!(word.text.split('\'').next(), Some("i" | "we")));
    !has_subject && part.sentences().len() >= STEPS
}
