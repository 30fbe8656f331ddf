//! A real browser without a screen, for tests of what a person sees and does on a page. It speaks `WebDriver` with chromedriver, and
//! knows nothing of the page: that is the test's.
//!
//! What waits, waits in the browser, from one drawn frame to the next, for ten seconds at most.

mod commands;
mod driver;
mod itself;

use std::path::Path;
use std::sync::Arc;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
pub(crate) use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use commands::ForChrome;
use driver::Driver;

/// Under which name an element's id stands in the protocol's JSON: <https://www.w3.org/TR/webdriver2/#elements>.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What a person operates, as far as an element can tell without its role.
const OPERABLE: &str = "a, button, input, select, textarea, [role], [contenteditable]";

/// What a person operates, as a screen reader calls it.
const OPERABLE_ROLES: [&str; 16] = [
    "button",
    "checkbox",
    "combobox",
    "dialog",
    "DisclosureTriangle",
    "InputTime",
    "link",
    "listbox",
    "menuitem",
    "option",
    "radio",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "textbox",
];

/// What `checkVisibility` does not look at by itself: a `visibility` that hides.
const IS_SEEN: &str = "{visibilityProperty: true}";

/// Looks from one drawn frame to the next for something that is there, and tells what it found, or what stands there instead.
const LOOKS: &str = "
    const done = arguments[arguments.length - 1], began = performance.now();
    const look = () => {
        let found, why;
        try { found = (EXPRESSION); } catch (error) { why = String(error); }
        if (found) done({found});
        else if (performance.now() - began > 10000) done({why, page: document.body?.innerText});
        else requestAnimationFrame(look);
    };
    look();";

/// One window of a browser, with cookies and storage of its own. When the last of those that belong together is dropped, their browsers
/// and chromedriver end.
pub(crate) struct Browser {
    client: Client,
    driver: Arc<Driver>,
}

impl Browser {
    /// Opens one, 1280 by 800 pixels. Nothing where none is installed, which is said once; a panic where one is required.
    pub(crate) async fn opens() -> Option<Browser> {
        let driver = Driver::starts()?;
        Some(Browser::on(Arc::new(driver)).await)
    }

    /// One more, for another person: nothing is shared with this one.
    pub(crate) async fn another(&self) -> Browser {
        Browser::on(Arc::clone(&self.driver)).await
    }

    async fn on(driver: Arc<Driver>) -> Browser {
        let Value::Object(wanted) = driver.wants() else { unreachable!("capabilities are an object") };
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(Capabilities::from(wanted)).clone();
        let client = client.connect(&driver.url()).await.expect("a browser that starts");
        let browser = Browser { client, driver };
        browser.width(1280, 800).await;
        browser
    }

    /// Goes to an address, until the page and its files are there.
    pub(crate) async fn goes_to(&self, url: &str) {
        self.client.goto(url).await.expect("a page");
    }

    /// Makes the viewport exactly so large, in CSS pixels, at one pixel each.
    pub(crate) async fn width(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.asks(ForChrome::devtools("Emulation.setDeviceMetricsOverride", &size)).await;
    }

    /// Prefers `dark` or `light` colours.
    pub(crate) async fn scheme(&self, scheme: &str) {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.asks(ForChrome::devtools("Emulation.setEmulatedMedia", &media)).await;
    }

    /// Lives in a time zone, such as `Europe/Berlin`, and reads dates as in a locale, such as `en-GB`.
    pub(crate) async fn lives_in(&self, zone: &str, locale: &str) {
        self.asks(ForChrome::devtools("Emulation.setTimezoneOverride", &json!({"timezoneId": zone}))).await;
        self.asks(ForChrome::devtools("Emulation.setLocaleOverride", &json!({"locale": locale}))).await;
    }

    /// The roles of what can be operated and has no name that a screen reader could say.
    pub(crate) async fn nameless(&self) -> Vec<String> {
        let tree = self.asks(ForChrome::devtools("Accessibility.getFullAXTree", &json!({}))).await;
        let nodes = tree["nodes"].as_array().expect("a tree").iter();
        let operable = nodes.filter(|node| {
            node["ignored"] == false && OPERABLE_ROLES.iter().any(|role| node["role"]["value"] == *role)
        });
        let nameless = operable.filter(|node| node["name"]["value"].as_str().is_none_or(|name| name.trim().is_empty()));
        nameless.map(|node| format!("{} {}", node["role"]["value"], node["properties"])).collect()
    }

    /// Loads the page anew, from the same address.
    pub(crate) async fn reloads(&self) {
        self.client.refresh().await.expect("a page");
    }

    /// What the console was told since the last look: warnings and errors, those of the browser among them (a file that is missing,
    /// a policy that is broken).
    pub(crate) async fn console(&self) -> Vec<String> {
        let entries = self.asks(ForChrome::log()).await;
        let entries = entries.as_array().expect("a list of entries").iter();
        entries
            .filter(|entry| entry["level"] == "WARNING" || entry["level"] == "SEVERE")
            .map(|entry| format!("{}: {}", entry["level"], entry["message"]).replace('"', ""))
            .collect()
    }

    /// Writes what is in the viewport to a PNG file.
    pub(crate) async fn screenshot(&self, path: &Path) {
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::write(path, picture).expect("a folder for pictures");
    }

    /// What an expression gives; a promise is waited for.
    pub(crate) async fn eval(&self, expression: &str) -> Value {
        let given = self.client.execute(&format!("return ({expression});"), Vec::new()).await;
        given.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Waits until an expression gives something true, and gives that back. An exception counts as not yet.
    pub(crate) async fn reaches(&self, expression: &str) -> Value {
        let outcome = self.client.execute_async(&LOOKS.replace("EXPRESSION", expression), Vec::new()).await;
        let outcome = outcome.unwrap_or_else(|error| panic!("{expression}: {error}"));
        if let Some(found) = outcome.get("found") {
            return found.clone();
        }
        let (why, page) = (&outcome["why"], outcome["page"].as_str().unwrap_or_default());
        panic!("never came true ({why}): {expression}\nconsole: {:#?}\npage:\n{page}", self.console().await)
    }

    /// Waits for the first element of a CSS selector that can be seen.
    pub(crate) async fn finds(&self, css: &str) -> Element {
        let found = format!("[...document.querySelectorAll({})].find(it => it.checkVisibility({IS_SEEN}))", json!(css));
        self.element(&self.reaches(&found).await)
    }

    /// Waits for what has this role and this accessible name, within what a CSS selector matches: what a screen reader would call it.
    pub(crate) async fn finds_named(&self, scope: &str, role: &str, name: &str) -> Element {
        let (scope, role, name) = (json!(scope), json!(role), json!(name));
        let found = format!(
            "[...document.querySelectorAll({scope})].flatMap(scope => [...scope.querySelectorAll('{OPERABLE}')])
                .find(it => it.computedRole === {role} && it.computedName === {name} && it.checkVisibility({IS_SEEN}))"
        );
        self.element(&self.reaches(&found).await)
    }

    /// Waits until a text stands in the first element of a CSS selector, and gives back all that stands there.
    pub(crate) async fn reads(&self, css: &str, text: &str) -> String {
        let element = format!("document.querySelector({})", json!(css));
        let read = self.reaches(&format!("{element}.innerText.includes({}) && {element}.innerText", json!(text))).await;
        read.as_str().expect("a text").to_owned()
    }

    /// Waits until nothing that a CSS selector matches can be seen.
    pub(crate) async fn lacks(&self, css: &str) {
        let all = format!("[...document.querySelectorAll({})]", json!(css));
        self.reaches(&format!("{all}.every(it => !it.checkVisibility({IS_SEEN}))")).await;
    }

    /// Clicks the button of this accessible name, within what a CSS selector matches.
    pub(crate) async fn clicks(&self, scope: &str, name: &str) {
        while let Err(error) = self.finds_named(scope, "button", name).await.click().await {
            // The page put another in its place meanwhile.
            assert!(error.is_stale_element_reference(), "{name} can't be clicked: {error}");
        }
    }

    /// Types a text with the keyboard, into whatever has the focus.
    pub(crate) async fn types(&self, text: &str) {
        let keys = text.chars().fold(keyboard(), pressed);
        self.client.perform_actions(keys).await.expect("keys that can be pressed");
    }

    /// Presses a key.
    pub(crate) async fn presses(&self, key: Key) {
        self.client.perform_actions(pressed(keyboard(), key.into())).await.expect("a key that can be pressed");
    }

    /// Presses a key while another is held, as in Shift+Tab.
    pub(crate) async fn presses_with(&self, held: Key, key: Key) {
        let down = keyboard().then(KeyAction::Down { value: held.into() });
        let keys = pressed(down, key.into()).then(KeyAction::Up { value: held.into() });
        self.client.perform_actions(keys).await.expect("keys that can be pressed");
    }

    /// Role and accessible name of what has the focus, as in `button Answer`.
    pub(crate) async fn focused(&self) -> String {
        let focused =
            self.eval("document.activeElement.computedRole + ' ' + document.activeElement.computedName").await;
        focused.as_str().expect("a text").to_owned()
    }

    async fn asks(&self, command: ForChrome) -> Value {
        let asked = format!("{command:?}");
        self.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{asked}: {error}"))
    }

    fn element(&self, found: &Value) -> Element {
        let id = found[ELEMENT].as_str().expect("an element").to_owned();
        Element::from_element_id(self.client.clone(), id.into())
    }
}

fn keyboard() -> KeyActions {
    KeyActions::new("keyboard".to_owned())
}

fn pressed(keys: KeyActions, key: char) -> KeyActions {
    keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
}
