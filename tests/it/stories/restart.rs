//! A restart: nothing that a button needs is in memory.

use sandbox::Moment;

use super::world::{Story, WHOLE, filled};

#[tokio::test(flavor = "multi_thread")]
async fn every_button_works_after_a_restart() {
    let mut story = Story::begins_with_a_post().await;
    let post = story.general.messages().remove(0);
    let modal = story.ada.clicks_on(&post, "Answer").await.modal();
    let half = story.ada.sends(&modal.clone().types("Task", "Half of it.")).await.message();
    let saved = story.bob.runs_with("/answer", &WHOLE).await.message();
    story.bob.runs("/history").await.message();
    let opened = story.bob.chooses("").await.message();

    story.bot_restarts().await;
    story.ada.clicks_on(&post, "Show guidance").await.message();
    assert_eq!(story.ada.clicks_on(&post, "Answer").await.modal().value("Task"), "Half of it.");
    assert_eq!(story.ada.clicks_on(&half, "Continue").await.modal().value("Task"), "Half of it.");
    assert_eq!(story.bob.clicks_on(&saved, "Improve this").await.modal().value("Task"), WHOLE[1].1);
    assert_eq!(story.bob.clicks_on(&opened, "Improve this").await.modal().value("Task"), WHOLE[1].1);
    story.bob.clicks_on(&opened, "Show guidance").await.message();
    story.bob.clicks_on(&opened, "Show sample").await.message();
    story.bob.chooses("").await.message();
    let sent = story.ada.sends(&filled(modal)).await.message();
    assert!(sent.content.contains("attempt 1"), "a modal opened before the restart: {sent}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_on_its_way_when_it_stops_is_noted_as_sent() {
    let mut story = Story::begins_with_a_post().await;
    let held = story.sandbox.holds(Moment::AfterEffect, "POST", "/channels/ID/messages");
    story.clock_reaches("2026-05-05T07:00:00Z");
    held.reached().await;
    tokio::join!(story.bot_stops(), async { held.release() });
    story.bot_starts().await;
    story.posts_in(&story.general, 2).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_work_after_the_daily_question_has_ended() {
    let story = Story::begins_with_a_post().await;
    story.grace.runs("/daily off").await.message();
    let modal = story.ada.clicks("Answer").await.modal();
    story.ada.sends(&filled(modal)).await.message();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_goes_on_after_restarts_and_nothing_comes_twice() {
    let mut story = Story::begins_with_a_post().await;
    let mut seen = vec![story.general.messages()[0].embeds[0]["title"].clone()];
    for day in 5..=18 {
        if day % 4 == 0 {
            story.bot_restarts().await;
        }
        story.clock_reaches(&format!("2026-05-{day:02}T07:00:00Z"));
        let posts = story.posts_in(&story.general, seen.len() + 1).await;
        let title = posts.last().unwrap().embeds[0]["title"].clone();
        assert!(!seen.contains(&title), "{title} came again on 2026-05-{day:02}");
        seen.push(title);
    }
    assert_eq!(seen.len(), 15);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_an_unknown_version_is_answered_politely() {
    let story = Story::begins_with_a_post().await;
    let post = story.general.messages().remove(0);
    let mut replies = Vec::new();
    for forged in ["9:answer:x", "nonsense", "1:answer:no-such-question", "1:submit:push-back-on-a-deadline"] {
        replies.push(story.ada.forces_click(&post, forged).await.message().to_string());
    }
    insta::assert_snapshot!(replies.join("\n"), @"
    This button is from another version of Starling. Type / and choose a command; **/help** lists them.
    (only you can see this)
    This button is from another version of Starling. Type / and choose a command; **/help** lists them.
    (only you can see this)
    Starling no longer has this question. **/question** with `topic` shows another one.
    (only you can see this)
    This button is from another version of Starling. Type / and choose a command; **/help** lists them.
    (only you can see this)
    ");
    story.ends().await;
}
