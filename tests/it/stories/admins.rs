//! Who may set up, and what the bot may do in a channel.

use sandbox::permissions::{EMBED_LINKS, SEND_MESSAGES, VIEW_CHANNEL};

use super::world::Story;

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_refused_even_when_discord_lets_the_command_through() {
    let story = Story::begins_with_a_post().await;
    insta::assert_snapshot!(story.ada.forces("/daily status").await.message(), @"
    Only people with the permission Manage Server can use /daily. Ask one of them.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_may_not_post_it_says_so_keeps_the_settings_and_goes_on_when_mended() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let setup = "/daily setup channel:#general time:09:00 timezone:Europe/Berlin";
    story.general.deny_bot(SEND_MESSAGES | EMBED_LINKS);
    insta::assert_snapshot!(story.grace.runs(setup).await.message(), @"
    The daily question of #general is set up.
    It stays paused, with its settings kept, until Starling has these permissions there: **Send Messages**, **Embed Links**. Grant them, then use **/daily resume channel:**#general.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 08:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ When it is on, it posts next
    │ - 2026-05-04 07:00 UTC
    │ - 2026-05-05 07:00 UTC
    │ - 2026-05-06 07:00 UTC
    │ - 2026-05-07 07:00 UTC
    │ - 2026-05-08 07:00 UTC
    (only you can see this)
    ");
    insta::assert_snapshot!(story.grace.runs("/daily resume").await.message(), @"
    #general can't go on yet. It stays paused, with its settings kept, until Starling has these permissions there: **Send Messages**, **Embed Links**. Grant them, then use **/daily resume channel:**#general.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 08:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ When it is on, it posts next
    │ - 2026-05-04 07:00 UTC
    │ - 2026-05-05 07:00 UTC
    │ - 2026-05-06 07:00 UTC
    │ - 2026-05-07 07:00 UTC
    │ - 2026-05-08 07:00 UTC
    (only you can see this)
    ");
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.clock_reaches("2026-05-04T08:00:00Z");
    let status = story.grace.runs("/daily status").await.message();
    assert!(status.to_string().contains("is paused"), "{status}");

    story.general.allow_bot(SEND_MESSAGES | EMBED_LINKS);
    insta::assert_snapshot!(story.grace.runs("/daily resume").await.message(), @"
    The daily question of #general is on again.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 10:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ The next posts
    │ - 2026-05-05 07:00 UTC
    │ - 2026-05-06 07:00 UTC
    │ - 2026-05-07 07:00 UTC
    │ - 2026-05-08 07:00 UTC
    │ - 2026-05-09 07:00 UTC
    (only you can see this)
    ");
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_it_cannot_see_is_named_as_such() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let hidden = story.guild.add_channel("hidden");
    hidden.deny_bot(VIEW_CHANNEL);
    let reply = story.grace.runs("/daily setup channel:#hidden time:09:00 timezone:Europe/Berlin").await.message();
    assert!(reply.content.contains("View Channel"), "{reply}");
    story.sandbox.expect_refusals();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_gone_can_still_be_looked_up_and_ended() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let doomed = story.guild.add_channel("doomed");
    story.grace.runs("/daily setup channel:#doomed time:09:00 timezone:Europe/Berlin").await.message();
    doomed.delete();
    let status = story.grace.runs("/daily status").await.message();
    assert!(status.content.contains("The channel is gone"), "{status}");
    let ended = story.grace.runs("/daily off").await.message();
    assert!(ended.content.contains("has ended"), "{ended}");
    let refusals = story.sandbox.expect_refusals();
    assert!(refusals.iter().all(|refusal| refusal.contains("Unknown Channel")), "{refusals:?}");
    story.ends().await;
}
