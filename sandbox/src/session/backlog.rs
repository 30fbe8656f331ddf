//! The last events of a session, kept for a client that takes it up again.

use std::collections::VecDeque;

use axum::extract::ws::Utf8Bytes;

/// How many events are kept. Discord names no number.
pub(crate) const KEPT: usize = 1_000;

/// Events with their numbers, oldest first.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    kept: VecDeque<(u64, Utf8Bytes)>,
    /// The number of the newest event that is no longer kept.
    forgotten: u64,
}

impl Backlog {
    pub(super) fn keep(&mut self, seq: u64, text: Utf8Bytes) {
        self.kept.push_back((seq, text));
        if self.kept.len() > KEPT
            && let Some((oldest, _)) = self.kept.pop_front()
        {
            self.forgotten = oldest;
        }
    }

    /// What came after the event numbered `seq`; `None` when some of it is no longer kept.
    pub(super) fn after(&self, seq: u64) -> Option<Vec<Utf8Bytes>> {
        let missed = self.kept.iter().filter(|(number, _)| *number > seq);
        (seq >= self.forgotten).then(|| missed.map(|(_, text)| text.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_events_are_kept_and_the_oldest_goes_first() {
        let mut backlog = Backlog::default();
        for seq in 1..=1_001 {
            backlog.keep(seq, seq.to_string().into());
        }
        assert_eq!(backlog.after(0), None);
        assert_eq!(backlog.after(1).unwrap().len(), 1_000);
        assert_eq!(backlog.after(999).unwrap(), ["1000", "1001"]);
        assert_eq!(backlog.after(1_001).unwrap().len(), 0);
    }
}
