//! Refusals that more than one command may have to make. Each says what was wrong and what to do next.

use super::disarm::quoted;
use super::listed;
use crate::domain::practice::Wanted;
use crate::domain::question::{Level, Question};

/// How many suggestions a refusal lists.
pub const SUGGESTIONS: usize = 5;

/// A fault of ours.
#[must_use]
pub fn fault(incident: &str) -> String {
    format!(
        "Sorry, something went wrong in Starling. Nothing that was saved is lost; please try again. \
         If it happens again, tell whoever runs this bot: incident {incident}."
    )
}

/// Something that Discord sent can't be read.
#[must_use]
pub fn unreadable() -> String {
    "Starling could not read what Discord sent for this, so nothing was changed. Please try again; **/help** shows what there is.".to_owned()
}

/// Somebody else holds the database.
#[must_use]
pub fn busy() -> String {
    "Starling is busy right now, so nothing was changed. Please try again in a minute.".to_owned()
}

/// A component that no version of this program made.
#[must_use]
pub fn unknown_component() -> String {
    "This button is from another version of Starling. Type / and choose a command; **/help** lists them.".to_owned()
}

/// A question that the bank does not have.
#[must_use]
pub fn question_gone() -> String {
    "Starling no longer has this question. **/question** with `topic` shows another one.".to_owned()
}

/// Typed words that mean no question.
#[must_use]
pub fn no_such_question(typed: &str) -> String {
    format!(
        "No question was found for {}. Type a word of the question or a topic and pick one from the list.",
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

/// No question is of the topic and the level that somebody wants to practise. `levels` are those that there are, of the topic where it is
/// one.
#[must_use]
pub fn nothing_to_practise(wanted: &Wanted, topics: &[&str], levels: &[Level]) -> String {
    let there = listed(levels.iter().map(ToString::to_string));
    match (&wanted.topic, wanted.level) {
        (Some(topic), Some(level)) if !levels.is_empty() => format!(
            "No question with the topic {} is for the level {level}; there are some for {there}. Choose one of those, or leave `level` or \
             `topic` out.",
            quoted(topic)
        ),
        (Some(topic), _) => no_such_topic(topic, topics),
        (None, _) => format!(
            "There is no question for that level. Leave `level` out, or choose one of those that have questions: {there}."
        ),
    }
}

/// The one question that fits was offered just now.
#[must_use]
pub fn only_that_one(wanted: &Wanted) -> String {
    let how = "press **Answer** under it, or **Improve this** under your answer in **/history**.";
    if *wanted == Wanted::default() {
        return format!(
            "The question you got last is the only one there is, and **/practice** brings none twice in a row. Try it again: {how}"
        );
    }
    format!(
        "The question you got last is the only one of this kind, and **/practice** brings none twice in a row. Choose another `topic` or \
         `level`, or try that one again: {how}"
    )
}

/// The channel's daily question has not posted yet.
#[must_use]
pub fn nothing_posted() -> String {
    "No daily question was posted yet. Pick a question with the option `question`, or wait for the first post."
        .to_owned()
}

/// There is no telling which question is meant.
#[must_use]
pub fn which_question() -> String {
    "This channel has no daily question. Pick a question with the option `question`, \
     or use the command in a channel that has one."
        .to_owned()
}

/// A direct message has no channel to go by.
#[must_use]
pub fn no_daily_question_in_a_message() -> String {
    "There is no daily question in a direct message. Pick a question with the option `question`.".to_owned()
}

/// Typed words that don't mean one of the questions that this person has answered.
#[must_use]
pub fn not_one_answered(typed: &str) -> String {
    format!(
        "{} fits none, or more than one, of the questions you have answered. Pick one from the list while you type.",
        quoted(typed)
    )
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
    "That answer is no longer there. **/history** shows those you have.".to_owned()
}

/// What was chosen to be compared are not two attempts at the same question.
#[must_use]
pub fn not_two_attempts() -> String {
    "Those are not two attempts at the same question. Choose a different one from the menu.".to_owned()
}

/// Discord could not be asked about a channel.
#[must_use]
pub fn discord_is_away() -> String {
    "Discord did not answer when Starling asked about the channel, so nothing was changed. Try again in a minute."
        .to_owned()
}
