//! Refusals that more than one command may have to make. Each says what was wrong and what to do next.

use super::disarm::quoted;
use crate::domain::question::Question;

/// How many suggestions a refusal lists.
pub const SUGGESTIONS: usize = 5;

/// A fault of ours.
#[must_use]
pub fn fault(incident: &str) -> String {
    format!(
        "Sorry, something went wrong on our side. Nothing that was saved is lost; please try again. \
         If it goes on, tell whoever runs this bot: incident {incident}."
    )
}

/// A component that no version of this program made.
#[must_use]
pub fn unknown_component() -> String {
    "This button is of a version that this bot does not know. Type / and pick the command again.".to_owned()
}

/// A question that the bank does not have.
#[must_use]
pub fn question_gone() -> String {
    "This question is not among those that this bot has any more. /question shows another one.".to_owned()
}

/// Typed words that mean no question.
#[must_use]
pub fn no_such_question(typed: &str) -> String {
    format!(
        "No question was found for {}. Type a word of the prompt or a topic and pick one from the list.",
        quoted(typed)
    )
}

/// Typed words that mean several questions.
#[must_use]
pub fn several_questions(typed: &str, found: &[&Question]) -> String {
    let some: Vec<_> = found.iter().take(SUGGESTIONS).map(|question| format!("- {}", question.key.words())).collect();
    let more = if found.len() > SUGGESTIONS { "\n- and others" } else { "" };
    format!(
        "{} fits several questions. Pick one from the list while you type:\n{}{more}",
        quoted(typed),
        some.join("\n")
    )
}

/// A topic that no question has.
#[must_use]
pub fn no_such_topic(typed: &str, topics: &[&str]) -> String {
    format!("No question has the topic {}. Topics are: {}.", quoted(typed), topics.join(", "))
}

/// The channel's daily question has not posted yet.
#[must_use]
pub fn nothing_posted() -> String {
    "The daily question has not been posted here yet. Pick one with the option `question`, or wait for the first."
        .to_owned()
}

/// There is no telling which question is meant.
#[must_use]
pub fn which_question() -> String {
    "There is no one daily question to go by here. Pick a question with the option `question`, \
     or use the command in a channel that has a daily question."
        .to_owned()
}

/// An admin's command from somebody who is none.
#[must_use]
pub fn not_an_admin() -> String {
    "Only people with the permission Manage Server can use /daily. Ask one of them.".to_owned()
}

/// A server's command outside a server.
#[must_use]
pub fn servers_only() -> String {
    "/daily works in a server only. Use it in the server that should have a daily question.".to_owned()
}

/// An answer that is not there, or not this person's.
#[must_use]
pub fn no_such_answer() -> String {
    "That answer is not among yours any more. /history shows those that are.".to_owned()
}

/// Discord could not be asked about a channel.
#[must_use]
pub fn discord_is_away() -> String {
    "Discord did not answer when Starling asked about the channel, so nothing was changed. Try again in a minute."
        .to_owned()
}
