//! The one place that reads the time: the system's, or a followed value that somebody moves by hand. Knows nothing of time zones.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system.
    System,
    /// A value in milliseconds UTC, which tests share with the Discord that they raise.
    Followed(watch::Receiver<i64>),
}

impl Clock {
    /// The time, in whole milliseconds.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one home of the system's clock")]
    pub fn now(&self) -> Timestamp {
        let milliseconds = match self {
            Clock::System => Timestamp::now().as_millisecond(),
            Clock::Followed(value) => *value.borrow(),
        };
        Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
    }

    /// Waits for the time to go on from `seen`: to the next whole second, or, where the clock is followed, until it is moved.
    ///
    /// Waiting is never longer than a second, so that a machine which slept, or a clock that was set, is noticed at once.
    pub async fn passes(&self, seen: Timestamp) {
        match self {
            Clock::System => tokio::time::sleep(until_next_second(self.now())).await,
            Clock::Followed(value) => {
                let moved = value.clone().wait_for(|now| *now != seen.as_millisecond()).await.is_ok();
                if !moved {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

fn until_next_second(now: Timestamp) -> Duration {
    let into = u64::try_from(now.as_millisecond().rem_euclid(1000)).unwrap_or_default();
    Duration::from_millis(1000 - into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_at_the_next_whole_second() {
        for (milliseconds, wait) in [(5_000, 1000), (5_001, 999), (5_999, 1), (-1, 1)] {
            let now = Timestamp::from_millisecond(milliseconds).unwrap();
            assert_eq!(until_next_second(now), Duration::from_millis(wait), "{milliseconds}");
        }
    }
}
