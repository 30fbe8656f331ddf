//! Guilds, their channels and members.

use serde_json::Value;

use super::Outcome;
use super::request::{self, Answer};
use crate::refusal::{Refusal, Unknown};
use crate::wire;
use crate::world::World;
use crate::world::guild::GuildRecord;

/// A guild that the bot is in. Any other is unknown to it.
fn entered<'w>(world: &'w World, id: &str) -> Result<&'w GuildRecord, Refusal> {
    world.guilds.get(&request::id(id)?).filter(|guild| guild.has_bot()).ok_or_else(|| Refusal::unknown(Unknown::Guild))
}

pub(super) fn get(world: &World, id: &str) -> Outcome {
    Ok(Answer::ok(wire::guild::guild(entered(world, id)?)))
}

/// All channels, also those that the bot may not see, but no threads.
pub(super) fn channels(world: &World, id: &str) -> Outcome {
    let guild = entered(world, id)?;
    let channels = world.channels_of(guild.id).map(wire::guild::channel);
    Ok(Answer::ok(Value::Array(channels.collect())))
}

pub(super) fn member(world: &World, id: &str, user: &str) -> Outcome {
    let guild = entered(world, id)?;
    let user = request::id(user)?;
    if !world.users.contains_key(&user) {
        return Err(Refusal::unknown(Unknown::User));
    }
    let member = guild.members.get(&user).ok_or_else(|| Refusal::unknown(Unknown::Member))?;
    Ok(Answer::ok(wire::guild::member(world, member)))
}
