//! The whole way of a daily question: set up, posted, answered, found again.

use super::{LAST, PARTS, ends, runs, sits, told};
use crate::browser::{Browser, Key};
use crate::stories::world::Story;

/// Goes back through the page until something has the focus.
async fn tabs_back_to(browser: &Browser, what: &str) {
    let mut passed = Vec::new();
    while passed.len() < 30 {
        browser.presses_with(Key::Shift, Key::Tab).await;
        let focused = browser.focused().await;
        if focused == what {
            return;
        }
        passed.push(focused);
    }
    panic!("Shift+Tab never comes to {what}, but to {passed:#?}");
}

/// Sets a daily question up by keys alone, and lets its time come.
async fn sets_up(grace: &Browser) {
    // Whoever opens the page goes to the field for messages by the first link.
    grace.presses(Key::Tab).await;
    assert_eq!(grace.focused().await, "link To the message field");
    grace.presses(Key::Enter).await;
    grace.reaches("document.activeElement.id === 'say'").await;
    grace.types("/daily set").await;
    grace.reads("#composer .choices [aria-selected=true]", "/daily setup").await;
    grace.presses(Key::Enter).await;

    grace.reaches("document.activeElement.computedName === 'channel'").await;
    grace.reads(".choices [aria-selected=true]", "#general").await;
    grace.presses(Key::Enter).await;
    grace.reaches("document.activeElement.computedName === 'time'").await;
    grace.types("9am").await;
    grace.presses(Key::Tab).await;
    grace.reaches("document.activeElement.computedName === 'timezone'").await;
    grace.types("berlin").await;
    grace.reads(".choices:not([hidden]) [aria-selected=true]", "Europe/Berlin").await;
    grace.presses(Key::Enter).await;
    assert_eq!(grace.focused().await, "button Send /daily setup");
    grace.presses(Key::Enter).await;
    grace.reads(LAST, "The daily question of #general is set up.").await;
    assert_eq!(grace.focused().await, "combobox Message, or / for a command");

    grace.lacks("#to-next-post").await;
    tabs_back_to(grace, "button +1 h").await;
    grace.presses(Key::Enter).await;
    grace.reads("#now", "09:00").await;
}

/// Answers, with one part too long at first.
async fn answers(ada: &Browser) {
    ada.clicks("#messages", "Answer").await;
    let prompt = ada.reads("dialog[open] .text", "protected users' data").await;
    assert!(!prompt.contains('<'), "{prompt}");
    let counters = ada.eval("[...document.querySelectorAll('dialog .counter')].map(it => it.textContent).join()").await;
    assert_eq!(counters, "0 / 600,0 / 300,0 / 1500,0 / 700");

    ada.types(PARTS[0]).await;
    ada.presses(Key::Tab).await;
    ada.eval("document.execCommand('insertText', false, 'x'.repeat(301))").await;
    ada.reads("dialog .counter.over", "301 / 300").await;
    ada.reaches("document.querySelector('dialog [type=submit]').disabled").await;
    ada.eval("document.execCommand('selectAll')").await;
    for part in &PARTS[1..] {
        ada.types(part).await;
        ada.presses(Key::Tab).await;
    }
    ada.lacks("dialog .counter.over").await;
    ada.clicks("dialog", "Submit").await;
}

async fn finds_them_again(ada: &Browser) {
    runs(ada, "/history").await;
    ada.reads(LAST, "You have 1 answer.").await;
    let menu = ada.finds_named(LAST, "button", "Open one in full").await;
    menu.click().await.unwrap();
    ada.reads(&format!("{LAST} [role=option]:focus"), "attempt 1").await;
    ada.presses(Key::Enter).await;
    let opened = ada.reads(LAST, "Your attempt 1, from").await;
    for part in PARTS {
        assert!(opened.contains(part), "{part:?} is not in {opened}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn grace_sets_a_daily_question_up_by_keyboard_and_ada_answers_it() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let (ada, bob) = (browser.another().await, browser.another().await);
    let grace = sits(browser, &story, &story.grace).await;
    let ada = sits(ada, &story, &story.ada).await;
    let bob = sits(bob, &story, &story.bob).await;

    sets_up(&grace).await;
    for window in [&grace, &ada, &bob] {
        window.reads(LAST, "How have you protected").await;
    }
    let seen = ada.eval("document.querySelector('#messages').innerText").await;
    assert!(!seen.as_str().unwrap().contains("is set up"), "Grace alone is told: {seen}");

    answers(&ada).await;
    let reply = ada.reads(LAST, "Saved as your attempt 1").await;
    let parts = ["Do", "Don't", "One example, not the answer", "What an interviewer would ask next"];
    for part in parts {
        assert!(reply.lines().any(|line| line == part), "no {part:?} in {reply}");
    }
    assert!(reply.contains("Only you can see this") && !reply.contains("**"), "{reply}");
    ada.reaches("document.querySelector('#messages .source').textContent.startsWith('↱ How have you')").await;
    assert_eq!(ada.eval("getComputedStyle(document.querySelector('dialog')).display").await, "none");
    finds_them_again(&ada).await;

    let body = bob.eval("document.documentElement.outerHTML").await.to_string();
    let wire = told(&bob, &story.bob, &story.general).await.to_string();
    assert!(body.contains("How have you") && wire.contains("How have you"));
    for seen in [body, wire] {
        assert!(!seen.contains("aardvark") && !seen.contains("attempt") && !seen.contains("Ada used"), "{seen}");
    }
    ends(story, &[&grace, &ada, &bob]).await;
}
