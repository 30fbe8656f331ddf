//! How SQLite goes about what a person asks for often: by an index, whatever the size of the table.

use sqlx::{AssertSqlSafe, Row};

use super::{Store, answer, progress};

/// Through a person's answers in the order of time.
const HISTORY: &str = "SEARCH answer USING INDEX answer_history (user_id=?)";

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
        (answer::COUNT_ALL, covered("answer_history (user_id=?)")),
        (answer::COUNT_OF_ONE, covered("answer_attempt (user_id=? AND question_key=?)")),
        (progress::ANSWERED_AT, covered("answer_history (user_id=?)")),
        (progress::BY_QUESTION, covered("answer_attempt (user_id=?)")),
        // Only what is shown is read, and it lies in order.
        (answer::PAGE_OF_ALL, each(&[HISTORY])),
        (answer::PAGE_OF_ONE, each(&["SEARCH answer USING INDEX answer_attempt (user_id=? AND question_key=?)"])),
        // To search is to read the person's texts, and nobody else's.
        (answer::COUNT_FOUND, each(&[HISTORY])),
        (answer::PAGE_FOUND, each(&[HISTORY])),
        (
            answer::ANSWERED_QUESTIONS,
            each(&["SEARCH answer USING INDEX answer_attempt (user_id=?)", "USE TEMP B-TREE FOR ORDER BY"]),
        ),
        (
            progress::FOLLOWED,
            each(&[
                HISTORY,
                "SEARCH post USING INDEX sqlite_autoindex_post_1 (channel_id=? AND day=?)",
                "SEARCH copy USING INDEX post_message (message_id=?)",
                "USE TEMP B-TREE FOR GROUP BY",
            ]),
        ),
        (progress::SENT, each(&["SEARCH post USING INDEX sqlite_autoindex_post_1 (channel_id=? AND day>?)"])),
    ] {
        assert_eq!(plan(&store, statement).await, expected, "{statement}");
    }
}
