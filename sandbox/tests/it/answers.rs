//! The rules of answering interactions: in time, once, and in a fitting way.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::{Scene, button, says, whispers};

/// Lets Ada run `/greet` without waiting for the end of it, and returns the interaction.
async fn greeted(scene: &mut Scene) -> Value {
    let ada = scene.ada.clone();
    tokio::spawn(async move { ada.forces("/greet").await });
    scene.bot.hears().await
}

#[tokio::test]
async fn the_first_answer_has_three_seconds() {
    let mut scene = Scene::begins().await;
    let interaction = greeted(&mut scene).await;
    scene.sandbox.clock().advance(Duration::from_millis(2_999));
    assert_eq!(scene.bot.answers(&interaction, says("just in time")).await.status, 204);
    let interaction = greeted(&mut scene).await;
    scene.sandbox.clock().advance(Duration::from_secs(3));
    assert_eq!(scene.bot.answers(&interaction, says("late")).await.code(), (404, 10062));
    assert_eq!(scene.general.messages().len(), 1);
}

#[tokio::test]
async fn an_application_that_does_not_respond_is_seen_and_counts_as_a_problem() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.clone();
    let clock = scene.sandbox.clock().clone();
    let (reply, ()) = tokio::join!(ada.runs("/greet name:Bob"), async {
        scene.bot.hears().await;
        clock.advance(Duration::from_secs(3));
    });
    assert_eq!(scene.sandbox.problems(), ["the application did not respond to: Ada runs /greet name:Bob"]);
    assert!(reply.failed());
    assert_eq!(reply.to_string(), "The application did not respond");
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn a_second_first_answer_is_refused() {
    let mut scene = Scene::begins().await;
    let interaction = greeted(&mut scene).await;
    assert_eq!(scene.bot.answers(&interaction, says("one")).await.status, 204);
    assert_eq!(scene.bot.answers(&interaction, says("two")).await.code(), (400, 40060));
}

#[tokio::test]
async fn a_wrong_token_or_id_is_an_unknown_interaction() {
    let mut scene = Scene::begins().await;
    let interaction = greeted(&mut scene).await;
    let mut forged = interaction.clone();
    forged["token"] = json!("other");
    assert_eq!(scene.bot.answers(&forged, says("x")).await.code(), (404, 10062));
    forged = interaction;
    forged["id"] = json!("1");
    assert_eq!(scene.bot.answers(&forged, says("x")).await.code(), (404, 10062));
}

#[tokio::test]
async fn the_token_serves_for_fifteen_minutes() {
    let mut scene = Scene::begins().await;
    let interaction = greeted(&mut scene).await;
    let original = scene.bot.webhook(&interaction, "/messages/@original");
    assert_eq!(scene.bot.rest.get(&original).await.code(), (404, 10015), "nothing was answered yet");
    scene.bot.answers(&interaction, says("first")).await;
    scene.sandbox.clock().advance(Duration::from_millis(15 * 60 * 1000 - 1));
    assert_eq!(scene.bot.rest.patch(&original, json!({"content": "edited"})).await.status, 200);
    scene.sandbox.clock().advance(Duration::from_millis(1));
    assert_eq!(scene.bot.rest.patch(&original, json!({"content": "x"})).await.code(), (401, 50027));
    let follow_up = scene.bot.webhook(&interaction, "");
    assert_eq!(scene.bot.rest.post(&follow_up, json!({"content": "x"})).await.code(), (401, 50027));
    assert_eq!(scene.general.messages()[0].content, "edited");
}

#[tokio::test]
async fn each_kind_of_interaction_has_its_kinds_of_answers() {
    let mut scene = Scene::begins().await;
    let interaction = greeted(&mut scene).await;
    for callback in [1, 6, 7, 8, 10] {
        let answer = scene.bot.answers(&interaction, json!({"type": callback, "data": {"content": "x"}})).await;
        assert_eq!(answer.refused_fields(), ["type"], "{callback}");
    }
    let posted = json!({"type": 4, "data": {"content": "x", "components": button("Go")}});
    assert_eq!(scene.bot.answers(&interaction, posted).await.status, 204);

    let ada = scene.ada.clone();
    tokio::spawn(async move { ada.clicks("Go").await });
    let click = scene.bot.hears().await;
    assert_eq!(scene.bot.answers(&click, json!({"type": 8, "data": {"choices": []}})).await.refused_fields(), ["type"]);
    assert_eq!(scene.bot.answers(&click, json!({"type": 6})).await.status, 204);

    let ada = scene.ada.clone();
    tokio::spawn(async move { ada.suggests("/greet name:x").await });
    let typed = scene.bot.hears().await;
    assert_eq!(scene.bot.answers(&typed, says("x")).await.refused_fields(), ["type"]);
    assert_eq!(scene.bot.answers(&typed, json!({"type": 8, "data": {"choices": []}})).await.status, 204);
}

fn modal() -> Value {
    let input = json!({"type": 4, "custom_id": "why", "style": 2, "label": "Why", "required": false, "max_length": 3});
    json!({"type": 9, "data": {"title": "Tell", "custom_id": "m", "components": [{"type": 1, "components": [input]}]}})
}

#[tokio::test]
async fn a_modal_can_not_answer_a_modal_and_updates_only_what_a_component_opened() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.clone();
    let (reply, _) = tokio::join!(ada.runs("/greet"), scene.bot.hears_and_answers(modal()));
    let opened = reply.modal();
    tokio::spawn(async move { ada.sends(&opened).await });
    let sent = scene.bot.hears().await;
    assert!(sent["message"].is_null());
    for callback in [modal(), json!({"type": 6}), json!({"type": 7, "data": {"content": "x"}})] {
        assert_eq!(scene.bot.answers(&sent, callback).await.refused_fields(), ["type"]);
    }
    let with_button = json!({"type": 4, "data": {"content": "thanks", "components": button("Again")}});
    assert_eq!(scene.bot.answers(&sent, with_button).await.status, 204);

    let ada = scene.ada.clone();
    let (reply, _) = tokio::join!(ada.clicks("Again"), scene.bot.hears_and_answers(modal()));
    let filled = reply.modal().types("Why", "x");
    let update = json!({"type": 7, "data": {"content": "updated", "components": []}});
    let (reply, sent) = tokio::join!(ada.sends(&filled), scene.bot.hears_and_answers(update));
    assert_eq!(reply.message().content, "updated");
    assert_eq!(sent["message"]["content"], "thanks");
    assert_eq!(sent["data"]["components"][0]["components"][0]["value"], "x");
}

#[tokio::test]
async fn a_deferral_is_made_good_by_an_edit_and_keeps_its_privacy() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.clone();
    let deferral = json!({"type": 5, "data": {"flags": 64}});
    let (reply, ()) = tokio::join!(ada.runs("/greet"), async {
        let interaction = scene.bot.hears_and_answers(deferral).await;
        assert_eq!(scene.ada.sees()[0].to_string(), "Bot is thinking…\n(only you can see this)");
        let original = scene.bot.webhook(&interaction, "/messages/@original");
        scene.bot.rest.patch(&original, json!({"content": "done"})).await;
    });
    assert!(reply.was_deferred());
    assert_eq!(reply.message().to_string(), "done\n(only you can see this)");
    assert!(scene.bob.sees().is_empty());
}

#[tokio::test]
async fn the_first_follow_up_after_a_deferral_takes_its_place() {
    let mut scene = Scene::begins().await;
    let interaction = greeted(&mut scene).await;
    scene.bot.answers(&interaction, json!({"type": 5, "data": {"flags": 64}})).await;
    let follow_up = scene.bot.webhook(&interaction, "");
    let first = scene.bot.rest.post(&follow_up, json!({"content": "first"})).await;
    assert_eq!(first.body["flags"], 64, "privacy stays as it was deferred");
    let second = scene.bot.rest.post(&follow_up, json!({"content": "second"})).await;
    assert_eq!(second.body["flags"], 0);
    let seen: Vec<_> = scene.ada.sees().into_iter().map(|message| message.content).collect();
    assert_eq!(seen, ["first", "second"]);
    assert_eq!(scene.bob.sees().len(), 1);
}

#[tokio::test]
async fn follow_ups_are_edited_and_deleted_by_their_id() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.clone();
    let (reply, interaction) = tokio::join!(ada.runs("/greet"), scene.bot.hears_and_answers(whispers("first")));
    let follow_up = scene.bot.webhook(&interaction, "");
    let id = scene.bot.rest.post(&follow_up, json!({"content": "more", "flags": 64})).await.id();
    assert_eq!(reply.follow_ups(1).await[0].content, "more");
    let path = scene.bot.webhook(&interaction, &format!("/messages/{id}"));
    assert_eq!(scene.bot.rest.patch(&path, json!({"content": "changed"})).await.status, 200);
    let said: Vec<_> = reply.messages().into_iter().map(|message| message.content).collect();
    assert_eq!(said, ["first", "changed"]);
    assert_eq!(scene.bot.rest.delete(&path).await.status, 204);
    assert_eq!(scene.bot.rest.get(&path).await.code(), (404, 10008));
    let original = scene.bot.webhook(&interaction, "/messages/@original");
    assert_eq!(scene.bot.rest.delete(&original).await.status, 204);
    assert!(scene.ada.sees().is_empty());
}

#[tokio::test]
async fn what_one_person_alone_sees_is_unknown_to_the_channel_routes() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.clone();
    let (reply, _) = tokio::join!(ada.runs("/greet"), scene.bot.hears_and_answers(whispers("psst")));
    let path = format!("{}/{}", scene.messages(), reply.message().id);
    assert_eq!(scene.bot.rest.get(&path).await.code(), (404, 10008));
    assert_eq!(scene.bot.rest.patch(&path, json!({"content": "x"})).await.code(), (404, 10008));
    assert_eq!(scene.bot.rest.get(&scene.messages()).await.body, json!([]));
}

#[tokio::test]
async fn an_answer_can_be_asked_to_tell_the_message() {
    let mut scene = Scene::begins().await;
    let interaction = greeted(&mut scene).await;
    let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
    let path = format!("/interactions/{id}/{token}/callback?with_response=true");
    let answer = scene.bot.rest.post(&path, whispers("told")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["resource"]["message"]["content"], "told");
    assert_eq!(answer.body["interaction"]["response_message_ephemeral"], true);
}
