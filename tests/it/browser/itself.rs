//! That the browser does and tells what the tests of a page rely on, on pages of a few words.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use tokio::time::timeout;

use super::{Browser, Key};

/// An address that is a page.
fn page(html: &str) -> String {
    format!("data:text/html;charset=utf-8,<!doctype html><title>A page</title>{html}")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_on_a_page_is_in_the_console() {
    let Some(browser) = Browser::opens().await else { return };
    browser.goes_to(&page("<script>console.log('fine')</script>")).await;
    assert_eq!(browser.console().await, [""; 0]);

    browser.goes_to(&page("<script>console.warn('odd'); no.such.thing</script><img src=http://outside.test/a>")).await;
    let told = browser.console().await;
    let has = |level: &str, text: &str| told.iter().any(|line| line.starts_with(level) && line.contains(text));
    assert!(has("WARNING", "odd") && has("SEVERE", "no is not defined"), "{told:#?}");
    assert!(has("SEVERE", "ERR_NAME_NOT_RESOLVED"), "the network is within reach: {told:#?}");
    assert_eq!(browser.console().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_viewport_and_its_colours_are_the_wanted_ones() {
    let Some(browser) = Browser::opens().await else { return };
    let folder = tempfile::tempdir().unwrap();
    browser.goes_to(&page("<meta name=viewport content='width=device-width'><p>Text")).await;
    let seen = "[innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches]";
    assert_eq!(browser.eval(seen).await.as_array().unwrap()[..2], [json!(1280), json!(800)]);
    for (scheme, dark) in [("dark", true), ("light", false)] {
        browser.width(390, 844).await;
        browser.scheme(scheme).await;
        assert_eq!(browser.eval(seen).await, json!([390, 844, dark]));
    }

    let picture = folder.path().join("page.png");
    browser.screenshot(&picture).await;
    let header = fs::read(&picture).unwrap();
    let [width, height] = [16, 20].map(|at| u32::from_be_bytes(header[at..at + 4].try_into().unwrap()));
    assert_eq!((width, height), (390, 844));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_used_by_keyboard_alone() {
    let Some(browser) = Browser::opens().await else { return };
    let form = "<form onsubmit='said.append(who.value); return false'>
        <label>Your name <input id=who></label> <button aria-label='Say it'>Go</button></form><p id=said></p>";
    browser.goes_to(&page(form)).await;
    browser.presses(Key::Tab).await;
    assert_eq!(browser.focused().await, "textbox Your name");
    browser.types("Ada Ł ").await;
    browser.presses(Key::Tab).await;
    assert_eq!(browser.focused().await, "button Say it");
    browser.presses_with(Key::Shift, Key::Tab).await;
    // Whoever comes back finds the whole text selected.
    browser.presses(Key::End).await;
    browser.types("and Bob").await;
    browser.presses(Key::Enter).await;
    assert_eq!(browser.reads("p", "Bob").await, "Ada Ł and Bob");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_later_is_waited_for() {
    let Some(browser) = Browser::opens().await else { return };
    let later =
        "<button style='visibility: hidden'>Answer</button><main></main><aside><button>Answer</button></aside><script>
        const main = document.querySelector('main');
        const show = html => requestAnimationFrame(() => setTimeout(() => main.innerHTML = html, 100));
        show('<button hidden>Answer</button><button onclick=\"show(`Thanks.`)\">Answer</button>');
    </script>";
    browser.goes_to(&page(later)).await;
    browser.clicks("main", "Answer").await;
    assert_eq!(browser.reads("main", "Thanks").await, "Thanks.");
    browser.lacks("main button").await;
    browser.lacks("body > button").await;
    assert_eq!(browser.finds("button").await.text().await.unwrap(), "Answer");
    let nothing = browser.eval("document.querySelectorAll('main button').length").await;
    assert_eq!(nothing, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_see_pages_of_their_own() {
    let Some(ada) = Browser::opens().await else { return };
    let bob = ada.another().await;
    for (browser, name) in [(&ada, "Ada"), (&bob, "Bob")] {
        browser.goes_to(&page(&format!("<p>{name}</p>"))).await;
    }
    // Both are drawn: a page behind another would not be.
    for (browser, name) in [(&ada, "Ada"), (&bob, "Bob")] {
        let drawn = "new Promise(drawn => requestAnimationFrame(() => drawn(document.visibilityState)))";
        assert_eq!(browser.eval(drawn).await, "visible");
        assert_eq!(browser.reads("p", name).await, name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_browser_that_was_closed() {
    let Some(browser) = Browser::opens().await else { return };
    let (port, folder) = (browser.driver.port(), browser.driver.folder().to_owned());
    assert!(folder.exists() && TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
    assert!(processes(&folder) > 1);
    drop(browser);
    let all_end = async {
        while processes(&folder) > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), all_end).await.expect("the browser's processes end");
    assert!(!folder.exists(), "{} is still there", folder.display());
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(), "chromedriver still listens");
}

/// How many processes run whose command line names a folder. One that is dead has none.
fn processes(folder: &Path) -> usize {
    let folder = folder.to_str().unwrap();
    let all = fs::read_dir("/proc").unwrap().flatten();
    let lines = all.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).contains(folder)).count()
}
