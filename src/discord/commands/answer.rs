//! `/answer`, the modal that it and the buttons Answer, Improve this and Continue open, and what becomes of what is sent.

use serenity::builder::CreateCommand;

use super::{for_members, practice, text, which};
use crate::app::App;
use crate::custom_id::Subject;
use crate::discord::error::{CommandError, CommandResult, log_fault};
use crate::discord::interaction::{Command, Origin};
use crate::domain::answer::{Draft, Part, StarAnswer, Submission, Typed};
use crate::domain::attempt::{About, NewAnswer, Receipt, Recorded};
use crate::domain::coach::coach;
use crate::domain::compare::compare;
use crate::domain::id::{InteractionId, UserId};
use crate::domain::question::{Question, QuestionKey};
use crate::reply::{self, Modal, Reply, refusal};
use crate::store::StoreError;

pub(super) fn register() -> CreateCommand {
    let part = |part: Part| {
        let limit = u16::try_from(part.limit()).unwrap_or(u16::MAX);
        text(part.key(), describe(part)).max_length(limit)
    };
    let command = for_members("answer", "Answer a question in STAR form; only you see it");
    Part::ALL.into_iter().fold(command, |command, each| command.add_option(part(each))).add_option(
        text("question", "Which question: type words of it, or its topic; left out: the daily question here")
            .set_autocomplete(true),
    )
}

fn describe(part: Part) -> &'static str {
    match part {
        Part::Situation => "Where and when it was, and what was going on",
        Part::Task => "What was yours to do, or to decide",
        Part::Action => "What you did, step by step",
        Part::Result => "What came of it",
    }
}

/// The parts that a command brings.
fn given(command: &Command) -> Typed {
    let mut typed = Typed::default();
    for part in Part::ALL {
        typed.set(part, command.text(part.key()).unwrap_or_default().to_owned());
    }
    typed
}

/// Whether a command brings a whole answer, so that no modal is needed.
pub(in crate::discord) fn is_whole(command: &Command) -> bool {
    matches!(Submission::parse(given(command)), Submission::Whole(_) | Submission::TooLong { .. })
}

/// Saves a whole answer at once; opens the modal with what is there otherwise.
pub(in crate::discord) async fn run(app: &App, id: InteractionId, origin: &Origin, command: &Command) -> CommandResult {
    match begin(app, id, origin, command).await {
        Ok(reply) => Ok(reply),
        Err(CommandError::Refusal(said)) => Ok(Reply::Say(reply::answer::refused(&said, &given(command)))),
        Err(CommandError::Fault(error)) => {
            let said = refusal::fault(&log_fault(&error, id));
            Ok(Reply::Say(reply::answer::refused(&said, &given(command))))
        }
    }
}

async fn begin(app: &App, id: InteractionId, origin: &Origin, command: &Command) -> CommandResult {
    let subject = meant(app, origin, command).await?;
    if is_whole(command) {
        return submit(app, id, origin, subject, given(command)).await;
    }
    open(app, origin, subject, given(command)).await
}

async fn meant(app: &App, origin: &Origin, command: &Command) -> Result<Subject, CommandError> {
    match command.text("question") {
        Some(typed) => Ok(Subject { question: which::named(app, typed)?.key.clone(), post: None }),
        None => which::suggested(app, origin).await,
    }
}

/// Opens the modal: what was given wins over the draft, and the draft over the newest attempt.
pub(in crate::discord) async fn open(app: &App, origin: &Origin, subject: Subject, given: Typed) -> CommandResult {
    let question = which::known(app, &subject.question)?;
    let mut filled_in = on_file(app, origin.user, &subject.question).await?;
    for part in Part::ALL {
        if !given.get(part).is_empty() {
            filled_in.set(part, given.get(part).to_owned());
        }
    }
    Ok(Reply::Open(Modal::answering(question, subject, filled_in)))
}

async fn on_file(app: &App, user: UserId, question: &QuestionKey) -> Result<Typed, StoreError> {
    if let Some(draft) = app.store.draft(user, question).await? {
        return Ok(draft.into_typed());
    }
    let newest = app.store.newest_attempt(user, question).await?;
    Ok(newest.map(|attempt| attempt.answer.into_typed()).unwrap_or_default())
}

/// Keeps what was sent: a whole answer as an attempt, half of one as the draft. What can't be kept is given back.
pub(in crate::discord) async fn submit(
    app: &App,
    id: InteractionId,
    origin: &Origin,
    subject: Subject,
    typed: Typed,
) -> CommandResult {
    let Some(question) = app.bank.get(&subject.question) else {
        return Ok(Reply::Say(reply::answer::question_gone(&typed)));
    };
    let about = match about(app, origin, &subject).await {
        Ok(about) => about,
        Err(error) => return Ok(Reply::Say(give_back(id, question, &typed, &subject, error))),
    };
    Ok(Reply::Say(match Submission::parse(typed) {
        Submission::Whole(answer) => store(app, id, question, about, answer).await,
        Submission::Partial(draft) => put_down(app, id, question, about, draft).await,
        Submission::Empty => reply::answer::empty(question, &subject),
        Submission::TooLong { typed, parts } => reply::answer::too_long(question, &typed, &parts, &subject),
    }))
}

/// What is answered, by whom and where. An answer to a post belongs to the post's server, wherever its form was sent.
async fn about(app: &App, origin: &Origin, subject: &Subject) -> Result<About, StoreError> {
    let guild = match subject.post {
        // Where it is sent in the post's own channel, that is there.
        Some(post) if post.channel != origin.channel() => app.store.guild_of_post(post).await?.or(origin.guild),
        _ => origin.guild,
    };
    Ok(About { user: origin.user, question: subject.question.clone(), guild, post: subject.post })
}

/// The subject of what belongs to it.
fn subject_of(about: &About) -> Subject {
    Subject { question: about.question.clone(), post: about.post }
}

async fn store(app: &App, id: InteractionId, question: &Question, about: About, answer: StarAnswer) -> reply::Message {
    let (typed, subject) = (answer.typed().clone(), subject_of(&about));
    let new = NewAnswer { id, about, answer, at: app.now() };
    match app.store.record_answer(new).await {
        Ok(Receipt { recorded, before, coaching }) => {
            let (Recorded::Stored(attempt) | Recorded::Unchanged(attempt)) = &recorded;
            let coached = coaching.is_coached.then_some(question);
            let feedback = coached.map(|question| coach(question, &attempt.answer));
            let since = before.map(|before| {
                let comparison = compare(coached, &before.answer, &attempt.answer);
                (before, comparison)
            });
            let said = reply::answer::recorded(question, &recorded, subject.post, feedback.as_ref(), since.as_ref());
            practice::asking(app, question, &coaching, said)
        }
        Err(error) => give_back(id, question, &typed, &subject, error),
    }
}

async fn put_down(app: &App, id: InteractionId, question: &Question, about: About, draft: Draft) -> reply::Message {
    let subject = subject_of(&about);
    match app.store.put_draft(&about, &draft, app.now()).await {
        Ok(()) => reply::answer::draft_kept(question, &draft, &subject),
        Err(error) => give_back(id, question, draft.typed(), &subject, error),
    }
}

fn give_back(
    id: InteractionId,
    question: &Question,
    typed: &Typed,
    subject: &Subject,
    error: StoreError,
) -> reply::Message {
    if error.is_busy() {
        tracing::warn!(interaction = %id, "the database was busy, so an answer was given back");
        return reply::answer::not_stored(question, typed, subject, None);
    }
    let incident = log_fault(&error.into(), id);
    reply::answer::not_stored(question, typed, subject, Some(&incident))
}
