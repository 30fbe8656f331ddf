//! Who is let in: only what was addressed to this machine by its own names.
//!
//! A page of another site can have its name lead here (DNS rebinding), and would then be of the same
//! origin as all this. What it asks for carries that name.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The names of this machine.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Refuses what was addressed to another name.
pub(super) async fn only(request: Request, next: Next) -> Response {
    if is_local(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This is only for this machine: ask 127.0.0.1 or localhost.\n").into_response()
    }
}

fn is_local(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    NAMES.iter().any(|name| {
        let (named, port) = host.split_at_checked(name.len()).unwrap_or_default();
        let is_port = |port: &str| !port.is_empty() && port.chars().all(|digit| digit.is_ascii_digit());
        named.eq_ignore_ascii_case(name) && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_let_in(host: &str) -> bool {
        is_local(&HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]))
    }

    #[test]
    fn this_machine_has_three_names_and_any_port() {
        for host in ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "LocalHost", "[::1]:65535"] {
            assert!(is_let_in(host), "{host}");
        }
        let others =
            ["", "example.com", "127.0.0.1.example.com", "localhost.example.com:80", "localhost:", "::1", "[::1]x"];
        for host in others {
            assert!(!is_let_in(host), "{host}");
        }
        assert!(!is_local(&HeaderMap::new()));
    }
}
