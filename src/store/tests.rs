//! How SQLite goes about what a person asks for often: by an index, whatever the size of the table. And how answers that come at the same
//! time are stored.

use std::ops::RangeInclusive;
use std::time::Duration;

use jiff::SignedDuration;
use sqlx::{AssertSqlSafe, Row};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{Store, StoreError, answer, intake, progress};
use crate::domain::answer::{StarAnswer, Submission, Typed};
use crate::domain::attempt::{About, NewAnswer, Receipt};
use crate::domain::id::{InteractionId, UserId};
use crate::domain::question::QuestionKey;

/// An empty database, and the folder that it vanishes with.
async fn open() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    (store, folder)
}

/// The steps of a statement's plan.
async fn plan(store: &Store, statement: &str) -> Vec<String> {
    let explained = AssertSqlSafe(format!("explain query plan {statement}"));
    let steps = sqlx::query(explained).fetch_all(&store.read).await.unwrap();
    steps.iter().map(|step| step.get("detail")).collect()
}

#[tokio::test]
async fn history_and_progress_walk_indexes_and_read_no_text_to_count() {
    let (store, _folder) = open().await;
    let covered = |index: &str| vec![format!("SEARCH answer USING COVERING INDEX {index}")];
    let each = |steps: &[&str]| steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>();
    for (statement, expected) in [
        (answer::COUNT_ALL, covered("answer_channel (user_id=?)")),
        (answer::COUNT_OF_ONE, covered("answer_attempt (user_id=? AND question_key=?)")),
        (
            progress::ANSWERED_AT,
            each(&["SEARCH answer USING COVERING INDEX answer_history (user_id=?)", "USE TEMP B-TREE FOR GROUP BY"]),
        ),
        (progress::BY_QUESTION, covered("answer_attempt (user_id=?)")),
        // Only what is shown is read, and it lies in order.
        (answer::PAGE_OF_ALL, each(&["SEARCH answer USING INDEX answer_history (user_id=?)"])),
        (answer::PAGE_OF_ONE, each(&["SEARCH answer USING INDEX answer_attempt (user_id=? AND question_key=?)"])),
        // To search is to read the person's texts, each once, and nobody else's. What is found is put in order by its keys.
        (answer::COUNT_FOUND, each(&["SEARCH answer USING INDEX answer_channel (user_id=?)"])),
        (
            answer::PAGE_FOUND,
            each(&[
                "CO-ROUTINE found",
                "CO-ROUTINE (subquery-3)",
                "SEARCH answer USING INDEX answer_channel (user_id=?)",
                "SCAN (subquery-3)",
                "USE TEMP B-TREE FOR ORDER BY",
                "SCAN found",
                "SEARCH answer USING INDEX sqlite_autoindex_answer_1 (interaction_id=?)",
                "USE TEMP B-TREE FOR ORDER BY",
            ]),
        ),
        (
            answer::ANSWERED_QUESTIONS,
            each(&["SEARCH answer USING INDEX answer_attempt (user_id=?)", "USE TEMP B-TREE FOR ORDER BY"]),
        ),
        (progress::CHANNELS, covered("answer_channel (user_id=? AND channel_id>?)")),
        (
            progress::BEGAN,
            each(&["SEARCH answer USING INDEX answer_channel (user_id=? AND channel_id=? AND answered_at=?)"]),
        ),
        (
            progress::COPIES,
            each(&[
                "SEARCH post USING INDEX sqlite_autoindex_post_1 (channel_id=? AND day=?)",
                "SEARCH copy USING INDEX post_message (message_id=?)",
                "CORRELATED SCALAR SUBQUERY 1",
                "SEARCH post USING INDEX sqlite_autoindex_post_1 (channel_id=?)",
                "USE TEMP B-TREE FOR ORDER BY",
            ]),
        ),
        (
            progress::SENT,
            each(&[
                "SEARCH post USING INDEX sqlite_autoindex_post_1 (channel_id=? AND day>?)",
                "USE TEMP B-TREE FOR GROUP BY",
            ]),
        ),
    ] {
        assert_eq!(plan(&store, statement).await, expected, "{statement}");
    }
}

#[tokio::test]
async fn what_goes_with_answers_is_looked_up_for_each_by_an_index() {
    let (store, _folder) = open().await;
    for (statement, tables) in [
        (intake::BESIDE, &["incoming", "draft", "person", "revisit"] as &[&str]),
        (intake::EARLIER, &["incoming", "answer", "other"]),
    ] {
        let steps = plan(&store, &intake::asking(statement, "(1, 2, 'a'), (3, 4, 'b')")).await;
        for step in steps.iter().filter(|step| step.starts_with("SCAN")) {
            assert!(step.starts_with("SCAN incoming") || step.contains("CONSTANT ROW"), "{step} in {steps:#?}");
        }
        for table in &tables[1..] {
            assert!(
                steps.iter().any(|step| step.starts_with(&format!("SEARCH {table} USING"))),
                "{table} in {steps:#?}"
            );
        }
    }
}

fn new_answer(id: u64, user: u64, situation: &str) -> NewAnswer {
    let part = || "a part".to_owned();
    let answer = Typed { situation: situation.to_owned(), task: part(), action: part(), result: part() };
    let question = QuestionKey::parse("a-key").unwrap();
    NewAnswer {
        id: InteractionId(id),
        about: About { user: UserId(user), question, guild: None, post: None },
        answer: StarAnswer::parse(answer).unwrap(),
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

/// Which of these answers are stored, each by the person of its own number.
async fn kept(store: &Store, ids: RangeInclusive<u64>) -> Vec<bool> {
    let mut kept = Vec::new();
    for id in ids {
        kept.push(store.attempt(UserId(id), InteractionId(id)).await.unwrap().is_some());
    }
    kept
}

/// Hands an answer in, and lets it get to where it waits.
async fn hand_in(store: &Store, new: NewAnswer) -> JoinHandle<Result<Receipt, StoreError>> {
    let store = store.clone();
    let handed = tokio::spawn(async move { store.record_answer(new).await });
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
    handed
}

#[tokio::test]
async fn of_answers_that_are_stored_together_one_that_fails_fails_alone() {
    let (store, _folder) = open().await;
    let refuse = "create trigger refuse before insert on answer when new.situation = 'refused' \
        begin select raise(abort, 'refused'); end";
    sqlx::query(refuse).execute(&store.write).await.unwrap();
    let writing = store.begin().await.unwrap();
    // The first waits for the connection, and behind it the others for each other.
    let mut handed = Vec::new();
    for (id, situation) in [(1, "one"), (2, "two"), (3, "refused"), (4, "four")] {
        handed.push(hand_in(&store, new_answer(id, id, situation)).await);
    }
    writing.commit().await.unwrap();
    let mut stored = Vec::new();
    for handed in handed {
        stored.push(handed.await.unwrap().is_ok());
    }
    assert_eq!(stored, [true, true, false, true]);
    assert_eq!(kept(&store, 1..=4).await, [true, true, false, true]);
}

#[tokio::test]
async fn all_who_wait_for_a_busy_database_hear_so_when_the_first_does() {
    let (store, _folder) = open().await;
    let writing = store.begin().await.unwrap();
    let mut handed = Vec::new();
    for id in 1..=200 {
        handed.push(hand_in(&store, new_answer(id, id, "waits")).await);
    }
    let mut handed = handed.into_iter();
    assert!(handed.next().unwrap().await.unwrap().unwrap_err().is_busy());
    for handed in handed {
        let heard = timeout(Duration::from_secs(1), handed).await.expect("it waits as long as the first again");
        assert!(heard.unwrap().unwrap_err().is_busy());
    }
    writing.commit().await.unwrap();
}

#[tokio::test]
async fn a_draft_that_was_put_down_after_an_answer_was_sent_stays_when_that_is_stored() {
    let (store, _folder) = open().await;
    let new = new_answer(1, 2, "whole");
    let half = Typed { situation: "half".to_owned(), ..Typed::default() };
    let Submission::Partial(draft) = Submission::parse(half) else { panic!("it is half of an answer") };
    for (after, stays) in [(0, false), (1, true)] {
        let at = new.at + SignedDuration::from_millis(after);
        store.put_draft(&new.about, &draft, at).await.unwrap();
        store
            .record_answer(NewAnswer {
                id: InteractionId(7 + u64::from(stays)),
                ..new_answer(1, 2, &format!("{after}"))
            })
            .await
            .unwrap();
        assert_eq!(store.draft(UserId(2), &new.about.question).await.unwrap().is_some(), stays);
    }
}

#[tokio::test]
async fn what_deletes_everything_comes_after_the_answers_that_were_sent_before() {
    let (store, _folder) = open().await;
    let writing = store.begin().await.unwrap();
    let mut handed = Vec::new();
    for (id, situation) in [(1, "first"), (2, "second"), (3, "third")] {
        handed.push(hand_in(&store, new_answer(id, 7, situation)).await);
    }
    let forgetting = tokio::spawn({
        let store = store.clone();
        async move { store.forget(UserId(7)).await.map(|deleted| deleted.rows) }
    });
    tokio::task::yield_now().await;
    writing.commit().await.unwrap();
    for handed in handed {
        handed.await.unwrap().unwrap();
    }
    assert_eq!(forgetting.await.unwrap().unwrap(), 3);
    assert!(store.newest_attempt(UserId(7), &QuestionKey::parse("a-key").unwrap()).await.unwrap().is_none());
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_stored() {
    let (store, _folder) = open().await;
    let writing = store.begin().await.unwrap();
    let first = hand_in(&store, new_answer(1, 1, "waits")).await;
    let gives_up = hand_in(&store, new_answer(2, 2, "gives up")).await;
    gives_up.abort();
    assert!(gives_up.await.unwrap_err().is_cancelled());
    writing.commit().await.unwrap();
    first.await.unwrap().unwrap();
    store.record_answer(new_answer(3, 3, "comes later")).await.unwrap();
    assert_eq!(kept(&store, 1..=3).await, [true, false, true]);
}

#[tokio::test]
async fn a_deletion_that_hangs_keeps_no_answer_waiting_for_ever() {
    let (store, _folder) = open().await;
    let deleting = store.intake.settled().await;
    let answering = timeout(Duration::from_secs(30), store.record_answer(new_answer(1, 1, "waits")));
    assert!(answering.await.expect("it waits").unwrap_err().is_busy());
    drop(deleting);
    store.record_answer(new_answer(1, 1, "waits")).await.unwrap();
}

#[tokio::test]
async fn the_attempt_before_is_told_of_also_when_an_answer_comes_again() {
    let (store, _folder) = open().await;
    let mut before = Vec::new();
    for (id, situation) in [(1, "one"), (2, "two"), (3, "three"), (2, "two")] {
        let receipt = store.record_answer(new_answer(id, 7, situation)).await.unwrap();
        before.push(receipt.before.map(|before| before.number));
    }
    // By then a newer one is there, and what it is compared with is gone from view.
    assert_eq!(before, [None, Some(1), Some(2), None]);
    let receipt = store.record_answer(new_answer(3, 7, "three")).await.unwrap();
    assert_eq!(receipt.before.map(|before| before.number), Some(2));
}

#[tokio::test]
async fn an_answer_that_comes_again_before_it_lasts_is_not_said_to_be_stored() {
    let (store, _folder) = open().await;
    let new = new_answer(1, 2, "a part");
    let first = store.begin().await.unwrap();
    let store_it = || {
        let (store, new) = (store.clone(), new.clone());
        tokio::spawn(async move { store.record_answer(new).await })
    };
    // Both stand in line before whoever keeps the transaction open.
    let deliveries = [store_it(), store_it()];
    tokio::task::yield_now().await;
    let last = tokio::spawn({
        let store = store.clone();
        async move { store.begin().await }
    });
    tokio::task::yield_now().await;
    let ends = tokio::spawn(first.commit());
    let last = last.await.unwrap().unwrap();
    assert!(deliveries.iter().all(|delivery| !delivery.is_finished()));
    last.commit().await.unwrap();
    ends.await.unwrap().unwrap();
    for delivery in deliveries {
        delivery.await.unwrap().unwrap();
    }
}
