//! Malformed and forged interactions: whatever comes in, something polite goes out, and the next one works.

mod payloads;
mod served;

use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use starling::app::App;
use starling::clock::Clock;
use starling::discord::interaction::Interaction;
use starling::discord::router::route;
use starling::reply::Reply;
use tempfile::TempDir;

use self::payloads::{MEMBER, Place, answer, good, interaction};

/// How many payloads are tried, and where their changes start from.
const PAYLOADS: u64 = 10_000;
const SEED: u64 = 11;

/// Somewhere, where no admin is.
const NOWHERE: Place = Place { guild: 2, channel: 3, user: 7, permissions: MEMBER };

/// An app without a Discord: none of these payloads comes from an admin, so nothing asks it.
async fn app() -> (Arc<App>, TempDir) {
    app_of("http://127.0.0.1:9", "t", 1).await
}

/// An app of the Discord that is there.
async fn app_of(discord: &str, token: &str, application: u64) -> (Arc<App>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    (Arc::new(crate::app::app(&file, Clock::System, discord, token, application).await), folder)
}

/// Changes one place of a payload: takes it away, or puts something there that does not belong there.
fn mutate(payload: &mut Value, chance: &mut ChaCha8Rng) {
    let choose =
        |count: usize, chance: &mut ChaCha8Rng| usize::try_from(chance.next_u64() % count.max(1) as u64).unwrap();
    let deeper = !chance.next_u64().is_multiple_of(4);
    match payload {
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields.keys().nth(choose(fields.len(), chance)).unwrap().clone();
            if deeper {
                mutate(fields.get_mut(&name).unwrap(), chance);
            } else {
                fields.remove(&name);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let at = choose(items.len(), chance);
            mutate(&mut items[at], chance);
        }
        place => {
            let odd = [
                json!(null),
                json!(-1),
                json!(u64::MAX),
                json!(""),
                json!("\u{0}@everyone <@1> \u{202e}"),
                json!("😀".repeat(5000)),
                json!("1:answer:no-such-question:zz.zz"),
                json!("1:history:4294967295::"),
                json!("9:unknown"),
                json!([[]]),
                json!({ "type": 18, "component": {} }),
                json!(true),
            ];
            *place = odd[choose(odd.len(), chance)].clone();
        }
    }
}

/// As the gateway's handlers read an event.
fn read(payload: &Value) -> Option<Interaction> {
    match serde_json::from_value(payload.clone()) {
        Ok(event) => Interaction::read(event),
        Err(_) => Interaction::read_unreadable(payload),
    }
}

#[test]
fn every_good_payload_can_be_read() {
    for payload in good(NOWHERE) {
        let read = serde_json::from_value(payload.clone()).ok().and_then(Interaction::read);
        assert!(read.is_some(), "{payload}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_mutated_payloads_are_answered_or_dropped_and_the_next_one_works() {
    let (app, _folder) = app().await;
    app.store.record_answer(answer(NOWHERE)).await.unwrap();
    let (good, mut chance) = (good(NOWHERE), ChaCha8Rng::seed_from_u64(SEED));
    let mut answered = 0;
    for number in 0..PAYLOADS {
        let mut payload = good[usize::try_from(number).unwrap() % good.len()].clone();
        payload["id"] = json!((1_500_000_000_000_000_000 + number).to_string());
        for _ in 0..=chance.next_u64() % 3 {
            mutate(&mut payload, &mut chance);
        }
        if let Some(interaction) = read(&payload) {
            route(&app, interaction).await;
            answered += 1;
        }
    }
    assert!(answered > PAYLOADS / 2, "{answered} of {PAYLOADS} reached an answer");
    let help = read(&interaction(NOWHERE, 2, &json!({ "id": "5", "name": "help", "type": 1 })))
        .map(|interaction| route(&app, interaction))
        .unwrap()
        .await;
    assert!(matches!(help, Reply::Say(message) if message.content.contains("Starling")));
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_where_it_carries_what_an_answer_needs() {
    let (app, _folder) = app().await;
    let mut broken = interaction(NOWHERE, 99, &json!({}));
    let reply = route(&app, read(&broken).unwrap()).await;
    assert!(matches!(reply, Reply::Say(message) if message.content.contains("could not read")));
    broken["type"] = json!(4);
    assert!(matches!(route(&app, read(&broken).unwrap()).await, Reply::Suggest(choices) if choices.is_empty()));
    for lacking in ["id", "token"] {
        let mut broken = interaction(NOWHERE, 99, &json!({}));
        broken.as_object_mut().unwrap().remove(lacking);
        assert!(read(&broken).is_none(), "{lacking}");
    }
}

#[tokio::test]
async fn a_modal_of_the_newer_form_is_a_loud_fault_and_no_empty_answer() {
    let (app, _folder) = app().await;
    let label = json!({ "type": 18, "id": 1, "component": { "type": 4, "custom_id": "situation", "value": "Mine" } });
    let submit = json!({ "custom_id": "1:submit:change-a-schema-in-production", "components": [label] });
    let reply = route(&app, read(&interaction(NOWHERE, 5, &submit)).unwrap()).await;
    assert!(matches!(reply, Reply::Say(message) if message.content.contains("incident")));
}
