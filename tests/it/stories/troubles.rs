//! How admins hear that a daily question fails: by a direct message, and in a line below what they read anyway.

use sandbox::permissions::{OF_BOT, OF_EVERYONE, SEND_MESSAGES};
use sandbox::{MessageView, Person};

use super::world::{Story, WHOLE, shown};

/// Two daily questions at nine in Berlin, in channels where Starling may not post any more.
async fn two_that_fail() -> Story {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.guild.add_channel("other");
    for name in ["general", "other"] {
        story.grace.runs(&format!("/daily setup channel:#{name} time:09:00 timezone:Europe/Berlin")).await.message();
    }
    may_send(&story, false);
    story
}

fn may_send(story: &Story, may: bool) {
    let without = if may { 0 } else { SEND_MESSAGES };
    story.guild.set_bot_permissions(OF_BOT & !without);
    story.guild.everyone().set_permissions(OF_EVERYONE & !without);
}

/// Waits until a person has so many direct messages.
async fn direct_messages(story: &Story, person: &Person, count: usize) -> Vec<MessageView> {
    let mut changes = story.sandbox.changes();
    loop {
        let seen = person.in_dm().sees();
        if seen.len() >= count {
            return seen;
        }
        changes.changed().await.expect("the sandbox is there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changed_it_last_is_told_once_a_day_of_all_that_failed() {
    let story = two_that_fail().await;
    story.clock_reaches("2026-05-04T07:00:00Z");
    let told = direct_messages(&story, &story.grace, 1).await;
    insta::assert_snapshot!(shown(&told[0].content), @"
    These daily questions need a look; you were the last to change their settings:
    - <#ID>: Starling is not allowed to post there
    - <#ID>: Starling is not allowed to post there
    **/daily status** there tells more. Starling writes to you about this once a day at most.
    ");
    story.grace.runs("/daily post-now channel:#other").await.message();
    story.clock_reaches("2026-05-05T07:00:00Z");
    let told = direct_messages(&story, &story.grace, 2).await;
    assert_eq!(told.len(), 2, "one a day");
    assert!(story.ada.in_dm().sees().is_empty());
    story.sandbox.expect_refusals();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_fails_every_reply_to_an_admin_says_so_and_none_to_a_member() {
    let story = two_that_fail().await;
    story.grace.closes_dms();
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.comes_to_read("/help", "are in trouble").await;
    // Both posts, and the message that does not get through.
    story.sandbox.wait_for_calls("POST", "/channels/ID/messages", 3).await;
    story.grace.runs("/daily off channel:#other").await.message();
    let help = story.grace.runs("/help").await.message();
    let last = help.embeds.last().unwrap()["description"].as_str().unwrap().to_owned();
    insta::assert_snapshot!(shown(&last), @"For admins: the daily question of <#ID> did not come last time, as Starling is not allowed to post there. **/daily status channel:**<#ID> tells more.");
    let refused = story.grace.runs("/history question:quux").await.message();
    assert!(refused.content.lines().last().unwrap().starts_with("For admins:"), "{refused}");
    let of_member = story.ada.runs("/help").await.message();
    assert!(!of_member.to_string().contains("For admins: the daily"), "{of_member}");
    assert!(!story.grace.in_dm().runs("/help").await.message().to_string().contains("the daily question of"));
    may_send(&story, true);
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    let saved = story.grace.runs_with("/answer", &WHOLE).await.message();
    assert!(!saved.to_string().contains("For admins:"), "{saved}");
    story.sandbox.expect_refusals();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_deletes_everything_is_told_no_more_and_the_daily_question_goes_on() {
    let story = two_that_fail().await;
    story.grace.runs("/mydata delete").await.message();
    let modal = story.grace.clicks("Everything").await.modal();
    let label = modal.inputs[0].label.clone();
    story.grace.sends(&modal.types(&label, "delete")).await.message();
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.comes_to_read("/help", "are in trouble").await;
    may_send(&story, true);
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    assert!(story.grace.in_dm().sees().is_empty());
    story.sandbox.expect_refusals();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changed_it_last_is_told_that_its_channel_was_deleted() {
    let story = Story::begins_with_a_post().await;
    let doomed = story.guild.add_channel("doomed");
    story.grace.runs("/daily setup channel:#doomed time:09:00 timezone:Europe/Berlin").await.message();
    doomed.delete();
    let told = direct_messages(&story, &story.grace, 1).await;
    assert!(told[0].content.contains("the channel was deleted"), "{}", told[0]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_shows_exactly_what_others_will_see_of_a_share_says_nothing_of_it() {
    let story = Story::begins_with_a_post().await;
    story.grace.runs_with("/answer", &WHOLE).await.message();
    let other = story.guild.add_channel("other");
    story.grace.runs("/daily setup channel:#other time:10:00 timezone:Europe/Berlin").await.message();
    other.delete();
    story.comes_to_read("/help", "For admins: the daily").await;
    let asked = story.grace.clicks("Share").await.message();
    assert!(asked.content.starts_with("Share this in"), "{asked}");
    assert!(!asked.to_string().contains("For admins"), "{asked}");
    let done = story.grace.clicks("Share it").await.message();
    assert!(done.to_string().contains("For admins"), "{done}");
    assert_eq!(asked.embeds, story.general.messages()[1].embeds);
    story.sandbox.expect_refusals();
    story.ends().await;
}
