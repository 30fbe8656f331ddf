//! Rate limits, as a bot sees them: headers, refusals, and when it may go on.

use std::time::Duration;

use reqwest::Response;
use sandbox::Limits;
use serde_json::{Value, json};

use crate::bot::Scene;

/// Long enough that no window ends while a test runs.
const LONG: Duration = Duration::from_mins(10);

async fn post(scene: &Scene, path: &str) -> Response {
    scene.bot.rest.try_call("POST", path, &json!({"content": "x"})).await.unwrap()
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
}

fn seconds(response: &Response, name: &str) -> f64 {
    header(response, name).unwrap().parse().unwrap()
}

async fn body(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn without_limits_no_answer_speaks_of_any() {
    let scene = Scene::begins().await;
    for _ in 0..20 {
        let response = post(&scene, &scene.messages()).await;
        assert_eq!(response.status(), 200);
        assert!(!response.headers().keys().any(|name| name.as_str().starts_with("x-ratelimit")), "{response:?}");
    }
    assert_eq!(scene.sandbox.too_many_requests(), 0);
}

#[tokio::test]
async fn each_answer_of_a_limited_route_tells_what_is_left() {
    let scene = Scene::begins().await;
    scene.sandbox.set_limits(Limits::default().route("POST", "/channels/ID/messages", 2, LONG));
    let other = format!("/channels/{}/messages", scene.guild.add_channel("other").id());
    let (first, second) = (post(&scene, &scene.messages()).await, post(&scene, &scene.messages()).await);
    let elsewhere = post(&scene, &other).await;
    let left = |response| (header(response, "x-ratelimit-limit"), header(response, "x-ratelimit-remaining"));
    assert_eq!(left(&first), (Some("2".to_owned()), Some("1".to_owned())));
    assert_eq!(left(&second), (Some("2".to_owned()), Some("0".to_owned())));
    assert_eq!(left(&elsewhere), left(&first));
    assert_eq!(header(&elsewhere, "x-ratelimit-bucket"), header(&first, "x-ratelimit-bucket"));
    assert!(seconds(&second, "x-ratelimit-reset-after") <= LONG.as_secs_f64());
    assert!((seconds(&first, "x-ratelimit-reset") - seconds(&second, "x-ratelimit-reset")).abs() < 1.0);
    assert_eq!(
        header(&scene.bot.rest.try_call("GET", "/users/@me", &Value::Null).await.unwrap(), "x-ratelimit-limit"),
        None
    );
}

#[tokio::test]
async fn a_request_past_a_routes_limit_is_refused_without_effect() {
    let scene = Scene::begins().await;
    scene.sandbox.set_limits(Limits::default().route("POST", "/channels/ID/messages", 1, LONG));
    assert_eq!(post(&scene, &scene.messages()).await.status(), 200);
    let refused = post(&scene, &scene.messages()).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-scope").as_deref(), Some("user"));
    assert_eq!(header(&refused, "x-ratelimit-remaining").as_deref(), Some("0"));
    assert_eq!(header(&refused, "x-ratelimit-global"), None);
    let wait = seconds(&refused, "retry-after");
    let body = body(refused).await;
    assert_eq!((&body["global"], &body["message"]), (&json!(false), &json!("You are being rate limited.")));
    assert!(body["retry_after"].as_f64().unwrap() <= wait, "{body}");
    assert_eq!(scene.general.messages().len(), 1);
    assert_eq!(scene.sandbox.too_many_requests(), 1);
    assert_eq!(scene.sandbox.calls().last().unwrap().status, 429);
}

#[tokio::test]
async fn the_global_limit_leaves_the_answers_to_interactions_alone() {
    let scene = Scene::begins().await;
    scene.sandbox.set_limits(Limits::default().global_per_second(0));
    let refused = post(&scene, &scene.messages()).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-global").as_deref(), Some("true"));
    assert_eq!(header(&refused, "x-ratelimit-scope").as_deref(), Some("global"));
    assert_eq!(header(&refused, "retry-after").as_deref(), Some("1"));
    assert_eq!(header(&refused, "x-ratelimit-limit"), None);
    assert_eq!(body(refused).await["global"], true);
    let callback = scene.bot.rest.post("/interactions/1/none/callback", json!({"type": 6})).await;
    assert_eq!(callback.code(), (404, 10062));
    let follow_up = scene.bot.rest.post("/webhooks/1000000000000000001/none", json!({"content": "x"})).await;
    assert_ne!(follow_up.status, 429);
}

#[tokio::test]
async fn a_route_opens_again_when_its_window_is_over() {
    let scene = Scene::begins().await;
    scene.sandbox.set_limits(Limits::default().route("POST", "/channels/ID/messages", 1, Duration::from_millis(100)));
    assert_eq!(post(&scene, &scene.messages()).await.status(), 200);
    let mut refused = 0;
    let opens = async {
        while post(&scene, &scene.messages()).await.status() == 429 {
            refused += 1;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), opens).await.unwrap();
    assert_eq!(scene.general.messages().len(), 2);
    assert_eq!(scene.sandbox.too_many_requests(), refused);
}
