//! What a crowd did and the bot has yet to answer.
//!
//! Source of the rules: <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde::Deserialize;
use tokio::sync::oneshot;

use crate::interaction::{callback, is_late};
use crate::refusal::{Refusal, Unknown};
use crate::route;

/// What the tokens of a crowd's interactions begin with.
const TOKEN: &str = "interaction-token-of-the-crowds-";

/// The token of an interaction.
pub(crate) fn token(id: u64) -> String {
    format!("{TOKEN}{id}")
}

/// The id of the crowd's interaction that a path is about.
pub(crate) fn id_of(path: &str) -> Option<u64> {
    route::segments(path).iter().find_map(|segment| segment.strip_prefix(TOKEN)?.parse().ok())
}

/// How something that a crowd did was answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// How long the first answer took, be it only "thinking".
    pub first_after: Duration,
    /// How long it took until there was something to read.
    pub after: Duration,
    /// The body of the call that brought it; empty where the first answer came too late, and so was refused.
    pub body: Bytes,
}

/// What waits for an answer.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    open: Mutex<HashMap<u64, Open>>,
}

#[derive(Debug)]
struct Open {
    /// When it was done: by the sandbox's clock, in milliseconds since 1970, and by the real one.
    since: (i64, Instant),
    /// How long the first answer took, where that was "thinking".
    first_after: Option<Duration>,
    tell: oneshot::Sender<Answered>,
}

/// What kind of first answer a body is.
#[derive(Deserialize)]
struct First {
    #[serde(rename = "type")]
    kind: i64,
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that something is about to be done.
    pub(crate) fn begins(&self, id: u64, now_ms: i64) -> oneshot::Receiver<Answered> {
        let (tell, told) = oneshot::channel();
        self.lock().insert(id, Open { since: (now_ms, Instant::now()), first_after: None, tell });
        told
    }

    /// Takes the first answer.
    pub(crate) fn first(&self, id: u64, now_ms: i64, body: Bytes) -> Result<(), Refusal> {
        let First { kind } = serde_json::from_slice(&body).map_err(|_| Refusal::unreadable_body())?;
        let mut all = self.lock();
        let mut open = all.remove(&id).ok_or_else(|| Refusal::unknown(Unknown::Interaction))?;
        if is_late(open.since, now_ms) {
            open.ends(Bytes::new());
            return Err(Refusal::unknown(Unknown::Interaction));
        }
        if matches!(kind, callback::DEFERRED_MESSAGE | callback::DEFERRED_UPDATE) {
            open.first_after = Some(open.since.1.elapsed());
            all.insert(id, open);
        } else {
            open.ends(body);
        }
        Ok(())
    }

    /// Takes an edit of the first answer, or what follows it.
    pub(crate) fn later(&self, id: u64, body: Bytes) {
        let open = self.lock().remove(&id);
        if let Some(open) = open {
            open.ends(body);
        }
    }
}

impl Open {
    fn ends(self, body: Bytes) {
        let after = self.since.1.elapsed();
        // Nobody may wait any more, which is no fault.
        let _ = self.tell.send(Answered { first_after: self.first_after.unwrap_or(after), after, body });
    }
}
