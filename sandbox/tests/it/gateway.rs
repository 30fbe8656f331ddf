//! The gateway: who is let in, what is told, and how a session is taken up again.

use sandbox::Sandbox;
use serde_json::{Value, json};

use crate::bot::{Bot, Gateway, MONDAY_MS, Scene, says};

async fn sandbox() -> Sandbox {
    Sandbox::start_at(MONDAY_MS).await.expect("a free port")
}

#[tokio::test]
async fn who_can_not_identify_is_sent_away_with_a_code() {
    let sandbox = sandbox().await;
    let cases = [
        (4004, "wrong", json!(1), json!([0, 1])),
        (4013, sandbox.token(), json!(1_u64 << 40), json!([0, 1])),
        (4010, sandbox.token(), json!(1), json!([1, 1])),
    ];
    for (code, token, intents, shard) in cases {
        let mut gateway = Gateway::opens(&sandbox).await;
        gateway.identifies(token, intents, shard).await;
        assert_eq!(gateway.closing().await, code);
    }
    let cases = [(4002, "no JSON"), (4001, r#"{"op": 99}"#), (4003, r#"{"op": 3, "d": {}}"#)];
    for (code, text) in cases {
        let mut gateway = Gateway::opens(&sandbox).await;
        gateway.sends_text(text).await;
        assert_eq!(gateway.closing().await, code);
    }
}

#[tokio::test]
async fn ready_names_the_guilds_and_each_is_told_in_full() {
    let mut scene = Scene::begins().await;
    let told = scene.bot.gateway.event("GUILD_CREATE").await;
    assert_eq!(told["id"], json!(scene.guild.id().to_string()));
    assert_eq!(told["channels"][0]["name"], "general");
    assert_eq!(told["members"].as_array().unwrap().len(), 4, "the owner, the bot, Ada and Bob");
    assert_eq!(told["unavailable"], false);
    scene.bot.gateway.sends(json!({"op": 1, "d": 5})).await;
    assert_eq!(scene.bot.gateway.next().await["op"], 11);
}

#[tokio::test]
async fn each_shard_hears_of_its_own_guilds() {
    let sandbox = sandbox().await;
    let even = sandbox.add_guild("First").id();
    sandbox.clock().advance(std::time::Duration::from_millis(1));
    let odd = sandbox.add_guild("Second").id();
    for guild in [even, odd] {
        let shard = (guild >> 22) % 2;
        let mut gateway = Gateway::opens(&sandbox).await;
        gateway.identifies(sandbox.token(), json!(1), json!([shard, 2])).await;
        let ready = gateway.event("READY").await;
        assert_eq!(ready["guilds"], json!([{"id": guild.to_string(), "unavailable": true}]));
    }
}

#[tokio::test]
async fn without_the_intent_guilds_are_not_told_but_interactions_are() {
    let scene = Scene::begins().await;
    let mut gateway = Gateway::opens(&scene.sandbox).await;
    gateway.identifies(scene.sandbox.token(), json!(0), json!([0, 1])).await;
    gateway.event("READY").await;
    scene.general.delete();
    let random = scene.guild.add_channel("random");
    let ada = scene.ada.in_channel(&random);
    tokio::spawn(async move { ada.forces("/greet").await });
    assert_eq!(gateway.next().await["t"], "INTERACTION_CREATE");
}

#[tokio::test]
async fn what_happens_to_guilds_and_channels_is_told() {
    let mut scene = Scene::begins().await;
    let general = json!(scene.general.id().to_string());
    scene.general.delete();
    assert_eq!(scene.bot.gateway.event("CHANNEL_DELETE").await["id"], general);
    scene.guild.add_channel("later");
    assert_eq!(scene.bot.gateway.event("CHANNEL_CREATE").await["name"], "later");
    scene.guild.remove_bot();
    let gone = scene.bot.gateway.event("GUILD_DELETE").await;
    assert_eq!(gone, json!({"id": scene.guild.id().to_string()}), "a removal is not marked as unavailable");
    scene.guild.invite_bot();
    assert_eq!(scene.bot.gateway.event("GUILD_CREATE").await["name"], "Test");
}

#[tokio::test]
async fn a_dropped_session_is_taken_up_again() {
    let sandbox = sandbox().await;
    let mut gateway = Gateway::opens(&sandbox).await;
    gateway.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
    let session = gateway.event("READY").await["session_id"].clone();
    sandbox.drop_gateway();
    assert_eq!(gateway.closing().await, 4000);
    let mut again = Gateway::opens(&sandbox).await;
    let resume = |session: &Value| json!({"op": 6, "d": {"token": sandbox.token(), "session_id": session, "seq": 1}});
    again.sends(resume(&json!("unknown"))).await;
    assert_eq!(again.next().await, json!({"op": 9, "s": null, "t": null, "d": false}));
    again.sends(resume(&session)).await;
    let resumed = again.next().await;
    assert_eq!((&resumed["t"], &resumed["s"]), (&json!("RESUMED"), &json!(2)));
}

#[tokio::test]
async fn ready_waits_for_a_living_connection() {
    let scene = Scene::begins().await;
    let Scene { sandbox, bot, ada, .. } = scene;
    let rest = bot.rest.clone();
    let Bot { mut gateway, .. } = bot;
    let answers = tokio::spawn(async move {
        let interaction = gateway.event("INTERACTION_CREATE").await;
        let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
        rest.post(&format!("/interactions/{id}/{token}/callback"), says("hello")).await
    });
    sandbox.ready().await.unwrap();
    assert_eq!(ada.runs("/greet").await.message().content, "hello");
    assert_eq!(answers.await.unwrap().status, 204);
}
