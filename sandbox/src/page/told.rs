//! What the page says to the sandbox, and hears from it: JSON, and errors as sentences.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::json::{as_id, given, text};

/// The longest body, in bytes; a modal with five full inputs is far shorter.
const LONGEST: usize = 1024 * 1024;

/// The body of an action.
#[derive(Debug)]
pub(super) struct Told(Value);

/// What comes of an action.
pub(super) type Heard = Result<Json<Value>, No>;

/// Why an action can't be done.
#[derive(Debug)]
pub(super) struct No {
    status: StatusCode,
    why: String,
}

impl No {
    fn new(status: StatusCode, why: &str) -> No {
        No { status, why: sentence(why) }
    }
}

impl From<String> for No {
    fn from(why: String) -> No {
        No::new(StatusCode::BAD_REQUEST, &why)
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.why }))).into_response()
    }
}

/// The reason as the page shows it, where each stands by itself.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let end = if why.ends_with('.') { "" } else { "." };
    first.chain(letters.as_str().chars()).chain(end.chars()).collect()
}

/// There is nothing to tell.
pub(super) fn done() -> Json<Value> {
    Json(json!({}))
}

impl<S: Sync> FromRequest<S> for Told {
    type Rejection = No;

    async fn from_request(request: Request, _: &S) -> Result<Told, No> {
        if !is_json(request.headers()) {
            // A page of another site can send plain texts and forms here, but no JSON.
            return Err(No::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "only application/json is taken"));
        }
        let bytes = to_bytes(request.into_body(), LONGEST).await;
        let bytes = bytes.map_err(|_| No::new(StatusCode::PAYLOAD_TOO_LARGE, "that is too much"))?;
        serde_json::from_slice(&bytes).map(Told).map_err(|_| "that is not JSON".to_owned().into())
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

impl Told {
    /// The id under `key`.
    pub(super) fn id(&self, key: &str) -> Result<u64, String> {
        given(&self.0, key).and_then(as_id).ok_or_else(|| format!("`{key}` is to be an id"))
    }

    /// The text under `key`.
    pub(super) fn text(&self, key: &str) -> Result<&str, String> {
        text(&self.0, key).ok_or_else(|| format!("`{key}` is to be a text"))
    }

    /// Yes or no under `key`.
    pub(super) fn flag(&self, key: &str) -> Result<bool, String> {
        given(&self.0, key).and_then(Value::as_bool).ok_or_else(|| format!("`{key}` is to be true or false"))
    }

    /// The milliseconds under `key`, if it is there.
    pub(super) fn ms(&self, key: &str) -> Result<Option<i64>, String> {
        let read = |held: &Value| held.as_i64().ok_or_else(|| format!("`{key}` is to be in whole milliseconds"));
        given(&self.0, key).map(read).transpose()
    }

    /// The texts under `key`, if it is there.
    pub(super) fn texts(&self, key: &str) -> Result<Option<Vec<&str>>, String> {
        let Some(held) = given(&self.0, key) else {
            return Ok(None);
        };
        let texts: Option<Vec<&str>> = held.as_array().and_then(|texts| texts.iter().map(Value::as_str).collect());
        texts.map(Some).ok_or_else(|| format!("`{key}` is to be a list of texts"))
    }

    /// The pairs of texts under `key`, written as a list of pairs or as an object.
    pub(super) fn pairs(&self, key: &str) -> Result<Vec<(&str, &str)>, String> {
        let pairs: Option<Vec<(&str, &str)>> = match given(&self.0, key) {
            None => Some(Vec::new()),
            Some(Value::Array(pairs)) => pairs.iter().map(pair).collect(),
            Some(Value::Object(fields)) => {
                fields.iter().map(|(name, held)| Some((name.as_str(), held.as_str()?))).collect()
            }
            Some(_) => None,
        };
        pairs.ok_or_else(|| format!("`{key}` is to hold pairs of texts"))
    }
}

fn pair(held: &Value) -> Option<(&str, &str)> {
    match held.as_array()?.as_slice() {
        [name, value] => Some((name.as_str()?, value.as_str()?)),
        _ => None,
    }
}
