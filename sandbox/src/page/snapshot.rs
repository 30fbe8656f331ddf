//! All that a person sees at one moment, as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::places;
use super::seat::{self, Seat};
use crate::session::Session;
use crate::shared::Shared;
use crate::wire;
use crate::world::guild::UserRecord;
use crate::world::{APPLICATION_ID, World};

/// The most messages that are shown.
const MESSAGES: usize = 200;

/// Milliseconds of a second.
const SECOND: i64 = 1000;

/// What is to be seen from the seat that was asked for. The messages there count as looked at.
pub(super) fn take(shared: &Shared, asked: &BTreeMap<String, String>) -> Value {
    let host = Host { is_there: shared.host().is_there(), runs_bot: shared.host().runs_bot() };
    // No news for anyone else: a direct message that nothing is in, and a look.
    shared.note(|world| {
        let seat = Seat::of(world, asked);
        if let Some(seat) = seat {
            world.direct_channel(APPLICATION_ID, seat.person);
            looks(world, seat);
        }
        let general = general(world, host);
        wire::with(general, seat.map_or_else(nobody, |seat| seen(world, seat)))
    })
}

fn looks(world: &mut World, seat: Seat) {
    let channel = seat.channel.and_then(|id| world.channels.get_mut(&id));
    let messages = channel.into_iter().flat_map(|channel| &mut channel.messages);
    messages.filter(|message| message.is_seen_by(seat.person)).for_each(|message| message.unread = None);
}

/// What is known of the program that runs the bot.
#[derive(Clone, Copy)]
struct Host {
    is_there: bool,
    runs_bot: Option<bool>,
}

/// What is the same for everyone.
fn general(world: &World, host: Host) -> Value {
    let by_hand = world.clock.is_by_hand();
    let now = world.now_ms();
    json!({
        // A clock that runs by itself is news once a second.
        "now": if by_hand { now } else { now - now.rem_euclid(SECOND) },
        "by_hand": by_hand,
        "people": seat::people(world).map(|user| person(world, user)).collect::<Vec<_>>(),
        "bot": {
            "id": APPLICATION_ID.to_string(),
            "name": world.bot_name(),
            "connected": world.sessions.iter().any(Session::is_connected),
            "host": host.is_there,
            "running": host.runs_bot,
        },
        "faults": {"rest": world.troubles.has_outage(), "gateway": world.orders.refuses},
    })
}

fn person(world: &World, user: &UserRecord) -> Value {
    let roles: Vec<&str> = seat::guilds_of(world, user.id)
        .flat_map(|guild| {
            let held = guild.members.get(&user.id).map(|member| member.roles.as_slice()).unwrap_or_default();
            held.iter().filter_map(|id| guild.role(*id)).map(|role| role.name.as_str())
        })
        .collect();
    json!({"id": user.id.to_string(), "name": user.name, "roles": roles})
}

/// What is to be seen where there is nobody to look.
fn nobody() -> Value {
    json!({
        "me": null,
        "guilds": [],
        "dms": [],
        "channel": null,
        "messages": [],
        "names": {"users": {}, "roles": {}, "channels": {}},
    })
}

/// What one person sees.
fn seen(world: &World, Seat { person, channel }: Seat) -> Value {
    json!({
        "me": person.to_string(),
        "guilds": places::guilds(world, person),
        "dms": places::directs(world, person),
        "channel": channel.and_then(|id| places::open(world, person, id)),
        "messages": channel.map(|id| messages(world, person, id)).unwrap_or_default(),
        "names": names(world, person),
    })
}

fn messages(world: &World, person: u64, channel: u64) -> Vec<Value> {
    let Some(channel) = world.channels.get(&channel) else {
        return Vec::new();
    };
    let newest = channel.seen_by(person).rev().take(MESSAGES);
    let mut messages: Vec<Value> = newest.map(|message| wire::message::message(world, message)).collect();
    messages.reverse();
    messages
}

/// What mentions are shown as: everyone's name, and those of the roles and channels that the
/// person knows.
fn names(world: &World, person: u64) -> Value {
    let named = |id: u64, name: &str| (id.to_string(), Value::from(name));
    let users: Map<String, Value> = world.users.values().map(|user| named(user.id, &user.name)).collect();
    let (mut roles, mut channels) = (Map::new(), Map::new());
    for guild in seat::guilds_of(world, person) {
        roles.extend(guild.roles.iter().map(|role| named(role.id, &role.name)));
        for channel in seat::channels_of(world, person, guild.id) {
            channels.extend([named(channel.id, &channel.name)]);
            let threads = world.threads_of(guild.id).filter(|thread| thread.parent_id == Some(channel.id));
            channels.extend(threads.map(|thread| named(thread.id, &thread.name)));
        }
    }
    json!({"users": users, "roles": roles, "channels": channels})
}
