//! What people do and see, and what their client does not let them do.

use serde_json::{Value, json};

use crate::bot::{Scene, button, says, whispers};

#[tokio::test]
async fn a_typed_command_arrives_with_its_values() {
    let mut scene = Scene::begins().await;
    let role = scene.guild.add_role("cohort", 0);
    let line = "/greet name:Bob tone:Curt times:3 loud:true where:#general role:@cohort";
    let (_, heard) = tokio::join!(scene.ada.runs(line), scene.bot.hears_and_answers(says("hello")));
    let general = scene.general.id().to_string();
    let values: Vec<&Value> = heard["data"]["options"].as_array().unwrap().iter().map(|held| &held["value"]).collect();
    let expected = [json!("Bob"), json!("c"), json!(3), json!(true), json!(general), json!(role.id().to_string())];
    assert_eq!(values, expected.iter().collect::<Vec<_>>());
    assert_eq!(heard["data"]["resolved"]["channels"][&general]["name"], "general");
    assert_eq!(heard["member"]["user"]["username"], "Ada");
    assert_eq!(heard["context"], 0);
    assert_eq!(heard["locale"], "en-US");
}

#[tokio::test]
async fn a_client_does_not_let_everything_through() {
    let scene = Scene::begins().await;
    scene.guild.add_voice_channel("talk");
    let cases = [
        ("/nope", "there is no command /nope; there are: greet"),
        ("/greet what:x", "\"what:x\" is none of the options name, tone, times, loud, where, role"),
        ("/greet name:🦀🦀🦀🦀🦀🦀", "/greet name: takes 5 characters, not 6; shorten it"),
        ("/greet tone:Loud", "/greet tone: \"Loud\" is no choice; choose one of: Friendly, Curt"),
        ("/greet times:4", "/greet times: 4 is out of range; type another number"),
        ("/greet times:x", "/greet times: \"x\" is no whole number; type one"),
        ("/greet where:#nowhere", "/greet where: there is no channel #nowhere; choose one that there is"),
        ("/greet where:#talk", "/greet where: #talk is not the kind of channel that is asked for; choose another"),
        ("/greet role:@nobody", "/greet role: there is no role @nobody; choose one that there is"),
        ("/greet name:a name:b", "/greet: the option name is given twice; give it once"),
    ];
    for (line, why) in cases {
        assert_eq!(scene.ada.try_runs(line).await.unwrap_err(), why);
    }
}

#[tokio::test]
async fn commands_ask_for_permissions_places_and_options() {
    let scene = Scene::begins_with(json!([
        {"name": "manage", "description": "x", "default_member_permissions": "32", "contexts": [0]},
        {"name": "set", "description": "x", "options": [{"name": "up", "description": "x", "type": 1, "options": [
            {"name": "time", "description": "x", "type": 3, "required": true},
        ]}]},
    ]))
    .await;
    let why = async |line: &str| scene.ada.try_runs(line).await.unwrap_err();
    assert_eq!(
        why("/manage").await,
        "Ada does not have the permissions that /manage asks for; use it as somebody who does"
    );
    assert_eq!(why("/set").await, "/set has the subcommands up, not \"\"");
    assert_eq!(why("/set up").await, "/set up: the option time is required; fill it in");
    let admin = scene.guild.admin("Grace").in_dm();
    assert_eq!(
        admin.try_runs("/manage").await.unwrap_err(),
        "/manage is not offered in a direct message; use it in a server"
    );
    scene.general.deny_everyone(sandbox::permissions::VIEW_CHANNEL);
    assert_eq!(why("/set up time:9").await, "Ada can't see #general; go to another channel");
}

#[tokio::test]
async fn a_forged_call_goes_through_unchecked() {
    let mut scene = Scene::begins().await;
    let line = "/greet name:much too long tone:Loud";
    let (_, heard) = tokio::join!(scene.ada.forces(line), scene.bot.hears_and_answers(says("hello")));
    let options = &heard["data"]["options"];
    assert_eq!((&options[0]["value"], &options[1]["value"]), (&json!("much too long"), &json!("Loud")));
}

#[tokio::test]
async fn values_with_line_breaks_are_given_apart() {
    let mut scene = Scene::begins().await;
    let options = [("name", "a\nb"), ("tone", "f")];
    let (_, heard) = tokio::join!(scene.ada.runs_with("/greet", &options), scene.bot.hears_and_answers(says("x")));
    assert_eq!(heard["data"]["options"][0]["value"], "a\nb");
}

#[tokio::test]
async fn suggestions_come_for_the_last_option() {
    let mut scene = Scene::begins().await;
    let offered = json!({"type": 8, "data": {"choices": [{"name": "Bob", "value": "bob"}]}});
    let line = "/greet tone:Cu name:a very long beginning";
    let (choices, heard) = tokio::join!(scene.ada.suggests(line), scene.bot.hears_and_answers(offered));
    assert_eq!((choices[0].name.as_str(), choices[0].value.as_str()), ("Bob", "bob"));
    let last = &heard["data"]["options"][1];
    assert_eq!((&last["focused"], &last["value"]), (&json!(true), &json!("a very long beginning")));
    let why = scene.ada.try_suggests("/greet tone:x").await.unwrap_err();
    assert_eq!(why, "/greet: the option tone does not complete");
}

#[tokio::test]
async fn a_message_is_seen_as_plain_text() {
    let mut scene = Scene::begins().await;
    let message = json!({
        "content": format!("Look, {} in {}", scene.bob.mention(), scene.general.mention()),
        "embeds": [{
            "title": "Title", "description": "One\n\nTwo",
            "fields": [{"name": "Field", "value": "Value"}],
            "footer": {"text": "Foot"},
        }],
        "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
                {"type": 2, "style": 2, "label": "Stop", "custom_id": "stop", "disabled": true},
                {"type": 2, "style": 5, "label": "Read", "url": "https://example.com"},
            ]},
            {"type": 1, "components": [{"type": 3, "custom_id": "s", "placeholder": "Packs", "options": [
                {"label": "All", "value": "a", "description": "everything", "default": true},
                {"label": "Some", "value": "s"},
            ]}]},
        ],
        "flags": 64,
    });
    let callback = json!({"type": 4, "data": message});
    let (reply, _) = tokio::join!(scene.ada.runs("/greet"), scene.bot.hears_and_answers(callback));
    let expected = "\
Look, @Bob in #general
│ Title
│ One
│
│ Two
│ Field
│ Value
│ Foot
[Go] (Stop) [Read ↗]
[Packs ▾]
  ● All: everything
  ○ Some
(only you can see this)";
    assert_eq!(reply.to_string(), expected);
    assert_eq!(reply.message().buttons(), ["Go", "Read"]);
    let why = scene.ada.try_clicks("Stop").await.unwrap_err();
    assert_eq!(why, "Ada sees no button Stop; there are: Go, Read");
    assert_eq!(
        scene.ada.try_clicks_on(&reply.message(), "Stop").await.unwrap_err(),
        "the button Stop is disabled; use another"
    );
    assert_eq!(scene.bob.try_clicks("Go").await.unwrap_err(), "Bob sees no button Go; there are: ");
}

#[tokio::test]
async fn an_option_is_chosen_by_the_beginning_of_its_label() {
    let mut scene = Scene::begins().await;
    let menu = json!([{"type": 1, "components": [{"type": 3, "custom_id": "s", "max_values": 2, "options": [
        {"label": "All packs", "value": "a"}, {"label": "Backend", "value": "b"}, {"label": "All", "value": "c"},
    ]}]}]);
    scene.posts(json!({"content": "x", "components": menu})).await;
    let (_, heard) = tokio::join!(scene.ada.chooses("Back"), scene.bot.hears_and_answers(whispers("x")));
    assert_eq!(heard["data"]["values"], json!(["b"]));
    let both = ["All", "Back"];
    let (_, heard) = tokio::join!(scene.ada.chooses_all(&both), scene.bot.hears_and_answers(whispers("x")));
    assert_eq!(heard["data"]["values"], json!(["b", "c"]));
    let why = scene.ada.try_chooses(&["All", "All packs", "Backend"]).await.unwrap_err();
    assert_eq!(why, "the select menu takes 1 to 2 options, not 3; choose as many");
}

fn modal() -> Value {
    let input = |label: &str, required: bool| {
        json!({"type": 1, "components": [{
            "type": 4, "custom_id": label, "style": 2, "label": label,
            "required": required, "max_length": 3, "placeholder": "say it",
        }]})
    };
    json!({"type": 9, "data": {"title": "Tell", "custom_id": "m", "components": [
        {"type": 10, "content": "Why is that?"}, input("Why", false), input("How", true),
    ]}})
}

#[tokio::test]
async fn a_modal_is_seen_filled_in_and_sent() {
    let mut scene = Scene::begins().await;
    let (reply, _) = tokio::join!(scene.ada.runs("/greet"), scene.bot.hears_and_answers(modal()));
    let opened = reply.modal();
    let expected = "\
┌ Tell
│ Why is that?
│ Why (at most 3)
│   … say it
│ How (at most 3, required)
│   … say it
└ [Cancel] [Submit]";
    assert_eq!(opened.to_string(), expected);
    assert_eq!(scene.ada.try_sends(&opened).await.unwrap_err(), "the input How is required and empty; fill it in");
    let long = opened.clone().types("How", "long");
    assert_eq!(scene.ada.try_sends(&long).await.unwrap_err(), "the input How takes 3 characters, not 4; shorten it");
    let filled = opened.types("How", "so");
    assert_eq!(filled.value("How"), "so");
    let (reply, heard) = tokio::join!(scene.ada.sends(&filled), scene.bot.hears_and_answers(says("thanks")));
    assert_eq!(reply.message().content, "thanks");
    let expected = json!([
        {"type": 10, "id": 1},
        {"type": 1, "id": 2, "components": [{"type": 4, "id": 3, "custom_id": "Why", "value": ""}]},
        {"type": 1, "id": 4, "components": [{"type": 4, "id": 5, "custom_id": "How", "value": "so"}]},
    ]);
    assert_eq!(heard["data"]["components"], expected);
}

#[tokio::test]
async fn what_nobody_looked_at_is_a_problem() {
    let mut scene = Scene::begins().await;
    let with_button = json!({"type": 4, "data": {"content": "x", "components": button("Go")}});
    let (reply, _) = tokio::join!(scene.ada.runs("/greet"), scene.bot.hears_and_answers(with_button));
    assert_eq!(scene.sandbox.problems(), ["nobody looked at the message after: Ada runs /greet"]);
    assert!(!reply.was_deferred());
    assert_eq!(reply.message().content, "x");
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
    let (reply, _) = tokio::join!(scene.ada.clicks("Go"), scene.bot.hears_and_answers(modal()));
    assert_eq!(scene.sandbox.problems(), ["nobody looked at the modal after: Ada clicks Go"]);
    assert_eq!(reply.modal().title, "Tell");
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn a_forged_click_has_a_custom_id_that_no_button_has() {
    let mut scene = Scene::begins().await;
    scene.posts(json!({"content": "x"})).await;
    let message = scene.general.messages().remove(0);
    let (_, heard) =
        tokio::join!(scene.ada.forces_click(&message, "forged"), scene.bot.hears_and_answers(whispers("no")));
    assert_eq!(heard["data"]["custom_id"], "forged");
    assert_eq!(heard["message"]["id"], json!(message.id.to_string()));
}

#[tokio::test]
async fn in_a_direct_message_there_is_a_user_and_no_member() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.in_dm();
    let (_, heard) = tokio::join!(ada.runs("/greet"), scene.bot.hears_and_answers(says("hello")));
    assert!(heard["member"].is_null() && heard["guild_id"].is_null());
    assert_eq!(heard["user"]["id"], json!(ada.id().to_string()));
    assert_eq!(heard["context"], 1);
}
