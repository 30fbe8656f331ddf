//! Two attempts at a question, compared: two that are chosen together, or one and then another of any page.

use super::coach::while_coached;
use super::history::{last_if_beyond, own, picked};
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::Origin;
use crate::domain::attempt::Attempt;
use crate::domain::compare::compare;
use crate::domain::history::HistoryQuery;
use crate::domain::id::InteractionId;
use crate::reply::{self, Message, Reply, refusal};

/// Compares the two that were chosen; asks for the other one where it was one.
pub(in crate::discord) async fn chosen(app: &App, origin: &Origin, values: &[String]) -> CommandResult {
    let first = picked(app, origin.user, values.first()).await?;
    match values.get(1) {
        Some(_) => side_by_side(app, first, picked(app, origin.user, values.get(1)).await?).await,
        None => Ok(Reply::Say(others(app, origin, &first, 0).await?)),
    }
}

/// Another page of what an attempt can be compared with.
pub(in crate::discord) async fn turn(app: &App, origin: &Origin, answer: InteractionId, page: u32) -> CommandResult {
    let first = own(app, origin.user, answer).await?;
    Ok(Reply::Replace(others(app, origin, &first, page).await?))
}

async fn others(app: &App, origin: &Origin, first: &Attempt, page: u32) -> Result<Message, CommandError> {
    let question = Some(first.about.question.clone());
    let mut query = HistoryQuery { question, search: String::new(), page };
    let found = last_if_beyond(app, origin.user, &mut query).await?;
    Ok(reply::history::compare_with(first, query.page, &found))
}

/// Compares an attempt with the one that was chosen.
pub(in crate::discord) async fn with(
    app: &App,
    origin: &Origin,
    answer: InteractionId,
    values: &[String],
) -> CommandResult {
    let first = own(app, origin.user, answer).await?;
    side_by_side(app, first, picked(app, origin.user, values.first()).await?).await
}

async fn side_by_side(app: &App, one: Attempt, other: Attempt) -> CommandResult {
    if one.about.question != other.about.question || one.id == other.id {
        return refuse(refusal::not_two_attempts());
    }
    let (earlier, later) = if one.number < other.number { (one, other) } else { (other, one) };
    let question = app.bank.get(&earlier.about.question);
    let coached = while_coached(app, earlier.about.user, question).await;
    let comparison = compare(coached, &earlier.answer, &later.answer);
    Ok(Reply::Say(reply::compare::side_by_side(question, [&earlier, &later], &comparison)))
}
