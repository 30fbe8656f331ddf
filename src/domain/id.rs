//! Discord's ids as types, so that a channel is never taken for a guild. Knows nothing of where they come from.

use std::fmt;

macro_rules! id {
    ($($name:ident: $what:literal),* $(,)?) => {$(
        #[doc = concat!("The snowflake of ", $what, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id! {
    GuildId: "a guild, which people call a server",
    ChannelId: "a channel or a thread",
    MessageId: "a message",
    RoleId: "a role",
    UserId: "a person or a bot",
    InteractionId: "an interaction, and so of the answer that came with it",
}

impl GuildId {
    /// Whether a shard is told of this guild, of so many (discord.com/developers/docs/events/gateway#sharding).
    #[must_use]
    pub fn is_of_shard(self, shard: u32, shards: u32) -> bool {
        (self.0 >> 22).checked_rem(u64::from(shards)).is_none_or(|of| of == u64::from(shard))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_guild_is_of_one_shard() {
        let guild = GuildId((7 << 22) + 3);
        let of = |shards| (0..shards).filter(|shard| guild.is_of_shard(*shard, shards)).collect::<Vec<_>>();
        assert_eq!((of(1), of(2), of(3), of(16)), (vec![0], vec![1], vec![1], vec![7]));
    }
}
