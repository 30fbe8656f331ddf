//! The gateway misbehaving as a test orders it to.

use std::time::Duration;

use sandbox::Sandbox;
use serde_json::{Value, json};

use crate::bot::{Ending, Gateway, MONDAY_MS};

async fn sandbox() -> Sandbox {
    Sandbox::start_at(MONDAY_MS).await.expect("a free port")
}

/// What a test does to the gateway.
type Order = fn(&Sandbox);

/// The kind of the first answer to a RESUME, or the number of an operation that is no event.
async fn resumed(sandbox: &Sandbox, session: &str) -> Value {
    let answer = Gateway::resumes(sandbox, session, 1).await.next().await;
    if answer["op"] == 0 { answer["t"].clone() } else { answer["op"].clone() }
}

#[tokio::test]
async fn a_connection_ends_in_each_way_and_its_session_lives_on() {
    let sandbox = sandbox().await;
    let cases: [(Order, Ending); 5] = [
        (Sandbox::drop_gateway, Ending::Code(4000)),
        (|sandbox| sandbox.closes_gateway(4008, "Rate limited."), Ending::Code(4008)),
        (|sandbox| sandbox.closes_gateway(1001, "going away"), Ending::Code(1001)),
        (Sandbox::closes_gateway_without_code, Ending::WithoutCode),
        (Sandbox::cuts_gateway, Ending::Cut),
    ];
    for (order, ending) in cases {
        let (mut gateway, session) = Gateway::signs_in(&sandbox).await;
        order(&sandbox);
        assert_eq!(gateway.ends().await, ending);
        assert_eq!(resumed(&sandbox, &session).await, "RESUMED", "after {ending:?}");
    }
}

#[tokio::test]
async fn some_codes_end_the_session_too() {
    let sandbox = sandbox().await;
    for code in [4003, 4004, 4007, 4009, 4014] {
        let (mut gateway, session) = Gateway::signs_in(&sandbox).await;
        sandbox.closes_gateway(code, "");
        assert_eq!(gateway.closing().await, code);
        assert_eq!(resumed(&sandbox, &session).await, 9, "after {code}");
    }
}

#[tokio::test]
async fn who_is_asked_to_reconnect_hears_on_until_it_does() {
    let sandbox = sandbox().await;
    let (mut gateway, session) = Gateway::signs_in(&sandbox).await;
    sandbox.asks_to_reconnect();
    assert_eq!(gateway.next().await, json!({"op": 7, "s": null, "t": null, "d": null}));
    let _guild = sandbox.add_guild("Test");
    assert_eq!(gateway.next().await["t"], "GUILD_CREATE");
    gateway.closes(4000).await;
    assert_eq!(resumed(&sandbox, &session).await, "GUILD_CREATE");
}

#[tokio::test]
async fn an_invalid_session_is_resumed_or_not_as_the_gateway_says() {
    let sandbox = sandbox().await;
    for (resumable, answer) in [(true, json!("RESUMED")), (false, json!(9))] {
        let (mut gateway, session) = Gateway::signs_in(&sandbox).await;
        sandbox.invalidates_session(resumable);
        assert_eq!(gateway.next().await, json!({"op": 9, "s": null, "t": null, "d": resumable}));
        assert_eq!(resumed(&sandbox, &session).await, answer);
        gateway.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
        assert_eq!(gateway.next().await["t"], "READY", "a new session on the same connection");
    }
}

#[tokio::test]
async fn new_connections_are_refused_until_it_is_over() {
    let sandbox = sandbox().await;
    let (mut gateway, _) = Gateway::signs_in(&sandbox).await;
    sandbox.refuses_gateway(true);
    assert_eq!(Gateway::connects(&sandbox).await.unwrap_err(), 503);
    let _guild = sandbox.add_guild("Test");
    assert_eq!(gateway.next().await["t"], "GUILD_CREATE");
    sandbox.refuses_gateway(false);
    Gateway::opens(&sandbox).await;
}

#[tokio::test]
async fn every_identify_is_rejected_with_the_code_until_it_is_over() {
    let sandbox = sandbox().await;
    for code in [4003, 4004, 4010, 4011, 4012, 4013, 4014] {
        sandbox.rejects_identify_with(Some(code));
        for _ in 0..2 {
            let mut gateway = Gateway::opens(&sandbox).await;
            gateway.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
            assert_eq!(gateway.closing().await, code);
        }
    }
    sandbox.rejects_identify_with(None);
    Gateway::signs_in(&sandbox).await;
}

#[tokio::test]
async fn heartbeats_stay_unanswered_until_it_is_over() {
    let sandbox = sandbox().await;
    let (mut gateway, _) = Gateway::signs_in(&sandbox).await;
    sandbox.ignores_heartbeats(true);
    gateway.sends(json!({"op": 1, "d": 1})).await;
    gateway.sends_text("no JSON").await;
    assert_eq!(gateway.closing().await, 4002, "nothing came before");
    sandbox.ignores_heartbeats(false);
    let mut gateway = Gateway::opens(&sandbox).await;
    gateway.sends(json!({"op": 1, "d": null})).await;
    assert_eq!(gateway.next().await["op"], 11);
}

#[tokio::test]
async fn what_is_said_in_silence_comes_by_a_resume_alone() {
    let sandbox = sandbox().await;
    let (mut gateway, session) = Gateway::signs_in(&sandbox).await;
    sandbox.silences_gateway(true);
    let guild = sandbox.add_guild("Test");
    let mut mute = Gateway::connects(&sandbox).await.unwrap();
    mute.sends_text("no JSON").await;
    assert_eq!(mute.closing().await, 4002, "there was no HELLO");
    sandbox.silences_gateway(false);
    guild.add_channel("one");
    let heard = gateway.next().await;
    assert_eq!((&heard["t"], &heard["s"]), (&json!("CHANNEL_CREATE"), &json!(3)));
    assert_eq!(resumed(&sandbox, &session).await, "GUILD_CREATE");
}

#[tokio::test]
async fn who_connects_is_told_how_often_a_heartbeat_is_wanted() {
    let sandbox = sandbox().await;
    for (ordered, told) in [(None, 41_250), (Some(Duration::from_secs(2)), 2000)] {
        if let Some(interval) = ordered {
            sandbox.wants_heartbeats_every(interval);
        }
        let mut gateway = Gateway::connects(&sandbox).await.expect("a socket");
        assert_eq!(gateway.next().await["d"]["heartbeat_interval"], told);
    }
}
