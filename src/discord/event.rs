//! What the gateway brings, as small values of our own. Knows neither serenity nor what becomes of it.

use super::interaction::Interaction;
use crate::domain::id::{ChannelId, GuildId};

/// Something that happened on Discord.
#[derive(Debug)]
pub enum Event {
    /// A person did something that wants an answer.
    Interaction(Interaction),
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
