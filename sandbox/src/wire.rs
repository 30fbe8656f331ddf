//! The shapes in which Discord writes things: what goes over REST and the gateway.
//!
//! Source: Discord's machine-readable description of its API, version 10.

use serde_json::{Value, json};

use crate::interaction::Interaction;
use crate::world::guild::UserRecord;
use crate::world::{APPLICATION_ID, World};

pub(crate) mod guild;
pub(crate) mod interaction;
pub(crate) mod message;

/// An object with the fields of another added to its own.
pub(crate) fn with(mut object: Value, more: Value) -> Value {
    if let (Some(fields), Value::Object(more)) = (object.as_object_mut(), more) {
        fields.extend(more);
    }
    object
}

/// A list of ids as Discord writes them.
pub(crate) fn ids(ids: &[u64]) -> Vec<String> {
    ids.iter().map(u64::to_string).collect()
}

/// By whose installation an interaction came: the guild's, which is 0 in a direct message, and the person's own.
pub(crate) fn owners(interaction: &Interaction) -> Value {
    let mut owners = json!({});
    if interaction.installed.by_guild {
        owners = with(owners, json!({ "0": interaction.guild_id.unwrap_or(0).to_string() }));
    }
    if interaction.installed.by_person {
        owners = with(owners, json!({ "1": interaction.user_id.to_string() }));
    }
    owners
}

/// A user.
pub(crate) fn user(user: &UserRecord) -> Value {
    json!({
        "id": user.id.to_string(),
        "username": user.name,
        "global_name": if user.bot { Value::Null } else { json!(user.name) },
        "discriminator": "0",
        "avatar": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "primary_guild": null,
        "banner": null,
        "accent_color": null,
        "bot": user.bot,
        "system": false,
        "flags": 0,
        "public_flags": 0,
    })
}

/// The bot itself, with what only it may know.
pub(crate) fn current_user(world: &World) -> Value {
    let value = world.users.get(&APPLICATION_ID).map_or(Value::Null, user);
    let own = json!({
        "verified": true,
        "mfa_enabled": true,
        "email": null,
        "locale": "en-US",
        "premium_type": 0,
    });
    with(value, own)
}

/// The application.
pub(crate) fn application(world: &World) -> Value {
    json!({
        "id": APPLICATION_ID.to_string(),
        "name": world.bot_name(),
        "icon": null,
        "description": "",
        "type": null,
        "bot": current_user(world),
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "flags": 0,
        "flags_new": "0",
        "owner": null,
        "team": null,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "integration_types_config": {"0": {}, "1": {}},
        "approximate_guild_count": world.guilds.values().filter(|guild| guild.has_bot()).count(),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
    })
}
