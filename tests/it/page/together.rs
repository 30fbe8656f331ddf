//! Several people, each at a window of their own.

use super::{LAST, ends, runs, sits};
use crate::browser::{Browser, Key};
use crate::stories::world::Story;

async fn says(browser: &Browser, text: &str) {
    browser.finds("#say").await.click().await.unwrap();
    browser.types(text).await;
    browser.presses(Key::Enter).await;
}

/// Who sits at the window, and where.
async fn is(browser: &Browser, person: &str, channel: &str) {
    browser.reads("#channel", channel).await;
    browser.reaches(&format!("document.querySelector('#say').placeholder.startsWith('As {person}:')")).await;
    browser.reads("#people label:has(:checked)", person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_says_the_other_sees_and_what_was_dismissed_stays_away() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    let bob = browser.another().await;
    let ada = sits(browser, &story, &story.ada).await;
    let bob = sits(bob, &story, &story.bob).await;
    says(&ada, "Good morning, **Bob** and <@1>!").await;
    bob.reads(LAST, "Good morning, Bob and @unknown-user!").await;

    runs(&bob, "/help").await;
    bob.reads(LAST, "Who sees what").await;
    bob.clicks(LAST, "Dismiss message").await;
    bob.lacks("#messages .ephemeral").await;
    says(&ada, "Are you there?").await;
    bob.reads(LAST, "Are you there?").await;
    assert_eq!(bob.eval("document.querySelectorAll('#messages .ephemeral').length").await, 0);

    // In a channel where one is not, what is new has a mark.
    story.guild.add_channel("lobby");
    bob.clicks("#side", "lobby").await;
    bob.reads("#channel", "#lobby").await;
    says(&ada, "Bob?").await;
    bob.finds_named("#places", "button", "general unread").await;
    bob.clicks("#side", "general unread").await;
    bob.reads(LAST, "Bob?").await;
    assert_eq!(bob.eval("document.querySelectorAll('#messages .ephemeral').length").await, 0);
    ends(story, &[&ada, &bob]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_a_person_and_a_place() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    story.guild.add_channel("lobby");
    let window = sits(browser, &story, &story.ada).await;
    window.clicks("#side", "lobby").await;
    is(&window, "Ada", "#lobby").await;
    window.finds("#people label:last-child").await.click().await.unwrap();
    is(&window, "Bob", "#lobby").await;
    window.reloads().await;
    is(&window, "Bob", "#lobby").await;
    window.eval("history.back()").await;
    is(&window, "Ada", "#lobby").await;

    // A direct message is nobody else's place.
    window.clicks("#side", "Bot").await;
    is(&window, "Ada", "Bot").await;
    runs(&window, "/help").await;
    window.reads(LAST, "Who sees what").await;
    window.finds("#people label:last-child").await.click().await.unwrap();
    is(&window, "Bob", "#general").await;
    ends(story, &[&window]).await;
}
