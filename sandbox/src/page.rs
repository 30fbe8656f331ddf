//! The page: what a browser shows of the sandbox, and what people do there.
//!
//! Reads and acts through the same steps as a test does, and adds no rule of its own. It knows
//! HTTP; what it looks like is in the files beside `src`.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};

use crate::shared::Shared;

mod act;
mod control;
mod fault;
mod files;
mod inspect;
mod live;
mod offer;
mod places;
mod seat;
mod snapshot;
mod told;

/// What the browser is to refuse, should anything strange ever come to stand in the page.
const HEADERS: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// All routes of the page.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(files::index))
        .route("/favicon.ico", get(StatusCode::NO_CONTENT))
        .route("/page/{*name}", get(files::named))
        .route("/page/live", get(live::live))
        .route("/page/inspector", get(inspect::inspector))
        .route("/page/commands", get(offer::commands))
        .route("/page/complete", post(offer::complete))
        .route("/page/command", post(act::command))
        .route("/page/press", post(act::press))
        .route("/page/modal", post(act::modal))
        .route("/page/say", post(act::say))
        .route("/page/clock", post(control::clock))
        .route("/page/bot", post(control::bot))
        .route("/page/fault", post(fault::fault))
        .layer(map_response(guarded))
}

async fn guarded(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
