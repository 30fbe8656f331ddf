//! When the database can't be written to.

use sqlx::Connection;

use super::world::{Story, WHOLE};

#[tokio::test(flavor = "multi_thread")]
async fn while_another_process_holds_the_lock_the_text_is_given_back_and_the_next_try_is_stored() {
    let story = Story::begins_with_a_post().await;
    let mut other = sqlx::AnyConnection::connect(&format!("sqlite://{}", story.database().display())).await.unwrap();
    let lock = other.begin_with("begin immediate").await.unwrap();

    let reply = story.ada.runs_with("/answer", &WHOLE).await;
    assert!(reply.was_deferred());
    insta::assert_snapshot!(reply.message(), @"
    **Which cloud platforms have you worked with, such as AWS, Google Cloud or Azure? Tell me about a system you built or ran on one.**
    Not saved: the database is busy right now. Here is all that you wrote; please send it again with **/answer** in a moment.
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
    The database is busy right now, so nothing was changed. Please try again in a moment.
    (only you can see this)
    ");
    lock.rollback().await.unwrap();
    story.ends().await;
}
