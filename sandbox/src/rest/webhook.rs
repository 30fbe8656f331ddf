//! After the first answer: its message read, edited and deleted, and follow-ups.
//!
//! All go by the interaction's token, within its fifteen minutes.

use super::Outcome;
use super::callback::occasion;
use super::channel::shown;
use super::request::{self, Answer, Request};
use crate::interaction::{Answer as First, Interaction};
use crate::refusal::{Refusal, Unknown};
use crate::world::{APPLICATION_ID, World};

/// The interaction with this token, while it serves.
fn living(world: &World, application: &str, token: &str) -> Result<Interaction, Refusal> {
    let unknown = || Refusal::unknown(Unknown::Webhook);
    if request::id(application)? != APPLICATION_ID {
        return Err(unknown());
    }
    let interaction =
        world.interactions.values().rev().find(|interaction| interaction.token == token).ok_or_else(unknown)?;
    interaction.may_follow(world.now_ms())?;
    Ok(interaction.clone())
}

/// The message that `@original` or an id means: none that this interaction has no part in.
fn own_message(interaction: &Interaction, said: &str) -> Result<u64, Refusal> {
    let unknown = || Refusal::unknown(Unknown::Message);
    if said == "@original" {
        return interaction.original.ok_or_else(unknown);
    }
    let id = request::id(said)?;
    let own = interaction.original == Some(id) || interaction.follow_ups.contains(&id);
    own.then_some(id).ok_or_else(unknown)
}

pub(super) fn get(world: &World, application: &str, token: &str, message: &str) -> Outcome {
    let interaction = living(world, application, token)?;
    let message = own_message(&interaction, message)?;
    shown(world, interaction.channel_id, message)
}

pub(super) fn edit(world: &mut World, request: &Request, application: &str, token: &str, message: &str) -> Outcome {
    let interaction = living(world, application, token)?;
    let message = own_message(&interaction, message)?;
    rewrite(world, request, &interaction, message)
}

fn rewrite(world: &mut World, request: &Request, interaction: &Interaction, message: u64) -> Outcome {
    let deed = Some(interaction.deed.clone());
    world.rewrite(interaction.channel_id, message, request.payload(), deed)?;
    if interaction.original == Some(message) {
        settle(world, interaction.id);
    }
    shown(world, interaction.channel_id, message)
}

/// A deferral is made good.
fn settle(world: &mut World, interaction: u64) {
    if let Some(kept) = world.interactions.get_mut(&interaction) {
        kept.settled = true;
    }
}

pub(super) fn delete(world: &mut World, application: &str, token: &str, message: &str) -> Outcome {
    let interaction = living(world, application, token)?;
    let message = own_message(&interaction, message)?;
    world.remove(interaction.channel_id, message)?;
    if interaction.original == Some(message) {
        settle(world, interaction.id);
    }
    Ok(Answer::no_content())
}

/// A further message. The first one after a deferred message takes that one's place, and its
/// privacy.
pub(super) fn follow_up(world: &mut World, request: &Request, application: &str, token: &str) -> Outcome {
    let interaction = living(world, application, token)?;
    if let (true, Some(First::DeferredMessage), Some(original)) =
        (interaction.is_pending(), &interaction.answer, interaction.original)
    {
        return rewrite(world, request, &interaction, original);
    }
    interaction.may_go_on()?;
    let occasion = occasion(&interaction, &request.body);
    let channel = interaction.channel_id;
    let message = world.write(channel, request.payload(), occasion)?;
    if let Some(kept) = world.interactions.get_mut(&interaction.id) {
        kept.follow_ups.push(message);
    }
    shown(world, channel, message)
}
