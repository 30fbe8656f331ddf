//! What an admin chooses besides the time: packs, level, thread, mention; and changes, moves and skips.

use sandbox::permissions::{CREATE_PUBLIC_THREADS, SEND_MESSAGES_IN_THREADS};

use super::world::{Story, shown};

const SETUP: &str = "/daily setup channel:#general time:09:00 timezone:Europe/Berlin";

fn prompt(message: &sandbox::MessageView) -> String {
    message.embeds[0]["title"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_the_next_post_and_uses_nothing_up() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    insta::assert_snapshot!(story.grace.runs(SETUP).await.message(), @"
    The daily question of #general is set up.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 08:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ **Level** all
    │ **Packs** all
    │ **Thread under each post** no
    │ The next posts
    │ - 2026-05-04 07:00 UTC
    │ - 2026-05-05 07:00 UTC
    │ - 2026-05-06 07:00 UTC
    │ - 2026-05-07 07:00 UTC
    │ - 2026-05-08 07:00 UTC
    [Preview]
    [Packs of questions ▾]
      ● All packs: Every pack, also those of later releases
      ○ Back-end engineering: Databases, caches, APIs, services, queues and the cloud: what back-end interviews ask about.
      ○ Working with people: Conflict, failure, feedback, deadlines, hard choices: what interviews ask about in every trade.
    (only you can see this)
    ");
    let preview = story.grace.clicks("Preview").await.message();
    insta::assert_snapshot!(preview, @"
    A preview of the next post, for your eyes only. Nothing is used up, and its buttons do nothing.
    │ How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?
    │ Trust is lost once. The interviewer wants to hear layers instead of a product name: what you do not store, who can read what, what an error gives away, and how you would find out.
    │
    │ Nobody here sees your answer unless you share it.
    │ Topic: apis and security · Level: junior, mid, senior
    (Answer) (Show guidance)
    (only you can see this)
    ");
    assert_eq!(prompt(&story.grace.clicks("Preview").await.message()), prompt(&preview));
    assert!(story.general.messages().is_empty());
    story.clock_reaches("2026-05-04T07:00:00Z");
    let posts = story.posts_in(&story.general, 1).await;
    assert_eq!(prompt(&posts[0]), prompt(&preview));
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_taken_away_by_a_button() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.guild.add_role("Cohort", 0).set_mentionable(true);
    let setup = story.grace.runs(&format!("{SETUP} role:@Cohort")).await.message();
    assert_eq!(setup.buttons(), ["Preview", "Mention nobody"]);
    let preview = story.grace.clicks("Preview").await.message();
    assert!(preview.to_string().contains("It will mention @Cohort") && preview.pings.is_empty(), "{preview}");
    let changed = story.grace.clicks("Mention nobody").await.message();
    assert_eq!((changed.id, changed.buttons()), (setup.id, vec!["Preview".to_owned()]));
    assert!(changed.to_string().contains("**Mentions** nobody"), "{changed}");
    story.clock_reaches("2026-05-04T07:00:00Z");
    assert!(story.posts_in(&story.general, 1).await[0].pings.is_empty());
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packs_and_level_leave_what_they_say() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let setup = story.grace.runs(&format!("{SETUP} level:junior")).await.message();
    assert!(setup.to_string().contains("**Level** junior"), "{setup}");
    let chosen = story.grace.chooses("Working with people").await.message();
    insta::assert_snapshot!(chosen, @"
    The daily question of #general is changed.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 08:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ **Level** junior
    │ **Packs** Working with people
    │ **Thread under each post** no
    │ The next posts
    │ - 2026-05-04 07:00 UTC
    │ - 2026-05-05 07:00 UTC
    │ - 2026-05-06 07:00 UTC
    │ - 2026-05-07 07:00 UTC
    │ - 2026-05-08 07:00 UTC
    [Preview]
    [Packs of questions ▾]
      ○ All packs: Every pack, also those of later releases
      ○ Back-end engineering: Databases, caches, APIs, services, queues and the cloud: what back-end interviews ask about.
      ● Working with people: Conflict, failure, feedback, deadlines, hard choices: what interviews ask about in every trade.
    (only you can see this)
    ");
    for day in 4..9 {
        story.clock_reaches(&format!("2026-05-{day:02}T07:00:00Z"));
        let posts = story.posts_in(&story.general, day - 3).await;
        assert!(posts[day - 4].to_string().contains("junior"), "{}", posts[day - 4]);
    }
    let both = story.grace.chooses("Back-end engineering").await.message();
    assert!(both.to_string().contains("**Packs** Back-end engineering, Working with people"), "{both}");
    let all = story.grace.chooses("All packs").await.message();
    assert!(all.to_string().contains("**Packs** all"), "{all}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_is_opened_under_each_post_and_a_failure_shows() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs(&format!("{SETUP} thread:true")).await.message();
    story.clock_reaches("2026-05-04T07:00:00Z");
    let post = story.posts_in(&story.general, 1).await.remove(0);
    story.comes_to_have_threads(1).await;
    assert_eq!(story.guild.threads()[0].id(), post.id);

    story.general.deny_bot(CREATE_PUBLIC_THREADS | SEND_MESSAGES_IN_THREADS);
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    let status = story.status_comes_to_say(&story.general, "without its thread").await;
    insta::assert_snapshot!(shown(&status), @"
    #general is on. Next post: 2026-05-06 07:00 UTC.
    Starling can't open threads there; posts come without one until it has: **Create Public Threads**, **Send Messages in Threads**.
    25 of 27 questions are still to come in this round.
    │ Settings
    │ **Channel** #general
    │ **Time** 09:00 in Europe/Berlin, where it is 09:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ **Level** all
    │ **Packs** all
    │ **Thread under each post** yes
    │ The last seven days
    │ - Tue 5 May: [posted](https://discord.com/channels/ID/ID/ID) without its thread, which could not be opened; 0 people answered
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
    assert_eq!(story.sandbox.expect_refusals().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_keeps_what_is_not_given() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs(&format!("{SETUP} days:weekdays thread:true")).await.message();
    insta::assert_snapshot!(story.grace.runs("/daily change").await.message(), @"
    Say what to change, with one or more of `time`, `timezone`, `days`, `role`, `level`, `thread` and `to`.
    (only you can see this)
    ");
    let changed = story.grace.runs("/daily change time:18:30 level:mid").await.message();
    insta::assert_snapshot!(changed, @"
    The daily question of #general is changed.
    │ Settings
    │ **Channel** #general
    │ **Time** 18:30 in Europe/Berlin, where it is 08:00 now
    │ **Days** weekdays
    │ **Mentions** nobody
    │ **Level** mid
    │ **Packs** all
    │ **Thread under each post** yes
    │ The next posts
    │ - 2026-05-04 16:30 UTC
    │ - 2026-05-05 16:30 UTC
    │ - 2026-05-06 16:30 UTC
    │ - 2026-05-07 16:30 UTC
    │ - 2026-05-08 16:30 UTC
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
async fn a_move_takes_settings_dates_and_cycle_along() {
    let story = Story::begins_with_a_post().await;
    let (new, taken) = (story.guild.add_channel("new"), story.guild.add_channel("taken"));
    story.grace.runs("/daily setup channel:#taken time:09:00 timezone:Europe/Berlin").await.message();
    insta::assert_snapshot!(story.grace.runs("/daily change to:#taken").await.message(), @"
    #taken has a daily question already. End it with **/daily off channel:**#taken, or pick another channel.
    (only you can see this)
    ");
    let moved = story.grace.runs("/daily change to:#new time:10:00").await.message();
    insta::assert_snapshot!(moved, @"
    The daily question moved from #general to #new, and goes on there where it was.
    │ Settings
    │ **Channel** #new
    │ **Time** 10:00 in Europe/Berlin, where it is 09:00 now
    │ **Days** every day
    │ **Mentions** nobody
    │ **Level** all
    │ **Packs** all
    │ **Thread under each post** no
    │ The next posts
    │ - 2026-05-05 08:00 UTC
    │ - 2026-05-06 08:00 UTC
    │ - 2026-05-07 08:00 UTC
    │ - 2026-05-08 08:00 UTC
    │ - 2026-05-09 08:00 UTC
    [Preview]
    [Packs of questions ▾]
      ● All packs: Every pack, also those of later releases
      ○ Back-end engineering: Databases, caches, APIs, services, queues and the cloud: what back-end interviews ask about.
      ○ Working with people: Conflict, failure, feedback, deadlines, hard choices: what interviews ask about in every trade.
    (only you can see this)
    ");
    assert!(!moved.to_string().contains("2026-05-04"), "today has its post: {moved}");
    story.clock_reaches("2026-05-04T08:00:00Z");
    story.clock_reaches("2026-05-05T08:00:00Z");
    let posts = story.posts_in(&new, 1).await;
    assert_ne!(prompt(&posts[0]), prompt(&story.general.messages()[0]));
    let status = story.grace.runs("/daily status channel:#new").await.message();
    assert!(status.to_string().contains("in #general; 0 people answered"), "{status}");
    let modal = story.ada.clicks_on(&story.general.messages()[0], "Answer").await.modal();
    assert_eq!(modal.value("Task"), "");
    assert_eq!((story.general.messages().len(), taken.messages().len()), (1, 1));
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skipped_question_makes_room_for_the_next() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs(SETUP).await.message();
    let first = prompt(&story.grace.clicks("Preview").await.message());
    let skipped = story.grace.runs("/daily skip").await.message();
    insta::assert_snapshot!(skipped, @"
    Put off until all others have come: **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Instead comes: **Tell me about a conflict with somebody you worked with. What was it about, and how did the two of you get on afterwards?** Next post: 2026-05-04 07:00 UTC.
    (only you can see this)
    ");
    story.clock_reaches("2026-05-04T07:00:00Z");
    let posted = prompt(&story.posts_in(&story.general, 1).await[0]);
    assert!(skipped.content.contains(&first) && skipped.content.contains(&posted) && first != posted, "{skipped}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_controls_are_an_admins_alone() {
    let story = Story::begins_with_a_post().await;
    let post = story.general.messages().remove(0);
    let channel = starling::custom_id::base_36(story.general.id());
    for control in ["preview", "nobody", "packs"] {
        let refused = story.ada.forces_click(&post, &format!("1:{control}:{channel}")).await.message();
        assert!(refused.content.contains("Manage Server"), "{refused}");
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_is_found_helpful_or_not_and_the_last_word_counts() {
    let story = Story::begins_with_a_post().await;
    story.ada.clicks("Show guidance").await.message();
    insta::assert_snapshot!(story.ada.clicks("Helpful").await.message(), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Thank you. You found the sample helpful; **Not helpful** changes that.
    (only you can see this)
    ");
    insta::assert_snapshot!(story.ada.clicks("Not helpful").await.message(), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Thank you. You found the sample not helpful; **Helpful** changes that.
    (only you can see this)
    ");
    story.ends().await;
}
