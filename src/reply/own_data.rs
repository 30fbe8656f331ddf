//! Deleting one's own: an answer, or everything. Each step says what goes and what stays.

use super::history::prompt;
use super::message::{Button, Message};
use crate::custom_id::{CustomId, Scope};
use crate::domain::attempt::Attempt;
use crate::domain::question::Question;

/// Whether an answer is to be deleted.
#[must_use]
pub fn ask_delete(question: Option<&Question>, attempt: &Attempt) -> Message {
    let (prompt, number) = (prompt(question, attempt), attempt.number);
    let said = format!(
        "{prompt}\nDelete your attempt {number} for good? Your other attempts and your draft stay as they are."
    );
    Message::text(said)
        .buttons([Button::new("Delete", CustomId::Delete(attempt.id)).danger(), Button::new("Keep", CustomId::Keep)])
}

/// What was deleted is out of everybody's reach at once; while a backup is made, its bytes may stay for a while.
const TRACES: &str =
    "Its last traces in the database's files go within minutes, once a backup or whatever else reads them is done.";

/// One answer is gone, but for traces where there are some.
#[must_use]
pub fn deleted_one(traces: bool) -> Message {
    let kept = "Your other attempts and your draft stay, with what they share with it.";
    Message::text(if traces {
        format!("That attempt is deleted for good. {TRACES} {kept}")
    } else {
        format!("That attempt is deleted for good. {kept}")
    })
}

/// It stays.
#[must_use]
pub fn kept() -> Message {
    Message::text("Kept. Nothing was deleted.")
}

/// What of a person is to be deleted.
#[must_use]
pub fn ask_forget(is_in_guild: bool) -> Message {
    let here = if is_in_guild {
        "\n**This server**: only the answers and drafts that you wrote here, and what you shared of them."
    } else {
        ""
    };
    let said = format!(
        "What should Starling delete? You are asked once more first.\n\
         **Everything**: your answers, drafts and feedback from all servers, which guidance you opened, which questions come back to \
         you and whether the coach is on, what you shared, and that you were the last to change a daily question. The daily question \
         itself stays.{here}"
    );
    let everything = Button::new("Everything", CustomId::AskForget(Scope::Everything)).danger();
    let mut buttons = vec![everything];
    if is_in_guild {
        buttons.push(Button::new("This server", CustomId::AskForget(Scope::ThisGuild)).danger());
    }
    Message::text(said).buttons(buttons)
}

/// What the form that asks for the word is called.
#[must_use]
pub fn delete_title(scope: Scope) -> &'static str {
    match scope {
        Scope::Everything => "Delete everything",
        Scope::ThisGuild => "Delete from this server",
    }
}

/// Something else was typed.
#[must_use]
pub fn not_the_word() -> String {
    "Nothing was deleted, because the word that you typed was not \"delete\". **/mydata delete** asks again.".to_owned()
}

/// It is gone, but for traces where there are some.
#[must_use]
pub fn forgotten(scope: Scope, rows: u64, traces: bool) -> Message {
    let what = match scope {
        Scope::Everything => "about you",
        Scope::ThisGuild => "that you wrote in this server",
    };
    Message::text(match rows {
        0 => format!("Starling had nothing stored {what}, so nothing was deleted."),
        _ if traces => format!("Deleted. {TRACES}"),
        _ => format!("Deleted. Nothing {what} is stored any more."),
    })
}
