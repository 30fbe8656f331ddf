//! The bot itself: who it is, where its gateway is, which commands it has.

use serde_json::{Value, json};

use super::Outcome;
use super::request::{self, Answer, Request};
use crate::check;
use crate::json::{as_id, given, integer, text};
use crate::refusal::{Refusal, Unknown};
use crate::wire;
use crate::world::{APPLICATION_ID, World, starts};

pub(super) fn gateway(world: &World) -> Answer {
    Answer::ok(json!({ "url": world.gateway_url }))
}

pub(super) fn gateway_bot(world: &World) -> Answer {
    let now_ms = world.now_ms();
    Answer::ok(json!({
        "url": world.gateway_url,
        "shards": 1,
        "session_start_limit": {
            "total": starts::TOTAL,
            "remaining": world.starts.remaining(now_ms),
            "reset_after": world.starts.reset_after_ms(now_ms),
            "max_concurrency": 1,
        },
    }))
}

pub(super) fn current_user(world: &World) -> Answer {
    Answer::ok(wire::current_user(world))
}

pub(super) fn application(world: &World) -> Answer {
    Answer::ok(wire::application(world))
}

pub(super) fn commands(world: &World, application: &str) -> Outcome {
    own(application)?;
    let commands = world.commands.clone().unwrap_or_default();
    Ok(Answer::ok(Value::Array(commands)))
}

/// Replaces all commands. One that keeps its name keeps its id.
pub(super) fn register(world: &mut World, request: &Request, application: &str) -> Outcome {
    own(application)?;
    let commands = request.body.as_array().ok_or_else(Refusal::unreadable_body)?;
    check::command::check(commands)?;
    let registered: Vec<Value> = commands.iter().map(|command| complete(world, command)).collect();
    world.commands = Some(registered.clone());
    Ok(Answer::ok(Value::Array(registered)))
}

fn own(application: &str) -> Result<(), Refusal> {
    if request::id(application)? == APPLICATION_ID { Ok(()) } else { Err(Refusal::unknown(Unknown::Application)) }
}

/// A command with all that Discord adds to it.
fn complete(world: &mut World, command: &Value) -> Value {
    let name = text(command, "name");
    let known = world
        .commands
        .iter()
        .flatten()
        .find(|known| text(known, "name") == name)
        .and_then(|known| as_id(known.get("id")?));
    let id = known.unwrap_or_else(|| world.next_id());
    let version = world.next_id();
    let or = |key: &str, unsaid: Value| given(command, key).cloned().unwrap_or(unsaid);
    json!({
        "id": id.to_string(),
        "application_id": APPLICATION_ID.to_string(),
        "version": version.to_string(),
        "type": integer(command, "type").unwrap_or(1),
        "name": name,
        "name_localizations": or("name_localizations", Value::Null),
        "description": or("description", json!("")),
        "description_localizations": or("description_localizations", Value::Null),
        "options": or("options", json!([])),
        "default_member_permissions": or("default_member_permissions", Value::Null),
        "dm_permission": or("dm_permission", json!(true)),
        "contexts": or("contexts", Value::Null),
        "integration_types": or("integration_types", json!([0])),
        "nsfw": or("nsfw", json!(false)),
    })
}
