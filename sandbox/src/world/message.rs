//! One message, and what sending and editing do to it.

use serde_json::Value;

use super::file::FileRecord;
use crate::json::{given, integer, list, text};

/// Bits of a message's flags.
pub(crate) mod flag {
    /// A link shows no preview.
    pub(crate) const SUPPRESS_EMBEDS: i64 = 1 << 2;
    /// A thread hangs under it.
    pub(crate) const HAS_THREAD: i64 = 1 << 5;
    /// One person alone sees it.
    pub(crate) const EPHEMERAL: i64 = 1 << 6;
    /// It is a promise of an answer: "thinking".
    pub(crate) const LOADING: i64 = 1 << 7;
    /// It comes without a sound.
    pub(crate) const SUPPRESS_NOTIFICATIONS: i64 = 1 << 12;
    /// What a sender may set.
    pub(crate) const SETTABLE: i64 = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS;
}

/// Message types.
pub(crate) mod kind {
    /// An ordinary one.
    pub(crate) const ORDINARY: u8 = 0;
    /// An answer to another message.
    pub(crate) const REPLY: u8 = 19;
    /// An answer to a slash command.
    pub(crate) const COMMAND: u8 = 20;
}

#[derive(Clone, Debug, Default)]
pub(crate) struct MessageRecord {
    pub(crate) id: u64,
    pub(crate) channel_id: u64,
    pub(crate) author_id: u64,
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) files: Vec<FileRecord>,
    pub(crate) flags: i64,
    pub(crate) sent_ms: i64,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) nonce: Option<Value>,
    /// The one person who sees an ephemeral message.
    pub(crate) seen_by: Option<u64>,
    /// It says "thinking" so far.
    pub(crate) loading: bool,
    /// The interaction that brought it.
    pub(crate) interaction: Option<u64>,
    /// The message with the component that brought it.
    pub(crate) answers: Option<u64>,
    pub(crate) pings: Pings,
    /// What a person did to see this, while no step has looked at it.
    pub(crate) unread: Option<String>,
    /// The thread under it.
    pub(crate) has_thread: bool,
}

/// Who was pinged.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Pings {
    pub(crate) everyone: bool,
    pub(crate) roles: Vec<u64>,
    pub(crate) users: Vec<u64>,
}

impl MessageRecord {
    /// Takes over the fields that `body` has: all of a new message, what changes of an edited one.
    pub(crate) fn apply(&mut self, body: &Value) {
        if body.get("content").is_some() {
            text(body, "content").unwrap_or("").clone_into(&mut self.content);
        }
        if body.get("embeds").is_some() {
            self.embeds = list(body, "embeds").to_vec();
        }
        if body.get("components").is_some() {
            self.components = list(body, "components").to_vec();
        }
        if given(body, "flags").is_some() {
            self.flags = integer(body, "flags").unwrap_or(0) & flag::SETTABLE;
        }
    }

    /// Whether `person` may see it.
    pub(crate) fn is_seen_by(&self, person: u64) -> bool {
        self.seen_by.is_none_or(|only| only == person)
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.components.is_empty()
            && self.files.is_empty()
            && !self.embeds.iter().any(crate::check::embed::is_visible)
    }
}
