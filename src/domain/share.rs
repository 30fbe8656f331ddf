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
