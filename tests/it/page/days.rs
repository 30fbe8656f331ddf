//! The page's clock.

use super::{LAST, sits};
use crate::browser::{Browser, Key};
use crate::stories::world::Story;

/// Types into the field for a date and a time, and presses Enter.
async fn goes_to(browser: &Browser, date: &str, time: &str) {
    browser.eval("document.querySelector('#date').blur()").await;
    browser.eval("document.querySelector('#date').focus()").await;
    browser.types(date).await;
    // From the year, which may be longer, to the hour.
    browser.presses(Key::Right).await;
    browser.types(time).await;
    browser.presses(Key::Enter).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_goes_on_by_a_day_or_to_a_date_and_never_back() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let ada = sits(browser, &story, &story.ada).await;
    ada.lacks("#to-next-post").await;
    let first = ada.reads(LAST, "Show guidance").await;
    ada.clicks("main", "+1 day").await;
    ada.reads("#now", "Tuesday, 5 May 2026").await;
    ada.reaches("document.querySelectorAll('#messages .embed').length === 2").await;
    assert_ne!(ada.reads(LAST, "Show guidance").await, first, "the same question again");

    goes_to(&ada, "05062026", "0930AM").await;
    ada.reads("#now", "Wednesday, 6 May 2026").await;
    ada.reads("#now", "09:30").await;
    ada.reaches("document.querySelectorAll('#messages .embed').length === 3").await;

    goes_to(&ada, "05012026", "0930AM").await;
    ada.reads("#notice", "back").await;
    assert_eq!(ada.console().await.len(), 1, "the browser tells of what was refused");
    ada.clicks("main", "+1 h").await;
    ada.reads("#now", "10:30").await;
    ada.lacks("#notice").await;
    super::ends(story, &[&ada]).await;
}
