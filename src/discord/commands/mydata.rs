//! `/mydata`: what is stored of a person, in that person's own hands.

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::CommandOptionType;

use super::for_members;
use crate::app::App;
use crate::custom_id::{CustomId, Scope};
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::reply::modal::Inputs;
use crate::reply::{Modal, Reply, own_data as words, refusal};

pub(super) fn register() -> CreateCommand {
    let about = "Delete what Starling has stored of you";
    let delete = CreateCommandOption::new(CommandOptionType::SubCommand, "delete", about);
    for_members("mydata", "What Starling has stored of you").add_option(delete)
}

/// Asks what is to be deleted.
pub(in crate::discord) fn run(origin: &Origin, command: &Command) -> CommandResult {
    match command.subcommand.as_str() {
        "delete" => Ok(Reply::Say(words::ask_forget(origin.guild.is_some()))),
        other => Err(CommandError::Fault(anyhow::anyhow!("/mydata has no subcommand {other}"))),
    }
}

/// Asks for the word.
pub(in crate::discord) fn ask_word(scope: Scope) -> Reply {
    Reply::Open(Modal::Word { submits: CustomId::Forget(scope) })
}

/// Deletes, if the word was typed.
pub(in crate::discord) async fn forget(app: &App, origin: &Origin, scope: Scope, inputs: &Inputs) -> CommandResult {
    if !inputs.say_delete() {
        return refuse(words::not_the_word());
    }
    let rows = match (scope, origin.guild) {
        (Scope::Everything, _) => app.store.forget(origin.user).await?,
        (Scope::ThisGuild, Some(guild)) => app.store.forget_in_guild(origin.user, guild).await?,
        (Scope::ThisGuild, None) => return refuse(refusal::unknown_component()),
    };
    Ok(Reply::Say(words::forgotten(scope, rows)))
}
