//! Mentions and timestamps in a text, as people read them.

use crate::iso;
use crate::world::World;

/// `text` with the names of who and what it mentions.
pub(super) fn readable(world: &World, text: &str) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let named = part.split_once('>').and_then(|(mention, rest)| Some((name(world, mention)?, rest)));
        if let Some((name, rest)) = named {
            out.push_str(&name);
            out.push_str(rest);
        } else {
            out.push('<');
            out.push_str(part);
        }
    }
    out
}

/// What the inside of `<…>` names, if it is a mention of something known.
fn name(world: &World, mention: &str) -> Option<String> {
    if let Some(id) = mention.strip_prefix("@&") {
        return role(world, id.parse().ok()?);
    }
    if let Some(id) = mention.strip_prefix("@!").or(mention.strip_prefix('@')) {
        return user(world, id.parse().ok()?);
    }
    if let Some(id) = mention.strip_prefix('#') {
        let channel = world.channels.get(&id.parse().ok()?)?;
        return Some(format!("#{}", channel.name));
    }
    if let Some(stamp) = mention.strip_prefix("t:") {
        let (seconds, _) = stamp.split_once(':').unwrap_or((stamp, ""));
        return Some(moment(seconds.parse().ok()?));
    }
    let (command, _) = mention.strip_prefix('/')?.split_once(':')?;
    Some(format!("/{command}"))
}

/// A timestamp, which each client shows in its own zone; here it is UTC.
fn moment(seconds: i64) -> String {
    let text = iso::text(seconds.saturating_mul(1000));
    let to_the_minute: String = text.chars().take("2026-05-04T09:00".len()).collect();
    format!("{} UTC", to_the_minute.replace('T', " "))
}

/// `@Name` of a person.
pub(super) fn user(world: &World, id: u64) -> Option<String> {
    let user = world.users.get(&id)?;
    Some(format!("@{}", user.name))
}

/// `@Name` of a role.
pub(super) fn role(world: &World, id: u64) -> Option<String> {
    let role = world.guilds.values().find_map(|guild| guild.role(id))?;
    Some(format!("@{}", role.name.trim_start_matches('@')))
}
