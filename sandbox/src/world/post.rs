//! Writing, changing and deleting messages, after the rules that need to know the place.

use serde_json::Value;

use super::file::Payload;
use super::mention::Allowed;
use super::message::{MessageRecord, kind};
use super::{APPLICATION_ID, Nonce, World};
use crate::check;
use crate::json::{flag as is_set, integer, list};
use crate::permissions::{ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, MANAGE_THREADS};
use crate::refusal::{Refusal, Unknown};

/// How long an enforced nonce is remembered.
const NONCE_MS: i64 = 120_000;

/// Why the bot writes: a message of its own accord, or the answer to an interaction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occasion {
    /// The interaction that is answered.
    pub(crate) interaction: Option<u64>,
    /// The message with the component that was used.
    pub(crate) answers: Option<u64>,
    /// The one person who is to see it.
    pub(crate) seen_by: Option<u64>,
    /// What the person did, until a step has looked at the answer.
    pub(crate) unread: Option<String>,
}

impl World {
    /// Sends a message of the bot's own accord. Returns its id, or that of the first message
    /// with the same enforced nonce.
    pub(crate) fn send(&mut self, channel: u64, payload: Payload<'_>) -> Result<u64, Refusal> {
        let body = payload.body;
        self.visible_channel(channel)?;
        if !self.bot_may(channel, self.sending(channel) | showing(payload)) {
            return Err(Refusal::missing_permissions());
        }
        if self.is_closed(channel) {
            return Err(Refusal::closed_dms());
        }
        if self.channels.get(&channel).is_some_and(|held| held.is_locked) && !self.bot_may(channel, MANAGE_THREADS) {
            return Err(Refusal::locked_thread());
        }
        let nonce = is_set(body, "enforce_nonce").then(|| body.get("nonce").map(Value::to_string)).flatten();
        if let Some(first) = nonce.as_ref().and_then(|nonce| self.first_with(nonce)) {
            return self
                .message(first.channel, first.message)
                .map(|message| message.id)
                .ok_or_else(|| Refusal::unknown(Unknown::Message));
        }
        let message = self.write(channel, payload, Occasion::default())?;
        if let Some(nonce) = nonce {
            let at_ms = self.now_ms();
            let first = Nonce { channel, message, at_ms };
            self.nonces.insert(nonce, first);
        }
        Ok(message)
    }

    /// Whether it is a direct message with someone to whom bots can't write.
    fn is_closed(&self, channel: u64) -> bool {
        let people = self.channels.get(&channel).into_iter().flat_map(|channel| &channel.people);
        people.filter_map(|id| self.users.get(id)).any(|user| !user.takes_dms)
    }

    /// The message with this nonce, while it is remembered.
    fn first_with(&self, nonce: &str) -> Option<Nonce> {
        let now_ms = self.now_ms();
        self.nonces.get(nonce).filter(|first| now_ms.saturating_sub(first.at_ms) < NONCE_MS).copied()
    }

    /// Writes a message, whoever may see it. Permissions are not asked: answers to interactions
    /// need none.
    pub(crate) fn write(&mut self, channel: u64, payload: Payload<'_>, occasion: Occasion) -> Result<u64, Refusal> {
        let body = payload.body;
        check::message::check(body)?;
        let mut message = self.blank(channel, occasion);
        message.apply(body);
        self.attach(&mut message, payload)?;
        message.nonce = body.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
        if message.is_empty() {
            return Err(Refusal::empty_message());
        }
        self.set_pings(&mut message, body);
        self.keep(message)
    }

    /// A person says something in a channel, for bots that look at such messages.
    pub(crate) fn say(&mut self, person: u64, channel: u64, content: &str) -> Option<u64> {
        let id = self.next_id();
        let message = MessageRecord {
            id,
            channel_id: channel,
            author_id: person,
            content: content.to_owned(),
            sent_ms: self.now_ms(),
            ..MessageRecord::default()
        };
        self.channels.get_mut(&channel)?.messages.push(message);
        Some(id)
    }

    /// Writes "thinking", to be changed into the answer.
    pub(crate) fn promise(&mut self, channel: u64, occasion: Occasion) -> Result<u64, Refusal> {
        let mut message = self.blank(channel, occasion);
        message.loading = true;
        message.unread = None;
        self.keep(message)
    }

    fn blank(&mut self, channel_id: u64, occasion: Occasion) -> MessageRecord {
        let kind = match (occasion.interaction, occasion.answers) {
            (None, _) => kind::ORDINARY,
            (Some(_), None) => kind::COMMAND,
            (Some(_), Some(_)) => kind::REPLY,
        };
        MessageRecord {
            id: self.next_id(),
            channel_id,
            author_id: APPLICATION_ID,
            kind,
            sent_ms: self.now_ms(),
            seen_by: occasion.seen_by,
            interaction: occasion.interaction,
            answers: occasion.answers,
            unread: occasion.unread,
            ..MessageRecord::default()
        }
    }

    fn keep(&mut self, message: MessageRecord) -> Result<u64, Refusal> {
        let id = message.id;
        let is_public = message.seen_by.is_none();
        let channel = self.channels.get_mut(&message.channel_id).ok_or_else(|| Refusal::unknown(Unknown::Channel))?;
        channel.is_archived &= !is_public;
        channel.messages.push(message);
        Ok(id)
    }

    /// Changes a message. `unread` is what a person did to bring the change about.
    pub(crate) fn rewrite(
        &mut self,
        channel: u64,
        id: u64,
        payload: Payload<'_>,
        unread: Option<String>,
    ) -> Result<(), Refusal> {
        let body = payload.body;
        let old = self.message(channel, id).ok_or_else(|| Refusal::unknown(Unknown::Message))?;
        check::message::check(body)?;
        let mut message = old.clone();
        message.apply(body);
        self.attach(&mut message, payload)?;
        if message.is_empty() {
            return Err(Refusal::empty_message());
        }
        message.edited_ms = (!message.loading).then(|| self.now_ms());
        message.loading = false;
        message.unread = unread.or(message.unread);
        if body.get("content").is_some() {
            self.set_pings(&mut message, body);
        }
        if let Some(kept) = self.message_mut(channel, id) {
            *kept = message;
        }
        Ok(())
    }

    /// Works out who is pinged. Nobody is by what one person alone sees.
    fn set_pings(&self, message: &mut MessageRecord, body: &Value) {
        if message.seen_by.is_none() {
            let allowed = Allowed::of(body, message.interaction.is_some());
            message.pings = self.pings(message.channel_id, &message.content, &allowed);
        }
    }

    /// Changes a message of the bot's on its own accord.
    pub(crate) fn edit(&mut self, channel: u64, id: u64, payload: Payload<'_>) -> Result<(), Refusal> {
        self.public_message(channel, id)?;
        if !self.bot_may(channel, showing(payload)) {
            return Err(Refusal::missing_permissions());
        }
        let author = self.message(channel, id).map(|message| message.author_id);
        if author != Some(APPLICATION_ID) {
            return Err(Refusal::not_the_author());
        }
        self.refuse_archived(channel)?;
        self.rewrite(channel, id, payload, None)
    }

    /// Deletes a message on the bot's own accord.
    pub(crate) fn delete(&mut self, channel: u64, id: u64) -> Result<(), Refusal> {
        let author = self.public_message(channel, id)?.author_id;
        if author != APPLICATION_ID && !self.bot_may(channel, MANAGE_MESSAGES) {
            return Err(Refusal::missing_permissions());
        }
        self.refuse_archived(channel)?;
        self.remove(channel, id)
    }

    /// In an archived thread messages stay as they are.
    fn refuse_archived(&self, channel: u64) -> Result<(), Refusal> {
        let is_archived = self.channels.get(&channel).is_some_and(|held| held.is_archived);
        if is_archived { Err(Refusal::archived_thread()) } else { Ok(()) }
    }

    /// Takes a message away.
    pub(crate) fn remove(&mut self, channel: u64, id: u64) -> Result<(), Refusal> {
        let channel = self.channels.get_mut(&channel).ok_or_else(|| Refusal::unknown(Unknown::Channel))?;
        let before = channel.messages.len();
        channel.messages.retain(|message| message.id != id);
        if channel.messages.len() == before {
            return Err(Refusal::unknown(Unknown::Message));
        }
        Ok(())
    }

    /// A message that the channel's routes know: none that one person alone sees.
    pub(crate) fn public_message(&self, channel: u64, id: u64) -> Result<&MessageRecord, Refusal> {
        self.visible_channel(channel)?
            .message(id)
            .filter(|message| message.seen_by.is_none())
            .ok_or_else(|| Refusal::unknown(Unknown::Message))
    }

    /// The interaction flag of a body: whether one person alone is to see it.
    pub(crate) fn asks_for_privacy(body: &Value) -> bool {
        let flags = integer(body, "flags").unwrap_or(0);
        flags & super::message::flag::EPHEMERAL != 0
    }
}

/// The permissions that what is in a message of the bot's own accord takes.
fn showing(payload: Payload<'_>) -> u64 {
    let embeds = if list(payload.body, "embeds").is_empty() { 0 } else { EMBED_LINKS };
    let files = if payload.files.is_empty() { 0 } else { ATTACH_FILES };
    embeds | files
}
