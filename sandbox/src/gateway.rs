//! The gateway: one WebSocket connection after the other, from HELLO to the close.
//!
//! Plain JSON texts; a client's wish for compression is not heard. Source:
//! <https://discord.com/developers/docs/events/gateway>.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::json::{integer, list, text};
use crate::session::{Frame, Session, intents};
use crate::shared::Shared;
use crate::wire;
use crate::world::{APPLICATION_ID, TOKEN, World};

/// How often the client must show that it lives, in milliseconds.
const HEARTBEAT_MS: u64 = 41_250;

/// Close codes and what they mean.
mod close {
    pub(super) const UNKNOWN_OPCODE: (u16, &str) = (4001, "Unknown opcode.");
    pub(super) const DECODE_ERROR: (u16, &str) = (4002, "Error while decoding payload.");
    pub(super) const NOT_AUTHENTICATED: (u16, &str) = (4003, "Not authenticated.");
    pub(super) const AUTHENTICATION_FAILED: (u16, &str) = (4004, "Authentication failed.");
    pub(super) const ALREADY_AUTHENTICATED: (u16, &str) = (4005, "Already authenticated.");
    pub(super) const INVALID_SHARD: (u16, &str) = (4010, "Invalid shard.");
    pub(super) const INVALID_INTENTS: (u16, &str) = (4013, "Invalid intent(s).");
}

/// Answers the request to open a connection.
pub(crate) async fn connect(State(shared): State<Arc<Shared>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| async move {
        let (link, frames) = unbounded_channel();
        let connection = Connection { shared, link, session: None };
        connection.serve(socket, frames).await;
    })
}

/// One connection, and the session that it carries once the client has said who it is.
struct Connection {
    shared: Arc<Shared>,
    link: UnboundedSender<Frame>,
    session: Option<String>,
}

/// Why a connection ends.
type Closing = (u16, &'static str);

impl Connection {
    async fn serve(mut self, mut socket: WebSocket, mut frames: UnboundedReceiver<Frame>) {
        self.say(&json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": HEARTBEAT_MS}}));
        loop {
            let is_open = tokio::select! {
                frame = frames.recv() => deliver(&mut socket, frame).await,
                message = socket.recv() => self.hears(message),
            };
            if !is_open {
                break;
            }
        }
        self.leave();
    }

    /// Takes in what the client sent. Returns whether the connection is still open.
    fn hears(&mut self, message: Option<Result<Message, axum::Error>>) -> bool {
        match message {
            Some(Ok(Message::Text(text))) => self.answer(&text),
            Some(Ok(Message::Binary(bytes))) => self.answer(std::str::from_utf8(&bytes).unwrap_or_default()),
            Some(Ok(Message::Pong(_))) => self.is_there(),
            Some(Ok(Message::Ping(_))) => {}
            Some(Ok(Message::Close(_)) | Err(_)) | None => return false,
        }
        true
    }

    /// Takes in one text. What is wrong with it closes the connection, by a frame.
    fn answer(&mut self, text: &str) {
        if let Err((code, reason)) = self.obey(text) {
            self.leave();
            // The connection may be gone; then there is nothing to close.
            let _ = self.link.send(Frame::Close(code, reason));
        }
    }

    fn obey(&mut self, text: &str) -> Result<(), Closing> {
        let payload: Value = serde_json::from_str(text).map_err(|_| close::DECODE_ERROR)?;
        let body = payload.get("d").unwrap_or(&Value::Null);
        match integer(&payload, "op") {
            Some(1) => {
                self.say(&json!({"op": 11, "s": null, "t": null, "d": null}));
                Ok(())
            }
            Some(2) if self.session.is_some() => Err(close::ALREADY_AUTHENTICATED),
            Some(2) => self.identify(body),
            Some(6) => self.resume(body),
            Some(3 | 4 | 8 | 31) if self.session.is_none() => Err(close::NOT_AUTHENTICATED),
            Some(3 | 4 | 8 | 31) => Ok(()),
            _ => Err(close::UNKNOWN_OPCODE),
        }
    }

    fn identify(&mut self, body: &Value) -> Result<(), Closing> {
        authenticate(body)?;
        let intents = body.get("intents").and_then(Value::as_u64);
        let intents = intents.filter(|asked| asked & !intents::ALL == 0).ok_or(close::INVALID_INTENTS)?;
        let shard: Vec<u64> = list(body, "shard").iter().filter_map(Value::as_u64).collect();
        let (shard, shards) = match shard.as_slice() {
            [] => (0, 1),
            [shard, shards] if shard < shards => (*shard, *shards),
            _ => return Err(close::INVALID_SHARD),
        };
        let id = self.shared.change(|world| {
            let id = format!("session-{}", world.next_id());
            let mut session = Session {
                id: id.clone(),
                shard,
                shards,
                intents,
                seq: 0,
                answers: false,
                link: Some(self.link.clone()),
            };
            greet(world, &mut session);
            world.sessions.push(session);
            id
        });
        self.session = Some(id);
        Ok(())
    }

    /// Takes up a session again, or tells the client to identify anew.
    fn resume(&mut self, body: &Value) -> Result<(), Closing> {
        authenticate(body)?;
        let id = text(body, "session_id").unwrap_or_default();
        let known = self.shared.change(|world| {
            let session = world.sessions.iter_mut().find(|session| session.id == id)?;
            session.link = Some(self.link.clone());
            session.send("RESUMED", &json!({}));
            Some(())
        });
        match known {
            Some(()) => self.session = Some(id.to_owned()),
            None => self.say(&json!({"op": 9, "s": null, "t": null, "d": false})),
        }
        Ok(())
    }

    /// The client answered a ping.
    fn is_there(&self) {
        self.shared.change(|world| {
            let held = world.sessions.iter_mut().find(|session| Some(&session.id) == self.session.as_ref());
            if let Some(session) = held {
                session.answers = true;
            }
        });
    }

    /// Sends a payload that is no event.
    fn say(&self, payload: &Value) {
        // The connection may be gone; its reader will notice.
        let _ = self.link.send(Frame::Text(payload.to_string().into()));
    }

    /// Leaves the session to a later connection, unless one has it already.
    fn leave(&mut self) {
        let Some(id) = self.session.take() else {
            return;
        };
        self.shared.change(|world| {
            let held = world.sessions.iter_mut().find(|session| session.id == id);
            if let Some(session) = held
                && session.link.as_ref().is_some_and(|link| link.same_channel(&self.link))
            {
                session.link = None;
            }
        });
    }
}

/// Sends one frame. Returns whether the connection is still open.
async fn deliver(socket: &mut WebSocket, frame: Option<Frame>) -> bool {
    match frame {
        Some(Frame::Text(text)) => socket.send(Message::Text(text)).await.is_ok(),
        Some(Frame::Ping) => socket.send(Message::Ping(Bytes::new())).await.is_ok(),
        Some(Frame::Close(code, reason)) => {
            let frame = CloseFrame { code, reason: reason.into() };
            // Whether it arrives or not, this connection is over.
            let _ = socket.send(Message::Close(Some(frame))).await;
            false
        }
        None => false,
    }
}

fn authenticate(body: &Value) -> Result<(), Closing> {
    let said = text(body, "token").map(|token| token.trim_start_matches("Bot "));
    if said == Some(TOKEN) { Ok(()) } else { Err(close::AUTHENTICATION_FAILED) }
}

/// READY, and the guilds of the session's shard one by one.
fn greet(world: &World, session: &mut Session) {
    let guilds: Vec<_> =
        world.guilds.values().filter(|guild| guild.has_bot() && session.holds(Some(guild.id))).collect();
    let stubs: Vec<Value> = guilds.iter().map(|guild| wire::guild::unavailable(guild)).collect();
    let ready = json!({
        "v": 10,
        "user": wire::current_user(world),
        "guilds": stubs,
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": world.gateway_url,
        "shard": [session.shard, session.shards],
        "application": {"id": APPLICATION_ID.to_string(), "flags": 0},
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "_trace": [],
    });
    session.send("READY", &ready);
    if session.intents & intents::GUILDS != 0 {
        for guild in guilds {
            let payload = wire::guild::created(world, guild);
            session.send("GUILD_CREATE", &payload);
        }
    }
}
