//! The way from a session to the connection that carries it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a connection is told to do.
#[derive(Clone, Debug)]
pub(crate) enum Frame {
    /// Send this text.
    Text(Utf8Bytes),
    /// Send the answer to a heartbeat.
    Ack,
    /// Ask whether the other side is there.
    Ping,
    /// Close with this code and reason, or with a frame that has neither.
    Close(Option<(u16, Utf8Bytes)>),
    /// Drop the connection, without a close frame.
    Cut,
}

/// Whether what is sent gets lost on the way. Clones are the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Silence(Arc<AtomicBool>);

impl Silence {
    pub(crate) fn set(&self, silent: bool) {
        self.0.store(silent, Ordering::SeqCst);
    }

    fn swallows(&self, frame: &Frame) -> bool {
        matches!(frame, Frame::Text(_) | Frame::Ack | Frame::Ping) && self.0.load(Ordering::SeqCst)
    }
}

/// A connection, as seen from a session. Clones lead to the same one.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    frames: UnboundedSender<Frame>,
    silence: Silence,
}

impl Link {
    /// A link, and what the connection reads from it.
    pub(crate) fn new(silence: Silence) -> (Link, UnboundedReceiver<Frame>) {
        let (frames, orders) = unbounded_channel();
        (Link { frames, silence }, orders)
    }

    /// Passes a frame on. Returns whether the connection is still there.
    pub(crate) fn pass(&self, frame: Frame) -> bool {
        if self.silence.swallows(&frame) {
            return !self.frames.is_closed();
        }
        self.frames.send(frame).is_ok()
    }

    pub(crate) fn is(&self, other: &Link) -> bool {
        self.frames.same_channel(&other.frames)
    }
}
