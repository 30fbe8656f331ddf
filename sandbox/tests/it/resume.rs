//! A session that lost its connection: what it keeps, and when it is gone.

use sandbox::Sandbox;
use serde_json::{Value, json};

use crate::bot::{Gateway, MONDAY_MS};

/// How the gateway says that a session can't be taken up.
fn anew() -> Value {
    json!({"op": 9, "s": null, "t": null, "d": false})
}

async fn sandbox() -> Sandbox {
    Sandbox::start_at(MONDAY_MS).await.expect("a free port")
}

#[tokio::test]
async fn what_happens_while_the_client_is_away_comes_when_it_resumes() {
    let sandbox = sandbox().await;
    let (mut gateway, session) = Gateway::signs_in(&sandbox).await;
    let guild = sandbox.add_guild("Test");
    assert_eq!(gateway.next().await["s"], 2);
    sandbox.drop_gateway();
    assert_eq!(gateway.closing().await, 4000);
    guild.add_channel("one");
    guild.add_channel("two");
    let mut again = Gateway::resumes(&sandbox, &session, 2).await;
    for (seq, name) in [(3, "one"), (4, "two")] {
        let missed = again.next().await;
        assert_eq!((&missed["s"], &missed["d"]["name"]), (&json!(seq), &json!(name)));
    }
    let resumed = again.next().await;
    assert_eq!((&resumed["s"], &resumed["t"]), (&json!(5), &json!("RESUMED")));
    guild.add_channel("three");
    assert_eq!(again.next().await["s"], 6);
}

#[tokio::test]
async fn what_was_sent_and_never_seen_comes_again() {
    let sandbox = sandbox().await;
    let (gateway, session) = Gateway::signs_in(&sandbox).await;
    let guild = sandbox.add_guild("Test");
    guild.add_channel("one");
    drop(gateway);
    let mut again = Gateway::resumes(&sandbox, &session, 1).await;
    assert_eq!(again.next().await["t"], "GUILD_CREATE");
    assert_eq!(again.next().await["d"]["name"], "one");
    assert_eq!(again.next().await["t"], "RESUMED");
    drop(again);
    let mut third = Gateway::resumes(&sandbox, &session, 3).await;
    let resumed = third.next().await;
    assert_eq!((&resumed["s"], &resumed["t"]), (&json!(5), &json!("RESUMED")), "the first RESUMED does not come again");
}

#[tokio::test]
async fn a_session_whose_connection_hangs_goes_over_to_the_new_one() {
    let sandbox = sandbox().await;
    let (mut old, session) = Gateway::signs_in(&sandbox).await;
    let mut new = Gateway::resumes(&sandbox, &session, 1).await;
    assert_eq!(new.next().await["t"], "RESUMED");
    assert_eq!(old.closing().await, 4000);
    sandbox.add_guild("Test").add_channel("one");
    assert_eq!(new.event("CHANNEL_CREATE").await["name"], "one");
}

#[tokio::test]
async fn who_says_farewell_gives_the_session_up() {
    let sandbox = sandbox().await;
    for code in [1000, 1001] {
        let (gateway, session) = Gateway::signs_in(&sandbox).await;
        gateway.closes(code).await;
        assert_eq!(Gateway::resumes(&sandbox, &session, 1).await.next().await, anew());
    }
    let (gateway, session) = Gateway::signs_in(&sandbox).await;
    gateway.closes(4000).await;
    assert_eq!(Gateway::resumes(&sandbox, &session, 1).await.next().await["t"], "RESUMED");
}

#[tokio::test]
async fn a_thousand_missed_events_are_kept_and_one_more_is_too_many() {
    for (missed, first) in [(1_000, json!([2, "GUILD_CREATE"])), (1_001, json!([null, null]))] {
        let sandbox = sandbox().await;
        let (mut gateway, session) = Gateway::signs_in(&sandbox).await;
        sandbox.drop_gateway();
        assert_eq!(gateway.closing().await, 4000);
        for _ in 0..missed {
            let _ = sandbox.add_guild("Test");
        }
        let next = Gateway::resumes(&sandbox, &session, 1).await.next().await;
        assert_eq!(json!([next["s"], next["t"]]), first, "{next}");
    }
}

#[tokio::test]
async fn an_event_that_was_never_sent_can_not_have_been_seen() {
    let sandbox = sandbox().await;
    let (gateway, session) = Gateway::signs_in(&sandbox).await;
    drop(gateway);
    assert_eq!(Gateway::resumes(&sandbox, &session, 2).await.closing().await, 4007);
    assert_eq!(Gateway::resumes(&sandbox, &session, 1).await.next().await, anew(), "the session is over");
}

#[tokio::test]
async fn a_resume_needs_the_token_and_a_number_and_a_connection_without_a_session() {
    let sandbox = sandbox().await;
    let (_held, session) = Gateway::signs_in(&sandbox).await;
    for (token, seq, code) in [("wrong", json!(1), 4004), (sandbox.token(), Value::Null, 4002)] {
        let mut gateway = Gateway::opens(&sandbox).await;
        gateway.asks_to_resume(token, &session, seq).await;
        assert_eq!(gateway.closing().await, code);
    }
    let mut gateway = Gateway::resumes(&sandbox, &session, 1).await;
    assert_eq!(gateway.next().await["t"], "RESUMED");
    gateway.asks_to_resume(sandbox.token(), &session, json!(1)).await;
    assert_eq!(gateway.closing().await, 4005);
}
