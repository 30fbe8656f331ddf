//! `/practice`: the question that a person should do next. And the buttons Again, Fine and Solid, which say when it comes back.

use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::CommandOptionType;

use super::{for_members, text, which};
use crate::app::App;
use crate::custom_id::Subject;
use crate::discord::error::{CommandResult, refuse};
use crate::discord::interaction::{Command, Origin};
use crate::domain::practice::{Coaching, Felt, Offer, Practised, Revisit, Stand, Wanted, Why, pick};
use crate::domain::question::{Level, Question, QuestionKey};
use crate::reply::{self, Message, Reply, refusal};

pub(super) fn register() -> CreateCommand {
    let level = CreateCommandOption::new(CommandOptionType::String, "level", "Only questions for this level");
    let level =
        Level::ALL.into_iter().fold(level, |option, level| option.add_string_choice(level.as_str(), level.as_str()));
    for_members("practice", "Get the question that you should do next; only you see it")
        .add_option(text("topic", "Only questions of this topic").set_autocomplete(true))
        .add_option(level)
}

/// Shows the question that comes next, and why it is that one.
pub(in crate::discord) async fn run(app: &App, origin: &Origin, command: &Command) -> CommandResult {
    let wanted =
        Wanted { topic: command.text("topic").map(str::to_owned), level: command.text("level").and_then(Level::parse) };
    let fitting: Vec<&Question> = app.bank.active().filter(|question| wanted.fits(question)).collect();
    if fitting.is_empty() {
        return refuse(nothing_fits(app, &wanted));
    }
    loop {
        let (tried, revisits) = (app.store.tried(origin.user).await?, app.store.revisits(origin.user).await?);
        let last = app.store.last_offer(origin.user).await?;
        let of = Practised { user: origin.user, tried: &tried, revisits: &revisits, last: last.as_ref() };
        let Some((question, why)) = pick(&fitting, &of, app.now()) else {
            return refuse(refusal::only_that_one(&wanted));
        };
        let offer = Offer { question: question.key.clone(), was_due: why == Why::Due };
        // Sent twice at once, the slower one picks again, so that the two don't bring the same.
        if app.store.record_offer(origin.user, last.as_ref(), &offer, app.now()).await? {
            let subject = Subject { question: offer.question, post: None };
            return Ok(Reply::Say(reply::practice::offered(question, &subject, why)));
        }
    }
}

/// That nothing is of this kind, and what there is.
fn nothing_fits(app: &App, wanted: &Wanted) -> String {
    let of_topic = Wanted { level: None, ..wanted.clone() };
    let has = |level: &Level| {
        let level = Wanted { level: Some(*level), ..of_topic.clone() };
        app.bank.active().any(|question| level.fits(question))
    };
    let levels: Vec<Level> = Level::ALL.into_iter().filter(has).collect();
    refusal::nothing_to_practise(wanted, &app.bank.topics(), &levels)
}

/// The reply to an answer with the question how it felt, also where it says the same as the one before: that one was practised once more.
pub(super) fn asking(app: &App, question: &Question, coaching: &Coaching, said: Message) -> Message {
    let stands_on = coaching.revisit.as_ref().map(|revisit| revisit.stand(app.now()));
    reply::practice::asking(said, question, stands_on)
}

/// Notes how an answer felt to somebody who stood on a rung of the ladder, and says when its question comes back.
pub(in crate::discord) async fn felt(
    app: &App,
    origin: &Origin,
    key: &QuestionKey,
    felt: Felt,
    stood_on: Option<Stand>,
) -> CommandResult {
    let question = which::known(app, key)?;
    let next = Revisit::after(felt, stood_on, key.clone(), app.now());
    if !app.store.put_revisit(origin.user, &next).await? {
        return refuse(refusal::no_such_answer());
    }
    Ok(Reply::Say(reply::practice::comes_back(question, felt, &next)))
}
