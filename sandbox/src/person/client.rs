//! The person's client: what it lets through, and what it makes of a typed command.

use serde_json::{Map, Value, json};

use super::line::Typed;
use super::scene::{Client, Scene};
use super::value::{Resolved, resolve};
use super::{Step, name};
use crate::check::command::option;
use crate::json::{flag, given, integer, list, text};
use crate::permissions::{ADMINISTRATOR, USE_APPLICATION_COMMANDS};
use crate::wire;
use crate::world::World;
use crate::world::access::context;

/// Discord's numbers for the kinds of installation.
const TO_GUILDS: i64 = 0;
const TO_PEOPLE: i64 = 1;

/// The `data` of a command.
pub(super) fn command(scene: &Scene<'_>, typed: &Typed) -> Step<Value> {
    if let (Client::Checks, Some(command)) = (scene.client, &typed.command) {
        may_use(scene, command)?;
        complete(typed)?;
    }
    let mut resolved = Resolved::default();
    let mut options = Vec::new();
    for (name, said) in &typed.options {
        let offered = typed.offered().iter().find(|held| text(held, "name") == Some(name));
        let kind = offered.and_then(|held| integer(held, "type"));
        let kind = kind.unwrap_or(option::STRING);
        let value =
            resolve(scene, offered, said, &mut resolved).map_err(|why| format!("{} {name}: {why}", typed.title()))?;
        options.push(json!({"name": name, "type": kind, "value": value}));
    }
    Ok(assemble(typed, options, &resolved.into_json()))
}

/// The `data` of an autocomplete interaction: the last option has the focus, and nothing is
/// checked yet.
pub(super) fn completion(scene: &Scene<'_>, typed: &Typed) -> Step<Value> {
    let title = typed.title();
    let Some((focused, partial)) = typed.options.last() else {
        return Err(format!("{title}: no option to complete"));
    };
    let offered = typed.offered().iter().find(|held| text(held, "name") == Some(focused));
    let offered = offered.ok_or_else(|| format!("{title} has no option {focused}"))?;
    if !flag(offered, "autocomplete") {
        return Err(format!("{title}: the option {focused} does not complete"));
    }
    if let Some(command) = &typed.command {
        may_use(scene, command)?;
    }
    let mut data = command(&Scene { client: Client::Forged, ..*scene }, typed)?;
    if let Some(last) = last_option(&mut data) {
        last.insert("value".to_owned(), json!(partial));
        last.insert("focused".to_owned(), json!(true));
    }
    Ok(data)
}

/// The last option, below all subcommands.
fn last_option(held: &mut Value) -> Option<&mut Map<String, Value>> {
    let has_nested = !list(held, "options").is_empty();
    if has_nested { last_option(held.get_mut("options")?.as_array_mut()?.last_mut()?) } else { held.as_object_mut() }
}

/// Whether the client offers the command to this person here.
pub(super) fn may_use(scene: &Scene<'_>, command: &Value) -> Step<()> {
    let Scene { world, person, channel, .. } = *scene;
    let who = name(world, person);
    let command_name = text(command, "name").unwrap_or_default();
    let may = world.permissions(person, channel);
    let in_guild = world.guild_of(channel).is_some();
    if may & USE_APPLICATION_COMMANDS == 0 {
        return Err(format!("{who} may not use commands there; go to another channel"));
    }
    if !is_offered(world, command, channel) {
        let (place, other) =
            if in_guild { ("in a server", "a direct message") } else { ("in a direct message", "a server") };
        return Err(format!("/{command_name} is not offered {place}; use it in {other}"));
    }
    if !is_installed(scene, command) {
        return Err(format!("/{command_name} is installed neither there nor to {who}; use it elsewhere"));
    }
    let asked = text(command, "default_member_permissions").and_then(|bits| bits.parse::<u64>().ok());
    let granted = match asked {
        None => true,
        Some(0) => may & ADMINISTRATOR != 0,
        Some(asked) => may & asked == asked,
    };
    if in_guild && !granted {
        return Err(format!(
            "{who} does not have the permissions that /{command_name} asks for; use it as somebody who does"
        ));
    }
    Ok(())
}

/// Whether the command is meant for the kind of place that `channel` is.
fn is_offered(world: &World, command: &Value, channel: u64) -> bool {
    let place = world.context(channel);
    match given(command, "contexts") {
        Some(_) => list(command, "contexts").iter().any(|held| held.as_i64() == Some(place)),
        None => place == context::GUILD || flag(command, "dm_permission"),
    }
}

/// Whether the command comes along with an installation: of the place, or of the person.
fn is_installed(scene: &Scene<'_>, command: &Value) -> bool {
    let Scene { world, person, channel, .. } = *scene;
    let serves = |kind: i64| list(command, "integration_types").iter().any(|held| held.as_i64() == Some(kind));
    let has_app = world.users.get(&person).is_some_and(|user| user.has_app);
    serves(TO_GUILDS) && world.has_bot(channel) || serves(TO_PEOPLE) && has_app
}

/// Whether each option is known, given once, and none that is required is missing.
fn complete(typed: &Typed) -> Step<()> {
    let title = typed.title();
    for (position, (name, _)) in typed.options.iter().enumerate() {
        if !typed.offered().iter().any(|held| text(held, "name") == Some(name)) {
            return Err(format!("{title} has no option {name}; leave it out"));
        }
        if typed.options.iter().skip(position + 1).any(|(other, _)| other == name) {
            return Err(format!("{title}: the option {name} is given twice; give it once"));
        }
    }
    let is_missing = |held: &&Value| {
        let name = text(held, "name").unwrap_or_default();
        flag(held, "required") && !typed.options.iter().any(|(given, _)| given == name)
    };
    match typed.offered().iter().find(is_missing) {
        Some(held) => {
            let name = text(held, "name").unwrap_or_default();
            Err(format!("{title}: the option {name} is required; fill it in"))
        }
        None => Ok(()),
    }
}

/// Wraps the options in the subcommand, that in its group, and all in the command.
fn assemble(typed: &Typed, options: Vec<Value>, resolved: &Value) -> Value {
    let mut inner = options;
    for (depth, name) in typed.path.iter().enumerate().rev() {
        let is_group = depth + 1 < typed.path.len();
        let kind = if is_group { option::GROUP } else { option::SUBCOMMAND };
        inner = vec![json!({"name": name, "type": kind, "options": inner})];
    }
    let id = typed.command.as_ref().and_then(|command| text(command, "id"));
    let data = json!({
        "id": id.unwrap_or("1"),
        "name": typed.name,
        "type": 1,
        "options": inner,
    });
    if *resolved == json!({}) { data } else { wire::with(data, json!({ "resolved": resolved })) }
}
