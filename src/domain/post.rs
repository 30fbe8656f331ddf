//! A post: a question sent to a channel on a day, and what became of it. Knows nothing of sending or storing.

use jiff::Timestamp;
use jiff::civil::Date;

use super::id::{ChannelId, GuildId, MessageId};
use super::question::QuestionKey;
use super::zone::Zone;

/// A post this many seconds after its time is late.
pub const LATE_AFTER_SECONDS: i64 = 60;

/// Which post: its channel and the local date that was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PostKey {
    /// The channel.
    pub channel: ChannelId,
    /// The date in the schedule's zone.
    pub day: Date,
}

/// A post that was planned, whatever became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Which one.
    pub key: PostKey,
    /// The guild of the channel.
    pub guild: GuildId,
    /// The question, where one was picked.
    pub question: Option<QuestionKey>,
    /// When it should have come.
    pub due_at: Timestamp,
    /// Until when it may still be sent.
    pub window_ends_at: Timestamp,
    /// Whether it was claimed and then left alone, as Starling was not running.
    pub was_left_alone: bool,
    /// Until when it is its claimer's alone to send, while it is claimed.
    pub lease_until: Option<Timestamp>,
    /// Since when an earlier try may have taken effect whose outcome nobody knows.
    pub unclear_since: Option<Timestamp>,
    /// How often it was sent towards Discord.
    pub attempts: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the thread under it could not be opened.
    pub thread_failed: bool,
    /// The channel where it came, where its daily question was moved since.
    pub moved_from: Option<ChannelId>,
    /// The zone of the daily question when it was claimed. None where nothing was claimed, and of some posts of older releases.
    pub zone: Option<Zone>,
}

/// What became of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Claimed, and not yet known to be sent.
    Claimed,
    /// In the channel.
    Sent {
        /// The message.
        message: MessageId,
        /// When Discord had it.
        at: Timestamp,
    },
    /// It came, and somebody has deleted it since.
    Deleted {
        /// When that was noticed.
        at: Timestamp,
    },
    /// It may or may not have come, and Starling can't look: rather none than two.
    Unknown,
    /// Not sent, as nobody tried.
    Skipped(SkipReason),
    /// Not sent, as trying failed.
    Failed(FailReason),
}

/// Why nobody tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// Starling was not running, until it was too late.
    Down,
    /// The daily question was paused.
    Paused,
    /// The daily question ended.
    Ended,
}

/// Why trying failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailReason {
    /// There was no question to ask.
    NoQuestion,
    /// The channel is gone.
    ChannelGone,
    /// Starling may not post there.
    NotAllowed,
    /// Discord refused the message.
    Refused,
    /// Discord could not be reached, or failed, until it was too late.
    Unreachable,
}

impl Post {
    /// Whether its date is taken: it came, is on its way, or may have come.
    #[must_use]
    pub fn takes_its_date(&self) -> bool {
        matches!(self.outcome, Outcome::Sent { .. } | Outcome::Deleted { .. } | Outcome::Claimed | Outcome::Unknown)
    }

    /// How many minutes after its time it came, where that is more than [`LATE_AFTER_SECONDS`].
    #[must_use]
    pub fn minutes_late(&self) -> Option<u32> {
        let Outcome::Sent { at, .. } = self.outcome else { return None };
        let seconds = at.as_second() - self.due_at.as_second();
        if seconds > LATE_AFTER_SECONDS { u32::try_from(seconds / 60).ok() } else { None }
    }

    /// Whether it came late.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.minutes_late().is_some()
    }
}
