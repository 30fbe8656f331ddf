//! What an admin reads who posts out of turn, and why a post failed. Knows nothing of how it was sent.

use super::daily::next_post;
use super::message::Message;
use super::moment;
use super::standing::command;
use crate::domain::daily::Daily;
use crate::domain::id::ChannelId;
use crate::domain::post::{FailReason, Outcome, Post};
use crate::domain::question::Question;

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
        Outcome::Unknown => format!(
            "Discord's answer got lost, so it is not clear whether the post came. Look into <#{channel}>; if it is not there, {} \
             sends it.",
            command("post-now", channel)
        ),
        Outcome::Claimed | Outcome::Skipped(_) | Outcome::Deleted { .. } => format!(
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
pub(super) fn next_step(reason: FailReason, channel: ChannelId) -> String {
    match reason {
        FailReason::ChannelGone => "**/daily setup** makes one elsewhere.".to_owned(),
        FailReason::NotAllowed => {
            "In the channel's settings, allow Starling **View Channel**, **Send Messages**, **Embed Links** and \
            **Read Message History**."
                .to_owned()
        }
        FailReason::Refused => "Ask whoever runs this bot: the reason is in its log.".to_owned(),
        FailReason::NoQuestion => more_questions(channel),
        FailReason::Unreachable => format!("{} tries again.", command("post-now", channel)),
    }
}

/// How a daily question gets questions to ask.
pub(super) fn more_questions(channel: ChannelId) -> String {
    let (status, change) = (command("status", channel), command("change", channel));
    format!("Choose packs in the menu of {status}, or another level with {change}.")
}

/// Where people find a post in Discord.
#[must_use]
pub fn link(post: &Post, message: u64) -> String {
    let channel = post.moved_from.unwrap_or(post.key.channel);
    format!("https://discord.com/channels/{}/{channel}/{message}", post.guild)
}
