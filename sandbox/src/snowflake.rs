//! Ids as Discord makes them: the time in the upper bits, a counter in the lower.
//!
//! Source: <https://discord.com/developers/docs/reference#snowflakes>.

/// The first millisecond of 2015, from which Discord counts.
const EPOCH_MS: i64 = 1_420_070_400_000;

/// The last millisecond (UTC, since 1970) whose ids fit into a signed number of 64 bits, as databases hold them.
pub const LAST_MS: i64 = EPOCH_MS + (1 << 41) - 1;

/// The bits below the time.
const COUNTER_BITS: u32 = 22;

/// Hands out ids that are unique and increasing, also while the clock stands still or goes back.
#[derive(Debug, Default)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// The next id, made at `now_ms`.
    pub(crate) fn next(&mut self, now_ms: i64) -> u64 {
        let since = u64::try_from(now_ms.saturating_sub(EPOCH_MS)).unwrap_or(0);
        self.last = (since << COUNTER_BITS).max(self.last + 1);
        self.last
    }
}

/// The moment at which an id was made, in milliseconds since 1970 (UTC).
#[must_use]
pub fn made_at_ms(id: u64) -> i64 {
    i64::try_from(id >> COUNTER_BITS).unwrap_or(i64::MAX) + EPOCH_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_while_the_clock_stands_still_and_when_it_goes_back() {
        let now_ms = EPOCH_MS + 86_400_000;
        let mut ids = Snowflakes::default();
        let made: Vec<u64> = [now_ms, now_ms, now_ms + 1, now_ms - 5_000].map(|at| ids.next(at)).to_vec();
        assert!(made.is_sorted_by(|earlier, later| earlier < later));
        assert_eq!(made_at_ms(made[0]), now_ms);
        assert_eq!(made_at_ms(made[2]), now_ms + 1);
    }
}
