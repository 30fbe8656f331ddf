//! What an admin reads who sets a daily question up or changes it. Knows nothing of interactions.

use super::long_moment;
use super::message::Message;
use super::standing::{Standing, coming, command, notes, pause_note, settings, with_controls};
use crate::domain::daily::Daily;
use crate::domain::id::ChannelId;
use crate::domain::question::Question;

/// What was done to a daily question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The channel had none.
    SetUp,
    /// It has other settings.
    Changed,
    /// It has the settings that it had.
    Unchanged,
    /// It posts in another channel, and no more in this one.
    MovedFrom(ChannelId),
    /// It goes on after a pause, if it may.
    Resumed,
}

/// A daily question is set up, changed, moved or resumed. `others` are those that the server has besides.
#[must_use]
pub fn done(standing: &Standing<'_>, done: Done, others: &[Daily]) -> Message {
    let channel = standing.daily.channel;
    let paused = if standing.daily.pause.is_some() { ", and it is paused" } else { "" };
    let mut said = vec![match done {
        Done::SetUp => format!("The daily question of <#{channel}> is set up{paused}."),
        Done::Changed => format!("The daily question of <#{channel}> is changed{paused}."),
        Done::Unchanged => {
            format!("The daily question of <#{channel}> had these settings already, so nothing is changed.")
        }
        Done::MovedFrom(old) => {
            format!("The daily question moved from <#{old}> to <#{channel}>, and goes on there where it was{paused}.")
        }
        Done::Resumed if standing.daily.pause.is_some() => format!("<#{channel}> can't go on yet."),
        Done::Resumed => format!("The daily question of <#{channel}> is on again."),
    }];
    said.extend(pause_note(standing));
    if standing.may_post_today && standing.daily.pause.is_none() {
        said.push(format!("Today's time has passed. {} makes today's post.", command("post-now", channel)));
    }
    said.extend(notes(standing));
    if done == Done::SetUp && !others.is_empty() {
        said.push(format!(
            "{} {} a daily question too. If you meant to move it, end the new one with {} and use **/daily change** with `to`.",
            channels(others),
            has(others.len()),
            command("off", channel)
        ));
    }
    with_controls(Message::text(said.join("\n")).with([settings(standing), coming(standing)]), standing)
}

pub(super) fn has(channels: usize) -> &'static str {
    if channels == 1 { "has" } else { "have" }
}

/// A question is put off to the end of the cycle.
#[must_use]
pub fn skipped(daily: &Daily, skipped: &Question, instead: &Question) -> Message {
    let next = next_post(daily);
    Message::text(if skipped.key == instead.key {
        format!("**{}** is the only question left in this round, so it stays the next one.{next}", skipped.prompt)
    } else {
        let (skipped, instead) = (&skipped.prompt, &instead.prompt);
        format!("Put off until all others have come: **{skipped}**\nInstead comes: **{instead}**{next}")
    })
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
pub(super) fn next_post(daily: &Daily) -> String {
    daily.next.map(|slot| format!(" Next post: {}.", long_moment(slot.due_at))).unwrap_or_default()
}

/// It has ended.
#[must_use]
pub fn ended(standing: &Standing<'_>) -> Message {
    Message::text(format!(
        "The daily question of <#{}> has ended. Its posts and everyone's answers stay. If you set one up here again, it goes \
         on with the questions that were not asked yet. These settings are forgotten:",
        standing.daily.channel
    ))
    .with([settings(standing)])
}

/// Channels as mentions, in a sentence.
pub(super) fn channels(dailies: &[Daily]) -> String {
    super::listed(dailies.iter().map(|daily| format!("<#{}>", daily.channel)))
}
