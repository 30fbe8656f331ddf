//! What chromedriver understands beyond `WebDriver`: the protocol of Chrome's developer tools, and the console's log.

use std::str::FromStr;

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::{Method, Url};
use serde_json::{Value, json};

/// A command with a path of its own and a body.
#[derive(Debug)]
pub(super) struct ForChrome {
    path: &'static str,
    body: Value,
}

impl ForChrome {
    /// One of <https://chromedevtools.github.io/devtools-protocol/>.
    pub(super) fn devtools(method: &str, parameters: &Value) -> ForChrome {
        ForChrome { path: "goog/cdp/execute", body: json!({"cmd": method, "params": parameters}) }
    }

    /// All that the console was told, once.
    pub(super) fn log() -> ForChrome {
        ForChrome { path: "se/log", body: json!({"type": "browser"}) }
    }
}

impl WebDriverCompatibleCommand for ForChrome {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
