//! `/progress`: a streak, topics, what is new, and a picture.

use sandbox::{Channel, MessageView, Person};

use super::world::{Story, shown, whole_with};

/// An answer to the newest post of a channel, told apart by a number.
async fn answers(person: &Person, channel: &Channel, number: u32) -> MessageView {
    let situation = format!("In May search number {number} was slow.");
    person.in_channel(channel).runs_with("/answer", &whole_with(&situation)).await.message()
}

/// The width and the height that a PNG says it has.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// Two channels with a daily question at nine in Berlin: #general on every day, #backend on weekdays. Ada answers #general on Monday,
/// #backend on Tuesday and nothing on Wednesday; on Thursday she answers #backend, and #general too, which makes up for Wednesday.
async fn a_week() -> (Story, Channel) {
    let story = Story::begins_with_a_post().await;
    let backend = story.guild.add_channel("backend");
    story.grace.runs("/daily setup channel:#backend time:09:00 timezone:Europe/Berlin days:weekdays").await.message();
    story.clock_reaches("2026-05-04T08:00:00Z");
    answers(&story.ada, &story.general, 1).await;
    for (day, count) in [(5, 1), (6, 2), (7, 3)] {
        story.clock_reaches(&format!("2026-05-{day:02}T07:00:00Z"));
        story.posts_in(&story.general, count + 1).await;
        story.posts_in(&backend, count).await;
        story.clock_reaches(&format!("2026-05-{day:02}T10:00:00Z"));
        match day {
            5 => drop(answers(&story.ada, &backend, 2).await),
            7 => {
                answers(&story.ada, &backend, 3).await;
                answers(&story.ada, &story.general, 4).await;
            }
            _ => {}
        }
    }
    (story, backend)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_their_streak_over_two_channels_topics_and_a_picture() {
    let (story, _) = a_week().await;
    let seen = story.ada.runs("/progress").await.message();
    let size_aside = shown(&seen).replace(&format!("{} bytes", seen.files[0].bytes.len()), "N bytes");
    insta::assert_snapshot!(size_aside, @"
    Your streak: **4 days**, your longest so far.
    No day is waiting for an answer.
    Missed days forgiven this month: 0 of 2.
    You have 4 answers. The picture shows the last 26 weeks. Only you see this.
    │ Answers by topic
    │ **apis and security**: 1 answer to 1 question
    │ **communication**: 1 answer to 1 question
    │ **decisions**: 1 answer to 1 question
    │ **performance**: 1 answer to 1 question
    │ Nothing yet: architecture, cloud, conflict, databases, ethics, failure, feedback, leadership, priorities, strategy, teamwork, testing and debugging
    │ Not tried yet
    │ 23 questions. Next:
    │ - Lead without being the boss · `/question question:lead-without-being-the-boss`
    │ - Choose between two urgent requests · `/question question:choose-between-two-urgent-requests`
    │ - Design a complex data model · `/question question:design-a-complex-data-model`
    │ **/practice** picks one for you.
    file progress.png, N bytes: Answers on each day from 10 Nov 2025 to 7 May 2026, a column for each week. 4 answers on 3 days. A week, oldest first: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4. The most on one day: 2, on 7 May 2026.
    (only you can see this)
    ");
    let [picture] = seen.files.as_slice() else { panic!("{seen}") };
    assert_eq!(size(&picture.bytes), (836, 332));
    assert!(seen.ephemeral);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_day_can_be_made_up_for_until_the_next_one_ends() {
    let (story, _) = a_week().await;
    story.clock_reaches("2026-05-08T07:00:00Z");
    story.posts_in(&story.general, 5).await;
    story.clock_reaches("2026-05-09T07:00:00Z");
    story.posts_in(&story.general, 6).await;
    let seen = story.ada.runs("/progress").await.message();
    insta::assert_snapshot!(seen.content, @"
    Your streak: **4 days**, your longest so far.
    Still open: **Friday 8 May** until <t:1778364000:f> and **today** until <t:1778450400:f>. Any answer counts, each for one day.
    Missed days forgiven this month: 0 of 2.
    You have 4 answers. The picture shows the last 26 weeks. Only you see this.
    ");
    answers(&story.ada, &story.general, 5).await;
    let seen = story.ada.runs("/progress").await.message();
    insta::assert_snapshot!(seen.content, @"
    Your streak: **5 days**, your longest so far.
    Still open: **Friday 8 May** until <t:1778364000:f>. Any answer counts.
    Missed days forgiven this month: 0 of 2.
    You have 5 answers. The picture shows the last 26 weeks. Only you see this.
    ");
    // Three days without an answer are one too many.
    for (day, count) in [(10, 7), (11, 8), (12, 9), (13, 10)] {
        story.clock_reaches(&format!("2026-05-{day}T07:00:00Z"));
        story.posts_in(&story.general, count).await;
    }
    let seen = story.ada.runs("/progress").await.message();
    insta::assert_snapshot!(seen.content, @"
    No streak at the moment; your longest was 5 days. The next day you answer begins a new one.
    Still open: **Tuesday 12 May** until <t:1778709600:f> and **today** until <t:1778796000:f>. Any answer counts, each for one day.
    Missed days forgiven this month: 2 of 2.
    You have 5 answers. The picture shows the last 26 weeks. Only you see this.
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_anything_of_another() {
    let (story, _) = a_week().await;
    insta::assert_snapshot!(story.bob.runs("/progress").await.message(), @"
    Nothing to show yet, and that is fine: everybody starts here. Press **Answer** under a daily question, or run **/practice** for a question picked for you. After your first answer, this shows your streak, your topics and a picture of your last 26 weeks.
    (only you can see this)
    ");
    story.bob.runs_with("/answer", &whole_with("Bob's own.")).await.message();
    let seen = story.bob.runs("/progress").await.message();
    assert!(seen.content.starts_with("Your streak: **1 day**"), "{seen}");
    assert!(seen.content.contains("You have 1 answer."), "{seen}");
    assert!(seen.files[0].description.as_ref().unwrap().contains("1 answer on 1 day"), "{seen}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_counts_no_more() {
    let (story, _) = a_week().await;
    let history = story.ada.runs("/history").await.message();
    let newest = history.components[0]["components"][0]["options"][0]["label"].as_str().unwrap().to_owned();
    story.ada.chooses(&newest).await.message();
    let asked = story.ada.clicks("Delete").await.message();
    story.ada.clicks_on(&asked, "Delete").await.message();
    let seen = story.ada.runs("/progress").await.message();
    assert!(
        seen.content.starts_with("Your streak: **3 days**") && seen.content.contains("You have 3 answers."),
        "{seen}"
    );
    story.ada.runs("/mydata delete").await.message();
    let modal = story.ada.clicks("Everything").await.modal().types("Type the word \"delete\" to confirm", "delete");
    story.ada.sends(&modal).await.message();
    let seen = story.ada.runs("/progress").await.message();
    assert!(seen.content.starts_with("Nothing to show yet") && seen.files.is_empty(), "{seen}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_practises_is_told_so_kindly_in_a_direct_message_too() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let ada = story.ada.in_dm();
    let about = [whole_with("On my own.").as_slice(), &[("question", "protect-user-data")]].concat();
    ada.runs_with("/answer", &about).await.message();
    let seen = ada.runs("/progress").await.message();
    insta::assert_snapshot!(seen.content, @"
    You have no streak to keep: a streak counts the days of a channel's daily question, and begins when you answer one on its day or the day after.
    You have 1 answer. The picture shows the last 26 weeks. Only you see this.
    ");
    assert_eq!(seen.files.len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answered_an_old_post_that_none_has_followed_is_told_when_a_streak_begins() {
    let story = Story::begins_with_a_post().await;
    story.grace.runs("/daily pause").await.message();
    story.clock_reaches("2026-05-20T12:00:00Z");
    answers(&story.ada, &story.general, 1).await;
    let seen = story.ada.runs("/progress").await.message();
    insta::assert_snapshot!(seen.content.lines().next().unwrap_or_default(), @"You have no streak to keep: a streak counts the days of a channel's daily question, and begins when you answer one on its day or the day after.");
    story.ends().await;
}
