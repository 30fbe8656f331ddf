//! `starling check`.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};
use sandbox::Sandbox;
use sqlx::AnyPool;
use starling::clock::Clock;
use starling::store::Store;

use super::{ended, folder, starling};

/// How many requests one check makes.
const ASKED: usize = 3;

fn check(folder: &Path, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    ended(starling(folder, variables, &["check"]).spawn().unwrap())
}

/// The line of a point.
fn line<'a>(said: &'a str, point: &str) -> &'a str {
    let has_point = |line: &&str| line.contains(&format!("  {point}: "));
    said.lines().find(has_point).unwrap_or_else(|| panic!("{point} is not in: {said}"))
}

/// Answers one check as Discord would at that time, for an application that may be installed to these places.
fn discord(time: Timestamp, installs_to: &'static str) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap();
    let answering = move || {
        let asked = listener.incoming().take(ASKED);
        asked.map(|connection| answer(connection.unwrap(), &date, installs_to)).collect()
    };
    (url, std::thread::spawn(answering))
}

/// Answers one request and says which it was.
fn answer(mut connection: TcpStream, date: &str, installs_to: &str) -> String {
    let head = BufReader::new(connection.try_clone().unwrap()).lines().map(Result::unwrap);
    let head: Vec<String> = head.take_while(|line| !line.is_empty()).collect();
    let body = if head[0] == "GET /api/v10/applications/@me HTTP/1.1" {
        format!(r#"{{"id": "5", "bot": {{"id": "6"}}, "integration_types_config": {installs_to}}}"#)
    } else {
        let starts = r#"{"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}"#;
        format!(r#"{{"url": "wss://gateway.example", "shards": 1, "session_start_limit": {starts}}}"#)
    };
    let length = body.len();
    write!(
        connection,
        "HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
    head[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_to_mend_it_exits_with_0_and_has_only_asked() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
    let url = sandbox.url();
    let (code, said) = check(folder.path(), &[("DISCORD_TOKEN", sandbox.token()), ("DISCORD_API_URL", &url)]);
    assert_eq!(code, Some(0), "{said}");
    for point in ["configuration", "packs", "database", "token", "accounts", "gateway", "clock"] {
        assert!(line(&said, point).starts_with("ok    "), "{said}");
    }
    assert!(line(&said, "database").ends_with("starling.db will be created"), "{said}");
    let calls = sandbox.calls();
    assert!(!calls.is_empty() && calls.iter().all(|call| call.method == "GET"), "{calls:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_clock_that_is_wrong_and_an_application_for_servers_alone_are_to_be_mended() {
    let folder = folder();
    let (url, answering) = discord(Clock::System.now() - SignedDuration::from_mins(5), r#"{"0": {}}"#);
    let (code, said) = check(folder.path(), &[("DISCORD_TOKEN", "t"), ("DISCORD_API_URL", &url)]);
    assert_eq!(code, Some(1), "{said}");
    assert!(line(&said, "clock").starts_with("mend  clock: it is 30"), "{said}");
    assert!(line(&said, "accounts").contains("switch User Install on"), "{said}");
    assert!(said.ends_with("points to mend: 2\n"), "{said}");
    answering.join().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_does_not_know_keeps_no_other_point_from_being_tried() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
    let url = sandbox.url();
    let (code, said) = check(folder.path(), &[("DISCORD_TOKEN", "wrong"), ("DISCORD_API_URL", &url)]);
    assert_eq!(code, Some(1));
    assert!(line(&said, "token").contains("Discord does not know this token"), "{said}");
    assert!(line(&said, "gateway").ends_with("mend the token first"), "{said}");
    for point in ["configuration", "packs", "database", "clock"] {
        assert!(line(&said, point).starts_with("ok    "), "{said}");
    }
    assert!(!said.contains("wrong") && sandbox.commands().is_empty(), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_configuration_exits_with_2_and_what_can_be_looked_at_is() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
    let url = sandbox.url();
    let (code, said) = check(folder.path(), &[("DISCORD_API_URL", &url), ("LOG_FORMAT", "xml")]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("mend  configuration: DISCORD_TOKEN is missing."), "{said}");
    assert!(said.contains("mend  configuration: LOG_FORMAT is"), "{said}");
    for point in ["packs", "database", "clock"] {
        assert!(line(&said, point).starts_with("ok    "), "{said}");
    }
    assert!(line(&said, "token").ends_with("mend the configuration first"), "{said}");

    std::fs::write(folder.path().join(".env"), "this is no line of it").unwrap();
    let (code, said) = check(folder.path(), &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(line(&said, "configuration").contains(".env has a line"), "{said}");
    assert!(line(&said, "packs").starts_with("ok    ") && line(&said, "database").starts_with("mend  "), "{said}");
}

/// What is said of the database, whose file it must leave as it is.
fn database_line(folder: &Path) -> String {
    let file = folder.join("starling.db");
    let before = std::fs::read(&file).unwrap();
    let (_, said) = check(folder, &[]);
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1, "a file was left beside the database");
    line(&said, "database").to_owned()
}

#[tokio::test]
async fn a_database_is_looked_at_and_left_as_it_is() {
    let folder = folder();
    let file = folder.path().join("starling.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(&url).await.unwrap();
    sqlx::migrate!().run_to(1, &pool).await.unwrap();
    sqlx::raw_sql(include_str!("../samples/0001.sql")).execute(&pool).await.unwrap();
    pool.close().await;
    let behind = database_line(folder.path());
    assert!(behind.ends_with("daily questions: 2, answers: 2; the next start brings it up to date, after a copy"));

    let (store, _) = Store::open(&file).await.unwrap();
    store.close().await;
    std::fs::remove_file(folder.path().join("starling.db.before-migration-after-0001")).unwrap();
    assert!(database_line(folder.path()).ends_with("starling.db holds daily questions: 2, answers: 2"));

    let pool = AnyPool::connect(&url).await.unwrap();
    let newer = "update _sqlx_migrations set version = 9999 where version = 2";
    sqlx::raw_sql(newer).execute(&pool).await.unwrap();
    pool.close().await;
    assert!(database_line(folder.path()).contains("was made by a newer Starling; start that version"));

    let pool = AnyPool::connect(&url).await.unwrap();
    let changed = "update _sqlx_migrations set version = 2, checksum = x'00' where version = 9999";
    sqlx::raw_sql(changed).execute(&pool).await.unwrap();
    pool.close().await;
    assert!(database_line(folder.path()).contains("was made with another migration 2 than this Starling has"));

    std::fs::write(&file, "this is no database, only some text that stands in its place").unwrap();
    let garbage = database_line(folder.path());
    assert!(garbage.starts_with("mend  database: ") && garbage.contains("can't be read"), "{garbage}");
}

#[tokio::test]
async fn a_damaged_database_and_a_folder_that_is_not_there_are_to_be_mended() {
    let folder = folder();
    let file = folder.path().join("starling.db");
    let (store, _) = Store::open(&file).await.unwrap();
    store.close().await;
    let mut bytes = std::fs::read(&file).unwrap();
    let page = 4096;
    let last = bytes.len() - page;
    bytes[last..].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    let damaged = database_line(folder.path());
    assert!(damaged.contains("is damaged; put a copy back"), "{damaged}");

    let elsewhere = [("DATABASE_URL", "sqlite://nowhere/starling.db")];
    let (code, said) = check(folder.path(), &elsewhere);
    assert_eq!(code, Some(2), "{said}");
    assert!(line(&said, "database").contains("there is no folder"), "{said}");
}

#[test]
fn a_folder_that_takes_no_file_and_a_file_that_can_not_be_written_are_to_be_mended() {
    let folder = folder();
    // Not even root makes a file in the one, or writes into the other.
    std::os::unix::fs::symlink("/proc/sys/kernel/ostype", folder.path().join("linked.db")).unwrap();
    for url in ["sqlite:///proc/starling.db", "sqlite://linked.db"] {
        let variables = [("DATABASE_URL", url), ("DISCORD_API_URL", "http://127.0.0.1:9")];
        let (_, said) = check(folder.path(), &variables);
        let line = line(&said, "database");
        assert!(line.starts_with("mend  ") && line.contains("can't be created, written or made private"), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
