//! `/daily status`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::meant;
use super::standing::standing;
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult};
use crate::discord::interaction::{Command, Origin};
use crate::domain::daily::Daily;
use crate::domain::id::GuildId;
use crate::domain::post::{Outcome, PostKey};
use crate::permissions::{self, Unchecked};
use crate::reply::Reply;
use crate::reply::standing::Access;
use crate::reply::status::{self as words, DAYS, DayReport};
use crate::store::StoreError;

pub(super) async fn run(app: &App, guild: GuildId, origin: &Origin, command: &Command) -> CommandResult {
    let all = app.store.dailies_of(guild).await?;
    if command.channel("channel").is_none() && (all.len() > 1 || all.iter().any(Daily::is_gone)) {
        return several(app, all).await;
    }
    let daily = meant(app, guild, origin, command).await?;
    let now = app.now();
    let access = match permissions::in_channel(app, guild, daily.channel).await {
        Ok(rights) => rights.access(daily.role),
        Err(Unchecked::NoTextChannel) => {
            app.store.record_gone_channel(daily.channel, now).await?;
            Access::Gone
        }
        Err(Unchecked::Unknown(_)) => Access::Unknown,
    };
    // Asking Discord takes a while, in which a round may have gone on.
    let daily = app.store.daily(daily.channel).await?.unwrap_or(daily);
    let standing = standing(app, &daily, access, now).await?;
    let days = last_days(app, &daily, daily.schedule.today(now)).await?;
    let left = app.store.questions_left(&daily, app.choice(daily.channel)).await?;
    Ok(Reply::Say(words::one(&standing, &days, left)))
}

async fn several(app: &App, all: Vec<Daily>) -> CommandResult {
    let mut lines = Vec::new();
    for daily in all {
        let last = app.store.last_post(daily.channel).await?;
        lines.push((daily, last));
    }
    Ok(Reply::Say(words::several(&lines)))
}

/// The last seven days up to `today`, newest first.
async fn last_days(app: &App, daily: &Daily, today: Date) -> Result<Vec<DayReport>, CommandError> {
    let days: Vec<Date> = (0..DAYS).filter_map(|back| today.checked_sub(back.days()).ok()).collect();
    let first = days.last().copied().unwrap_or(today);
    let mut posts = app.store.posts_since(daily.channel, first).await?;
    let mut reports = Vec::new();
    for day in days {
        let post = posts.iter().position(|post| post.key.day == day).map(|at| posts.swap_remove(at));
        let is_to_come = daily.is_on() && daily.next.as_ref().is_some_and(|next| next.day == day);
        let people = people(app, post.as_ref()).await?;
        reports.push(DayReport { day, post, people, is_to_come });
    }
    Ok(reports)
}

async fn people(app: &App, post: Option<&crate::domain::post::Post>) -> Result<u32, StoreError> {
    match post {
        Some(post) if matches!(post.outcome, Outcome::Sent { .. }) => {
            // An answer names the channel where its post came.
            let channel = post.moved_from.unwrap_or(post.key.channel);
            app.store.people_who_answered(PostKey { channel, day: post.key.day }).await
        }
        _ => Ok(0),
    }
}
