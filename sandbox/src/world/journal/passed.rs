//! What passed between the bot and the sandbox, for those who look on: calls, and what went over
//! the gateway.
//!
//! Payloads are kept as they were sent; reading them is left to who looks.

use std::collections::VecDeque;

use axum::extract::ws::Utf8Bytes;
use tokio::sync::watch;

use crate::session::Frame;

/// How many entries are kept.
pub(crate) const KEPT: usize = 500;

/// The newest entries, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    kept: VecDeque<Entry>,
    /// How many entries there were so far.
    count: u64,
    /// Grows with each entry and with each change of one.
    version: watch::Sender<u64>,
}

/// Something that passed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its number, from 1 on.
    pub(crate) n: u64,
    /// The version that it came with, or was changed with.
    version: u64,
    /// When it came, by the sandbox's clock, in milliseconds since 1970.
    pub(crate) at: i64,
    pub(crate) what: What,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    /// A REST call: its place in the journal, and whether it was answered.
    Call { place: usize, answered: bool },
    /// Something over the gateway, to the bot.
    Sent(Frame),
    /// A text over the gateway, from the bot.
    Received(Utf8Bytes),
}

impl Passed {
    /// Notes that something passed.
    pub(crate) fn add(&mut self, at: i64, what: What) {
        self.count += 1;
        let version = self.grows();
        self.kept.push_back(Entry { n: self.count, version, at, what });
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// Notes that the call at that place was answered, or answered otherwise than it seemed.
    pub(super) fn answers(&mut self, call: usize) {
        let version = self.grows();
        let is_meant = |entry: &&mut Entry| matches!(entry.what, What::Call { place, .. } if place == call);
        if let Some(entry) = self.kept.iter_mut().rev().find(is_meant) {
            entry.version = version;
            entry.what = What::Call { place: call, answered: true };
        }
    }

    fn grows(&mut self) -> u64 {
        let version = *self.version.borrow() + 1;
        self.version.send_replace(version);
        version
    }

    /// What came or changed after a version.
    pub(crate) fn after(&self, version: u64) -> impl Iterator<Item = &Entry> {
        self.kept.iter().filter(move |entry| entry.version > version)
    }

    /// A receiver that holds the newest version.
    pub(crate) fn versions(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(passed: &Passed, version: u64) -> Vec<u64> {
        passed.after(version).map(|entry| entry.n).collect()
    }

    #[test]
    fn the_newest_five_hundred_are_kept() {
        let mut passed = Passed::default();
        for _ in 0..=KEPT {
            passed.add(0, What::Received("{}".into()));
        }
        assert_eq!(numbers(&passed, 0).len(), KEPT);
        assert_eq!(numbers(&passed, 0).first(), Some(&2));
    }

    #[test]
    fn a_call_is_new_again_once_it_is_answered() {
        let mut passed = Passed::default();
        passed.add(0, What::Call { place: 7, answered: false });
        passed.add(0, What::Received("{}".into()));
        let seen = *passed.versions().borrow();
        assert_eq!(numbers(&passed, seen), [] as [u64; 0]);
        passed.answers(7);
        assert_eq!(numbers(&passed, seen), [1]);
    }
}
