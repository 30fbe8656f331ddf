//! Deleting one's own: an answer, or everything. Each step says what goes and what stays.

use super::message::{Button, Message};
use crate::custom_id::{CustomId, Scope};
use crate::domain::attempt::Attempt;

/// Whether an answer is to be deleted.
#[must_use]
pub fn ask_delete(attempt: &Attempt) -> Message {
    let (words, number) = (attempt.about.question.words(), attempt.number);
    Message::text(format!("Delete your attempt {number} at \"{words}\" for good? Your other attempts stay."))
        .buttons([Button::new("Delete", CustomId::Delete(attempt.id)).danger(), Button::new("Keep", CustomId::Keep)])
}

/// One answer is gone, but for traces where there are some.
#[must_use]
pub fn deleted_one(traces: bool) -> Message {
    Message::text(deleted("of that answer", traces))
}

/// What was deleted is out of everybody's reach at once; while a backup is made, its bytes may stay for a while.
fn deleted(of: &str, traces: bool) -> String {
    if traces {
        return "Deleted. Its last traces in the database's files go within minutes, once what reads them now is done."
            .to_owned();
    }
    format!("Deleted. Nothing {of} is stored any more.")
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
        "\n**This server** deletes the answers and drafts that you wrote here, and nothing else."
    } else {
        ""
    };
    let said = format!(
        "What should Starling delete of yours? You are asked once more before it does.\n\
         **Everything** deletes all your answers, drafts and feedback, which guidance you looked at, and that you set \
         something up, everywhere.{here}"
    );
    let everything = Button::new("Everything", CustomId::AskForget(Scope::Everything)).danger();
    let mut buttons = vec![everything];
    if is_in_guild {
        buttons.push(Button::new("This server", CustomId::AskForget(Scope::ThisGuild)).danger());
    }
    Message::text(said).buttons(buttons)
}

/// Something else was typed.
#[must_use]
pub fn not_the_word() -> String {
    "Nothing was deleted, as the word was not delete. **/mydata delete** asks again.".to_owned()
}

/// It is gone, but for traces where there are some.
#[must_use]
pub fn forgotten(scope: Scope, rows: u64, traces: bool) -> Message {
    let of = match scope {
        Scope::Everything => "of you",
        Scope::ThisGuild => "of what you wrote in this server",
    };
    Message::text(match rows {
        0 => format!("There was nothing {of} to delete."),
        _ => deleted(of, traces),
    })
}
