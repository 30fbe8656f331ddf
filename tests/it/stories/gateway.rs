//! The connection to the gateway: lost, refused, deaf, and the events that come by it twice or in pieces.

mod begins;

use std::time::{Duration, Instant};

use sandbox::{Fault, Sandbox};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::world::{Story, filled};

const MONDAY: &str = "2026-05-04T06:00:00Z";

impl Story {
    /// Ada asks for help, and is answered.
    async fn answers(&self) {
        let help = self.ada.runs("/help").await.message();
        assert!(help.content.contains("Starling"), "{help}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_close_without_a_code_people_are_answered_again_within_five_seconds() {
    let mut story = Story::without_bot(MONDAY, None).await;
    // The client that went deaf keeps a core busy until its next heartbeat.
    story.sandbox.wants_heartbeats_every(Duration::from_secs(8));
    story.bot_starts().await;
    story.answers().await;
    let closed_at = Instant::now();
    story.sandbox.closes_gateway_without_code();
    story.sandbox.ready().await.unwrap();
    story.answers().await;
    assert!(closed_at.elapsed() < Duration::from_secs(5), "it took {:?}", closed_at.elapsed());
    assert_eq!(story.sandbox.identifies(), 2);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_heartbeats_stay_unanswered_it_connects_anew() {
    let mut story = Story::without_bot(MONDAY, None).await;
    story.sandbox.wants_heartbeats_every(Duration::from_secs(1));
    story.bot_starts().await;
    story.sandbox.ignores_heartbeats(true);
    story.sandbox.wait_for_identifies(2).await;
    story.sandbox.ignores_heartbeats(false);
    story.sandbox.ready().await.unwrap();
    story.answers().await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_taken_up_again_and_what_happened_meanwhile_is_answered() {
    let story = Story::begins(MONDAY).await;
    let losses: [fn(&Sandbox); 4] =
        [Sandbox::drop_gateway, Sandbox::cuts_gateway, Sandbox::asks_to_reconnect, |sandbox| {
            sandbox.invalidates_session(true);
        }];
    for (times, lose) in losses.into_iter().enumerate() {
        lose(&story.sandbox);
        let mut meanwhile = JoinSet::new();
        for _ in 0..20 {
            let ada = story.ada.clone();
            meanwhile.spawn(async move { ada.runs("/help").await.message() });
        }
        assert_eq!(meanwhile.join_all().await.len(), 20);
        story.sandbox.wait_for_resumes(times + 1).await;
        story.answers().await;
    }
    assert_eq!(story.sandbox.identifies(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_session_is_over_it_signs_in_anew() {
    let story = Story::begins(MONDAY).await;
    let losses: [fn(&Sandbox); 2] =
        [|sandbox| sandbox.invalidates_session(false), |sandbox| sandbox.closes_gateway(4009, "Session timed out.")];
    for (times, lose) in losses.into_iter().enumerate() {
        lose(&story.sandbox);
        story.sandbox.wait_for_identifies(times + 2).await;
        story.sandbox.ready().await.unwrap();
        story.answers().await;
    }
    assert_eq!(story.sandbox.resumes(), 0);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_gateway_refuses_connections_posts_go_on_and_then_people_are_answered() {
    let story = Story::begins_with_a_post().await;
    story.sandbox.refuses_gateway(true);
    story.sandbox.cuts_gateway();
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.general.wait_for(2).await;
    assert_eq!(story.sandbox.identifies(), 1);
    story.sandbox.refuses_gateway(false);
    story.sandbox.ready().await.unwrap();
    story.answers().await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn close_codes_that_cannot_heal_end_it_with_what_to_mend() {
    let token = "Discord does not know this token; reset it on the application's Bot page";
    for (code, says) in [(4004, token), (4013, "asks for GUILDS alone"), (4014, "asks for GUILDS alone")] {
        let mut story = Story::begins(MONDAY).await;
        let calls = story.sandbox.calls().len();
        story.sandbox.closes_gateway(code, "");
        let error = story.bot_gives_up().await;
        assert!(error.contains(says), "{code}: {error}");
        assert_eq!(story.sandbox.calls().len(), calls, "{code}: something was sent");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_not_let_in_for_ten_minutes_it_gives_up() {
    let mut story = Story::without_bot(MONDAY, None).await;
    story.sandbox.rejects_identify_with(Some(4012));
    story.bot_begins();
    story.sandbox.wait_for_identifies(2).await;
    // The third try may come a minute after the second; by then ten have passed since the first.
    story.clock_reaches("2026-05-04T06:10:00Z");
    let error = story.bot_gives_up().await;
    assert!(error.contains("turned Starling away 3 times") && error.contains("DISCORD_TOKEN"), "{error}");
    assert_eq!(story.sandbox.identifies(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_turns_it_away_for_minutes_is_waited_out_and_posts_go_on() {
    let mut story = Story::begins_with_a_post().await;
    story.bot_stops().await;
    story.clock_reaches("2026-05-05T06:58:00Z");
    story.sandbox.rejects_identify_with(Some(4000));
    story.bot_begins();
    story.sandbox.wait_for_identifies(3).await;
    story.clock_reaches("2026-05-05T07:01:00Z");
    story.general.wait_for(2).await;
    story.sandbox.wait_for_identifies(4).await;
    story.sandbox.rejects_identify_with(None);
    story.clock_reaches("2026-05-05T07:03:00Z");
    story.sandbox.ready().await.unwrap();
    story.answers().await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_stops_working_stops_everything_at_once() {
    let mut story = Story::begins_with_a_post().await;
    for hour in 10..19 {
        let channel = story.guild.add_channel(&format!("at-{hour}"));
        story
            .grace
            .runs(&format!("/daily setup channel:#{} time:09:00 timezone:London", channel.name()))
            .await
            .message();
    }
    let calls = story.sandbox.calls().len();
    let body = json!({"message": "401: Unauthorized", "code": 0});
    let fault = story.sandbox.faults(Fault::answers(401, body));
    story.clock_reaches("2026-05-05T08:00:00Z");
    let error = story.bot_gives_up().await;
    assert!(error.starts_with("Discord does not know this token"), "{error}");
    let after = story.sandbox.calls().len() - calls - 1;
    assert!(after <= 3, "{after} requests came after the refusal");

    // Once the token is mended, nothing is lost.
    fault.release();
    story.sandbox.expect_refusals();
    story.bot_starts().await;
    for channel in story.guild.channels() {
        channel.wait_for(1).await;
    }
    story.general.wait_for(2).await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_of_an_interaction_stops_nothing() {
    let story = Story::begins(MONDAY).await;
    let expired = Fault::answers(401, json!({"message": "Invalid Webhook Token", "code": 50027})).after_effect();
    let _fault = story.sandbox.faults(expired.on("POST", "/interactions/ID/TOKEN/callback").times(1));
    story.answers().await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Berlin").await.message();
    story.answers().await;
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_that_comes_twice_is_answered_once() {
    let story = Story::begins_with_a_post().await;
    let modal = story.ada.clicks("Answer").await.modal();
    story.ada.sends(&filled(modal)).await.message();
    story.sandbox.repeats_last_interaction();
    story.sandbox.drop_gateway();
    story.sandbox.wait_for_resumes(1).await;
    story.sandbox.repeats_last_interaction();
    let seen = story.ada.sees().len();
    let page = story.ada.runs("/history").await.message();
    assert!(page.content.starts_with("You have 1 answer"), "{page}");
    assert_eq!(story.ada.sees().len(), seen + 1);
    // The end would tell of a second answer, which Discord refuses.
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_events_do_no_harm_and_an_interaction_that_can_be_answered_is() {
    let story = Story::begins(MONDAY).await;
    let odd = [
        Value::Null,
        json!([]),
        json!("text"),
        json!(7),
        json!({}),
        json!({"id": "0", "token": "t"}),
        json!({"id": {}}),
    ];
    for body in &odd {
        for kind in ["INTERACTION_CREATE", "GUILD_CREATE", "CHANNEL_DELETE", "RESUMED", "SOMETHING_NEW", ""] {
            story.sandbox.sends_event(kind, body);
        }
        story.answers().await;
    }
    let callback = ("POST", "/interactions/ID/TOKEN/callback");
    let before = odd.len();
    for (number, kind) in [json!(2), json!(4), json!(99), json!("two"), Value::Null].into_iter().enumerate() {
        let body = json!({"id": (1_000_000 + number).to_string(), "token": "a-token-that-was-made-up", "type": kind, "data": 5});
        story.sandbox.sends_event("INTERACTION_CREATE", &body);
        story.sandbox.wait_for_calls(callback.0, callback.1, before + number + 1).await;
    }
    // Nobody waits for these, so the sandbox does not know them.
    assert_eq!(story.sandbox.expect_refusals().len(), 5);
    story.answers().await;
    story.ends().await;
}
