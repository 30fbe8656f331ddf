//! What Starling may do in a channel, asked of Discord. Knows nothing of what becomes of a daily question for it.

use serenity::model::channel::ChannelType;
use serenity::model::permissions::Permissions;

use crate::app::App;
use crate::domain::id::{ChannelId, GuildId, RoleId};
use crate::reply::standing::{Access, SilentRole};
use crate::rest::{RestError, code};

/// What a daily post needs. Without the last, Discord shows an empty channel instead of an error.
pub const NEEDED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// What threads under posts need besides.
pub const NEEDED_FOR_THREADS: Permissions =
    Permissions::CREATE_PUBLIC_THREADS.union(Permissions::SEND_MESSAGES_IN_THREADS);

/// Why the permissions in a channel are not known.
#[derive(Debug)]
pub enum Unchecked {
    /// The guild has no such text channel.
    NoTextChannel,
    /// Discord did not say.
    Unknown(RestError),
}

/// What Starling may do in a channel.
#[derive(Debug)]
pub struct InChannel {
    missing: Permissions,
    missing_for_threads: Permissions,
    /// Whether it may mention every role.
    may_mention_all: bool,
    /// Every role, and whether everyone may mention it; unknown where not even the channel can be seen.
    roles: Option<Vec<(RoleId, bool)>>,
}

impl InChannel {
    /// Which of the [`NEEDED`] permissions are missing.
    #[must_use]
    pub fn missing(&self) -> Permissions {
        self.missing
    }

    /// The same for a daily question that mentions this role.
    #[must_use]
    pub fn access(&self, role: Option<RoleId>) -> Access {
        let silent_role = role.and_then(|role| self.silent(role));
        Access::Known { missing: self.missing, missing_for_threads: self.missing_for_threads, silent_role }
    }

    fn silent(&self, role: RoleId) -> Option<SilentRole> {
        match self.roles.as_ref()?.iter().find(|(known, _)| *known == role) {
            None => Some(SilentRole::Gone),
            Some((_, is_mentionable)) if self.may_mention_all || *is_mentionable => None,
            Some(_) => Some(SilentRole::Quiet(role)),
        }
    }
}

/// Asks what Starling may do in a text channel of the guild.
///
/// # Errors
/// When there is no such channel, and when Discord does not say.
pub async fn in_channel(app: &App, guild: GuildId, channel: ChannelId) -> Result<InChannel, Unchecked> {
    let found = match app.rest.channel(channel).await {
        Ok(found) => found,
        // What stands in a channel that can't be seen is not told either, so this is all that can be named.
        Err(error) if error.code() == Some(code::MISSING_ACCESS) => {
            return Ok(InChannel {
                missing: Permissions::VIEW_CHANNEL,
                missing_for_threads: Permissions::empty(),
                may_mention_all: false,
                roles: None,
            });
        }
        Err(error) if error.code() == Some(code::UNKNOWN_CHANNEL) => return Err(Unchecked::NoTextChannel),
        Err(error) => return Err(Unchecked::Unknown(error)),
    };
    let is_text = matches!(found.kind, ChannelType::Text | ChannelType::News);
    if found.guild_id.get() != guild.0 || !is_text {
        return Err(Unchecked::NoTextChannel);
    }
    let (guild, member) = tokio::join!(app.rest.guild(guild), app.rest.member(guild, app.application.bot));
    let (guild, member) = match (guild, member) {
        (Ok(guild), Ok(member)) => (guild, member),
        (Err(error), _) | (_, Err(error)) => return Err(Unchecked::Unknown(error)),
    };
    let granted = guild.user_permissions_in(&found, &member);
    let roles = guild.roles.values().map(|role| (RoleId(role.id.get()), role.mentionable));
    Ok(InChannel {
        missing: NEEDED.difference(granted),
        missing_for_threads: NEEDED_FOR_THREADS.difference(granted),
        may_mention_all: granted.contains(Permissions::MENTION_EVERYONE),
        roles: Some(roles.collect()),
    })
}
