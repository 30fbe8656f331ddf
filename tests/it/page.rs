//! The sandbox's page in a real browser, as a person sees and uses it.

use sandbox::Sandbox;

use crate::browser::Browser;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_opens_and_nothing_complains() {
    let Some(browser) = Browser::opens().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.add_guild("Rustaceans").add_channel("general");
    browser.goes_to(&sandbox.url()).await;
    assert_ne!(browser.eval("document.title").await, "");
    for width in [1280, 390] {
        browser.width(width, 844).await;
        assert_eq!(
            browser.eval("document.documentElement.scrollWidth").await,
            width,
            "it is not as wide as its window"
        );
    }
    assert_eq!(browser.console().await, [""; 0]);
    assert_eq!(sandbox.problems(), [""; 0]);
}
