//! The inspector: what passes between the bot and Discord, and faults by a click.

use sandbox::Fault;
use serde_json::json;

use super::{LAST, ends, runs, sits, told};
use crate::browser::Browser;
use crate::stories::world::Story;

/// Opens it, and follows it from now on.
async fn opens(grace: &Browser) {
    grace.clicks("main", "Inspector").await;
    grace.reads("#passed", "IDENTIFY").await;
    assert_eq!(grace.eval("document.querySelector('#developer').ariaExpanded").await, "true");
    grace.clicks("#inspector", "Clear").await;
}

/// Presses the button of a fault, and waits until it shows whether that is on.
async fn switches(grace: &Browser, fault: &str, on: bool) {
    grace.clicks("#inspector", fault).await;
    let pressed = format!(
        "[...document.querySelectorAll('#inspector [aria-pressed={on}]')].some(it => it.textContent === '{fault}')"
    );
    grace.reaches(&pressed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_stands_out_with_its_reason() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    let grace = sits(browser, &story, &story.grace).await;
    opens(&grace).await;
    let wrong = json!({"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."});
    let body = json!({"code": 50035, "message": "Invalid Form Body", "errors": {"content": {"_errors": [wrong]}}});
    let fault = story.sandbox.faults(Fault::answers(400, body).on("POST", "/channels/ID/messages").times(1));
    runs(&grace, "/daily post-now").await;

    fault.reached().await;
    let refused = grace.reads("#passed .refused", "Invalid Form Body").await;
    assert!(refused.contains("content: Must be 2000 or fewer in length. (BASE_TYPE_MAX_LENGTH)"), "{refused}");
    assert!(refused.contains("/messages") && refused.contains("400"), "{refused}");
    let colours =
        "['.title', '.status', '.why'].map(it => getComputedStyle(document.querySelector('.refused ' + it)).color)";
    grace.scheme("light").await;
    assert_eq!(grace.eval(colours).await, json!(vec!["rgb(179, 38, 30)"; 3]));
    let other = "getComputedStyle(document.querySelector('#passed li:not(.refused) .title')).color";
    assert_ne!(grace.eval(other).await, "rgb(179, 38, 30)");

    grace.finds("#filter").await.click().await.unwrap();
    grace.types("CALLBACK").await;
    grace.lacks("#passed .refused").await;
    let shown = grace.finds("#passed li:not([hidden]) .title").await.text().await.unwrap();
    assert!(shown.starts_with("POST /interactions/"), "{shown}");
    grace.clicks("#inspector", "Close the inspector").await;
    grace.lacks("#inspector").await;
    assert_eq!(grace.focused().await, "button Inspector");
    story.sandbox.expect_refusals();
    ends(story, &[&grace]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_begins_by_a_click_and_ends_by_the_next() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
    let grace = sits(browser, &story, &story.grace).await;
    opens(&grace).await;

    grace.clicks("#inspector", "Drop the gateway").await;
    grace.reads("#passed", "RESUMED").await;

    switches(&grace, "Refuse the gateway", true).await;
    grace.reads("#bot-state", "Bot is away").await;
    switches(&grace, "Refuse the gateway", false).await;
    grace.reads("#bot-state", "Bot is connected").await;

    let permission = "Bot may not post in #general";
    switches(&grace, permission, true).await;
    assert_eq!(told(&grace, &story.grace, &story.general).await["channel"]["bot_may_post"], false);
    runs(&grace, "/daily post-now").await;
    grace.reads(LAST, "not allowed to post there").await;
    switches(&grace, permission, false).await;

    switches(&grace, "Discord answers 500", true).await;
    runs(&grace, "/help").await;
    grace.reads(LAST, "The application did not respond").await;
    switches(&grace, "Discord answers 500", false).await;
    runs(&grace, "/help").await;
    grace.reads(LAST, "Who sees what").await;
    story.sandbox.expect_refusals();
    ends(story, &[&grace]).await;
}
