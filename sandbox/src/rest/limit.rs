//! How a rate limit shows in an answer: its headers, and the body of a refusal.
//!
//! Source: <https://discord.com/developers/docs/topics/rate-limits>.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::limits::{Scope, TooMany, Verdict, Window};

/// The body of an answer with status 429.
pub(super) fn body(refusal: TooMany) -> Value {
    json!({
        "message": "You are being rate limited.",
        "retry_after": whole_ms(refusal.wait).as_secs_f64(),
        "global": refusal.scope == Scope::Global,
    })
}

/// The headers that tell of the limits. `now_ms` is real time, in milliseconds since 1970.
pub(super) fn headers(verdict: &Verdict, now_ms: i64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    // What all routes have used up says nothing of this one.
    let is_global = verdict.refusal.is_some_and(|refusal| refusal.scope == Scope::Global);
    if let Some(window) = verdict.window.as_ref().filter(|_| !is_global) {
        of_window(&mut headers, window, now_ms);
    }
    if let Some(refusal) = verdict.refusal {
        put(&mut headers, "x-ratelimit-scope", scope(refusal.scope));
        put(&mut headers, "retry-after", &whole_seconds(refusal.wait));
    }
    if is_global {
        put(&mut headers, "x-ratelimit-global", "true");
    }
    headers
}

fn of_window(headers: &mut HeaderMap, window: &Window, now_ms: i64) {
    let resets_in = whole_ms(window.resets_in);
    let reset_ms = now_ms.saturating_add(i64::try_from(resets_in.as_millis()).unwrap_or(i64::MAX));
    put(headers, "x-ratelimit-limit", &window.limit.to_string());
    put(headers, "x-ratelimit-remaining", &window.remaining.to_string());
    put(headers, "x-ratelimit-reset", &format!("{}.{:03}", reset_ms / 1000, reset_ms % 1000));
    put(headers, "x-ratelimit-reset-after", &format!("{:.3}", resets_in.as_secs_f64()));
    put(headers, "x-ratelimit-bucket", &window.bucket);
}

/// In whole seconds, so that who waits for them has waited long enough.
pub(super) fn whole_seconds(wait: Duration) -> String {
    whole_ms(wait).as_millis().div_ceil(1000).to_string()
}

fn whole_ms(wait: Duration) -> Duration {
    Duration::from_millis(u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX))
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::User => "user",
        Scope::Global => "global",
        Scope::Shared => "shared",
    }
}

pub(super) fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
