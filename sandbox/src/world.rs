//! All that the sandbox holds: guilds, channels, messages, interactions, sessions.
//!
//! Plain records behind one lock. Knows neither HTTP nor sockets; the rules are in the
//! files below it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::clock::Clock;
use crate::interaction::Interaction;
use crate::session::Session;
use crate::snowflake::Snowflakes;

pub(crate) mod access;
pub(crate) mod channel;
pub(crate) mod deed;
pub(crate) mod guild;
pub(crate) mod journal;
pub(crate) mod mention;
pub(crate) mod message;
pub(crate) mod post;

use channel::ChannelRecord;
use guild::{GuildRecord, UserRecord};
use journal::Journal;
use message::MessageRecord;

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
    pub(crate) users: BTreeMap<u64, UserRecord>,
    pub(crate) guilds: BTreeMap<u64, GuildRecord>,
    /// Channels of guilds, threads and direct messages.
    pub(crate) channels: BTreeMap<u64, ChannelRecord>,
    /// What the bot registered; `None` until it did.
    pub(crate) commands: Option<Vec<Value>>,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    pub(crate) sessions: Vec<Session>,
    /// Messages sent with an enforced nonce.
    pub(crate) nonces: BTreeMap<String, Nonce>,
    pub(crate) journal: Journal,
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
    /// A world with nobody in it but the bot.
    pub(crate) fn new(clock: Clock, gateway_url: String) -> World {
        let bot = UserRecord::bot(APPLICATION_ID, "Bot");
        World {
            clock,
            gateway_url,
            users: BTreeMap::from([(APPLICATION_ID, bot)]),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            commands: None,
            interactions: BTreeMap::new(),
            sessions: Vec::new(),
            nonces: BTreeMap::new(),
            journal: Journal::default(),
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

    /// A message, wherever it is.
    pub(crate) fn message(&self, channel: u64, message: u64) -> Option<&MessageRecord> {
        self.channels.get(&channel)?.message(message)
    }

    pub(crate) fn message_mut(&mut self, channel: u64, message: u64) -> Option<&mut MessageRecord> {
        self.channels.get_mut(&channel)?.message_mut(message)
    }

    /// Sends an event to the sessions that it concerns. `intent` is a bit of which one must have
    /// been asked for, or 0 for events that come unasked.
    pub(crate) fn dispatch(&mut self, event: &str, payload: &Value, guild: Option<u64>, intent: u64) {
        for session in &mut self.sessions {
            if session.hears(guild, intent) {
                session.send(event, payload);
            }
        }
    }
}
