//! Who may set up, and what the bot may do in a channel.

use sandbox::permissions::{EMBED_LINKS, SEND_MESSAGES, VIEW_CHANNEL};

use super::world::{Story, shown};

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
    insta::assert_snapshot!(story.grace.runs(setup).await.message().content, @"
    The daily question of <#1500738748416000003> is set up, and it is paused.
    Starling lacks permissions there: **Send Messages**, **Embed Links**. Allow them in the channel's settings, then use **/daily resume channel:**<#1500738748416000003>. All settings are kept.
    ");
    insta::assert_snapshot!(story.grace.runs("/daily resume").await.message().content, @"
    <#1500738748416000003> can't go on yet.
    Starling lacks permissions there: **Send Messages**, **Embed Links**. Allow them in the channel's settings, then use **/daily resume channel:**<#1500738748416000003>. All settings are kept.
    ");
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.clock_reaches("2026-05-04T08:00:00Z");
    story.status_comes_to_say(&story.general, "Mon 4 May: skipped (it was paused)").await;
    assert!(story.general.messages().is_empty());

    story.general.allow_bot(SEND_MESSAGES | EMBED_LINKS);
    insta::assert_snapshot!(story.grace.runs("/daily resume").await.message().content, @"
    The daily question of <#1500738748416000003> is on again.
    Today's time has passed. **/daily post-now channel:**<#1500738748416000003> makes today's post.
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
    assert_eq!(story.sandbox.expect_refusals().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_gone_is_paused_and_counts_no_more() {
    let story = Story::begins_with_a_post().await;
    let doomed = story.guild.add_channel("doomed");
    let random = story.guild.add_channel("random");
    story.grace.runs("/daily setup channel:#doomed time:09:00 timezone:Europe/Berlin").await.message();
    story.sandbox.refuses_gateway(true);
    story.sandbox.cuts_gateway();
    doomed.delete();
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.comes_to_hold(&doomed, |daily| daily.is_some_and(|daily| daily.gone_at.is_some())).await;
    story.sandbox.refuses_gateway(false);
    story.sandbox.ready().await.unwrap();
    story.posts_in(&story.general, 2).await;
    let status = story.comes_to_read("/daily status", "Its settings are forgotten").await;
    insta::assert_snapshot!(shown(&status), @"
    The daily questions of this server. The option `channel` shows one with all its settings.
    │ - #general: on. Next post: 2026-05-06 07:00 UTC. Last: posted
    │ - <#ID> was deleted. Its settings are forgotten on 2026-06-04 07:00 UTC; nothing is to be done. Last: failed
    │ For admins: the daily question of <#ID> is paused, as that channel was deleted. **/daily setup** gives another channel one.
    (only you can see this)
    ");
    story.clock_reaches("2026-05-06T07:00:00Z");
    story.posts_in(&story.general, 3).await;
    let only_one = story.ada.in_channel(&random).runs("/answer").await.modal();
    assert_eq!(only_one.texts.len(), 1);
    let refusals = story.sandbox.expect_refusals();
    assert!(refusals.len() == 1 && refusals[0].contains("Unknown Channel"), "one try only: {refusals:?}");
    story.ends().await;
}
