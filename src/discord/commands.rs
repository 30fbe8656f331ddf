//! The commands, one file each: it says how the command looks, reads its options, asks the domain and the store, and gives a reply.

pub mod answer;
pub mod coach;
pub mod compare;
pub mod daily;
pub mod help;
pub mod history;
pub mod mydata;
pub mod practice;
pub mod progress;
pub mod question;
pub mod share;
mod which;

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, InstallationContext, InteractionContext};
use serenity::model::permissions::Permissions;

/// How long a few words may be, in characters: as long as a choice of an autocomplete.
const FEW_WORDS: u16 = 100;

/// Every command, as Discord is told of it.
#[must_use]
pub fn all() -> Vec<CreateCommand> {
    vec![
        answer::register(),
        question::register(),
        practice::register(),
        history::register(),
        progress::register(),
        coach::register(),
        mydata::register(),
        help::register(),
        daily::register(),
    ]
}

/// A command that everybody may use: in a guild, in a direct message with the bot, and wherever somebody has installed Starling to their
/// own account.
fn for_members(name: &str, description: &str) -> CreateCommand {
    CreateCommand::new(name)
        .description(description)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm, InteractionContext::PrivateChannel])
        .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
}

/// A command that Discord shows to those who may manage the server, and there alone; it is checked again when it comes in.
fn for_admins(name: &str, description: &str) -> CreateCommand {
    CreateCommand::new(name)
        .description(description)
        .contexts(vec![InteractionContext::Guild])
        .integration_types(vec![InstallationContext::Guild])
        .default_member_permissions(Permissions::MANAGE_GUILD)
}

/// An option that takes a few words.
fn text(name: &str, description: &str) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::String, name, description).max_length(FEW_WORDS)
}
