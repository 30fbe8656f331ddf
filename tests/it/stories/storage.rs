//! When the database can't be written to.

use std::pin::pin;
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Connection};
use tokio::time::timeout;

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

async fn other_process(story: &Story) -> AnyConnection {
    AnyConnection::connect(&format!("sqlite://{}", story.database().display())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_of_a_second_is_waited_for_and_the_answer_is_stored() {
    let story = Story::begins_with_a_post().await;
    let mut other = other_process(&story).await;
    let lock = other.begin_with("begin immediate").await.unwrap();
    let ada = story.ada.clone();
    let answer = ada.runs_with("/answer", &WHOLE);
    let mut answer = pin!(answer);
    assert!(timeout(Duration::from_secs(1), &mut answer).await.is_err(), "it answered while the lock was held");
    lock.rollback().await.unwrap();
    let saved = answer.await.message();
    assert!(saved.content.contains("Saved as your attempt 1"), "{saved}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn during_a_lock_of_four_seconds_each_try_gets_its_text_back_in_time_and_the_next_one_is_stored() {
    let story = Story::begins_with_a_post().await;
    let mut other = other_process(&story).await;
    let lock = other.begin_with("begin immediate").await.unwrap();
    for try_number in 1..=2 {
        let begins = Instant::now();
        let reply = story.ada.runs_with("/answer", &WHOLE).await.message();
        let took = begins.elapsed();
        assert!(reply.content.contains("Not saved") && reply.to_string().contains(WHOLE[2].1), "{try_number}: {reply}");
        assert!(took > Duration::from_secs(1) && took < Duration::from_secs(4), "{try_number}: {took:?}");
    }
    lock.rollback().await.unwrap();
    let saved = story.ada.runs_with("/answer", &WHOLE).await.message();
    assert!(saved.content.contains("Saved as your attempt 1"), "{saved}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_refused_gives_the_text_back_and_heals_with_the_disk() {
    let story = Story::begins_with_a_post().await;
    let mut other = other_process(&story).await;
    for (table, statement) in [("answer", "insert"), ("draft", "insert")] {
        let full = format!(
            "create trigger full_{table} before {statement} on {table} begin select raise(fail, 'database or disk is full'); end"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(full)).execute(&mut other).await.unwrap();
    }
    let reply = story.ada.runs_with("/answer", &WHOLE).await.message();
    for (_, text) in WHOLE {
        assert!(reply.to_string().contains(text), "{text} is not given back: {reply}");
    }
    let half = story.bob.clicks("Answer").await.modal().types("Task", "Half of it.");
    let reply = story.bob.sends(&half).await.message();
    assert!(reply.to_string().contains("Half of it."), "{reply}");
    sqlx::raw_sql("drop trigger full_answer; drop trigger full_draft").execute(&mut other).await.unwrap();
    let saved = story.ada.runs_with("/answer", &WHOLE).await.message();
    assert!(saved.content.contains("Saved as your attempt 1"), "{saved}");
    let kept = story.bob.sends(&half).await.message();
    assert!(kept.content.contains("Kept as a draft"), "{kept}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_can_not_be_recorded_is_found_again_and_comes_once() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    let mut other = other_process(&story).await;
    let full = "create trigger full before update on post when new.state = 'sent' begin select raise(fail, 'disk is full'); end";
    sqlx::raw_sql(full).execute(&mut other).await.unwrap();
    story.clock_reaches("2026-05-04T07:00:00Z");
    assert_eq!(story.general.wait_for(1).await.len(), 1);
    // Within the nonce's time, and when only a look can tell.
    for at in ["2026-05-04T07:01:01Z", "2026-05-04T07:05:00Z"] {
        story.clock_reaches(at);
        story.status_comes_to_say(&story.general, "not posted yet").await;
    }
    sqlx::raw_sql("drop trigger full").execute(&mut other).await.unwrap();
    story.clock_reaches("2026-05-04T07:10:00Z");
    story.status_comes_to_say(&story.general, "[posted]").await;
    assert_eq!(story.general.messages().len(), 1);
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
