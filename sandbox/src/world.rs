//! All that the sandbox holds: guilds, channels, messages, interactions, sessions.
//!
//! Plain records; the rules that need more than one of them are in the files below. Knows neither
//! HTTP nor sockets, nor how anything is written in JSON: what the bot is told of is in `event`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::clock::Clock;
use crate::interaction::Interaction;
use crate::limits::Limiter;
use crate::session::Session;
use crate::snowflake::Snowflakes;
use crate::trouble::Troubles;

pub(crate) mod access;
mod attach;
pub(crate) mod channel;
pub(crate) mod file;
pub(crate) mod guild;
pub(crate) mod journal;
pub(crate) mod mention;
pub(crate) mod message;
mod orders;
pub(crate) mod post;
#[cfg(test)]
mod scene;
pub(crate) mod starts;
mod unread;

use channel::ChannelRecord;
use guild::{GuildRecord, UserRecord};
use journal::Journal;
use message::MessageRecord;
use orders::Orders;
use starts::Starts;

/// The application's id, and its bot's: both are one, as with all newer applications.
pub(crate) const APPLICATION_ID: u64 = 1_000_000_000_000_000_001;

/// The one token. Its first part is the application's id, as with real ones.
pub(crate) const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.sandbox.loopback";

/// The state of the sandbox.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    /// The address of the gateway, as `ws://…`.
    pub(crate) gateway_url: String,
    /// The address under which files can be fetched, as `http://…`.
    pub(crate) files_url: String,
    pub(crate) users: BTreeMap<u64, UserRecord>,
    pub(crate) guilds: BTreeMap<u64, GuildRecord>,
    /// Channels of guilds, threads and direct messages.
    pub(crate) channels: BTreeMap<u64, ChannelRecord>,
    /// What the bot registered; `None` until it did.
    pub(crate) commands: Option<Vec<Value>>,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    /// What the bot was told of the last interaction.
    pub(crate) last_interaction: Option<Value>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) orders: Orders,
    pub(crate) starts: Starts,
    /// Messages sent with an enforced nonce.
    pub(crate) nonces: BTreeMap<String, Nonce>,
    pub(crate) journal: Journal,
    pub(crate) limiter: Limiter,
    pub(crate) troubles: Troubles,
    snowflakes: Snowflakes,
}

/// Where the first message with a nonce is, and since when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nonce {
    pub(crate) channel: u64,
    pub(crate) message: u64,
    pub(crate) at_ms: i64,
}

impl World {
    /// A world with nobody in it but the bot, at an address such as `127.0.0.1:8080`.
    pub(crate) fn new(clock: Clock, host: &str) -> World {
        let bot = UserRecord::bot(APPLICATION_ID, "Bot");
        World {
            clock,
            gateway_url: format!("ws://{host}/gateway"),
            files_url: format!("http://{host}/attachments"),
            users: BTreeMap::from([(APPLICATION_ID, bot)]),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            commands: None,
            interactions: BTreeMap::new(),
            last_interaction: None,
            sessions: Vec::new(),
            orders: Orders::default(),
            starts: Starts::default(),
            nonces: BTreeMap::new(),
            journal: Journal::default(),
            limiter: Limiter::default(),
            troubles: Troubles::default(),
            snowflakes: Snowflakes::default(),
        }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// A new id.
    pub(crate) fn next_id(&mut self) -> u64 {
        let now_ms = self.clock.now_ms();
        self.snowflakes.next(now_ms)
    }

    pub(crate) fn bot_name(&self) -> String {
        self.users.get(&APPLICATION_ID).map(|bot| bot.name.clone()).unwrap_or_default()
    }

    /// Names the bot, and its role in each guild.
    pub(crate) fn set_bot_name(&mut self, name: &str) {
        if let Some(bot) = self.users.get_mut(&APPLICATION_ID) {
            name.clone_into(&mut bot.name);
        }
        for guild in self.guilds.values_mut() {
            let bot_role = guild.bot_role;
            guild.role_mut(bot_role).into_iter().for_each(|role| name.clone_into(&mut role.name));
        }
    }

    /// A message, wherever it is.
    pub(crate) fn message(&self, channel: u64, message: u64) -> Option<&MessageRecord> {
        self.channels.get(&channel)?.message(message)
    }

    pub(crate) fn message_mut(&mut self, channel: u64, message: u64) -> Option<&mut MessageRecord> {
        self.channels.get_mut(&channel)?.message_mut(message)
    }

    /// The guild that a channel is in.
    pub(crate) fn guild_of(&self, channel: u64) -> Option<&GuildRecord> {
        self.guilds.get(&self.channels.get(&channel)?.guild_id?)
    }

    /// The channels of a guild, without threads, in order.
    pub(crate) fn channels_of(&self, guild: u64) -> impl Iterator<Item = &ChannelRecord> {
        self.channels.values().filter(move |channel| channel.guild_id == Some(guild) && !channel.is_thread())
    }

    /// The threads of a guild, in the order of their messages.
    pub(crate) fn threads_of(&self, guild: u64) -> impl Iterator<Item = &ChannelRecord> {
        self.channels.values().filter(move |channel| channel.guild_id == Some(guild) && channel.is_thread())
    }

    /// The direct message between two, opened when there is none.
    pub(crate) fn direct_channel(&mut self, one: u64, other: u64) -> u64 {
        let is_theirs = |channel: &&ChannelRecord| [one, other].iter().all(|side| channel.people.contains(side));
        let known = self.channels.values().find(is_theirs).map(|channel| channel.id);
        known.unwrap_or_else(|| {
            let id = self.next_id();
            self.channels.insert(id, ChannelRecord::direct(id, [one, other]));
            id
        })
    }
}
