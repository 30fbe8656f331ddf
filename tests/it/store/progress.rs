//! What a person did, as the store tells it for their progress.

use jiff::civil::Date;
use starling::domain::progress::{Answered, Past, PostDay, Streak};

use super::*;

/// Claims what is due in a channel and notes it as sent, as a message of its own.
async fn posts(store: &Store, channel: u64, instant: &str) -> PostKey {
    let bank = bank(&["a", "b", "c", "d"]);
    let choice = Choice { bank: &bank, fresh_seed: 3 };
    let key = store.settle(ChannelId(channel), choice, at(instant)).await.unwrap().unwrap().1.key;
    let message = MessageId(at(instant).as_millisecond().unsigned_abs() + channel);
    store.record_outcome(key, Outcome::Sent { message, at: at(instant) }).await.unwrap();
    key
}

async fn answers(store: &Store, number: u64, question: &str, post: Option<PostKey>, instant: &str) {
    let answer = StarAnswer::parse(typed(&format!("Number {number}"))).unwrap();
    let about = About { post, ..about(7, question) };
    store.record_answer(NewAnswer { id: InteractionId(number), about, answer, at: at(instant) }).await.unwrap();
}

async fn past(store: &Store) -> Past {
    let mut past = store.past(UserId(7)).await.unwrap();
    past.channels.sort_by_key(|channel| channel.channel.0);
    past
}

/// The channels with the days of their posts.
fn days(past: &Past) -> Vec<(u64, Vec<Date>)> {
    let days = |posts: &[PostDay]| {
        let mut days: Vec<_> = posts.iter().map(|post| post.day).collect();
        days.dedup();
        days
    };
    past.channels.iter().map(|one| (one.channel.0, days(&one.posts))).collect()
}

/// Days of May 2026.
fn may(days: &[i8]) -> Vec<Date> {
    days.iter().map(|day| date(2026, 5, *day)).collect()
}

/// Moves a daily question at one in the afternoon UTC of a day of May 2026.
async fn moves(store: &Store, from: u64, to: u64, day: u8) {
    let before = store.daily(ChannelId(from)).await.unwrap().unwrap();
    let now = at(&format!("2026-05-{day:02}T13:00:00Z"));
    assert_eq!(store.move_daily(&before, ChannelId(to), now).await.unwrap(), Moved::There);
}

#[tokio::test]
async fn only_channels_that_were_answered_are_followed_from_the_first_answer_on() {
    for opened in every_database().await {
        let store = &opened.store;
        for channel in [5, 6] {
            put(store, daily(channel), "2026-05-04T06:00:00Z").await;
        }
        posts(store, 5, "2026-05-04T07:00:00Z").await;
        let second = posts(store, 5, "2026-05-05T07:00:00Z").await;
        posts(store, 5, "2026-05-06T07:00:00Z").await;
        posts(store, 6, "2026-05-06T07:00:00Z").await;
        answers(store, 1, "a", None, "2026-05-04T12:00:00Z").await;
        assert_eq!(past(store).await.channels.len(), 0, "practice follows no channel");
        answers(store, 2, "b", Some(second), "2026-05-05T12:00:00Z").await;
        answers(store, 3, "b", Some(second), "2026-05-06T12:00:00Z").await;
        // Somebody else's change nothing.
        store.record_answer(answer(9, about(8, "a"), "Another's")).await.unwrap();
        let past = past(store).await;
        assert_eq!(days(&past), [(5, vec![date(2026, 5, 5), date(2026, 5, 6)])]);
        let answered = |instant, day| Answered { at: at(instant), day };
        let fifth = Some(date(2026, 5, 5));
        let expected =
            [("2026-05-04T12:00:00Z", None), ("2026-05-05T12:00:00Z", fifth), ("2026-05-06T12:00:00Z", fifth)];
        assert_eq!(past.answers, expected.map(|(instant, day)| answered(instant, day)));
        assert_eq!(past.by_question, [(key("a"), 1), (key("b"), 2)]);
        let followed = &past.channels[0];
        assert_eq!((followed.first_at, followed.last_at), (past.answers[1].at, past.answers[2].at));
        assert_eq!(
            (&followed.posts[0].zone, followed.posts[0].sent_at),
            (&daily(5).schedule.zone, at("2026-05-05T07:00:00Z"))
        );
    }
}

#[tokio::test]
async fn days_that_were_skipped_or_failed_are_not_among_them() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let first = posts(store, 5, "2026-05-04T07:00:00Z").await;
        answers(store, 1, "a", Some(first), "2026-05-04T12:00:00Z").await;
        let failed = posts_not(store, "2026-05-05T07:00:00Z").await;
        store.record_outcome(failed, Outcome::Failed(FailReason::Refused)).await.unwrap();
        posts(store, 5, "2026-05-07T07:00:00Z").await;
        assert_eq!(days(&past(store).await), [(5, vec![date(2026, 5, 4), date(2026, 5, 7)])]);
    }
}

async fn posts_not(store: &Store, instant: &str) -> PostKey {
    let bank = bank(&["a", "b", "c", "d"]);
    store.settle(ChannelId(5), Choice { bank: &bank, fresh_seed: 3 }, at(instant)).await.unwrap().unwrap().1.key
}

#[tokio::test]
async fn a_streak_goes_on_in_the_channel_that_its_daily_question_moved_to() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let first = posts(store, 5, "2026-05-04T07:00:00Z").await;
        answers(store, 1, "a", Some(first), "2026-05-04T12:00:00Z").await;
        moves(store, 5, 6, 4).await;
        posts(store, 6, "2026-05-05T07:00:00Z").await;
        let past = past(store).await;
        assert_eq!(days(&past), [(5, may(&[4, 5]))]);
        let streak = Streak::of(&past.channels, &past.answers, date(2026, 5, 5), at("2026-05-05T12:00:00Z")).unwrap();
        assert_eq!((streak.current, streak.open.len()), (1, 1), "the new channel's post is to be answered");
    }
}

#[tokio::test]
async fn a_change_of_zone_leaves_earlier_posts_theirs() {
    for opened in every_database().await {
        let store = &opened.store;
        let kept = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let first = posts(store, 5, "2026-05-04T07:00:00Z").await;
        answers(store, 1, "a", Some(first), "2026-05-04T12:00:00Z").await;
        let tokyo = Zone::parse("Asia/Tokyo").unwrap();
        let schedule = Schedule { zone: tokyo.clone(), ..kept.schedule.clone() };
        put(store, Daily { schedule, ..kept.clone() }, "2026-05-04T13:00:00Z").await;
        posts(store, 5, "2026-05-05T00:00:00Z").await;
        let zones: Vec<_> = past(store).await.channels[0].posts.iter().map(|post| post.zone.clone()).collect();
        assert_eq!(zones, [kept.schedule.zone, tokyo]);
    }
}

#[tokio::test]
async fn what_is_deleted_is_no_past() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let first = posts(store, 5, "2026-05-04T07:00:00Z").await;
        answers(store, 1, "a", Some(first), "2026-05-04T12:00:00Z").await;
        answers(store, 2, "b", None, "2026-05-04T13:00:00Z").await;
        store.delete_attempt(UserId(7), InteractionId(1)).await.unwrap();
        let left = past(store).await;
        assert_eq!((left.answers.len(), left.by_question, left.channels.len()), (1, vec![(key("b"), 1)], 0));
        store.forget(UserId(7)).await.unwrap();
        assert!(past(store).await.is_empty());
    }
}

#[tokio::test]
async fn a_channel_is_followed_also_where_nobody_knows_whether_the_post_that_was_answered_came() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let unknown = posts_not(store, "2026-05-04T07:00:00Z").await;
        store.record_outcome(unknown, Outcome::Unknown).await.unwrap();
        answers(store, 1, "a", Some(unknown), "2026-05-04T12:00:00Z").await;
        posts(store, 5, "2026-05-05T07:00:00Z").await;
        assert_eq!(days(&past(store).await), [(5, may(&[5]))]);
    }
}

/// Channel 6 has a daily question of its own on the 5th and the 6th. Then that of channel 5, which posted on the 4th and on the 7th, moves
/// there, and posts on the 8th.
async fn into_a_channel_with_a_past(store: &Store) -> (PostKey, PostKey) {
    for channel in [5, 6] {
        put(store, daily(channel), "2026-05-04T06:00:00Z").await;
    }
    let first = posts(store, 5, "2026-05-04T07:00:00Z").await;
    let other = posts(store, 6, "2026-05-05T07:00:00Z").await;
    posts(store, 6, "2026-05-06T07:00:00Z").await;
    store.delete_daily(ChannelId(6)).await.unwrap();
    posts(store, 5, "2026-05-07T07:00:00Z").await;
    moves(store, 5, 6, 7).await;
    posts(store, 6, "2026-05-08T07:00:00Z").await;
    (first, other)
}

#[tokio::test]
async fn what_a_channel_posted_before_a_daily_question_moved_there_is_not_of_that_one() {
    for opened in every_database().await {
        let store = &opened.store;
        let (first, _) = into_a_channel_with_a_past(store).await;
        answers(store, 1, "a", Some(first), "2026-05-04T12:00:00Z").await;
        assert_eq!(days(&past(store).await), [(5, may(&[4, 7, 8]))]);
    }
}

#[tokio::test]
async fn what_a_daily_question_posted_before_it_moved_was_not_posted_in_its_new_channel() {
    for opened in every_database().await {
        let store = &opened.store;
        let (_, other) = into_a_channel_with_a_past(store).await;
        answers(store, 1, "a", Some(other), "2026-05-05T12:00:00Z").await;
        assert_eq!(days(&past(store).await), [(6, may(&[5, 6, 8]))]);
    }
}

#[tokio::test]
async fn a_daily_question_is_followed_there_and_back_and_there_again() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let first = posts(store, 5, "2026-05-04T07:00:00Z").await;
        answers(store, 1, "a", Some(first), "2026-05-04T12:00:00Z").await;
        for (day, from, to) in [(5, 5, 6), (6, 6, 5), (7, 5, 6)] {
            moves(store, from, to, day - 1).await;
            posts(store, to, &format!("2026-05-{day:02}T07:00:00Z")).await;
        }
        assert_eq!(days(&past(store).await), [(5, may(&[4, 5, 6, 7]))]);
    }
}
