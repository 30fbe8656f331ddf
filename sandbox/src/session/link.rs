//! The way from a session to the connection that carries it.

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a connection is told to do.
#[derive(Clone, Debug)]
pub(crate) enum Frame {
    /// Send this text.
    Text(Utf8Bytes),
    /// Ask whether the other side is there.
    Ping,
    /// Close with this code and reason.
    Close(u16, Utf8Bytes),
}

/// A connection, as seen from a session. Clones lead to the same one.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    frames: UnboundedSender<Frame>,
}

impl Link {
    /// A link, and what the connection reads from it.
    pub(crate) fn new() -> (Link, UnboundedReceiver<Frame>) {
        let (frames, orders) = unbounded_channel();
        (Link { frames }, orders)
    }

    /// Passes a frame on. Returns whether the connection is still there.
    pub(crate) fn pass(&self, frame: Frame) -> bool {
        self.frames.send(frame).is_ok()
    }

    pub(crate) fn is(&self, other: &Link) -> bool {
        self.frames.same_channel(&other.frames)
    }
}
