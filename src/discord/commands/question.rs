//! `/question`, and the button Show guidance.

use serenity::builder::CreateCommand;

use super::{for_members, text, which};
use crate::app::App;
use crate::custom_id::Subject;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::domain::id::InteractionId;
use crate::domain::question::{Question, QuestionKey};
use crate::reply::{self, Reply, refusal};

pub(super) fn register() -> CreateCommand {
    for_members("question", "Look at a question and why interviewers ask it")
        .add_option(
            text("question", "Which question: type words of it, or its topic; left out: the daily question here")
                .set_autocomplete(true),
        )
        .add_option(text("topic", "Any question of this topic").set_autocomplete(true))
}

/// Shows the named question, or one of the topic, or the one that the place suggests.
pub(in crate::discord) async fn run(app: &App, id: InteractionId, origin: &Origin, command: &Command) -> CommandResult {
    let subject = match (command.text("question"), command.text("topic")) {
        (Some(typed), _) => Subject { question: which::named(app, typed)?.key.clone(), post: None },
        (None, Some(topic)) => Subject { question: of_topic(app, topic, id)?.key.clone(), post: None },
        (None, None) => which::suggested(app, origin).await?,
    };
    let question = which::known(app, &subject.question)?;
    Ok(Reply::Say(reply::question::shown(question, &subject)))
}

/// One of the topic's questions, another one each time.
fn of_topic<'a>(app: &'a App, topic: &str, id: InteractionId) -> Result<&'a Question, CommandError> {
    let typed = topic.trim().to_lowercase();
    let found: Vec<_> = app.bank.active().filter(|question| question.topic.to_lowercase() == typed).collect();
    // The upper bits of a snowflake are its time in milliseconds, which is as good as chance here.
    let turn = usize::try_from(id.0 >> 22).unwrap_or_default();
    let pick = turn.checked_rem(found.len()).and_then(|at| found.get(at).copied());
    pick.map_or_else(|| refuse(refusal::no_such_topic(topic, &app.bank.topics())), Ok)
}

/// Shows all guidance, and notes that this person looked.
pub(in crate::discord) async fn guidance(app: &App, origin: &Origin, subject: &Subject) -> CommandResult {
    let question = which::known(app, &subject.question)?;
    if let Err(error) = app.store.record_guidance_view(origin.user, &subject.question, app.now()).await {
        tracing::warn!(%error, "that somebody looked at guidance can't be noted");
    }
    Ok(Reply::Say(reply::question::guidance(question, subject)))
}

/// Notes whether a question's sample helped this person.
pub(in crate::discord) async fn feedback(
    app: &App,
    origin: &Origin,
    key: &QuestionKey,
    helpful: bool,
) -> CommandResult {
    let question = which::known(app, key)?;
    app.store.record_feedback(origin.user, key, helpful, app.now()).await?;
    Ok(Reply::Say(reply::question::thanks(question, helpful)))
}

/// Shows dos, don'ts and probes beside an answer.
pub(in crate::discord) fn advice(app: &App, key: &QuestionKey) -> CommandResult {
    Ok(Reply::Say(reply::question::advice(which::known(app, key)?)))
}

/// Shows the sample beside an answer.
pub(in crate::discord) fn sample(app: &App, key: &QuestionKey) -> CommandResult {
    Ok(Reply::Say(reply::question::sample(which::known(app, key)?)))
}
