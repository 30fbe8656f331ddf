//! Which question a command is about: the one that is named, or the one that the place suggests.

use crate::app::App;
use crate::custom_id::Subject;
use crate::discord::error::{CommandError, refuse};
use crate::discord::interaction::Origin;
use crate::domain::id::ChannelId;
use crate::domain::question::{Question, QuestionKey};
use crate::reply::refusal;

/// The question that was typed: its key, as autocomplete gives it, or words that only one question fits.
pub(super) fn named<'a>(app: &'a App, typed: &str) -> Result<&'a Question, CommandError> {
    if let Some(question) = QuestionKey::parse(typed).ok().and_then(|key| app.bank.get(&key)) {
        return Ok(question);
    }
    match app.bank.search(typed).as_slice() {
        [] => refuse(refusal::no_such_question(typed)),
        [one] => Ok(one),
        several => refuse(refusal::several_questions(typed, several)),
    }
}

/// The question that the place suggests: in a thread under a post that post's; else the newest of this channel's daily question; else the
/// newest of the guild's only one.
pub(super) async fn suggested(app: &App, origin: &Origin) -> Result<Subject, CommandError> {
    let Some(guild) = origin.guild else { return refuse(refusal::no_daily_question_in_a_message()) };
    if origin.thread_of.is_some()
        && let Some(post) = app.store.post_of_thread(origin.place).await?
        && let Some(question) = post.question
    {
        return Ok(Subject { question, post: Some(post.key) });
    }
    if app.store.daily(origin.channel()).await?.is_some() {
        return newest(app, origin.channel()).await;
    }
    match app.store.living_dailies_of(guild).await?.as_slice() {
        [only] => newest(app, only.channel).await,
        _ => refuse(refusal::which_question()),
    }
}

async fn newest(app: &App, channel: ChannelId) -> Result<Subject, CommandError> {
    let post = app.store.newest_post(channel).await?;
    match post.and_then(|post| Some((post.question?, post.key))) {
        Some((question, key)) => Ok(Subject { question, post: Some(key) }),
        None => refuse(refusal::nothing_posted()),
    }
}

/// The question of a component, retired or not.
pub(super) fn known<'a>(app: &'a App, key: &QuestionKey) -> Result<&'a Question, CommandError> {
    app.bank.get(key).map_or_else(|| refuse(refusal::question_gone()), Ok)
}
