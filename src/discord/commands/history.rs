//! `/history`: a person's own answers, page by page, and one in full.

use serenity::builder::CreateCommand;

use super::coach::while_coached;
use super::{for_members, share, text};
use crate::app::App;
use crate::custom_id::parse_base_36;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::domain::attempt::Attempt;
use crate::domain::coach::coach;
use crate::domain::history::{HistoryPage, HistoryQuery, SEARCH_LIMIT};
use crate::domain::id::{InteractionId, UserId};
use crate::domain::question::QuestionKey;
use crate::reply::{self, Message, Reply, refusal};

pub(super) fn register() -> CreateCommand {
    for_members("history", "Look back at your own answers; only you see them")
        .add_option(text("question", "Only your answers to this question").set_autocomplete(true))
        .add_option(text("search", "Only answers that contain this text, as you type it").max_length(SEARCH_LIMIT))
}

/// The first page.
pub(in crate::discord) async fn run(app: &App, origin: &Origin, command: &Command) -> CommandResult {
    let question = match command.text("question") {
        Some(typed) => Some(answered(app, origin.user, typed).await?),
        None => None,
    };
    // A client keeps to the limit; the buttons that carry the words rely on it.
    let search = command.text("search").unwrap_or_default().chars().take(usize::from(SEARCH_LIMIT)).collect();
    let query = HistoryQuery { question, search, page: 0 };
    Ok(Reply::Say(page(app, origin.user, query).await?))
}

/// Another page, in the place of the one that was shown.
pub(in crate::discord) async fn turn(app: &App, origin: &Origin, query: HistoryQuery) -> CommandResult {
    Ok(Reply::Replace(page(app, origin.user, query).await?))
}

async fn page(app: &App, user: UserId, mut query: HistoryQuery) -> Result<Message, CommandError> {
    let page = last_if_beyond(app, user, &mut query).await?;
    Ok(if page.total == 0 { reply::history::nothing(&query) } else { reply::history::page(&query, &page) })
}

/// The page that is asked for, or the last one where there are no longer so many.
pub(super) async fn last_if_beyond(
    app: &App,
    user: UserId,
    query: &mut HistoryQuery,
) -> Result<HistoryPage, CommandError> {
    let page = app.store.history(user, query).await?;
    if query.page < page.pages() {
        return Ok(page);
    }
    query.page = page.pages() - 1;
    Ok(app.store.history(user, query).await?)
}

/// The question that was typed: a key, as autocomplete gives it, or words that fit one of those that this person has answered.
async fn answered(app: &App, user: UserId, typed: &str) -> Result<QuestionKey, CommandError> {
    let keys = app.store.answered_questions(user).await?;
    let known = |key: &QuestionKey| keys.contains(key) || app.bank.get(key).is_some();
    if let Some(key) = QuestionKey::parse(typed).ok().filter(known) {
        return Ok(key);
    }
    match reply::choices::matching(&keys, typed).as_slice() {
        [only] => Ok((*only).clone()),
        _ => refuse(refusal::not_one_answered(typed)),
    }
}

/// One answer in full.
pub(in crate::discord) async fn open(app: &App, origin: &Origin, chosen: &[String]) -> CommandResult {
    let attempt = picked(app, origin.user, chosen.first()).await?;
    let question = app.bank.get(&attempt.about.question);
    let coached = while_coached(app, origin.user, question).await;
    let feedback = coached.map(|question| coach(question, &attempt.answer));
    Ok(Reply::Say(reply::history::in_full(question, &attempt, feedback.as_ref())))
}

/// An answer that was chosen in a menu.
pub(super) async fn picked(app: &App, user: UserId, chosen: Option<&String>) -> Result<Attempt, CommandError> {
    match chosen.and_then(|chosen| parse_base_36(chosen)) {
        Some(id) => own(app, user, InteractionId(id)).await,
        None => refuse(refusal::no_such_answer()),
    }
}

/// One of a person's own answers.
pub(super) async fn own(app: &App, user: UserId, answer: InteractionId) -> Result<Attempt, CommandError> {
    match app.store.attempt(user, answer).await? {
        Some(attempt) => Ok(attempt),
        None => refuse(refusal::no_such_answer()),
    }
}

/// Asks whether an answer is to be deleted.
pub(in crate::discord) async fn ask_delete(app: &App, origin: &Origin, answer: InteractionId) -> CommandResult {
    let attempt = own(app, origin.user, answer).await?;
    let asked = reply::own_data::ask_delete(app.bank.get(&attempt.about.question), &attempt);
    Ok(Reply::Say(match app.store.share(answer).await? {
        Some(share) => asked.ending_with(&reply::share::goes_too(&share)),
        None => asked,
    }))
}

/// Deletes it, and what was shared of it.
pub(in crate::discord) async fn delete(app: &App, origin: &Origin, answer: InteractionId) -> CommandResult {
    let shared = app.store.share(answer).await?.filter(|share| share.user == origin.user);
    share::end_all(app, shared.into_iter().collect()).await?;
    let deleted = app.store.delete_attempt(origin.user, answer).await?;
    let left = share::end_all(app, deleted.shares).await?;
    if deleted.rows == 0 {
        return refuse(refusal::no_such_answer());
    }
    Ok(Reply::Replace(share::with_left(reply::own_data::deleted_one(deleted.fold_owed), &left)))
}

/// Leaves it.
pub(in crate::discord) fn keep() -> Reply {
    Reply::Replace(reply::own_data::kept())
}
