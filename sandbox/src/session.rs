//! A gateway session: who hears what, and in which order.
//!
//! It outlives its connection, and keeps its last events for a client that comes back to it.

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};

mod backlog;
mod link;

use backlog::{Backlog, KEPT};
pub(crate) use link::{Frame, Link, Silence};

/// Bits of the intents.
pub(crate) mod intents {
    /// Guilds, channels and threads coming, changing and going.
    pub(crate) const GUILDS: u64 = 1;
    /// Every bit that has a meaning.
    pub(crate) const ALL: u64 = 0x1_ffff | 0x30_0000 | 0x300_0000;
}

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) shard: u64,
    pub(crate) shards: u64,
    pub(crate) intents: u64,
    /// Whether the client answered since it was last asked whether it is there.
    pub(crate) answers: bool,
    /// The connection; none while the client is away.
    link: Option<Link>,
    /// The number of the last event.
    seq: u64,
    backlog: Backlog,
    /// How many events came since the connection was lost.
    missed: usize,
}

/// Why a session can't be taken up again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Lost {
    /// There is none of that id, or what the client missed is no longer kept.
    Gone,
    /// The client names an event that was never sent.
    InvalidSequence,
}

impl Session {
    pub(crate) fn new(id: String, (shard, shards): (u64, u64), intents: u64, link: Link) -> Session {
        Session {
            id,
            shard,
            shards,
            intents,
            answers: false,
            link: Some(link),
            seq: 0,
            backlog: Backlog::default(),
            missed: 0,
        }
    }

    /// Whether an event of `guild` goes to this session. What has no guild goes to shard 0.
    pub(crate) fn hears(&self, guild: Option<u64>, intent: u64) -> bool {
        self.intents & intent == intent && self.holds(guild)
    }

    /// Whether `guild` belongs to this session's shard.
    pub(crate) fn holds(&self, guild: Option<u64>) -> bool {
        guild.map_or(0, |id| (id >> 22) % self.shards.max(1)) == self.shard
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.link.is_some()
    }

    /// Whether it is that connection which carries it.
    pub(crate) fn is_carried_by(&self, link: &Link) -> bool {
        self.link.as_ref().is_some_and(|held| held.is(link))
    }

    /// Whether the client was away for so long that it can't catch up any more.
    pub(crate) fn is_lost(&self) -> bool {
        self.link.is_none() && self.missed > KEPT
    }

    /// Sends an event over the connection, and keeps it for a later one.
    pub(crate) fn send(&mut self, event: &str, payload: &Value) {
        self.send_text(event, &payload.to_string());
    }

    /// The same, of a payload that is text already.
    pub(crate) fn send_text(&mut self, event: &str, payload: &str) {
        let text = self.number(event, payload);
        self.backlog.keep(self.seq, text.clone());
        if !self.pass(Frame::Text(text)) {
            self.missed += 1;
        }
    }

    fn number(&mut self, event: &str, payload: &str) -> Utf8Bytes {
        self.seq += 1;
        format!("{{\"op\":0,\"s\":{},\"t\":{},\"d\":{payload}}}", self.seq, json!(event)).into()
    }

    /// Goes on over `link`, with what came after the event numbered `seq`.
    pub(crate) fn take_up(&mut self, link: Link, seq: u64) -> Result<(), Lost> {
        if seq > self.seq {
            return Err(Lost::InvalidSequence);
        }
        let missed = self.backlog.after(seq).ok_or(Lost::Gone)?;
        self.part(Frame::Close(Some((4000, "Unknown error.".into()))));
        self.link = Some(link);
        self.missed = 0;
        // Of no use to a later connection, so it is not kept.
        let resumed = self.number("RESUMED", "{}");
        for text in missed.into_iter().chain([resumed]) {
            self.pass(Frame::Text(text));
        }
        Ok(())
    }

    /// Sends a payload that is no event.
    pub(crate) fn say(&mut self, payload: &Value) {
        self.pass(Frame::Text(payload.to_string().into()));
    }

    /// Asks the client whether it is there.
    pub(crate) fn ask(&mut self) {
        self.answers = false;
        self.pass(Frame::Ping);
    }

    /// Passes a frame to the connection. Returns whether there is one.
    fn pass(&mut self, frame: Frame) -> bool {
        let is_there = self.link.as_ref().is_some_and(|link| link.pass(frame));
        if !is_there {
            self.link = None;
        }
        is_there
    }

    /// Leaves its connection, without a word to it.
    pub(crate) fn detach(&mut self) {
        self.link = None;
    }

    /// Leaves its connection with a last frame.
    pub(crate) fn part(&mut self, last: Frame) {
        self.pass(last);
        self.detach();
    }
}
