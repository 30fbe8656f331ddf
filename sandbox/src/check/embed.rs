//! The limits of embeds.
//!
//! Source: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>.

use serde_json::Value;

use super::{at, length};
use crate::faults::Faults;
use crate::json::{given, list, text};

/// Most embeds in a message.
pub(crate) const EMBEDS: usize = 10;
/// Longest title.
pub(crate) const TITLE: usize = 256;
/// Longest description.
pub(crate) const DESCRIPTION: usize = 4096;
/// Most fields of an embed.
pub(crate) const FIELDS: usize = 25;
/// Longest name of a field.
pub(crate) const FIELD_NAME: usize = 256;
/// Longest value of a field.
pub(crate) const FIELD_VALUE: usize = 1024;
/// Longest footer.
pub(crate) const FOOTER: usize = 2048;
/// Longest name of an author.
pub(crate) const AUTHOR: usize = 256;
/// Longest sum of all these texts over all embeds of a message.
pub(crate) const TOTAL: usize = 6000;
/// The brightest colour.
const COLOUR: i64 = 0xff_ff_ff;

/// Links that Discord opens.
const WEB: [&str; 2] = ["http", "https"];
/// Links to pictures: a file of the same message too.
const PICTURE: [&str; 3] = ["http", "https", "attachment"];

/// Checks the embeds of a message.
pub(crate) fn check(faults: &mut Faults, message: &Value) {
    let embeds = faults.array("", message, "embeds", &(0..=EMBEDS));
    for (position, embed) in embeds.iter().enumerate() {
        one(faults, &at("embeds", position), embed);
    }
    if embeds.iter().map(text_length).sum::<usize>() > TOTAL {
        let message = format!("Embed size exceeds maximum size of {TOTAL}");
        faults.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn one(faults: &mut Faults, path: &str, embed: &Value) {
    faults.text(path, embed, "title", &(0..=TITLE));
    faults.text(path, embed, "description", &(0..=DESCRIPTION));
    faults.link(path, embed, "url", &WEB);
    faults.integer(path, embed, "color", &(0..=COLOUR));
    for picture in ["image", "thumbnail"] {
        if let Some(held) = given(embed, picture) {
            faults.link(&at(path, picture), held, "url", &PICTURE);
        }
    }
    if let Some(footer) = given(embed, "footer") {
        let path = at(path, "footer");
        faults.required_text(&path, footer, "text", &(0..=FOOTER));
        faults.link(&path, footer, "icon_url", &PICTURE);
    }
    if let Some(author) = given(embed, "author") {
        let path = at(path, "author");
        faults.required_text(&path, author, "name", &(0..=AUTHOR));
        faults.link(&path, author, "url", &WEB);
        faults.link(&path, author, "icon_url", &PICTURE);
    }
    let fields = faults.array(path, embed, "fields", &(0..=FIELDS));
    for (position, field) in fields.iter().enumerate() {
        let path = at(&at(path, "fields"), position);
        visible_text(faults, &path, field, "name", FIELD_NAME);
        visible_text(faults, &path, field, "value", FIELD_VALUE);
    }
}

/// A text of a field: white space alone counts as absent.
fn visible_text(faults: &mut Faults, path: &str, field: &Value, key: &str, most: usize) {
    let written = faults.required_text(path, field, key, &(0..=most));
    if written.is_some_and(|written| written.trim().is_empty()) {
        faults.required(&at(path, key));
    }
}

/// The characters of an embed that count for the total.
fn text_length(embed: &Value) -> usize {
    let own = [
        text(embed, "title"),
        text(embed, "description"),
        embed.pointer("/footer/text").and_then(Value::as_str),
        embed.pointer("/author/name").and_then(Value::as_str),
    ];
    let fields = list(embed, "fields").iter().flat_map(|field| [text(field, "name"), text(field, "value")]);
    own.into_iter().chain(fields).flatten().map(length).sum()
}

/// Whether an embed shows anything.
pub(crate) fn is_visible(embed: &Value) -> bool {
    text_length(embed) > 0 || ["image", "thumbnail"].iter().any(|picture| given(embed, picture).is_some())
}
