//! `/daily`: for admins. Each subcommand stands in a file below; this one says how they look and which daily question they mean.

mod change;
pub(in crate::discord) mod controls;
mod given;
mod setup;
mod standing;
mod status;
mod switch;

use std::sync::Arc;

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::CommandOptionType;
use serenity::model::channel::ChannelType;

use super::{for_admins, text};
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::domain::daily::Daily;
use crate::domain::id::GuildId;

use crate::reply::{daily_refusal as words, refusal};

pub(super) fn register() -> CreateCommand {
    let all = channel("The channel with the daily question; left out: all of this server");
    let one = channel("The channel with the daily question; left out: this one, or the server's only one");
    for_admins("daily", "The daily question of a channel")
        .add_option(setup::register())
        .add_option(change::register(one.clone()))
        .add_option(on("status", "Whether it is on, what comes next, and what became of the last seven days", all))
        .add_option(on("pause", "Stop posting and keep the settings", one.clone()))
        .add_option(on("resume", "Post again, after checking the permissions", one.clone()))
        .add_option(on("post-now", "Make today's post now", one.clone()))
        .add_option(on("skip", "Ask another question next; the post itself still comes", one.clone()))
        .add_option(on("off", "End the daily question of a channel and forget its settings", one))
}

fn on(name: &str, description: &str, channel: CreateCommandOption) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::SubCommand, name, description).add_sub_option(channel)
}

fn channel(description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::Channel, "channel", description)
        .channel_types(vec![ChannelType::Text, ChannelType::News])
}

/// Does what an admin asks.
pub(in crate::discord) async fn run(app: &Arc<App>, origin: &Origin, command: &Command) -> CommandResult {
    let guild = admin_in(origin)?;
    // Starling is in the server where this is typed, even if the event that said so got lost.
    app.store.record_return(guild, app.now()).await?;
    match command.subcommand.as_str() {
        "setup" => setup::run(app, guild, origin, command).await,
        "change" => change::run(app, origin, command, meant(app, guild, origin, command).await?).await,
        "status" => status::run(app, guild, origin, command).await,
        "pause" => switch::pause(app, meant(app, guild, origin, command).await?).await,
        "resume" => switch::resume(app, origin, meant(app, guild, origin, command).await?).await,
        "post-now" => switch::post_now(app, meant(app, guild, origin, command).await?).await,
        "skip" => switch::skip(app, meant(app, guild, origin, command).await?).await,
        "off" => switch::off(app, meant(app, guild, origin, command).await?).await,
        other => Err(CommandError::Fault(anyhow::anyhow!("/daily has no subcommand {other}"))),
    }
}

/// The guild whose admin this is. A server's own settings can open the command to others, so what Discord lets through is checked again.
fn admin_in(origin: &Origin) -> Result<GuildId, CommandError> {
    let Some(guild) = origin.guild else { return refuse(refusal::servers_only()) };
    if origin.is_admin() {
        return Ok(guild);
    }
    refuse(refusal::not_an_admin())
}

/// The daily question that is meant: of the named channel; else of the channel where the command was typed; else the guild's only one.
async fn meant(app: &App, guild: GuildId, origin: &Origin, command: &Command) -> Result<Daily, CommandError> {
    let named = command.channel("channel");
    let there = app.store.daily(named.unwrap_or(origin.channel())).await?.filter(|daily| daily.guild == guild);
    if let Some(daily) = there {
        return Ok(daily);
    }
    let all = app.store.living_dailies_of(guild).await?;
    match (named, all.as_slice()) {
        (None, [only]) => Ok(only.clone()),
        _ => refuse(words::none_there(named, &all)),
    }
}
