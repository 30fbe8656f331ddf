//! What the page has power over: the time, the bot, and faults by a click.

use sandbox::{Sandbox, Wish};
use serde_json::{Value, json};

use crate::bot::{Ending, Gateway, MONDAY_MS, Scene};
use crate::browser::{Browser, by};

#[tokio::test]
async fn the_clock_goes_forward_and_never_back() {
    let sandbox = Sandbox::start_at(MONDAY_MS).await.unwrap();
    let browser = Browser::of(&sandbox);
    let mut view = browser.listens("/page/live").await;
    assert_eq!(browser.acts("/page/clock", json!({"by": 60_000})).await, json!({}));
    assert_eq!(sandbox.clock().now_ms(), MONDAY_MS + 60_000);
    view.waits_for(|snapshot| snapshot["now"] == json!(MONDAY_MS + 60_000)).await;
    browser.acts("/page/clock", json!({"to": MONDAY_MS + 90_000})).await;
    for (body, why) in [
        (json!({"to": MONDAY_MS}), "The clock can't go back. Choose a later time."),
        (json!({"by": -1}), "The clock can't go back. Choose a later time."),
        (json!({"by": i64::MAX}), "The clock can't go that far: no id would fit any more. Choose an earlier time."),
        (json!({"by": 0.5}), "`by` is to be in whole milliseconds."),
        (json!({}), "Say `to`, `by` or `to_next_post`."),
    ] {
        assert_eq!(browser.is_refused("/page/clock", body).await, why);
    }
    assert_eq!(sandbox.clock().now_ms(), MONDAY_MS + 90_000);
}

#[tokio::test]
async fn the_host_is_asked_and_its_answer_is_told() {
    let sandbox = Sandbox::start_by_hand_on(0, MONDAY_MS).await.unwrap();
    let browser = Browser::of(&sandbox);
    let mut view = browser.listens("/page/live").await;
    let bot = view.next().await["bot"].clone();
    assert_eq!((&bot["host"], &bot["running"]), (&json!(false), &Value::Null));
    let why = browser.is_refused("/page/bot", json!({"on": true})).await;
    assert_eq!(why, "No program that runs the bot listens here; start and stop the bot yourself.");
    let mut wishes = sandbox.hosts();
    view.waits_for(|snapshot| snapshot["bot"]["host"] == json!(true)).await;
    for is_running in [true, false] {
        sandbox.set_bot_running(is_running);
        view.waits_for(|snapshot| snapshot["bot"]["running"] == json!(is_running)).await;
    }
    let cases = [
        ("/page/bot", json!({"on": true}), Wish::BotStarts),
        ("/page/bot", json!({"on": false}), Wish::BotStops),
        ("/page/clock", json!({"to_next_post": true}), Wish::NextPost),
        ("/page/clock", json!({"by": 60_000}), Wish::MovesTo(MONDAY_MS + 60_000)),
        ("/page/clock", json!({"to": MONDAY_MS}), Wish::MovesTo(MONDAY_MS)),
    ];
    for (path, body, wish) in cases {
        for outcome in [Ok(()), Err("not now".to_owned())] {
            let told = outcome.clone();
            let (answer, asked) = tokio::join!(browser.tries(path, body.clone()), async {
                let asked = wishes.recv().await.unwrap();
                let wish = asked.wish;
                asked.answers(told);
                wish
            });
            let expected = outcome.map_or((400, json!({"error": "Not now."})), |()| (200, json!({})));
            assert_eq!((asked, (answer.status, answer.body)), (wish, expected));
        }
    }
    assert_eq!(sandbox.clock().now_ms(), MONDAY_MS, "the host alone moves it");
    let why = browser.is_refused("/page/clock", json!({"by": -1})).await;
    assert!(why.starts_with("The clock can't go back."), "{why}");
}

#[tokio::test]
async fn all_calls_fail_until_the_fault_is_over() {
    let scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let mut view = browser.looks(&scene.ada, &scene.general).await;
    for _ in 0..2 {
        browser.acts("/page/fault", json!({"fault": "rest", "on": true})).await;
        view.waits_for(|snapshot| snapshot["faults"]["rest"] == json!(true)).await;
        assert_eq!(scene.bot.rest.get("/users/@me").await.status, 500);
        browser.acts("/page/fault", json!({"fault": "rest", "on": false})).await;
        view.waits_for(|snapshot| snapshot["faults"]["rest"] == json!(false)).await;
        assert_eq!(scene.bot.rest.get("/users/@me").await.status, 200);
    }
    browser.acts("/page/fault", json!({"fault": "rest", "on": true})).await;
    browser.acts("/page/fault", json!({"fault": "rest", "on": true})).await;
    scene.sandbox.heals();
    view.waits_for(|snapshot| snapshot["faults"]["rest"] == json!(false)).await;
    assert_eq!(scene.bot.rest.get("/users/@me").await.status, 200);
}

#[tokio::test]
async fn the_gateway_is_dropped_and_refused_by_a_click() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let mut view = browser.looks(&scene.ada, &scene.general).await;
    scene.bot.gateway.event("GUILD_CREATE").await;
    browser.acts("/page/fault", json!({"fault": "drop_gateway"})).await;
    assert_eq!(scene.bot.gateway.ends().await, Ending::Code(4000));
    let (mut gateway, _) = Gateway::signs_in(&scene.sandbox).await;
    gateway.event("GUILD_CREATE").await;
    browser.acts("/page/fault", json!({"fault": "gateway", "on": true})).await;
    assert_eq!(gateway.ends().await, Ending::Code(4000));
    assert_eq!(Gateway::connects(&scene.sandbox).await.unwrap_err(), 503);
    let refused = view.waits_for(|snapshot| snapshot["faults"]["gateway"] == json!(true)).await;
    assert_eq!(refused["bot"]["connected"], json!(false));
    browser.acts("/page/fault", json!({"fault": "gateway", "on": false})).await;
    assert!(Gateway::connects(&scene.sandbox).await.is_ok());
}

#[tokio::test]
async fn the_bot_loses_a_channel_with_its_threads_and_gets_it_back() {
    let scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let thread = scene.general.open_thread(scene.ada.says("hello"), "Plans");
    let may_post = |may: bool| move |snapshot: &Value| snapshot["channel"]["bot_may_post"] == json!(may);
    let mut of_channel = browser.looks(&scene.ada, &scene.general).await;
    let mut of_thread = browser.looks(&scene.ada, &thread).await;
    for place in [&scene.general, &thread] {
        browser.acts("/page/fault", by(&scene.ada, place, &json!({"fault": "permission", "on": true}))).await;
        of_channel.waits_for(may_post(false)).await;
        of_thread.waits_for(may_post(false)).await;
        assert_eq!(scene.posts(json!({"content": "x"})).await.status, 403);
        browser.acts("/page/fault", by(&scene.ada, place, &json!({"fault": "permission", "on": false}))).await;
        of_channel.waits_for(may_post(true)).await;
        of_thread.waits_for(may_post(true)).await;
        assert_eq!(scene.posts(json!({"content": "x"})).await.status, 200);
    }
    for (body, why) in [
        (
            json!({"fault": "permission", "on": true, "in": "1"}),
            "There are no permissions to take there; go to a channel of a server.",
        ),
        (json!({"fault": "permission", "on": true}), "`in` is to be an id."),
        (json!({"fault": "rest"}), "`on` is to be true or false."),
        (json!({"fault": "rain", "on": true}), "There is no fault \"rain\"."),
    ] {
        assert_eq!(browser.is_refused("/page/fault", body).await, why);
    }
}
