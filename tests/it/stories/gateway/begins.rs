//! How often a connection is begun: what Discord allows is asked for, and crashes that come one after the other wait.

use std::time::Duration;

use sandbox::Sandbox;

use crate::stories::world::Story;

/// What a process does before it turns to the gateway, `count` times since the sandbox was started.
async fn registered(sandbox: &Sandbox, count: usize) {
    sandbox.wait_for_calls("PUT", "/applications/ID/commands", count).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_no_connection_left_for_the_day_it_waits_and_posts_and_can_be_stopped() {
    let mut story = Story::begins_with_a_post().await;
    story.bot_stops().await;
    story.clock_reaches("2026-05-04T08:00:00Z");
    story.sandbox.set_identify_budget(0);
    story.bot_begins();
    registered(&story.sandbox, 2).await;
    story.sandbox.wait_for_calls("GET", "/gateway/bot", 2).await;
    story.bot_stops().await;

    story.bot_begins();
    story.sandbox.wait_for_calls("GET", "/gateway/bot", 3).await;
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.general.wait_for(2).await;
    assert_eq!(story.sandbox.identifies(), 1);
    story.clock_reaches("2026-05-05T08:00:00Z");
    story.sandbox.ready().await.unwrap();
    story.ada.runs("/help").await.message();
    assert_eq!(story.sandbox.identifies(), 2);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_crashes_a_start_waits_for_the_gateway_and_posts_meanwhile() {
    let mut story = Story::begins_with_a_post().await;
    story.clock_reaches("2026-05-05T06:59:50Z");
    for starts in 2..=6 {
        story.bot_dies().await;
        story.bot_begins();
        story.sandbox.wait_for_identifies(starts).await;
    }
    story.bot_dies().await;
    story.bot_begins();
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.general.wait_for(2).await;
    assert_eq!(story.sandbox.identifies(), 6);
    story.clock_reaches("2026-05-05T07:00:05Z");
    story.sandbox.ready().await.unwrap();
    story.ada.runs("/help").await.message();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clean_restarts_wait_for_nothing() {
    let mut story = Story::begins("2026-05-04T06:00:00Z").await;
    for _ in 0..7 {
        story.bot_restarts().await;
    }
    story.ends().await;
}

/// How many seconds after the newest of so many beginnings the next one may come.
fn wait_after(beginnings: usize) -> i64 {
    let waits = [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480];
    waits.get(beginnings).copied().unwrap_or(600)
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_crashes_in_an_hour_begin_fewer_than_twenty_connections() {
    let mut story = Story::without_bot("2026-05-04T06:00:00Z", None).await;
    let mut begun = Vec::new();
    let mut processes = 0;
    for second in (0..3600).step_by(72) {
        story.bot_begins();
        processes += 1;
        registered(&story.sandbox, processes).await;
        if begun.last().is_none_or(|newest| newest + wait_after(begun.len()) <= second) {
            begun.push(second);
            story.sandbox.wait_for_identifies(begun.len()).await;
        }
        story.bot_dies().await;
        assert_eq!(story.sandbox.identifies(), begun.len(), "after {second} s");
        story.sandbox.clock().advance(Duration::from_secs(72));
    }
    assert!(processes == 50 && begun.len() < 20, "{begun:?}");
}
