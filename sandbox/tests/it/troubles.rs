//! Faults on demand, and requests that are held at a moment, as a bot sees them.

use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::Response;
use sandbox::permissions::SEND_MESSAGES;
use sandbox::{Fault, Limits, Moment, Scope};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::bot::{Scene, says};

const MESSAGES: &str = "/channels/ID/messages";

impl Scene {
    /// Starts to send a message into #general.
    fn starts_to_post(&self) -> JoinHandle<reqwest::Result<Response>> {
        let (rest, path) = (self.bot.rest.clone(), self.messages());
        tokio::spawn(async move { rest.try_call("POST", &path, &json!({"content": "x"})).await })
    }

    async fn tries_to_post(&self) -> reqwest::Result<Response> {
        self.starts_to_post().await.unwrap()
    }

    /// The statuses of so many messages sent one after the other.
    async fn statuses(&self, count: usize) -> Vec<u16> {
        let mut statuses = Vec::new();
        for _ in 0..count {
            statuses.push(self.tries_to_post().await.unwrap().status().as_u16());
        }
        statuses
    }
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

/// Whether a call failed because the connection was reset, and not because it was closed.
fn is_reset(failed: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(failed);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionReset) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[tokio::test]
async fn an_answer_on_demand_comes_in_place_of_the_effect() {
    let scene = Scene::begins().await;
    let fault = Fault::answers(503, json!({"message": "busy"})).retry_after(Duration::from_millis(1_500));
    let busy = scene.sandbox.faults(fault.on("POST", MESSAGES).times(1));
    let answer = scene.tries_to_post().await.unwrap();
    assert_eq!((answer.status().as_u16(), header(&answer, "retry-after")), (503, "2"));
    assert_eq!(answer.text().await.unwrap(), r#"{"message":"busy"}"#);
    assert_eq!(scene.general.messages().len(), 0);
    assert_eq!(scene.sandbox.calls().last().unwrap().status, 503);
    assert_eq!(scene.statuses(2).await, [200, 200]);
    assert_eq!(busy.count(), 1);
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn a_proxys_page_is_html() {
    let scene = Scene::begins().await;
    let _proxy = scene.sandbox.faults(Fault::page(502));
    let answer = scene.tries_to_post().await.unwrap();
    assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (502, "text/html; charset=utf-8"));
    assert!(answer.text().await.unwrap().contains("502 Bad Gateway"));
}

#[tokio::test]
async fn a_fault_can_meet_every_third_request_until_it_is_released() {
    let scene = Scene::begins().await;
    let third = scene.sandbox.faults(Fault::page(500).on("POST", "/channels/*").every(3));
    assert_eq!(scene.statuses(6).await, [200, 200, 500, 200, 200, 500]);
    third.release();
    assert_eq!(scene.statuses(3).await, [200, 200, 200]);
    drop(scene.sandbox.faults(Fault::page(500)));
    assert_eq!(scene.statuses(1).await, [200]);
}

#[tokio::test]
async fn a_fault_leaves_other_requests_alone() {
    let scene = Scene::begins().await;
    let _elsewhere = scene.sandbox.faults(Fault::resets().on("GET", MESSAGES));
    let _at_another = scene.sandbox.faults(Fault::resets().on("POST", "/channels/5/messages"));
    assert_eq!(scene.statuses(1).await, [200]);
}

#[tokio::test]
async fn a_connection_reset_before_the_effect_leaves_nothing() {
    let scene = Scene::begins().await;
    let _reset = scene.sandbox.faults(Fault::resets().on("POST", MESSAGES).times(20));
    for _ in 0..20 {
        let failed = scene.tries_to_post().await.unwrap_err();
        assert!(is_reset(&failed), "{failed:?}");
    }
    assert_eq!(scene.general.messages().len(), 0);
    assert_eq!(scene.sandbox.calls().last().unwrap().status, 0);
    assert_eq!(scene.statuses(1).await, [200]);
}

#[tokio::test]
async fn a_connection_reset_after_the_effect_loses_only_the_reply() {
    let scene = Scene::begins().await;
    let reset = scene.sandbox.faults(Fault::resets().after_effect().on("POST", MESSAGES).times(20));
    for _ in 0..20 {
        assert!(is_reset(&scene.tries_to_post().await.unwrap_err()));
    }
    assert_eq!(scene.general.messages().len(), 20);
    assert_eq!(reset.count(), 20);
    assert_eq!(scene.sandbox.calls().last().unwrap().status, 0);
}

#[tokio::test]
async fn an_error_after_the_effect_hides_that_it_worked() {
    let scene = Scene::begins().await;
    let fault = Fault::answers(500, json!({"message": "500: Internal Server Error", "code": 0}));
    let _error = scene.sandbox.faults(fault.after_effect().on("POST", MESSAGES));
    assert_eq!(scene.posts(json!({"content": "x"})).await.code(), (500, 0));
    assert_eq!(scene.general.messages().len(), 1);
    assert_eq!(scene.sandbox.calls().last().unwrap().status, 500);
}

#[tokio::test]
async fn a_request_that_hangs_goes_on_when_released() {
    let scene = Scene::begins().await;
    let hang = scene.sandbox.faults(Fault::hangs().on("POST", MESSAGES).times(1));
    let hanging = scene.starts_to_post();
    hang.reached().await;
    assert_eq!(scene.statuses(1).await, [200]);
    assert_eq!(scene.general.messages().len(), 1);
    assert!(!hanging.is_finished());
    hang.release();
    assert_eq!(hanging.await.unwrap().unwrap().status(), 200);
    assert_eq!(scene.general.messages().len(), 2);
}

#[tokio::test]
async fn a_request_that_hangs_for_good_is_seen_and_has_no_effect() {
    let scene = Scene::begins().await;
    let hang = scene.sandbox.faults(Fault::hangs().on("POST", MESSAGES));
    let hanging = scene.starts_to_post();
    let calls = scene.sandbox.wait_for_calls("POST", MESSAGES, 1).await;
    assert_eq!((calls.len(), calls[0].status, &calls[0].body["content"]), (1, 0, &json!("x")));
    hanging.abort();
    assert!(hanging.await.unwrap_err().is_cancelled());
    hang.cut();
    assert_eq!(scene.statuses(1).await, [200]);
    assert_eq!(scene.general.messages().len(), 1);
}

#[tokio::test]
async fn a_shared_limit_on_demand_closes_its_route_alone() {
    let scene = Scene::begins().await;
    let fault = Fault::too_many(Scope::Shared, Duration::from_mins(10));
    let _ordered = scene.sandbox.faults(fault.on("POST", MESSAGES).times(1));
    let refused = scene.tries_to_post().await.unwrap();
    assert_eq!((refused.status().as_u16(), header(&refused, "x-ratelimit-scope")), (429, "shared"));
    assert_eq!(header(&refused, "retry-after"), "600");
    assert_eq!(header(&refused, "x-ratelimit-remaining"), "9");
    let body: Value = serde_json::from_str(&refused.text().await.unwrap()).unwrap();
    assert_eq!((&body["global"], &body["retry_after"]), (&json!(false), &json!(600.0)));
    assert_eq!(scene.sandbox.too_many_requests(), 0);
    assert_eq!(scene.bot.rest.get(&scene.messages()).await.status, 200);
    assert_eq!(scene.statuses(1).await, [429]);
    assert_eq!(scene.sandbox.too_many_requests(), 1);
}

#[tokio::test]
async fn a_global_limit_on_demand_closes_all_routes_that_it_counts() {
    let mut scene = Scene::begins().await;
    let fault = Fault::too_many(Scope::Global, Duration::from_mins(10));
    let _ordered = scene.sandbox.faults(fault.on("POST", MESSAGES).times(1));
    let refused = scene.tries_to_post().await.unwrap();
    assert_eq!((refused.status().as_u16(), header(&refused, "x-ratelimit-global")), (429, "true"));
    assert_eq!(scene.bot.rest.get("/users/@me").await.status, 429);
    let (reply, _) = tokio::join!(scene.ada.runs("/greet"), scene.bot.hears_and_answers(says("Hello")));
    assert_eq!(reply.to_string(), "Hello");
    scene.sandbox.heals();
    assert_eq!(scene.bot.rest.get("/users/@me").await.status, 200);
    assert_eq!(scene.sandbox.too_many_requests(), 1);
}

#[tokio::test]
async fn a_request_that_comes_too_soon_meets_no_fault() {
    let scene = Scene::begins().await;
    scene.sandbox.set_limits(Limits::default().route("POST", MESSAGES, 1, Duration::from_mins(10)));
    let page = scene.sandbox.faults(Fault::page(502).on("POST", MESSAGES));
    assert_eq!(scene.statuses(2).await, [502, 429]);
    assert_eq!(page.count(), 1);
}

#[tokio::test]
async fn a_test_can_act_before_the_effect() {
    let scene = Scene::begins().await;
    let held = scene.sandbox.holds(Moment::BeforeEffect, "POST", MESSAGES);
    let (one, two) = (scene.starts_to_post(), scene.starts_to_post());
    held.reached_by(2).await;
    assert_eq!(scene.general.messages().len(), 0);
    scene.general.deny_bot(SEND_MESSAGES);
    held.release();
    assert_eq!(one.await.unwrap().unwrap().status(), 403);
    assert_eq!(two.await.unwrap().unwrap().status(), 403);
    assert_eq!(scene.sandbox.expect_refusals().len(), 2);
}

#[tokio::test]
async fn a_test_can_act_between_the_effect_and_the_reply() {
    let scene = Scene::begins().await;
    let held = scene.sandbox.holds(Moment::AfterEffect, "POST", MESSAGES);
    let post = scene.starts_to_post();
    held.reached().await;
    assert_eq!(scene.general.messages().len(), 1);
    assert!(!post.is_finished());
    drop(held);
    assert_eq!(post.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn a_test_can_act_once_the_reply_has_left() {
    let scene = Scene::begins().await;
    let sent = scene.sandbox.holds(Moment::AfterReply, "POST", MESSAGES);
    let held = scene.sandbox.holds(Moment::AfterEffect, "POST", MESSAGES);
    let post = scene.starts_to_post();
    held.reached().await;
    assert_eq!(sent.count(), 0);
    held.release();
    sent.reached().await;
    assert_eq!(post.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn a_reply_that_is_lost_has_never_left() {
    let scene = Scene::begins().await;
    let sent = scene.sandbox.holds(Moment::AfterReply, "POST", MESSAGES);
    let _reset = scene.sandbox.faults(Fault::resets().after_effect().on("POST", MESSAGES).times(1));
    assert!(is_reset(&scene.tries_to_post().await.unwrap_err()));
    assert_eq!(scene.statuses(1).await, [200]);
    sent.reached().await;
    assert_eq!(sent.count(), 1);
}

#[tokio::test]
async fn a_hold_that_is_cut_resets_what_it_held() {
    let scene = Scene::begins().await;
    for (moment, made) in [(Moment::BeforeEffect, 0), (Moment::AfterEffect, 1)] {
        let held = scene.sandbox.holds(moment, "POST", MESSAGES);
        let post = scene.starts_to_post();
        held.reached().await;
        held.cut();
        assert!(is_reset(&post.await.unwrap().unwrap_err()));
        assert_eq!(scene.general.messages().len(), made, "{moment:?}");
    }
}

#[tokio::test]
async fn a_held_request_meets_its_fault_when_released() {
    let scene = Scene::begins().await;
    let fault = scene.sandbox.faults(Fault::page(502).on("POST", MESSAGES));
    let held = scene.sandbox.holds(Moment::BeforeEffect, "POST", MESSAGES);
    let post = scene.starts_to_post();
    held.reached().await;
    assert_eq!(fault.count(), 0);
    held.release();
    assert_eq!(post.await.unwrap().unwrap().status(), 502);
}

#[tokio::test]
async fn answers_to_interactions_can_be_held_too() {
    let mut scene = Scene::begins().await;
    let held = scene.sandbox.holds(Moment::BeforeEffect, "POST", "/interactions/ID/TOKEN/callback");
    let clock = scene.sandbox.clock().clone();
    let ada = scene.ada.clone();
    let runs = tokio::spawn(async move { ada.runs("/greet").await });
    let interaction = scene.bot.hears().await;
    let late = async {
        held.reached().await;
        clock.advance(Duration::from_secs(3));
        held.release();
    };
    let (answer, ()) = tokio::join!(scene.bot.answers(&interaction, says("Hello")), late);
    assert_eq!(answer.code(), (404, 10062));
    assert!(runs.await.unwrap().failed());
}

#[tokio::test]
async fn healing_ends_all_that_was_ordered() {
    let scene = Scene::begins().await;
    let _held = scene.sandbox.holds(Moment::AfterEffect, "POST", MESSAGES);
    let hang = scene.sandbox.faults(Fault::hangs());
    let _page = scene.sandbox.faults(Fault::page(502).on("GET", "/users/@me"));
    let post = scene.starts_to_post();
    hang.reached().await;
    scene.sandbox.heals();
    assert_eq!(post.await.unwrap().unwrap().status(), 200);
    assert_eq!(scene.bot.rest.get("/users/@me").await.status, 200);
}

#[tokio::test]
async fn calls_can_be_waited_for() {
    let scene = Scene::begins().await;
    let (calls, statuses) = tokio::join!(scene.sandbox.wait_for_calls("POST", MESSAGES, 2), scene.statuses(2));
    assert_eq!(calls.iter().map(|call| call.status).collect::<Vec<u16>>(), statuses);
    assert_eq!(scene.sandbox.wait_for_calls("*", "/channels/*", 1).await.len(), 2);
}
