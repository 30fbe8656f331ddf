//! From an interaction to the command that answers it: an interaction goes in, a reply value comes out. Knows nothing of how the
//! interaction came or how the reply goes out. The one error boundary stands here.

use std::sync::Arc;

use super::commands::daily::controls;
use super::commands::{answer, coach, compare, daily, help, history, mydata, practice, progress, question, share};
use super::error::{CommandError, CommandResult, log_fault, refuse, shown};
use super::interaction::{Ask, Command, Interaction, Origin, Stood};
use crate::app::App;
use crate::custom_id::CustomId;
use crate::domain::answer::Typed;
use crate::domain::daily::Daily;
use crate::domain::id::{ChannelId, GuildId, InteractionId};
use crate::domain::schedule::Days;
use crate::domain::trouble::Trouble;
use crate::reply::modal::{Inputs, UnreadableModal};
use crate::reply::{Choice, Message, Reply, choices, refusal, trouble};
use crate::store::StoreError;

/// How an answer may come in two steps, where it may take longer than a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deferral {
    /// Not at all: a modal, choices, and what is quick.
    No,
    /// As a message of its own.
    Message,
    /// So too, and without waiting whether it is quick: it brings files, which take their time on the way.
    AtOnce,
    /// In the place of the message whose component was used.
    InPlace,
}

/// How the answer to this may be deferred.
#[must_use]
pub fn deferral(ask: &Ask) -> Deferral {
    match ask {
        Ask::Command(command) if command.name == "answer" && !answer::is_whole(command) => Deferral::No,
        Ask::Command(command) if mydata::is_export(command) || command.name == "progress" => Deferral::AtOnce,
        Ask::Command(_) | Ask::Modal { .. } => Deferral::Message,
        Ask::Autocomplete { .. } | Ask::Unreadable { .. } => Deferral::No,
        Ask::Component { custom_id, .. } => match CustomId::parse(custom_id) {
            Some(CustomId::Answer(_) | CustomId::History(_) | CustomId::CompareWith(..) | CustomId::AskForget(_)) => {
                Deferral::No
            }
            Some(CustomId::MentionNobody(_) | CustomId::Packs(_) | CustomId::Delete(_) | CustomId::ShareIt(_)) => {
                Deferral::InPlace
            }
            Some(CustomId::Export(_)) => Deferral::AtOnce,
            _ => Deferral::Message,
        },
    }
}

/// Whether it brings what a person wrote, to be kept.
#[must_use]
pub fn brings_text(ask: &Ask) -> bool {
    match ask {
        Ask::Command(command) => command.name == "answer" && answer::is_whole(command),
        Ask::Modal { custom_id, .. } => matches!(CustomId::parse(custom_id), Some(CustomId::Submit(_))),
        _ => false,
    }
}

/// Answers an interaction, whatever happens.
pub async fn route(app: &Arc<App>, interaction: Interaction) -> Reply {
    let Interaction { id, origin, ask, .. } = interaction;
    match ask {
        Ask::Command(command) => answered(app, id, &origin, run(app, id, &origin, &command).await).await,
        Ask::Component { custom_id, values, stood } => {
            let result = press(app, &origin, &custom_id, &values, stood).await;
            match (CustomId::parse(&custom_id), result) {
                // It promises that what stands there is exactly what everyone will see.
                (Some(CustomId::Share(_)), Ok(reply)) => reply,
                (_, result) => answered(app, id, &origin, result).await,
            }
        }
        Ask::Modal { custom_id, inputs } => {
            answered(app, id, &origin, submit(app, id, &origin, &custom_id, inputs).await).await
        }
        Ask::Unreadable { wants_choices: true } => Reply::Suggest(Vec::new()),
        Ask::Unreadable { wants_choices: false } => Reply::Say(Message::text(refusal::unreadable())),
        Ask::Autocomplete { command, option, typed } => {
            let found = suggest(app, &origin, &command, &option, &typed).await;
            Reply::Suggest(found.unwrap_or_else(|error| {
                if let CommandError::Fault(error) = error {
                    log_fault(&error, id);
                }
                Vec::new()
            }))
        }
    }
}

/// The reply, and below it for whoever may manage the server what is wrong with its daily questions: direct messages may be closed.
async fn answered(app: &App, id: InteractionId, origin: &Origin, result: CommandResult) -> Reply {
    let reply = result.unwrap_or_else(|error| Reply::Say(shown(error, id)));
    let Some(guild) = origin.guild.filter(|_| origin.is_admin()) else { return reply };
    match troubles(app, guild).await {
        Ok(found) if found.is_empty() => reply,
        Ok(found) => reply.ending_with(&trouble::line(&found)),
        Err(error) => {
            tracing::warn!(%guild, %error, "what is wrong with its daily questions can't be read");
            reply
        }
    }
}

/// What is wrong with a guild's daily questions.
async fn troubles(app: &App, guild: GuildId) -> Result<Vec<(ChannelId, Trouble)>, StoreError> {
    let dailies = app.store.dailies_of(guild).await?;
    if dailies.is_empty() {
        return Ok(Vec::new());
    }
    let last = app.store.last_posts_of(guild).await?;
    let of = |daily: &Daily| last.iter().find(|post| post.key.channel == daily.channel);
    Ok(dailies.iter().filter_map(|daily| Some((daily.channel, Trouble::of(daily, of(daily))?))).collect())
}

async fn run(app: &Arc<App>, id: InteractionId, origin: &Origin, command: &Command) -> CommandResult {
    match command.name.as_str() {
        "answer" => answer::run(app, id, origin, command).await,
        "question" => question::run(app, id, origin, command).await,
        "practice" => practice::run(app, origin, command).await,
        "coach" => coach::run(app, origin, command).await,
        "history" => history::run(app, origin, command).await,
        "progress" => progress::run(app, origin).await,
        "help" => Ok(help::run(app)),
        "mydata" => mydata::run(app, origin, command).await,
        "daily" => daily::run(app, origin, command).await,
        other => Err(CommandError::Fault(anyhow::anyhow!("there is no command {other}"))),
    }
}

async fn press(app: &App, origin: &Origin, custom_id: &str, values: &[String], stood: Option<Stood>) -> CommandResult {
    match CustomId::parse(custom_id) {
        Some(CustomId::Answer(subject)) => answer::open(app, origin, subject, Typed::default()).await,
        Some(CustomId::Guidance(subject)) => question::guidance(app, origin, &subject).await,
        Some(CustomId::History(query)) => history::turn(app, origin, query).await,
        Some(CustomId::Open) => history::open(app, origin, values).await,
        Some(CustomId::Compare) => compare::chosen(app, origin, values).await,
        Some(CustomId::CompareWith(answer, page)) => compare::turn(app, origin, answer, page).await,
        Some(CustomId::CompareTo(answer)) => compare::with(app, origin, answer, values).await,
        Some(CustomId::Advice(key)) => question::advice(app, &key),
        Some(CustomId::Sample(key)) => question::sample(app, &key),
        Some(CustomId::Feedback(key, helpful)) => question::feedback(app, origin, &key, helpful).await,
        Some(CustomId::Felt(key, felt, rung)) => practice::felt(app, origin, &key, felt, rung).await,
        Some(CustomId::Preview(channel)) => controls::preview(app, origin, channel).await,
        Some(CustomId::MentionNobody(channel)) => controls::mention_nobody(app, origin, channel).await,
        Some(CustomId::Packs(channel)) => controls::choose_packs(app, origin, channel, values).await,
        Some(CustomId::Share(answer)) => share::ask(app, origin, answer).await,
        Some(CustomId::ShareIt(answer)) => share::share(app, origin, answer).await,
        Some(CustomId::KeepPrivate) => Ok(share::keep_private()),
        Some(CustomId::TakeBack(answer)) => share::take_back(app, origin, answer, stood).await,
        Some(CustomId::AskDelete(answer)) => history::ask_delete(app, origin, answer).await,
        Some(CustomId::Delete(answer)) => history::delete(app, origin, answer).await,
        Some(CustomId::Keep) => Ok(history::keep()),
        Some(CustomId::AskForget(scope)) => Ok(mydata::ask_word(scope)),
        Some(CustomId::Export(after)) => mydata::export(app, origin, Some(after)).await,
        Some(CustomId::Submit(_) | CustomId::Forget(_)) | None => refuse(refusal::unknown_component()),
    }
}

async fn submit(
    app: &App,
    id: InteractionId,
    origin: &Origin,
    custom_id: &str,
    inputs: Result<Inputs, UnreadableModal>,
) -> CommandResult {
    let inputs = inputs.map_err(|error| CommandError::Fault(error.into()))?;
    match CustomId::parse(custom_id) {
        Some(CustomId::Submit(subject)) => {
            let typed = inputs.answer().ok_or_else(|| CommandError::Fault(UnreadableModal.into()))?;
            answer::submit(app, id, origin, subject, typed).await
        }
        Some(CustomId::Forget(scope)) => mydata::forget(app, origin, scope, &inputs).await,
        _ => Ok(Reply::Say(crate::reply::answer::unknown_form(&inputs.answer().unwrap_or_default()))),
    }
}

async fn suggest(
    app: &App,
    origin: &Origin,
    command: &Command,
    option: &str,
    typed: &str,
) -> Result<Vec<Choice>, CommandError> {
    Ok(match (command.name.as_str(), option) {
        ("answer" | "question", "question") => choices::questions(&app.bank.search(typed)),
        ("question" | "practice", "topic") => choices::topics(&app.bank.topics(), typed),
        ("history", "question") => choices::answered(&app.store.answered_questions(origin.user).await?, typed),
        ("daily", "timezone") => choices::zones(&app.zones.search(typed, app.now())),
        ("daily", "days") => choices::days(&Days::suggestions(typed)),
        _ => Vec::new(),
    })
}
