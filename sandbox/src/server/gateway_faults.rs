//! What a test orders the gateway to do to the bot.
//!
//! What happens once happens to all sessions that have a connection. What takes a `bool` lasts
//! until it is set back.

use std::time::Duration;

use serde_json::{Value, json};

use super::Sandbox;
use crate::gateway;
use crate::session::{Frame, Session};

/// What becomes of a session after the test did something to its connection.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Afterwards {
    Lives,
    Ends,
}

impl Sandbox {
    /// Closes all gateway connections with code 4000, after which a client resumes.
    pub fn drop_gateway(&self) {
        self.shared.change(gateway::drop_all);
    }

    /// Closes all gateway connections with any code. The sessions can be resumed, unless the
    /// code means that they can't: 4003, 4004, 4007, and from 4009 on.
    pub fn closes_gateway(&self, code: u16, reason: &str) {
        self.shared.change(|world| gateway::close_all(world, code, reason));
    }

    /// Closes all gateway connections by a frame without a code. The sessions can be resumed.
    pub fn closes_gateway_without_code(&self) {
        self.to_connected(|session| {
            session.part(Frame::Close(None));
            Afterwards::Lives
        });
    }

    /// Drops the TCP connections of all sessions without a close frame. The sessions can be
    /// resumed.
    pub fn cuts_gateway(&self) {
        self.to_connected(|session| {
            session.part(Frame::Cut);
            Afterwards::Lives
        });
    }

    /// Asks all clients to reconnect and resume (op 7). The connections stay open.
    pub fn asks_to_reconnect(&self) {
        self.to_connected(|session| {
            session.say(&json!({"op": 7, "s": null, "t": null, "d": null}));
            Afterwards::Lives
        });
    }

    /// Tells all clients that their session is invalid (op 9), and whether they may resume it.
    /// The connections stay open, without a session.
    pub fn invalidates_session(&self, resumable: bool) {
        self.to_connected(|session| {
            session.say(&invalid_session(resumable));
            session.detach();
            if resumable { Afterwards::Lives } else { Afterwards::Ends }
        });
    }

    /// Answers all requests for a new connection with 503. The open ones are left alone.
    pub fn refuses_gateway(&self, refuses: bool) {
        self.shared.change(|world| world.orders.refuses = refuses);
    }

    /// Answers every IDENTIFY by closing with that code, as 4004 for a bad token or 4014 for an
    /// intent that is not granted. `None` lets clients in again.
    pub fn rejects_identify_with(&self, code: Option<u16>) {
        self.shared.change(|world| world.orders.rejects_identify = code);
    }

    /// Leaves heartbeats unanswered.
    pub fn ignores_heartbeats(&self, ignores: bool) {
        self.shared.change(|world| world.orders.ignores_heartbeats = ignores);
    }

    /// How often clients that connect from now on must show that they live; 41.25 s at first.
    pub fn wants_heartbeats_every(&self, interval: Duration) {
        self.shared.change(|world| world.orders.heartbeat = interval);
    }

    /// Lets nothing through to any client, on open connections and new ones, as when a cable was
    /// pulled: neither events nor answers, not even HELLO. The events come when the client
    /// resumes. Closing and cutting still work.
    pub fn silences_gateway(&self, silent: bool) {
        self.shared.change(|world| world.orders.silence.set(silent));
    }

    fn to_connected(&self, mut act: impl FnMut(&mut Session) -> Afterwards) {
        self.shared.change(|world| {
            world.sessions.retain_mut(|session| !session.is_connected() || act(session) == Afterwards::Lives);
        });
    }
}

fn invalid_session(resumable: bool) -> Value {
    json!({"op": 9, "s": null, "t": null, "d": resumable})
}
