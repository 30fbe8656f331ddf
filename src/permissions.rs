//! What Starling, or a person, may do in a channel, asked of Discord. Knows nothing of what becomes of a daily question for it.

use jiff::Timestamp;
use serenity::model::channel::{ChannelType, GuildChannel};
use serenity::model::guild::{Member, PartialGuild};
use serenity::model::permissions::Permissions;

use crate::app::App;
use crate::domain::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
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

impl From<RestError> for Unchecked {
    fn from(error: RestError) -> Unchecked {
        Unchecked::Unknown(error)
    }
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

/// Where something is to be said beside a message, and what keeps Starling and a person from saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// The thread under the message, or else its channel.
    pub place: ChannelId,
    /// What Starling lacks there.
    pub starling_lacks: Permissions,
    /// What the person lacks there; `None` where they are not in the guild.
    pub person_lacks: Option<Permissions>,
    /// Whether moderators have locked the thread, and one of both is none.
    pub is_locked: bool,
}

impl Saying {
    /// In a channel that Starling can't see, what the person may do is not looked at.
    fn unseen(place: ChannelId) -> Saying {
        let (starling_lacks, person_lacks) = (Permissions::VIEW_CHANNEL, Some(Permissions::empty()));
        Saying { place, starling_lacks, person_lacks, is_locked: false }
    }
}

/// Asks what Starling may do in a text channel of the guild.
///
/// # Errors
/// When there is no such channel, and when Discord does not say.
pub async fn in_channel(app: &App, guild: GuildId, channel: ChannelId) -> Result<InChannel, Unchecked> {
    let Some(found) = text_channel(app, guild, channel).await? else {
        return Ok(InChannel {
            missing: Permissions::VIEW_CHANNEL,
            missing_for_threads: Permissions::empty(),
            may_mention_all: false,
            roles: None,
        });
    };
    let (guild, member) = tokio::join!(app.rest.guild(guild), app.rest.member(guild, app.application.bot));
    let (guild, member) = (guild?, member?);
    let granted = granted(&guild, &found, &member, app.now());
    let roles = guild.roles.values().map(|role| (RoleId(role.id.get()), role.mentionable));
    Ok(InChannel {
        missing: NEEDED.difference(granted),
        missing_for_threads: NEEDED_FOR_THREADS.difference(granted),
        may_mention_all: granted.contains(Permissions::MENTION_EVERYONE),
        roles: Some(roles.collect()),
    })
}

/// Asks whether Starling and a person may say something beside a message: in the thread under it, or else in its channel. A thread that
/// was only archived opens again by itself for whoever says something; in one that is locked only moderators may.
///
/// # Errors
/// When there is no such channel, and when Discord does not say.
pub async fn beside(
    app: &App,
    guild: GuildId,
    channel: ChannelId,
    message: MessageId,
    person: UserId,
) -> Result<Saying, Unchecked> {
    let Some(found) = text_channel(app, guild, channel).await? else { return Ok(Saying::unseen(channel)) };
    let (thread, guild, bot, member) = tokio::join!(
        thread_under(app, message),
        app.rest.guild(guild),
        app.rest.member(guild, app.application.bot),
        member(app, guild, person)
    );
    let (thread, guild, bot, member) = (thread?, guild?, bot?, member?);
    let place = thread.as_ref().map_or(channel, |thread| ChannelId(thread.id.get()));
    let is_locked = thread.as_ref().and_then(|thread| thread.thread_metadata).is_some_and(|thread| thread.locked);
    let to_say = Permissions::VIEW_CHANNEL
        | if thread.is_some() { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES };
    let of_starling = granted(&guild, &found, &bot, app.now());
    let of_person = member.map(|member| granted(&guild, &found, &member, app.now()));
    let moderates = |granted: Permissions| granted.contains(Permissions::MANAGE_THREADS);
    Ok(Saying {
        place,
        starling_lacks: (to_say | Permissions::EMBED_LINKS | Permissions::READ_MESSAGE_HISTORY).difference(of_starling),
        person_lacks: of_person.map(|granted| to_say.difference(granted)),
        is_locked: is_locked && !(moderates(of_starling) && of_person.is_some_and(moderates)),
    })
}

/// A text channel of the guild; `None` where Starling can't see it, as then nothing else of it is told either.
async fn text_channel(app: &App, guild: GuildId, channel: ChannelId) -> Result<Option<GuildChannel>, Unchecked> {
    let found = match app.rest.channel(channel).await {
        Ok(found) => found,
        Err(error) if error.code() == Some(code::MISSING_ACCESS) => return Ok(None),
        Err(error) if error.code() == Some(code::UNKNOWN_CHANNEL) => return Err(Unchecked::NoTextChannel),
        Err(error) => return Err(error.into()),
    };
    let is_text = matches!(found.kind, ChannelType::Text | ChannelType::News);
    if found.guild_id.get() != guild.0 || !is_text {
        return Err(Unchecked::NoTextChannel);
    }
    Ok(Some(found))
}

/// The thread under a message, which has its id, where there is one.
async fn thread_under(app: &App, message: MessageId) -> Result<Option<GuildChannel>, RestError> {
    match app.rest.channel(ChannelId(message.0)).await {
        Err(error) if error.code() == Some(code::UNKNOWN_CHANNEL) => Ok(None),
        other => other.map(Some),
    }
}

/// A member of a guild, where the person is one.
async fn member(app: &App, guild: GuildId, person: UserId) -> Result<Option<Member>, RestError> {
    match app.rest.member(guild, person).await {
        Err(error) if matches!(error.code(), Some(code::UNKNOWN_MEMBER | code::UNKNOWN_USER)) => Ok(None),
        other => other.map(Some),
    }
}

/// What a member may do in a channel and its threads, which have its overwrites (discord.com/developers/docs/topics/permissions).
fn granted(guild: &PartialGuild, channel: &GuildChannel, member: &Member, now: Timestamp) -> Permissions {
    let granted = guild.user_permissions_in(channel, member);
    let until = member.communication_disabled_until.map(|until| until.unix_timestamp());
    let is_silenced = member.pending || until.is_some_and(|until| until > now.as_second());
    // Somebody in a time-out, or who has yet to agree to the server's rules, may look and read, unless nothing can be taken from them.
    if is_silenced && !granted.contains(Permissions::ADMINISTRATOR) {
        return granted & (Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY);
    }
    granted
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn everyone_may(permissions: Permissions) -> PartialGuild {
        let role = json!({
            "id": "1", "name": "@everyone", "permissions": permissions.bits().to_string(), "position": 0, "color": 0,
            "colors": { "primary_color": 0 }, "hoist": false, "managed": false, "mentionable": false, "flags": 0,
        });
        serde_json::from_value(json!({
            "id": "1", "name": "g", "owner_id": "9", "roles": [role], "emojis": [], "stickers": [], "features": [],
            "afk_timeout": 300, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
            "verification_level": 0, "nsfw_level": 0, "premium_tier": 0, "premium_subscription_count": 0,
            "preferred_locale": "en-US", "system_channel_flags": 0, "premium_progress_bar_enabled": false,
        }))
        .unwrap()
    }

    fn member(user: &str, until: Option<&str>, is_pending: bool) -> Member {
        serde_json::from_value(json!({
            "user": { "id": user, "username": "a", "discriminator": "0", "avatar": null }, "roles": [], "deaf": false,
            "mute": false, "flags": 0, "guild_id": "1", "joined_at": "2026-01-01T00:00:00Z",
            "communication_disabled_until": until, "pending": is_pending,
        }))
        .unwrap()
    }

    #[test]
    fn somebody_in_a_time_out_may_only_look_until_it_is_over() {
        let sending = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
        let guild = everyone_may(sending);
        let channel = serde_json::from_value(json!({ "id": "5", "guild_id": "1", "type": 0, "name": "c" })).unwrap();
        let now = "2026-05-04T07:00:00Z".parse().unwrap();
        let may = |user, until| granted(&guild, &channel, &member(user, until, false), now);
        assert_eq!(may("7", None), sending);
        assert_eq!(may("7", Some("2026-05-04T07:00:01Z")), Permissions::VIEW_CHANNEL);
        assert_eq!(may("7", Some("2026-05-04T07:00:00Z")), sending);
        assert!(may("9", Some("2026-05-04T07:00:01Z")).contains(sending), "the owner");
    }

    #[test]
    fn somebody_who_has_yet_to_agree_to_the_rules_may_only_look() {
        let sending = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
        let channel = serde_json::from_value(json!({ "id": "5", "guild_id": "1", "type": 0, "name": "c" })).unwrap();
        let may = |is_pending| {
            granted(&everyone_may(sending), &channel, &member("7", None, is_pending), Timestamp::UNIX_EPOCH)
        };
        assert_eq!(may(true), Permissions::VIEW_CHANNEL);
        assert_eq!(may(false), sending);
    }
}
