//! Posts: settled and claimed once, taken up when abandoned, and what became of them.

use super::*;

#[tokio::test]
async fn a_slot_is_claimed_once_however_many_rounds_see_it() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let now = "2026-05-04T07:00:00Z";
        assert_eq!(store.due_channels(at(now)).await.unwrap(), [ChannelId(5)]);
        assert!(settle(store, now, &["a", "b"]).await.is_some());
        assert_eq!(settle(store, now, &["a", "b"]).await, None);
        assert!(store.due_channels(at(now)).await.unwrap().is_empty());
        let moved_on = store.daily(ChannelId(5)).await.unwrap().unwrap();
        assert_eq!(moved_on.next.unwrap().day, date(2026, 5, 5));
    }
}

#[tokio::test]
async fn sixteen_rounds_at_once_claim_one_post() {
    for opened in every_database().await {
        put(&opened.store, daily(5), "2026-05-04T06:00:00Z").await;
        let mut rounds = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let store = opened.store.clone();
            rounds.spawn(async move { settle(&store, "2026-05-04T07:00:00Z", &["a", "b"]).await });
        }
        let claimed = rounds.join_all().await.into_iter().flatten().count();
        assert_eq!(claimed, 1);
    }
}

#[tokio::test]
async fn what_is_paused_meanwhile_is_skipped_for_that_reason() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        store.pause_daily(ChannelId(5), Pause::Admin).await.unwrap();
        assert_eq!(settle(store, "2026-05-04T07:00:00Z", &["a"]).await, None);
        let last = store.last_post(ChannelId(5)).await.unwrap().unwrap();
        assert_eq!(last.outcome, Outcome::Skipped(SkipReason::Paused));
    }
}

#[tokio::test]
async fn an_abandoned_claim_is_taken_up_when_its_lease_is_over() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        settle(store, "2026-05-04T07:00:00Z", &["a"]).await.unwrap();
        assert!(store.retake_claims(at("2026-05-04T07:00:59Z"), 9).await.unwrap().is_empty());
        let taken = store.retake_claims(at("2026-05-04T07:01:00Z"), 9).await.unwrap().remove(0);
        assert_eq!((taken.attempts, taken.question.clone(), taken.outcome), (2, Some(key("a")), Outcome::Claimed));
        assert_eq!(taken.zone, Some(daily(5).schedule.zone));
        assert!(store.retake_claims(at("2026-05-04T07:01:00Z"), 9).await.unwrap().is_empty());
        store.retry_post(&taken, at("2026-05-04T07:01:05Z"), false).await.unwrap();
        assert_eq!(store.retake_claims(at("2026-05-04T07:01:05Z"), 9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn whoever_is_alone_takes_a_claim_over_at_once() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        settle(store, "2026-05-04T07:00:00Z", &["a"]).await.unwrap();
        assert_eq!(store.take_over(at("2026-05-04T07:00:10Z")).await.unwrap(), 1);
        let taken = store.retake_claims(at("2026-05-04T07:00:10Z"), 9).await.unwrap().remove(0);
        assert_eq!(taken.unclear_since, Some(at("2026-05-04T07:00:00Z")), "it may have been sent");
    }
}

#[test]
fn of_two_processes_on_one_file_only_the_first_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let (first, is_alone) = Presence::join(&file).unwrap();
    assert!(is_alone);
    let (second, is_alone) = Presence::join(&file).unwrap();
    assert!(!is_alone);
    drop((first, second));
    assert!(Presence::join(&file).unwrap().1);
}

#[tokio::test]
async fn who_lost_a_claim_does_not_put_it_off_for_who_took_it_up() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let bank = bank(&["a"]);
        let choice = Choice { bank: &bank, fresh_seed: 7 };
        let (_, slow) = store.settle(ChannelId(5), choice, at("2026-05-04T07:00:00Z")).await.unwrap().unwrap();
        let taken = store.retake_claims(at("2026-05-04T07:01:00Z"), 9).await.unwrap().remove(0);
        store.retry_post(&slow, at("2026-05-04T07:01:05Z"), true).await.unwrap();
        assert!(store.retake_claims(at("2026-05-04T07:01:59Z"), 9).await.unwrap().is_empty());
        let again = store.retake_claims(at("2026-05-04T07:02:00Z"), 9).await.unwrap().remove(0);
        assert_eq!((taken.unclear_since, again.unclear_since), (Some(slow.due_at), Some(slow.due_at)));
    }
}

#[tokio::test]
async fn outcomes_are_kept_and_a_failed_day_may_be_claimed_again() {
    for opened in every_database().await {
        let store = &opened.store;
        let set_up = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let now = "2026-05-04T07:00:00Z";
        settle(store, now, &["a"]).await.unwrap();
        let post = PostKey { channel: ChannelId(5), day: date(2026, 5, 4) };
        store.record_outcome(post, Outcome::Failed(FailReason::NotAllowed)).await.unwrap();
        assert!(claim_today(store, &set_up, now).await.is_some());
        let sent = Outcome::Sent { message: MessageId(77), at: at(now) };
        store.record_outcome(post, sent).await.unwrap();
        let found = store.post_of_thread(ChannelId(77)).await.unwrap().unwrap();
        assert_eq!((found.key, found.outcome), (post, sent));
        assert_eq!(store.newest_post(ChannelId(5)).await.unwrap(), Some(found));
        assert!(claim_today(store, &set_up, now).await.is_none());
    }
}

#[tokio::test]
async fn a_claim_out_of_turn_leaves_the_days_own_slot_until_it_came() {
    for opened in every_database().await {
        let store = &opened.store;
        let set_up = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let claimed = claim_today(store, &set_up, "2026-05-04T06:00:00Z").await.unwrap();
        assert_eq!(claimed.window_ends_at, at("2026-05-04T12:00:00Z"));
        assert_eq!(store.daily(ChannelId(5)).await.unwrap().unwrap().next.unwrap().day, date(2026, 5, 4));
        let sent = Outcome::Sent { message: MessageId(77), at: at("2026-05-04T06:00:00Z") };
        store.record_outcome(claimed.key, sent).await.unwrap();
        let moved_on = store.move_on(ChannelId(5), at("2026-05-04T06:00:00Z")).await.unwrap().unwrap();
        assert_eq!(moved_on.next.unwrap().day, date(2026, 5, 5));
    }
}

#[tokio::test]
async fn a_post_that_came_stays_so_whatever_a_slower_try_says() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        settle(store, "2026-05-04T07:00:00Z", &["a"]).await.unwrap();
        let post = PostKey { channel: ChannelId(5), day: date(2026, 5, 4) };
        let sent = Outcome::Sent { message: MessageId(77), at: at("2026-05-04T07:00:01Z") };
        store.record_outcome(post, sent).await.unwrap();
        store.record_outcome(post, Outcome::Failed(FailReason::Refused)).await.unwrap();
        assert_eq!(store.last_post(ChannelId(5)).await.unwrap().unwrap().outcome, sent);
    }
}

#[tokio::test]
async fn slots_missed_for_too_long_are_noted_as_skipped() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        assert_eq!(settle(store, "2026-05-05T14:00:00Z", &["a"]).await, None);
        let posts = store.posts_since(ChannelId(5), date(2026, 5, 1)).await.unwrap();
        let outcomes: Vec<_> = posts.iter().map(|post| (post.key.day.day(), post.outcome)).collect();
        let down = Outcome::Skipped(SkipReason::Down);
        assert_eq!(outcomes, [(4, down), (5, down)]);
    }
}

#[tokio::test]
async fn a_cycle_goes_on_when_the_daily_question_ends_and_is_set_up_anew() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let first = settle(store, "2026-05-04T07:00:00Z", &["a", "b"]).await.unwrap();
        store.delete_daily(ChannelId(5)).await.unwrap();
        put(store, daily(5), "2026-05-04T07:00:00Z").await;
        let second = settle(store, "2026-05-05T07:00:00Z", &["a", "b"]).await.unwrap();
        assert_ne!(first, second);
    }
}

#[tokio::test]
async fn with_no_question_left_the_day_fails_with_that_reason() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        assert_eq!(settle(store, "2026-05-04T07:00:00Z", &[]).await, None);
        let last = store.last_post(ChannelId(5)).await.unwrap().unwrap();
        assert_eq!(last.outcome, Outcome::Failed(FailReason::NoQuestion));
    }
}

#[tokio::test]
async fn people_who_answered_a_post_are_counted_once_each() {
    for opened in every_database().await {
        let store = &opened.store;
        let post = PostKey { channel: ChannelId(5), day: date(2026, 5, 4) };
        for (id, user) in [(1, 2), (2, 2), (3, 3)] {
            let about = About { post: Some(post), ..about(user, "a") };
            store.record_answer(answer(id, about, &format!("Number {id}"))).await.unwrap();
        }
        store.record_answer(answer(4, about(4, "a"), "Elsewhere")).await.unwrap();
        assert_eq!(store.people_who_answered(post).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn a_post_that_may_have_come_is_taken_up_with_its_own_question() {
    for opened in every_database().await {
        let store = &opened.store;
        let set_up = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        settle(store, "2026-05-04T07:00:00Z", &["a", "b", "c"]).await.unwrap();
        let first = store.last_post(ChannelId(5)).await.unwrap().unwrap();
        store.record_outcome(first.key, Outcome::Unknown).await.unwrap();
        let again = claim_today(store, &set_up, "2026-05-04T15:00:00Z").await.unwrap();
        assert_eq!((again.question, again.unclear_since), (first.question, Some(at("2026-05-04T07:00:00Z"))));
        assert!(again.window_ends_at > at("2026-05-04T15:00:00Z"));
    }
}

#[tokio::test]
async fn a_claim_that_nobody_was_there_to_take_up_is_told_from_one_that_was_tried() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        settle(store, "2026-05-04T07:00:00Z", &["a"]).await.unwrap();
        let tried = store.retake_claims(at("2026-05-04T07:01:00Z"), 9).await.unwrap().remove(0);
        let left = store.retake_claims(at("2026-05-04T14:00:00Z"), 9).await.unwrap().remove(0);
        assert_eq!((tried.was_left_alone, left.was_left_alone), (false, true));
    }
}

#[tokio::test]
async fn an_admins_pause_outlasts_days_without_permission() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        settle(store, "2026-05-04T07:00:00Z", &["a"]).await.unwrap();
        let post = store.last_post(ChannelId(5)).await.unwrap().unwrap().key;
        store.record_outcome(post, Outcome::Failed(FailReason::NotAllowed)).await.unwrap();
        store.pause_daily(ChannelId(5), Pause::Admin).await.unwrap();
        store.pause_where_refused(ChannelId(5), 1).await.unwrap();
        assert_eq!(store.daily(ChannelId(5)).await.unwrap().unwrap().pause, Some(Pause::Admin));
    }
}
