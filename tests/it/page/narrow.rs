//! The page on a telephone.

use serde_json::json;

use super::{ends, sits, walks};
use crate::browser::{Browser, Key};
use crate::stories::world::Story;

/// What is wider than the place it has, and what can't be reached as it is beyond an edge.
const BEYOND: &str = "[...document.querySelectorAll('*')].filter((it) => {
    if (!it.checkVisibility({visibilityProperty: true})) return false;
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(it).overflowX) && it.scrollWidth > it.clientWidth;
    const {left, right, width} = it.getBoundingClientRect();
    const isOut = it.matches('a:not(.skip), button, input, textarea, label, summary, [role=option]') && width > 0 && (left < 0 || right > innerWidth);
    return scrolls || isOut || it === document.documentElement && it.scrollWidth !== innerWidth;
}).map((it) => `${it.localName}#${it.id}.${it.className}`)";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wider_than_a_telephone() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    browser.width(390, 844).await;
    let grace = sits(browser, &story, &story.grace).await;
    walks(&grace, async |place| assert_eq!(grace.eval(BEYOND).await, json!([]), "in {place}")).await;
    ends(story, &[&grace]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_side_opens_by_its_button_and_closes_by_a_choice() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    story.guild.add_channel("lobby");
    browser.width(390, 844).await;
    let ada = sits(browser, &story, &story.ada).await;
    ada.lacks("#side button, #side label").await;

    ada.clicks("main", "Channels and people").await;
    ada.finds("#side").await;
    assert_eq!(ada.focused().await, "button general");
    assert_eq!(ada.eval(BEYOND).await, json!([]));
    ada.presses(Key::Escape).await;
    ada.lacks("#side button, #side label").await;
    assert_eq!(ada.focused().await, "button Channels and people");

    ada.presses(Key::Enter).await;
    ada.clicks("#side", "lobby").await;
    ada.reads("#channel", "#lobby").await;
    ada.lacks("#side button, #side label").await;
    ada.lacks("#shade").await;
    assert_eq!(ada.eval("document.querySelector('#side-toggle').ariaExpanded").await, "false");
    ends(story, &[&ada]).await;
}
