//! The live view: what a person sees, told anew whenever it changes.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::StreamExt;
use futures_util::stream::{self, Stream};
use tokio::sync::watch;

use super::seat::Asked;
use super::{inspect, snapshot};
use crate::shared::Shared;

/// Tells what is to be seen, at once and at each change; with `inspect` what passes too, as events named `passed`.
pub(super) async fn live(
    State(shared): State<Arc<Shared>>,
    Query(asked): Asked,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let view = View { changes: shared.changes(), ticks: shared.clock().watch(), shared, asked, last: String::new() };
    // A browser has few connections to give to one host, so the inspector's entries come on the same one.
    let entries = if view.asked.contains_key("inspect") {
        inspect::entries(Arc::clone(&view.shared)).map(|entry| entry.map(|entry| entry.event("passed"))).left_stream()
    } else {
        stream::pending().right_stream()
    };
    let snapshots = stream::unfold(view, |mut view| async move {
        let snapshot = view.next().await?;
        Some((Ok(Event::default().data(snapshot)), view))
    });
    Sse::new(stream::select(snapshots, entries)).keep_alive(KeepAlive::default())
}

/// One browser that looks.
struct View {
    shared: Arc<Shared>,
    asked: BTreeMap<String, String>,
    changes: watch::Receiver<()>,
    ticks: watch::Receiver<i64>,
    /// What it was told last.
    last: String,
}

impl View {
    /// Waits until there is something new to be seen. None when the sandbox is gone.
    async fn next(&mut self) -> Option<String> {
        loop {
            // Before looking: what changes while it looks is to wake it again.
            self.changes.mark_unchanged();
            self.ticks.mark_unchanged();
            let seen = snapshot::take(&self.shared, &self.asked).to_string();
            if seen != self.last {
                self.last.clone_from(&seen);
                return Some(seen);
            }
            tokio::select! {
                changed = self.changes.changed() => changed.ok()?,
                ticked = self.ticks.changed() => ticked.ok()?,
            }
        }
    }
}
