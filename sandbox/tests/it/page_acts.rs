//! What people do at the page, as far as a client lets them.

use sandbox::permissions::SEND_MESSAGES;
use serde_json::{Value, json};

use crate::bot::{Scene, button, says, whispers};
use crate::browser::{Browser, by, contents};

impl Scene {
    /// Ada does something in #general.
    fn ada_does(&self, more: &Value) -> Value {
        by(&self.ada, &self.general, more)
    }

    fn ada_presses(&self, message: &str, custom_id: &str, values: &Value) -> Value {
        self.ada_does(&json!({"message": message, "custom_id": custom_id, "values": values}))
    }
}

#[tokio::test]
async fn a_command_runs_with_its_options() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let options = json!([["name", "a\nb"], ["where", scene.general.id().to_string()], ["times", "2"]]);
    let body = scene.ada_does(&json!({"command": "greet", "options": options}));
    let (came, heard) = tokio::join!(browser.acts("/page/command", body), scene.bot.hears_and_answers(says("Hello")));
    assert_eq!(came, json!({"came": "message"}));
    assert_eq!(heard["data"]["options"][0]["value"], "a\nb");
    assert_eq!(heard["data"]["options"][1]["value"], json!(scene.general.id().to_string()));
    assert_eq!(heard["data"]["options"][2]["value"], 2);
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn what_no_client_lets_through_is_refused_with_the_reason() {
    let scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let cases = [
        (json!({"command": "nope"}), "There is no command /nope; there are: greet."),
        (
            json!({"command": "greet", "options": [["name", "longer"]]}),
            "/greet name: takes 5 characters, not 6; shorten it.",
        ),
        (json!({"command": "greet", "options": [["name"]]}), "`options` is to hold pairs of texts."),
        (json!({"command": "greet", "in": "1"}), "The channel that Ada stands in is gone; go to another."),
        (json!({"command": "greet", "as": "1"}), "There is nobody with the id 1; choose somebody who is there."),
        (json!({"command": "greet", "as": scene.sandbox.application_id()}), "There is nobody with the id"),
        (json!({}), "`command` is to be a text."),
    ];
    for (more, why) in cases {
        let said = browser.is_refused("/page/command", scene.ada_does(&more)).await;
        assert!(said.starts_with(why), "{said}");
    }
}

#[tokio::test]
async fn an_action_is_taken_as_json_alone() {
    let scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let body = scene.ada_does(&json!({"text": "hello"})).to_string();
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
        let request = browser.request("POST", "/page/say").header("content-type", kind).body(body.clone());
        assert_eq!(request.send().await.unwrap().status(), 415, "{kind}");
    }
    assert_eq!(browser.request("POST", "/page/say").body(body.clone()).send().await.unwrap().status(), 415);
    let json = "application/json; charset=utf-8";
    let broken = browser.request("POST", "/page/say").header("content-type", json).body("{");
    assert_eq!(broken.send().await.unwrap().status(), 400);
    assert_eq!(scene.general.messages().len(), 0);
    let whole = browser.request("POST", "/page/say").header("content-type", json).body(body);
    assert_eq!(whole.send().await.unwrap().status(), 200);
    assert_eq!(scene.general.messages().len(), 1);
}

#[tokio::test]
async fn the_last_option_is_completed() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let body = scene.ada_does(&json!({"command": "greet", "options": [["tone", "f"], ["name", "B"]]}));
    let choices = json!([{"name": "Bob", "value": "b"}, {"name": "Bea", "value": "e"}]);
    let callback = json!({"type": 8, "data": {"choices": choices}});
    let (offered, heard) = tokio::join!(browser.acts("/page/complete", body), scene.bot.hears_and_answers(callback));
    assert_eq!(offered, json!({ "choices": choices }));
    assert_eq!(heard["data"]["options"][1], json!({"name": "name", "type": 3, "value": "B", "focused": true}));
    let body = scene.ada_does(&json!({"command": "greet", "options": [["name", "B"], ["tone", "f"]]}));
    let why = browser.is_refused("/page/complete", body).await;
    assert_eq!(why, "/greet: the option tone does not complete.");
}

#[tokio::test]
async fn a_button_is_pressed_by_its_custom_id() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let row = json!([{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
        {"type": 2, "style": 1, "label": "Stop", "custom_id": "stop", "disabled": true},
    ]}]);
    let message = scene.posts(json!({"content": "x", "components": row})).await.id();
    let press = scene.ada_presses(&message, "go", &Value::Null);
    let updates = json!({"type": 7, "data": {"content": "y"}});
    let (came, heard) = tokio::join!(browser.acts("/page/press", press), scene.bot.hears_and_answers(updates));
    assert_eq!((came, &heard["data"]["custom_id"]), (json!({"came": "message"}), &json!("go")));
    assert_eq!(heard["message"]["id"], json!(message));
    let gone = "That message has no such button or menu any more; use one that it shows now.";
    let cases = [
        ("stop", Value::Null, "The button Stop is disabled; use another."),
        ("other", Value::Null, gone),
        ("go", json!(["a"]), "A button takes no values."),
        ("go", json!([1]), "`values` is to be a list of texts."),
    ];
    for (custom_id, values, why) in cases {
        assert_eq!(browser.is_refused("/page/press", scene.ada_presses(&message, custom_id, &values)).await, why);
    }
    let why = browser.is_refused("/page/press", scene.ada_presses("1", "go", &Value::Null)).await;
    assert_eq!(why, "Ada does not see that message; look at another.");
}

#[tokio::test]
async fn nobody_presses_what_is_for_another_persons_eyes() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let private = json!({"type": 4, "data": {"content": "x", "flags": 64, "components": button("Go")}});
    let (reply, _) = tokio::join!(scene.bob.runs("/greet"), scene.bot.hears_and_answers(private));
    let message = reply.message().id.to_string();
    let why = browser.is_refused("/page/press", scene.ada_presses(&message, "Go", &Value::Null)).await;
    assert_eq!(why, "Ada does not see that message; look at another.");
    let press = by(&scene.bob, &scene.general, &json!({"message": message, "custom_id": "Go"}));
    let (came, _) = tokio::join!(browser.acts("/page/press", press), scene.bot.hears_and_answers(whispers("y")));
    assert_eq!(came, json!({"came": "message"}));
}

#[tokio::test]
async fn a_menu_takes_what_it_offers_as_often_as_it_says() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let options: Vec<Value> = ["a", "b", "c"].iter().map(|name| json!({"label": name, "value": name})).collect();
    let menu = |custom_id: &str, disabled: bool| {
        json!({"type": 1, "components": [{"type": 3, "custom_id": custom_id, "min_values": 1, "max_values": 2,
            "options": options, "disabled": disabled}]})
    };
    let message = scene.posts(json!({"content": "x", "components": [menu("m", false), menu("off", true)]})).await.id();
    for (custom_id, values, why) in [
        ("m", json!([]), "The select menu takes 1 to 2 options, not 0; choose as many."),
        ("m", json!(["a", "b", "c"]), "The select menu takes 1 to 2 options, not 3; choose as many."),
        ("m", json!(["a", "a"]), "\"a\" is chosen twice; choose it once."),
        ("m", json!(["d"]), "The select menu does not offer \"d\"; choose what it shows."),
        ("m", Value::Null, "A select menu takes values."),
        ("off", json!(["a"]), "The select menu is disabled; use another."),
    ] {
        assert_eq!(browser.is_refused("/page/press", scene.ada_presses(&message, custom_id, &values)).await, why);
    }
    let press = scene.ada_presses(&message, "m", &json!(["a", "c"]));
    let (_, heard) = tokio::join!(browser.acts("/page/press", press), scene.bot.hears_and_answers(whispers("y")));
    assert_eq!((&heard["data"]["values"], &heard["data"]["component_type"]), (&json!(["a", "c"]), &json!(3)));
}

fn modal(title: &str) -> Value {
    let input = |custom_id: &str, required: bool| {
        json!({"type": 1, "components": [{"type": 4, "custom_id": custom_id, "style": 2, "label": custom_id,
            "required": required, "min_length": 2, "max_length": 4, "value": "was"}]})
    };
    json!({"type": 9, "data": {"title": title, "custom_id": title, "components": [input("why", true), input("how", false)]}})
}

/// Ada runs the command, and gets a modal. Returns the interaction's id.
async fn opens(scene: &mut Scene, browser: &Browser, title: &str) -> Value {
    let body = scene.ada_does(&json!({"command": "greet"}));
    let opened = modal(title);
    let (came, _) = tokio::join!(browser.acts("/page/command", body), scene.bot.hears_and_answers(opened.clone()));
    assert_eq!((&came["came"], &came["modal"]), (&json!("modal"), &opened["data"]));
    came["interaction"].clone()
}

#[tokio::test]
async fn a_modal_is_filled_in_within_its_limits() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let interaction = opens(&mut scene, &browser, "Tell").await;
    let fills = |values: Value| json!({"as": scene.ada.id().to_string(), "interaction": interaction, "values": values});
    for (values, why) in [
        (json!({"why": "four🦀"}), "The input why takes 4 characters, not 5; shorten it."),
        (json!({"why": ""}), "The input why is required and empty; fill it in."),
        (json!({"how": "x"}), "The input how needs 2 characters, not 1; write more."),
        (json!({"who": "xx"}), "This form has no input who; open it again."),
        (json!({"why": 1}), "`values` is to hold pairs of texts."),
    ] {
        assert_eq!(browser.is_refused("/page/modal", fills(values)).await, why);
    }
    let sends = fills(json!({"why": "fou🦀"}));
    let (came, heard) = tokio::join!(browser.acts("/page/modal", sends), scene.bot.hears_and_answers(says("thanks")));
    assert_eq!(came, json!({"came": "message"}));
    assert_eq!(heard["data"]["components"][0]["components"][0]["value"], "fou🦀");
    assert_eq!(heard["data"]["components"][1]["components"][0]["value"], "was");
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn a_modal_is_open_before_one_person_and_until_the_next_one() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let first = opens(&mut scene, &browser, "First").await;
    let second = opens(&mut scene, &browser, "Second").await;
    let fills = |person: &sandbox::Person, interaction: &Value| json!({"as": person.id().to_string(), "interaction": interaction, "values": {"why": "yes"}});
    for (person, interaction) in [(&scene.ada, &first), (&scene.bob, &second)] {
        let why = browser.is_refused("/page/modal", fills(person, interaction)).await;
        assert_eq!(why, "This form is no longer open; open it again.");
    }
    let sends = fills(&scene.ada, &second);
    let (_, heard) = tokio::join!(browser.acts("/page/modal", sends), scene.bot.hears_and_answers(says("thanks")));
    assert_eq!(heard["data"]["custom_id"], "Second");
}

#[tokio::test]
async fn words_are_said_where_one_may_write() {
    let scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let mut view = browser.looks(&scene.bob, &scene.general).await;
    assert_eq!(browser.acts("/page/say", scene.ada_does(&json!({"text": "hello"}))).await, json!({}));
    view.waits_for(|snapshot| contents(snapshot) == ["hello"]).await;
    for text in [" ".to_owned(), "🦀".repeat(2001)] {
        let why = browser.is_refused("/page/say", scene.ada_does(&json!({ "text": text }))).await;
        assert!(why.starts_with("A message has 1 to 2000 characters"), "{why}");
    }
    scene.general.deny_everyone(SEND_MESSAGES);
    let why = browser.is_refused("/page/say", scene.ada_does(&json!({"text": "hello"}))).await;
    assert_eq!(why, "Ada may not write there; go to another channel.");
    view.waits_for(|snapshot| snapshot["channel"]["may_say"] == json!(false)).await;
}

#[tokio::test]
async fn a_bot_that_does_not_respond_leaves_no_answer() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let body = scene.ada_does(&json!({"command": "greet"}));
    let waits = async {
        scene.bot.hears().await;
        browser.acts("/page/clock", json!({"by": 3000})).await;
    };
    let (came, ()) = tokio::join!(browser.acts("/page/command", body), waits);
    assert_eq!(came, json!({"came": "no response"}));
}
