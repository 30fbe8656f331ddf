//! Files to fetch, at the addresses that messages give.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::shared::Shared;

/// The bytes of a file of a message that is still there.
pub(crate) async fn fetch(
    State(shared): State<Arc<Shared>>,
    Path((channel, file, _)): Path<(u64, u64, String)>,
) -> Response {
    let found = shared.read(|world| {
        let channel = world.channels.get(&channel)?;
        let held = channel.messages.iter().flat_map(|message| &message.files).find(|held| held.id == file)?;
        Some((held.content_type.clone(), held.bytes.clone()))
    });
    match found {
        Some((kind, bytes)) => {
            let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
            ([(header::CONTENT_TYPE, kind)], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
