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
use crate::store::StoreError;

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
    let before = app.store.daily(channel).await?.filter(|daily| daily.guild == guild);
    let schedule = Schedule {
        time: time(command.text("time").unwrap_or_default())?,
        zone: app
            .zones
            .resolve(command.text("timezone").unwrap_or_default(), now)
            .map_err(|error| CommandError::Refusal(words::unclear_zone(&error)))?,
        days: days(command, before.as_ref())?,
    };
    let role = role(guild, command, before.as_ref())?;
    let missing = permissions::missing(app, guild, channel).await?;
    let pause = paused_after_check(before.as_ref().and_then(|before| before.pause), missing);
    let is_new = before.is_none();
    let daily = Daily { channel, guild, schedule, role, pause, changed_by: origin.user, next: None };
    let all = app.store.dailies_of(guild).await?;
    let Some(daily) = app.store.put_daily(daily, now).await? else { return refuse(words::too_many(&all)) };
    let others: Vec<_> = all.iter().map(|other| other.channel).filter(|other| *other != channel).collect();
    Ok(Reply::Say(words::set_up(&standing(app, &daily, Access::Without(missing), now).await?, is_new, &others)))
}

fn time(typed: &str) -> Result<LocalTime, CommandError> {
    LocalTime::parse(typed).map_err(|error| CommandError::Refusal(words::unreadable_time(typed, &error.to_string())))
}

fn days(command: &Command, before: Option<&Daily>) -> Result<Days, CommandError> {
    let Some(typed) = command.text("days") else {
        return Ok(before.map_or(Days::EVERY_DAY, |before| before.schedule.days));
    };
    Days::parse(typed).map_err(|error| CommandError::Refusal(words::unreadable_days(typed, &error.to_string())))
}

fn role(guild: GuildId, command: &Command, before: Option<&Daily>) -> Result<Option<RoleId>, CommandError> {
    match command.role("role") {
        // The role of everyone has the guild's own id.
        Some(role) if role.0 == guild.0 => refuse(words::not_everyone()),
        Some(role) => Ok(Some(role)),
        None => Ok(before.and_then(|before| before.role)),
    }
}

/// An admin's pause stays one; any other depends on what the check found.
fn paused_after_check(before: Option<Pause>, missing: Permissions) -> Option<Pause> {
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
