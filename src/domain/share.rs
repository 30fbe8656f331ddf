//! An answer that its author shares. Knows nothing of how it looks or is sent.

use jiff::Timestamp;

use super::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};

/// Where an answer is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The answer.
    pub answer: InteractionId,
    /// Its author, who alone may take it back.
    pub user: UserId,
    /// The guild.
    pub guild: GuildId,
    /// The channel, or the thread.
    pub channel: ChannelId,
    /// The message; absent until Discord has told it.
    pub message: Option<MessageId>,
    /// When the author shared it.
    pub at: Timestamp,
}

/// A share whose message could not be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The share.
    pub share: Share,
    /// Whether its thread is archived and Starling may not open it, as when moderators have locked it.
    pub is_shut: bool,
}

impl Share {
    /// Where people find it in Discord: its message, or while that is not known its channel
    /// (discord.com/developers/docs/reference, "Message Formatting").
    #[must_use]
    pub fn link(&self) -> String {
        let channel = format!("https://discord.com/channels/{}/{}", self.guild, self.channel);
        self.message.map_or_else(|| channel.clone(), |message| format!("{channel}/{message}"))
    }
}
