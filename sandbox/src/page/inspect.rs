//! The inspector: what passes between the bot and the sandbox.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::Utf8Bytes;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{self, Stream};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::json::{integer, text};
use crate::session::Frame;
use crate::shared::Shared;
use crate::wire;
use crate::world::World;
use crate::world::journal::passed::{Entry, What};

/// Tells what passed, and then what passes.
pub(super) async fn inspector(State(shared): State<Arc<Shared>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(entries(shared)).keep_alive(KeepAlive::default())
}

/// What passed, and then what passes.
pub(super) fn entries(shared: Arc<Shared>) -> impl Stream<Item = Result<Event, Infallible>> {
    let versions = shared.read(|world| world.journal.passed.versions());
    let view = View { shared, versions, seen: 0, ahead: VecDeque::new() };
    stream::unfold(view, |mut view| async move {
        let entry = view.next().await?;
        Some((Ok(Event::default().data(entry.to_string())), view))
    })
}

/// One browser that looks on.
struct View {
    shared: Arc<Shared>,
    versions: watch::Receiver<u64>,
    /// The version up to which everything was taken.
    seen: u64,
    /// What was taken and is still to be told.
    ahead: VecDeque<Value>,
}

impl View {
    /// The next entry. None when the sandbox is gone.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(entry) = self.ahead.pop_front() {
                return Some(entry);
            }
            let newest = *self.versions.borrow_and_update();
            // Texts are cheap to hold on to, and read only after the world is free again.
            let fresh: Vec<Shown> = self
                .shared
                .read(|world| world.journal.passed.after(self.seen).map(|entry| Shown::of(world, entry)).collect());
            self.seen = newest;
            if fresh.is_empty() {
                self.versions.changed().await.ok()?;
            }
            self.ahead.extend(fresh.into_iter().map(Shown::into_json));
        }
    }
}

/// An entry, with what it takes to write it.
enum Shown {
    /// A call, written already.
    Call(Value),
    Other(Entry),
}

impl Shown {
    fn of(world: &World, entry: &Entry) -> Shown {
        match entry.what {
            What::Call { place, answered } => Shown::Call(wire::with(head(entry), call(world, place, answered))),
            _ => Shown::Other(entry.clone()),
        }
    }

    fn into_json(self) -> Value {
        match self {
            Shown::Call(call) => call,
            Shown::Other(entry) => {
                let (kind, (title, body)) = match &entry.what {
                    What::Sent(frame) => ("sent", sent(frame)),
                    What::Received(text) => ("received", payload(text)),
                    What::Call { .. } => return Value::Null,
                };
                wire::with(head(&entry), json!({"kind": kind, "title": title, "body": body}))
            }
        }
    }
}

/// What all entries have.
fn head(entry: &Entry) -> Value {
    json!({"n": entry.n, "at": entry.at, "status": null, "files": [], "refusal": null})
}

fn call(world: &World, place: usize, answered: bool) -> Value {
    let Some(call) = world.journal.calls.get(place) else {
        return Value::Null;
    };
    let query = if call.query.is_empty() { String::new() } else { format!("?{}", call.query) };
    json!({
        "kind": "call",
        "title": format!("{} {}{query}", call.method, call.path),
        "status": answered.then_some(call.status),
        "body": call.body,
        "files": call.files,
        "refusal": call.refusal,
    })
}

/// The title and the body of what went to the bot.
fn sent(frame: &Frame) -> (String, Value) {
    match frame {
        Frame::Text(text) => payload(text),
        Frame::Close(Some((code, reason))) => (format!("CLOSE {code}"), Value::from(reason.as_str())),
        Frame::Close(None) => ("CLOSE".to_owned(), Value::Null),
        Frame::Cut => ("CUT".to_owned(), Value::Null),
        Frame::Ping => ("PING".to_owned(), Value::Null),
        Frame::Ack => ("HEARTBEAT ACK".to_owned(), Value::Null),
    }
}

/// The title and the body of a payload.
///
/// Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway>.
fn payload(text: &Utf8Bytes) -> (String, Value) {
    let Ok(mut payload) = serde_json::from_str::<Value>(text) else {
        return ("no JSON".to_owned(), Value::from(text.as_str()));
    };
    let name = match integer(&payload, "op") {
        Some(0) => self::text(&payload, "t").unwrap_or("DISPATCH"),
        Some(2) => "IDENTIFY",
        Some(3) => "PRESENCE UPDATE",
        Some(4) => "VOICE STATE UPDATE",
        Some(6) => "RESUME",
        Some(7) => "RECONNECT",
        Some(8) => "REQUEST GUILD MEMBERS",
        Some(9) => "INVALID SESSION",
        Some(10) => "HELLO",
        Some(op) => return (format!("OP {op}"), payload),
        None => return ("no payload".to_owned(), payload),
    };
    let name = name.to_owned();
    (name, payload.get_mut("d").map(Value::take).unwrap_or_default())
}
