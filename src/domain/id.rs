//! Discord's ids as types, so that a channel is never taken for a guild. Knows nothing of where they come from.

use std::fmt;

use jiff::Timestamp;

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

/// The first millisecond that Discord's ids count from (discord.com/developers/docs/reference, "Snowflakes").
const EPOCH: i64 = 1_420_070_400_000;

impl MessageId {
    /// The lowest id that anything made at an instant can have.
    #[must_use]
    pub fn first_at(at: Timestamp) -> MessageId {
        let since_epoch = u64::try_from(at.as_millisecond().saturating_sub(EPOCH)).unwrap_or(0);
        MessageId(since_epoch << 22)
    }

    /// When something with this id was made.
    #[must_use]
    pub fn made_at(self) -> Timestamp {
        let since_epoch = i64::try_from(self.0 >> 22).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(since_epoch.saturating_add(EPOCH)).unwrap_or(Timestamp::MAX)
    }
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
    fn an_id_tells_when_it_was_made() {
        let at: Timestamp = "2026-05-04T07:00:00.123Z".parse().unwrap();
        assert_eq!(MessageId::first_at(at).made_at(), at);
        assert_eq!(MessageId::first_at("1999-01-01T00:00:00Z".parse().unwrap()).0, 0);
    }

    #[test]
    fn each_guild_is_of_one_shard() {
        let guild = GuildId((7 << 22) + 3);
        let of = |shards| (0..shards).filter(|shard| guild.is_of_shard(*shard, shards)).collect::<Vec<_>>();
        assert_eq!((of(1), of(2), of(3), of(16)), (vec![0], vec![1], vec![1], vec![7]));
    }
}
