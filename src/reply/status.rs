//! What `/daily status` says: whether it is on, what comes, and what became of the last seven days.

use jiff::civil::Date;

use super::embed::Embed;
use super::message::Message;
use super::post_now::{link, next_step, why_failed};
use super::standing::{ANOTHER_CHANNEL, Standing, command, gone_note, notes, pause_note, settings, with_controls};
use super::{counted, long_moment, moment};
use crate::domain::daily::{Daily, Pause};
use crate::domain::id::ChannelId;
use crate::domain::post::{FailReason, Outcome, Post, SkipReason};

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

/// One daily question. `days` are the last seven, newest first; `left` is how many questions are still to come in the running round.
#[must_use]
pub fn one(standing: &Standing<'_>, days: &[DayReport], left: usize) -> Message {
    let channel = standing.daily.channel;
    let last_days = Embed::new("The last seven days", day_lines(days, channel).join("\n"));
    if standing.daily.is_gone() {
        let said = format!("{} {ANOTHER_CHANNEL}", gone_note(standing.daily));
        return Message::text(said).with([settings(standing), last_days]);
    }
    let mut said = vec![match pause_note(standing) {
        Some(note) => format!("<#{channel}> is paused. {note}"),
        None => format!("<#{channel}> is on. {}", next(standing.daily)),
    }];
    said.extend(notes(standing));
    if standing.may_post_today && standing.access.is_granted() {
        said.push(format!("Today's time has passed without a post. {} makes it.", command("post-now", channel)));
    }
    said.extend(round(left, standing.matching));
    with_controls(Message::text(said.join("\n")).with([settings(standing), last_days]), standing)
}

/// How far the round is, where there is anything to ask.
fn round(left: usize, of: usize) -> Option<String> {
    let are = if left == 1 { "is" } else { "are" };
    let questions = if of == 1 { "question" } else { "questions" };
    (of > 0).then(|| format!("{left} of {of} {questions} {are} still to come in this round."))
}

/// A line for each day. What to do about a failure stands with the newest one of its kind, as long as no post came since.
fn day_lines(days: &[DayReport], channel: ChannelId) -> Vec<String> {
    let mut told = Vec::new();
    let mut came_since = false;
    let mut lines = Vec::new();
    for (back, report) in days.iter().enumerate() {
        let mut line = format!("- {}", day_line(report));
        match report.post.as_ref().map(|post| post.outcome) {
            Some(Outcome::Sent { .. } | Outcome::Deleted { .. }) => came_since = true,
            // Only today's can still be made.
            Some(Outcome::Failed(FailReason::Unreachable)) if back > 0 => {}
            Some(Outcome::Failed(reason)) if !came_since && !told.contains(&reason) => {
                line = format!("{line}. {}", next_step(reason, channel));
                told.push(reason);
            }
            _ => {}
        }
        lines.push(line);
    }
    lines
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
        Outcome::Sent { message, .. } => {
            let late = post.minutes_late().map(|minutes| format!(" {} late", duration(minutes))).unwrap_or_default();
            let place = post.moved_from.map(|channel| format!(" in <#{channel}>")).unwrap_or_default();
            let thread = if post.thread_failed { " without its thread, which could not be opened" } else { "" };
            let people = counted(people, "person", "people");
            format!("[posted]({}){place}{late}{thread}; {people} answered", link(post, message.0))
        }
        Outcome::Deleted { .. } => "posted, and deleted since".to_owned(),
        Outcome::Unknown => {
            "not known: it may have come, and Starling could not look; where it is missing, post-now sends it"
                .to_owned()
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
        // Without a question nothing was sent towards Discord.
        Outcome::Failed(reason @ FailReason::NoQuestion) => format!("failed: {}", why_failed(reason)),
        Outcome::Failed(reason) => {
            format!("failed after {}: {}", counted(post.attempts, "try", "tries"), why_failed(reason))
        }
    }
}

/// "12 minutes", "1 hour", "5 hours and 3 minutes".
fn duration(minutes: u32) -> String {
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let hours = (hours > 0).then(|| counted(hours, "hour", "hours"));
    let minutes = (minutes > 0).then(|| counted(minutes, "minute", "minutes"));
    super::listed(hours.into_iter().chain(minutes))
}

/// Several daily questions, a line each, with the newest post of each.
#[must_use]
pub fn several(dailies: &[(Daily, Option<Post>)]) -> Message {
    let lines = dailies.iter().map(|(daily, last)| {
        let last = last.as_ref().map_or("nothing posted yet", |post| short_outcome(post));
        format!("- {} Last: {last}", state(daily))
    });
    let said = if dailies.iter().all(|(daily, _)| daily.is_gone()) {
        format!("The channels of this server's daily questions were deleted. {ANOTHER_CHANNEL}")
    } else {
        "The daily questions of this server. The option `channel` shows one with all its settings.".to_owned()
    };
    Message::text(said).with([Embed::new("", lines.collect::<Vec<_>>().join("\n"))])
}

fn state(daily: &Daily) -> String {
    let channel = daily.channel;
    match daily.pause {
        None => format!("<#{channel}>: on. {}", next(daily)),
        Some(Pause::ChannelGone) => gone_note(daily),
        Some(Pause::Admin | Pause::MissingPermissions) => format!("<#{channel}>: paused."),
    }
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
