//! Paths of the REST interface: their shape, and patterns that pick some of them.
//!
//! Knows how a path is written, not which there are.

/// The parts of a path between its slashes.
pub(crate) fn segments(path: &str) -> Vec<&str> {
    path.trim_matches('/').split('/').collect()
}

/// The path with `ID` and `TOKEN` for what differs between runs.
pub(crate) fn shape(path: &str) -> String {
    let mut shape = String::new();
    for segment in segments(path) {
        shape.push('/');
        shape.push_str(placeholder(segment).unwrap_or(segment));
    }
    shape
}

/// What a path is about, so that it has a rate limit of its own: the first parameter, which for
/// webhooks includes the token.
///
/// Source: <https://discord.com/developers/docs/topics/rate-limits>, "top-level resources".
pub(crate) fn place(path: &str) -> String {
    let segments = segments(path);
    let long = if segments.first() == Some(&"webhooks") { 3 } else { 2 };
    segments.into_iter().take(long).collect::<Vec<&str>>().join("/")
}

fn placeholder(segment: &str) -> Option<&'static str> {
    if segment.parse::<u64>().is_ok() {
        Some("ID")
    } else if segment.len() > 20 {
        Some("TOKEN")
    } else {
        None
    }
}

/// Picks requests by method and path.
///
/// In the path, `ID` stands for any id, `TOKEN` for any token, and a `*` at the end for whatever
/// follows, or nothing; all else stands for itself. The method `*` is any method.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    method: String,
    path: String,
}

impl Pattern {
    pub(crate) fn new(method: &str, path: &str) -> Pattern {
        Pattern { method: method.to_owned(), path: path.to_owned() }
    }

    /// Any request at all.
    pub(crate) fn any() -> Pattern {
        Pattern::new("*", "/*")
    }

    /// Whether it picks a request. The path comes without `/api/v10` and query.
    pub(crate) fn fits(&self, method: &str, path: &str) -> bool {
        (self.method == "*" || self.method == method) && follows(&segments(&self.path), &segments(path))
    }

    /// The pattern as one line, for messages.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

fn follows(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        (["*"], _) | ([], []) => true,
        ([wanted, pattern @ ..], [segment, path @ ..]) => {
            (wanted == segment || placeholder(segment) == Some(*wanted)) && follows(pattern, path)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "/channels/1000000000000000007/messages/1000000000000000009";

    #[test]
    fn a_shape_hides_what_differs_between_runs() {
        assert_eq!(shape(MESSAGE), "/channels/ID/messages/ID");
        assert_eq!(shape("/interactions/1/aW50ZXJhY3Rpb246MTIzNDU2/callback"), "/interactions/ID/TOKEN/callback");
        assert_eq!(shape("/users/@me/"), "/users/@me");
    }

    #[test]
    fn a_pattern_picks_by_shape_by_path_and_by_beginning() {
        for path in ["/channels/ID/messages/ID", MESSAGE, "/channels/ID/*", "/channels/ID/messages/ID/*", "/*"] {
            assert!(Pattern::new("GET", path).fits("GET", MESSAGE), "{path}");
            assert!(Pattern::new("*", path).fits("GET", MESSAGE), "{path}");
            assert!(!Pattern::new("POST", path).fits("GET", MESSAGE), "{path}");
        }
        for path in ["/channels/ID/messages", "/channels/5/*", "/channels/TOKEN/*", "/channels/ID/messages/ID/threads"]
        {
            assert!(!Pattern::new("GET", path).fits("GET", MESSAGE), "{path}");
        }
    }

    #[test]
    fn a_webhook_is_told_apart_by_its_token() {
        assert_eq!(place(MESSAGE), "channels/1000000000000000007");
        assert_eq!(place("/webhooks/1/abc/messages/2"), "webhooks/1/abc");
    }
}
