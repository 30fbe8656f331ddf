//! The inspector of the page, and the files of messages as a browser gets them.

use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use sandbox::{Fault, Moment, Sandbox};
use serde_json::{Value, json};

use crate::bot::{Gateway, MONDAY_MS, Rest, Scene};
use crate::browser::{Browser, Listener};

fn is_titled(title: &str) -> impl Fn(&Value) -> bool {
    move |entry| entry["title"] == title
}

#[tokio::test]
async fn a_refused_payload_is_shown_with_the_reason() {
    let scene = Scene::begins().await;
    let mut inspector = Browser::of(&scene.sandbox).listens("/page/inspector").await;
    let refused = scene.posts(json!({"content": "x".repeat(2001)})).await;
    let title = format!("POST {}", scene.messages());
    let entry = inspector.waits_for(|entry| entry["title"] == title && entry["status"] == 400).await;
    assert_eq!((&entry["kind"], &entry["at"], &entry["files"]), (&json!("call"), &json!(MONDAY_MS), &json!([])));
    assert_eq!(entry["body"]["content"].as_str().unwrap().len(), 2001);
    assert_eq!(entry["refusal"], refused.body);
    assert_eq!(scene.sandbox.calls().last().unwrap().refusal.as_ref(), Some(&refused.body));
    let _fault = scene.sandbox.faults(Fault::answers(502, json!({"message": "later"})));
    scene.bot.rest.get("/users/@me?x=1").await;
    let entry = inspector.waits_for(|entry| entry["status"] == 502).await;
    assert_eq!((&entry["title"], &entry["refusal"]), (&json!("GET /users/@me?x=1"), &json!({"message": "later"})));
}

#[tokio::test]
async fn a_call_is_told_when_it_comes_and_again_when_it_is_answered() {
    let scene = Scene::begins().await;
    let mut inspector = Browser::of(&scene.sandbox).listens("/page/inspector").await;
    let held = scene.sandbox.holds(Moment::BeforeEffect, "POST", "/channels/ID/messages");
    let (rest, path) = (scene.bot.rest.clone(), scene.messages());
    let title = format!("POST {path}");
    let post = tokio::spawn(async move { rest.uploads("POST", &path, &json!({}), &[("a.txt", vec![1])]).await });
    let came = inspector.waits_for(is_titled(&title)).await;
    assert_eq!((&came["status"], &came["files"]), (&Value::Null, &json!(["a.txt"])));
    held.release();
    let answered = inspector.waits_for(is_titled(&title)).await;
    assert_eq!((&answered["status"], &answered["n"]), (&json!(200), &came["n"]));
    assert_eq!(answered["refusal"], Value::Null);
    assert_eq!(post.await.unwrap().status, 200);
    let fault = scene.sandbox.faults(Fault::resets());
    assert!(scene.bot.rest.try_call("GET", "/gateway", &Value::Null).await.is_err());
    drop(fault);
    let lost = inspector.waits_for(|entry| entry["title"] == "GET /gateway" && !entry["status"].is_null()).await;
    assert_eq!(lost["status"], 0);
}

/// The kinds and titles of the next entries of the gateway.
async fn passed(inspector: &mut Listener, count: usize) -> Vec<String> {
    let mut passed = Vec::new();
    while passed.len() < count {
        let entry = inspector.waits_for(|entry| entry["kind"] != "call").await;
        passed.push(format!("{} {}", entry["kind"].as_str().unwrap(), entry["title"].as_str().unwrap()));
    }
    passed
}

#[tokio::test]
async fn what_goes_over_the_gateway_is_shown_but_for_heartbeats() {
    let sandbox = Sandbox::start_at(MONDAY_MS).await.unwrap();
    let (mut gateway, _) = Gateway::signs_in(&sandbox).await;
    gateway.sends(json!({"op": 1, "d": null})).await;
    assert_eq!(gateway.next().await["op"], 11);
    let guild = sandbox.add_guild("Test");
    gateway.event("GUILD_CREATE").await;
    sandbox.asks_to_reconnect();
    sandbox.drop_gateway();
    assert_eq!(gateway.next().await["op"], 7);
    gateway.closing().await;
    let mut inspector = Browser::of(&sandbox).listens("/page/inspector").await;
    let titles =
        ["sent HELLO", "received IDENTIFY", "sent READY", "sent GUILD_CREATE", "sent RECONNECT", "sent CLOSE 4000"];
    assert_eq!(passed(&mut inspector, titles.len()).await, titles);
    guild.add_channel("general");
    let (_later, _) = Gateway::signs_in(&sandbox).await;
    let created = inspector.waits_for(is_titled("GUILD_CREATE")).await;
    assert_eq!((&created["body"]["name"], &created["status"]), (&json!("Test"), &Value::Null));
    Gateway::opens(&sandbox).await.sends_text("{").await;
    assert_eq!(inspector.waits_for(is_titled("no JSON")).await["body"], "{");
}

#[tokio::test]
async fn the_entries_have_numbers_in_order_and_the_newest_five_hundred_are_kept() {
    let scene = Scene::begins().await;
    for _ in 0..501 {
        assert_eq!(scene.bot.rest.get("/users/@me").await.status, 200);
    }
    let mut inspector = Browser::of(&scene.sandbox).listens("/page/inspector").await;
    let first = inspector.next().await;
    let mut numbers = vec![first["n"].as_u64().unwrap()];
    while numbers.len() < 500 {
        numbers.push(inspector.next().await["n"].as_u64().unwrap());
    }
    assert!(numbers.is_sorted_by(|earlier, later| earlier + 1 == *later));
    assert_eq!((&first["title"], first["status"] == 200), (&json!("GET /users/@me"), true));
}

/// The headers with which a file of that type comes.
async fn headers(scene: &Scene, name: &str, kind: &str) -> HeaderMap {
    let part = Part::bytes(b"<script>alert(1)</script>".to_vec()).file_name(name.to_owned()).mime_str(kind).unwrap();
    let form = Form::new().part("files[0]", part);
    let sent = reqwest::Client::new().post(format!("{}/api/v10{}", scene.sandbox.url(), scene.messages()));
    let token = format!("Bot {}", scene.sandbox.token());
    let sent = sent.header("authorization", token).multipart(form).send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    let url = sent["attachments"][0]["url"].as_str().unwrap();
    reqwest::get(url).await.unwrap().headers().clone()
}

#[tokio::test]
async fn a_file_can_not_run_as_a_page() {
    let scene = Scene::begins().await;
    for kind in ["text/html", "image/svg+xml", "text/javascript"] {
        let headers = headers(&scene, "a.html", kind).await;
        assert_eq!(headers["content-type"], "application/octet-stream", "{kind}");
        assert_eq!(headers["content-disposition"], "attachment; filename=\"a.html\"; filename*=UTF-8''a.html");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
    }
    let picture = headers(&scene, "a.png", "image/png").await;
    assert_eq!(picture["content-type"], "image/png");
    assert_eq!(picture["content-disposition"], "inline; filename=\"a.png\"; filename*=UTF-8''a.png");
    assert!(!Rest::of(&scene.sandbox).get(&scene.messages()).await.body.is_null());
}
