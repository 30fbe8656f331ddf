//! The page on which all sentences stand: what a person sees of a message, of a modal and of choices, as plain text.

use std::fmt::Write as _;

use serde_json::Value;
use starling::reply::{Choice, Message, Modal};

/// All that is said so far.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    /// What comes next, and when a person meets it.
    pub(super) fn chapter(&mut self, title: &str) {
        let _ = write!(self.0, "\n# {title}\n");
    }

    fn entry(&mut self, when: &str) {
        let _ = write!(self.0, "\n-- {when}\n");
    }

    pub(super) fn text(&mut self, when: &str, said: impl AsRef<str>) {
        self.entry(when);
        let _ = writeln!(self.0, "{}", said.as_ref());
    }

    pub(super) fn message(&mut self, when: &str, message: &Message) {
        self.entry(when);
        let body = message.private_body();
        self.line(&body["content"]);
        for embed in list(&body["embeds"]) {
            self.line(&embed["title"]);
            self.line(&embed["description"]);
            self.line(&embed["footer"]["text"]);
        }
        for file in list(&body["attachments"]) {
            self.line(&file["description"]);
        }
        for part in list(&body["components"]).flat_map(|row| list(&row["components"])) {
            self.component(part);
        }
    }

    pub(super) fn modal(&mut self, when: &str, modal: &Modal) {
        self.entry(when);
        let body = modal.body(true);
        self.line(&body["title"]);
        for part in list(&body["components"]) {
            self.line(&part["content"]);
            for input in list(&part["components"]) {
                self.line(&input["label"]);
                self.line(&input["placeholder"]);
            }
        }
    }

    pub(super) fn choices(&mut self, when: &str, choices: &[Choice]) {
        self.entry(when);
        for choice in choices {
            let _ = writeln!(self.0, "{}", choice.name);
        }
    }

    fn component(&mut self, part: &Value) {
        self.line(&part["placeholder"]);
        if let Some(label) = part["label"].as_str() {
            let _ = writeln!(self.0, "[{label}]");
        }
        for option in list(&part["options"]) {
            self.line(&option["label"]);
            self.line(&option["description"]);
        }
    }

    fn line(&mut self, text: &Value) {
        if let Some(text) = text.as_str().filter(|text| !text.is_empty()) {
            let _ = writeln!(self.0, "{text}");
        }
    }

    pub(super) fn read(&self) -> &str {
        &self.0
    }
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
