//! The limits of messages, embeds and components: each at the limit and one past it.

use serde_json::{Value, json};

use crate::bot::Scene;

/// A text of so many code points, each of four bytes and two UTF-16 units.
fn crabs(count: usize) -> String {
    "🦀".repeat(count)
}

fn embed(embed: &Value) -> Value {
    json!({"embeds": [embed]})
}

fn row(parts: &Value) -> Value {
    json!({"content": "x", "components": [{"type": 1, "components": parts}]})
}

fn buttons(count: usize) -> Vec<Value> {
    let button = |n| json!({"type": 2, "style": 1, "label": "x", "custom_id": format!("b{n}")});
    (0..count).map(button).collect()
}

fn button_with(key: &str, value: &str) -> Value {
    let mut button = json!({"type": 2, "style": 1, "label": "x", "custom_id": "x"});
    button[key] = json!(value);
    row(&json!([button]))
}

fn options(count: usize) -> Vec<Value> {
    (0..count).map(|n| json!({"label": "x", "value": format!("v{n}")})).collect()
}

fn select(options: &Value) -> Value {
    row(&json!([{"type": 3, "custom_id": "s", "options": options}]))
}

fn option_with(key: &str, value: &str) -> Value {
    let mut option = json!({"label": "x", "value": "x"});
    option[key] = json!(value);
    select(&json!([option]))
}

fn field_with(key: &str, value: &str) -> Value {
    let mut field = json!({"name": "x", "value": "x"});
    field[key] = json!(value);
    embed(&json!({"fields": [field]}))
}

/// A body whose measured part has the given size.
type Body = fn(usize) -> Value;

/// The field, the limit, and a body with a given size there.
fn limits() -> Vec<(&'static str, usize, Body)> {
    vec![
        ("content", 2000, |n| json!({"content": crabs(n)})),
        ("nonce", 25, |n| json!({"content": "x", "nonce": crabs(n)})),
        ("embeds", 10, |n| json!({"embeds": vec![json!({"title": "x"}); n]})),
        ("embeds.0.title", 256, |n| embed(&json!({"title": crabs(n)}))),
        ("embeds.0.description", 4096, |n| embed(&json!({"description": crabs(n)}))),
        ("embeds.0.fields", 25, |n| embed(&json!({"fields": vec![json!({"name": "x", "value": "x"}); n]}))),
        ("embeds.0.fields.0.name", 256, |n| field_with("name", &crabs(n))),
        ("embeds.0.fields.0.value", 1024, |n| field_with("value", &crabs(n))),
        ("embeds.0.footer.text", 2048, |n| embed(&json!({"footer": {"text": crabs(n)}}))),
        ("embeds.0.author.name", 256, |n| embed(&json!({"author": {"name": crabs(n)}}))),
        ("embeds", 6000, |n| {
            let description = crabs(n - 4000);
            json!({"embeds": [
                {"title": crabs(256), "description": crabs(3000)},
                {"description": description, "footer": {"text": crabs(744)}},
            ]})
        }),
        ("components", 5, |n| {
            let row = |n| json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": format!("{n}")}]});
            json!({"content": "x", "components": (0..n).map(row).collect::<Vec<_>>()})
        }),
        ("components.0.components", 5, |n| row(&json!(buttons(n)))),
        ("components.0.components.0.label", 80, |n| button_with("label", &crabs(n))),
        ("components.0.components.0.custom_id", 100, |n| button_with("custom_id", &crabs(n))),
        ("components.0.components.0.options", 25, |n| select(&json!(options(n)))),
        ("components.0.components.0.options.0.label", 100, |n| option_with("label", &crabs(n))),
        ("components.0.components.0.options.0.value", 100, |n| option_with("value", &crabs(n))),
        ("components.0.components.0.options.0.description", 100, |n| option_with("description", &crabs(n))),
    ]
}

#[tokio::test]
async fn each_limit_holds_at_the_limit_and_one_past_it() {
    let scene = Scene::begins().await;
    for (field, limit, body) in limits() {
        let at = scene.posts(body(limit)).await;
        assert_eq!(at.status, 200, "{field} at {limit}: {at:?}");
        let past = scene.posts(body(limit + 1)).await;
        assert_eq!(past.code(), (400, 50035), "{field} past {limit}: {past:?}");
        assert_eq!(past.refused_fields(), [field]);
    }
    assert_eq!(scene.sandbox.expect_refusals().len(), limits().len());
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

/// What is wrong in another way than by its size, and the field that is named for it.
fn wrong() -> Vec<(&'static str, Value)> {
    let id = "components.0.components.0.custom_id";
    let second = "components.0.components.1.custom_id";
    let option = "components.0.components.0.options.1.value";
    let twice = json!({"label": "x", "value": "x"});
    let link = |link: &Value| row(&json!([link]));
    vec![
        ("content", json!({"content": 5})),
        (id, button_with("custom_id", "")),
        (id, row(&json!([{"type": 2, "style": 1, "label": "x"}]))),
        (second, row(&json!([buttons(1)[0], buttons(1)[0]]))),
        (option, select(&json!([twice, twice]))),
        ("components.0.components", row(&json!([buttons(1)[0], {"type": 3, "custom_id": "s", "options": options(1)}]))),
        ("components.0.components", row(&json!([]))),
        ("components.0.components.0", row(&json!([{"type": 2, "style": 1, "custom_id": "x"}]))),
        ("components.0.components.0.style", row(&json!([{"type": 2, "label": "x", "custom_id": "x"}]))),
        ("components.0.components.0.url", link(&json!({"type": 2, "style": 5, "label": "x"}))),
        ("components.0.components.0.url", link(&json!({"type": 2, "style": 5, "label": "x", "url": "ftp://x"}))),
        ("components.0.components.0.options", row(&json!([{"type": 3, "custom_id": "s"}]))),
        ("components.0.components.0.options", select(&json!([]))),
        (
            "components.0.components.0.max_values",
            row(&json!([{
                "type": 3, "custom_id": "s", "max_values": 2, "options": options(1),
            }])),
        ),
        ("embeds.0.fields.0.value", field_with("value", " \n")),
        ("embeds.0.url", embed(&json!({"title": "x", "url": "javascript:x"}))),
        ("embeds.0.color", embed(&json!({"title": "x", "color": 0x0100_0000}))),
        ("allowed_mentions.parse.0", json!({"content": "x", "allowed_mentions": {"parse": ["all"]}})),
        ("allowed_mentions", json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}})),
    ]
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_field() {
    let scene = Scene::begins().await;
    for (field, body) in wrong() {
        let answer = scene.posts(body.clone()).await;
        assert_eq!(answer.code(), (400, 50035), "{body}: {answer:?}");
        assert_eq!(answer.refused_fields(), [field], "{body}: {answer:?}");
    }
    let refusals = scene.sandbox.expect_refusals();
    assert_eq!(refusals.len(), wrong().len());
    assert!(refusals[0].starts_with("POST /channels/ID/messages: 400 50035 Invalid Form Body: content:"));
}

#[tokio::test]
async fn a_message_that_shows_nothing_is_refused() {
    let scene = Scene::begins().await;
    for empty in [json!({}), json!({"content": ""}), json!({"content": " \n "}), json!({"embeds": [{}]})] {
        assert_eq!(scene.posts(empty.clone()).await.code(), (400, 50006), "{empty}");
    }
    let sent = scene.posts(json!({"content": "x"})).await.id();
    let path = format!("{}/{sent}", scene.messages());
    assert_eq!(scene.bot.rest.patch(&path, json!({"content": ""})).await.code(), (400, 50006));
}
