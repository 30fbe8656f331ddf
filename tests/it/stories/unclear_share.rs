//! A share of which nobody knows whether it came, or that two presses make: it is there once, and never forgotten while it is there.

use std::time::Duration;

use sandbox::Fault;

use super::sharing::{ada_asks, only_no_thread_was_found};
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
