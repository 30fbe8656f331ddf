//! The daily post: when it comes, how often, and what it shows.

use super::world::{Story, shown};

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_set_up_by_a_citys_name_and_posted_once_at_its_local_time() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let offered = story.grace.suggests("/daily setup channel:#general time:9am timezone:munich").await;
    insta::assert_snapshot!(format!("{} = {}", offered[0].name, offered[0].value), @"Munich, Germany (Europe/Berlin), now 08:00 = Europe/Berlin");
    let line = format!("/daily setup channel:#general time:9am timezone:{}", offered[0].value);
    insta::assert_snapshot!(story.grace.runs(&line).await.message().content, @"The daily question of <#1500738748416000003> is set up.");

    story.clock_reaches("2026-05-04T06:59:59Z");
    story.status_comes_to_say(&story.general, "still to come").await;
    assert!(story.general.messages().is_empty());
    story.clock_reaches("2026-05-04T07:00:00Z");
    let posts = story.posts_in(&story.general, 1).await;
    insta::assert_snapshot!(posts[0], @"
    │ How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?
    │ Trust is lost once. The interviewer wants to hear layers instead of a product name: what you do not store, who can read what, what an error gives away, and how you would find out.
    │
    │ Nobody here sees your answer unless you share it.
    │ Topic: apis and security · Level: junior, mid, senior
    [Answer] [Show guidance]
    ");
    assert_eq!(posts[0].buttons(), ["Answer", "Show guidance"]);
    assert!(posts[0].pings.is_empty());

    story.clock_reaches("2026-05-04T07:01:00Z");
    story.clock_reaches("2026-05-05T06:59:00Z");
    insta::assert_snapshot!(shown(&story.grace.runs("/daily status").await.message()), @"
    #general is on. Next post: 2026-05-05 07:00 UTC.
    26 of 27 questions are still to come in this round.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 08:59 now
    │ **Days** every day
    │ **Mentions** nobody
    │ **Level** all
    │ **Packs** all
    │ **Thread under each post** no
    │ The last seven days
    │ - Tue 5 May: still to come
    │ - Mon 4 May: [posted](https://discord.com/channels/ID/ID/ID); 0 people answered
    │ - Sun 3 May: none planned
    │ - Sat 2 May: none planned
    │ - Fri 1 May: none planned
    │ - Thu 30 Apr: none planned
    │ - Wed 29 Apr: none planned
    [Preview]
    [Packs of questions ▾]
      ● All packs: Every pack, also those of later releases
      ○ Back-end engineering: Databases, caches, APIs, services, queues and the cloud: what back-end interviews ask about.
      ○ Working with people: Conflict, failure, feedback, deadlines, hard choices: what interviews ask about in every trade.
    (only you can see this)
    ");
    assert_eq!(story.general.messages().len(), 1);
    story.clock_reaches("2026-05-05T07:00:00Z");
    let posts = story.posts_in(&story.general, 2).await;
    assert_ne!(posts[0].embeds[0]["title"], posts[1].embeds[0]["title"]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_role_that_was_set_up_is_pinged() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let cohort = story.guild.add_role("Cohort", 0);
    cohort.set_mentionable(true);
    let setup = "/daily setup channel:#general time:09:00 timezone:Europe/Berlin";
    let reply = story.grace.runs(&format!("{setup} role:@Cohort")).await.message();
    assert!(reply.to_string().contains("@Cohort"), "{reply}");
    assert!(reply.pings.is_empty());
    story.clock_reaches("2026-05-04T07:00:00Z");
    let posts = story.posts_in(&story.general, 1).await;
    assert_eq!(posts[0].pings, ["@Cohort"]);
    let refused = story.grace.runs(&format!("{setup} role:@everyone")).await.message();
    insta::assert_snapshot!(refused, @"
    Starling does not mention @everyone: that would ping the whole server every day. Pick a role that people choose for themselves.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_missed_by_hours_comes_late_and_one_missed_by_more_is_skipped() {
    let mut story = Story::begins_with_a_post().await;
    story.bot_stops().await;
    story.clock_reaches("2026-05-05T12:00:00Z");
    story.bot_starts().await;
    story.posts_in(&story.general, 2).await;
    story.bot_stops().await;
    story.clock_reaches("2026-05-08T14:00:00Z");
    story.bot_starts().await;
    let status = story.status_comes_to_say(&story.general, "Next post: 2026-05-09").await;
    insta::assert_snapshot!(shown(&status), @"
    #general is on. Next post: 2026-05-09 07:00 UTC.
    Today's time has passed without a post. **/daily post-now channel:**#general makes it.
    25 of 27 questions are still to come in this round.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 16:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ **Level** all
    │ **Packs** all
    │ **Thread under each post** no
    │ The last seven days
    │ - Fri 8 May: skipped (Starling was not running)
    │ - Thu 7 May: skipped (Starling was not running)
    │ - Wed 6 May: skipped (Starling was not running)
    │ - Tue 5 May: [posted](https://discord.com/channels/ID/ID/ID) 5 hours late; 0 people answered
    │ - Mon 4 May: [posted](https://discord.com/channels/ID/ID/ID); 0 people answered
    │ - Sun 3 May: none planned
    │ - Sat 2 May: none planned
    [Preview]
    [Packs of questions ▾]
      ● All packs: Every pack, also those of later releases
      ○ Back-end engineering: Databases, caches, APIs, services, queues and the cloud: what back-end interviews ask about.
      ○ Working with people: Conflict, failure, feedback, deadlines, hard choices: what interviews ask about in every trade.
    (only you can see this)
    ");
    assert_eq!(story.general.messages().len(), 2);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_post_can_be_made_by_hand_once() {
    let story = Story::begins("2026-05-04T10:00:00Z").await;
    let setup = story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    insta::assert_snapshot!(setup.content, @"
    The daily question of <#1500799146393600003> is set up.
    Today's time has passed. **/daily post-now channel:**<#1500799146393600003> makes today's post.
    ");
    let posted = story.grace.runs("/daily post-now").await.message();
    assert_eq!(story.posts_in(&story.general, 1).await.len(), 1);
    insta::assert_snapshot!(shown(&posted), @"
    Posted as today's question: https://discord.com/channels/ID/ID/ID **Describe a time you got people to pull in one direction although you were nobody's boss. How did you bring them along?**
    (only you can see this)
    ");
    insta::assert_snapshot!(story.grace.runs("/daily post-now").await.message(), @"
    Today's question was posted in #general already, so nothing was posted. Next post: 2026-05-05 07:00 UTC.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_made_by_hand_before_its_time_is_the_post_of_that_day() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let fast = story.guild.add_channel("fast");
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    story.grace.runs("/daily setup channel:#fast time:09:00 timezone:Europe/Berlin").await.message();
    story.grace.runs("/daily post-now channel:#general").await.message();
    story.posts_in(&story.general, 1).await;
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&fast, 1).await;
    let status = story.grace.runs("/daily status channel:#general").await.message();
    assert!(status.to_string().contains("2026-05-05"), "{status}");
    assert_eq!(story.general.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_fails_holds_up_no_other() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let broken = story.guild.add_channel("broken");
    for channel in ["broken", "general"] {
        story.grace.runs(&format!("/daily setup channel:#{channel} time:09:00 timezone:Europe/Berlin")).await.message();
    }
    broken.deny_bot(sandbox::permissions::SEND_MESSAGES);
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    let status = story.status_comes_to_say(&broken, "failed").await;
    assert_eq!(story.sandbox.expect_refusals().len(), 1);
    insta::assert_snapshot!(status, @"
    #broken is on. Next post: 2026-05-05 07:00 UTC.
    Starling lacks permissions there now: **Send Messages**. Posts fail until they are allowed in the channel's settings.
    27 of 27 questions are still to come in this round.
    │ Settings
    │ **Channel** #broken
    │ **Time** 09:00 in Europe/Berlin, where it is 09:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ **Level** all
    │ **Packs** all
    │ **Thread under each post** no
    │ The last seven days
    │ - Mon 4 May: failed after 1 try: Starling is not allowed to post there. In the channel's settings, allow Starling **View Channel**, **Send Messages**, **Embed Links** and **Read Message History**.
    │ - Sun 3 May: none planned
    │ - Sat 2 May: none planned
    │ - Fri 1 May: none planned
    │ - Thu 30 Apr: none planned
    │ - Wed 29 Apr: none planned
    │ - Tue 28 Apr: none planned
    │ For admins: the daily question of #broken did not come last time, as Starling is not allowed to post there. **/daily status channel:**#broken tells more.
    [Preview]
    [Packs of questions ▾]
      ● All packs: Every pack, also those of later releases
      ○ Back-end engineering: Databases, caches, APIs, services, queues and the cloud: what back-end interviews ask about.
      ○ Working with people: Conflict, failure, feedback, deadlines, hard choices: what interviews ask about in every trade.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_channels_at_the_same_minute_all_get_their_post() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let mut channels = Vec::new();
    for number in 0..50 {
        let guild = story.sandbox.add_guild(&format!("Guild {number}"));
        let channel = guild.add_channel("daily");
        let admin = guild.admin("Linus");
        admin.runs("/daily setup channel:#daily time:09:00 timezone:Europe/Berlin").await.message();
        channels.push(channel);
    }
    story.clock_reaches("2026-05-04T07:00:00Z");
    for channel in &channels {
        assert_eq!(channel.wait_for(1).await.len(), 1);
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_by_hand_that_fails_leaves_the_days_own_post_to_come() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    story.general.deny_bot(sandbox::permissions::SEND_MESSAGES);
    insta::assert_snapshot!(story.grace.runs("/daily post-now").await.message(), @"
    Today's question could not be posted in #general: Starling is not allowed to post there. In the channel's settings, allow Starling **View Channel**, **Send Messages**, **Embed Links** and **Read Message History**.
    For admins: the daily question of #general did not come last time, as Starling is not allowed to post there. **/daily status channel:**#general tells more.
    (only you can see this)
    ");
    assert_eq!(story.sandbox.expect_refusals().len(), 1);
    story.general.allow_bot(sandbox::permissions::SEND_MESSAGES);
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_post_can_be_made_by_hand_while_paused() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    story.grace.runs("/daily pause").await.message();
    let posted = story.grace.runs("/daily post-now").await.message();
    assert!(posted.content.contains("stays paused"), "{posted}");
    assert_eq!(story.general.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_cannot_be_mentioned_is_named() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.guild.add_role("Quiet", 0);
    let setup = "/daily setup channel:#general time:09:00 timezone:Europe/Berlin role:@Quiet";
    let reply = story.grace.runs(setup).await.message();
    insta::assert_snapshot!(shown(&reply.content), @"
    The daily question of <#ID> is set up.
    <@&ID> can't be mentioned, so nobody is pinged. In the role's settings, allow anyone to mention it.
    ");
    story.clock_reaches("2026-05-04T07:00:00Z");
    let posts = story.posts_in(&story.general, 1).await;
    assert!(posts[0].pings.is_empty());
    let status = story.grace.runs("/daily status").await.message();
    assert!(status.content.contains("nobody is pinged"), "{status}");
    story.ends().await;
}
