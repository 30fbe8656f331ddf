//! One window of so many requests.

use std::time::{Duration, Instant};

use super::Window;

/// A limit, and how much of its window is used up.
#[derive(Debug)]
pub(super) struct Bucket {
    limit: u32,
    per: Duration,
    used: u32,
    /// When the window ends; `None` before the first request.
    ends: Option<Instant>,
}

impl Bucket {
    pub(super) fn new(limit: u32, per: Duration) -> Bucket {
        Bucket { limit, per, used: 0, ends: None }
    }

    /// The end of the window that `now` is in.
    fn end(&self, now: Instant) -> Option<Instant> {
        self.ends.filter(|end| *end > now)
    }

    fn remaining(&self, now: Instant) -> u32 {
        if self.end(now).is_some() { self.limit.saturating_sub(self.used) } else { self.limit }
    }

    /// How long the next request must wait; `None` when it need not. A limit of none at all makes
    /// it wait for a whole window, again and again.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        let wait = self.end(now).map_or(self.per, |end| end.duration_since(now));
        (self.remaining(now) == 0).then_some(wait)
    }

    /// Counts a request.
    pub(super) fn take(&mut self, now: Instant) {
        if self.end(now).is_none() {
            self.ends = Some(now + self.per);
            self.used = 0;
        }
        self.used += 1;
    }

    pub(super) fn window(&self, bucket: String, now: Instant) -> Window {
        let resets_in = self.end(now).map_or(self.per, |end| end.duration_since(now));
        Window { limit: self.limit, remaining: self.remaining(now), resets_in, bucket }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_begins_with_its_first_request_and_not_on_the_clock() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut bucket = Bucket::new(1, second);
        bucket.take(start);
        assert_eq!(bucket.wait(start + second / 2), Some(second / 2));
        assert_eq!(bucket.wait(start + second), None);
        bucket.take(start + second * 3 / 2);
        assert_eq!(bucket.wait(start + second * 2), Some(second / 2));
    }

    #[test]
    fn a_limit_of_none_lets_nothing_through() {
        let start = Instant::now();
        assert_eq!(Bucket::new(0, Duration::from_secs(1)).wait(start), Some(Duration::from_secs(1)));
    }
}
