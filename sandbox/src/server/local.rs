//! Who is let in: only what was addressed to this machine by its own names, and no page of another site.
//!
//! Such a page can have its name lead here (DNS rebinding), and would then be of the same origin as all this; what it
//! asks for carries that name. And it can reach a gateway anywhere; a browser says then which origin asks.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The names of this machine.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Refuses what was addressed to another name, or comes from another page.
pub(super) async fn only(request: Request, next: Next) -> Response {
    if is_let_in(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This is only for this machine: ask 127.0.0.1 or localhost.\n").into_response()
    }
}

fn is_let_in(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    // Bots have no origin.
    let is_own = headers.get(header::ORIGIN).is_none_or(|origin| *origin == format!("http://{host}"));
    is_own && NAMES.iter().any(|name| is_named(host, name))
}

/// Whether a host is that name, with or without a port.
fn is_named(host: &str, name: &str) -> bool {
    let Some((named, behind)) = host.split_at_checked(name.len()) else {
        return false;
    };
    let is_port = |port: &str| !port.is_empty() && port.chars().all(|digit| digit.is_ascii_digit());
    named.eq_ignore_ascii_case(name) && (behind.is_empty() || behind.strip_prefix(':').is_some_and(is_port))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn lets_in(headers: &[(HeaderName, &str)]) -> bool {
        is_let_in(&headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect())
    }

    #[test]
    fn this_machine_has_three_names_and_any_port() {
        for host in ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "LocalHost", "[::1]:65535"] {
            assert!(lets_in(&[(header::HOST, host)]), "{host}");
        }
        for host in
            ["", "example.com", "127.0.0.1.example.com", "localhost.example.com:80", "localhost:", "::1", "[::1]x"]
        {
            assert!(!lets_in(&[(header::HOST, host)]), "{host}");
        }
        assert!(!lets_in(&[]));
    }

    #[test]
    fn a_page_is_let_in_only_by_its_own_origin() {
        let from = |origin: &'static str| lets_in(&[(header::HOST, "127.0.0.1:80"), (header::ORIGIN, origin)]);
        assert!(from("http://127.0.0.1:80"));
        for origin in ["http://127.0.0.1:81", "https://127.0.0.1:80", "http://example.com", "null"] {
            assert!(!from(origin), "{origin}");
        }
    }
}
