//! `/help`.

use serenity::builder::CreateCommand;

use super::for_members;
use crate::app::App;
use crate::reply::{self, Reply};

pub(super) fn register() -> CreateCommand {
    for_members("help", "What STAR is, what you can do here, and who sees what")
}

/// The same for everyone.
pub(in crate::discord) fn run(app: &App) -> Reply {
    Reply::Say(reply::help::help(app.application.id))
}
