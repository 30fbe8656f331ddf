//! Interactions, as the gateway brings them.
//!
//! Source: <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use serde_json::{Value, json};

use crate::interaction::Interaction;
use crate::permissions::{ATTACH_FILES, EMBED_LINKS, MENTION_EVERYONE};
use crate::wire;
use crate::world::{APPLICATION_ID, World};

/// The largest file that may be sent, in bytes.
const ATTACHMENT_SIZE_LIMIT: u64 = 10_485_760;

/// What an application may do where it is no member.
const OF_STRANGERS: u64 = ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE;

fn app_permissions(world: &World, channel: u64) -> u64 {
    let own = world.permissions(APPLICATION_ID, channel);
    if own == 0 && !world.has_bot(channel) { OF_STRANGERS } else { own }
}

/// The event `INTERACTION_CREATE`. `data` is what was typed, clicked or sent.
pub(crate) fn created(world: &World, interaction: &Interaction, data: &Value) -> Value {
    let channel = world.channels.get(&interaction.channel_id);
    let user = world.users.get(&interaction.user_id);
    let value = json!({
        "id": interaction.id.to_string(),
        "application_id": APPLICATION_ID.to_string(),
        "type": interaction.kind.number(),
        "data": data,
        "channel_id": interaction.channel_id.to_string(),
        "channel": channel.map(|held| wire::guild::partial_channel(world, held, interaction.user_id)),
        "token": interaction.token,
        "version": 1,
        "app_permissions": app_permissions(world, interaction.channel_id).to_string(),
        "locale": user.map(|user| user.locale.as_str()),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": wire::owners(interaction),
        "context": world.context(interaction.channel_id),
        "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
    });
    let value = wire::with(value, who(world, interaction));
    let source = interaction.kind.message().and_then(|id| world.message(interaction.channel_id, id));
    match source {
        Some(held) => wire::with(value, json!({"message": wire::message::message(world, held)})),
        None => value,
    }
}

/// The member and their guild, or in a direct message the user alone.
fn who(world: &World, interaction: &Interaction) -> Value {
    let guild = interaction.guild_id.and_then(|id| world.guilds.get(&id));
    let member = guild.and_then(|guild| guild.members.get(&interaction.user_id));
    let (Some(guild), Some(member)) = (guild, member) else {
        let person = world.users.get(&interaction.user_id);
        return json!({ "user": person.map(wire::user) });
    };
    let id = guild.id.to_string();
    json!({
        "guild_id": id,
        "guild": {"id": id, "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": wire::guild::acting_member(world, member, interaction.channel_id),
    })
}
