//! `/daily setup`: gives a channel a daily question, or changes the one that it has.

use jiff::Timestamp;
use serenity::builder::CreateCommandOption;
use serenity::model::application::CommandOptionType;
use serenity::model::permissions::Permissions;

use super::{channel, text};
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::discord::permissions;
use crate::domain::daily::{Daily, Pause};
use crate::domain::id::{GuildId, RoleId};
use crate::domain::post::Outcome;
use crate::domain::schedule::{Days, LocalTime, Schedule};
use crate::reply::Reply;
use crate::reply::daily::{self as words, Access, Standing, UPCOMING};
use crate::store::{Changed, StoreError};

pub(super) fn register() -> CreateCommandOption {
    let zone = text("timezone", "Whose clock it goes by: type a city, a country or an offset such as +02:00")
        .set_autocomplete(true);
    let role = CreateCommandOption::new(
        CommandOptionType::Role,
        "role",
        "Which role each post mentions; left out: nobody, or the one it has",
    );
    CreateCommandOption::new(
        CommandOptionType::SubCommand,
        "setup",
        "Give a channel a daily question, or change the one it has",
    )
    .add_sub_option(channel("Where to post it").required(true))
    .add_sub_option(text("time", "At what time, such as 09:00, 9am or 9:30 pm").required(true))
    .add_sub_option(zone.required(true))
    .add_sub_option(text("days", "On which days; left out: every day, or the days it has").set_autocomplete(true))
    .add_sub_option(role)
}

pub(super) async fn run(app: &App, guild: GuildId, origin: &Origin, command: &Command) -> CommandResult {
    let now = app.now();
    let Some(channel) = command.channel("channel") else { return refuse(words::not_a_text_channel()) };
    let time = time(command.text("time").unwrap_or_default())?;
    let zone = app.zones.resolve(command.text("timezone").unwrap_or_default(), now);
    let zone = zone.map_err(|error| CommandError::Refusal(words::unclear_zone(&error)))?;
    let (days, role) = (days(command)?, role(guild, command)?);
    let rights = permissions::in_channel(app, guild, channel).await?;
    let change = |before: Option<Daily>| {
        let days = days.or(before.as_ref().map(|before| before.schedule.days)).unwrap_or_default();
        let role = role.or(before.as_ref().and_then(|before| before.role));
        let pause = paused_after_check(before.and_then(|before| before.pause), rights.missing());
        let schedule = Schedule { time, zone, days };
        Some(Daily { channel, guild, schedule, role, pause, changed_by: origin.user, next: None })
    };
    let changed = app.store.change_daily((guild, channel), now, change).await?;
    let mut others = app.store.dailies_of(guild).await?;
    others.retain(|other| !other.is_gone() && other.channel != channel);
    let Changed::Kept { daily, is_new } = changed else { return refuse(words::too_many(&others)) };
    let standing = standing(app, &daily, rights.access(daily.role), now).await?;
    Ok(Reply::Say(words::set_up(&standing, is_new, &others)))
}

fn time(typed: &str) -> Result<LocalTime, CommandError> {
    LocalTime::parse(typed).map_err(|error| CommandError::Refusal(words::unreadable_time(typed, &error.to_string())))
}

/// The days that were given, if any.
fn days(command: &Command) -> Result<Option<Days>, CommandError> {
    let Some(typed) = command.text("days") else { return Ok(None) };
    let days = Days::parse(typed);
    days.map(Some).map_err(|error| CommandError::Refusal(words::unreadable_days(typed, &error.to_string())))
}

/// The role that was given, if any.
fn role(guild: GuildId, command: &Command) -> Result<Option<RoleId>, CommandError> {
    match command.role("role") {
        // The role of everyone has the guild's own id.
        Some(role) if role.0 == guild.0 => refuse(words::not_everyone()),
        role => Ok(role),
    }
}

/// An admin's pause stays one; any other depends on what the check found.
pub(super) fn paused_after_check(before: Option<Pause>, missing: Permissions) -> Option<Pause> {
    match before {
        Some(Pause::Admin) => Some(Pause::Admin),
        _ => (!missing.is_empty()).then_some(Pause::MissingPermissions),
    }
}

/// How a daily question stands, for whoever asks.
pub(super) async fn standing<'a>(
    app: &App,
    daily: &'a Daily,
    access: Access,
    now: Timestamp,
) -> Result<Standing<'a>, StoreError> {
    let schedule = &daily.schedule;
    let upcoming = daily.next.iter().copied().chain(daily.next.iter().flat_map(|next| schedule.upcoming(next.due_at)));
    let today = schedule.today(now);
    let todays = app.store.posts_since(daily.channel, today).await?;
    let is_taken = todays
        .iter()
        .any(|post| post.key.day == today && matches!(post.outcome, Outcome::Sent { .. } | Outcome::Claimed));
    let has_passed =
        schedule.days.contains(today.weekday()) && schedule.due_at(today).is_some_and(|due_at| due_at <= now);
    let upcoming = upcoming.take(UPCOMING).collect();
    Ok(Standing { daily, access, upcoming, may_post_today: has_passed && !is_taken, now })
}
