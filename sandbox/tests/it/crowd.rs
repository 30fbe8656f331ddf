//! Many people at once, past the world.

use std::time::Duration;

use serde_json::json;

use crate::bot::{Scene, says};

#[tokio::test]
async fn each_of_a_crowd_says_its_own_and_hears_its_answer_and_nobody_sees_it() {
    let mut scene = Scene::begins().await;
    assert!(scene.sandbox.crowd(&[]).is_none(), "nobody has done anything yet");
    let (_, done) = tokio::join!(scene.ada.runs("/greet name:Bob"), scene.bot.hears_and_answers(says("hello")));
    let crowd = scene.sandbox.crowd(&["Bob"]).unwrap();
    let (cy, dan) = (crowd.does(700, &["Cy"]), crowd.does(800, &["\"Dan\""]));
    let (cy, dan, ()) = tokio::join!(cy, dan, async {
        for (person, name) in [("700", "Cy"), ("800", "\"Dan\"")] {
            let heard = scene.bot.hears().await;
            assert_eq!(heard["member"]["user"]["id"], person);
            assert_eq!(heard["data"]["options"][0]["value"], name);
            assert_eq!(heard["channel_id"], done["channel_id"]);
            assert_ne!(heard["id"], done["id"]);
            assert_eq!(scene.bot.answers(&heard, says(name)).await.status, 204);
            assert_eq!(scene.bot.answers(&heard, says(name)).await.code(), (404, 10062), "it was answered");
        }
    });
    for (answered, name) in [(cy, "Cy"), (dan, "\"Dan\"")] {
        let body: serde_json::Value = serde_json::from_slice(&answered.unwrap().body).unwrap();
        assert_eq!(body["data"]["content"], name);
    }
    assert_eq!(scene.general.messages().len(), 1);
    assert_eq!(scene.sandbox.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn thinking_is_no_answer_to_a_crowd_yet() {
    let mut scene = Scene::begins().await;
    tokio::join!(scene.ada.runs("/greet name:Bob"), scene.bot.hears_and_answers(says("hello")));
    let crowd = scene.sandbox.crowd(&[]).unwrap();
    let (answered, ()) = tokio::join!(crowd.does(700, &[]), async {
        let heard = scene.bot.hears().await;
        assert_eq!(scene.bot.answers(&heard, json!({"type": 5})).await.status, 204);
        let original = scene.bot.webhook(&heard, "/messages/@original");
        assert_eq!(scene.bot.rest.patch(&original, json!({"content": "at last"})).await.status, 200);
    });
    let answered = answered.unwrap();
    assert!(answered.first_after < answered.after);
    assert_eq!(answered.body, json!({"content": "at last"}).to_string());
}

#[tokio::test]
async fn a_crowd_is_not_answered_after_three_seconds_nor_by_nobody() {
    let mut scene = Scene::begins().await;
    tokio::join!(scene.ada.runs("/greet name:Bob"), scene.bot.hears_and_answers(says("hello")));
    let crowd = scene.sandbox.crowd(&[]).unwrap();
    let (answered, ()) = tokio::join!(crowd.does(700, &[]), async {
        let heard = scene.bot.hears().await;
        scene.sandbox.clock().advance(Duration::from_secs(3));
        assert_eq!(scene.bot.answers(&heard, says("late")).await.code(), (404, 10062));
    });
    assert_eq!(answered.unwrap().body, "");
    scene.sandbox.cuts_gateway();
    assert!(crowd.does(700, &[]).await.is_none());
}
