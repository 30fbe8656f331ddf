//! Guilds, roles, members and channels.

use serde_json::{Value, json};

use crate::iso;
use crate::wire;
use crate::world::APPLICATION_ID;
use crate::world::World;
use crate::world::channel::{ChannelRecord, Overwrite, kind};
use crate::world::guild::{GuildRecord, MemberRecord, RoleRecord};

/// A guild, as REST gives it.
pub(crate) fn guild(guild: &GuildRecord) -> Value {
    let roles: Vec<Value> = guild.roles.iter().enumerate().map(|(position, held)| role(held, position)).collect();
    let own = json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "owner_id": guild.owner_id.to_string(),
        "roles": roles,
    });
    wire::with(own, unset())
}

/// What no guild of the sandbox has set.
fn unset() -> Value {
    let settings = json!({
        "icon": null,
        "splash": null,
        "discovery_splash": null,
        "banner": null,
        "description": null,
        "application_id": null,
        "region": "deprecated",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "system_channel_id": null,
        "system_channel_flags": 0,
        "rules_channel_id": null,
        "public_updates_channel_id": null,
        "safety_alerts_channel_id": null,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw": false,
        "nsfw_level": 0,
    });
    let features = json!({
        "emojis": [],
        "stickers": [],
        "features": [],
        "incidents_data": null,
        "max_presences": null,
        "max_members": 500_000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "vanity_url_code": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": false,
        "preferred_locale": "en-US",
        "home_header": null,
        "latest_onboarding_question_id": null,
        "inventory_settings": null,
    });
    wire::with(settings, features)
}

/// A guild, as the gateway gives it: with its channels and members.
pub(crate) fn created(world: &World, record: &GuildRecord) -> Value {
    let channels: Vec<Value> = world.channels_of(record.id).map(channel).collect();
    let threads: Vec<Value> = world.threads_of(record.id).map(channel).collect();
    let members: Vec<Value> = record.members.values().map(|held| member(world, held)).collect();
    let joined_ms = record.members.get(&APPLICATION_ID).map_or(0, |bot| bot.joined_ms);
    let live = json!({
        "joined_at": iso::text(joined_ms),
        "large": false,
        "unavailable": false,
        "member_count": record.members.len(),
        "voice_states": [],
        "members": members,
        "channels": channels,
        "threads": threads,
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    });
    wire::with(guild(record), live)
}

/// A role. `position` is its place in the list, `@everyone` at 0.
pub(crate) fn role(role: &RoleRecord, position: usize) -> Value {
    let value = json!({
        "id": role.id.to_string(),
        "name": role.name,
        "description": null,
        "permissions": role.permissions.to_string(),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    });
    if role.managed {
        let tags = json!({"tags": {"bot_id": APPLICATION_ID.to_string()}});
        wire::with(value, tags)
    } else {
        value
    }
}

/// A member with their user.
pub(crate) fn member(world: &World, member: &MemberRecord) -> Value {
    let user = world.users.get(&member.user).map_or(Value::Null, wire::user);
    json!({
        "user": user,
        "nick": null,
        "avatar": null,
        "banner": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "roles": wire::ids(&member.roles),
        "joined_at": iso::text(member.joined_ms),
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
        "communication_disabled_until": null,
        "unusual_dm_activity_until": null,
    })
}

/// A member as an interaction holds them: with what they may do in `channel`.
pub(crate) fn acting_member(world: &World, record: &MemberRecord, channel: u64) -> Value {
    let permissions = world.permissions(record.user, channel).to_string();
    wire::with(member(world, record), json!({ "permissions": permissions }))
}

/// A channel, a thread or a direct message.
pub(crate) fn channel(channel: &ChannelRecord) -> Value {
    let last = channel.public().next_back().map(|message| message.id.to_string());
    let value = json!({
        "id": channel.id.to_string(),
        "type": channel.kind,
        "last_message_id": last,
        "flags": 0,
    });
    if channel.is_thread() {
        wire::with(value, thread_fields(channel))
    } else if channel.kind == kind::DIRECT {
        value
    } else {
        wire::with(value, guild_fields(channel))
    }
}

fn guild_fields(channel: &ChannelRecord) -> Value {
    let overwrites: Vec<Value> = channel.overwrites.iter().map(overwrite).collect();
    json!({
        "guild_id": channel.guild_id.map(|id| id.to_string()),
        "name": channel.name,
        "parent_id": null,
        "position": channel.position,
        "permission_overwrites": overwrites,
        "topic": null,
        "nsfw": false,
        "rate_limit_per_user": 0,
        "last_pin_timestamp": null,
    })
}

fn thread_fields(thread: &ChannelRecord) -> Value {
    let messages = thread.public().count();
    json!({
        "guild_id": thread.guild_id.map(|id| id.to_string()),
        "name": thread.name,
        "parent_id": thread.parent_id.map(|id| id.to_string()),
        "owner_id": thread.owner_id.map(|id| id.to_string()),
        "rate_limit_per_user": 0,
        "message_count": messages,
        "total_message_sent": messages,
        "member_count": 1,
        "thread_metadata": thread_metadata(thread),
    })
}

fn thread_metadata(thread: &ChannelRecord) -> Value {
    json!({
        "archived": thread.is_archived,
        "archive_timestamp": iso::text(thread.opened_ms),
        "auto_archive_duration": thread.archive_minutes,
        "locked": thread.is_locked,
        "create_timestamp": iso::text(thread.opened_ms),
    })
}

fn overwrite(overwrite: &Overwrite) -> Value {
    json!({
        "id": overwrite.id.to_string(),
        "type": u8::from(overwrite.of_member),
        "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string(),
    })
}

/// A channel as an interaction holds it: short, with what `user` may do there.
pub(crate) fn partial_channel(world: &World, channel: &ChannelRecord, user: u64) -> Value {
    let value = json!({
        "id": channel.id.to_string(),
        "type": channel.kind,
        "flags": 0,
        "permissions": world.permissions(user, channel.id).to_string(),
    });
    let Some(guild) = channel.guild_id else {
        return value;
    };
    let value = wire::with(value, json!({"name": channel.name, "guild_id": guild.to_string()}));
    if !channel.is_thread() {
        return value;
    }
    let of_thread = json!({
        "parent_id": channel.parent_id.map(|id| id.to_string()),
        "thread_metadata": thread_metadata(channel),
    });
    wire::with(value, of_thread)
}

/// A direct message's channel, with the person in it.
pub(crate) fn direct_channel(world: &World, record: &ChannelRecord) -> Value {
    let others = record.people.iter().filter(|id| **id != APPLICATION_ID);
    let recipients: Vec<Value> = others.filter_map(|id| world.users.get(id)).map(wire::user).collect();
    wire::with(channel(record), json!({ "recipients": recipients }))
}

/// The stub of a guild in READY, which the gateway fills in afterwards.
pub(crate) fn unavailable(guild: &GuildRecord) -> Value {
    json!({ "id": guild.id.to_string(), "unavailable": true })
}
