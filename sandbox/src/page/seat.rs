//! Who looks at the page, and where they stand.

use std::collections::BTreeMap;

use axum::extract::Query;

use crate::json::as_id;
use crate::permissions::VIEW_CHANNEL;
use crate::world::World;
use crate::world::channel::ChannelRecord;
use crate::world::guild::{GuildRecord, UserRecord};

/// The query of a request: `as` and `in`.
pub(super) type Asked = Query<BTreeMap<String, String>>;

/// A person and a channel that they see; only what exists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    pub(super) person: u64,
    pub(super) channel: Option<u64>,
}

impl Seat {
    /// What was asked for, as far as it is there: else the first person, and the first channel
    /// that the person sees. None where there is nobody.
    pub(super) fn of(world: &World, asked: &BTreeMap<String, String>) -> Option<Seat> {
        let id = |key: &str| asked.get(key).and_then(|digits| as_id(&digits.as_str().into()));
        let is_meant = |user: &&UserRecord| Some(user.id) == id("as");
        let person = people(world).find(is_meant).or_else(|| people(world).next())?.id;
        let channel = id("in").filter(|channel| sees(world, person, *channel));
        let first = || {
            let mut channels = guilds_of(world, person).flat_map(|guild| channels_of(world, person, guild.id));
            channels.next().map(|channel| channel.id)
        };
        Some(Seat { person, channel: channel.or_else(first) })
    }
}

/// The people whom somebody can play, in the order in which they were made. The owner that each
/// guild begins with is nobody's part.
pub(super) fn people(world: &World) -> impl Iterator<Item = &UserRecord> {
    let owns = |user: &UserRecord| world.guilds.values().any(|guild| guild.owner_id == user.id);
    world.users.values().filter(move |user| !user.bot && !owns(user))
}

/// Whether someone of that id can be played.
pub(super) fn is_person(world: &World, id: u64) -> bool {
    people(world).any(|user| user.id == id)
}

/// The guilds that a person is in.
pub(super) fn guilds_of(world: &World, person: u64) -> impl Iterator<Item = &GuildRecord> {
    world.guilds.values().filter(move |guild| guild.members.contains_key(&person))
}

/// The channels of a guild that a person sees, without threads.
pub(super) fn channels_of(world: &World, person: u64, guild: u64) -> impl Iterator<Item = &ChannelRecord> {
    world.channels_of(guild).filter(move |channel| sees(world, person, channel.id))
}

fn sees(world: &World, person: u64, channel: u64) -> bool {
    world.permissions(person, channel) & VIEW_CHANNEL != 0
}
