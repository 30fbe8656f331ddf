//! The page, as it is looked at: what comes to a browser, and what each person sees.

use sandbox::Sandbox;
use sandbox::permissions::{MANAGE_GUILD, VIEW_CHANNEL};
use serde_json::{Value, json};

use crate::bot::{Gateway, MONDAY_MS, Scene, says, whispers};
use crate::browser::{Browser, by, contents};

#[tokio::test]
async fn the_page_comes_with_headers_that_let_nothing_strange_in() {
    let scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    for path in ["/", "/page/index.html"] {
        let (status, headers, text) = browser.fetches(path).await;
        assert_eq!((status, &headers["content-type"]), (200, &"text/html; charset=utf-8".parse().unwrap()));
        assert!(text.starts_with("<!doctype html>"), "{text}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'self'; img-src 'self' data:; frame-ancestors 'none'"), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cache-control"], "no-store");
    }
    assert_eq!(browser.fetches("/favicon.ico").await.0, 204);
    for path in ["/page/nothing.js", "/page/a/b", "/robots.txt"] {
        assert_eq!(browser.fetches(path).await.0, 404, "{path}");
    }
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
    assert_eq!(scene.sandbox.calls().len(), 2, "only the bot's: the gateway's address, and its commands");
}

#[tokio::test]
async fn what_was_addressed_to_another_host_or_comes_from_another_page_is_refused() {
    let scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    for path in ["/", "/page/live", "/api/v10/users/@me", "/gateway", "/attachments/1/1/a.txt"] {
        for (name, value) in [("host", "example.com"), ("origin", "http://example.com")] {
            let refused = browser.request("GET", path).header(name, value).send().await.unwrap();
            assert_eq!(refused.status(), 403, "{path} {name}");
        }
    }
    let by_name = browser.request("GET", "/").header("host", "localhost:1234").send().await.unwrap();
    assert_eq!(by_name.status(), 200);
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn a_person_sees_who_is_there_and_where_they_can_go() {
    let scene = Scene::begins().await;
    let Scene { sandbox, guild, general, ada, bob, .. } = &scene;
    sandbox.set_bot_name("Starling");
    let grace = guild.admin("Grace");
    let message = general.open_thread(bob.says("Who is in?"), "Plans");
    let random = guild.add_channel("random");
    let snapshot = Browser::of(sandbox).looks(ada, general).await.next().await;
    let place = |channel: &sandbox::Channel, parent: Value, last: Value| {
        let kind = if parent.is_null() { 0 } else { 11 };
        json!({"id": channel.id().to_string(), "name": channel.name(), "type": kind, "parent_id": parent,
            "last_message_id": last})
    };
    let id = |id: u64| Value::from(id.to_string());
    let channels = [
        place(general, Value::Null, id(message.id())),
        place(&message, id(general.id()), Value::Null),
        place(&random, Value::Null, Value::Null),
    ];
    assert_eq!(snapshot["guilds"], json!([{"id": id(guild.id()), "name": "Test", "channels": channels}]));
    let person = |who: &sandbox::Person, roles: Value| json!({"id": id(who.id()), "name": who.name(), "roles": roles});
    let people = [person(ada, json!([])), person(bob, json!([])), person(&grace, json!(["Admin"]))];
    assert_eq!(snapshot["people"], json!(people));
    let bot = json!({"id": id(sandbox.application_id()), "name": "Starling", "connected": true, "host": false, "running": null});
    assert_eq!(snapshot["bot"], bot);
    assert_eq!(snapshot["dms"], json!([{"id": snapshot["dms"][0]["id"], "name": "Starling", "last_message_id": null}]));
    let open = json!({"id": id(general.id()), "name": "general", "type": 0, "guild_id": id(guild.id()),
        "may_say": true, "bot_may_post": true});
    assert_eq!(snapshot["channel"], open);
    assert_eq!((&snapshot["now"], &snapshot["by_hand"]), (&json!(MONDAY_MS), &json!(true)));
    assert_eq!(snapshot["me"], id(ada.id()));
    assert_eq!(snapshot["faults"], json!({"rest": false, "gateway": false}));
    assert_eq!(snapshot["names"]["users"][bob.id().to_string()], "Bob");
    assert_eq!(snapshot["names"]["roles"][guild.bot_role().id().to_string()], "Starling");
    assert_eq!(snapshot["names"]["channels"][message.id().to_string()], "Plans");
    assert_eq!(snapshot["messages"][0]["author"]["username"], "Bob");
}

#[tokio::test]
async fn who_or_what_is_not_there_gives_way_to_the_first() {
    let scene = Scene::begins().await;
    let Scene { sandbox, guild, general, ada, bob, .. } = &scene;
    let staff = guild.add_channel("staff");
    let thread = staff.open_thread(ada.in_channel(&staff).says("hidden"), "Hidden");
    staff.deny_everyone(VIEW_CHANNEL);
    let browser = Browser::of(sandbox);
    let ids = |snapshot: &Value| (snapshot["me"].clone(), snapshot["channel"]["id"].clone());
    let first = (json!(ada.id().to_string()), json!(general.id().to_string()));
    for query in ["", "?as=1&in=2", "?as=x&in=", &format!("?in={}", staff.id()), &format!("?in={}", thread.id())] {
        let snapshot = browser.listens(&format!("/page/live{query}")).await.next().await;
        assert_eq!(ids(&snapshot), first, "{query}");
        assert!(!snapshot.to_string().to_lowercase().contains("hidden"), "{snapshot}");
    }
    let of_bob = browser.listens(&format!("/page/live?as={}", bob.id())).await.next().await;
    assert_eq!(of_bob["me"], json!(bob.id().to_string()));
}

#[tokio::test]
async fn an_empty_sandbox_can_be_looked_at() {
    let sandbox = Sandbox::start_at(MONDAY_MS).await.unwrap();
    let browser = Browser::of(&sandbox);
    let mut view = browser.listens("/page/live").await;
    let empty = view.next().await;
    assert_eq!((&empty["me"], &empty["people"], &empty["channel"]), (&Value::Null, &json!([]), &Value::Null));
    assert_eq!(browser.asks("/page/commands").await, json!([]));
    let ada = sandbox.add_guild("Test").add_member("Ada");
    view.waits_for(|snapshot| snapshot["me"] == json!(ada.id().to_string())).await;
}

#[tokio::test]
async fn nobody_else_ever_sees_what_is_for_one_persons_eyes() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let mut of_ada = browser.looks(&scene.ada, &scene.general).await;
    let mut of_bob = browser.looks(&scene.bob, &scene.general).await;
    let greet = by(&scene.ada, &scene.general, &json!({"command": "greet", "options": []}));
    let (came, _) = tokio::join!(browser.acts("/page/command", greet), scene.bot.hears_and_answers(whispers("secret")));
    assert_eq!(came, json!({"came": "message"}));
    let seen = of_ada.waits_for(|snapshot| contents(snapshot) == ["secret"]).await;
    assert_eq!(seen["messages"][0]["flags"], 64);
    scene.posts(json!({"content": "public"})).await;
    of_ada.waits_for(|snapshot| contents(snapshot) == ["secret", "public"]).await;
    loop {
        let snapshot = of_bob.next().await;
        assert!(!snapshot.to_string().contains("secret"), "{snapshot}");
        let last = &snapshot["guilds"][0]["channels"][0]["last_message_id"];
        if contents(&snapshot) == ["public"] {
            assert_eq!(*last, json!(scene.general.messages()[0].id.to_string()));
            break;
        }
        assert_eq!((contents(&snapshot), last), (Vec::new(), &Value::Null));
    }
}

#[tokio::test]
async fn a_thought_is_seen_until_it_becomes_an_answer() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let mut view = browser.looks(&scene.ada, &scene.general).await;
    let greet = by(&scene.ada, &scene.general, &json!({"command": "/greet"}));
    let asked = {
        let browser = browser.clone();
        tokio::spawn(async move { browser.acts("/page/command", greet).await })
    };
    let interaction = scene.bot.hears_and_answers(json!({"type": 5})).await;
    view.waits_for(|snapshot| snapshot["messages"][0]["flags"] == 128).await;
    let path = scene.bot.webhook(&interaction, "/messages/@original");
    scene.bot.rest.patch(&path, json!({"content": "done"})).await;
    view.waits_for(|snapshot| contents(snapshot) == ["done"]).await;
    assert_eq!(asked.await.unwrap(), json!({"came": "message"}));
}

#[tokio::test]
async fn a_direct_message_with_the_bot_is_always_there() {
    let mut scene = Scene::begins().await;
    let browser = Browser::of(&scene.sandbox);
    let first = browser.looks(&scene.ada, &scene.general).await.next().await;
    let direct = first["dms"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/page/live?as={}&in={direct}", scene.ada.id());
    let mut view = browser.listens(&path).await;
    let open = view.next().await["channel"].clone();
    assert_eq!((&open["name"], &open["type"], &open["guild_id"]), (&json!("Bot"), &json!(1), &Value::Null));
    let body = json!({"as": scene.ada.id().to_string(), "in": direct, "command": "greet"});
    let (_, heard) = tokio::join!(browser.acts("/page/command", body), scene.bot.hears_and_answers(says("hello")));
    assert_eq!(heard["context"], 1);
    view.waits_for(|snapshot| contents(snapshot) == ["hello"]).await;
    let of_bob = browser.listens(&format!("/page/live?as={}&in={direct}", scene.bob.id())).await.next().await;
    assert_eq!(of_bob["channel"]["name"], "general");
}

#[tokio::test]
async fn the_newest_two_hundred_messages_are_shown() {
    let scene = Scene::begins().await;
    for number in 0..201 {
        scene.ada.says(&number.to_string());
    }
    let snapshot = Browser::of(&scene.sandbox).looks(&scene.bob, &scene.general).await.next().await;
    let contents = contents(&snapshot);
    assert_eq!((contents.len(), contents[0], contents[199]), (200, "1", "200"));
}

#[tokio::test]
async fn commands_are_offered_to_those_who_may_use_them() {
    let manage = MANAGE_GUILD.to_string();
    let scene = Scene::begins_with(json!([
        {"name": "greet", "description": "Says hello", "contexts": [0, 1]},
        {"name": "daily", "description": "Sets up", "contexts": [0], "default_member_permissions": manage},
    ]))
    .await;
    let grace = scene.guild.admin("Grace");
    let browser = Browser::of(&scene.sandbox);
    let offered = async |person: &sandbox::Person, channel: u64| {
        let offered = browser.asks(&format!("/page/commands?as={}&in={channel}", person.id())).await;
        let names = offered.as_array().unwrap().iter().map(|command| command["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<String>>()
    };
    assert_eq!(offered(&scene.ada, scene.general.id()).await, ["greet"]);
    assert_eq!(offered(&grace, scene.general.id()).await, ["greet", "daily"]);
    let snapshot = browser.looks(&grace, &scene.general).await.next().await;
    let direct = snapshot["dms"][0]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(offered(&grace, direct).await, ["greet"]);
}

#[tokio::test]
async fn it_is_seen_whether_the_bot_is_there() {
    let sandbox = Sandbox::start_at(MONDAY_MS).await.unwrap();
    let mut view = Browser::of(&sandbox).listens("/page/live").await;
    assert_eq!(view.next().await["bot"]["connected"], json!(false));
    let (gateway, _) = Gateway::signs_in(&sandbox).await;
    view.waits_for(|snapshot| snapshot["bot"]["connected"] == json!(true)).await;
    gateway.closes(1000).await;
    view.waits_for(|snapshot| snapshot["bot"]["connected"] == json!(false)).await;
}
