//! `/mydata`: what is stored of a person, in that person's own hands.

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::CommandOptionType;

use super::{for_members, share};
use crate::app::App;
use crate::custom_id::{CustomId, Scope};
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::domain::export::{Belongings, PartAfter};
use crate::reply::export::Part;
use crate::reply::modal::Inputs;
use crate::reply::{Modal, Reply, own_data as words, refusal};

const EXPORT: &str = "export";
const DELETE: &str = "delete";

pub(super) fn register() -> CreateCommand {
    let subcommand = |name, about| CreateCommandOption::new(CommandOptionType::SubCommand, name, about);
    for_members("mydata", "What Starling has stored about you")
        .add_option(subcommand(EXPORT, "Get everything that Starling has stored about you, as files"))
        .add_option(subcommand(DELETE, "Delete what Starling has stored about you"))
}

/// Whether this asks for files.
pub(in crate::discord) fn is_export(command: &Command) -> bool {
    command.name == "mydata" && command.subcommand == EXPORT
}

/// Gives the files, or asks what is to be deleted.
pub(in crate::discord) async fn run(app: &App, origin: &Origin, command: &Command) -> CommandResult {
    match command.subcommand.as_str() {
        EXPORT => export(app, origin, None).await,
        DELETE => Ok(Reply::Say(words::ask_forget(origin.guild.is_some()))),
        other => Err(CommandError::Fault(anyhow::anyhow!("/mydata has no subcommand {other}"))),
    }
}

/// Gives what is stored of a person from the beginning, or the part that goes on after an answer.
pub(in crate::discord) async fn export(app: &App, origin: &Origin, after: Option<PartAfter>) -> CommandResult {
    let belongings = match after {
        None => app.store.belongings(origin.user).await?,
        Some(_) => Belongings::default(),
    };
    let number = after.map_or(1, |after| after.part);
    let mut part = Part::new(&app.bank, origin.user, app.now(), number, &belongings).map_err(broken)?;
    let mut last = after;
    let next = 'part: loop {
        let attempts = app.store.answers_after(origin.user, last).await?;
        if attempts.is_empty() {
            break None;
        }
        for attempt in attempts {
            if !part.push(&attempt).map_err(broken)? {
                break 'part last;
            }
            last = Some(PartAfter::after(number + 1, &attempt));
        }
    };
    Ok(Reply::Say(part.finish(app.application.id, next).map_err(broken)?))
}

fn broken(error: serde_json::Error) -> CommandError {
    CommandError::Fault(error.into())
}

/// Asks for the word.
pub(in crate::discord) fn ask_word(scope: Scope) -> Reply {
    Reply::Open(Modal::Word { title: words::delete_title(scope), submits: CustomId::Forget(scope) })
}

/// Deletes, if the word was typed.
pub(in crate::discord) async fn forget(app: &App, origin: &Origin, scope: Scope, inputs: &Inputs) -> CommandResult {
    if !inputs.say_delete() {
        return refuse(words::not_the_word());
    }
    let within = match (scope, origin.guild) {
        (Scope::Everything, _) => None,
        (Scope::ThisGuild, Some(guild)) => Some(guild),
        (Scope::ThisGuild, None) => return refuse(refusal::unknown_component()),
    };
    let mut shares = app.store.shares_of(origin.user).await?;
    shares.retain(|share| within.is_none_or(|guild| share.guild == guild));
    share::end_all(app, shares).await?;
    let deleted = match within {
        None => app.store.forget(origin.user).await?,
        Some(guild) => app.store.forget_in_guild(origin.user, guild).await?,
    };
    let left = share::end_all(app, deleted.shares).await?;
    Ok(Reply::Say(share::with_left(words::forgotten(scope, deleted.rows, deleted.fold_owed), &left)))
}
