//! What the client offers while a person types: commands, and choices for an option.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::act;
use super::seat::{Asked, Seat};
use super::told::{Heard, Told};
use crate::person::{Choice, Person};
use crate::shared::Shared;

/// The commands that a person may use where they stand.
pub(super) async fn commands(State(shared): State<Arc<Shared>>, Query(asked): Asked) -> Json<Value> {
    let seat = shared.read(|world| Seat::of(world, &asked));
    let offered = seat.map(|seat| Person::standing(Arc::clone(&shared), seat.person, seat.channel).offered());
    Json(Value::Array(offered.unwrap_or_default()))
}

/// The choices that the bot offers for the last option.
pub(super) async fn complete(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    let person = act::actor(&shared, &told)?;
    let choices = person.try_suggests_with(&act::line(&told)?, &told.pairs("options")?).await?;
    let choices: Vec<Value> =
        choices.iter().map(|Choice { name, value }| json!({"name": name, "value": value})).collect();
    Ok(Json(json!({ "choices": choices })))
}
