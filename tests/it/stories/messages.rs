//! In a direct message with the bot: everything that is a person's own works there, and nothing that is a server's.

use super::world::{Story, WHOLE};

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_history_are_there_in_a_direct_message() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &WHOLE).await.message();
    let ada = story.ada.in_dm();
    let page = ada.runs("/history").await.message();
    assert!(page.content.starts_with("You have 1 answer"), "{page}");
    let named = [WHOLE.as_slice(), &[("question", "change-a-schema-in-production")]].concat();
    let saved = ada.runs_with("/answer", &named).await.message();
    assert!(saved.content.contains("Saved as your attempt 1"), "{saved}");
    let modal = ada.clicks("Improve this").await.modal();
    let again = ada.sends(&modal.types("Result", "It took 40 ms.")).await.message();
    assert!(again.content.contains("Saved as your attempt 2"), "{again}");
    ada.runs("/help").await.message();
    ada.runs("/question topic:databases").await.message();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_command_in_a_direct_message_says_how_to_pick() {
    let story = Story::begins_with_a_post().await;
    insta::assert_snapshot!(story.ada.in_dm().runs("/answer").await.message(), @"
    There is no daily question in a direct message. Pick a question with the option `question`.
    (only you can see this)
    ");
    insta::assert_snapshot!(story.grace.in_dm().forces("/daily status").await.message(), @"
    /daily works in a server only. Use it in the server that should have a daily question.
    (only you can see this)
    ");
    assert!(story.grace.in_dm().try_runs("/daily status").await.is_err(), "the client shows no /daily there");
    story.ends().await;
}
