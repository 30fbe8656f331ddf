//! An answer that is shared in a thread, and the thread was archived since.

use sandbox::permissions::{MANAGE_THREADS, OF_BOT};
use sandbox::{Channel, MessageView};

use super::sharing::{ada_asks, begins_with_a_thread};
use super::world::{Story, shown};

const ARCHIVED: &str = "DELETE /channels/ID/messages/ID: 400 50083 Thread is archived";
const LOCKED: &str = "PATCH /channels/ID: 403 50013 Missing Permissions";

/// Ada shares her answer in the thread, which is then archived. Gives what she sees of it.
async fn shared_and_archived() -> (Story, Channel, MessageView) {
    let (story, thread) = begins_with_a_thread().await;
    let asked = ada_asks(&story).await;
    let done = story.ada.clicks_on(&asked, "Share it").await.message();
    assert_eq!(thread.messages().len(), 1);
    thread.archive();
    (story, thread, done)
}

/// Ada deletes her answer.
async fn ada_deletes(story: &Story) -> MessageView {
    story.ada.runs("/history").await.message();
    let opened = story.ada.chooses("Protect user data · attempt 1").await.message();
    story.ada.clicks_on(&opened, "Delete").await.message();
    story.ada.clicks("Delete").await.message()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_back_all_the_same() {
    let (story, thread, done) = shared_and_archived().await;
    let said = story.ada.clicks_on(&done, "Take back").await.message();
    assert!(said.content.starts_with("Taken back"), "{said}");
    assert!(thread.messages().is_empty());
    assert_eq!(story.sandbox.expect_refusals(), [ARCHIVED]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_with_its_answer_all_the_same() {
    let (story, thread, _) = shared_and_archived().await;
    let said = ada_deletes(&story).await;
    assert!(said.content.starts_with("That attempt is deleted for good."), "{said}");
    assert!(!said.content.contains("could not delete"), "{said}");
    assert!(thread.messages().is_empty());
    assert_eq!(story.sandbox.expect_refusals(), [ARCHIVED]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_thread_is_locked_too_it_says_what_to_do_and_is_taken_back_later() {
    let (story, thread, done) = shared_and_archived().await;
    thread.lock();
    insta::assert_snapshot!(shown(&story.ada.clicks_on(&done, "Take back").await.message()), @"
    Starling could not delete what you shared here:
    - https://discord.com/channels/ID/ID/ID
    Where the thread is archived and Starling may not open it, ask a moderator to delete the message, or to unlock the thread so that **Take back** works.
    (only you can see this)
    ");
    assert_eq!(story.sandbox.expect_refusals(), [ARCHIVED, LOCKED]);
    let already = story.ada.clicks("Share").await.message();
    assert!(already.content.starts_with("You share this answer already"), "{already}");
    story.guild.set_bot_permissions(OF_BOT | MANAGE_THREADS);
    story.ada.clicks_on(&done, "Take back").await.message();
    assert!(thread.messages().is_empty());
    assert_eq!(story.sandbox.expect_refusals(), [ARCHIVED]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_of_a_deleted_answer_in_a_locked_thread_is_named_and_its_author_can_still_take_it_back() {
    let (story, thread, _) = shared_and_archived().await;
    thread.lock();
    insta::assert_snapshot!(shown(&ada_deletes(&story).await), @"
    That attempt is deleted for good. Your other attempts and your draft stay, with what they share with it.
    Starling could not delete what you shared here:
    - https://discord.com/channels/ID/ID/ID
    Where the thread is archived and Starling may not open it, ask a moderator to delete the message, or to unlock the thread so that **Take back** works.
    (only you can see this)
    ");
    let public = thread.messages().remove(0);
    story.guild.set_bot_permissions(OF_BOT | MANAGE_THREADS);
    let ada = story.ada.in_channel(&thread);
    assert_eq!(ada.clicks_on(&public, "Take back").await.message().content, "Taken back: the message is deleted.");
    assert!(thread.messages().is_empty());
    story.sandbox.expect_refusals();
    story.ends().await;
}
