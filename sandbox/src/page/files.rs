//! The files that the page is made of, compiled in.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const HTML: &str = "text/html; charset=utf-8";

/// Each file that is served: its name, its type, its content.
const FILES: &[(&str, &str, &str)] = &[("index.html", HTML, include_str!("../../page/index.html"))];

/// The page itself.
pub(super) async fn index() -> Response {
    file("index.html")
}

/// What the page asks for.
pub(super) async fn named(Path(name): Path<String>) -> Response {
    file(&name)
}

fn file(name: &str) -> Response {
    match FILES.iter().find(|(held, _, _)| *held == name) {
        // Another build may serve another file under the same address.
        Some((_, kind, text)) => {
            ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "no-store")], *text).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
