//! Where a person can go: their guilds with the channels in them, and their direct messages.

use serde_json::{Value, json};

use super::seat;
use crate::world::channel::{ChannelRecord, kind};
use crate::world::guild::GuildRecord;
use crate::world::{APPLICATION_ID, World};

/// The guilds that the person is in.
pub(super) fn guilds(world: &World, person: u64) -> Vec<Value> {
    seat::guilds_of(world, person).map(|guild| one_guild(world, person, guild)).collect()
}

fn one_guild(world: &World, person: u64, guild: &GuildRecord) -> Value {
    let mut channels = Vec::new();
    for channel in seat::channels_of(world, person, guild.id) {
        channels.push(one_channel(person, channel));
        let threads = world.threads_of(guild.id).filter(|thread| thread.parent_id == Some(channel.id));
        channels.extend(threads.map(|thread| one_channel(person, thread)));
    }
    json!({"id": guild.id.to_string(), "name": guild.name, "channels": channels})
}

fn one_channel(person: u64, channel: &ChannelRecord) -> Value {
    json!({
        "id": channel.id.to_string(),
        "name": channel.name,
        "type": channel.kind,
        "parent_id": channel.parent_id.map(|id| id.to_string()),
        "last_message_id": last_message(person, channel),
    })
}

/// The newest message that the person sees.
fn last_message(person: u64, channel: &ChannelRecord) -> Option<String> {
    channel.seen_by(person).next_back().map(|message| message.id.to_string())
}

/// The person's direct messages.
pub(super) fn directs(world: &World, person: u64) -> Vec<Value> {
    let own =
        world.channels.values().filter(|channel| channel.kind == kind::DIRECT && channel.people.contains(&person));
    own.map(|channel| {
        json!({
            "id": channel.id.to_string(),
            "name": name(world, person, channel),
            "last_message_id": last_message(person, channel),
        })
    })
    .collect()
}

/// The name of a channel; that of a direct message is the other side's.
fn name(world: &World, person: u64, channel: &ChannelRecord) -> String {
    let other = channel.people.iter().find(|id| **id != person).and_then(|id| world.users.get(id));
    other.map_or_else(|| channel.name.clone(), |user| user.name.clone())
}

/// The channel that the person looks at.
pub(super) fn open(world: &World, person: u64, id: u64) -> Option<Value> {
    let channel = world.channels.get(&id)?;
    let sending = world.sending(id);
    Some(json!({
        "id": id.to_string(),
        "name": name(world, person, channel),
        "type": channel.kind,
        "guild_id": channel.guild_id.map(|id| id.to_string()),
        "may_say": world.permissions(person, id) & sending != 0,
        "bot_may_post": world.permissions(APPLICATION_ID, id) & sending != 0,
    }))
}
