//! Files: sent along, told of, seen, fetched, and bounded.

use sandbox::permissions::{ATTACH_FILES, OF_BOT, OF_EVERYONE};
use serde_json::{Value, json};

use crate::bot::{Scene, says, whispers};

const MIB: usize = 1024 * 1024;

fn told(files: &[(&str, &str)]) -> Value {
    let told = |(id, (name, words)): (usize, &(&str, &str))| json!({"id": id, "filename": name, "description": words});
    files.iter().enumerate().map(told).collect()
}

#[tokio::test]
async fn a_message_shows_its_files_and_their_descriptions() {
    let scene = Scene::begins().await;
    let body = json!({"content": "Two.", "attachments": told(&[("a.txt", "the first"), ("b.txt", "")])});
    let files = [("a.txt", b"one".to_vec()), ("b.txt", "zwei🦀".into())];
    let sent = scene.bot.rest.uploads("POST", &scene.messages(), &body, &files).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    let seen = &scene.general.messages()[0];
    assert_eq!(seen.to_string(), "Two.\nfile a.txt, 3 bytes: the first\nfile b.txt, 8 bytes");
    assert_eq!(seen.files[1].bytes, "zwei🦀".as_bytes());
    let url = sent.body["attachments"][1]["url"].as_str().unwrap();
    assert_eq!(reqwest::get(url).await.unwrap().text().await.unwrap(), "zwei🦀");
    assert_eq!(scene.sandbox.calls().last().unwrap().files, ["a.txt", "b.txt"]);
}

#[tokio::test]
async fn a_file_alone_is_a_message_and_needs_no_description() {
    let scene = Scene::begins().await;
    let sent = scene.bot.rest.uploads("POST", &scene.messages(), &json!({}), &[("a.txt", b"one".to_vec())]).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    assert_eq!(scene.general.messages()[0].to_string(), "file a.txt, 3 bytes");
}

#[tokio::test]
async fn an_answer_an_edit_and_a_follow_up_bring_files() {
    let mut scene = Scene::begins().await;
    let ada = scene.ada.clone();
    let (reply, interaction) = tokio::join!(ada.runs("/greet"), async {
        let interaction = scene.bot.hears().await;
        let path = format!(
            "/interactions/{}/{}/callback",
            interaction["id"].as_str().unwrap(),
            interaction["token"].as_str().unwrap()
        );
        let sent = scene.bot.rest.uploads("POST", &path, &whispers("Here."), &[("a.txt", b"a".to_vec())]).await;
        assert_eq!(sent.status, 204, "{sent:?}");
        interaction
    });
    assert_eq!(reply.message().to_string(), "Here.\nfile a.txt, 1 bytes\n(only you can see this)");
    let further = scene.bot.webhook(&interaction, "");
    let body = json!({"content": "More.", "flags": 64});
    assert_eq!(scene.bot.rest.uploads("POST", &further, &body, &[("b.txt", b"bb".to_vec())]).await.status, 200);
    let first = scene.bot.webhook(&interaction, "/messages/@original");
    let added = scene.bot.rest.uploads("PATCH", &first, &json!({}), &[("c.txt", b"ccc".to_vec())]).await;
    assert_eq!(added.body["attachments"].as_array().unwrap().len(), 2, "{added:?}");
    let kept = json!({"attachments": [{"id": added.body["attachments"][1]["id"]}]});
    assert_eq!(scene.bot.rest.patch(&first, kept).await.status, 200);
    let seen: Vec<String> = ada.sees().iter().map(ToString::to_string).collect();
    assert_eq!(
        seen,
        ["Here.\nfile c.txt, 3 bytes\n(only you can see this)", "More.\nfile b.txt, 2 bytes\n(only you can see this)"]
    );
}

#[tokio::test]
async fn a_file_of_ten_mebibytes_passes_and_one_byte_more_is_too_large() {
    let scene = Scene::begins().await;
    let path = scene.messages();
    let sent = scene.bot.rest.uploads("POST", &path, &json!({}), &[("a", vec![b'x'; 10 * MIB])]).await;
    assert_eq!(sent.status, 200);
    let sent = scene.bot.rest.uploads("POST", &path, &json!({}), &[("a", vec![b'x'; 10 * MIB + 1])]).await;
    assert_eq!(sent.code(), (413, 40005));
}

#[tokio::test]
async fn ten_files_pass_and_an_eleventh_does_not() {
    let scene = Scene::begins().await;
    let mut files = vec![("a", b"x".to_vec()); 10];
    assert_eq!(scene.bot.rest.uploads("POST", &scene.messages(), &json!({}), &files).await.status, 200);
    files.push(("a", b"x".to_vec()));
    let refused = scene.bot.rest.uploads("POST", &scene.messages(), &json!({}), &files).await;
    assert_eq!(refused.refused_fields(), ["attachments"]);
}

#[tokio::test]
async fn a_description_has_a_limit_and_an_unknown_id_is_refused() {
    let scene = Scene::begins().await;
    let file = [("a", b"x".to_vec())];
    let fits = json!({"attachments": [{"id": 0, "description": "🦀".repeat(1024)}]});
    assert_eq!(scene.bot.rest.uploads("POST", &scene.messages(), &fits, &file).await.status, 200);
    let long = json!({"attachments": [{"id": 0, "description": "🦀".repeat(1025)}, {"id": 1}]});
    let refused = scene.bot.rest.uploads("POST", &scene.messages(), &long, &file).await;
    assert_eq!(refused.refused_fields(), ["attachments.0.description", "attachments.1.id"]);
}

#[tokio::test]
async fn files_take_a_permission_but_in_answers() {
    let mut scene = Scene::begins().await;
    scene.guild.set_bot_permissions(OF_BOT & !ATTACH_FILES);
    scene.guild.everyone().set_permissions(OF_EVERYONE & !ATTACH_FILES);
    let file = [("a", b"x".to_vec())];
    let refused = scene.bot.rest.uploads("POST", &scene.messages(), &json!({}), &file).await;
    assert_eq!(refused.code(), (403, 50013));
    let ada = scene.ada.clone();
    let (_, interaction) = tokio::join!(ada.runs("/greet"), scene.bot.hears_and_answers(says("Hi")));
    let further = scene.bot.webhook(&interaction, "");
    assert_eq!(scene.bot.rest.uploads("POST", &further, &json!({}), &file).await.status, 200);
}
