//! The page for whoever uses it by keys, or has it read aloud.

use super::{LAST, ends, picks, runs, sits, walks};
use crate::browser::{Browser, Key};
use crate::stories::world::{Story, WHOLE};

/// Goes to a button below a message, and presses it by a key.
async fn presses(browser: &Browser, name: &str) {
    let found =
        format!("[...document.querySelectorAll('#messages button')].findLast(it => it.computedName === '{name}')");
    browser.reaches(&format!("{found}?.focus() ?? {found} === document.activeElement")).await;
    browser.presses(Key::Enter).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_can_be_operated_has_a_name() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let grace = sits(browser, &story, &story.grace).await;
    walks(&grace, async |place| assert_eq!(grace.nameless().await, [""; 0], "in {place}")).await;
    ends(story, &[&grace]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_press_the_focus_is_back_where_it_was() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let ada = sits(browser, &story, &story.ada).await;
    presses(&ada, "Answer").await;
    let modal =
        ada.reaches("(it => it && [it.computedRole, it.computedName].join())(document.querySelector('dialog[open]'))");
    assert_eq!(modal.await, "dialog,Protect user data");
    assert_eq!(ada.focused().await, "textbox Situation");
    ada.presses(Key::Escape).await;
    ada.lacks("dialog").await;
    ada.reaches("document.activeElement.computedName === 'Answer'").await;

    presses(&ada, "Show guidance").await;
    ada.reads(LAST, "What an interviewer would ask next").await;
    ada.reaches("document.activeElement.computedName === 'Show guidance'").await;

    // By the command, one comes back to the field for messages.
    picks(&ada, "/answer").await;
    ada.presses(Key::Enter).await;
    ada.finds("dialog[open]").await;
    ada.clicks("dialog", "Cancel").await;
    ada.reaches("document.activeElement.id === 'say'").await;
    ends(story, &[&ada]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_closes_what_is_open_and_nothing_more() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &WHOLE).await.message();
    let ada = sits(browser, &story, &story.ada).await;
    picks(&ada, "/history").await;
    ada.clicks("form.command", "+ question").await;
    ada.reads("form.command .choices", "Protect user data").await;
    ada.presses(Key::Escape).await;
    ada.lacks(".choices").await;
    assert_eq!(ada.focused().await, "combobox question");
    ada.presses(Key::Escape).await;
    ada.lacks("form.command").await;
    assert_eq!(ada.focused().await, "combobox Message, or / for a command");

    ada.types("/").await;
    ada.reads("#composer .choices", "/help").await;
    ada.presses(Key::Escape).await;
    ada.lacks(".choices").await;
    assert_eq!(ada.eval("document.activeElement.value").await, "/");
    ada.presses(Key::Backspace).await;

    runs(&ada, "/history").await;
    ada.reads(LAST, "You have 1 answer.").await;
    presses(&ada, "Open one in full").await;
    ada.reaches("document.activeElement.role === 'option'").await;
    ada.presses(Key::Escape).await;
    ada.lacks("#messages [role=listbox]").await;
    assert_eq!(ada.focused().await, "button Open one in full");
    ends(story, &[&ada]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_fast_is_not_ahead_of_the_page() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let ada = sits(browser, &story, &story.ada).await;
    ada.presses(Key::Tab).await;
    ada.presses(Key::Enter).await;
    ada.reaches("document.activeElement.id === 'say'").await;
    ada.types(&format!("/hist{}", char::from(Key::Enter))).await;
    ada.reaches("document.activeElement.computedName === 'Send /history'").await;
    ada.presses(Key::Enter).await;
    ada.reads(LAST, "You have no finished answer yet.").await;
    ada.types(&format!("/nothing{}", char::from(Key::Enter))).await;
    ada.reads(LAST, "There is no such command here.").await;
    ada.clicks(LAST, "Dismiss message").await;
    ada.reads(LAST, "You have no finished answer yet.").await;
    ends(story, &[&ada]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn arrow_keys_go_from_person_to_person() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let window = sits(browser, &story, &story.grace).await;
    window.eval("document.querySelector('#people :checked').focus()").await;
    for person in [&story.ada, &story.bob] {
        window.presses(Key::Down).await;
        let name = person.name();
        window.reaches(&format!("document.querySelector('#say').placeholder.startsWith('As {name}:')")).await;
        assert_eq!(window.focused().await, format!("radio {name}"));
    }
    ends(story, &[&window]).await;
}
