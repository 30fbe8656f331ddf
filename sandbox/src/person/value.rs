//! From the text of an option to the value that the bot gets.

use serde_json::{Map, Value, json};

use super::Step;
use super::scene::{Client, Scene};
use crate::check::command::option;
use crate::check::length;
use crate::json::{given, integer, list, text, words};
use crate::permissions::VIEW_CHANNEL;
use crate::wire;
use crate::world::channel::ChannelRecord;
use crate::world::guild::GuildRecord;

/// The objects that ids among the values stand for.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    channels: Map<String, Value>,
    members: Map<String, Value>,
    roles: Map<String, Value>,
    users: Map<String, Value>,
}

impl Resolved {
    /// As an interaction has it: kinds that are empty are left out.
    pub(super) fn into_json(self) -> Value {
        let kinds =
            [("channels", self.channels), ("members", self.members), ("roles", self.roles), ("users", self.users)];
        let held = kinds.into_iter().filter(|(_, objects)| !objects.is_empty());
        held.map(|(kind, objects)| (kind.to_owned(), Value::Object(objects))).collect::<Map<_, _>>().into()
    }
}

/// The value of an option; `offered` is what the command says of it.
pub(super) fn resolve(scene: &Scene<'_>, offered: Option<&Value>, said: &str, resolved: &mut Resolved) -> Step<Value> {
    let nothing = Value::Null;
    let option = offered.unwrap_or(&nothing);
    let found = match integer(option, "type").unwrap_or(option::STRING) {
        option::STRING => string(scene, option, said),
        option::INTEGER => integer_value(scene, option, said),
        option::NUMBER => number(said),
        option::BOOLEAN => boolean(said),
        option::CHANNEL => channel(scene, option, said, resolved),
        option::ROLE => role(scene, said, resolved),
        option::USER => user(scene, said, resolved),
        other => Err(format!("options of type {other} can't be typed here")),
    };
    match (found, scene.client) {
        (Err(_), Client::Forged) => Ok(json!(said)),
        (found, _) => found,
    }
}

/// The value of the choice that was picked, by its name or its value; nothing where the option
/// has no choices.
fn picked(option: &Value, said: &str) -> Step<Option<Value>> {
    let choices = list(option, "choices");
    if choices.is_empty() {
        return Ok(None);
    }
    let is_meant = |choice: &&Value| {
        text(choice, "name") == Some(said) || choice.get("value").is_some_and(|value| words(value) == said)
    };
    let names: Vec<_> = choices.iter().filter_map(|choice| text(choice, "name")).collect();
    let choice = choices.iter().find(is_meant);
    let choice = choice.ok_or_else(|| format!("\"{said}\" is no choice; choose one of: {}", names.join(", ")))?;
    Ok(choice.get("value").cloned())
}

fn string(scene: &Scene<'_>, option: &Value, said: &str) -> Step<Value> {
    if scene.client == Client::Forged {
        return Ok(json!(said));
    }
    if let Some(value) = picked(option, said)? {
        return Ok(value);
    }
    let limit = |key: &str| integer(option, key).and_then(|said| usize::try_from(said).ok());
    let typed = length(said);
    if let Some(most) = limit("max_length").filter(|most| typed > *most) {
        return Err(format!("takes {most} characters, not {typed}; shorten it"));
    }
    let least = limit("min_length").unwrap_or(0).max(1);
    if typed < least {
        return Err(format!("needs {least} characters, not {typed}; write more"));
    }
    Ok(json!(said))
}

fn integer_value(scene: &Scene<'_>, option: &Value, said: &str) -> Step<Value> {
    if let Some(value) = picked(option, said)? {
        return Ok(value);
    }
    let number: i64 = said.trim().parse().map_err(|_| format!("\"{said}\" is no whole number; type one"))?;
    let low = integer(option, "min_value").is_some_and(|least| number < least);
    let high = integer(option, "max_value").is_some_and(|most| number > most);
    if (low || high) && scene.client == Client::Checks {
        return Err(format!("{number} is out of range; type another number"));
    }
    Ok(json!(number))
}

fn number(said: &str) -> Step<Value> {
    let number: f64 = said.trim().parse().map_err(|_| format!("\"{said}\" is no number; type one"))?;
    Ok(json!(number))
}

fn boolean(said: &str) -> Step<Value> {
    match said.to_lowercase().as_str() {
        "true" => Ok(json!(true)),
        "false" => Ok(json!(false)),
        _ => Err(format!("\"{said}\" is neither true nor false; choose one of them")),
    }
}

fn guild<'w>(scene: &Scene<'w>) -> Step<&'w GuildRecord> {
    scene.world.guild_of(scene.channel).ok_or_else(|| "there is no server here; go to a channel of one".to_owned())
}

/// Whether `said` means this object: by its name behind a mark, or by its id.
fn means(said: &str, mark: char, name: &str, id: u64) -> bool {
    let said = said.trim();
    said.strip_prefix(mark).unwrap_or(said) == name.trim_start_matches(mark) || said.parse() == Ok(id)
}

fn channel(scene: &Scene<'_>, option: &Value, said: &str, resolved: &mut Resolved) -> Step<Value> {
    let guild = guild(scene)?;
    let is_meant = |channel: &&ChannelRecord| {
        channel.guild_id == Some(guild.id)
            && means(said, '#', &channel.name, channel.id)
            && scene.world.permissions(scene.person, channel.id) & VIEW_CHANNEL != 0
    };
    let channel = scene.world.channels.values().find(is_meant);
    let channel = channel.ok_or_else(|| format!("there is no channel {said}; choose one that there is"))?;
    let kinds = list(option, "channel_types");
    let fits = given(option, "channel_types").is_none()
        || kinds.iter().any(|kind| kind.as_u64() == Some(u64::from(channel.kind)));
    if !fits && scene.client == Client::Checks {
        return Err(format!("{said} is not the kind of channel that is asked for; choose another"));
    }
    let id = channel.id.to_string();
    let object = wire::guild::partial_channel(scene.world, channel, scene.person);
    resolved.channels.insert(id.clone(), object);
    Ok(json!(id))
}

fn role(scene: &Scene<'_>, said: &str, resolved: &mut Resolved) -> Step<Value> {
    let mut roles = guild(scene)?.roles.iter().enumerate();
    let found = roles.find(|(_, role)| means(said, '@', &role.name, role.id));
    let (position, role) = found.ok_or_else(|| format!("there is no role {said}; choose one that there is"))?;
    let id = role.id.to_string();
    resolved.roles.insert(id.clone(), wire::guild::role(role, position));
    Ok(json!(id))
}

fn user(scene: &Scene<'_>, said: &str, resolved: &mut Resolved) -> Step<Value> {
    let world = scene.world;
    let mut members = guild(scene)?.members.values();
    let found = members.find_map(|member| {
        let user = world.users.get(&member.user)?;
        means(said, '@', &user.name, user.id).then_some((member, user))
    });
    let (member, user) = found.ok_or_else(|| format!("there is nobody called {said}; choose somebody who is there"))?;
    let id = user.id.to_string();
    let mut partial = wire::guild::acting_member(world, member, scene.channel);
    if let Some(fields) = partial.as_object_mut() {
        fields.remove("user");
    }
    resolved.users.insert(id.clone(), wire::user(user));
    resolved.members.insert(id.clone(), partial);
    Ok(json!(id))
}
