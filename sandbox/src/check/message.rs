//! The limits of a message: sent, answered or edited.
//!
//! Source: <https://discord.com/developers/docs/resources/message#create-message>.

use serde_json::Value;

use super::{at, component, embed, length};
use crate::faults::Faults;
use crate::json::{as_id, given, integer, list};
use crate::refusal::Refusal;

/// Longest text of a message.
pub(crate) const CONTENT: usize = 2000;
/// Longest nonce.
pub(crate) const NONCE: usize = 25;
/// Most people, and most roles, that one message may name as allowed to be pinged.
pub(crate) const ALLOWED_MENTIONS: usize = 100;
/// The flag of messages built of components alone, which the sandbox does not know.
const COMPONENTS_V2: i64 = 1 << 15;

/// Checks all that can be wrong with the fields that are there.
pub(crate) fn check(body: &Value) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.text("", body, "content", &(0..=CONTENT));
    embed::check(&mut faults, body);
    component::check(&mut faults, body);
    allowed_mentions(&mut faults, body);
    nonce(&mut faults, body);
    if integer(body, "flags").is_some_and(|flags| flags & COMPONENTS_V2 != 0) {
        faults.not_modelled("flags", "messages of components alone");
    }
    if given(body, "poll").is_some() {
        faults.not_modelled("poll", "polls");
    }
    if !list(body, "sticker_ids").is_empty() {
        faults.not_modelled("sticker_ids", "stickers");
    }
    faults.verdict()
}

fn nonce(faults: &mut Faults, body: &Value) {
    match body.get("nonce") {
        None | Some(Value::Null | Value::Number(_)) => {}
        Some(Value::String(nonce)) if length(nonce) <= NONCE => {}
        Some(_) => {
            let message = format!("Must be {NONCE} or fewer in length.");
            faults.add("nonce", "BASE_TYPE_MAX_LENGTH", message);
        }
    }
}

fn allowed_mentions(faults: &mut Faults, body: &Value) {
    let Some(allowed) = given(body, "allowed_mentions") else {
        return;
    };
    let parse = list(allowed, "parse");
    for (position, kind) in parse.iter().enumerate() {
        if !matches!(kind.as_str(), Some("users" | "roles" | "everyone")) {
            let path = at("allowed_mentions.parse", position);
            faults.choices(&path, "'users', 'everyone', 'roles'");
        }
    }
    for kind in ["users", "roles"] {
        let range = 0..=ALLOWED_MENTIONS;
        let ids = faults.array("allowed_mentions", allowed, kind, &range);
        if !ids.is_empty() && parse.iter().any(|parsed| parsed.as_str() == Some(kind)) {
            let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            faults.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
        for (position, id) in ids.iter().enumerate() {
            if as_id(id).is_none() {
                let path = at(&at("allowed_mentions", kind), position);
                let message = format!("Value {id} is not snowflake.");
                faults.add(&path, "NUMBER_TYPE_COERCE", message);
            }
        }
    }
}
