//! Messages.

use serde_json::{Map, Value, json};

use crate::interaction::{Interaction, Kind};
use crate::iso;
use crate::wire;
use crate::world::file::FileRecord;
use crate::world::message::{MessageRecord, flag};
use crate::world::{APPLICATION_ID, World};

/// A message.
pub(crate) fn message(world: &World, message: &MessageRecord) -> Value {
    let pinged: Vec<Value> = users(world, &message.pings.users);
    let mut value = json!({
        "id": message.id.to_string(),
        "channel_id": message.channel_id.to_string(),
        "author": users(world, &[message.author_id]).pop(),
        "type": message.kind,
        "content": message.content,
        "timestamp": iso::text(message.sent_ms),
        "edited_timestamp": message.edited_ms.map(iso::text),
        "tts": false,
        "mention_everyone": message.pings.everyone,
        "mentions": pinged,
        "mention_roles": wire::ids(&message.pings.roles),
        "attachments": message.files.iter().map(|file| attachment(world, message, file)).collect::<Vec<_>>(),
        "embeds": message.embeds.iter().map(embed).collect::<Vec<_>>(),
        "components": message.components,
        "pinned": false,
        "flags": flags(message),
    });
    if let Some(fields) = value.as_object_mut() {
        add_origin(world, message, fields);
    }
    value
}

fn users(world: &World, ids: &[u64]) -> Vec<Value> {
    ids.iter().filter_map(|id| world.users.get(id)).map(wire::user).collect()
}

fn flags(message: &MessageRecord) -> i64 {
    let set = |held: bool, bit: i64| if held { bit } else { 0 };
    message.flags
        | set(message.seen_by.is_some(), flag::EPHEMERAL)
        | set(message.loading, flag::LOADING)
        | set(message.has_thread, flag::HAS_THREAD)
}

/// A file of a message. Its address serves as long as the message is there.
fn attachment(world: &World, message: &MessageRecord, file: &FileRecord) -> Value {
    let url = format!("{}/{}/{}/{}", world.files_url, message.channel_id, file.id, file.name);
    let value = json!({
        "id": file.id.to_string(),
        "filename": file.name,
        "size": file.bytes.len(),
        "content_type": file.content_type,
        "url": url,
        "proxy_url": url,
        "ephemeral": message.seen_by.is_some(),
    });
    match &file.description {
        Some(words) => wire::with(value, json!({ "description": words })),
        None => value,
    }
}

/// An embed comes back with its type, as Discord adds it.
fn embed(embed: &Value) -> Value {
    wire::with(embed.clone(), json!({"type": "rich"}))
}

/// What not every message has.
fn add_origin(world: &World, message: &MessageRecord, fields: &mut Map<String, Value>) {
    if let Some(nonce) = &message.nonce {
        fields.insert("nonce".to_owned(), nonce.clone());
    }
    let interaction = message.interaction.and_then(|id| world.interactions.get(&id));
    if let Some(interaction) = interaction {
        let application = json!(APPLICATION_ID.to_string());
        fields.insert("application_id".to_owned(), application.clone());
        fields.insert("webhook_id".to_owned(), application);
        if let Some(name) = &interaction.command {
            fields.insert("interaction".to_owned(), used_command(world, interaction, name));
        }
        let metadata = interaction_metadata(world, interaction);
        fields.insert("interaction_metadata".to_owned(), metadata);
    }
    if let Some(answered) = message.answers {
        let reference = json!({
            "type": 0,
            "message_id": answered.to_string(),
            "channel_id": message.channel_id.to_string(),
        });
        fields.insert("message_reference".to_owned(), reference);
    }
    if let Some(thread) = world.channels.get(&message.id).filter(|_| message.has_thread) {
        fields.insert("thread".to_owned(), wire::guild::channel(thread));
    }
}

/// The older way to tell which command brought a message; it alone has the name of the command.
fn used_command(world: &World, interaction: &Interaction, name: &str) -> Value {
    json!({
        "id": interaction.id.to_string(),
        "type": interaction.kind.number(),
        "name": name,
        "user": users(world, &[interaction.user_id]).pop(),
    })
}

/// How an interaction is told on the message that it brought.
fn interaction_metadata(world: &World, interaction: &Interaction) -> Value {
    let told = |kind: Kind| {
        json!({
            "id": interaction.id.to_string(),
            "type": kind.number(),
            "user": users(world, &[interaction.user_id]).pop(),
            "authorizing_integration_owners": wire::owners(interaction),
        })
    };
    let of_component = |message: u64| {
        wire::with(told(Kind::Component { message }), json!({"interacted_message_id": message.to_string()}))
    };
    match interaction.kind {
        Kind::Component { message } => of_component(message),
        Kind::Modal { message } => {
            // The sandbox does not keep what opened a modal; only its kind is right here.
            let opened_by = message.map_or_else(|| told(Kind::Command), of_component);
            wire::with(told(interaction.kind), json!({"triggering_interaction_metadata": opened_by}))
        }
        kind => told(kind),
    }
}
