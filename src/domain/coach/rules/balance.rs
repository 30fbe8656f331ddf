//! How the words are shared out among the parts.

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::text::Reading;

/// Shorter answers have other needs.
const LEAST_WORDS: usize = 40;
/// The least share of the action, the most of situation and task together, the least of the result, in per cent. Career services commonly
/// advise about 20, 10, 60 and 10 for the four parts; these are as far away from it as a good answer may be.
const ACTION: usize = 45;
const SETTING: usize = 45;
const RESULT: usize = 7;

/// Too much setting, or too little of what was done or what came of it: five sentences about the company and then "I moved it to the cloud".
pub(super) fn out_of_balance(reading: &Reading<'_>) -> Option<Finding> {
    let all = reading.length();
    if all < LEAST_WORDS {
        return None;
    }
    let [situation, task, action, result] = reading.parts().map(|part| part.words.len());
    let setting = situation + task;
    let of = |part, words| Some(Finding::of(Rule::OutOfBalance, part, 0..part.words.len(), words * 100 / all));
    if setting * 100 > SETTING * all {
        of(&reading.situation, setting)
    } else if action * 100 < ACTION * all {
        of(&reading.action, action)
    } else if result * 100 < RESULT * all {
        of(&reading.result, result)
    } else {
        None
    }
}
