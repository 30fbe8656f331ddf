//! What answers somebody of a crowd.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::response::Response;
use serde_json::json;

use super::request::Answer;
use super::respond;
use crate::refusal::Refusal;
use crate::shared::Shared;

/// Takes an answer to the interaction of that id.
pub(super) async fn answer(shared: &Shared, id: u64, request: Request) -> Response {
    let is_first = request.uri().path().ends_with("/callback");
    let outcome = match to_bytes(request.into_body(), usize::MAX).await {
        Ok(body) if is_first => {
            shared.waiting().first(id, shared.clock().now_ms(), body).map(|()| Answer::no_content())
        }
        Ok(body) => {
            shared.waiting().later(id, body);
            Ok(Answer::ok(json!({})))
        }
        Err(_) => Err(Refusal::unreadable_body()),
    };
    respond(outcome.unwrap_or_else(|refusal| Answer { status: refusal.status, body: Some(refusal.body()) }))
}
