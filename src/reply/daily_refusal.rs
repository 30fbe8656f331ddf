//! What an admin reads whose command can't be done: what was wrong, and what to do next.

use super::daily::{channels, has};
use super::disarm::quoted;
use super::post_now::more_questions;
use super::refusal::SUGGESTIONS;
use super::standing::command;
use crate::domain::daily::{Daily, PER_GUILD};
use crate::domain::id::ChannelId;
use crate::domain::zone::{ZoneError, ZoneMatch};

/// A command that needs one channel's daily question, where the server has several.
#[must_use]
pub fn which_channel(dailies: &[Daily]) -> String {
    format!("This server has daily questions in {}. Say which one with the option `channel`.", channels(dailies))
}

/// A command for a channel that has no daily question, or a server that has none.
#[must_use]
pub fn none_there(channel: Option<ChannelId>, dailies: &[Daily]) -> String {
    match (channel, dailies.is_empty()) {
        (_, true) => "This server has no daily question yet. **/daily setup** makes one.".to_owned(),
        (Some(channel), false) => {
            let (known, has, setup) = (channels(dailies), has(dailies.len()), command("setup", channel));
            format!("<#{channel}> has no daily question, but {known} {has}. {setup} makes one.")
        }
        (None, false) => which_channel(dailies),
    }
}

/// One more than a server may have.
#[must_use]
pub fn too_many(dailies: &[Daily]) -> String {
    let (known, count) = (channels(dailies), dailies.len());
    format!(
        "A server can have {PER_GUILD} daily questions, and this one has {count}: {known}. **/daily off** ends one."
    )
}

/// A channel that a daily question can't be posted in.
#[must_use]
pub fn not_a_text_channel() -> String {
    "A daily question needs a text or announcement channel of this server. Pick another one with the option `channel`."
        .to_owned()
}

/// The role that would mention the whole server.
#[must_use]
pub fn not_everyone() -> String {
    "Starling does not mention @everyone: that would ping the whole server every day. Pick a role that people choose for themselves.".to_owned()
}

/// A time that can't be read.
#[must_use]
pub fn unreadable_time(typed: &str, problem: &str) -> String {
    format!("The time {} can't be used: {problem}.", quoted(typed))
}

/// Days that can't be read.
#[must_use]
pub fn unreadable_days(typed: &str, problem: &str) -> String {
    format!("The days {} can't be used: {problem}.", quoted(typed))
}

/// A time zone that can't be told.
#[must_use]
pub fn unclear_zone(error: &ZoneError) -> String {
    match error {
        ZoneError::Unknown { typed } => format!(
            "No time zone was found for {}. Type a city near you, or a name such as Europe/Berlin, and pick it from the list.",
            quoted(typed)
        ),
        ZoneError::Several { typed, candidates } => {
            let some: Vec<_> =
                candidates.iter().take(SUGGESTIONS).map(|ZoneMatch { label, .. }| format!("- {label}")).collect();
            format!(
                "{} may mean several time zones. Pick one from the list while you type, such as:\n{}",
                quoted(typed),
                some.join("\n")
            )
        }
    }
}

/// `/daily change` without anything to change.
#[must_use]
pub fn nothing_to_change() -> String {
    "Say what to change, with one or more of `time`, `timezone`, `days`, `role`, `level`, `thread` and `to`.".to_owned()
}

/// The channel to move to has a daily question of its own.
#[must_use]
pub fn has_one_already(channel: ChannelId) -> String {
    format!(
        "<#{channel}> has a daily question already. End it with {}, or pick another channel.",
        command("off", channel)
    )
}

/// A post is under way, or being tried again, so its daily question can't move.
#[must_use]
pub fn being_sent(channel: ChannelId) -> String {
    let status = command("status", channel);
    format!(
        "Today's post is still being sent in <#{channel}>, so nothing was moved. Try again when {status} says that it came."
    )
}

/// There is no question left to ask.
#[must_use]
pub fn no_question(daily: &Daily) -> String {
    let channel = daily.channel;
    format!("No question fits the packs and the level of <#{channel}>. {}", more_questions(channel))
}
