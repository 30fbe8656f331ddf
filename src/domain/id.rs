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
