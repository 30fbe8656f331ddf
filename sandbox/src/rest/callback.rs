//! The first answer to an interaction.

use serde_json::{Value, json};

use super::Outcome;
use super::request::{self, Answer, Request};
use crate::check;
use crate::interaction::{Answer as First, Interaction, callback};
use crate::json::{given, integer, list};
use crate::refusal::{Refusal, Unknown};
use crate::wire;
use crate::world::World;
use crate::world::file::Payload;
use crate::world::post::Occasion;

/// Takes the first answer. A refused one uses nothing up.
pub(super) fn answer(world: &mut World, request: &Request, id: &str, token: &str) -> Outcome {
    let interaction = world
        .interactions
        .get(&request::id(id)?)
        .filter(|interaction| interaction.token == token)
        .ok_or_else(|| Refusal::unknown(Unknown::Interaction))?
        .clone();
    let kind = integer(&request.body, "type").unwrap_or(0);
    interaction.may_answer(world.now_ms(), kind)?;
    let nothing = json!({});
    let data = given(&request.body, "data").unwrap_or(&nothing);
    let payload = Payload { body: data, files: &request.files };
    let (first, original) = take(world, &interaction, kind, payload)?;
    if let Some(kept) = world.interactions.get_mut(&interaction.id) {
        kept.settled = !matches!(first, First::DeferredMessage | First::DeferredUpdate);
        kept.answer = Some(first);
        kept.original = original;
    }
    if request.asked("with_response") == Some("true") {
        return Ok(Answer::ok(told(world, &interaction, kind, original)));
    }
    Ok(Answer::no_content())
}

/// Does what the answer says. Returns it with the message that `@original` means from now on.
fn take(
    world: &mut World,
    interaction: &Interaction,
    kind: i64,
    payload: Payload<'_>,
) -> Result<(First, Option<u64>), Refusal> {
    let data = payload.body;
    let channel = interaction.channel_id;
    let used = interaction.kind.message();
    match kind {
        callback::MESSAGE => {
            let message = world.write(channel, payload, occasion(interaction, data))?;
            Ok((First::Message, Some(message)))
        }
        callback::DEFERRED_MESSAGE => {
            let message = world.promise(channel, occasion(interaction, data))?;
            Ok((First::DeferredMessage, Some(message)))
        }
        callback::DEFERRED_UPDATE => Ok((First::DeferredUpdate, used)),
        callback::UPDATE => {
            let message = used.ok_or_else(|| Refusal::unknown(Unknown::Message))?;
            world.rewrite(channel, message, payload, Some(interaction.deed.clone()))?;
            Ok((First::Update, used))
        }
        callback::CHOICES => {
            check::choice::check(data)?;
            Ok((First::Choices(list(data, "choices").to_vec()), None))
        }
        _ => {
            check::modal::check(data)?;
            Ok((First::Modal(data.clone()), None))
        }
    }
}

/// How the answer to an interaction comes about.
pub(super) fn occasion(interaction: &Interaction, data: &Value) -> Occasion {
    let private = World::asks_for_privacy(data);
    Occasion {
        interaction: Some(interaction.id),
        answers: interaction.kind.message(),
        seen_by: private.then_some(interaction.user_id),
        unread: Some(interaction.deed.clone()),
    }
}

/// The answer to the answer, for those who asked for it.
fn told(world: &World, interaction: &Interaction, kind: i64, original: Option<u64>) -> Value {
    let message = original.and_then(|id| world.message(interaction.channel_id, id));
    let shown = message.map(|message| wire::message::message(world, message));
    json!({
        "interaction": {
            "id": interaction.id.to_string(),
            "type": interaction.kind.number(),
            "channel_id": interaction.channel_id.to_string(),
            "guild_id": interaction.guild_id.map(|id| id.to_string()),
            "response_message_id": original.map(|id| id.to_string()),
            "response_message_loading": message.map(|message| message.loading),
            "response_message_ephemeral": message.map(|message| message.seen_by.is_some()),
        },
        "resource": {"type": kind, "message": shown},
    })
}
