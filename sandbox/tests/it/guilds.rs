//! What the bot is told of its guilds, their channels and their roles.

use sandbox::permissions;
use serde_json::json;

use crate::bot::{Gateway, Scene};

#[tokio::test]
async fn an_outage_is_told_with_its_flag_and_the_guild_comes_back_whole() {
    let mut scene = Scene::begins().await;
    let id = json!(scene.guild.id().to_string());
    scene.guild.becomes_unavailable();
    assert_eq!(scene.bot.gateway.event("GUILD_DELETE").await, json!({"id": id, "unavailable": true}));
    scene.guild.becomes_unavailable();
    scene.guild.add_channel("later");
    assert_eq!(scene.bot.rest.get(&format!("/channels/{}", scene.general.id())).await.status, 200);
    scene.guild.becomes_available();
    let back = scene.bot.gateway.next().await;
    assert_eq!((&back["t"], &back["d"]["unavailable"]), (&json!("GUILD_CREATE"), &json!(false)), "nothing between");
    assert_eq!(back["d"]["channels"][1]["name"], "later");
}

#[tokio::test]
async fn a_guild_with_an_outage_is_in_ready_and_comes_when_it_is_over() {
    let scene = Scene::begins().await;
    scene.guild.becomes_unavailable();
    let mut gateway = Gateway::opens(&scene.sandbox).await;
    gateway.identifies(scene.sandbox.token(), json!(1), json!([0, 1])).await;
    let ready = gateway.event("READY").await;
    assert_eq!(ready["guilds"], json!([{"id": scene.guild.id().to_string(), "unavailable": true}]));
    let _other = scene.sandbox.add_guild("Other");
    assert_eq!(gateway.next().await["d"]["name"], "Other");
    scene.guild.becomes_available();
    assert_eq!(gateway.next().await["d"]["name"], "Test");
}

#[tokio::test]
async fn a_removal_is_told_in_an_outage_too() {
    let mut scene = Scene::begins().await;
    scene.guild.becomes_unavailable();
    scene.guild.remove_bot();
    scene.guild.becomes_available();
    scene.guild.invite_bot();
    let id = json!(scene.guild.id().to_string());
    let gateway = &mut scene.bot.gateway;
    assert_eq!(gateway.event("GUILD_DELETE").await, json!({"id": id, "unavailable": true}));
    let removed = gateway.next().await;
    assert_eq!((&removed["t"], &removed["d"]), (&json!("GUILD_DELETE"), &json!({"id": id})));
    assert_eq!(gateway.next().await["t"], "GUILD_CREATE");
}

#[tokio::test]
async fn what_happens_where_the_bot_is_not_is_not_told() {
    let mut scene = Scene::begins().await;
    scene.guild.remove_bot();
    scene.bot.gateway.event("GUILD_DELETE").await;
    scene.guild.add_channel("later");
    scene.guild.add_role("cohort", 0);
    scene.general.delete();
    scene.guild.invite_bot();
    assert_eq!(scene.bot.gateway.next().await["t"], "GUILD_CREATE");
}

#[tokio::test]
async fn a_role_is_told_when_it_comes_changes_and_goes() {
    let mut scene = Scene::begins().await;
    let guild = json!(scene.guild.id().to_string());
    let role = scene.guild.add_role("cohort", permissions::MANAGE_GUILD);
    let id = json!(role.id().to_string());
    let gateway = &mut scene.bot.gateway;
    let made = gateway.event("GUILD_ROLE_CREATE").await;
    assert_eq!((&made["guild_id"], &made["role"]["id"], &made["role"]["position"]), (&guild, &id, &json!(2)));
    role.set_mentionable(true);
    let changed = gateway.event("GUILD_ROLE_UPDATE").await;
    assert_eq!((&changed["role"]["id"], &changed["role"]["mentionable"]), (&id, &json!(true)));
    role.delete();
    assert_eq!(gateway.event("GUILD_ROLE_DELETE").await, json!({"guild_id": guild, "role_id": id}));
    let roles = scene.bot.rest.get(&format!("/guilds/{}", scene.guild.id())).await.body["roles"].clone();
    assert_eq!(roles.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_deleted_role_grants_nothing_any_more() {
    let mut scene = Scene::begins().await;
    let role = scene.guild.add_role("mods", permissions::MANAGE_GUILD);
    let eve = scene.guild.add_member_with("Eve", &[&role]);
    role.delete();
    scene.guild.everyone().delete();
    scene.guild.bot_role().delete();
    let eve = tokio::spawn(async move { eve.runs("/greet").await });
    let interaction = scene.bot.hears_and_answers(crate::bot::says("hello")).await;
    assert_eq!(interaction["member"]["roles"], json!([]));
    let held: u64 = interaction["member"]["permissions"].as_str().unwrap().parse().unwrap();
    assert_eq!(held & permissions::MANAGE_GUILD, 0);
    assert_eq!(held & permissions::SEND_MESSAGES, permissions::SEND_MESSAGES, "@everyone stays");
    assert_eq!(eve.await.unwrap().message().content, "hello");
}

#[tokio::test]
async fn a_channel_is_told_when_its_name_or_its_overwrites_change() {
    let mut scene = Scene::begins().await;
    scene.general.rename("lobby");
    let gateway = &mut scene.bot.gateway;
    assert_eq!(gateway.event("CHANNEL_UPDATE").await["name"], "lobby");
    scene.general.deny_bot(permissions::SEND_MESSAGES);
    let overwrites = gateway.event("CHANNEL_UPDATE").await["permission_overwrites"].clone();
    assert_eq!(overwrites[0]["deny"], json!(permissions::SEND_MESSAGES.to_string()));
    let message = scene.ada.try_says("a word").unwrap();
    let thread = scene.general.open_thread(message, "aside");
    thread.rename("elsewhere");
    assert_eq!(gateway.event("THREAD_UPDATE").await["name"], "elsewhere");
}
