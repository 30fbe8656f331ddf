//! How many sessions were started, and how many may still be started in a day.
//!
//! Source: <https://discord.com/developers/docs/events/gateway#session-start-limit-object>.

/// How many sessions a bot may start in a day.
pub(crate) const TOTAL: u32 = 1000;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Counts from the sandbox's start on, and today's budget.
#[derive(Debug)]
pub(crate) struct Starts {
    /// IDENTIFYs that came, those that were rejected among them.
    pub(crate) identifies: usize,
    /// Sessions that were taken up again.
    pub(crate) resumes: usize,
    remaining: u32,
    /// When the budget is whole again; none while it is.
    whole_at_ms: Option<i64>,
}

impl Default for Starts {
    fn default() -> Starts {
        Starts { identifies: 0, resumes: 0, remaining: TOTAL, whole_at_ms: None }
    }
}

impl Starts {
    fn is_whole(&self, now_ms: i64) -> bool {
        self.whole_at_ms.is_none_or(|whole_at_ms| whole_at_ms <= now_ms)
    }

    /// How many sessions may still be started.
    pub(crate) fn remaining(&self, now_ms: i64) -> u32 {
        if self.is_whole(now_ms) { TOTAL } else { self.remaining }
    }

    /// When the budget is whole again, in milliseconds from now; a day while nothing is spent.
    pub(crate) fn reset_after_ms(&self, now_ms: i64) -> i64 {
        let whole_at_ms = self.whole_at_ms.filter(|_| !self.is_whole(now_ms));
        whole_at_ms.map_or(DAY_MS, |whole_at_ms| whole_at_ms - now_ms)
    }

    /// Sets how many sessions may still be started. A day begins.
    pub(crate) fn set_remaining(&mut self, remaining: u32, now_ms: i64) {
        self.remaining = remaining.min(TOTAL);
        self.whole_at_ms = Some(now_ms.saturating_add(DAY_MS));
    }

    /// Takes one start from the budget. Returns whether there was one left.
    pub(crate) fn spend(&mut self, now_ms: i64) -> bool {
        if self.is_whole(now_ms) {
            self.set_remaining(TOTAL, now_ms);
        }
        let left = self.remaining.checked_sub(1);
        self.remaining = left.unwrap_or(0);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_whole_again_a_day_after_the_first_start() {
        let mut starts = Starts::default();
        assert_eq!((starts.remaining(0), starts.reset_after_ms(0)), (1000, DAY_MS));
        assert!(starts.spend(5));
        assert!(starts.spend(10));
        assert_eq!((starts.remaining(10), starts.reset_after_ms(10)), (998, DAY_MS - 5));
        assert_eq!(starts.remaining(DAY_MS + 4), 998);
        assert_eq!((starts.remaining(DAY_MS + 5), starts.reset_after_ms(DAY_MS + 5)), (1000, DAY_MS));
    }

    #[test]
    fn nothing_can_be_taken_from_an_empty_budget_until_it_is_whole_again() {
        let mut starts = Starts::default();
        starts.set_remaining(1, 0);
        assert!(starts.spend(0));
        assert!(!starts.spend(DAY_MS - 1));
        assert!(starts.spend(DAY_MS));
        assert_eq!(starts.remaining(DAY_MS), 999);
    }
}
