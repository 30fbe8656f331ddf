//! People who installed the application to their own account, and direct messages.

use sandbox::Person;
use serde_json::{Value, json};

use crate::bot::{Scene, says, whispers};

/// A bot with a command for accounts and one for guilds.
async fn begins() -> Scene {
    Scene::begins_with(json!([
        {"name": "mine", "description": "For people", "contexts": [0, 1, 2], "integration_types": [0, 1]},
        {"name": "ours", "description": "For guilds", "contexts": [0], "integration_types": [0]},
    ]))
    .await
}

/// Runs `/mine` and returns the interaction.
async fn runs_mine(scene: &mut Scene, person: &Person) -> Value {
    let (reply, interaction) = tokio::join!(person.runs("/mine"), scene.bot.hears_and_answers(whispers("Hi.")));
    assert_eq!(reply.to_string(), "Hi.\n(only you can see this)");
    interaction
}

#[tokio::test]
async fn an_installed_app_goes_along_into_a_guild_without_the_bot() {
    let mut scene = begins().await;
    let elsewhere = scene.sandbox.add_guild_without_bot("Elsewhere");
    let hall = elsewhere.add_channel("hall");
    let eve = elsewhere.add_member("Eve").in_channel(&hall);
    let refused = eve.try_runs("/mine").await.unwrap_err();
    assert_eq!(refused, "/mine is installed neither there nor to Eve; use it elsewhere");
    eve.installs_app();
    let interaction = runs_mine(&mut scene, &eve).await;
    assert_eq!(interaction["authorizing_integration_owners"], json!({"1": eve.id().to_string()}));
    assert_eq!(interaction["context"], 0);
    assert_eq!(interaction["member"]["user"]["id"], eve.id().to_string());
    assert_eq!(interaction["guild_id"], elsewhere.id().to_string());
    assert_eq!(
        eve.try_runs("/ours").await.unwrap_err(),
        "/ours is installed neither there nor to Eve; use it elsewhere"
    );
    let path = format!("/channels/{}/messages", hall.id());
    assert_eq!(scene.bot.rest.post(&path, json!({"content": "x"})).await.code(), (403, 50001));
}

#[tokio::test]
async fn who_only_installed_it_gets_five_follow_ups_at_most() {
    let mut scene = begins().await;
    let eve = scene.sandbox.add_guild_without_bot("Elsewhere");
    let eve = eve.add_member("Eve").in_channel(&eve.add_channel("hall"));
    eve.installs_app();
    let ada = scene.ada.clone();
    for (person, sixth) in [(eve, (400, 40094)), (ada, (200, 0))] {
        let interaction = runs_mine(&mut scene, &person).await;
        let path = scene.bot.webhook(&interaction, "");
        for _ in 0..5 {
            assert_eq!(scene.bot.rest.post(&path, json!({"content": "more"})).await.status, 200);
        }
        assert_eq!(scene.bot.rest.post(&path, json!({"content": "one more"})).await.code(), sixth);
    }
}

#[tokio::test]
async fn a_direct_message_between_people_has_the_installed_app_and_not_the_bot() {
    let mut scene = begins().await;
    let (ada, bob) = (scene.ada.clone(), scene.bob.clone());
    let between = ada.in_dm_with(&bob);
    assert!(between.try_runs("/mine").await.is_err());
    ada.installs_app();
    let interaction = runs_mine(&mut scene, &between).await;
    assert_eq!(interaction["context"], 2);
    assert_eq!(interaction["user"]["id"], ada.id().to_string());
    assert_eq!(interaction["authorizing_integration_owners"], json!({"1": ada.id().to_string()}));
    let (_, _) = tokio::join!(between.runs("/mine"), scene.bot.hears_and_answers(says("For both.")));
    let seen: Vec<String> = bob.in_dm_with(&ada).sees().iter().map(ToString::to_string).collect();
    assert_eq!(seen, ["For both."]);
}

#[tokio::test]
async fn a_guild_and_an_account_are_both_named_where_both_have_it() {
    let mut scene = begins().await;
    let ada = scene.ada.clone();
    let by_guild = runs_mine(&mut scene, &ada).await;
    assert_eq!(by_guild["authorizing_integration_owners"], json!({"0": scene.guild.id().to_string()}));
    ada.installs_app();
    let by_both = runs_mine(&mut scene, &ada.in_dm()).await;
    assert_eq!(by_both["authorizing_integration_owners"], json!({"0": "0", "1": ada.id().to_string()}));
    assert_eq!(by_both["context"], 1);
    assert_eq!(
        ada.in_dm().try_runs("/ours").await.unwrap_err(),
        "/ours is not offered in a direct message; use it in a server"
    );
}

#[tokio::test]
async fn the_bot_writes_to_a_person_until_they_close_their_messages() {
    let scene = begins().await;
    let opened = scene.bot.rest.post("/users/@me/channels", json!({"recipient_id": scene.ada.id().to_string()})).await;
    let path = format!("/channels/{}/messages", opened.id());
    assert_eq!(scene.bot.rest.post(&path, json!({"content": "Hello."})).await.status, 200);
    scene.ada.closes_dms();
    assert_eq!(scene.bot.rest.post(&path, json!({"content": "Again."})).await.code(), (403, 50007));
    let seen: Vec<String> = scene.ada.in_dm().sees().iter().map(ToString::to_string).collect();
    assert_eq!(seen, ["Hello."]);
}
