//! How long the answer takes to say.

use std::time::Duration;

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::spoken_words;
use crate::domain::coach::text::Reading;

/// Shorter is no story yet, longer and an interviewer breaks in. Career services commonly advise one and a half to two minutes; these are
/// Starling's own bounds around it.
const LEAST: Duration = Duration::from_secs(40);
const MOST: Duration = Duration::from_secs(180);

/// Spoken aloud it takes under 40 s (a few sentences) or over 180 s (more than 420 words).
pub(super) fn length(reading: &Reading<'_>) -> Option<Finding> {
    let spoken = spoken_words(reading.length());
    let seconds = usize::try_from(spoken.as_secs()).unwrap_or(usize::MAX);
    let action = &reading.action;
    let of = |part| Some(Finding::of(Rule::Length, part, 0..part.words.len(), seconds));
    if spoken < LEAST {
        of(action)
    } else if spoken > MOST {
        of(reading.parts().into_iter().max_by_key(|part| part.words.len())?)
    } else {
        None
    }
}
