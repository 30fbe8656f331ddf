//! What an admin reads who sets a daily question up or changes it. Knows nothing of how permissions are found out.

use jiff::Timestamp;
use serenity::model::permissions::Permissions;

use super::disarm::quoted;
use super::embed::Embed;
use super::message::Message;
use super::refusal::SUGGESTIONS;
use super::{long_moment, moment};
use crate::domain::daily::{Daily, PER_GUILD, Pause};
use crate::domain::id::{ChannelId, RoleId};
use crate::domain::post::{FailReason, Outcome, Post};
use crate::domain::question::Question;
use crate::domain::schedule::Occurrence;
use crate::domain::zone::{ZoneError, ZoneMatch};

/// How many coming posts a set-up shows.
pub const UPCOMING: usize = 5;

/// What a set-up, a resume or a status has found out about a daily question.
#[derive(Debug)]
pub struct Standing<'a> {
    /// The daily question as stored.
    pub daily: &'a Daily,
    /// What Starling may do in the channel now.
    pub access: Access,
    /// The slots that come next.
    pub upcoming: Vec<Occurrence>,
    /// Whether today's time has passed without a post.
    pub may_post_today: bool,
    /// The time.
    pub now: Timestamp,
}

/// What Starling may do in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Discord said.
    Known {
        /// What it needs and lacks; nothing where it may post.
        missing: Permissions,
        /// The role that it is to mention and can't.
        silent_role: Option<RoleId>,
    },
    /// There is no such channel any more.
    Gone,
    /// Discord did not say.
    Unknown,
}

impl Access {
    /// Whether nothing speaks against a post.
    #[must_use]
    pub fn is_granted(self) -> bool {
        match self {
            Access::Known { missing, .. } => missing.is_empty(),
            Access::Gone => false,
            Access::Unknown => true,
        }
    }
}

/// A command as an admin types it for a channel.
pub(super) fn command(subcommand: &str, channel: ChannelId) -> String {
    format!("**/daily {subcommand} channel:**<#{channel}>")
}

/// A daily question is set up, or set up anew. `others` are the channels of this server that have one besides.
#[must_use]
pub fn set_up(standing: &Standing<'_>, is_new: bool, others: &[Daily]) -> Message {
    let channel = standing.daily.channel;
    let done = if is_new { "set up" } else { "changed" };
    let mut said = vec![format!("The daily question of <#{channel}> is {done}.")];
    said.extend(pause_note(standing));
    if standing.may_post_today && standing.daily.pause.is_none() {
        said.push(format!("Today's time has passed. {} makes today's post.", command("post-now", channel)));
    }
    said.extend(access_note(standing));
    said.extend(zone_note(standing.daily));
    if is_new && !others.is_empty() {
        said.push(format!(
            "{} {} a daily question too. If you meant to move it, end the old one with **/daily off** and the option `channel`.",
            channels(others),
            has(others.len())
        ));
    }
    Message::text(said.join("\n")).with([settings(standing), coming(standing)])
}

fn has(channels: usize) -> &'static str {
    if channels == 1 { "has" } else { "have" }
}

/// A daily question is on again, or can't be.
#[must_use]
pub fn resumed(standing: &Standing<'_>) -> Message {
    let channel = standing.daily.channel;
    let mut said = vec![match pause_note(standing) {
        Some(note) => format!("<#{channel}> can't go on yet. {note}"),
        None => format!("The daily question of <#{channel}> is on again."),
    }];
    said.extend(access_note(standing));
    Message::text(said.join("\n")).with([settings(standing), coming(standing)])
}

/// Why it does not post, and what would mend that.
pub(super) fn pause_note(standing: &Standing<'_>) -> Option<String> {
    let resume = command("resume", standing.daily.channel);
    match standing.daily.pause? {
        Pause::Admin => Some(format!("An admin paused it; {resume} starts it again.")),
        Pause::ChannelGone => Some(channel_gone()),
        Pause::MissingPermissions => Some(match standing.access {
            Access::Known { missing, .. } if !missing.is_empty() => format!(
                "It stays paused, with its settings kept, until Starling has these permissions there: {}. \
                 Grant them, then use {resume}.",
                named(missing)
            ),
            Access::Known { .. } => {
                format!("It was paused for missing permissions. They are there now: {resume} starts it.")
            }
            Access::Gone | Access::Unknown => {
                format!("It was paused for missing permissions; {resume} checks them again.")
            }
        }),
    }
}

/// What speaks against the next post or its mention now, where the pause does not say it already.
pub(super) fn access_note(standing: &Standing<'_>) -> Option<String> {
    let (missing, silent_role) = match standing.access {
        Access::Known { missing, silent_role } => (missing, silent_role),
        Access::Gone => return None,
        Access::Unknown => {
            let said = "Discord did not say what Starling may do there. Try **/daily status** again in a minute.";
            return Some(said.to_owned());
        }
    };
    let mut notes = Vec::new();
    if !missing.is_empty() && standing.daily.pause != Some(Pause::MissingPermissions) {
        notes.push(format!(
            "Starling lacks permissions there now: {}. Posts fail until they are granted.",
            named(missing)
        ));
    }
    notes.extend(silent_role.map(|role| {
        format!(
            "<@&{role}> can't be mentioned, so nobody is pinged. In the role's settings, allow anyone to mention it."
        )
    }));
    (!notes.is_empty()).then(|| notes.join("\n"))
}

/// The permissions by the names that Discord's settings show.
pub(super) fn named(missing: Permissions) -> String {
    let names = missing.get_permission_names();
    names.iter().map(|name| format!("**{name}**")).collect::<Vec<_>>().join(", ")
}

fn zone_note(daily: &Daily) -> Option<String> {
    let zone = &daily.schedule.zone;
    let is_fixed = zone.is_fixed();
    is_fixed
        .then(|| format!("{} follows no summer time. Pick a city if posts should move with the clocks.", zone.name()))
}

pub(super) fn settings(standing: &Standing<'_>) -> Embed {
    let daily = standing.daily;
    let (zone, now) = (&daily.schedule.zone, daily.schedule.zone.local(standing.now));
    let role = daily.role.map_or_else(|| "nobody".to_owned(), |role| format!("<@&{role}>"));
    let lines = [
        format!("**Channel** <#{}>", daily.channel),
        format!(
            "**Time** {} in {}, where it is {:02}:{:02} now",
            daily.schedule.time,
            zone.name(),
            now.hour(),
            now.minute()
        ),
        format!("**Days** {}", daily.schedule.days),
        format!("**Mentions** {role}"),
    ];
    Embed::new("Settings", lines.join("\n"))
}

fn coming(standing: &Standing<'_>) -> Embed {
    let lines = standing.upcoming.iter().map(|slot| format!("- {}", long_moment(slot.due_at)));
    let title = if standing.daily.pause.is_some() { "When it is on, it posts next" } else { "The next posts" };
    Embed::new(title, lines.collect::<Vec<_>>().join("\n"))
}

/// Paused by an admin.
#[must_use]
pub fn paused(daily: &Daily) -> Message {
    let (channel, resume) = (daily.channel, command("resume", daily.channel));
    Message::text(format!(
        "The daily question of <#{channel}> is paused. Its settings are kept; {resume} starts it again."
    ))
}

/// It is paused already.
#[must_use]
pub fn paused_already(daily: &Daily) -> String {
    let (channel, resume) = (daily.channel, command("resume", daily.channel));
    format!("The daily question of <#{channel}> is paused already. {resume} starts it again.")
}

/// It is on already.
#[must_use]
pub fn on_already(daily: &Daily) -> String {
    format!("The daily question of <#{}> is on already.{}", daily.channel, next_post(daily))
}

/// A sentence after another one.
fn next_post(daily: &Daily) -> String {
    daily.next.map(|slot| format!(" Next post: {}.", long_moment(slot.due_at))).unwrap_or_default()
}

/// It has ended.
#[must_use]
pub fn ended(standing: &Standing<'_>) -> Message {
    Message::text(format!(
        "The daily question of <#{}> has ended. Its posts and everyone's answers stay. Set up here again, it goes on \
         where it stopped. These settings are forgotten:",
        standing.daily.channel
    ))
    .with([settings(standing)])
}

/// What came of posting out of turn.
#[must_use]
pub fn posted_now(daily: &Daily, question: Option<&Question>, post: &Post) -> Message {
    let channel = daily.channel;
    Message::text(match post.outcome {
        Outcome::Sent { message, .. } => {
            let prompt = question.map(|question| question.prompt.as_str()).unwrap_or_default();
            let paused = if daily.pause.is_some() { " The daily question stays paused." } else { "" };
            format!("Posted as today's question: {} **{prompt}**{paused}", link(post, message.0))
        }
        Outcome::Failed(reason) => {
            let (why, next) = (why_failed(reason), next_step(reason, channel));
            format!("Today's question could not be posted in <#{channel}>: {why}. {next}")
        }
        Outcome::Claimed | Outcome::Skipped(_) => format!(
            "Discord did not take the post in <#{channel}> just now. Starling keeps trying until {}.",
            moment(post.window_ends_at)
        ),
    })
}

/// The day has its post, or one that is on its way.
#[must_use]
pub fn posted_already(daily: &Daily, is_sent: bool) -> String {
    let channel = daily.channel;
    if is_sent {
        let next = next_post(daily);
        return format!("Today's question was posted in <#{channel}> already, so nothing was posted.{next}");
    }
    let status = command("status", channel);
    format!(
        "Today's question is being posted in <#{channel}> already, so nothing was added. {status} shows how it goes."
    )
}

/// Why a post failed.
pub(super) fn why_failed(reason: FailReason) -> &'static str {
    match reason {
        FailReason::NoQuestion => "there is no question to ask",
        FailReason::ChannelGone => "the channel is gone",
        FailReason::NotAllowed => "Starling is not allowed to post there",
        FailReason::Refused => "Discord refused the message",
        FailReason::Unreachable => "Discord could not be reached in time",
    }
}

/// What would mend it.
fn next_step(reason: FailReason, channel: ChannelId) -> String {
    match reason {
        FailReason::ChannelGone => "**/daily setup** makes one elsewhere.".to_owned(),
        FailReason::NotAllowed => format!("{} names the missing permissions.", command("status", channel)),
        FailReason::Refused => "Whoever runs this bot finds the reason in its log.".to_owned(),
        FailReason::NoQuestion | FailReason::Unreachable => format!("{} tries again.", command("post-now", channel)),
    }
}

pub(super) fn link(post: &Post, message: u64) -> String {
    format!("https://discord.com/channels/{}/{}/{message}", post.guild, post.key.channel)
}

/// Channels as mentions, in a sentence.
fn channels(dailies: &[Daily]) -> String {
    let mentions: Vec<_> = dailies.iter().map(|daily| format!("<#{}>", daily.channel)).collect();
    match mentions.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => mentions.concat(),
    }
}

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

/// The channel of a daily question is gone.
#[must_use]
pub fn channel_gone() -> String {
    "That channel is gone, so nothing can be posted there. **/daily setup** makes a daily question elsewhere."
        .to_owned()
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
    "Starling does not mention @everyone: that would ping the whole server every day. Pick a role that people take on themselves.".to_owned()
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
