//! What people do: the interactions that they make, and threads, which the bot opens too.

use std::time::Instant;

use serde_json::{Value, json};

use crate::interaction::{Installed, Interaction, Kind};
use crate::json::{list, text};
use crate::refusal::{Refusal, Unknown};
use crate::wire;
use crate::world::World;
use crate::world::channel::{ChannelRecord, kind};

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

/// The name of a command, with those of its group and its subcommand.
fn full_name(data: &Value) -> String {
    let mut name = text(data, "name").unwrap_or_default().to_owned();
    let mut level = data;
    while let Some(nested) = list(level, "options").iter().find(|option| option.get("options").is_some()) {
        name.push(' ');
        name.push_str(text(nested, "name").unwrap_or_default());
        level = nested;
    }
    name
}

impl World {
    /// Makes an interaction and brings it to the bot. Returns its id.
    pub(crate) fn act(&mut self, deed: Deed) -> u64 {
        let id = self.next_id();
        let guild_id = self.channels.get(&deed.channel).and_then(|channel| channel.guild_id);
        let installed = Installed {
            by_guild: self.has_bot(deed.channel),
            by_person: self.users.get(&deed.user).is_some_and(|user| user.has_app),
        };
        let interaction = Interaction {
            id,
            token: format!("interaction-token-of-{id}"),
            kind: deed.kind,
            user_id: deed.user,
            channel_id: deed.channel,
            guild_id,
            installed,
            command: (deed.kind == Kind::Command).then(|| full_name(&deed.data)),
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
        self.last_interaction = Some(payload);
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
        self.tell("THREAD_CREATE", &payload, guild_id);
        Ok(message)
    }
}
