//! A gateway session: who hears what, and in which order.
//!
//! It outlives its connection, so that a client can resume it. What was sent meanwhile is lost
//! so far.

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

/// Bits of the intents.
pub(crate) mod intents {
    /// Guilds, channels and threads coming, changing and going.
    pub(crate) const GUILDS: u64 = 1;
    /// Every bit that has a meaning.
    pub(crate) const ALL: u64 = 0x1_ffff | 0x30_0000 | 0x300_0000;
}

/// What a connection is told to do.
#[derive(Clone, Debug)]
pub(crate) enum Frame {
    /// Send this text.
    Text(Utf8Bytes),
    /// Ask whether the other side is there.
    Ping,
    /// Close with this code.
    Close(u16, &'static str),
}

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) shard: u64,
    pub(crate) shards: u64,
    pub(crate) intents: u64,
    /// The number of the last event.
    pub(crate) seq: u64,
    /// Whether the client answered since it was last asked whether it is there.
    pub(crate) answers: bool,
    /// The connection; none while the client is away.
    pub(crate) link: Option<UnboundedSender<Frame>>,
}

impl Session {
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

    /// Sends an event over the connection, if there is one.
    pub(crate) fn send(&mut self, event: &str, payload: &Value) {
        let Some(link) = &self.link else {
            return;
        };
        self.seq += 1;
        let frame = json!({"op": 0, "s": self.seq, "t": event, "d": payload}).to_string();
        if link.send(Frame::Text(frame.into())).is_err() {
            self.link = None;
        }
    }

    /// Asks the client whether it is there.
    pub(crate) fn ask(&mut self) {
        self.answers = false;
        if let Some(link) = &self.link
            && link.send(Frame::Ping).is_err()
        {
            self.link = None;
        }
    }

    /// Closes the connection.
    pub(crate) fn close(&mut self, code: u16, reason: &'static str) {
        if let Some(link) = self.link.take() {
            // A connection that is gone already needs no closing.
            let _ = link.send(Frame::Close(code, reason));
        }
    }
}
