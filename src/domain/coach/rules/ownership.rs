//! Whose deeds they are.

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::text::Reading;

/// The action speaks of "we" or "the team" and never says "I": "We looked at the log and our team added an index." Career services advise
/// to say "I"; how far interviewers mark a "we" down differs with the study and the culture, so this is a question and no fault.
pub(super) fn no_i(reading: &Reading<'_>) -> Option<Finding> {
    let action = &reading.action;
    let says = |wanted: &dyn Fn(&str) -> bool| action.words.iter().position(|word| wanted(&word.text));
    if says(&|word| word.split('\'').next() == Some("i")).is_some() {
        return None;
    }
    let ours = |word: &str| matches!(word.split('\'').next(), Some("we" | "our" | "ours" | "us" | "ourselves"));
    let team = || (0..action.words.len()).find(|at| action.word(*at) == "the" && action.word(at + 1) == "team");
    let at = says(&ours).or_else(team)?;
    Some(Finding::of(Rule::NoI, action, action.sentence_at(at), 0))
}
