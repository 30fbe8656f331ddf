//! A share of which nobody knows whether it came, or that two presses make: it is there once, and never forgotten while it is there.

use std::time::Duration;

use sandbox::permissions::READ_MESSAGE_HISTORY;
use sandbox::{Fault, Moment};

use super::sharing::{ada_asks, begins_with_a_thread, only_no_thread_was_found};
use super::world::Story;

const MESSAGES: &str = "/channels/ID/messages";

/// Discord took Ada's answer and did not say so.
async fn begins_with_an_unclear_share() -> Story {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let lost = story.sandbox.faults(Fault::resets().after_effect().on("POST", MESSAGES));
    let unclear = story.ada.clicks_on(&asked, "Share it").await.message();
    assert!(unclear.content.starts_with("Discord did not say"), "{unclear}");
    lost.release();
    assert_eq!(story.general.messages().len(), 2);
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_history_may_not_be_read_it_is_not_forgotten() {
    let story = begins_with_an_unclear_share().await;
    story.sandbox.clock().advance(Duration::from_mins(10));
    story.general.deny_bot(READ_MESSAGE_HISTORY);
    let refused = story.ada.clicks("Share").await.message();
    assert!(refused.content.contains("no permission there to: **Read Message History**"), "{refused}");
    story.general.allow_bot(READ_MESSAGE_HISTORY);
    let found = story.ada.clicks("Share").await.message();
    assert!(found.content.starts_with("You share this answer already"), "{found}");
    assert_eq!(story.general.messages().len(), 2);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_thread_that_is_empty_it_is_shared_anew() {
    let (story, thread) = begins_with_a_thread().await;
    let asked = ada_asks(&story).await;
    let lost = story.sandbox.faults(Fault::resets().on("POST", MESSAGES));
    story.ada.clicks_on(&asked, "Share it").await.message();
    lost.release();
    story.sandbox.clock().advance(Duration::from_mins(10));
    let asked = story.ada.clicks("Share").await.message();
    assert!(asked.content.starts_with("Share this in"), "{asked}");
    let done = story.ada.clicks_on(&asked, "Share it").await.message();
    assert!(done.content.starts_with("Shared: "), "{done}");
    assert_eq!(thread.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_looked_for_in_its_time_and_not_among_all_that_came_since() {
    let story = begins_with_an_unclear_share().await;
    story.sandbox.clock().advance(Duration::from_hours(48));
    for _ in 0..150 {
        story.bob.says("hello");
    }
    let found = story.ada.clicks("Share").await.message();
    assert!(found.content.starts_with("You share this answer already"), "{found}");
    assert_eq!(story.sandbox.wait_for_calls("GET", MESSAGES, 1).await.len(), 1, "one page");
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_presses_the_one_that_is_refused_does_not_forget_what_the_other_one_shared() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let held = story.sandbox.faults(Fault::hangs().on("POST", MESSAGES).times(1));
    let body = serde_json::json!({ "code": 50013, "message": "Missing Permissions" });
    let refused = story.sandbox.faults(Fault::answers(403, body).on("POST", MESSAGES).times(1));
    let (second, ()) = tokio::join!(story.ada.clicks_on(&asked, "Share it"), async {
        held.reached().await;
        let first = story.ada.clicks_on(&asked, "Share it").await.message();
        assert!(first.content.starts_with("Shared: "), "{first}");
        held.release();
    });
    assert_eq!(refused.count(), 1);
    let second = second.message();
    assert!(second.content.starts_with("You share this answer already"), "{second}");
    story.ada.clicks_on(&second, "Take back").await.message();
    assert_eq!(story.general.messages().len(), 1);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_while_it_is_on_its_way_is_said_to_be_kept() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let lost = story.sandbox.faults(Fault::resets().on("POST", MESSAGES));
    let unclear = story.ada.clicks_on(&asked, "Share it").await.message();
    lost.release();
    let asked = story.ada.clicks("Share").await.message();
    let held = story.sandbox.holds(Moment::BeforeEffect, "POST", MESSAGES);
    let (shared, ()) = tokio::join!(story.ada.clicks_on(&asked, "Share it"), async {
        held.reached().await;
        story.ada.clicks_on(&unclear, "Take back").await.message();
        held.release();
    });
    insta::assert_snapshot!(shared.message(), @"
    This answer is not shared: its share was ended while the message was on its way, so the message is deleted again. The answer stays in your **/history**, from where it can be shared anew.
    (only you can see this)
    ");
    assert_eq!(story.general.messages().len(), 1);
    only_no_thread_was_found(&story);
    story.ends().await;
}
