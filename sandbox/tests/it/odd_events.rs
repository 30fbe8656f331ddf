//! Events that come twice, or that make no sense.

use serde_json::json;

use crate::bot::{Gateway, Scene, says};

#[tokio::test]
async fn an_interaction_comes_again_and_was_answered_already() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.clone();
    let reply = tokio::spawn(async move { ada.runs("/greet").await });
    let first = scene.bot.hears_and_answers(says("hello")).await;
    assert_eq!(reply.await.unwrap().message().content, "hello");
    scene.sandbox.repeats_last_interaction();
    let second = scene.bot.hears().await;
    assert_eq!(second, first);
    assert_eq!(scene.bot.answers(&second, says("hello")).await.code(), (400, 40060));
    assert_eq!(scene.general.messages().len(), 1);
}

#[tokio::test]
async fn an_interaction_that_was_seen_comes_again_by_a_resume() {
    let scene = Scene::begins().await;
    let (mut gateway, session) = Gateway::signs_in(&scene.sandbox).await;
    let ada = scene.ada.clone();
    tokio::spawn(async move { ada.forces("/greet").await });
    let first = gateway.event("INTERACTION_CREATE").await;
    drop(gateway);
    let mut again = Gateway::resumes(&scene.sandbox, &session, 1).await;
    assert_eq!(again.event("INTERACTION_CREATE").await, first);
}

#[tokio::test]
async fn any_event_can_be_sent_to_the_shard_of_its_guild() {
    let scene = Scene::begins().await;
    let shard = (scene.guild.id() >> 22) % 2;
    let mut shards = Vec::new();
    for shard in [shard, 1 - shard] {
        let mut gateway = Gateway::opens(&scene.sandbox).await;
        gateway.identifies(scene.sandbox.token(), json!(0), json!([shard, 2])).await;
        gateway.event("READY").await;
        shards.push(gateway);
    }
    let mut bot = scene.bot.gateway;
    assert_eq!(bot.next().await["t"], "GUILD_CREATE");
    let odd = json!({"guild_id": scene.guild.id().to_string(), "type": "seven"});
    scene.sandbox.sends_event("INTERACTION_CREATE", &odd);
    scene.sandbox.sends_event("NEVER_HEARD_OF", &json!([null]));
    let home = json!({"op": 0, "s": 2, "t": "INTERACTION_CREATE", "d": odd});
    assert_eq!(shards[0].next().await, home);
    let heard = shards[usize::from(shard != 0)].next().await;
    assert_eq!((&heard["t"], &heard["d"]), (&json!("NEVER_HEARD_OF"), &json!([null])));
    assert_eq!(bot.next().await["d"], odd, "who holds all guilds hears both");
    assert_eq!(bot.next().await["t"], "NEVER_HEARD_OF");
}

#[tokio::test]
#[should_panic(expected = "nobody has done anything yet")]
async fn what_never_came_can_not_come_again() {
    Scene::begins().await.sandbox.repeats_last_interaction();
}
