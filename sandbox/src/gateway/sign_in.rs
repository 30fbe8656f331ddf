//! How a connection gets a session: IDENTIFY makes one, RESUME takes one up again.

use serde_json::{Value, json};

use super::close::{self, Closing};
use crate::json::{list, text};
use crate::session::{Frame, Link, Lost, Session, intents};
use crate::wire;
use crate::world::{APPLICATION_ID, TOKEN, World};

/// Makes a session that `link` carries, and greets the client.
pub(super) fn identify(world: &mut World, link: &Link, body: &Value) -> Result<(), Closing> {
    world.starts.identifies += 1;
    authenticate(body)?;
    spend(world)?;
    if let Some(code) = world.orders.rejects_identify {
        return Err((code, close::reason(code)));
    }
    let intents = body.get("intents").and_then(Value::as_u64);
    let intents = intents.filter(|asked| asked & !intents::ALL == 0).ok_or(close::INVALID_INTENTS)?;
    let shard: Vec<u64> = list(body, "shard").iter().filter_map(Value::as_u64).collect();
    let shard = match shard.as_slice() {
        [] => (0, 1),
        [shard, shards] if shard < shards => (*shard, *shards),
        _ => return Err(close::INVALID_SHARD),
    };
    let id = format!("session-{}", world.next_id());
    let mut session = Session::new(id, shard, intents, link.clone());
    greet(world, &mut session);
    world.sessions.push(session);
    Ok(())
}

/// Takes a start from the day's budget. Past its end Discord ends all sessions and resets the
/// token.
fn spend(world: &mut World) -> Result<(), Closing> {
    let now_ms = world.now_ms();
    if world.starts.spend(now_ms) {
        return Ok(());
    }
    let (code, reason) = close::AUTHENTICATION_FAILED;
    for mut session in world.sessions.drain(..) {
        session.part(Frame::Close(Some((code, reason.into()))));
    }
    world.journal.fault("IDENTIFY came after the day's budget was used up".to_owned());
    Err((code, reason))
}

/// Lets `link` carry a session that lost its connection. Returns whether that was possible; if
/// not, the client has to identify anew.
pub(super) fn resume(world: &mut World, link: &Link, body: &Value) -> Result<bool, Closing> {
    authenticate(body)?;
    let id = text(body, "session_id").unwrap_or_default();
    let seq = body.get("seq").and_then(Value::as_u64).ok_or(close::DECODE_ERROR)?;
    let known = world.sessions.iter_mut().find(|session| session.id == id);
    match known.map_or(Err(Lost::Gone), |session| session.take_up(link.clone(), seq)) {
        Ok(()) => {
            world.starts.resumes += 1;
            Ok(true)
        }
        Err(lost) => {
            world.sessions.retain(|session| session.id != id);
            if lost == Lost::Gone { Ok(false) } else { Err(close::INVALID_SEQUENCE) }
        }
    }
}

fn authenticate(body: &Value) -> Result<(), Closing> {
    let said = text(body, "token").map(|token| token.trim_start_matches("Bot "));
    if said == Some(TOKEN) { Ok(()) } else { Err(close::AUTHENTICATION_FAILED) }
}

/// READY, and the guilds of the session's shard one by one, but for those with an outage.
fn greet(world: &World, session: &mut Session) {
    let guilds: Vec<_> =
        world.guilds.values().filter(|guild| guild.has_bot() && session.holds(Some(guild.id))).collect();
    let stubs: Vec<Value> = guilds.iter().map(|guild| wire::guild::unavailable(guild)).collect();
    let ready = json!({
        "v": 10,
        "user": wire::current_user(world),
        "guilds": stubs,
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": world.gateway_url,
        "shard": [session.shard, session.shards],
        "application": {"id": APPLICATION_ID.to_string(), "flags": 0},
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "_trace": [],
    });
    session.send("READY", &ready);
    if session.intents & intents::GUILDS != 0 {
        for guild in guilds.into_iter().filter(|guild| guild.is_told()) {
            let payload = wire::guild::created(world, guild);
            session.send("GUILD_CREATE", &payload);
        }
    }
}
