//! The sandbox's clock: moved by hand, or following the system's.
//!
//! The one place that reads the system's time. It knows nothing of Discord.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// How often a clock that follows the system announces the time to its watchers.
const TICK: Duration = Duration::from_millis(100);

/// The time in the sandbox, in milliseconds since 1970 (UTC). Clones share it.
#[derive(Clone, Debug)]
pub struct Clock {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    source: Mutex<Source>,
    announced: watch::Sender<i64>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// Stands still until someone moves it.
    Hand { now_ms: i64 },
    /// The system's time, and how far it was set off from it.
    System { offset_ms: i64 },
}

impl Source {
    fn now_ms(self) -> i64 {
        match self {
            Source::Hand { now_ms } => now_ms,
            Source::System { offset_ms } => system_ms().saturating_add(offset_ms),
        }
    }
}

impl Clock {
    /// A clock that stands at `unix_ms` until it is moved.
    pub(crate) fn by_hand(unix_ms: i64) -> Clock {
        Clock::new(Source::Hand { now_ms: unix_ms })
    }

    /// A clock that follows the system's. Needs a runtime: a task announces the time.
    pub(crate) fn of_system() -> Clock {
        let clock = Clock::new(Source::System { offset_ms: 0 });
        let inner = Arc::downgrade(&clock.inner);
        tokio::spawn(async move {
            while let Some(inner) = inner.upgrade() {
                inner.announce();
                drop(inner);
                tokio::time::sleep(TICK).await;
            }
        });
        clock
    }

    fn new(source: Source) -> Clock {
        let (announced, _) = watch::channel(source.now_ms());
        Clock { inner: Arc::new(Inner { source: Mutex::new(source), announced }) }
    }

    /// The time now, in milliseconds since 1970 (UTC).
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.inner.source().now_ms()
    }

    /// Whether it stands still until someone moves it.
    pub(crate) fn is_by_hand(&self) -> bool {
        matches!(self.inner.source(), Source::Hand { .. })
    }

    /// Sets the time. A clock that follows the system goes on from there.
    pub fn set_ms(&self, unix_ms: i64) {
        {
            let mut source = lock(&self.inner.source);
            *source = match *source {
                Source::Hand { .. } => Source::Hand { now_ms: unix_ms },
                Source::System { .. } => Source::System { offset_ms: unix_ms.saturating_sub(system_ms()) },
            };
        }
        self.inner.announce();
    }

    /// Moves the time forward.
    pub fn advance(&self, by: Duration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.set_ms(self.now_ms().saturating_add(by_ms));
    }

    /// A receiver that holds the time: every move of a clock moved by hand, and ten times a
    /// second that of one that follows the system. A bot in the same process can share it.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<i64> {
        self.inner.announced.subscribe()
    }
}

impl Inner {
    fn source(&self) -> Source {
        *lock(&self.source)
    }

    fn announce(&self) {
        self.announced.send_replace(self.source().now_ms());
    }
}

fn lock(source: &Mutex<Source>) -> std::sync::MutexGuard<'_, Source> {
    source.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Real time, in milliseconds since 1970, whatever a clock was set to.
#[expect(clippy::disallowed_methods, reason = "this is the clock that everything else asks")]
pub(crate) fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_moved_by_hand_stands_still_between_moves() {
        let clock = Clock::by_hand(1_000);
        let seen = clock.watch();
        assert_eq!(clock.now_ms(), 1_000);
        clock.advance(Duration::from_secs(2));
        assert_eq!(clock.now_ms(), 3_000);
        assert_eq!(*seen.borrow(), 3_000);
        clock.set_ms(500);
        assert_eq!(*seen.borrow(), 500);
    }

    #[tokio::test]
    async fn a_clock_that_follows_the_system_goes_on_from_where_it_was_set() {
        let clock = Clock::of_system();
        clock.set_ms(5_000);
        let mut seen = clock.watch();
        let moved = seen.wait_for(|now_ms| *now_ms > 5_000).await.unwrap();
        assert!(*moved < 60_000, "{}", *moved);
    }
}
