//! Files to fetch, at the addresses that messages give.
//!
//! They share their origin with the page, so a browser must never take one for a part of it: pictures are shown, all
//! else is only saved.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::shared::Shared;

/// The types that a browser shows.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/// What a file of any other type is sent as, but for plain text.
const UNKNOWN: &str = "application/octet-stream";

/// The bytes of a file of a message that is still there.
pub(crate) async fn fetch(
    State(shared): State<Arc<Shared>>,
    Path((channel, file, _)): Path<(u64, u64, String)>,
) -> Response {
    let found = shared.read(|world| {
        let channel = world.channels.get(&channel)?;
        let held = channel.messages.iter().flat_map(|message| &message.files).find(|held| held.id == file)?;
        Some((headers(&held.name, held.content_type.as_deref()), held.bytes.clone()))
    });
    found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}

fn headers(name: &str, kind: Option<&str>) -> [(HeaderName, String); 4] {
    let said = kind.unwrap_or(UNKNOWN);
    let essence = said.split(';').next().unwrap_or_default().trim();
    let is_picture = PICTURES.contains(&essence);
    let (kind, disposition) = match essence {
        _ if is_picture => (essence, "inline"),
        "text/plain" => (said, "attachment"),
        _ => (UNKNOWN, "attachment"),
    };
    [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("{disposition}; {}", filename(name))),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ]
}

/// A name in both of its spellings: for all clients, and with all of its letters.
///
/// Source: RFC 6266, appendix D, and RFC 8187.
fn filename(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ".-_ ".contains(letter);
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let encoded: String = name.bytes().map(encoded).collect();
    format!("filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_leave_its_quotes() {
        assert_eq!(filename("a b.txt"), "filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt");
        assert_eq!(filename("ü\"\r\n.html"), "filename=\"____.html\"; filename*=UTF-8''%C3%BC%22%0D%0A.html");
    }

    #[test]
    fn only_pictures_are_shown_and_only_they_and_plain_text_keep_their_type() {
        let told = |kind| {
            let [(_, kind), (_, disposition), ..] = headers("a", kind);
            (kind, disposition.split(';').next().unwrap_or_default().to_owned())
        };
        let pair = |kind: &str, disposition: &str| (kind.to_owned(), disposition.to_owned());
        assert_eq!(told(Some("image/png")), pair("image/png", "inline"));
        assert_eq!(told(Some("text/plain; charset=utf-8")), pair("text/plain; charset=utf-8", "attachment"));
        for kind in [Some("text/html"), Some("image/svg+xml"), Some("text/javascript"), None] {
            assert_eq!(told(kind), pair(UNKNOWN, "attachment"), "{kind:?}");
        }
    }
}
