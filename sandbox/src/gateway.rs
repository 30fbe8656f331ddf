//! The gateway: one WebSocket connection after the other, from HELLO to the close.
//!
//! Plain JSON texts; a client's wish for compression is not heard. Source:
//! <https://discord.com/developers/docs/events/gateway>.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::json::integer;
use crate::session::{Frame, Link};
use crate::shared::Shared;
use crate::world::World;
use crate::world::journal::passed::What;

mod close;
mod sign_in;

use close::Closing;

/// How long a client has to take its leave once the connection is closed.
const FAREWELL: Duration = Duration::from_secs(1);

/// The answer to a heartbeat.
const ACK: &str = r#"{"op":11,"s":null,"t":null,"d":null}"#;

/// Closes all connections. The sessions can be resumed, unless the code means that they can't.
pub(crate) fn close_all(world: &mut World, code: u16, reason: &str) {
    world.sessions.retain_mut(|session| {
        let is_connected = session.is_connected();
        if is_connected {
            session.part(Frame::Close(Some((code, reason.into()))));
        }
        !is_connected || !close::ends_session(code)
    });
}

/// Closes all connections with code 4000, after which a client resumes.
pub(crate) fn drop_all(world: &mut World) {
    close_all(world, 4000, "Unknown error.");
}

/// Answers the request to open a connection.
pub(crate) async fn connect(State(shared): State<Arc<Shared>>, upgrade: WebSocketUpgrade) -> Response {
    if shared.read(|world| world.orders.refuses) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.on_upgrade(|socket| async move {
        let (link, frames) = Link::new(shared.read(|world| world.orders.silence.clone()));
        Connection { shared, link }.serve(socket, frames).await;
    })
}

/// One connection. It carries a session once the client has said who it is.
struct Connection {
    shared: Arc<Shared>,
    link: Link,
}

/// What becomes of a connection after a step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Next {
    GoesOn,
    /// One side said that it is over; the other may answer that.
    Closes,
    /// It is gone.
    Ends,
}

impl Connection {
    async fn serve(self, mut socket: WebSocket, mut frames: UnboundedReceiver<Frame>) {
        let heartbeat = self.shared.read(|world| world.orders.heartbeat);
        self.say(&json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": heartbeat.as_millis()}}));
        let last = loop {
            let next = tokio::select! {
                frame = frames.recv() => {
                    self.notes_sent(frame.as_ref());
                    deliver(&mut socket, frame).await
                }
                message = socket.recv() => self.hears(message),
            };
            if next != Next::GoesOn {
                break next;
            }
        };
        self.leave();
        if last == Next::Closes {
            // A client that never answers is cut off.
            let _ = tokio::time::timeout(FAREWELL, async { while let Some(Ok(_)) = socket.recv().await {} }).await;
        }
    }

    /// Takes in what the client sent.
    fn hears(&self, message: Option<Result<Message, axum::Error>>) -> Next {
        match message {
            Some(Ok(Message::Text(text))) => self.answer(text),
            Some(Ok(Message::Binary(bytes))) => self.answer(Utf8Bytes::try_from(bytes).unwrap_or_default()),
            Some(Ok(Message::Pong(_))) => self.is_there(),
            Some(Ok(Message::Ping(_))) => {}
            Some(Ok(Message::Close(frame))) => {
                if frame.is_some_and(|frame| close::is_farewell(frame.code)) {
                    self.give_up();
                }
                return Next::Closes;
            }
            Some(Err(_)) | None => return Next::Ends,
        }
        Next::GoesOn
    }

    /// Takes in one text. What is wrong with it closes the connection, by a frame.
    fn answer(&self, text: Utf8Bytes) {
        if let Err((code, reason)) = self.obey(text) {
            self.leave();
            self.link.pass(Frame::Close(Some((code, reason.into()))));
        }
    }

    fn obey(&self, text: Utf8Bytes) -> Result<(), Closing> {
        let payload: Result<Value, Closing> = serde_json::from_str(&text).map_err(|_| close::DECODE_ERROR);
        let op = payload.as_ref().ok().and_then(|payload| integer(payload, "op"));
        if op != Some(1) {
            self.notes(What::Received(text));
        }
        let payload = payload?;
        let body = payload.get("d").unwrap_or(&Value::Null);
        match op {
            Some(1) => {
                self.hears_heartbeat();
                Ok(())
            }
            Some(2 | 6) if self.has_session() => Err(close::ALREADY_AUTHENTICATED),
            Some(2) => self.shared.change(|world| sign_in::identify(world, &self.link, body)),
            Some(6) => self.resume(body),
            Some(3 | 4 | 8 | 31) if !self.has_session() => Err(close::NOT_AUTHENTICATED),
            Some(3 | 4 | 8 | 31) => Ok(()),
            _ => Err(close::UNKNOWN_OPCODE),
        }
    }

    /// Notes what is about to be sent, for those who look on.
    fn notes_sent(&self, frame: Option<&Frame>) {
        if let Some(frame @ (Frame::Text(_) | Frame::Close(_) | Frame::Cut)) = frame {
            self.notes(What::Sent(frame.clone()));
        }
    }

    /// Notes what passed. Nothing in the world changes by it.
    fn notes(&self, what: What) {
        self.shared.note(|world| {
            let at = world.now_ms();
            world.journal.passed.add(at, what);
        });
    }

    fn hears_heartbeat(&self) {
        if !self.shared.read(|world| world.orders.ignores_heartbeats) {
            self.link.pass(Frame::Ack);
        }
    }

    /// Takes up a session again, or tells the client to identify anew.
    fn resume(&self, body: &Value) -> Result<(), Closing> {
        let resumed = self.shared.change(|world| sign_in::resume(world, &self.link, body))?;
        if !resumed {
            self.say(&json!({"op": 9, "s": null, "t": null, "d": false}));
        }
        Ok(())
    }

    fn has_session(&self) -> bool {
        self.shared.read(|world| world.sessions.iter().any(|session| session.is_carried_by(&self.link)))
    }

    /// The client answered a ping.
    fn is_there(&self) {
        self.shared.change(|world| {
            let held = world.sessions.iter_mut().find(|session| session.is_carried_by(&self.link));
            if let Some(session) = held {
                session.answers = true;
            }
        });
    }

    /// Sends a payload that is no event.
    fn say(&self, payload: &Value) {
        self.link.pass(Frame::Text(payload.to_string().into()));
    }

    /// Leaves the session to a later connection.
    fn leave(&self) {
        self.shared.change(|world| {
            let held = world.sessions.iter_mut().find(|session| session.is_carried_by(&self.link));
            if let Some(session) = held {
                session.detach();
            }
        });
    }

    /// Ends the session.
    fn give_up(&self) {
        self.shared.change(|world| world.sessions.retain(|session| !session.is_carried_by(&self.link)));
    }
}

/// Does what the session wants of its connection.
async fn deliver(socket: &mut WebSocket, frame: Option<Frame>) -> Next {
    let (message, next) = match frame {
        Some(Frame::Text(text)) => (Message::Text(text), Next::GoesOn),
        Some(Frame::Ack) => (Message::Text(Utf8Bytes::from_static(ACK)), Next::GoesOn),
        Some(Frame::Ping) => (Message::Ping(Bytes::new()), Next::GoesOn),
        Some(Frame::Close(why)) => {
            (Message::Close(why.map(|(code, reason)| CloseFrame { code, reason })), Next::Closes)
        }
        Some(Frame::Cut) | None => return Next::Ends,
    };
    if socket.send(message).await.is_ok() { next } else { Next::Ends }
}
