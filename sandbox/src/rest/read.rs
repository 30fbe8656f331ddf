//! From HTTP to a request: JSON, or a form of JSON and files.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request as Received};
use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::request::Request;
use crate::world::TOKEN;
use crate::world::file::Upload;

/// The prefix of all routes.
const PREFIX: &str = "/api/v10";

/// Takes a request apart. The second value tells whether the body was readable.
pub(super) async fn read(received: Received) -> (Request, bool) {
    let (method, uri, headers) = (received.method().clone(), received.uri().clone(), received.headers().clone());
    let content = if is_form(&headers) { form(received).await } else { json(received).await };
    let readable = content.is_some();
    let (body, files) = content.unwrap_or_default();
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let path = uri.path();
    let request = Request {
        method: method.to_string(),
        path: path.strip_prefix(PREFIX).unwrap_or(path).to_owned(),
        known_prefix: path.starts_with(PREFIX),
        query: uri.query().unwrap_or("").to_owned(),
        authorized: token.and_then(|value| value.strip_prefix("Bot ")) == Some(TOKEN),
        body,
        files,
    };
    (request, readable)
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

async fn json(received: Received) -> Option<(Value, Vec<Upload>)> {
    let bytes = to_bytes(received.into_body(), usize::MAX).await.ok()?;
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).ok()? };
    Some((body, Vec::new()))
}

/// A form: `payload_json`, and each file in a field `files[n]`.
async fn form(received: Received) -> Option<(Value, Vec<Upload>)> {
    let mut form = Multipart::from_request(received, &()).await.ok()?;
    let (mut body, mut files) = (Value::Null, Vec::new());
    while let Some(field) = form.next_field().await.ok()? {
        let field_name = field.name()?.to_owned();
        let name = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes: Bytes = field.bytes().await.ok()?;
        if field_name == "payload_json" {
            body = serde_json::from_slice(&bytes).ok()?;
        } else {
            let number = field_name.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()?;
            files.push(Upload { number, name: name?, content_type, bytes });
        }
    }
    Some((body, files))
}
