//! `/coach`: whether a person's answers are coached.

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::CommandOptionType;

use super::for_members;
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult};
use crate::discord::interaction::{Command, Origin};
use crate::reply::{self, Reply};

const ON: &str = "on";
const OFF: &str = "off";

pub(super) fn register() -> CreateCommand {
    let subcommand = |name, about| CreateCommandOption::new(CommandOptionType::SubCommand, name, about);
    for_members("coach", "Whether Starling asks questions about the answers you save")
        .add_option(subcommand(ON, "After each answer, get up to three questions about it"))
        .add_option(subcommand(OFF, "Get no questions about your answers"))
}

/// Switches the coach on or off.
pub(in crate::discord) async fn run(app: &App, origin: &Origin, command: &Command) -> CommandResult {
    let is_on = match command.subcommand.as_str() {
        ON => true,
        OFF => false,
        other => return Err(CommandError::Fault(anyhow::anyhow!("/coach has no subcommand {other}"))),
    };
    app.store.set_coached(origin.user, is_on).await?;
    Ok(Reply::Say(reply::practice::coached(is_on)))
}
