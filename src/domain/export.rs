//! What a person gets when they ask for all that is stored of them. Knows nothing of files or of their sizes.

use jiff::Timestamp;
use jiff::civil::Date;

use super::answer::Draft;
use super::attempt::{About, Attempt};
use super::id::{ChannelId, GuildId, InteractionId};
use super::practice::{Offer, Revisit};
use super::question::QuestionKey;
use super::share::Share;

/// Where the next part of an export goes on: after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartAfter {
    /// The number of the part, from 2.
    pub part: u32,
    /// When that answer came.
    pub at: Timestamp,
    /// Its id.
    pub answer: InteractionId,
}

impl PartAfter {
    /// The part that goes on after `attempt`.
    #[must_use]
    pub fn after(part: u32, attempt: &Attempt) -> PartAfter {
        PartAfter { part, at: attempt.at, answer: attempt.id }
    }
}

/// What is stored of a person beside their answers.
#[derive(Clone, Debug, Default)]
pub struct Belongings {
    /// Half answers, put down for later.
    pub drafts: Vec<KeptDraft>,
    /// Whose guidance they looked at, and when first.
    pub guidance_views: Vec<(QuestionKey, Timestamp)>,
    /// Which samples they found helpful or not, and when they said so.
    pub feedback: Vec<(QuestionKey, bool, Timestamp)>,
    /// Which daily questions they were the last to change.
    pub changed: Vec<(GuildId, ChannelId)>,
    /// On which UTC days they were told that a daily question failed.
    pub told_on: Vec<Date>,
    /// What they chose and were offered, where they ever did or were.
    pub practice: Option<KeptPractice>,
    /// When they are to come back to which questions.
    pub revisits: Vec<Revisit>,
    /// Which answers they share.
    pub shares: Vec<Share>,
}

/// What is kept of a person's practice beside the revisits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPractice {
    /// Whether the coach speaks to them.
    pub is_coached: bool,
    /// What they were offered last.
    pub last_offer: Option<Offer>,
}

/// A draft as it is kept.
#[derive(Clone, Debug)]
pub struct KeptDraft {
    /// What it belongs to.
    pub about: About,
    /// The parts.
    pub draft: Draft,
    /// When it was put down.
    pub at: Timestamp,
}
