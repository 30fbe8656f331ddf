//! A message, as a person sees it.

use std::fmt;

use serde_json::Value;

use super::{embed, framed, line, names, without_last_break};
use crate::check::component::{LINK_STYLE, kind};
use crate::json::{flag, integer, list, text};
use crate::wire;
use crate::world::World;
use crate::world::file::FileRecord;
use crate::world::message::{MessageRecord, Pings};

/// A message at the moment when it was looked at. `Display` is what a person sees, without ids:
/// mentions show names.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// The message's id.
    pub id: u64,
    /// The channel that it is in.
    pub channel_id: u64,
    /// The name of who wrote it.
    pub author: String,
    /// The text, as it was sent.
    pub content: String,
    /// The embeds, as they were sent.
    pub embeds: Vec<Value>,
    /// The rows of buttons and select menus, as they were sent.
    pub components: Vec<Value>,
    /// The files.
    pub files: Vec<FileView>,
    /// Whether one person alone sees it.
    pub ephemeral: bool,
    /// Whether it says that the bot is thinking.
    pub thinking: bool,
    /// Who was pinged: `@everyone`, then roles, then people, by name.
    pub pings: Vec<String>,
    /// The message as Discord's API has it.
    pub raw: Value,
    shown: String,
}

/// A file of a message. `Display` is its name and size, and what is read aloud for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// What is read aloud for it.
    pub description: Option<String>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl FileView {
    fn of(file: &FileRecord) -> FileView {
        FileView { name: file.name.clone(), description: file.description.clone(), bytes: file.bytes.to_vec() }
    }
}

impl fmt::Display for FileView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file {}, {} bytes", self.name, self.bytes.len())?;
        self.description.as_ref().map_or(Ok(()), |words| write!(f, ": {words}"))
    }
}

impl MessageView {
    pub(crate) fn of(world: &World, message: &MessageRecord) -> MessageView {
        let author = world.users.get(&message.author_id);
        let author = author.map(|user| user.name.clone()).unwrap_or_default();
        let pings = pinged(world, &message.pings);
        MessageView {
            id: message.id,
            channel_id: message.channel_id,
            content: message.content.clone(),
            embeds: message.embeds.clone(),
            components: message.components.clone(),
            files: message.files.iter().map(FileView::of).collect(),
            ephemeral: message.seen_by.is_some(),
            thinking: message.loading,
            raw: wire::message::message(world, message),
            shown: show(world, message, &author, &pings),
            author,
            pings,
        }
    }

    /// The labels of the buttons that can be clicked, in order.
    #[must_use]
    pub fn buttons(&self) -> Vec<String> {
        self.parts()
            .filter(|part| integer(part, "type") == Some(kind::BUTTON) && !flag(part, "disabled"))
            .filter_map(|part| text(part, "label"))
            .map(str::to_owned)
            .collect()
    }

    /// Buttons and select menus, in order.
    fn parts(&self) -> impl Iterator<Item = &Value> {
        self.components.iter().flat_map(|row| list(row, "components"))
    }
}

impl fmt::Display for MessageView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        without_last_break(f, &self.shown)
    }
}

fn pinged(world: &World, pings: &Pings) -> Vec<String> {
    let everyone = pings.everyone.then(|| "@everyone".to_owned());
    let roles = pings.roles.iter().filter_map(|id| names::role(world, *id));
    let users = pings.users.iter().filter_map(|id| names::user(world, *id));
    everyone.into_iter().chain(roles).chain(users).collect()
}

fn show(world: &World, message: &MessageRecord, author: &str, pings: &[String]) -> String {
    let readable = |text: &str| names::readable(world, text);
    let mut out = String::new();
    if message.loading {
        line(&mut out, format_args!("{author} is thinking…"));
    }
    framed(&mut out, "", &readable(&message.content));
    for shown in &message.embeds {
        embed::write(&mut out, shown, &readable);
    }
    for file in &message.files {
        line(&mut out, format_args!("{}", FileView::of(file)));
    }
    for row in &message.components {
        show_row(&mut out, row);
    }
    if message.seen_by.is_some() {
        line(&mut out, format_args!("(only you can see this)"));
    }
    if !pings.is_empty() {
        line(&mut out, format_args!("pings: {}", pings.join(" ")));
    }
    out
}

fn show_row(out: &mut String, row: &Value) {
    let mut buttons = Vec::new();
    for part in list(row, "components") {
        if integer(part, "type") == Some(kind::BUTTON) {
            buttons.push(button(part));
        } else {
            show_select(out, part);
        }
    }
    if !buttons.is_empty() {
        line(out, format_args!("{}", buttons.join(" ")));
    }
}

/// `[Label]`, `(Label)` when disabled, `[Label ↗]` when it opens a link.
fn button(button: &Value) -> String {
    let emoji = button.pointer("/emoji/name").and_then(Value::as_str);
    let parts: Vec<&str> = [emoji, text(button, "label")].into_iter().flatten().collect();
    let label = parts.join(" ");
    if flag(button, "disabled") {
        format!("({label})")
    } else if integer(button, "style") == Some(LINK_STYLE) {
        format!("[{label} ↗]")
    } else {
        format!("[{label}]")
    }
}

/// The placeholder, then a line for each option; those chosen are marked.
fn show_select(out: &mut String, select: &Value) {
    let placeholder = text(select, "placeholder").unwrap_or("Make a selection");
    let (open, close) = if flag(select, "disabled") { ('(', ')') } else { ('[', ']') };
    line(out, format_args!("{open}{placeholder} ▾{close}"));
    for option in list(select, "options") {
        let mark = if flag(option, "default") { "●" } else { "○" };
        let label = text(option, "label").unwrap_or_default();
        match text(option, "description").filter(|said| !said.is_empty()) {
            Some(said) => line(out, format_args!("  {mark} {label}: {said}")),
            None => line(out, format_args!("  {mark} {label}")),
        }
    }
}
