//! Servers and channels that come and go.

use sandbox::Channel;
use sandbox::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use serde_json::json;
use sqlx::Connection as _;
use starling::domain::daily::Pause;
use starling::domain::post::{Outcome, SkipReason};

use super::world::{Story, WHOLE, shown};

const SETUP: &str = "/daily setup channel:#general time:09:00 timezone:Europe/Berlin";

/// Waits until the bot has noted that it is in the server of a channel, or is not.
async fn comes_to_be_in(story: &Story, channel: &Channel, is_in: bool) {
    story.comes_to_hold(channel, |daily| daily.is_some_and(|daily| daily.removed_at.is_none() == is_in)).await;
}

/// A second server, whose posts show that the first one's matters are its own.
async fn another_server(story: &Story) -> Channel {
    let other = story.sandbox.add_guild("Pythonistas");
    let hall = other.add_channel("hall");
    let zoe = other.admin("Zoe").in_channel(&hall);
    zoe.runs("/daily setup channel:#hall time:09:00 timezone:Europe/Berlin").await.message();
    hall
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_from_a_server_it_posts_nothing_there_and_goes_on_with_the_next_slot_when_it_is_back() {
    let story = Story::begins_with_a_post().await;
    let hall = another_server(&story).await;
    story.guild.remove_bot();
    comes_to_be_in(&story, &story.general, false).await;
    story.clock_reaches("2026-05-05T07:00:00Z");
    assert_eq!(hall.wait_for(1).await.len(), 1);
    story.comes_to_settle(&story.general, Outcome::Skipped(SkipReason::Paused)).await;

    story.clock_reaches("2026-05-05T08:00:00Z");
    story.guild.invite_bot();
    comes_to_be_in(&story, &story.general, true).await;
    let status = shown(&story.grace.runs("/daily status").await.message());
    assert!(status.starts_with("#general is on. Next post: 2026-05-06 07:00 UTC."), "{status}");
    assert!(status.contains("Tue 5 May: skipped (it was paused)"), "{status}");
    story.clock_reaches("2026-05-06T07:00:00Z");
    assert_eq!(story.posts_in(&story.general, 2).await.len(), 2);
    assert_eq!(hall.wait_for(2).await.len(), 2);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_admin_paused_stays_paused_when_it_is_back() {
    let story = Story::begins_with_a_post().await;
    story.grace.runs("/daily pause").await.message();
    story.guild.remove_bot();
    comes_to_be_in(&story, &story.general, false).await;
    story.guild.invite_bot();
    comes_to_be_in(&story, &story.general, true).await;
    let status = story.grace.runs("/daily status").await.message();
    assert!(status.content.contains("An admin paused it"), "{status}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_unavailable_is_not_a_gone_one() {
    let story = Story::begins_with_a_post().await;
    story.guild.becomes_unavailable();
    story.clock_reaches("2026-05-05T07:00:00Z");
    assert_eq!(story.general.wait_for(2).await.len(), 2);
    story.guild.becomes_available();
    story.posts_in(&story.general, 2).await;
    let kept = story.stored(&story.general).await.unwrap();
    assert!(kept.is_on(), "{kept:?}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_during_an_outage_takes_no_server_for_gone() {
    let mut story = Story::begins_with_a_post().await;
    story.bot_stops().await;
    story.guild.becomes_unavailable();
    story.bot_starts().await;
    story.clock_reaches("2026-05-05T07:00:00Z");
    assert_eq!(story.general.wait_for(2).await.len(), 2);
    story.guild.becomes_available();
    story.posts_in(&story.general, 2).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_and_a_return_missed_while_it_was_down_are_noticed_at_the_start() {
    let mut story = Story::begins_with_a_post().await;
    story.bot_stops().await;
    story.guild.remove_bot();
    story.bot_starts().await;
    comes_to_be_in(&story, &story.general, false).await;
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.comes_to_settle(&story.general, Outcome::Skipped(SkipReason::Paused)).await;

    story.bot_stops().await;
    story.guild.invite_bot();
    story.bot_starts().await;
    comes_to_be_in(&story, &story.general, true).await;
    story.clock_reaches("2026-05-06T07:00:00Z");
    assert_eq!(story.posts_in(&story.general, 2).await.len(), 2);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_a_command_shows_that_it_is_back_whatever_event_got_lost() {
    let story = Story::begins_with_a_post().await;
    story.sandbox.sends_event("GUILD_DELETE", &json!({ "id": story.guild.id().to_string() }));
    comes_to_be_in(&story, &story.general, false).await;
    story.grace.runs("/daily status").await.message();
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_is_noted_even_when_the_database_is_held_at_that_moment() {
    let story = Story::begins_with_a_post().await;
    let mut other = sqlx::AnyConnection::connect(&format!("sqlite://{}", story.database().display())).await.unwrap();
    let lock = other.begin_with("begin immediate").await.unwrap();
    story.guild.remove_bot();
    // Whoever waits for the same lock has waited longer than the removal once this is refused.
    let bob = story.bob.in_dm();
    let refused = bob.runs_with("/answer question:protect-user-data", &WHOLE).await.message();
    assert!(refused.content.contains("Not saved"), "{refused}");
    lock.rollback().await.unwrap();
    story.clock_reaches("2026-05-04T07:00:01Z");
    comes_to_be_in(&story, &story.general, false).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_channel_is_paused_at_once_and_stands_last_with_the_day_when_it_is_forgotten() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs(SETUP).await.message();
    let later = story.guild.add_channel("later");
    story.grace.runs("/daily setup channel:#later time:10:00 timezone:Europe/Berlin").await.message();
    story.general.delete();
    let grace = story.grace.in_channel(&later);
    story
        .comes_to_hold(&story.general, |daily| daily.is_some_and(|daily| daily.pause == Some(Pause::ChannelGone)))
        .await;
    insta::assert_snapshot!(shown(&grace.runs("/daily status").await.message()), @"
    The daily questions of this server. The option `channel` shows one with all its settings.
    │ - #later: on. Next post: 2026-05-04 08:00 UTC. Last: nothing posted yet
    │ - <#ID> was deleted. Its settings are forgotten on 2026-06-03 06:00 UTC; nothing is to be done. Last: nothing posted yet
    │ For admins: the daily question of <#ID> is paused, as that channel was deleted. **/daily setup** gives another channel one.
    (only you can see this)
    ");
    story.clock_reaches("2026-05-04T08:00:00Z");
    assert_eq!(later.wait_for(1).await.len(), 1);
    grace.runs("/daily off channel:#later").await.message();
    insta::assert_snapshot!(shown(&grace.runs("/daily status").await.message()), @"
    The channels of this server's daily questions were deleted. **/daily setup** gives another channel a daily question.
    │ - <#ID> was deleted. Its settings are forgotten on 2026-06-03 06:00 UTC; nothing is to be done. Last: skipped
    │ For admins: the daily question of <#ID> is paused, as that channel was deleted. **/daily setup** gives another channel one.
    (only you can see this)
    ");
    assert!(
        story.sandbox.calls().iter().all(|call| call.status < 400),
        "nothing was tried in the channel that is gone"
    );
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_or_another_channel_that_is_deleted_changes_nothing() {
    let story = Story::begins_with_a_post().await;
    let post = story.general.messages().remove(0);
    story.general.open_thread(post.id, "Talk").delete();
    story.guild.add_channel("random").delete();
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    let kept = story.stored(&story.general).await.unwrap();
    assert!(kept.is_on(), "{kept:?}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_missed_while_it_was_down_is_noticed_at_the_start_also_of_what_is_paused() {
    let mut story = Story::begins_with_a_post().await;
    let later = story.guild.add_channel("later");
    let random = story.guild.add_channel("random");
    for setup in ["channel:#later time:10:00", "channel:#random time:11:00"] {
        story.grace.runs(&format!("/daily setup {setup} timezone:Europe/Berlin")).await.message();
    }
    story.grace.runs("/daily pause channel:#later").await.message();
    random.deny_bot(VIEW_CHANNEL);
    story.bot_stops().await;
    story.general.delete();
    later.delete();
    story.bot_starts().await;
    for gone in [&story.general, &later] {
        story.comes_to_hold(gone, |daily| daily.is_some_and(|daily| daily.gone_at.is_some())).await;
    }
    let kept = story.stored(&random).await.unwrap();
    assert!(kept.is_on(), "a channel that can't be seen is there: {kept:?}");
    let refusals = story.sandbox.expect_refusals();
    assert!(refusals.len() == 2 && refusals.iter().all(|refusal| refusal.contains("Unknown Channel")), "{refusals:?}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_nothing_tells_of_is_noticed_at_the_next_post() {
    let story = Story::begins_with_a_post().await;
    story.sandbox.refuses_gateway(true);
    story.sandbox.cuts_gateway();
    story.general.delete();
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.comes_to_hold(&story.general, |daily| daily.is_some_and(|daily| daily.gone_at.is_some())).await;
    story.clock_reaches("2026-05-06T07:00:00Z");
    story.comes_to_settle(&story.general, Outcome::Skipped(SkipReason::Paused)).await;
    let refusals = story.sandbox.expect_refusals();
    assert!(refusals.len() == 1 && refusals[0].contains("Unknown Channel"), "one try only: {refusals:?}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_that_is_heard_of_after_thirty_days_finds_its_settings() {
    let mut story = Story::begins_with_a_post().await;
    story.guild.remove_bot();
    comes_to_be_in(&story, &story.general, false).await;
    story.bot_stops().await;
    story.clock_reaches("2026-05-09T07:00:00Z");
    story.guild.invite_bot();
    story.clock_reaches("2026-06-05T08:00:00Z");
    story.bot_starts().await;
    comes_to_be_in(&story, &story.general, true).await;
    story.clock_reaches("2026-06-06T07:00:00Z");
    assert_eq!(story.posts_in(&story.general, 2).await.len(), 2);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_days_after_the_deletion_the_settings_are_forgotten_and_the_answers_stay() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &WHOLE).await.message();
    let random = story.guild.add_channel("random");
    story.clock_reaches("2026-05-04T08:00:00Z");
    story.general.delete();
    story.comes_to_hold(&story.general, |daily| daily.is_some_and(|daily| daily.gone_at.is_some())).await;
    let (ada, grace) = (story.ada.in_channel(&random), story.grace.in_channel(&random));
    story.clock_reaches("2026-06-03T07:59:59Z");
    let status = grace.runs("/daily status channel:#random").await.message();
    assert!(story.stored(&story.general).await.is_some(), "{status}");
    story.clock_reaches("2026-06-03T09:00:00Z");
    story.comes_to_hold(&story.general, |daily| daily.is_none()).await;
    insta::assert_snapshot!(grace.runs("/daily status").await.message(), @"
    This server has no daily question yet. **/daily setup** makes one.
    (only you can see this)
    ");
    let page = ada.runs("/history").await.message();
    assert!(page.content.starts_with("You have 1 answer"), "{page}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_days_after_a_removal_the_settings_are_forgotten_at_the_start_too() {
    let mut story = Story::begins_with_a_post().await;
    let before = story.general.messages().remove(0).embeds[0]["title"].clone();
    story.guild.remove_bot();
    comes_to_be_in(&story, &story.general, false).await;
    story.bot_stops().await;
    story.clock_reaches("2026-06-03T07:00:00Z");
    story.bot_starts().await;
    story.comes_to_hold(&story.general, |daily| daily.is_none()).await;
    story.guild.invite_bot();
    story.grace.runs(SETUP).await.message();
    story.clock_reaches("2026-06-04T07:00:00Z");
    let posts = story.posts_in(&story.general, 2).await;
    assert_ne!(posts[1].embeds[0]["title"], before, "the cycle goes on");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_says_how_late_a_post_came_how_often_another_was_tried_and_what_to_do() {
    let mut story = Story::begins_with_a_post().await;
    story.bot_stops().await;
    story.clock_reaches("2026-05-05T07:12:30Z");
    story.bot_starts().await;
    story.posts_in(&story.general, 2).await;
    story.general.deny_bot(SEND_MESSAGES);
    story.clock_reaches("2026-05-06T07:00:00Z");
    let status = story.status_comes_to_say(&story.general, "Wed 6 May: failed").await;
    let status = shown(&status);
    let days: Vec<_> = status.lines().filter(|line| line.contains(" May: ")).collect();
    insta::assert_snapshot!(days.join("\n"), @"
    │ - Wed 6 May: failed after 1 try: Starling is not allowed to post there. In the channel's settings, allow Starling **View Channel**, **Send Messages**, **Embed Links** and **Read Message History**.
    │ - Tue 5 May: [posted](https://discord.com/channels/ID/ID/ID) 12 minutes late; 0 people answered
    │ - Mon 4 May: [posted](https://discord.com/channels/ID/ID/ID); 0 people answered
    │ - Sun 3 May: none planned
    │ - Sat 2 May: none planned
    │ - Fri 1 May: none planned
    ");
    assert!(status.contains("25 of 27 questions are still to come in this round."), "{status}");
    assert_eq!(story.sandbox.expect_refusals().len(), 1);
    story.ends().await;
}
