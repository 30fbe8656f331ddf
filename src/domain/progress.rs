//! What a person's past says of their practice: a streak, the last half year day by day, and how much of the bank they have tried.
//! Always worked out anew from the answers that are there, so that nothing can drift, also when some are deleted. Knows nothing of how
//! the past is stored or how any of this is shown.

mod coverage;
mod half_year;
mod streak;

pub use self::coverage::{Coverage, Tally};
pub use self::half_year::{HalfYear, WEEKS};
pub use self::streak::{Answered, FREE_SKIPS, Followed, Open, PostDay, Streak};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::question::QuestionKey;
use super::zone::Zone;

/// What a person did, without any text of it.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Each answer, the oldest first.
    pub answers: Vec<Answered>,
    /// How many answers there are to each question that has any.
    pub by_question: Vec<(QuestionKey, u32)>,
    /// The channels whose daily question the person has answered.
    pub channels: Vec<Followed>,
}

impl Past {
    /// Whether there is no answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// The zone of this person's dates: that of the channel whose daily question they answered last. Of several that were answered at the
    /// same time, the one with the newest post, so that it is always the same one. `None` where there is none; their dates are UTC's then.
    #[must_use]
    fn zone(&self) -> Option<&Zone> {
        let newest = |channel: &Followed| channel.posts.last().map(|post| post.day);
        let last = self.channels.iter().max_by_key(|channel| (channel.last_at, newest(channel), channel.channel))?;
        last.posts.last().map(|post| &post.zone)
    }
}

/// The date of an instant in a zone, or in UTC.
fn date(zone: Option<&Zone>, at: Timestamp) -> Date {
    zone.map_or_else(|| Offset::UTC.to_datetime(at), |zone| zone.local(at)).date()
}
