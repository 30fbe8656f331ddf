//! How often a bot signs in, and how often it may.

use std::time::Duration;

use sandbox::Sandbox;
use serde_json::{Value, json};

use crate::bot::{Ending, Gateway, MONDAY_MS, Rest};

async fn sandbox() -> Sandbox {
    Sandbox::start_at(MONDAY_MS).await.expect("a free port")
}

async fn limit(sandbox: &Sandbox) -> Value {
    Rest::of(sandbox).get("/gateway/bot").await.body["session_start_limit"].clone()
}

#[tokio::test]
async fn each_identify_is_counted_and_taken_from_the_days_budget() {
    let sandbox = sandbox().await;
    let whole = json!({"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1});
    assert_eq!(limit(&sandbox).await, whole);
    Gateway::signs_in(&sandbox).await;
    sandbox.rejects_identify_with(Some(4014));
    let mut gateway = Gateway::opens(&sandbox).await;
    gateway.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
    assert_eq!(gateway.closing().await, 4014);
    sandbox.clock().advance(Duration::from_hours(1));
    let spent = json!({"total": 1000, "remaining": 998, "reset_after": 82_800_000, "max_concurrency": 1});
    assert_eq!(limit(&sandbox).await, spent);
    assert_eq!((sandbox.identifies(), sandbox.resumes()), (2, 0));
    sandbox.clock().advance(Duration::from_hours(23));
    assert_eq!(limit(&sandbox).await, whole);
}

#[tokio::test]
async fn a_wrong_token_is_counted_and_takes_nothing() {
    let sandbox = sandbox().await;
    let mut gateway = Gateway::opens(&sandbox).await;
    gateway.identifies("wrong", json!(1), json!([0, 1])).await;
    assert_eq!(gateway.closing().await, 4004);
    assert_eq!((sandbox.identifies(), limit(&sandbox).await["remaining"].clone()), (1, json!(1000)));
}

#[tokio::test]
async fn an_identify_too_many_ends_all_sessions_and_is_a_problem() {
    let sandbox = sandbox().await;
    sandbox.set_identify_budget(1);
    let (mut first, session) = Gateway::signs_in(&sandbox).await;
    assert_eq!(limit(&sandbox).await["remaining"], 0);
    assert_eq!(sandbox.problems(), Vec::<String>::new());
    let mut second = Gateway::opens(&sandbox).await;
    second.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
    assert_eq!((second.ends().await, first.ends().await), (Ending::Code(4004), Ending::Code(4004)));
    assert_eq!(Gateway::resumes(&sandbox, &session, 1).await.next().await["op"], 9);
    assert_eq!(sandbox.problems(), ["IDENTIFY came after the day's budget was used up"]);
    sandbox.clock().advance(Duration::from_hours(24));
    Gateway::signs_in(&sandbox).await;
}

#[tokio::test]
async fn only_what_was_resumed_counts_as_a_resume() {
    let sandbox = sandbox().await;
    let (gateway, session) = Gateway::signs_in(&sandbox).await;
    drop(gateway);
    assert_eq!(Gateway::resumes(&sandbox, "unknown", 1).await.next().await["op"], 9);
    assert_eq!(sandbox.resumes(), 0);
    let waiting = sandbox.clone();
    let waiting = tokio::spawn(async move { waiting.wait_for_resumes(2).await });
    for _ in 0..2 {
        assert_eq!(Gateway::resumes(&sandbox, &session, 1).await.next().await["t"], "RESUMED");
    }
    waiting.await.unwrap();
    sandbox.wait_for_identifies(1).await;
    assert_eq!((sandbox.identifies(), sandbox.resumes()), (1, 2));
}
