//! What Starling says: pure functions from domain values to messages and modals. The only place with words that a person reads, and
//! with Discord's limits. Knows nothing of interactions, of sending or of the store.

pub mod answer;
pub mod choices;
pub mod coach;
pub mod compare;
pub mod daily;
pub mod daily_refusal;
pub mod disarm;
pub mod embed;
pub mod export;
pub mod help;
pub mod history;
pub mod message;
pub mod modal;
pub mod own_data;
pub mod picture;
pub mod post_now;
pub mod practice;
pub mod progress;
pub mod question;
pub mod refusal;
pub mod share;
pub mod standing;
pub mod status;
pub mod trouble;

pub use self::embed::Embed;
pub use self::message::{Button, File, Message, Row, SelectOption};
pub use self::modal::Modal;

/// What answers an interaction.
#[derive(Debug)]
pub enum Reply {
    /// A message that only this person sees. What is too long for one goes on in further ones.
    Say(Message),
    /// A message in the place of the one whose component was used.
    Replace(Message),
    /// A modal.
    Open(Modal),
    /// Choices for the option that is being typed.
    Suggest(Vec<Choice>),
}

impl Reply {
    /// The same with a line at the end, where it is a message.
    #[must_use]
    pub fn ending_with(self, line: &str) -> Reply {
        match self {
            Reply::Say(message) => Reply::Say(message.ending_with(line)),
            Reply::Replace(message) => Reply::Replace(message.ending_with(line)),
            Reply::Open(_) | Reply::Suggest(_) => self,
        }
    }
}

/// One choice of an autocomplete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the person sees, at most 100 characters.
    pub name: String,
    /// What the option then holds, at most 100 characters.
    pub value: String,
}

/// How many choices an autocomplete can show (discord.com/developers/docs/interactions/receiving-and-responding).
pub const CHOICES: usize = 25;

/// An instant as each person's own client writes it: date and time.
pub(crate) fn moment(at: jiff::Timestamp) -> String {
    format!("<t:{}:f>", at.as_second())
}

/// An instant as each person's own client writes it, with the weekday.
pub(crate) fn long_moment(at: jiff::Timestamp) -> String {
    format!("<t:{}:F>", at.as_second())
}

/// The date of an instant as each person's own client writes it.
pub(crate) fn day_of(at: jiff::Timestamp) -> String {
    format!("<t:{}:D>", at.as_second())
}

/// How long it takes to say something: "45 s", "1 min 20 s".
pub(crate) fn aloud(time: std::time::Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// "1 person", "2 people".
pub(crate) fn counted(number: u32, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// "one, two and three".
pub(crate) fn listed(words: impl Iterator<Item = String>) -> String {
    let words: Vec<_> = words.collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}
