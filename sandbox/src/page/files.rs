//! The files that the page is made of, compiled in.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Each file that is served: its name, its type, its content.
const FILES: &[(&str, &str, &str)] = &[
    ("index.html", HTML, include_str!("../../page/index.html")),
    ("style.css", CSS, include_str!("../../page/style.css")),
    ("messages.css", CSS, include_str!("../../page/messages.css")),
    ("icon.svg", SVG, include_str!("../../page/icon.svg")),
    ("api.js", JAVASCRIPT, include_str!("../../page/api.js")),
    ("app.js", JAVASCRIPT, include_str!("../../page/app.js")),
    ("choices.js", JAVASCRIPT, include_str!("../../page/choices.js")),
    ("clock.js", JAVASCRIPT, include_str!("../../page/clock.js")),
    ("components.js", JAVASCRIPT, include_str!("../../page/components.js")),
    ("composer.js", JAVASCRIPT, include_str!("../../page/composer.js")),
    ("dom.js", JAVASCRIPT, include_str!("../../page/dom.js")),
    ("inspector.js", JAVASCRIPT, include_str!("../../page/inspector.js")),
    ("markdown.js", JAVASCRIPT, include_str!("../../page/markdown.js")),
    ("message.js", JAVASCRIPT, include_str!("../../page/message.js")),
    ("modal.js", JAVASCRIPT, include_str!("../../page/modal.js")),
    ("options.js", JAVASCRIPT, include_str!("../../page/options.js")),
    ("places.js", JAVASCRIPT, include_str!("../../page/places.js")),
    ("time.js", JAVASCRIPT, include_str!("../../page/time.js")),
];

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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path as File;

    use super::*;

    #[test]
    fn every_file_of_the_page_is_compiled_in() {
        let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("page");
        let mut there: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        let mut held: Vec<&str> = FILES.iter().map(|(name, _, _)| *name).collect();
        there.sort();
        held.sort_unstable();
        assert_eq!(held, there);
    }
}
