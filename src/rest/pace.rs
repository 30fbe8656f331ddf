//! How fast requests may go: as fast as Discord allows a bot, and slower where it turns out to allow less, as for one that shares its
//! address with others. Knows neither requests nor how they wait.

use std::num::NonZeroU32;
use std::time::Duration;

/// Discord allows a bot 50 requests a second (discord.com/developers/docs/topics/rate-limits); a little is left to clocks that differ.
const FASTEST: NonZeroU32 = NonZeroU32::new(45).expect("45 is not 0");

/// How many requests go at a pace before the next faster one is tried: with more, the refusals that this brings stay under one in a hundred.
const STEP: u32 = 100;

/// How long no pause was asked for before the next faster pace is tried, where fewer go.
const QUIET: Duration = Duration::from_mins(1);

/// A pace that gives way when Discord asks for a pause of everything, and finds back step by step.
#[derive(Debug)]
pub(super) struct Pace {
    per_second: NonZeroU32,
    /// How many have gone at it.
    gone: u32,
    /// For how long it has gone well.
    quiet: Duration,
}

impl Pace {
    pub(super) fn new() -> Pace {
        Pace { per_second: FASTEST, gone: 0, quiet: Duration::ZERO }
    }

    /// Requests a second.
    pub(super) fn per_second(&self) -> NonZeroU32 {
        self.per_second
    }

    /// Discord asked for a pause of everything.
    pub(super) fn give_way(&mut self) {
        self.per_second = NonZeroU32::new(self.per_second.get() / 2).unwrap_or(NonZeroU32::MIN);
        (self.gone, self.quiet) = (0, Duration::ZERO);
    }

    /// One has gone without such a pause, so long after the one before. Says whether the pace is faster now.
    pub(super) fn goes_well(&mut self, after: Duration) -> bool {
        self.gone += 1;
        self.quiet = self.quiet.saturating_add(after);
        let minutes = u32::try_from(self.quiet.as_secs() / QUIET.as_secs()).unwrap_or(u32::MAX);
        let steps = minutes.max(self.gone / STEP);
        if steps == 0 {
            return false;
        }
        (self.gone, self.quiet) = (0, Duration::ZERO);
        let before = self.per_second;
        self.per_second = before.saturating_add(steps).min(FASTEST);
        self.per_second > before
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sends requests to a server that allows so many in each of its seconds, and asks for a pause until the next one beyond that. Gives the
    /// share that was refused.
    fn refused(allowed: u32, requests: u32) -> f64 {
        let (mut pace, mut now, mut refused) = (Pace::new(), 0.0_f64, 0);
        let (mut second, mut used) = (0.0, 0);
        for _ in 0..requests {
            let gap = 1.0 / f64::from(pace.per_second().get());
            now += gap;
            pace.goes_well(Duration::from_secs_f64(gap));
            if now - second >= 1.0 {
                (second, used) = (now, 0);
            }
            used += 1;
            if used > allowed {
                refused += 1;
                now = second + 1.0;
                pace.give_way();
            }
        }
        f64::from(refused) / f64::from(requests)
    }

    proptest! {
        #[test]
        fn at_a_limit_that_nobody_told_few_are_refused(allowed in 2_u32..60) {
            let share = refused(allowed, 2_000);
            prop_assert!(share < 0.01, "{share} at {allowed} a second");
        }
    }

    #[test]
    fn within_the_known_limit_none_is_refused() {
        assert!(refused(50, 10_000) < f64::EPSILON);
    }

    #[test]
    fn it_finds_back_to_the_fastest_and_never_beyond() {
        let mut pace = Pace::new();
        for _ in 0..20 {
            pace.give_way();
        }
        assert_eq!(pace.per_second().get(), 1);
        for _ in 0..100 * STEP {
            pace.goes_well(Duration::ZERO);
        }
        assert_eq!(pace.per_second(), FASTEST);
    }

    #[test]
    fn where_few_go_it_finds_back_by_a_step_in_each_quiet_minute() {
        let mut pace = Pace::new();
        for _ in 0..6 {
            pace.give_way();
        }
        assert!(!pace.goes_well(Duration::from_secs(59)));
        pace.give_way();
        assert!(!pace.goes_well(Duration::from_secs(59)), "a pause begins the minute anew");
        assert!(pace.goes_well(Duration::from_secs(1)));
        assert_eq!(pace.per_second().get(), 2);
        pace.goes_well(Duration::from_mins(3));
        assert_eq!(pace.per_second().get(), 5);
        pace.goes_well(Duration::from_hours(24));
        assert_eq!(pace.per_second(), FASTEST);
        assert!(!pace.goes_well(Duration::MAX));
    }
}
