//! Starling was down, or its clock was wrong: what then comes late, and what does not come.

use std::time::Duration;

use sandbox::{Fault, Scope};
use sqlx::{Connection, SqliteConnection};

use super::world::Story;

/// A daily question in #general at a time in Berlin.
async fn story_at(begins: &str, time: &str) -> Story {
    let story = Story::begins(begins).await;
    story.grace.runs(&format!("/daily setup channel:#general time:{time} timezone:Europe/Berlin")).await.message();
    story
}

/// Stops the bot at an instant, starts it at another, and compares what the status then says of some days.
async fn after_a_stop(story: &mut Story, from: &str, to: &str, days: &[(&str, &str)]) {
    story.clock_reaches(from);
    story.bot_stops().await;
    story.clock_reaches(to);
    story.bot_starts().await;
    says_of_days(story, days).await;
}

/// Waits until the status says something of the first of some days, and compares what it says of the others.
async fn says_of_days(story: &Story, days: &[(&str, &str)]) {
    let (day, outcome) = days[0];
    let mut status = String::new();
    for _ in 0..200 {
        status = story.grace.runs("/daily status channel:#general").await.message().to_string();
        if line_of(&status, day).starts_with(outcome) {
            break;
        }
    }
    for (day, outcome) in days {
        let line = line_of(&status, day);
        assert!(line.starts_with(outcome), "{day} is {line:?}, not {outcome:?}");
    }
}

/// What a status says of a day.
fn line_of<'t>(status: &'t str, day: &str) -> &'t str {
    let start = format!("- {day}: ");
    status.lines().find_map(|line| line.split_once(&start)).map(|(_, outcome)| outcome).unwrap_or_default()
}

const SKIPPED: &str = "skipped (Starling was not running)";

/// How many posts there are, and that no day's was late but the ones that are said to be.
async fn ends_with(story: Story, posts: usize) {
    assert_eq!(story.general.messages().len(), posts);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_hours_the_post_comes_late() {
    let mut story = story_at("2026-05-04T06:00:00Z", "09:00").await;
    after_a_stop(&mut story, "2026-05-04T06:59:00Z", "2026-05-04T12:00:00Z", &[("Mon 4 May", "[posted]")]).await;
    let status = story.grace.runs("/daily status channel:#general").await.message().to_string();
    assert!(line_of(&status, "Mon 4 May").contains("late"), "{status}");
    ends_with(story, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_seven_hours_it_is_skipped_and_the_next_day_is_as_ever() {
    let mut story = story_at("2026-05-04T06:00:00Z", "09:00").await;
    after_a_stop(&mut story, "2026-05-04T06:59:00Z", "2026-05-04T14:00:00Z", &[("Mon 4 May", SKIPPED)]).await;
    assert!(story.general.messages().is_empty());
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    ends_with(story, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_days_only_the_newest_comes_and_only_in_its_time() {
    let mut story = story_at("2026-05-04T06:00:00Z", "09:00").await;
    let days = [("Thu 7 May", "[posted]"), ("Wed 6 May", SKIPPED), ("Tue 5 May", SKIPPED), ("Mon 4 May", SKIPPED)];
    after_a_stop(&mut story, "2026-05-04T06:59:00Z", "2026-05-07T12:59:59Z", &days).await;
    let days = [("Sun 10 May", SKIPPED), ("Sat 9 May", SKIPPED), ("Fri 8 May", SKIPPED)];
    after_a_stop(&mut story, "2026-05-08T06:59:00Z", "2026-05-10T13:00:00Z", &days).await;
    ends_with(story, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_midnight_the_late_post_is_that_of_the_day_before_and_the_new_day_has_its_own() {
    let mut story = story_at("2026-05-04T06:00:00Z", "22:00").await;
    after_a_stop(&mut story, "2026-05-04T19:59:00Z", "2026-05-05T01:59:59Z", &[("Mon 4 May", "[posted]")]).await;
    says_of_days(&story, &[("Tue 5 May", "still to come")]).await;
    story.clock_reaches("2026-05-05T20:00:00Z");
    story.posts_in(&story.general, 2).await;
    let days = [("Thu 7 May", "still to come"), ("Wed 6 May", SKIPPED)];
    after_a_stop(&mut story, "2026-05-06T19:59:00Z", "2026-05-07T02:00:00Z", &days).await;
    ends_with(story, 2).await;
}

/// Six hours are six hours, whatever the clocks on the wall show: they jump from 02:00 to 03:00 on 29 March.
#[tokio::test(flavor = "multi_thread")]
async fn over_a_gap_of_the_clocks_the_six_hours_are_real_ones() {
    let mut story = story_at("2026-03-28T12:00:00Z", "23:00").await;
    after_a_stop(&mut story, "2026-03-28T21:59:00Z", "2026-03-29T03:59:59Z", &[("Sat 28 Mar", "[posted]")]).await;
    story.clock_reaches("2026-03-29T21:00:00Z");
    story.posts_in(&story.general, 2).await;
    ends_with(story, 2).await;
}

/// The clocks go from 03:00 back to 02:00 on 25 October: 04:30 is six and a half hours after 23:00.
#[tokio::test(flavor = "multi_thread")]
async fn over_a_fold_of_the_clocks_too() {
    let mut story = story_at("2026-10-24T12:00:00Z", "23:00").await;
    after_a_stop(&mut story, "2026-10-24T20:59:00Z", "2026-10-25T03:30:00Z", &[("Sat 24 Oct", SKIPPED)]).await;
    story.clock_reaches("2026-10-25T22:00:00Z");
    story.posts_in(&story.general, 1).await;
    ends_with(story, 1).await;
}

/// 02:30 is in the gap, so that the post is due at 03:00, which is 01:00 UTC.
#[tokio::test(flavor = "multi_thread")]
async fn a_post_whose_time_is_in_the_gap_comes_late_after_a_stop_over_it() {
    let mut story = story_at("2026-03-28T12:00:00Z", "02:30").await;
    after_a_stop(&mut story, "2026-03-29T00:30:00Z", "2026-03-29T06:59:59Z", &[("Sun 29 Mar", "[posted]")]).await;
    let status = story.grace.runs("/daily status channel:#general").await.message().to_string();
    assert!(line_of(&status, "Sun 29 Mar").contains("late"), "{status}");
    story.clock_reaches("2026-03-30T00:30:00Z");
    story.posts_in(&story.general, 2).await;
    ends_with(story, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_days_ahead_brings_no_burst_of_old_posts() {
    let story = story_at("2026-05-04T06:00:00Z", "09:00").await;
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    story.clock_reaches("2026-05-09T10:00:00Z");
    says_of_days(&story, &[("Sat 9 May", "[posted]"), ("Fri 8 May", SKIPPED), ("Thu 7 May", SKIPPED)]).await;
    ends_with(story, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_brings_no_second_post() {
    let story = story_at("2026-05-04T06:00:00Z", "09:00").await;
    for back in ["2026-05-04T06:00:30Z", "2026-05-03T07:00:00Z"] {
        story.clock_reaches("2026-05-04T07:00:30Z");
        story.posts_in(&story.general, 1).await;
        story.clock_reaches(back);
        says_of_days(&story, &[("Sun 3 May", "none planned")]).await;
    }
    story.clock_reaches("2026-05-04T07:00:00Z");
    says_of_days(&story, &[("Mon 4 May", "[posted]")]).await;
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    ends_with(story, 2).await;
}

/// Discord asks for a pause, the post waits in line, and the machine sleeps for seven hours.
#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_waits_in_line_while_the_machine_sleeps_does_not_come_after_its_time() {
    let story = story_at("2026-05-04T06:00:00Z", "09:00").await;
    // Long enough for a busy machine to claim the post and move the clock meanwhile.
    let pause = Fault::too_many(Scope::Global, Duration::from_secs(5)).on("GET", "/guilds/*").times(1);
    let asked = story.sandbox.faults(pause);
    let grace = story.grace.clone();
    let status = tokio::spawn(async move { grace.runs("/daily status channel:#general").await.failed() });
    asked.reached().await;
    // Needs no turn, so it is answered during the pause; by then the bot has heard of it.
    story.ada.runs("/help").await.message();
    story.clock_reaches("2026-05-04T07:00:00Z");
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", story.database().display())).await.unwrap();
    let claimed = "select count(*) from post where state = 'claimed'";
    while sqlx::query_scalar::<_, i64>(claimed).fetch_one(&mut database).await.unwrap() == 0 {}
    story.clock_reaches("2026-05-04T14:00:00Z");
    says_of_days(&story, &[("Mon 4 May", "skipped (Starling was not running)")]).await;
    assert!(status.await.unwrap(), "its three seconds passed meanwhile");
    story.sandbox.expect_refusals();
    ends_with(story, 0).await;
}
