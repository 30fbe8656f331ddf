//! The routes of channels and guilds: permissions, nonces, pages, threads.

use std::time::Duration;

use sandbox::permissions;
use serde_json::json;

use crate::bot::{MONDAY_MS, Rest, Scene, whispers};

#[tokio::test]
async fn sending_needs_its_permissions() {
    let scene = Scene::begins().await;
    let embed = json!({"embeds": [{"title": "x"}]});
    scene.general.deny_bot(permissions::EMBED_LINKS);
    assert_eq!(scene.posts(json!({"content": "x"})).await.status, 200);
    assert_eq!(scene.posts(embed.clone()).await.code(), (403, 50013));
    scene.general.deny_bot(permissions::SEND_MESSAGES);
    assert_eq!(scene.posts(json!({"content": "x"})).await.code(), (403, 50013));
    scene.general.deny_bot(permissions::VIEW_CHANNEL);
    assert_eq!(scene.posts(json!({"content": "x"})).await.code(), (403, 50001));
    scene.general.allow_bot(permissions::VIEW_CHANNEL | permissions::SEND_MESSAGES | permissions::EMBED_LINKS);
    assert_eq!(scene.posts(embed).await.status, 200);
    let refusals = scene.sandbox.expect_refusals();
    assert_eq!(refusals[2], "POST /channels/ID/messages: 403 50001 Missing Access");
    assert!(scene.sandbox.problems().is_empty());
}

#[tokio::test]
async fn what_everyone_has_comes_on_top_of_the_bots_role() {
    let scene = Scene::begins().await;
    scene.guild.set_bot_permissions(0);
    assert_eq!(scene.posts(json!({"content": "x"})).await.status, 200);
    scene.guild.everyone().set_permissions(permissions::VIEW_CHANNEL);
    assert_eq!(scene.posts(json!({"content": "x"})).await.code(), (403, 50013));
}

#[tokio::test]
async fn the_same_enforced_nonce_makes_one_message_within_two_minutes() {
    let scene = Scene::begins().await;
    let body = json!({"content": "x", "nonce": "abc", "enforce_nonce": true});
    let first = scene.posts(body.clone()).await.id();
    scene.sandbox.clock().advance(Duration::from_millis(119_999));
    assert_eq!(scene.posts(body.clone()).await.id(), first);
    assert_eq!(scene.general.messages().len(), 1);
    scene.sandbox.clock().advance(Duration::from_millis(1));
    assert_ne!(scene.posts(body).await.id(), first);
    let loose = json!({"content": "x", "nonce": "abc"});
    assert_ne!(scene.posts(loose.clone()).await.id(), scene.posts(loose).await.id());
}

#[tokio::test]
async fn a_deleted_message_is_not_made_again_by_its_nonce() {
    let scene = Scene::begins().await;
    let body = json!({"content": "x", "nonce": 7, "enforce_nonce": true});
    let first = scene.posts(body.clone()).await.id();
    scene.bot.rest.delete(&format!("{}/{first}", scene.messages())).await;
    assert_eq!(scene.posts(body).await.code(), (404, 10008));
}

#[tokio::test]
async fn pages_go_from_new_to_old() {
    let scene = Scene::begins().await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(scene.posts(json!({"content": format!("{n}")})).await.id());
    }
    let page = async |query: &str| {
        let answer = scene.bot.rest.get(&format!("{}?{query}", scene.messages())).await;
        let messages = answer.body.as_array().unwrap().clone();
        messages.iter().map(|message| message["content"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(page("limit=2").await, ["4", "3"]);
    assert_eq!(page(&format!("before={}", ids[2])).await, ["1", "0"]);
    assert_eq!(page(&format!("after={}&limit=2", ids[1])).await, ["3", "2"]);
    assert_eq!(page(&format!("around={}&limit=3", ids[2])).await, ["3", "2", "1"]);
    for wrong in ["0", "101", "x"] {
        let answer = scene.bot.rest.get(&format!("{}?limit={wrong}", scene.messages())).await;
        assert_eq!(answer.code(), (400, 50035), "{wrong}");
    }
}

#[tokio::test]
async fn without_the_history_permission_the_messages_are_an_empty_list() {
    let scene = Scene::begins().await;
    let id = scene.posts(json!({"content": "x"})).await.id();
    scene.general.deny_bot(permissions::READ_MESSAGE_HISTORY);
    let page = scene.bot.rest.get(&scene.messages()).await;
    assert_eq!((page.status, page.body), (200, json!([])));
    let one = scene.bot.rest.get(&format!("{}/{id}", scene.messages())).await;
    assert_eq!(one.code(), (403, 50013));
}

#[tokio::test]
async fn only_its_own_messages_can_the_bot_edit() {
    let scene = Scene::begins().await;
    let own = format!("{}/{}", scene.messages(), scene.posts(json!({"content": "x"})).await.id());
    let edited = scene.bot.rest.patch(&own, json!({"content": "y"})).await;
    assert_eq!(edited.body["content"], "y");
    assert!(edited.body["edited_timestamp"].is_string());
    let others = format!("{}/{}", scene.messages(), scene.ada.says("hello"));
    assert_eq!(scene.bot.rest.patch(&others, json!({"content": "y"})).await.code(), (403, 50005));
    assert_eq!(scene.bot.rest.delete(&others).await.code(), (403, 50013));
    assert_eq!(scene.bot.rest.delete(&own).await.status, 204);
    assert_eq!(scene.bot.rest.delete(&own).await.code(), (404, 10008));
}

#[tokio::test]
async fn pings_are_worked_out_anew_when_the_content_is_edited() {
    let scene = Scene::begins().await;
    let role = scene.guild.add_role("cohort", 0);
    role.set_mentionable(true);
    let text = format!("<@{}> <@&{}> @everyone", scene.ada.id(), role.id());
    let sent = scene.posts(json!({"content": text, "allowed_mentions": {"parse": []}})).await;
    assert_eq!(sent.body["mention_roles"], json!([]));
    let path = format!("{}/{}", scene.messages(), sent.id());
    scene.bot.rest.patch(&path, json!({"content": text})).await;
    assert_eq!(scene.general.messages()[0].pings, ["@cohort", "@Ada"]);
    role.set_mentionable(false);
    scene.bot.rest.patch(&path, json!({"content": text})).await;
    let message = &scene.general.messages()[0];
    assert_eq!(message.pings, ["@Ada"]);
    assert_eq!(message.to_string(), "@Ada @cohort @everyone\npings: @Ada");
}

#[tokio::test]
async fn a_thread_has_its_messages_id() {
    let mut scene = Scene::begins().await;
    let message = scene.posts(json!({"content": "x"})).await.id();
    let path = format!("{}/{message}/threads", scene.messages());
    for (length, status) in [(0, 400), (1, 201)] {
        let answer = scene.bot.rest.post(&path, json!({"name": "🦀".repeat(length)})).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
    assert_eq!(scene.bot.rest.post(&path, json!({"name": "again"})).await.code(), (400, 160_004));
    let event = scene.bot.gateway.event("THREAD_CREATE").await;
    assert_eq!(event["id"], json!(message));
    assert_eq!(event["parent_id"], json!(scene.general.id().to_string()));
    let posted = scene.bot.rest.post(&format!("/channels/{message}/messages"), json!({"content": "in it"})).await;
    assert_eq!(posted.status, 200);
    assert_eq!(scene.guild.threads()[0].messages()[0].content, "in it");
    let channel = scene.bot.rest.get(&format!("/channels/{message}")).await;
    assert_eq!(channel.body["type"], 11);
}

#[tokio::test]
async fn an_archived_thread_opens_for_a_message_and_a_locked_one_for_moderators_alone() {
    let scene = Scene::begins().await;
    let message = scene.posts(json!({"content": "x"})).await.id();
    let thread = scene.general.open_thread(message.parse().unwrap(), "x");
    let posts = async || scene.bot.rest.post(&format!("/channels/{message}/messages"), json!({"content": "x"})).await;
    thread.archive();
    let channel = scene.bot.rest.get(&format!("/channels/{message}")).await;
    assert_eq!(channel.body["thread_metadata"]["archived"], true);
    assert_eq!((posts().await.status, thread.is_archived()), (200, false));
    thread.lock();
    assert_eq!(posts().await.code(), (400, 160_005));
    scene.guild.set_bot_permissions(permissions::OF_BOT | permissions::MANAGE_THREADS);
    assert_eq!(posts().await.status, 200);
}

#[tokio::test]
async fn in_an_archived_thread_nothing_is_edited_or_deleted_until_it_is_opened_again() {
    let scene = Scene::begins().await;
    let message = scene.posts(json!({"content": "x"})).await.id();
    let thread = scene.general.open_thread(message.parse().unwrap(), "x");
    let (path, rest) = (format!("/channels/{message}"), &scene.bot.rest);
    let said = rest.post(&format!("{path}/messages"), json!({"content": "in it"})).await.id();
    let said = format!("{path}/messages/{said}");
    thread.archive();
    assert_eq!(rest.delete(&said).await.code(), (400, 50083));
    assert_eq!(rest.patch(&said, json!({"content": "y"})).await.code(), (400, 50083));
    let open = json!({"archived": false});
    scene.general.deny_bot(permissions::SEND_MESSAGES_IN_THREADS);
    assert_eq!(rest.patch(&path, open.clone()).await.code(), (403, 50013));
    scene.general.allow_bot(permissions::SEND_MESSAGES_IN_THREADS);
    thread.lock();
    assert_eq!(rest.patch(&path, open.clone()).await.code(), (403, 50013));
    scene.guild.set_bot_permissions(permissions::OF_BOT | permissions::MANAGE_THREADS);
    let opened = rest.patch(&path, open.clone()).await;
    assert_eq!((opened.status, &opened.body["thread_metadata"]["archived"]), (200, &json!(false)));
    assert!(!thread.is_archived());
    assert_eq!(rest.delete(&said).await.status, 204);
    let problems = scene.sandbox.problems().len();
    assert_eq!(rest.patch(&scene.messages().replace("/messages", ""), open).await.code(), (404, 0));
    assert_eq!(scene.sandbox.problems().len(), problems + 1, "of channels nothing else can be changed");
}

#[tokio::test]
async fn a_threads_name_has_at_most_a_hundred_characters_and_a_thread_needs_a_permission() {
    let scene = Scene::begins().await;
    let message = scene.posts(json!({"content": "x"})).await.id();
    let path = format!("{}/{message}/threads", scene.messages());
    let past = scene.bot.rest.post(&path, json!({"name": "🦀".repeat(101)})).await;
    assert_eq!(past.refused_fields(), ["name"]);
    let odd = scene.bot.rest.post(&path, json!({"name": "x", "auto_archive_duration": 5})).await;
    assert_eq!(odd.refused_fields(), ["auto_archive_duration"]);
    scene.general.deny_bot(permissions::CREATE_PUBLIC_THREADS);
    let denied = scene.bot.rest.post(&path, json!({"name": "x"})).await;
    assert_eq!(denied.code(), (403, 50013));
    scene.general.allow_bot(permissions::CREATE_PUBLIC_THREADS);
    let at = scene.bot.rest.post(&path, json!({"name": "🦀".repeat(100)})).await;
    assert_eq!(at.status, 201);
}

#[tokio::test]
async fn a_guild_is_told_with_its_channels_and_members() {
    let scene = Scene::begins().await;
    let (guild, rest) = (scene.guild.id(), &scene.bot.rest);
    assert_eq!(rest.get(&format!("/guilds/{guild}")).await.body["name"], "Test");
    assert_eq!(rest.get(&format!("/guilds/{guild}/channels")).await.body[0]["name"], "general");
    let own = rest.get(&format!("/guilds/{guild}/members/{}", scene.sandbox.application_id())).await;
    assert_eq!(own.body["roles"], json!([scene.guild.bot_role().id().to_string()]));
    assert_eq!(rest.get(&format!("/guilds/{guild}/members/1")).await.code(), (404, 10013));
    scene.guild.remove_bot();
    assert_eq!(rest.get(&format!("/guilds/{guild}")).await.code(), (404, 10004));
    assert_eq!(scene.posts(json!({"content": "x"})).await.code(), (403, 50001));
    scene.general.delete();
    assert_eq!(scene.posts(json!({"content": "x"})).await.code(), (404, 10003));
}

#[tokio::test]
async fn who_has_no_token_is_not_let_in() {
    let scene = Scene::begins().await;
    for token in [None, Some("Bot wrong"), Some(scene.sandbox.token())] {
        let stranger = Rest::of(&scene.sandbox).with_token(token);
        let answer = stranger.get("/users/@me").await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.body, json!({"message": "401: Unauthorized", "code": 0}));
    }
    assert_eq!(scene.bot.rest.get("/users/@me").await.body["bot"], true);
    assert_eq!(scene.bot.rest.get("/oauth2/applications/@me").await.status, 200);
}

#[tokio::test]
async fn an_unknown_route_is_a_problem_that_no_test_can_mean() {
    let scene = Scene::begins().await;
    let answer = scene.bot.rest.get("/guilds/1/emojis").await;
    assert_eq!((answer.status, answer.body), (404, json!({"message": "404: Not Found", "code": 0})));
    assert_eq!(scene.sandbox.expect_refusals().len(), 0);
    assert_eq!(scene.sandbox.problems(), ["unknown route: GET /guilds/ID/emojis: 404 0 404: Not Found"]);
}

#[tokio::test]
async fn every_call_is_kept_with_its_time() {
    let scene = Scene::begins().await;
    scene.posts(json!({"content": "x"})).await;
    let call = scene.sandbox.calls().pop().unwrap();
    assert_eq!((call.method.as_str(), call.path, call.status), ("POST", scene.messages(), 200));
    assert_eq!((call.body, call.at), (json!({"content": "x"}), MONDAY_MS));
}

#[tokio::test]
async fn a_direct_message_is_a_channel_of_its_own() {
    let scene = Scene::begins().await;
    let person = json!({"recipient_id": scene.ada.id().to_string()});
    let channel = scene.bot.rest.post("/users/@me/channels", person.clone()).await;
    assert_eq!(channel.body["type"], 1);
    assert_eq!(scene.bot.rest.post("/users/@me/channels", person).await.id(), channel.id());
    scene.bot.rest.post(&format!("/channels/{}/messages", channel.id()), json!({"content": "psst"})).await;
    assert_eq!(scene.ada.in_dm().sees()[0].content, "psst");
    let nobody = scene.bot.rest.post("/users/@me/channels", json!({"recipient_id": "1"})).await;
    assert_eq!(nobody.refused_fields(), ["recipient_id"]);
}

#[tokio::test]
async fn a_thread_counts_what_everybody_sees() {
    let mut scene = Scene::begins().await;
    let thread = scene.general.open_thread(scene.ada.says("hello"), "Plans");
    let ada = scene.ada.in_channel(&thread);
    let path = format!("/channels/{}", thread.id());
    let rest = scene.bot.rest.clone();
    let counted = async || {
        let body = rest.get(&path).await.body;
        assert_eq!(body["message_count"], body["total_message_sent"]);
        body["message_count"].as_u64().unwrap()
    };
    ada.says("one");
    _ = tokio::join!(ada.runs("/greet"), scene.bot.hears_and_answers(whispers("for her eyes")));
    assert_eq!(counted().await, 1);
    _ = tokio::join!(ada.runs("/greet"), async {
        let interaction = scene.bot.hears_and_answers(json!({"type": 5})).await;
        assert_eq!(counted().await, 1);
        let original = scene.bot.webhook(&interaction, "/messages/@original");
        scene.bot.rest.patch(&original, json!({"content": "two"})).await;
    });
    assert_eq!(counted().await, 2);
}
