//! The options that set-up and change have in common: read, and laid over what a daily question had before.

use jiff::Timestamp;
use serenity::builder::CreateCommandOption;
use serenity::model::application::CommandOptionType;
use serenity::model::permissions::Permissions;

use super::text;
use crate::app::App;
use crate::discord::error::{CommandError, refuse};
use crate::discord::interaction::Command;
use crate::domain::daily::{Daily, Pause};
use crate::domain::id::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::question::Level;
use crate::domain::schedule::{Days, LocalTime, Schedule};
use crate::domain::zone::Zone;
use crate::reply::daily_refusal as words;

/// The word that stands for all levels.
const ALL_LEVELS: &str = "all";

/// What was given of the settings; the rest stays as it was.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Given {
    time: Option<LocalTime>,
    zone: Option<Zone>,
    days: Option<Days>,
    role: Option<RoleId>,
    level: Option<Suited>,
    opens_thread: Option<bool>,
}

/// Whom the questions are to suit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suited {
    Everybody,
    Only(Level),
}

/// What an option that is left out means.
#[derive(Clone, Copy)]
pub(super) enum LeftOut {
    /// What was set before, or else the default.
    WhatWasOrDefault,
    /// What was set before.
    WhatWas,
}

impl LeftOut {
    fn says(self, default: &str) -> String {
        match self {
            LeftOut::WhatWasOrDefault => format!("left out: as it was, or {default}"),
            LeftOut::WhatWas => "left out: as it was".to_owned(),
        }
    }
}

/// `time` and `timezone`.
pub(super) fn when() -> [CreateCommandOption; 2] {
    [
        text("time", "At what time, such as 09:00, 9am or 9:30 pm"),
        text("timezone", "Whose time it is: type a city, a country or an offset such as +02:00").set_autocomplete(true),
    ]
}

/// `days`, `role`, `level` and `thread`.
pub(super) fn extras(left_out: LeftOut) -> [CreateCommandOption; 4] {
    let about = |what: &str, default| format!("{what}; {}", left_out.says(default));
    let role = about("Which role each post mentions", "nobody");
    let thread = about("Whether to open a thread under each post", "no");
    let level = text("level", &about("Who the questions are for", "all")).add_string_choice(ALL_LEVELS, ALL_LEVELS);
    [
        text("days", &about("On which days", "every day")).set_autocomplete(true),
        CreateCommandOption::new(CommandOptionType::Role, "role", role),
        Level::ALL.into_iter().fold(level, |level, each| level.add_string_choice(each.as_str(), each.as_str())),
        CreateCommandOption::new(CommandOptionType::Boolean, "thread", thread),
    ]
}

impl Given {
    /// Reads the options.
    pub(super) fn read(app: &App, guild: GuildId, command: &Command, now: Timestamp) -> Result<Given, CommandError> {
        let zone = command.text("timezone").map(|typed| app.zones.resolve(typed, now)).transpose();
        Ok(Given {
            time: command.text("time").map(time).transpose()?,
            zone: zone.map_err(|error| CommandError::Refusal(words::unclear_zone(&error)))?,
            days: command.text("days").map(days).transpose()?,
            role: role(guild, command)?,
            level: command.text("level").map(|word| Level::parse(word).map_or(Suited::Everybody, Suited::Only)),
            opens_thread: command.flag("thread"),
        })
    }

    /// A daily question with these settings; where something is not given, that of the old one, or the default. `None` where there is no
    /// time or zone at all.
    pub(super) fn over(&self, old: Option<&Daily>, place: (GuildId, ChannelId), changed_by: UserId) -> Option<Daily> {
        let schedule = Schedule {
            time: self.time.or(old.map(|old| old.schedule.time))?,
            zone: self.zone.clone().or(old.map(|old| old.schedule.zone.clone()))?,
            days: self.days.or(old.map(|old| old.schedule.days)).unwrap_or_default(),
        };
        let (guild, channel) = place;
        let before = old.cloned().unwrap_or_else(|| Daily::new(guild, channel, schedule.clone()));
        Some(Daily {
            guild,
            channel,
            schedule,
            role: self.role.or(before.role),
            level: match self.level {
                Some(Suited::Everybody) => None,
                Some(Suited::Only(level)) => Some(level),
                None => before.level,
            },
            opens_thread: self.opens_thread.unwrap_or(before.opens_thread),
            changed_by: Some(changed_by),
            next: None,
            ..before
        })
    }
}

/// An admin's pause stays one; any other depends on what the check found.
pub(super) fn paused_after_check(before: Option<Pause>, missing: Permissions) -> Option<Pause> {
    match before {
        Some(Pause::Admin) => Some(Pause::Admin),
        _ => (!missing.is_empty()).then_some(Pause::MissingPermissions),
    }
}

fn time(typed: &str) -> Result<LocalTime, CommandError> {
    LocalTime::parse(typed).map_err(|error| CommandError::Refusal(words::unreadable_time(typed, &error.to_string())))
}

fn days(typed: &str) -> Result<Days, CommandError> {
    Days::parse(typed).map_err(|error| CommandError::Refusal(words::unreadable_days(typed, &error.to_string())))
}

fn role(guild: GuildId, command: &Command) -> Result<Option<RoleId>, CommandError> {
    match command.role("role") {
        // The role of everyone has the guild's own id.
        Some(role) if role.0 == guild.0 => refuse(words::not_everyone()),
        role => Ok(role),
    }
}
