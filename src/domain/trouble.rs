//! What is wrong with a daily question, as far as its admins should hear of it without asking. Knows nothing of how they hear.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::daily::{Daily, Pause};
use super::post::{FailReason, Outcome, Post};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Starling has paused it.
    Paused(Pause),
    /// Its newest post failed.
    Failed(FailReason),
    /// Nobody knows whether its newest post came.
    Unknown,
}

impl Trouble {
    /// What is wrong with a daily question whose newest post is `last`. An admin's own pause is no trouble.
    #[must_use]
    pub fn of(daily: &Daily, last: Option<&Post>) -> Option<Trouble> {
        match daily.pause {
            Some(Pause::Admin) => None,
            Some(pause) => Some(Trouble::Paused(pause)),
            None => last.and_then(Trouble::of_post),
        }
    }

    /// What is wrong with a post.
    #[must_use]
    pub fn of_post(post: &Post) -> Option<Trouble> {
        match post.outcome {
            Outcome::Failed(reason) => Some(Trouble::Failed(reason)),
            Outcome::Unknown => Some(Trouble::Unknown),
            _ => None,
        }
    }
}

/// The UTC day of an instant: whoever changed daily questions in several zones is told by one calendar.
#[must_use]
pub fn utc_day(at: Timestamp) -> Date {
    Offset::UTC.to_datetime(at).date()
}

/// When a UTC day begins.
#[must_use]
pub fn begin_of(day: Date) -> Timestamp {
    Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN)
}
