//! Whether it is this question that is answered.

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::text::Reading;
use crate::domain::question::Question;

/// Shorter answers have other needs, and too few words to touch anything.
const LEAST_WORDS: usize = 40;

/// None of the question's elements begins a word of the answer: a story about bread for a question on APIs. The elements are those of the
/// pack, so this says no more than their author knew; a question without any is never asked about.
pub(super) fn off_question(question: &Question, reading: &Reading<'_>) -> Option<Finding> {
    let begins = |piece: &str| question.elements.iter().any(|element| piece.starts_with(element.as_str()));
    let touches = |word: &str| begins(word) || word.split('-').skip(1).any(begins);
    let is_asked = !question.elements.is_empty() && reading.length() >= LEAST_WORDS;
    let is_touched = || reading.words().any(|word| touches(&word.text));
    let situation = &reading.situation;
    (is_asked && !is_touched()).then(|| Finding::of(Rule::OffQuestion, situation, 0..situation.words.len(), 0))
}
