//! Several daily questions in one server, and what ends, pauses and moves them.

use super::world::Story;

#[tokio::test(flavor = "multi_thread")]
async fn two_channels_have_a_time_and_a_zone_each() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let tokyo = story.guild.add_channel("tokyo");
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    let second =
        story.grace.runs("/daily setup channel:#tokyo time:17:30 timezone:Asia/Tokyo days:weekdays").await.message();
    // By their names: the ids count on with each command that is registered.
    let told = second.content.replace(&tokyo.id().to_string(), "TOKYO");
    insta::assert_snapshot!(told.replace(&story.general.id().to_string(), "GENERAL"), @"
    The daily question of <#TOKYO> is set up.
    <#GENERAL> has a daily question too. If you meant to move it, end the new one with **/daily off channel:**<#TOKYO> and use **/daily change** with `to`.
    ");
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    assert!(tokyo.messages().is_empty());
    story.clock_reaches("2026-05-04T08:30:00Z");
    story.posts_in(&tokyo, 1).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_in_one_channel_leaves_the_other_on() {
    let story = Story::begins_with_a_post().await;
    let tokyo = story.guild.add_channel("tokyo");
    story.grace.runs("/daily setup channel:#tokyo time:17:30 timezone:Asia/Tokyo days:weekdays").await.message();
    insta::assert_snapshot!(story.grace.runs("/daily pause").await.message(), @"
    The daily question of #general is paused. Its settings are kept; **/daily resume channel:**#general starts it again.
    (only you can see this)
    ");
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.clock_reaches("2026-05-05T08:30:00Z");
    story.posts_in(&tokyo, 1).await;
    insta::assert_snapshot!(story.grace.runs("/daily status").await.message(), @"
    The daily questions of this server. The option `channel` shows one with all its settings.
    │ - #general: paused. Last: skipped
    │ - #tokyo: on. Next post: 2026-05-06 08:30 UTC. Last: posted
    (only you can see this)
    ");
    let status = story.grace.runs("/daily status channel:#general").await.message();
    assert!(status.to_string().contains("Tue 5 May: skipped (it was paused)"), "{status}");
    insta::assert_snapshot!(status.content, @"
    <#1500738748416000003> is paused. An admin paused it; **/daily resume channel:**<#1500738748416000003> starts it again.
    Today's time has passed without a post. **/daily post-now channel:**<#1500738748416000003> makes it.
    26 of 27 questions are still to come in this round.
    ");
    assert_eq!(story.general.messages().len(), 1);
    insta::assert_snapshot!(story.grace.runs("/daily resume").await.message().content, @"
    The daily question of <#1500738748416000003> is on again.
    Today's time has passed. **/daily post-now channel:**<#1500738748416000003> makes today's post.
    ");
    story.clock_reaches("2026-05-06T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_eleventh_is_refused() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    for number in 1..=11 {
        story.guild.add_channel(&format!("track-{number}"));
        let line = format!("/daily setup channel:#track-{number} time:09:00 timezone:Europe/Berlin");
        let reply = story.grace.runs(&line).await.message();
        if number == 11 {
            insta::assert_snapshot!(reply, @"
            A server can have 10 daily questions, and this one has 10: #track-1, #track-2, #track-3, #track-4, #track-5, #track-6, #track-7, #track-8, #track-9 and #track-10. **/daily off** ends one.
            (only you can see this)
            ");
        } else {
            assert!(reply.content.contains("is set up"), "{reply}");
        }
    }
    let anew = story.grace.runs("/daily setup channel:#track-3 time:10:00 timezone:Europe/Berlin").await.message();
    assert!(anew.content.contains("is changed"), "{anew}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_and_set_up_anew_on_the_same_date_nothing_is_posted_twice() {
    let story = Story::begins_with_a_post().await;
    let other = story.guild.add_channel("other");
    insta::assert_snapshot!(story.grace.runs("/daily off").await.message().content, @"The daily question of <#1500738748416000003> has ended. Its posts and everyone's answers stay. If you set one up here again, it goes on with the questions that were not asked yet. These settings are forgotten:");
    let anew = story.grace.runs("/daily setup channel:#general time:10:00 timezone:Europe/Berlin").await.message();
    assert!(!anew.to_string().contains("2026-05-04"), "today has its post: {anew}");
    story.grace.runs("/daily setup channel:#other time:10:00 timezone:Europe/Berlin").await.message();
    story.clock_reaches("2026-05-04T08:00:00Z");
    story.posts_in(&other, 1).await;
    assert_eq!(story.general.messages().len(), 1);
    story.clock_reaches("2026-05-05T08:00:00Z");
    let posts = story.posts_in(&story.general, 2).await;
    assert_ne!(posts[0].embeds[0]["title"], posts[1].embeds[0]["title"]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_without_a_channel_means_this_one_or_the_only_one_or_asks() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    insta::assert_snapshot!(story.grace.runs("/daily pause").await.message(), @"
    This server has no daily question yet. **/daily setup** makes one.
    (only you can see this)
    ");
    let (one, two) = (story.guild.add_channel("one"), story.guild.add_channel("two"));
    story.grace.runs("/daily setup channel:#one time:09:00 timezone:Europe/Berlin").await.message();
    insta::assert_snapshot!(story.grace.runs("/daily pause").await.message(), @"
    The daily question of #one is paused. Its settings are kept; **/daily resume channel:**#one starts it again.
    (only you can see this)
    ");
    story.grace.runs("/daily setup channel:#two time:09:00 timezone:Europe/Berlin").await.message();
    insta::assert_snapshot!(story.grace.runs("/daily pause").await.message(), @"
    This server has daily questions in #one and #two. Say which one with the option `channel`.
    (only you can see this)
    ");
    insta::assert_snapshot!(story.grace.runs("/daily pause channel:#general").await.message(), @"
    #general has no daily question, but #one and #two have. **/daily setup channel:**#general makes one.
    (only you can see this)
    ");
    let here = story.grace.in_channel(&two).runs("/daily pause").await.message();
    assert!(here.to_string().contains("#two"), "{here}");
    insta::assert_snapshot!(story.grace.in_channel(&one).runs("/daily pause").await.message(), @"
    The daily question of #one is paused already. **/daily resume channel:**#one starts it again.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_with_what_to_type() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let mut refusals = Vec::new();
    for (time, zone, days) in [
        ("9", "Europe/Berlin", "daily"),
        ("25:00", "Europe/Berlin", "daily"),
        ("noonish", "Europe/Berlin", "daily"),
        ("09:00", "Atlantis", "daily"),
        ("09:00", "BST", "daily"),
        ("09:00", "Europe/Berlin", "someday"),
    ] {
        let line = format!("/daily setup channel:#general time:{time} timezone:{zone} days:{days}");
        refusals.push(story.grace.runs(&line).await.message().to_string());
    }
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    The time "9" can't be used: an hour alone can be misread; type 9am, 9pm or 09:00.
    (only you can see this)
    The time "25:00" can't be used: there is no such time; type 00:00 to 23:59, or 1:00 to 12:59 with am or pm.
    (only you can see this)
    The time "noonish" can't be used: type a time such as 09:00, 9am or 9:30 pm.
    (only you can see this)
    No time zone was found for "Atlantis". Type a city near you, or a name such as Europe/Berlin, and pick it from the list.
    (only you can see this)
    "BST" may mean several time zones. Pick one from the list while you type, such as:
    - London, United Kingdom (Europe/London), now 07:00
    - St. Peter Port, Guernsey (Europe/Guernsey), now 07:00
    - Douglas, Isle of Man (Europe/Isle_of_Man), now 07:00
    - St. Helier, Jersey (Europe/Jersey), now 07:00
    (only you can see this)
    The days "someday" can't be used: `someday` is no day; type `every day`, `weekdays`, `weekends` or a list such as `mon wed fri`.
    (only you can see this)
    "#);
    let fixed = story.grace.runs("/daily setup channel:#general time:09:00 timezone:UTC").await.message();
    assert!(fixed.content.contains("has no summer time"), "{fixed}");
    story.ends().await;
}
