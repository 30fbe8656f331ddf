//! What a daily question may ask next.

use crate::domain::bank::QuestionBank;
use crate::domain::daily::Daily;
use crate::domain::question::QuestionKey;

/// What a post picks its question from.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// All questions.
    pub bank: &'a QuestionBank,
    /// The seed of the channel's cycle where it has none yet.
    pub fresh_seed: u64,
}

impl Choice<'_> {
    /// The questions that a daily question's packs and level leave.
    pub(super) fn available(&self, daily: &Daily) -> Vec<QuestionKey> {
        self.bank.available(&daily.packs, daily.level)
    }
}
