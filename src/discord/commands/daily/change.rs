//! `/daily change`: changes what is given and keeps the rest; `to` moves it to another channel.

use jiff::Timestamp;
use serenity::builder::CreateCommandOption;
use serenity::model::application::CommandOptionType;
use serenity::model::channel::ChannelType;

use super::given::{Given, LeftOut, extras, paused_after_check, when};
use super::standing::standing;
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::domain::daily::Daily;
use crate::domain::id::ChannelId;
use crate::permissions;
use crate::reply::daily::{Done, done};
use crate::reply::{Reply, daily_refusal as words};
use crate::store::{Changed, Moved};

pub(super) fn register(channel: CreateCommandOption) -> CreateCommandOption {
    let about = "Change some settings of a daily question, or move it to another channel";
    let to = CreateCommandOption::new(CommandOptionType::Channel, "to", "Move it to this channel")
        .channel_types(vec![ChannelType::Text, ChannelType::News]);
    let command = CreateCommandOption::new(CommandOptionType::SubCommand, "change", about).add_sub_option(channel);
    let options = when().into_iter().chain(extras(LeftOut::WhatWas)).chain([to]);
    options.fold(command, CreateCommandOption::add_sub_option)
}

pub(super) async fn run(app: &App, origin: &Origin, command: &Command, daily: Daily) -> CommandResult {
    let now = app.now();
    let given = Given::read(app, daily.guild, command, now)?;
    let to = command.channel("to").filter(|to| *to != daily.channel);
    if given == Given::default() && to.is_none() {
        return refuse(words::nothing_to_change());
    }
    let channel = to.unwrap_or(daily.channel);
    let place = (daily.guild, channel);
    let rights = permissions::in_channel(app, daily.guild, channel).await?;
    if let Some(to) = to {
        move_there(app, &daily, to, now).await?;
    }
    let change = |before: Option<Daily>| {
        let changed = given.over(Some(&before?), place, origin.user)?;
        Some(Daily { pause: paused_after_check(changed.pause, rights.missing()), ..changed })
    };
    let Changed::Kept { daily: changed, is_same, .. } = app.store.change_daily(place, now, change).await? else {
        return refuse(words::none_there(Some(channel), &app.store.dailies_of(daily.guild).await?));
    };
    let standing = standing(app, &changed, rights.access(changed.role), now).await?;
    let what = match to {
        Some(_) => Done::MovedFrom(daily.channel),
        None if is_same => Done::Unchanged,
        None => Done::Changed,
    };
    Ok(Reply::Say(done(&standing, what, &[])))
}

async fn move_there(app: &App, daily: &Daily, to: ChannelId, now: Timestamp) -> Result<(), CommandError> {
    match app.store.move_daily(daily, to, now).await? {
        Moved::There => Ok(()),
        Moved::HasOne => refuse(words::has_one_already(to)),
        Moved::BeingSent => refuse(words::being_sent(daily.channel)),
    }
}
