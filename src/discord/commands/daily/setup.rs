//! `/daily setup`: gives a channel a daily question, or changes the one that it has.

use serenity::builder::CreateCommandOption;
use serenity::model::application::CommandOptionType;

use super::channel;
use super::given::{Given, LeftOut, extras, paused_after_check, when};
use super::standing::standing;
use crate::app::App;
use crate::discord::error::{CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::domain::daily::Daily;
use crate::domain::id::GuildId;
use crate::permissions;
use crate::reply::daily::{Done, done};
use crate::reply::{Reply, daily_refusal as words};
use crate::store::Changed;

pub(super) fn register() -> CreateCommandOption {
    let about = "Give a channel a daily question, or change the one it has";
    let command = CreateCommandOption::new(CommandOptionType::SubCommand, "setup", about);
    let command = command.add_sub_option(channel("Where to post it").required(true));
    let command = when().into_iter().fold(command, |command, option| command.add_sub_option(option.required(true)));
    extras(LeftOut::WhatWasOrDefault).into_iter().fold(command, CreateCommandOption::add_sub_option)
}

pub(super) async fn run(app: &App, guild: GuildId, origin: &Origin, command: &Command) -> CommandResult {
    let now = app.now();
    let Some(channel) = command.channel("channel") else { return refuse(words::not_a_text_channel()) };
    let given = Given::read(app, guild, command, now)?;
    let rights = permissions::in_channel(app, guild, channel).await?;
    let change = |before: Option<Daily>| {
        let daily = given.over(before.as_ref(), (guild, channel), origin.user)?;
        Some(Daily { pause: paused_after_check(daily.pause, rights.missing()), ..daily })
    };
    let changed = app.store.change_daily((guild, channel), now, change).await?;
    let mut others = app.store.living_dailies_of(guild).await?;
    others.retain(|other| other.channel != channel);
    let Changed::Kept { daily, is_new, is_same } = changed else { return refuse(words::too_many(&others)) };
    let standing = standing(app, &daily, rights.access(daily.role), now).await?;
    let what = match (is_new, is_same) {
        (true, _) => Done::SetUp,
        (_, true) => Done::Unchanged,
        (false, false) => Done::Changed,
    };
    Ok(Reply::Say(done(&standing, what, &others)))
}
