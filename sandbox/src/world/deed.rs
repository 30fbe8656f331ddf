//! What people do: the interactions that they make, the threads that they open, and which
//! answers nobody has looked at.

use std::time::Instant;

use serde_json::{Value, json};

use super::World;
use super::channel::{ChannelRecord, kind};
use super::message::{MessageRecord, Pings};
use crate::interaction::{Answer, Interaction, Kind};
use crate::refusal::{Refusal, Unknown};
use crate::session::intents;
use crate::wire;

/// What a person did where.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) kind: Kind,
    pub(crate) user: u64,
    pub(crate) channel: u64,
    /// In words, for the list of problems.
    pub(crate) words: String,
    /// The `data` of the interaction.
    pub(crate) data: Value,
}

impl World {
    /// Makes an interaction and brings it to the bot. Returns its id.
    pub(crate) fn act(&mut self, deed: Deed) -> u64 {
        let id = self.next_id();
        let guild_id = self.channels.get(&deed.channel).and_then(|channel| channel.guild_id);
        let interaction = Interaction {
            id,
            token: format!("interaction-token-of-{id}"),
            kind: deed.kind,
            user_id: deed.user,
            channel_id: deed.channel,
            guild_id,
            deed: deed.words,
            created_ms: self.now_ms(),
            created_at: Instant::now(),
            answer: None,
            original: None,
            settled: false,
            follow_ups: Vec::new(),
            looked_at: false,
        };
        let payload = wire::interaction::created(self, &interaction, &deed.data);
        self.interactions.insert(id, interaction);
        self.dispatch("INTERACTION_CREATE", &payload, guild_id, 0);
        id
    }

    /// Opens a thread under a message and tells the bot of it. Returns the thread's id, which is
    /// the message's.
    pub(crate) fn open_thread(
        &mut self,
        channel: u64,
        message: u64,
        name: &str,
        opener: u64,
        archive_minutes: i64,
    ) -> Result<u64, Refusal> {
        let opened_ms = self.now_ms();
        let parent = self.channels.get(&channel).ok_or_else(|| Refusal::unknown(Unknown::Channel))?;
        let (guild_id, kind) = match (parent.guild_id, parent.kind) {
            (Some(guild), kind::ANNOUNCEMENT) => (guild, kind::ANNOUNCEMENT_THREAD),
            (Some(guild), kind::TEXT) => (guild, kind::PUBLIC_THREAD),
            _ => return Err(Refusal::unknown(Unknown::Channel)),
        };
        let under = self.message_mut(channel, message).ok_or_else(|| Refusal::unknown(Unknown::Message))?;
        if under.has_thread {
            return Err(Refusal::thread_exists());
        }
        under.has_thread = true;
        let thread = ChannelRecord {
            parent_id: Some(channel),
            owner_id: Some(opener),
            opened_ms,
            archive_minutes,
            ..ChannelRecord::of_guild(message, guild_id, name, kind, 0)
        };
        let newly = json!({"newly_created": true});
        let payload = wire::with(wire::guild::channel(&thread), newly);
        self.channels.insert(message, thread);
        self.dispatch("THREAD_CREATE", &payload, Some(guild_id), intents::GUILDS);
        Ok(message)
    }

    /// The direct message between the bot and a person, opened when there is none.
    pub(crate) fn direct_channel(&mut self, person: u64) -> u64 {
        let known = self.channels.values().find(|channel| channel.recipient == Some(person)).map(|channel| channel.id);
        known.unwrap_or_else(|| {
            let id = self.next_id();
            self.channels.insert(id, ChannelRecord::direct(id, person));
            id
        })
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
            pings: Pings::default(),
            ..MessageRecord::default()
        };
        self.channels.get_mut(&channel)?.messages.push(message);
        Some(id)
    }

    /// What people were shown while no step has looked at it, a line each.
    pub(crate) fn unread(&self) -> Vec<String> {
        let messages = self
            .channels
            .values()
            .flat_map(|channel| &channel.messages)
            .filter_map(|message| message.unread.as_deref())
            .map(|deed| format!("nobody looked at the message after: {deed}"));
        let others =
            self.interactions.values().filter(|interaction| !interaction.looked_at).filter_map(|interaction| {
                let deed = &interaction.deed;
                match &interaction.answer {
                    Some(Answer::Modal(_)) => Some(format!("nobody looked at the modal after: {deed}")),
                    Some(Answer::DeferredMessage) if interaction.is_pending() => {
                        Some(format!("no message came after the deferral of: {deed}"))
                    }
                    None if interaction.is_late(self.now_ms()) => {
                        Some(format!("the application did not respond to: {deed}"))
                    }
                    _ => None,
                }
            });
        messages.chain(others).collect()
    }

    /// A step looked at a message.
    pub(crate) fn look_at_message(&mut self, channel: u64, message: u64) {
        if let Some(message) = self.message_mut(channel, message) {
            message.unread = None;
        }
    }

    /// A step looked at an answer that is no message, or at its absence.
    pub(crate) fn look_at_answer(&mut self, interaction: u64) {
        if let Some(interaction) = self.interactions.get_mut(&interaction) {
            interaction.looked_at = true;
        }
    }
}
