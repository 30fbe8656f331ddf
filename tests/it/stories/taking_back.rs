//! What was shared comes down again: by its author alone and for ever, and with whatever else is deleted.

use std::time::Duration;

use sandbox::permissions::VIEW_CHANNEL;
use sandbox::{Channel, MessageView, Moment};

use super::sharing::{ada_asks, ada_shares, only_no_thread_was_found};
use super::world::{Story, WHOLE, shown};

/// What the form that deletes asks for.
const TYPED: &str = "Type the word \"delete\" to confirm";

const MESSAGES: &str = "/channels/ID/messages";

/// The custom id of a message's button.
fn custom_id(message: &MessageView, number: usize) -> String {
    message.components[0]["components"][number]["custom_id"].as_str().unwrap().to_owned()
}

fn messages(channel: &Channel) -> usize {
    channel.messages().len()
}

/// The bot was killed while Ada's answer was on its way, and came back.
async fn killed_while_sharing(moment: Moment) -> Story {
    let mut story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let held = story.sandbox.holds(moment, "POST", MESSAGES);
    let (pressing, ada) = (asked.clone(), story.ada.clone());
    let pressed = tokio::spawn(async move { ada.try_clicks_on(&pressing, "Share it").await });
    held.reached().await;
    story.bot_dies().await;
    held.cut();
    pressed.abort();
    story.bot_starts().await;
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn its_author_alone_takes_it_back_also_after_a_year_and_a_restart() {
    let mut story = Story::begins_with_a_post().await;
    let public = ada_shares(&story, &story.general).await;
    insta::assert_snapshot!(story.bob.clicks_on(&public, "Take back").await.message(), @"
    Only the person who shared this answer can take it back. If it should not be here, tell a moderator.
    (only you can see this)
    ");
    story.clock_reaches("2027-05-04T06:00:00Z");
    story.bot_restarts().await;
    let public = story.general.messages().into_iter().find(|message| message.id == public.id).unwrap();
    insta::assert_snapshot!(story.ada.clicks_on(&public, "Take back").await.message(), @"
    Taken back: the message is deleted. The answer stays in your **/history**.
    (only you can see this)
    ");
    assert!(story.general.messages().iter().all(|message| message.id != public.id));
    let saved = story.ada.runs("/history").await.message();
    assert!(saved.content.starts_with("You have 1 answer"), "{saved}");
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_private_reply_too_and_twice_says_that_it_is_gone() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let done = story.ada.clicks_on(&asked, "Share it").await.message();
    story.ada.clicks_on(&done, "Take back").await.message();
    assert_eq!(messages(&story.general), 1);
    insta::assert_snapshot!(story.ada.clicks_on(&done, "Take back").await.message(), @"
    That answer is no longer shared; its message was gone already.
    (only you can see this)
    ");
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_moderator_removed_it_the_answer_stays_private_and_can_be_shared_anew() {
    let story = Story::begins_with_a_post().await;
    let public = ada_shares(&story, &story.general).await;
    story.general.delete_message(public.id);
    story.sandbox.clock().advance(Duration::from_secs(1));
    let asked = story.ada.clicks("Share").await.message();
    assert!(asked.content.starts_with("Share this in"), "{asked}");
    story.ada.clicks_on(&asked, "Share it").await.message();
    let anew = story.general.messages().pop().unwrap();
    assert!(anew.id != public.id && anew.buttons() == ["Take back"], "{anew}");
    let refusals = story.sandbox.expect_refusals();
    assert!(refusals.contains(&"GET /channels/ID/messages/ID: 404 10008 Unknown Message".to_owned()), "{refusals:#?}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_deleted_is_said_with_what_to_do_and_goes_later() {
    let story = Story::begins_with_a_post().await;
    let public = ada_shares(&story, &story.general).await;
    story.general.deny_bot(VIEW_CHANNEL);
    insta::assert_snapshot!(shown(&story.ada.clicks_on(&public, "Take back").await.message()), @"
    Starling could not delete what you shared here:
    - https://discord.com/channels/ID/ID/ID
    Press **Take back** there, or ask somebody with the permission **Manage Messages** to delete it.
    (only you can see this)
    ");
    story.general.allow_bot(VIEW_CHANNEL);
    story.ada.clicks_on(&public, "Take back").await.message();
    assert_eq!(messages(&story.general), 1);
    story.sandbox.expect_refusals();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_leaves_no_message_that_its_author_cannot_take_back() {
    let story = killed_while_sharing(Moment::AfterEffect).await;
    let public = story.general.messages().pop().unwrap();
    let refused = story.bob.clicks_on(&public, "Take back").await.message();
    assert!(refused.content.starts_with("Only the person"), "{refused}");
    story.ada.clicks_on(&public, "Take back").await.message();
    assert_eq!(messages(&story.general), 1);
    let saved = story.ada.runs("/history").await.message();
    assert!(saved.content.starts_with("You have 1 answer"), "{saved}");
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_left_half_done_is_found_or_shared_anew() {
    for (moment, says) in
        [(Moment::AfterEffect, "You share this answer already"), (Moment::BeforeEffect, "Share this in")]
    {
        let mut story = killed_while_sharing(moment).await;
        story.sandbox.clock().advance(Duration::from_mins(10));
        let saved = story.ada.runs_with("/answer", &WHOLE).await.message();
        let asked = story.ada.clicks_on(&saved, "Share").await.message();
        assert!(asked.content.starts_with(says), "{asked}");
        if asked.buttons() == ["Share it", "Keep it private"] {
            story.ada.clicks_on(&asked, "Share it").await.message();
        }
        assert_eq!(messages(&story.general), 2);
        only_no_thread_was_found(&story);
        story.bot_stops().await;
        assert_eq!(story.sandbox.problems(), ["the application did not respond to: Ada clicks Share it"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_the_answer_takes_it_down() {
    let story = Story::begins_with_a_post().await;
    ada_shares(&story, &story.general).await;
    story.ada.runs("/history").await.message();
    let opened = story.ada.chooses("Protect user data · attempt 1").await.message();
    insta::assert_snapshot!(shown(&story.ada.clicks_on(&opened, "Delete").await.message()), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Delete your attempt 1 for good? Your other attempts and your draft stay as they are.
    It is shared: https://discord.com/channels/ID/ID/ID. That message is deleted too.
    [Delete] [Keep]
    (only you can see this)
    ");
    story.ada.clicks("Delete").await.message();
    assert_eq!(messages(&story.general), 1);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_when_everything_is_deleted_is_named_and_its_author_can_still_take_it_back() {
    let story = Story::begins_with_a_post().await;
    let public = ada_shares(&story, &story.general).await;
    story.general.deny_bot(VIEW_CHANNEL);
    story.ada.runs("/mydata delete").await.message();
    let modal = story.ada.clicks("Everything").await.modal().types(TYPED, "delete");
    insta::assert_snapshot!(shown(&story.ada.sends(&modal).await.message()), @"
    Deleted. Nothing about you is stored any more.
    Starling could not delete what you shared here:
    - https://discord.com/channels/ID/ID/ID
    Press **Take back** there, or ask somebody with the permission **Manage Messages** to delete it.
    (only you can see this)
    ");
    let export = story.ada.runs("/mydata export").await.message();
    assert!(export.content.starts_with("Nothing is stored about you"), "{export}");
    story.general.allow_bot(VIEW_CHANNEL);
    let refused = story.bob.clicks_on(&public, "Take back").await.message();
    assert!(refused.content.starts_with("Only the person"), "{refused}");
    let said = story.ada.clicks_on(&public, "Take back").await.message();
    assert_eq!(said.content, "Taken back: the message is deleted.");
    assert_eq!(messages(&story.general), 1);
    story.sandbox.expect_refusals();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_what_was_written_in_a_server_takes_down_what_is_shared_there() {
    let story = Story::begins_with_a_post().await;
    let other = story.sandbox.add_guild("Gophers");
    let lounge = other.add_channel("lounge");
    let gina = other.admin("Gina");
    gina.runs("/daily setup channel:#lounge time:09:30 timezone:Europe/Berlin").await.message();
    story.clock_reaches("2026-05-04T07:30:00Z");
    lounge.wait_for(1).await;
    while !gina.runs("/daily status channel:#lounge").await.message().to_string().contains("[posted]") {}
    gina.runs_with("/answer", &WHOLE).await.message();
    gina.clicks("Share").await.message();
    gina.clicks("Share it").await.message();
    ada_shares(&story, &story.general).await;
    story.ada.runs("/mydata delete").await.message();
    let modal = story.ada.clicks("This server").await.modal().types(TYPED, "delete");
    let said = story.ada.sends(&modal).await.message();
    assert_eq!(said.content, "Deleted. Nothing that you wrote in this server is stored any more.");
    assert_eq!((messages(&story.general), messages(&lounge)), (1, 2));
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_deleted_while_it_is_being_shared_is_taken_down_at_once() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    story.ada.runs("/history").await.message();
    let opened = story.ada.chooses("Protect user data · attempt 1").await.message();
    let delete = story.ada.clicks_on(&opened, "Delete").await.message();
    let held = story.sandbox.holds(Moment::BeforeEffect, "POST", MESSAGES);
    let (shared, ()) = tokio::join!(story.ada.clicks_on(&asked, "Share it"), async {
        held.reached().await;
        let deleted = story.ada.clicks_on(&delete, "Delete").await.message();
        assert!(deleted.content.starts_with("That attempt is deleted for good."), "{deleted}");
        held.release();
    });
    let shared = shared.message();
    assert!(shared.content.starts_with("That answer is no longer there."), "{shared}");
    assert_eq!(messages(&story.general), 1);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_presses_share_and_take_back_nothing_of_anybody_else() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let post = story.general.messages().remove(0);
    let (share, share_it) = (custom_id(&asked, 0).replace("share-it", "share"), custom_id(&asked, 0));
    for forged in [&share, &share_it] {
        let refused = story.bob.forces_click(&post, forged).await.message();
        assert!(refused.content.starts_with("That answer is no longer there."), "{refused}");
    }
    story.ada.clicks_on(&asked, "Share it").await.message();
    let public = story.general.messages().pop().unwrap();
    let take_back = custom_id(&public, 0);
    let refused = story.bob.forces_click(&post, &take_back).await.message();
    assert!(refused.content.starts_with("Only the person"), "{refused}");
    // Her own custom id on another message of Starling's takes down hers and not that one.
    story.ada.forces_click(&post, &take_back).await.message();
    assert_eq!(story.general.messages().iter().map(|message| message.id).collect::<Vec<_>>(), [post.id]);
    let nothing = story.bob.forces_click(&post, &take_back).await.message();
    assert!(nothing.content.starts_with("That answer is no longer shared"), "{nothing}");
    assert_eq!(messages(&story.general), 1);
    only_no_thread_was_found(&story);
    story.ends().await;
}
