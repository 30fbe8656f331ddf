//! What is stored of a person, in that person's own hands.

use super::world::{Story, WHOLE, whole_with};

const SECRET: &str = "Quetzalcoatl in the cellar.";

/// Every byte of the database's files.
fn bytes(story: &Story) -> Vec<u8> {
    let file = story.database();
    let log = file.with_extension("db-wal");
    let mut bytes = std::fs::read(file).unwrap();
    bytes.extend(std::fs::read(log).unwrap_or_default());
    bytes
}

fn holds(story: &Story, text: &str) -> bool {
    bytes(story).windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_is_deleted_to_its_last_byte_and_the_others_stay() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &whole_with(SECRET)).await.message();
    story.ada.runs_with("/answer", &WHOLE).await.message();
    assert!(holds(&story, SECRET));
    let page = story.ada.runs("/history").await.message();
    let options = page.components[0]["components"][0]["options"].as_array().unwrap();
    let oldest = options.last().unwrap()["label"].as_str().unwrap().to_owned();
    story.ada.chooses(&oldest).await.message();
    insta::assert_snapshot!(story.ada.clicks("Delete").await.message(), @r#"
    Delete your attempt 1 at "Protect user data" for good? Your other attempts stay.
    [Delete] [Keep]
    (only you can see this)
    "#);
    insta::assert_snapshot!(story.ada.clicks("Keep").await.message(), @"
    Kept. Nothing was deleted.
    (only you can see this)
    ");
    assert!(holds(&story, SECRET));
    let opened = story.ada.chooses(&oldest).await.message();
    let asked = story.ada.clicks_on(&opened, "Delete").await.message();
    let custom_id = asked.components[0]["components"][0]["custom_id"].as_str().unwrap().to_owned();
    let refused = story.bob.forces_click(&story.general.messages()[0], &custom_id).await.message();
    assert!(refused.content.contains("no longer there"), "{refused}");
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Delete").await.message(), @"
    Deleted. Nothing of that answer is stored any more.
    (only you can see this)
    ");
    assert!(!holds(&story, SECRET), "a byte of it is still in the file");
    let page = story.ada.runs("/history").await.message();
    assert!(page.content.starts_with("You have 1 answer"), "{page}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_deleted_for_the_word_and_for_nothing_else() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &whole_with(SECRET)).await.message();
    story.ada.clicks("Helpful").await.message();
    story.ada.clicks_on(&story.general.messages()[0], "Show guidance").await.message();
    story.bob.runs_with("/answer", &WHOLE).await.message();
    insta::assert_snapshot!(story.ada.runs("/mydata delete").await.message(), @"
    What should Starling delete of yours? You are asked once more before it does.
    **Everything** deletes all your answers, drafts and feedback, which guidance you looked at, and that you set something up, everywhere.
    **This server** deletes the answers and drafts that you wrote here, and nothing else.
    [Everything] [This server]
    (only you can see this)
    ");
    let modal = story.ada.clicks("Everything").await.modal();
    insta::assert_snapshot!(modal, @"
    ┌ Delete for good
    │ Type delete to delete it for good (at most 20)
    │   … delete
    └ [Cancel] [Submit]
    ");
    let label = modal.inputs[0].label.clone();
    insta::assert_snapshot!(story.ada.sends(&modal.clone().types(&label, "no")).await.message(), @"
    Nothing was deleted, as the word was not delete. **/mydata delete** asks again.
    (only you can see this)
    ");
    assert!(holds(&story, SECRET));
    insta::assert_snapshot!(story.ada.sends(&modal.types(&label, "Delete")).await.message(), @"
    Deleted. Nothing of you is stored any more.
    (only you can see this)
    ");
    assert!(!holds(&story, SECRET), "a byte of it is still in the file");
    assert!(story.ada.runs("/history").await.message().content.starts_with("You have no finished answer"));
    assert!(story.bob.runs("/history").await.message().content.starts_with("You have 1 answer"));
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_servers_answers_are_deleted_and_those_of_elsewhere_stay() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &WHOLE).await.message();
    let elsewhere = [whole_with("Elsewhere.").as_slice(), &[("question", "protect-user-data")]].concat();
    story.ada.in_dm().runs_with("/answer", &elsewhere).await.message();
    story.ada.runs("/mydata delete").await.message();
    let modal = story.ada.clicks("This server").await.modal();
    let label = modal.inputs[0].label.clone();
    let gone = story.ada.sends(&modal.types(&label, "delete")).await.message();
    insta::assert_snapshot!(gone.content, @"Deleted. Nothing of what you wrote in this server is stored any more.");
    let page = story.ada.runs("/history").await.message();
    assert!(page.content.starts_with("You have 1 answer") && page.to_string().contains("Elsewhere."), "{page}");
    let asked = story.ada.in_dm().runs("/mydata delete").await.message();
    assert_eq!(asked.buttons(), ["Everything"]);
    story.ends().await;
}
