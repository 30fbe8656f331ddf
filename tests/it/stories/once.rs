//! One post for each channel and date, whatever happens on the way to Discord.

use std::time::Duration;

use sandbox::permissions::{OF_BOT, OF_EVERYONE, READ_MESSAGE_HISTORY, SEND_MESSAGES};
use sandbox::{Fault, MessageView, Moment, Trouble};
use serde_json::json;

use super::world::{Story, shown};

const MESSAGES: &str = "/channels/ID/messages";

/// A daily question in #general at nine in Berlin, a second before its first time.
async fn before_the_first_post() -> Story {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    story.clock_reaches("2026-05-04T06:59:59Z");
    story
}

/// The first post was under way when the bot was killed.
async fn killed_while_posting(moment: Moment) -> Story {
    let mut story = before_the_first_post().await;
    let held = story.sandbox.holds(moment, "POST", MESSAGES);
    story.clock_reaches("2026-05-04T07:00:00Z");
    held.reached().await;
    story.bot_dies().await;
    held.cut();
    story
}

/// The clock goes on by steps of five seconds until the status says something.
async fn time_passes_until_status_says(story: &Story, words: &str) -> MessageView {
    for _ in 0..60 {
        let status = story.grace.runs("/daily status channel:#general").await.message();
        if status.to_string().contains(words) {
            return status;
        }
        story.sandbox.clock().advance(Duration::from_secs(5));
    }
    panic!("the status never says {words:?}");
}

/// The clock goes on so until a fault has met so many requests.
async fn time_passes_until_met(story: &Story, fault: &Trouble, count: usize) {
    for _ in 0..200 {
        if fault.count() >= count {
            return;
        }
        story.sandbox.clock().advance(Duration::from_secs(5));
        story.grace.runs("/daily status channel:#general").await.message();
    }
    panic!("{} of {count} requests came", fault.count());
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_reply_is_lost_after_discord_took_the_post_it_is_not_sent_twice() {
    let story = before_the_first_post().await;
    let lost = story.sandbox.faults(Fault::resets().after_effect().on("POST", MESSAGES).times(1));
    story.clock_reaches("2026-05-04T07:00:00Z");
    lost.reached().await;
    time_passes_until_status_says(&story, "[posted]").await;
    assert_eq!(story.sandbox.wait_for_calls("POST", MESSAGES, 2).await.len(), 2, "sent again under its nonce");
    assert_eq!(story.general.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_nonce_may_be_forgotten_it_looks_in_the_channel_and_adopts_its_post() {
    let mut story = killed_while_posting(Moment::AfterEffect).await;
    for _ in 0..3 {
        story.ada.try_says("Good morning").unwrap();
    }
    story.clock_reaches("2026-05-04T07:10:00Z");
    story.bot_starts().await;
    let status = story.status_comes_to_say(&story.general, "[posted]").await;
    insta::assert_snapshot!(shown(&line_with(&status.to_string(), "4 May")), @"│ - Mon 4 May: [posted](https://discord.com/channels/ID/ID/ID); 0 people answered");
    let ours = story.general.messages().into_iter().filter(|message| message.author == "Bot").count();
    assert_eq!(ours, 1);
    assert_eq!(story.sandbox.wait_for_calls("POST", MESSAGES, 1).await.len(), 1, "it looked, and did not send");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_clock_was_set_back_meanwhile_it_looks_too() {
    let mut story = killed_while_posting(Moment::AfterEffect).await;
    story.clock_reaches("2026-05-04T06:00:00Z");
    story.bot_starts().await;
    story.status_comes_to_say(&story.general, "[posted]").await;
    assert_eq!(story.sandbox.wait_for_calls("POST", MESSAGES, 1).await.len(), 1, "it looked, and did not send");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_it_looks_and_finds_nothing_it_sends() {
    let mut story = killed_while_posting(Moment::BeforeEffect).await;
    story.clock_reaches("2026-05-04T07:10:00Z");
    story.bot_starts().await;
    let status = story.posts_in(&story.general, 1).await;
    assert_eq!(status.len(), 1);
    let status = story.grace.runs("/daily status channel:#general").await.message();
    assert!(status.to_string().contains("late"), "{status}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_may_not_look_it_sends_nothing_twice_and_says_so() {
    let mut story = killed_while_posting(Moment::AfterEffect).await;
    story.guild.set_bot_permissions(OF_BOT & !READ_MESSAGE_HISTORY);
    story.guild.everyone().set_permissions(OF_EVERYONE & !READ_MESSAGE_HISTORY);
    story.clock_reaches("2026-05-04T07:10:00Z");
    story.bot_starts().await;
    let status = story.status_comes_to_say(&story.general, "not known").await;
    insta::assert_snapshot!(line_with(&status.to_string(), "4 May"), @"│ - Mon 4 May: not known: it may have come, and Starling could not look; where it is missing, post-now sends it");
    assert_eq!(story.general.messages().len(), 1);
    // An admin who looked may send it all the same.
    story.grace.runs("/daily post-now channel:#general").await.message();
    assert_eq!(story.general.wait_for(2).await.len(), 2);
    story.ends().await;
}

fn line_with<'t>(text: &'t str, words: &str) -> &'t str {
    text.lines().find(|line| line.contains(words)).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_deleted_before_its_reply_came_is_not_made_again() {
    let story = before_the_first_post().await;
    let lost = story.sandbox.faults(Fault::resets().after_effect().on("POST", MESSAGES).times(1));
    story.clock_reaches("2026-05-04T07:00:00Z");
    lost.reached().await;
    let post = story.general.wait_for(1).await.remove(0);
    story.general.delete_message(post.id);
    time_passes_until_status_says(&story, "posted, and deleted since").await;
    assert_eq!(story.general.messages().len(), 0);
    assert_eq!(story.sandbox.expect_refusals().len(), 1, "its nonce named a message that is gone");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_discord_fails_for_minutes_the_post_waits_and_then_comes_once() {
    let story = before_the_first_post().await;
    let down = story.sandbox.faults(Fault::page(502).on("POST", MESSAGES));
    story.clock_reaches("2026-05-04T07:00:00Z");
    down.reached_by(1).await;
    time_passes_until_met(&story, &down, 6).await;
    assert_eq!(story.general.messages().len(), 0);
    let status = story.status_comes_to_say(&story.general, "not posted yet").await;
    assert!(line_with(&status.to_string(), "4 May").contains("Starling keeps trying until"), "{status}");
    down.release();
    time_passes_until_status_says(&story, "[posted]").await;
    assert_eq!(story.general.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_discord_fails_all_through_the_window_the_day_fails_and_says_how_often_it_was_tried() {
    let story = before_the_first_post().await;
    let down = story
        .sandbox
        .faults(Fault::answers(500, json!({"message": "500: Internal Server Error", "code": 0})).on("POST", MESSAGES));
    story.clock_reaches("2026-05-04T07:00:00Z");
    down.reached_by(1).await;
    time_passes_until_met(&story, &down, 3).await;
    // Six hours in steps, as after a long gap it would count as not running.
    for _ in 0..92 {
        story.sandbox.clock().advance(Duration::from_secs(235));
        story.grace.runs("/daily status channel:#general").await.message();
    }
    let status = time_passes_until_status_says(&story, "failed").await;
    down.release();
    let line = status.to_string();
    let line = line_with(&line, "4 May");
    assert!(line.contains("failed after") && line.contains("Discord could not be reached in time"), "{line}");
    assert_eq!(story.general.messages().len(), 0);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_discord_asks_for_is_kept_and_the_post_then_comes() {
    let story = before_the_first_post().await;
    let pause = json!({"message": "You are being rate limited.", "retry_after": 65.0, "global": false});
    let asked = story.sandbox.faults(Fault::answers(429, pause).on("POST", MESSAGES).times(1));
    story.clock_reaches("2026-05-04T07:00:00Z");
    asked.reached().await;
    let status = time_passes_until_status_says(&story, "[posted]").await;
    assert!(line_with(&status.to_string(), "4 May").contains("late"), "it came before the pause was over: {status}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_channel_that_hangs_and_one_that_fails_delay_no_other() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let (hangs, fails) = (story.guild.add_channel("hangs"), story.guild.add_channel("fails"));
    for name in ["general", "hangs", "fails"] {
        story.grace.runs(&format!("/daily setup channel:#{name} time:09:00 timezone:Europe/Berlin")).await.message();
    }
    let path = |channel: &sandbox::Channel| format!("/channels/{}/messages", channel.id());
    let stuck = story.sandbox.faults(Fault::hangs().on("POST", &path(&hangs)));
    let failing = story.sandbox.faults(Fault::page(503).on("POST", &path(&fails)));
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    assert_eq!((hangs.messages().len(), fails.messages().len()), (0, 0));
    assert!(story.ada.runs("/help").await.message().content.contains("Starling"));
    stuck.release();
    failing.release();
    story.posts_in(&hangs, 1).await;
    while fails.messages().is_empty() {
        story.sandbox.clock().advance(Duration::from_secs(5));
        story.grace.runs("/daily status channel:#fails").await.message();
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_days_without_permission_it_is_paused_and_asks_no_more() {
    let story = before_the_first_post().await;
    let here = format!("/channels/{}/messages", story.general.id());
    story.guild.set_bot_permissions(OF_BOT & !SEND_MESSAGES);
    story.guild.everyone().set_permissions(OF_EVERYONE & !SEND_MESSAGES);
    for day in 4..=6 {
        story.clock_reaches(&format!("2026-05-{day:02}T07:00:00Z"));
        story.sandbox.wait_for_calls("POST", &here, day - 3).await;
        story.status_comes_to_say(&story.general, &format!("{day} May: failed")).await;
    }
    let status = story.status_comes_to_say(&story.general, "is paused").await;
    assert!(status.to_string().contains("Send Messages"), "{status}");
    for day in 7..=10 {
        story.clock_reaches(&format!("2026-05-{day:02}T07:00:00Z"));
        story.status_comes_to_say(&story.general, &format!("{day} May: skipped")).await;
    }
    assert_eq!(story.sandbox.wait_for_calls("POST", &here, 3).await.len(), 3, "one request a day, then none");
    assert_eq!(story.sandbox.expect_refusals().len(), 3);
    story.ends().await;
}
