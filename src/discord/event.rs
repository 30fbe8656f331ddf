//! What the gateway brings, as small values of our own. Knows neither serenity nor what becomes of it.

use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use super::interaction::Interaction;
use crate::domain::id::{ChannelId, GuildId};

/// For so long Discord waits for a first answer; then it says itself that the bot does not respond
/// (discord.com/developers/docs/interactions/receiving-and-responding).
const WAITS_FOR: Duration = Duration::from_secs(3);

/// Something that happened on Discord.
#[derive(Debug)]
pub enum Event {
    /// A person did something that wants an answer.
    Interaction(Box<Arrival>),
    /// A connection is ready: these are all the guilds of its shard.
    Present {
        /// The guilds, those that are unavailable for now among them.
        guilds: Vec<GuildId>,
        /// Which shard, from 0.
        shard: u32,
        /// How many there are.
        shards: u32,
    },
    /// Starling is in a guild: it was added, or the guild is available again.
    Joined {
        /// Which.
        guild: GuildId,
        /// All its channels, those that Starling may not see among them, and no threads.
        channels: Vec<ChannelId>,
    },
    /// Starling was removed from a guild.
    Removed(GuildId),
    /// A channel was deleted.
    ChannelDeleted(ChannelId),
}

/// An interaction that waits.
#[derive(Debug)]
pub struct Arrival {
    /// What came.
    pub interaction: Interaction,
    /// When.
    pub at: Instant,
    /// Its part of the room that there is for all that waits.
    pub room: OwnedSemaphorePermit,
}

impl Arrival {
    /// Whether nobody waits for an answer any more.
    #[must_use]
    pub fn is_too_late(&self) -> bool {
        self.at.elapsed() >= WAITS_FOR
    }
}
