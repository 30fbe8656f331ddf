//! Parts of a few words.

use crate::domain::answer::Part;
use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::text::Reading;

/// The fewest words that can tell a part. The numbers are Starling's own.
fn least(part: Part) -> usize {
    match part {
        Part::Situation | Part::Result => 12,
        Part::Task => 6,
        Part::Action => 35,
    }
}

/// A part has so few words that nobody could follow: "I fixed it and it worked." as a whole action. Of several it is the one that lacks
/// most.
pub(super) fn stub(reading: &Reading<'_>) -> Option<Finding> {
    let lacks = |words: usize, part| least(part).saturating_sub(words);
    let worst = reading.parts().into_iter().max_by_key(|part| lacks(part.words.len(), part.part))?;
    let count = worst.words.len();
    (count < least(worst.part)).then(|| Finding::of(Rule::Stub, worst, 0..count, count))
}
