//! Settings, questions put off, moves between channels, and feedback.

use super::*;

const FOUR: [&str; 4] = ["a", "b", "c", "d"];

/// What is asked on so many days from the fourth of May on.
async fn asked_on(store: &Store, days: std::ops::Range<u32>) -> Vec<QuestionKey> {
    let mut asked = Vec::new();
    for day in days {
        asked.extend(settle(store, &format!("2026-05-{day:02}T07:00:00Z"), &FOUR).await);
    }
    asked
}

#[tokio::test]
async fn settings_come_back_as_they_were_put() {
    for opened in every_database().await {
        let store = &opened.store;
        let packs = Packs::Only(vec!["one".to_owned(), "two".to_owned()]);
        let chosen = Daily { level: Some(Level::Senior), packs, opens_thread: true, ..daily(5) };
        let kept = put(store, chosen, "2026-05-04T06:00:00Z").await;
        assert_eq!(store.daily(ChannelId(5)).await.unwrap(), Some(kept));
    }
}

#[tokio::test]
async fn a_question_that_is_put_off_comes_last_in_its_cycle() {
    for opened in every_database().await {
        let store = &opened.store;
        let set_up = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let bank = bank(&FOUR);
        let choice = Choice { bank: &bank, fresh_seed: 7 };
        let next = store.next_question(&set_up, choice).await.unwrap();
        let (skipped, instead) = store.skip_question(&set_up, choice).await.unwrap().unwrap();
        assert_eq!(Some(&skipped), next.as_ref());
        assert_eq!(store.next_question(&set_up, choice).await.unwrap(), Some(instead.clone()));
        let asked = asked_on(store, 4..8).await;
        assert_eq!((asked.first(), asked.last(), asked.len()), (Some(&instead), Some(&skipped), 4));
    }
}

#[tokio::test]
async fn the_last_of_a_cycle_can_not_be_put_off_further() {
    for opened in every_database().await {
        let store = &opened.store;
        let set_up = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        asked_on(store, 4..7).await;
        let bank = bank(&FOUR);
        let (skipped, instead) =
            store.skip_question(&set_up, Choice { bank: &bank, fresh_seed: 7 }).await.unwrap().unwrap();
        assert_eq!(skipped, instead);
    }
}

#[tokio::test]
async fn a_move_takes_the_cycle_and_the_dates_along() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let mut asked = asked_on(store, 4..6).await;
        for day in 4..6 {
            let post = PostKey { channel: ChannelId(5), day: date(2026, 5, day) };
            let sent = Outcome::Sent { message: MessageId(70), at: at("2026-05-04T07:00:00Z") };
            store.record_outcome(post, sent).await.unwrap();
        }
        let before = store.daily(ChannelId(5)).await.unwrap().unwrap();
        assert_eq!(store.move_daily(&before, ChannelId(6), at("2026-05-05T07:00:00Z")).await.unwrap(), Moved::There);
        assert_eq!(store.daily(ChannelId(5)).await.unwrap(), None);
        let moved = store.daily(ChannelId(6)).await.unwrap().unwrap();
        assert_eq!(moved, Daily { channel: ChannelId(6), ..before });
        assert!(claim_today(store, &moved, "2026-05-05T08:00:00Z").await.is_none(), "the date is taken");
        let zone = store.newest_post(ChannelId(6)).await.unwrap().unwrap().zone;
        assert_eq!(zone.as_ref(), Some(&moved.schedule.zone));

        let bank = bank(&FOUR);
        let choice = Choice { bank: &bank, fresh_seed: 99 };
        for day in ["2026-05-06T07:00:00Z", "2026-05-07T07:00:00Z"] {
            asked.extend(store.settle(ChannelId(6), choice, at(day)).await.unwrap().unwrap().1.question);
        }
        asked.sort();
        assert_eq!(asked, FOUR.map(key));
        assert_eq!(store.post_of_thread(ChannelId(70)).await.unwrap().unwrap().key.channel, ChannelId(5));
    }
}

/// Claims what is due in a channel and notes it as sent.
async fn posts(store: &Store, channel: u64, instant: &str) -> QuestionKey {
    let bank = bank(&FOUR);
    let choice = Choice { bank: &bank, fresh_seed: 3 };
    let post = store.settle(ChannelId(channel), choice, at(instant)).await.unwrap().unwrap().1;
    store.record_outcome(post.key, Outcome::Sent { message: MessageId(channel), at: at(instant) }).await.unwrap();
    post.question.unwrap()
}

async fn moves(store: &Store, from: u64, to: u64, instant: &str) -> Moved {
    let before = store.daily(ChannelId(from)).await.unwrap().unwrap();
    store.move_daily(&before, ChannelId(to), at(instant)).await.unwrap()
}

#[tokio::test]
async fn moved_there_and_back_it_goes_on_where_it_was() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let mut asked = vec![posts(store, 5, "2026-05-04T07:00:00Z").await];
        assert_eq!(moves(store, 5, 6, "2026-05-04T08:00:00Z").await, Moved::There);
        asked.push(posts(store, 6, "2026-05-05T07:00:00Z").await);
        assert_eq!(moves(store, 6, 5, "2026-05-05T08:00:00Z").await, Moved::There);
        for day in [6, 7] {
            asked.push(posts(store, 5, &format!("2026-05-{day:02}T07:00:00Z")).await);
        }
        asked.sort();
        assert_eq!(asked, FOUR.map(key));
    }
}

#[tokio::test]
async fn a_move_takes_its_dates_along_also_where_the_channel_skipped_or_failed_on_them() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(6), "2026-05-04T06:00:00Z").await;
        let failed = settle_in(store, 6, "2026-05-04T07:00:00Z").await;
        store.record_outcome(failed, Outcome::Failed(FailReason::NotAllowed)).await.unwrap();
        store.delete_daily(ChannelId(6)).await.unwrap();
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        posts(store, 5, "2026-05-04T07:00:00Z").await;
        assert_eq!(moves(store, 5, 6, "2026-05-04T08:00:00Z").await, Moved::There);
        let moved = store.daily(ChannelId(6)).await.unwrap().unwrap();
        assert!(claim_today(store, &moved, "2026-05-04T09:00:00Z").await.is_none(), "the date is taken");
        let newest = store.newest_post(ChannelId(6)).await.unwrap().unwrap();
        assert_eq!(newest.key, PostKey { channel: ChannelId(5), day: date(2026, 5, 4) });
    }
}

#[tokio::test]
async fn while_a_post_is_under_way_nothing_moves() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let claimed = settle_in(store, 5, "2026-05-04T07:00:00Z").await;
        assert_eq!(moves(store, 5, 6, "2026-05-04T07:00:00Z").await, Moved::BeingSent);
        store.record_outcome(claimed, Outcome::Failed(FailReason::Unreachable)).await.unwrap();
        assert_eq!(moves(store, 5, 6, "2026-05-04T07:00:01Z").await, Moved::There);
    }
}

/// Claims what is due in a channel.
async fn settle_in(store: &Store, channel: u64, instant: &str) -> PostKey {
    let bank = bank(&FOUR);
    let choice = Choice { bank: &bank, fresh_seed: 3 };
    store.settle(ChannelId(channel), choice, at(instant)).await.unwrap().unwrap().1.key
}

#[tokio::test]
async fn what_a_post_that_failed_asked_is_asked_again() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let first = settle_in(store, 5, "2026-05-04T07:00:00Z").await;
        let question = store.last_post(ChannelId(5)).await.unwrap().unwrap().question.unwrap();
        store.record_outcome(first, Outcome::Failed(FailReason::Unreachable)).await.unwrap();
        assert_eq!(posts(store, 5, "2026-05-05T07:00:00Z").await, question);
    }
}

#[tokio::test]
async fn a_change_in_the_second_when_a_post_is_due_does_not_lose_it() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        put(store, Daily { opens_thread: true, ..daily(5) }, "2026-05-04T07:00:00.500Z").await;
        assert_eq!(settle_in(store, 5, "2026-05-04T07:00:01Z").await.day, date(2026, 5, 4));
        let next = store.daily(ChannelId(5)).await.unwrap().unwrap().next.unwrap();
        assert_eq!(next.day, date(2026, 5, 5));
    }
}

#[tokio::test]
async fn a_channel_that_has_one_takes_no_other() {
    for opened in every_database().await {
        let store = &opened.store;
        let one = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        put(store, daily(6), "2026-05-04T06:00:00Z").await;
        assert_eq!(store.move_daily(&one, ChannelId(6), at("2026-05-04T06:00:00Z")).await.unwrap(), Moved::HasOne);
        assert_eq!(store.daily(ChannelId(5)).await.unwrap(), Some(one));
    }
}

#[tokio::test]
async fn it_is_counted_how_many_questions_are_left_before_the_cycle_repeats() {
    for opened in every_database().await {
        let store = &opened.store;
        let set_up = put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let bank = bank(&FOUR);
        let left = async || store.questions_left(&set_up, Choice { bank: &bank, fresh_seed: 7 }).await.unwrap();
        let mut counts = vec![left().await];
        for day in 4..9 {
            asked_on(store, day..day + 1).await;
            counts.push(left().await);
        }
        assert_eq!(counts, [4, 3, 2, 1, 4, 3]);
    }
}

#[tokio::test]
async fn of_feedback_the_last_word_of_each_person_counts() {
    for opened in every_database().await {
        let store = &opened.store;
        for (user, helpful) in [(2, true), (3, true), (2, false)] {
            store.record_feedback(UserId(user), &key("a"), helpful, at("2026-05-04T06:00:00Z")).await.unwrap();
        }
        let verdict = Verdict { question: key("a"), helpful: 1, not_helpful: 1 };
        assert_eq!(store.feedback().await.unwrap(), [verdict]);
    }
}

#[tokio::test]
async fn a_date_that_failed_before_a_move_and_is_posted_after_it_stands_in_the_new_channel() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        let failed = settle_in(store, 5, "2026-05-04T07:00:00Z").await;
        store.record_outcome(failed, Outcome::Failed(FailReason::NotAllowed)).await.unwrap();
        assert_eq!(moves(store, 5, 6, "2026-05-04T08:00:00Z").await, Moved::There);
        let moved = store.daily(ChannelId(6)).await.unwrap().unwrap();
        let key = claim_today(store, &moved, "2026-05-04T09:00:00Z").await.unwrap().key;
        store
            .record_outcome(key, Outcome::Sent { message: MessageId(7), at: at("2026-05-04T09:00:01Z") })
            .await
            .unwrap();
        let newest = store.newest_post(ChannelId(6)).await.unwrap().unwrap();
        assert_eq!((newest.key, newest.moved_from), (key, None));
    }
}

#[tokio::test]
async fn a_move_in_the_second_when_a_post_is_due_does_not_lose_it() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        assert_eq!(moves(store, 5, 6, "2026-05-04T07:00:00.500Z").await, Moved::There);
        assert_eq!(settle_in(store, 6, "2026-05-04T07:00:01Z").await.day, date(2026, 5, 4));
    }
}
