//! What `/daily status` says: whether it is on, what comes, and what became of the last seven days.

use jiff::civil::Date;

use super::embed::Embed;
use super::message::Message;
use super::post_now::{link, why_failed};
use super::standing::{Standing, command, notes, pause_note, settings, with_controls};
use super::{counted, long_moment, moment};
use crate::domain::daily::{Daily, Pause};
use crate::domain::post::{Outcome, Post, SkipReason};

/// How many days back a status looks, today included.
pub const DAYS: i64 = 7;

/// One of the last days.
#[derive(Debug)]
pub struct DayReport {
    /// The date in the schedule's zone.
    pub day: Date,
    /// What became of its post, if one was planned.
    pub post: Option<Post>,
    /// How many people answered it.
    pub people: u32,
    /// Whether its slot is still to come.
    pub is_to_come: bool,
}

/// One daily question. `days` are the last seven, newest first.
#[must_use]
pub fn one(standing: &Standing<'_>, days: &[DayReport]) -> Message {
    let channel = standing.daily.channel;
    let mut said = vec![match pause_note(standing) {
        Some(note) => format!("<#{channel}> is paused. {note}"),
        None => format!("<#{channel}> is on. {}", next(standing.daily)),
    }];
    said.extend(notes(standing));
    if standing.may_post_today && standing.access.is_granted() {
        said.push(format!("Today's time has passed without a post. {} makes it.", command("post-now", channel)));
    }
    let lines: Vec<_> = days.iter().map(|report| format!("- {}", day_line(report))).collect();
    let days = Embed::new("The last seven days", lines.join("\n"));
    with_controls(Message::text(said.join("\n")).with([settings(standing), days]), standing)
}

fn next(daily: &Daily) -> String {
    daily.next.as_ref().map(|slot| format!("Next post: {}.", long_moment(slot.due_at))).unwrap_or_default()
}

fn day_line(report: &DayReport) -> String {
    let day = report.day.strftime("%a %-d %b");
    let Some(post) = &report.post else {
        return if report.is_to_come { format!("{day}: still to come") } else { format!("{day}: none planned") };
    };
    format!("{day}: {}", outcome(post, report.people))
}

fn outcome(post: &Post, people: u32) -> String {
    match post.outcome {
        Outcome::Sent { message, at } => {
            let late = if post.is_late() { format!(" late, at {}", moment(at)) } else { String::new() };
            let place = post.moved_from.map(|channel| format!(" in <#{channel}>")).unwrap_or_default();
            let thread = if post.thread_failed { " without its thread, which could not be opened" } else { "" };
            let people = counted(people, "person", "people");
            format!("[posted]({}){place}{late}{thread}; {people} answered", link(post, message.0))
        }
        Outcome::Deleted { .. } => "posted, and deleted since".to_owned(),
        Outcome::Unknown => {
            "not known: it may have come, Starling could not look, and it was not sent twice".to_owned()
        }
        Outcome::Claimed => {
            format!(
                "not posted yet, tried {}; Starling keeps trying until {}",
                counted(post.attempts, "time", "times"),
                moment(post.window_ends_at)
            )
        }
        Outcome::Skipped(SkipReason::Down) => "skipped (Starling was not running)".to_owned(),
        Outcome::Skipped(SkipReason::Paused) => "skipped (it was paused)".to_owned(),
        Outcome::Skipped(SkipReason::Ended) => "skipped (it had ended)".to_owned(),
        Outcome::Failed(reason) if post.attempts > 1 => {
            format!("failed after {} tries: {}", post.attempts, why_failed(reason))
        }
        Outcome::Failed(reason) => format!("failed: {}", why_failed(reason)),
    }
}

/// Several daily questions, a line each, with the newest post of each.
#[must_use]
pub fn several(dailies: &[(Daily, Option<Post>)]) -> Message {
    let lines = dailies.iter().map(|(daily, last)| {
        let state = match daily.pause {
            None => format!("on. {}", next(daily)),
            Some(Pause::ChannelGone) => "paused, as the channel is gone.".to_owned(),
            Some(_) => "paused.".to_owned(),
        };
        let last = last.as_ref().map_or("nothing posted yet", |post| short_outcome(post));
        format!("- <#{}>: {state} Last: {last}", daily.channel)
    });
    let said = "The daily questions of this server. The option `channel` shows one with all its settings.";
    Message::text(said).with([Embed::new("", lines.collect::<Vec<_>>().join("\n"))])
}

fn short_outcome(post: &Post) -> &'static str {
    match post.outcome {
        Outcome::Sent { .. } if post.is_late() => "posted late",
        Outcome::Sent { .. } => "posted",
        Outcome::Deleted { .. } => "posted, and deleted since",
        Outcome::Unknown => "not known",
        Outcome::Claimed => "being tried again",
        Outcome::Skipped(_) => "skipped",
        Outcome::Failed(_) => "failed",
    }
}
