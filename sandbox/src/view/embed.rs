//! An embed in plain text, behind a bar.

use serde_json::Value;

use super::framed;
use crate::json::{list, text};

/// What stands before each line of an embed.
const BAR: &str = "│ ";

/// Writes an embed. `readable` puts names for mentions.
pub(super) fn write(out: &mut String, embed: &Value, readable: &impl Fn(&str) -> String) {
    let mut part = |shown: Option<&str>| {
        if let Some(shown) = shown.filter(|shown| !shown.is_empty()) {
            framed(out, BAR, &readable(shown));
        }
    };
    part(embed.pointer("/author/name").and_then(Value::as_str));
    part(text(embed, "title"));
    part(text(embed, "description"));
    for field in list(embed, "fields") {
        part(text(field, "name"));
        part(text(field, "value"));
    }
    for picture in ["/image/url", "/thumbnail/url"] {
        let shown = embed.pointer(picture).and_then(Value::as_str);
        part(shown.map(|link| format!("picture: {link}")).as_deref());
    }
    part(embed.pointer("/footer/text").and_then(Value::as_str));
}
