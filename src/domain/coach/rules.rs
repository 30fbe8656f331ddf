//! The rules, each in a file of its own, and the order in which they are asked.

pub(super) mod anchor;
mod balance;
mod event;
mod hedges;
mod length;
pub(super) mod measure;
mod off_question;
pub(super) mod one_action;
mod ownership;
mod private_data;
mod repeats;
mod stub;

use super::feedback::Finding;
use super::text::Reading;
use crate::domain::question::Question;

/// What the rules find, in their order.
pub(super) fn findings(question: &Question, reading: &Reading<'_>) -> Vec<Finding> {
    let english = |rule: fn(&Reading<'_>) -> Option<Finding>| if reading.is_english { rule(reading) } else { None };
    let off_question = || if reading.is_english { off_question::off_question(question, reading) } else { None };
    let found = [
        private_data::private_data(reading),
        stub::stub(reading),
        english(event::not_an_event),
        balance::out_of_balance(reading),
        english(measure::no_measure),
        english(ownership::no_i),
        length::length(reading),
        english(anchor::no_anchor),
        english(one_action::one_action),
        english(hedges::hedges),
        repeats::repeats(reading),
        off_question(),
    ];
    found.into_iter().flatten().collect()
}
