//! Whether anything happened.

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::lists::HABITS;
use crate::domain::coach::text::Reading;
use crate::domain::coach::verbs::others_past;

/// The action tells what one would do or usually does, and nothing that was done: "I would talk to them", "Whenever it fails I look at
/// the log". A "would" beside a past tense is none: "I asked, and she said it would take a week". In 62 real interviews applicants told a
/// story in only 23 % of their answers to such questions; stories raised hiring recommendations and descriptions of oneself lowered them,
/// while pseudo-stories raised them too (Bangerter, Corvalan and Cavin 2014, "Storytelling in the selection interview? How applicants
/// respond to past behavior questions", Journal of Business and Psychology 29).
pub(super) fn not_an_event(reading: &Reading<'_>) -> Option<Finding> {
    let action = &reading.action;
    let (at, _) = HABITS.find(&action.words)?;
    let told = action.deeds().iter().any(|deed| deed.is_past && !deed.is_condition(action)) || others_past(action);
    (!told).then(|| Finding::of(Rule::NotAnEvent, action, action.sentence_at(at), 0))
}
