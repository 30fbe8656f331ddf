//! The sandbox by hand: each line is answered, and only `quit` ends it.

use sandbox::Sandbox;
use sandbox::console::Console;
use serde_json::json;

use crate::bot::{Gateway, MONDAY_MS, Rest, Scene, whispers};

async fn console() -> Console {
    Console::new(Sandbox::start_at(MONDAY_MS).await.expect("a free port"))
}

async fn told(console: &mut Console, line: &str) -> String {
    console.obey(line).await.expect("not the end")
}

#[tokio::test]
async fn a_line_that_can_not_be_done_is_answered_with_the_reason() {
    let mut console = console().await;
    let cases = [
        ("gibberish", "! \"gibberish\" says nothing that I know; say help"),
        ("zed looks", "! there is no zed here, but ada, bob, cy, grace"),
        ("ada dances", "! \"ada dances\" says nothing that I know; say help"),
        ("ada: /help", "! no bot has registered its commands yet; start one"),
        ("ada clicks Go", "! ada sees no button Go; there are: "),
        ("ada sends", "! no modal is open"),
        ("ada types x", "! say `types Label: text`"),
        ("ada goes to #nowhere", "! there is no channel #nowhere"),
        ("#nowhere", "! there is no channel #nowhere"),
        ("clock +1x", "! \"1x\" is no span of time; say 90s, 10m, 1h or 2d"),
        ("clock +-1h", "! \"-1h\" is no span of time; say 90s, 10m, 1h or 2d"),
        ("clock tomorrow", "! \"tomorrow\" is no time; say +90s, +10m, +1h, +2d or 2026-05-04T09:00Z"),
    ];
    for (line, answer) in cases {
        assert_eq!(told(&mut console, line).await, answer);
    }
    let greeting = console.greeting();
    assert!(greeting.contains("DISCORD_API_URL=http://127.0.0.1:"), "{greeting}");
    assert!(greeting.contains("Open http://127.0.0.1:"), "{greeting}");
    assert_eq!(console.obey("quit").await, None);
}

#[tokio::test]
async fn people_stand_in_a_channel_and_see_what_is_said_there() {
    let mut console = console().await;
    assert_eq!(told(&mut console, "ada says hello").await, "");
    assert_eq!(told(&mut console, "bob looks").await, "ada:\n  hello");
    assert_eq!(told(&mut console, "#general").await, "ada:\n  hello");
    assert_eq!(told(&mut console, "bob goes to #random").await, "");
    assert_eq!(told(&mut console, "Bob looks").await, "(nothing to see)");
}

#[tokio::test]
async fn the_clock_is_moved_by_a_line() {
    let mut console = console().await;
    assert_eq!(told(&mut console, "clock").await, "it is 2026-05-04T09:00:00.000000+00:00");
    assert_eq!(told(&mut console, "clock +90m").await, "it is 2026-05-04T10:30:00.000000+00:00");
    assert_eq!(told(&mut console, "clock +2d").await, "it is 2026-05-06T10:30:00.000000+00:00");
    assert_eq!(told(&mut console, "clock 2026-06-01T07:00Z").await, "it is 2026-06-01T07:00:00.000000+00:00");
}

#[tokio::test]
async fn what_the_bot_posts_is_told_once() {
    let sandbox = Sandbox::start().await.expect("a free port");
    let mut console = Console::new(sandbox.clone());
    let mut gateway = Gateway::opens(&sandbox).await;
    gateway.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
    let guild = gateway.event("GUILD_CREATE").await;
    let general = guild["channels"][0]["id"].as_str().expect("an id").to_owned();
    let path = format!("/channels/{general}/messages");
    Rest::of(&sandbox).post(&path, json!({"content": "Good morning"})).await;
    told(&mut console, "ada says hello").await;
    assert_eq!(console.news(), ["#general:\n  Good morning"]);
    assert_eq!(console.news(), Vec::<String>::new());
}

#[tokio::test]
async fn a_modal_is_typed_into_and_sent_by_lines() {
    let Scene { sandbox, mut bot, .. } = Scene::begins().await;
    let mut console = Console::new(sandbox);
    let input = json!({"type": 4, "custom_id": "why", "style": 2, "label": "Why", "max_length": 9});
    let modal = json!({"title": "Tell", "custom_id": "m", "components": [{"type": 1, "components": [input]}]});
    let opens = json!({"type": 9, "data": modal});
    let (shown, _) = tokio::join!(told(&mut console, "ada: /greet name:Bob"), bot.hears_and_answers(opens));
    assert_eq!(shown, "┌ Tell\n│ Why (at most 9, required)\n└ [Cancel] [Submit]");
    assert_eq!(told(&mut console, "ada sends").await, "! the input Why is required and empty; fill it in");
    let shown = told(&mut console, "ada types Why: because").await;
    assert_eq!(shown, "┌ Tell\n│ Why (at most 9, required)\n│   > because\n└ [Cancel] [Submit]");
    let (shown, _) = tokio::join!(told(&mut console, "ada sends"), bot.hears_and_answers(whispers("thanks")));
    assert_eq!(shown, "thanks\n(only you can see this)");
}
