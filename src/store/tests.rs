//! How SQLite goes about what a person asks for often: by an index, whatever the size of the table.

use sqlx::{AssertSqlSafe, Row};

use super::{Store, answer, progress};
use crate::domain::answer::{StarAnswer, Typed};
use crate::domain::attempt::{About, NewAnswer};
use crate::domain::id::{InteractionId, UserId};
use crate::domain::question::QuestionKey;

/// The steps of a statement's plan.
async fn plan(store: &Store, statement: &str) -> Vec<String> {
    let explained = AssertSqlSafe(format!("explain query plan {statement}"));
    let steps = sqlx::query(explained).fetch_all(&store.read).await.unwrap();
    steps.iter().map(|step| step.get("detail")).collect()
}

#[tokio::test]
async fn history_and_progress_walk_indexes_and_read_no_text_to_count() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    let covered = |index: &str| vec![format!("SEARCH answer USING COVERING INDEX {index}")];
    let each = |steps: &[&str]| steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>();
    for (statement, expected) in [
        (answer::COUNT_ALL, covered("answer_channel (user_id=?)")),
        (answer::COUNT_OF_ONE, covered("answer_attempt (user_id=? AND question_key=?)")),
        (progress::ANSWERED_AT, covered("answer_history (user_id=?)")),
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
        (progress::SENT, each(&["SEARCH post USING INDEX sqlite_autoindex_post_1 (channel_id=? AND day>?)"])),
    ] {
        assert_eq!(plan(&store, statement).await, expected, "{statement}");
    }
}

#[tokio::test]
async fn an_answer_that_comes_again_before_it_lasts_is_not_said_to_be_stored() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    let part = || "a part".to_owned();
    let answer = Typed { situation: part(), task: part(), action: part(), result: part() };
    let question = QuestionKey::parse("a-key").unwrap();
    let new = NewAnswer {
        id: InteractionId(1),
        about: About { user: UserId(2), question, guild: None, post: None },
        answer: StarAnswer::parse(answer).unwrap(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
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
