//! Malformed and forged interactions: whatever comes in, something polite goes out, and the next one works.

use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use secrecy::SecretString;
use serde_json::{Value, json};
use starling::app::App;
use starling::clock::Clock;
use starling::discord::interaction::Interaction;
use starling::discord::router::route;
use starling::domain::bank::QuestionBank;
use starling::domain::id::UserId;
use starling::domain::zone::ZoneTable;
use starling::reply::Reply;
use starling::rest::{Application, Rest};
use starling::store::Store;
use tempfile::TempDir;

/// How many payloads are tried, and where their changes start from.
const PAYLOADS: u64 = 10_000;
const SEED: u64 = 11;

/// An app without a Discord: none of these payloads comes from an admin, so nothing asks it.
async fn app() -> (Arc<App>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    let app = App {
        bank: QuestionBank::built_in().unwrap(),
        zones: ZoneTable::built_in().unwrap(),
        store,
        clock: Clock::System,
        rest: Rest::new("http://127.0.0.1:9", SecretString::from("t")).unwrap(),
        application: Application { id: 1, bot: UserId(1), installs_to_accounts: true },
        seed: SEED,
    };
    (Arc::new(app), folder)
}

fn user() -> Value {
    json!({ "id": "7", "username": "ada", "discriminator": "0", "avatar": null, "global_name": "Ada" })
}

fn interaction(kind: u64, data: &Value) -> Value {
    json!({
        "id": "1500000000000000001", "application_id": "1", "type": kind, "token": "token", "version": 1, "data": data,
        "guild_id": "2", "channel_id": "3", "channel": { "id": "3", "type": 0, "name": "general" },
        "member": { "user": user(), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": false, "mute": false,
                    "flags": 0, "permissions": "2048" },
        "app_permissions": "84992", "locale": "en-US", "guild_locale": "en-US", "entitlements": [],
        "authorizing_integration_owners": { "0": "2" }, "context": 0, "attachment_size_limit": 10_485_760,
    })
}

/// One good payload of each kind.
fn good() -> Vec<Value> {
    let text = |name: &str, value: &str| json!({ "type": 3, "name": name, "value": value });
    let key = "change-a-schema-in-production";
    let whole = ["situation", "task", "action", "result"].map(|part| text(part, "I did 5 things."));
    let message = json!({
        "id": "9", "channel_id": "3", "author": user(), "content": "", "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": false, "type": 0,
    });
    let input =
        |part: &str| json!({ "type": 1, "components": [{ "type": 4, "custom_id": part, "value": "I did 5 things." }] });
    let pressed = |custom_id: &str, kind: u64, values: Value| {
        let mut pressed = interaction(3, &json!({ "custom_id": custom_id, "component_type": kind, "values": values }));
        pressed["message"] = message.clone();
        pressed
    };
    let mut options = whole.to_vec();
    options.push(text("question", key));
    vec![
        interaction(2, &json!({ "id": "5", "name": "answer", "type": 1, "options": options })),
        interaction(2, &json!({ "id": "5", "name": "history", "type": 1, "options": [text("search", "things")] })),
        interaction(2, &json!({ "id": "5", "name": "help", "type": 1 })),
        interaction(
            2,
            &json!({ "id": "5", "name": "daily", "type": 1, "options": [{ "type": 1, "name": "status", "options": [] }] }),
        ),
        interaction(
            4,
            &json!({ "id": "5", "name": "question", "type": 1,
            "options": [{ "type": 3, "name": "question", "value": "schema", "focused": true }] }),
        ),
        pressed(&format!("1:answer:{key}"), 2, json!([])),
        pressed(&format!("1:guidance:{key}"), 2, json!([])),
        pressed("1:history:0::things", 2, json!([])),
        pressed("1:open", 3, json!(["9z"])),
        interaction(
            5,
            &json!({ "custom_id": format!("1:submit:{key}"),
            "components": [{ "type": 10, "id": 1 }, input("situation"), input("task"), input("action"), input("result")] }),
        ),
    ]
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

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_mutated_payloads_are_answered_or_dropped_and_the_next_one_works() {
    let (app, _folder) = app().await;
    let (good, mut chance) = (good(), ChaCha8Rng::seed_from_u64(SEED));
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
    let help = read(&good[2]).map(|interaction| route(&app, interaction)).unwrap().await;
    assert!(matches!(help, Reply::Say(message) if message.content.contains("Starling")));
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_where_it_carries_what_an_answer_needs() {
    let (app, _folder) = app().await;
    let mut broken = interaction(99, &json!({}));
    let reply = route(&app, read(&broken).unwrap()).await;
    assert!(matches!(reply, Reply::Say(message) if message.content.contains("could not read")));
    broken["type"] = json!(4);
    assert!(matches!(route(&app, read(&broken).unwrap()).await, Reply::Suggest(choices) if choices.is_empty()));
    for lacking in ["id", "token"] {
        let mut broken = interaction(99, &json!({}));
        broken.as_object_mut().unwrap().remove(lacking);
        assert!(read(&broken).is_none(), "{lacking}");
    }
}

#[tokio::test]
async fn a_modal_of_the_newer_form_is_a_loud_fault_and_no_empty_answer() {
    let (app, _folder) = app().await;
    let label = json!({ "type": 18, "id": 1, "component": { "type": 4, "custom_id": "situation", "value": "Mine" } });
    let submit = json!({ "custom_id": "1:submit:change-a-schema-in-production", "components": [label] });
    let reply = route(&app, read(&interaction(5, &submit)).unwrap()).await;
    assert!(matches!(reply, Reply::Say(message) if message.content.contains("incident")));
}
