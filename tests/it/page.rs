//! The sandbox's page in a real browser, as a person sees and uses it, with the real bot behind it.

mod access;
mod days;
mod failing;
mod files;
mod inspector;
mod markdown;
mod narrow;
mod together;
mod way;

use sandbox::{Channel, Person, Sandbox};
use serde_json::{Value, json};

use crate::browser::{Browser, Key};
use crate::stories::world::Story;

/// The newest message.
const LAST: &str = "#messages > li:last-child";

/// The four parts of an answer, in the order of the modal.
const PARTS: [&str; 4] = [
    "In May the aardvark search was slow.",
    "I had to make it fast.",
    "I found a missing index and added it.",
    "Searches went from 900 ms to 40 ms.",
];

/// Where the page shows a channel to a person.
fn address(story: &Story, person: &Person, channel: &Channel) -> String {
    format!("{}/#{}/{}", story.sandbox.url(), person.id(), channel.id())
}

/// Somebody sits down before #general.
async fn sits(browser: Browser, story: &Story, person: &Person) -> Browser {
    browser.lives_in("Europe/Berlin", "en-GB").await;
    browser.goes_to(&address(story, person, &story.general)).await;
    browser.reads("#channel", "general").await;
    browser
        .reaches(&format!(
            "document.querySelector('#say').placeholder.startsWith({})",
            json!(format!("As {}:", person.name()))
        ))
        .await;
    browser
}

/// Types a command, takes what the picker offers first, and waits for its form.
async fn picks(browser: &Browser, command: &str) {
    browser.finds("#say").await.click().await.expect("a field");
    browser.types(command).await;
    browser.reads("#composer .choices [aria-selected=true] .name", command).await;
    browser.presses(Key::Enter).await;
    browser.reads("form.command .chip", command).await;
}

/// The same, and sends it with nothing given.
async fn runs(browser: &Browser, command: &str) {
    picks(browser, command).await;
    browser.presses(Key::Enter).await;
}

/// Presses Answer below the post, and writes all four parts.
async fn answers(browser: &Browser) {
    browser.clicks("#messages", "Answer").await;
    browser.finds("dialog[open]").await;
    for part in PARTS {
        browser.types(part).await;
        browser.presses(Key::Tab).await;
    }
    browser.clicks("dialog", "Submit").await;
    browser.reads(LAST, "Saved as your attempt 1").await;
}

/// What the sandbox tells a person about a channel, as it goes over the wire.
async fn told(browser: &Browser, person: &Person, channel: &Channel) -> Value {
    let path = format!("/page/live?as={}&in={}", person.id(), channel.id());
    let first = format!(
        "new Promise((tell) => {{
            const source = new EventSource({});
            source.onmessage = (event) => tell(JSON.parse(event.data)) ?? source.close();
        }})",
        json!(path)
    );
    browser.eval(&first).await
}

/// Goes to each of the page's places with somebody who may do everything, and looks there.
async fn walks(grace: &Browser, look: impl AsyncFn(&str)) {
    grace.reads("#messages", "Show guidance").await;
    look("a channel with a post").await;
    grace.finds("#say").await.click().await.expect("a field");
    grace.types("/").await;
    grace.reads("#composer .choices", "/daily setup").await;
    look("the picker").await;
    grace.types("daily setup").await;
    grace.presses(Key::Enter).await;
    grace.finds(".options-more button").await;
    grace.eval("document.querySelectorAll('.options-more button').forEach((more) => more.click())").await;
    grace.lacks(".options-more button").await;
    look("the form of a command").await;
    grace.clicks("form.command", "Cancel").await;

    grace.clicks("#messages", "Answer").await;
    grace.finds("dialog[open]").await;
    look("a modal").await;
    grace.clicks("dialog", "Cancel").await;
    answers(grace).await;
    look("a reply with a sample").await;
    runs(grace, "/history").await;
    grace.reads(LAST, "You have 1 answer.").await;
    grace.clicks(LAST, "Open one in full").await;
    look("the history, with its menu open").await;
    runs(grace, "/mydata export").await;
    grace.finds(&format!("{LAST} a.file")).await;
    look("a reply with files").await;
    grace.clicks("main", "Inspector").await;
    grace.finds("#passed summary").await.click().await.expect("an entry");
    look("the inspector").await;
}

/// Ends a story after which no window complains.
async fn ends(story: Story, windows: &[&Browser]) {
    for window in windows {
        assert_eq!(window.console().await, [""; 0]);
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_opens_where_nobody_is_yet_and_nothing_complains() {
    let Some(browser) = Browser::opens().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.goes_to(&sandbox.url()).await;
    browser.reads("#messages", "Nothing has been written here yet.").await;
    let guild = sandbox.add_guild("Rustaceans");
    guild.add_channel("general");
    guild.add_member("Ada");
    browser.reads("#channel", "#general").await;
    assert_eq!(browser.eval("document.title").await, "#general · Rustaceans");
    assert_eq!(browser.console().await, [""; 0]);
    assert_eq!(sandbox.problems(), [""; 0]);
}
