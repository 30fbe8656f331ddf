//! The limits of modals, of autocomplete's choices and of commands.

use serde_json::{Value, json};

use crate::bot::{Answer, Rest, Scene};

fn crabs(count: usize) -> String {
    "🦀".repeat(count)
}

/// A name that a command may have: of letters that have no case.
fn letters(count: usize) -> String {
    "あ".repeat(count)
}

type Body = fn(usize) -> Value;

fn input_with(key: &str, value: Value) -> Value {
    let mut input = json!({"type": 4, "custom_id": "i", "style": 2, "label": "x"});
    input[key] = value;
    json!({"title": "x", "custom_id": "m", "components": [{"type": 1, "components": [input]}]})
}

fn inputs(count: usize) -> Value {
    let row =
        |n| json!({"type": 1, "components": [{"type": 4, "custom_id": format!("{n}"), "style": 1, "label": "x"}]});
    json!({"title": "x", "custom_id": "m", "components": (0..count).map(row).collect::<Vec<_>>()})
}

fn modal_with(key: &str, value: &str) -> Value {
    let mut modal = inputs(1);
    modal[key] = json!(value);
    modal
}

fn modal_limits() -> Vec<(&'static str, usize, Body)> {
    vec![
        ("data.title", 45, |n| modal_with("title", &crabs(n))),
        ("data.custom_id", 100, |n| modal_with("custom_id", &crabs(n))),
        ("data.components", 5, inputs),
        ("data.components.0.components.0.label", 45, |n| input_with("label", json!(crabs(n)))),
        ("data.components.0.components.0.placeholder", 100, |n| input_with("placeholder", json!(crabs(n)))),
        ("data.components.0.components.0.value", 4000, |n| input_with("value", json!(crabs(n)))),
        ("data.components.0.components.0.max_length", 4000, |n| input_with("max_length", json!(n))),
        ("data.components.0.components.0.min_length", 4000, |n| input_with("min_length", json!(n))),
        (
            "data.components.0.content",
            4000,
            |n| json!({"title": "x", "custom_id": "m", "components": [{"type": 10, "content": crabs(n.min(4001))}]}),
        ),
        ("data.components.0.label", 45, |n| {
            let input = json!({"type": 4, "custom_id": "i", "style": 1});
            json!({"title": "x", "custom_id": "m", "components": [{"type": 18, "label": crabs(n), "component": input}]})
        }),
    ]
}

/// Lets Ada run the command and answers it.
async fn answer(scene: &mut Scene, callback: Value) -> Answer {
    let ada = scene.ada.clone();
    let bot = &mut scene.bot;
    let (_, answer) = tokio::join!(ada.forces("/greet"), async {
        let interaction = bot.hears().await;
        let answer = bot.answers(&interaction, callback).await;
        if answer.status != 204 {
            let closed = bot.answers(&interaction, json!({"type": 4, "data": {"content": "x"}})).await;
            assert_eq!(closed.status, 204, "a refused answer uses nothing up");
        }
        answer
    });
    answer
}

#[tokio::test]
async fn each_limit_of_a_modal_holds_at_the_limit_and_one_past_it() {
    let mut scene = Scene::begins().await;
    for (field, limit, modal) in modal_limits() {
        let at = answer(&mut scene, json!({"type": 9, "data": modal(limit)})).await;
        assert_eq!(at.status, 204, "{field} at {limit}: {at:?}");
        let past = answer(&mut scene, json!({"type": 9, "data": modal(limit + 1)})).await;
        assert_eq!(past.code(), (400, 50035), "{field} past {limit}: {past:?}");
        assert!(past.refused_fields().contains(&field.to_owned()), "{field}: {past:?}");
    }
}

#[tokio::test]
async fn a_modal_with_a_wrong_shape_is_refused() {
    let mut scene = Scene::begins().await;
    let too_long = {
        let mut modal = input_with("value", json!("four"));
        modal["components"][0]["components"][0]["max_length"] = json!(3);
        modal
    };
    let two_in_a_row = {
        let mut modal = inputs(1);
        let input = modal["components"][0]["components"][0].clone();
        modal["components"][0]["components"] = json!([input, input]);
        modal
    };
    let same_id = {
        let mut modal = inputs(2);
        modal["components"][1] = modal["components"][0].clone();
        modal
    };
    let wrong = [
        ("data.components.0.components.0.value", too_long),
        ("data.components.0.components", two_in_a_row),
        ("data.components.1.components.0.custom_id", same_id),
        ("data.components.0.components.0.style", input_with("style", json!(3))),
        ("data.components.0.components.0.max_length", input_with("max_length", json!(0))),
        ("data.components", inputs(0)),
        ("data.title", json!({"custom_id": "m", "components": inputs(1)["components"]})),
    ];
    for (field, modal) in wrong {
        let answer = answer(&mut scene, json!({"type": 9, "data": modal})).await;
        assert_eq!(answer.refused_fields(), [field], "{answer:?}");
    }
}

fn choices(count: usize) -> Value {
    json!(vec![json!({"name": "x", "value": "x"}); count])
}

#[tokio::test]
async fn choices_have_limits_too() {
    let mut scene = Scene::begins().await;
    let limits: [(&str, usize, Body); 3] = [
        ("data.choices", 25, choices),
        ("data.choices.0.name", 100, |n| json!([{"name": crabs(n), "value": "x"}])),
        ("data.choices.0.value", 100, |n| json!([{"name": "x", "value": crabs(n)}])),
    ];
    let (ada, bot) = (scene.ada.clone(), &mut scene.bot);
    for (field, limit, choices) in limits {
        let (offered, past) = tokio::join!(ada.suggests("/greet name:a"), async {
            let interaction = bot.hears().await;
            let past = bot.answers(&interaction, json!({"type": 8, "data": {"choices": choices(limit + 1)}})).await;
            let at = bot.answers(&interaction, json!({"type": 8, "data": {"choices": choices(limit)}})).await;
            assert_eq!(at.status, 204, "{field} at {limit}: {at:?}");
            past
        });
        assert!(!offered.is_empty());
        assert_eq!(past.refused_fields(), [field], "{past:?}");
    }
}

fn command_with(key: &str, value: Value) -> Value {
    let mut command = json!({"name": "x", "description": "x"});
    command[key] = value;
    json!([command])
}

fn option_with(key: &str, value: Value) -> Value {
    let mut option = json!({"name": "x", "description": "x", "type": 3});
    option[key] = value;
    command_with("options", json!([option]))
}

/// A command that counts so many characters: 1 + 1 of its own, the rest in options and choices.
fn command_of(size: usize) -> Value {
    let option = |n: usize| {
        let choice = |n: usize| json!({"name": format!("{n:0100}"), "value": "x".repeat(100)});
        json!({"name": format!("{n:02}"), "description": "x".repeat(98), "type": 3, "choices": (0..19).map(choice).collect::<Vec<_>>()})
    };
    let mut options: Vec<Value> = (0..2).map(option).collect();
    options.push(json!({"name": "rest", "description": "x".repeat(94), "type": 3}));
    let counted = 2 + 2 * (100 + 19 * 200) + 98;
    assert!(size - counted <= 100 + 100);
    let left = size - counted - 2;
    options.push(json!({"name": "a", "description": "x", "type": 3, "choices": [{"name": "x".repeat(left / 2), "value": "x".repeat(left - left / 2)}]}));
    command_with("options", json!(options))
}

fn options_of(count: usize) -> Value {
    let option = |n| json!({"name": format!("o{n}"), "description": "x", "type": 3});
    command_with("options", json!((0..count).map(option).collect::<Vec<_>>()))
}

fn command_limits() -> Vec<(&'static str, usize, Body)> {
    vec![
        ("0.name", 32, |n| command_with("name", json!(letters(n)))),
        ("0.description", 100, |n| command_with("description", json!(crabs(n)))),
        ("0.options", 25, options_of),
        ("0.options.0.name", 32, |n| option_with("name", json!(letters(n)))),
        ("0.options.0.description", 100, |n| option_with("description", json!(crabs(n)))),
        ("0.options.0.choices", 25, |n| {
            let choice = |n| json!({"name": "x", "value": format!("{n}")});
            option_with("choices", json!((0..n).map(choice).collect::<Vec<_>>()))
        }),
        ("0.options.0.choices.0.name", 100, |n| option_with("choices", json!([{"name": crabs(n), "value": "x"}]))),
        ("0.options.0.max_length", 6000, |n| option_with("max_length", json!(n))),
        ("0", 8000, command_of),
    ]
}

async fn register(scene: &Scene, commands: &Value) -> Answer {
    let path = format!("/applications/{}/commands", scene.sandbox.application_id());
    Rest::of(&scene.sandbox).call("PUT", &path, commands).await
}

#[tokio::test]
async fn each_limit_of_a_command_holds_at_the_limit_and_one_past_it() {
    let scene = Scene::begins().await;
    for (field, limit, commands) in command_limits() {
        let at = register(&scene, &commands(limit)).await;
        assert_eq!(at.status, 200, "{field} at {limit}: {at:?}");
        let past = register(&scene, &commands(limit + 1)).await;
        assert_eq!(past.refused_fields(), [field], "{field} past {limit}: {past:?}");
    }
}

#[tokio::test]
async fn a_command_with_a_wrong_shape_is_refused() {
    let scene = Scene::begins().await;
    let plain = |name: &str| json!({"name": name, "description": "x", "type": 3});
    let required = json!({"name": "r", "description": "x", "type": 3, "required": true});
    let sub = json!({"name": "s", "description": "x", "type": 1});
    let both = json!([{"name": "x", "description": "x", "type": 3, "autocomplete": true, "choices": [{"name": "x", "value": "x"}]}]);
    let role = json!([{"name": "x", "description": "x", "type": 8, "autocomplete": true}]);
    let wrong = [
        ("0.name", command_with("name", json!("Upper"))),
        ("0.name", command_with("name", json!("two words"))),
        ("0.name", command_with("name", json!(""))),
        ("1.name", json!([{"name": "x", "description": "x"}, {"name": "x", "description": "x"}])),
        ("0.options.1", command_with("options", json!([plain("o"), required]))),
        ("0.options.1.name", command_with("options", json!([plain("o"), plain("o")]))),
        ("0.options", command_with("options", json!([plain("o"), sub]))),
        ("0.options.0", command_with("options", both)),
        ("0.options.0", command_with("options", role)),
        ("0.default_member_permissions", command_with("default_member_permissions", json!("manage"))),
        ("0.contexts.0", command_with("contexts", json!([3]))),
        ("0.integration_types.0", command_with("integration_types", json!([2]))),
    ];
    for (field, commands) in wrong {
        let answer = register(&scene, &commands).await;
        assert_eq!(answer.refused_fields(), [field], "{commands}: {answer:?}");
    }
}

#[tokio::test]
async fn a_command_that_keeps_its_name_keeps_its_id() {
    let scene = Scene::begins().await;
    let first = register(&scene, &options_of(1)).await;
    let again = register(&scene, &options_of(2)).await;
    assert_eq!(first.body[0]["id"], again.body[0]["id"]);
    assert_ne!(first.body[0]["version"], again.body[0]["version"]);
    assert_eq!(scene.sandbox.commands().len(), 1);
}
