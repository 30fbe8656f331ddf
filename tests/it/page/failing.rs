//! What the page says when the bot is slow, or away.

use sandbox::Moment;
use serde_json::json;

use super::{LAST, PARTS, ends, runs, sits};
use crate::browser::{Browser, Key};
use crate::stories::world::Story;

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_takes_its_time_is_announced_and_then_comes() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let ada = sits(browser, &story, &story.ada).await;
    let held = story.sandbox.holds(Moment::BeforeEffect, "PATCH", "/webhooks/ID/TOKEN/messages/@original");
    runs(&ada, "/mydata export").await;
    ada.reads(LAST, "Thinking…").await;
    held.reached().await;
    held.release();
    let reply = ada.reads(LAST, "Nothing is stored about you.").await;
    assert!(reply.contains("Ada used /mydata export") && !reply.contains("Thinking…"), "{reply}");
    ends(story, &[&ada]).await;
}

/// Opens the modal, and writes all four parts.
async fn writes(ada: &Browser) {
    ada.clicks("#messages", "Answer").await;
    ada.finds("dialog[open]").await;
    for part in PARTS {
        ada.types(part).await;
        ada.presses(Key::Tab).await;
    }
}

async fn sends_in_vain(ada: &Browser) {
    ada.clicks("dialog", "Submit").await;
    ada.reads("dialog .trouble", "Something went wrong. Try again.").await;
    assert_eq!(ada.focused().await, "button Submit");
    let kept = ada.eval("[...document.querySelectorAll('dialog textarea')].map(it => it.value)").await;
    assert_eq!(kept, json!(PARTS));
}

async fn presses_in_vain(bob: &Browser) {
    bob.clicks("#messages", "Show guidance").await;
    bob.reads(LAST, "This interaction failed").await;
    bob.reaches("document.activeElement.computedName === 'Show guidance'").await;
}

async fn runs_in_vain(grace: &Browser) {
    runs(grace, "/help").await;
    let note = grace.reads(LAST, "The application did not respond").await;
    assert!(note.contains("/help") && note.contains("Only you can see this"), "{note}");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_bot_is_away_everyone_is_told_and_no_text_is_lost() {
    let Some(browser) = Browser::opens().await else { return };
    let mut story = Story::begins_with_a_post().await;
    let (bob, grace) = (browser.another().await, browser.another().await);
    let ada = sits(browser, &story, &story.ada).await;
    let bob = sits(bob, &story, &story.bob).await;
    let grace = sits(grace, &story, &story.grace).await;
    writes(&ada).await;

    story.bot_stops().await;
    for window in [&ada, &bob, &grace] {
        window.reads("#bot-state", "away").await;
    }
    tokio::join!(sends_in_vain(&ada), presses_in_vain(&bob), runs_in_vain(&grace));

    story.bot_starts().await;
    ada.reads("#bot-state", "connected").await;
    ada.presses(Key::Enter).await;
    ada.reads(LAST, "Saved as your attempt 1").await;
    bob.clicks("#messages", "Show guidance").await;
    bob.reads(LAST, "What an interviewer would ask next").await;
    bob.lacks("#messages .trouble").await;
    ends(story, &[&ada, &bob, &grace]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_closed_keeps_what_was_typed_and_hides_nothing_of_the_bots() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let ada = sits(browser, &story, &story.ada).await;
    let [situation, task, _, _] = PARTS;
    ada.clicks("#messages", "Answer").await;
    ada.finds("dialog[open]").await;
    ada.presses(Key::Tab).await;
    ada.types(task).await;
    ada.clicks("dialog", "Cancel").await;
    ada.lacks("dialog").await;

    // Elsewhere she writes another part, which the bot keeps as her draft.
    let modal = story.ada.clicks("Answer").await.modal();
    story.ada.sends(&modal.types("Situation", situation)).await.message();
    ada.clicks("#messages", "Answer").await;
    ada.finds("dialog[open]").await;
    let held = ada.eval("[...document.querySelectorAll('dialog textarea')].map(it => it.value)").await;
    assert_eq!(held, json!([situation, task, "", ""]));
    ends(story, &[&ada]).await;
}
