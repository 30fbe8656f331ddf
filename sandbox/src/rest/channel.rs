//! Channels, their messages and threads.

use serde_json::{Value, json};

use super::Outcome;
use super::request::{self, Answer, Request};
use crate::faults::Faults;
use crate::json::{as_id, given, integer, text};
use crate::permissions::{CREATE_PUBLIC_THREADS, MANAGE_THREADS, READ_MESSAGE_HISTORY};
use crate::refusal::{Refusal, Unknown};
use crate::wire;
use crate::world::channel::ChannelRecord;
use crate::world::message::MessageRecord;
use crate::world::{APPLICATION_ID, World};

/// Most messages in one answer, and how many where nothing is said.
const PAGE: i64 = 100;
const PAGE_UNSAID: usize = 50;
/// Longest name of a thread.
const THREAD_NAME: usize = 100;
/// After how many minutes a quiet thread may be hidden.
const ARCHIVE_MINUTES: [i64; 4] = [60, 1440, 4320, 10_080];

pub(super) fn get(world: &World, id: &str) -> Outcome {
    let channel = world.visible_channel(request::id(id)?)?;
    let body = if channel.guild_id.is_none() {
        wire::guild::direct_channel(world, channel)
    } else {
        wire::guild::channel(channel)
    };
    Ok(Answer::ok(body))
}

/// Opens an archived thread again, as whoever may write in it may, and moderators alone one that is locked
/// (discord.com/developers/docs/topics/threads). No other change of a channel is known here.
pub(super) fn unarchive(world: &mut World, request: &Request, id: &str) -> Outcome {
    let thread = request::id(id)?;
    let held = world.visible_channel(thread)?;
    if !held.is_thread() || request.body != json!({ "archived": false }) {
        return Err(Refusal::unknown_route());
    }
    let needed = if held.is_locked { MANAGE_THREADS } else { world.sending(thread) };
    if !world.bot_may(thread, needed) {
        return Err(Refusal::missing_permissions());
    }
    world.change_channel(thread, |held| held.is_archived = false);
    get(world, id)
}

/// A page of messages, newest first. Without the permission to read history there are none.
pub(super) fn messages(world: &World, request: &Request, id: &str) -> Outcome {
    let id = request::id(id)?;
    let channel = world.visible_channel(id)?;
    let limit = limit(request)?;
    if !world.bot_may(id, READ_MESSAGE_HISTORY) {
        return Ok(Answer::ok(Value::Array(Vec::new())));
    }
    let page: Vec<Value> =
        page(channel, request, limit).into_iter().map(|message| wire::message::message(world, message)).collect();
    Ok(Answer::ok(Value::Array(page)))
}

fn limit(request: &Request) -> Result<usize, Refusal> {
    let Some(asked) = request.asked("limit") else {
        return Ok(PAGE_UNSAID);
    };
    let number: Option<i64> = asked.parse().ok();
    let mut faults = Faults::default();
    let query = json!({ "limit": number });
    faults.integer("", &query, "limit", &(1..=PAGE));
    if number.is_none() {
        let message = format!("Value \"{asked}\" is not int.");
        faults.add("limit", "NUMBER_TYPE_COERCE", message);
    }
    faults.verdict()?;
    Ok(number.and_then(|number| usize::try_from(number).ok()).unwrap_or(PAGE_UNSAID))
}

/// The messages next to the asked id, newest first.
fn page<'c>(channel: &'c ChannelRecord, request: &Request, limit: usize) -> Vec<&'c MessageRecord> {
    let asked = |key: &str| request.asked(key).and_then(|id| id.parse::<u64>().ok());
    if let Some(after) = asked("after") {
        let mut page: Vec<_> = channel.public().filter(|message| message.id > after).take(limit).collect();
        page.reverse();
        return page;
    }
    if let Some(around) = asked("around") {
        let half = limit / 2;
        let newer = channel.public().filter(|message| message.id >= around);
        let mut page: Vec<_> = newer.take(limit - half).collect();
        page.reverse();
        let older = channel.public().rev().filter(|message| message.id < around);
        page.extend(older.take(half));
        return page;
    }
    let before = asked("before").unwrap_or(u64::MAX);
    let older = channel.public().rev().filter(|message| message.id < before);
    older.take(limit).collect()
}

pub(super) fn message(world: &World, channel: &str, message: &str) -> Outcome {
    let channel = request::id(channel)?;
    world.visible_channel(channel)?;
    if !world.bot_may(channel, READ_MESSAGE_HISTORY) {
        return Err(Refusal::missing_permissions());
    }
    let message = world.public_message(channel, request::id(message)?)?;
    Ok(Answer::ok(wire::message::message(world, message)))
}

pub(super) fn send(world: &mut World, request: &Request, channel: &str) -> Outcome {
    let channel = request::id(channel)?;
    let message = world.send(channel, request.payload())?;
    shown(world, channel, message)
}

pub(super) fn edit(world: &mut World, request: &Request, channel: &str, message: &str) -> Outcome {
    let (channel, message) = (request::id(channel)?, request::id(message)?);
    world.edit(channel, message, request.payload())?;
    shown(world, channel, message)
}

/// The message, as it is now.
pub(super) fn shown(world: &World, channel: u64, message: u64) -> Outcome {
    let message = world.message(channel, message).ok_or_else(|| Refusal::unknown(Unknown::Message))?;
    Ok(Answer::ok(wire::message::message(world, message)))
}

pub(super) fn delete(world: &mut World, channel: &str, message: &str) -> Outcome {
    world.delete(request::id(channel)?, request::id(message)?)?;
    Ok(Answer::no_content())
}

/// Opens a thread under a message, whose id it gets.
pub(super) fn open_thread(world: &mut World, request: &Request, channel: &str, message: &str) -> Outcome {
    let (channel, message) = (request::id(channel)?, request::id(message)?);
    world.public_message(channel, message)?;
    if !world.bot_may(channel, CREATE_PUBLIC_THREADS) {
        return Err(Refusal::missing_permissions());
    }
    let mut faults = Faults::default();
    let name = faults.required_text("", &request.body, "name", &(1..=THREAD_NAME));
    let minutes = integer(&request.body, "auto_archive_duration");
    if minutes.is_some_and(|minutes| !ARCHIVE_MINUTES.contains(&minutes)) {
        faults.choices("auto_archive_duration", "60, 1440, 4320, 10080");
    }
    let name = name.unwrap_or_default();
    faults.verdict()?;
    let minutes = minutes.unwrap_or(1440);
    let thread = world.open_thread(channel, message, name, APPLICATION_ID, minutes)?;
    let body = world.channels.get(&thread).map(wire::guild::channel);
    Ok(Answer::created(body.unwrap_or_default()))
}

/// Opens the direct message with a person, or returns the one there is.
pub(super) fn open_direct(world: &mut World, request: &Request) -> Outcome {
    let person = given(&request.body, "recipient_id").and_then(as_id);
    let known = person.filter(|id| world.users.get(id).is_some_and(|user| !user.bot));
    let Some(person) = known else {
        let mut faults = Faults::default();
        let said = text(&request.body, "recipient_id").unwrap_or_default();
        faults.add("recipient_id", "UNKNOWN_USER", format!("Unknown user \"{said}\""));
        return Err(Refusal::invalid_form(faults));
    };
    let id = world.direct_channel(APPLICATION_ID, person);
    let channel = world.visible_channel(id)?;
    Ok(Answer::ok(wire::guild::direct_channel(world, channel)))
}
