//! Answers that were said to be saved outlive the program.

use std::time::Duration;

use sqlx::{Connection, SqliteConnection};
use tokio::task::JoinSet;

use super::World;

/// How many answers come at the same time, and after how many that are saved the bot is killed.
const BURST: usize = 200;
const ENOUGH: usize = 60;

/// Longer than all of them take.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_that_was_acknowledged_before_a_kill_in_a_burst_is_stored() {
    let mut world = World::begins(1).await;
    let (told, mut acknowledged) = tokio::sync::mpsc::unbounded_channel();
    let mut burst = JoinSet::new();
    for number in 0..BURST {
        let (ada, told) = (world.guild.add_member(&format!("Member {number}")), told.clone());
        burst.spawn(async move {
            let situation = format!("Number {number}");
            let parts = [("situation", situation.as_str()), ("task", "T"), ("action", "I did"), ("result", "5 %")];
            let question = [("question", "protect-user-data")];
            let reply = ada.runs_with("/answer", &[parts.as_slice(), &question].concat()).await;
            if !reply.failed() && reply.message().content.contains("Saved as your attempt 1") {
                // Nobody listens any more when the test has failed.
                let _ = told.send(situation);
            }
        });
    }
    drop(told);
    let mut saved = Vec::new();
    while saved.len() < ENOUGH {
        let next = tokio::time::timeout(PATIENCE, acknowledged.recv()).await;
        saved.push(next.expect("an answer in time").expect("more answers"));
    }
    world.bot_dies();
    burst.join_all().await;
    while let Ok(late) = acknowledged.try_recv() {
        saved.push(late);
    }
    assert!(saved.len() < BURST, "the kill came too late to prove anything");

    let url = format!("sqlite://{}", world.folder.path().join("starling.db").display());
    let mut database = SqliteConnection::connect(&url).await.unwrap();
    let stored: Vec<String> =
        sqlx::query_scalar("select situation from answer").fetch_all(&mut database).await.unwrap();
    let lost: Vec<_> = saved.iter().filter(|situation| !stored.contains(situation)).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), saved.len());
}
