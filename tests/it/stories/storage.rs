//! When the database can't be written to.

use sqlx::Connection;

use super::world::{Story, WHOLE, filled};
use crate::postgres::empty_database;

#[tokio::test(flavor = "multi_thread")]
async fn while_another_process_holds_the_lock_the_text_is_given_back_and_the_next_try_is_stored() {
    let story = Story::begins_with_a_post().await;
    let mut other = sqlx::AnyConnection::connect(&format!("sqlite://{}", story.database().display())).await.unwrap();
    let lock = other.begin_with("begin immediate").await.unwrap();

    let reply = story.ada.runs_with("/answer", &WHOLE).await;
    assert!(reply.was_deferred());
    insta::assert_snapshot!(reply.message(), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Not saved: Starling is busy right now. Please press **Answer** in a minute to send it again. Here is all that you wrote, to be copied.
    │ What you wrote
    │ **Situation**
    │ In May our search was slow.
    │
    │ **Task**
    │ I had to make it fast.
    │
    │ **Action**
    │ I measured it, found a missing index and added it.
    │
    │ **Result**
    │ Searches went from 900 ms to 40 ms.
    [Answer]
    (only you can see this)
    ");
    lock.rollback().await.unwrap();
    let reply = story.ada.runs_with("/answer", &WHOLE).await.message();
    assert!(reply.content.contains("Saved as your attempt 1"), "{reply}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guidance_is_shown_even_when_looking_can_not_be_noted() {
    let story = Story::begins_with_a_post().await;
    let mut other = sqlx::AnyConnection::connect(&format!("sqlite://{}", story.database().display())).await.unwrap();
    let lock = other.begin_with("begin immediate").await.unwrap();
    let guidance = story.ada.clicks("Show guidance").await.message();
    assert_eq!(guidance.embeds.len(), 4);
    insta::assert_snapshot!(story.grace.runs("/daily pause").await.message(), @"
    Starling is busy right now, so nothing was changed. Please try again in a minute.
    (only you can see this)
    ");
    lock.rollback().await.unwrap();
    story.ends().await;
}

/// The main job, from set-up to history and across a restart.
async fn main_job(mut story: Story) {
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    let modal = story.ada.clicks("Answer").await.modal();
    let kept = story.ada.sends(&modal.types("Task", "Half of it.")).await.message();
    assert!(kept.content.contains("Kept as a draft"), "{kept}");
    let modal = story.ada.clicks("Continue").await.modal();
    let saved = story.ada.sends(&filled(modal)).await.message();
    assert!(saved.content.contains("Saved as your attempt 1"), "{saved}");
    story.bot_restarts().await;
    let page = story.ada.runs("/history search:INDEX").await.message();
    assert!(page.content.starts_with("You have 1 answer"), "{page}");
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_is_done_on_sqlite_and_on_postgres() {
    main_job(Story::begins("2026-05-04T06:00:00Z").await).await;
    if let Some(url) = empty_database().await {
        main_job(Story::begins_on("2026-05-04T06:00:00Z", Some(url)).await).await;
    }
}
