//! What a person does at the page: commands, buttons, menus, modals, words.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::seat;
use super::told::{Heard, Told, done};
use crate::person::Person;
use crate::reply::Reply;
use crate::shared::Shared;

/// The person who acts, where they stand.
pub(super) fn actor(shared: &Arc<Shared>, told: &Told) -> Result<Person, String> {
    Ok(Person::standing(Arc::clone(shared), who(shared, told)?, Some(told.id("in")?)))
}

fn who(shared: &Shared, told: &Told) -> Result<u64, String> {
    let id = told.id("as")?;
    let is_there = shared.read(|world| seat::is_person(world, id));
    if is_there { Ok(id) } else { Err(format!("there is nobody with the id {id}; choose somebody who is there")) }
}

/// The command as it is typed.
pub(super) fn line(told: &Told) -> Result<String, String> {
    let command = told.text("command")?;
    Ok(format!("/{}", command.trim_start_matches('/')))
}

pub(super) async fn command(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    let person = actor(&shared, &told)?;
    let reply = person.try_runs_with(&line(&told)?, &told.pairs("options")?).await?;
    Ok(outcome(&reply))
}

pub(super) async fn press(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    let person = actor(&shared, &told)?;
    let values = told.texts("values")?;
    let reply = person.try_presses(told.id("message")?, told.text("custom_id")?, values.as_deref()).await?;
    Ok(outcome(&reply))
}

pub(super) async fn modal(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    // A modal stands before the person wherever they are.
    let person = Person::standing(Arc::clone(&shared), who(&shared, &told)?, None);
    let reply = person.try_fills_in(told.id("interaction")?, &told.pairs("values")?).await?;
    Ok(outcome(&reply))
}

pub(super) async fn say(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    actor(&shared, &told)?.try_says(told.text("text")?)?;
    Ok(done())
}

/// What came of an interaction; the live view shows the messages.
fn outcome(reply: &Reply) -> Json<Value> {
    let came = |what: &str| Json(json!({ "came": what }));
    if reply.failed() {
        return came("no response");
    }
    match reply.opened() {
        Some(modal) => {
            let interaction = reply.interaction().to_string();
            Json(json!({"came": "modal", "interaction": interaction, "modal": modal.raw}))
        }
        None if reply.messages().is_empty() => came("nothing"),
        None => came("message"),
    }
}
