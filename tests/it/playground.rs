//! `starling playground` as a person meets it: what it prints, what is on its page, and what it leaves behind.

mod clock;
mod kept;
mod visit;

use std::fs;
use std::net::TcpListener;

use serde_json::json;

use self::visit::Visit;
use crate::process::{ended, folder, starling};

const NEXT_POST: &str = "/page/clock";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_it_finds_days_that_were_lived_and_nothing_is_left_behind() {
    let (folder, temporary) = (folder(), folder());
    // What belongs to a real bot, none of which is anything to it, be it broken or not.
    fs::write(folder.path().join(".env"), "this is no line of it\n").unwrap();
    let variables = [
        ("TMPDIR", temporary.path().to_str().unwrap()),
        ("DATABASE_URL", "sqlite://real.db"),
        ("DISCORD_TOKEN", "a token with spaces"),
        ("DISCORD_API_URL", "http://127.0.0.1:9"),
    ];
    let visit = Visit::begins(folder.path(), &variables, &[]).await;
    assert!(visit.printed.contains("Grace") && visit.printed.contains("Ctrl-C ends it."), "{}", visit.printed);
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1, "the database is in no folder of its own");

    assert_eq!(visit.fetches("/").await, 200);
    let seen = visit.sees("Ada", "general").await;
    assert_eq!(
        (&seen["bot"]["connected"], &seen["bot"]["host"], &seen["bot"]["name"]),
        (&json!(true), &json!(true), &json!("Starling"))
    );
    for channel in ["interviews", "evening-cohort"] {
        assert!(visit.posts_in(channel).await >= 3, "there are fewer posts in #{channel}");
    }
    let history = visit.runs("Ada", "history").await;
    assert!(history.contains("You have 5 answers.") && history.contains("attempt 2"), "{history}");
    let history = visit.runs("Bob", "history").await;
    assert!(history.contains("Tallow & Reed") && !history.contains("Skarvik"), "{history}");

    assert_eq!(visit.ends(), (Some(0), String::new()));
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0, "the database is still there");
    assert!(!folder.path().join("real.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_the_same_at_each_start() {
    let folder = folder();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let visit = Visit::begins(folder.path(), &[], &[]).await;
        let ids = ["general", "interviews", "evening-cohort"].map(|channel| visit.channel(channel));
        seen.push((ids, ["Grace", "Ada", "Bob"].map(|person| visit.person(person))));
        assert_eq!(visit.ends().0, Some(0));
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_page_stops_and_starts_the_bot_and_goes_from_post_to_post() {
    let folder = folder();
    let visit = Visit::begins(folder.path(), &[], &[]).await;
    let next = json!({"to_next_post": true});
    let all = async || visit.posts_in("interviews").await + visit.posts_in("evening-cohort").await;
    let before = all().await;

    visit.acts("/page/bot", &json!({"on": false})).await;
    visit.waits_for(|seen| seen["bot"]["connected"] == false).await;
    assert!(visit.is_refused(NEXT_POST, &next).await.contains("start it first"));
    // Twice, as a person may press it again.
    for _ in 0..2 {
        visit.acts("/page/bot", &json!({"on": true})).await;
    }
    visit.waits_for(|seen| seen["bot"]["connected"] == true).await;

    // One right after the other: none is passed over.
    for _ in 0..3 {
        visit.acts(NEXT_POST, &next).await;
    }
    visit.waits_for_posts(before + 3).await;
    for channel in ["interviews", "evening-cohort"] {
        let option = json!([["channel", visit.channel(channel)]]);
        visit.runs_with("Grace", "daily pause", &option).await;
    }
    assert!(visit.is_refused(NEXT_POST, &next).await.contains("No daily question is on"));
    assert_eq!(visit.ends(), (Some(0), String::new()));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (taken, folder) = (TcpListener::bind("127.0.0.1:0").unwrap(), folder());
    let port = taken.local_addr().unwrap().port().to_string();
    let arguments = ["playground", "--no-open", "--port", &port];
    let (code, said) = ended(starling(folder.path(), &[], &arguments).spawn().unwrap());
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.starts_with(&format!("port {port} is taken by another program")) && said.lines().count() == 1,
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn how_its_log_is_written_still_comes_from_the_environment() {
    let folder = folder();
    let wrong = [("LOG_FORMAT", "xml"), ("RUST_LOG", "starling=loud")];
    let (code, said) = ended(starling(folder.path(), &wrong, &["playground", "--no-open"]).spawn().unwrap());
    assert_eq!((code, said.lines().count()), (Some(2), 2), "{said}");
    let visit = Visit::begins(folder.path(), &[("LOG_FORMAT", "json"), ("RUST_LOG", "starling=info")], &[]).await;
    let (code, log) = visit.ends();
    assert!(code == Some(0) && log.starts_with('{') && log.contains("connected to the gateway"), "{log}");
}
