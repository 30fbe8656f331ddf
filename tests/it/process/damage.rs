//! A database that is damaged, or was made by a newer Starling: the start is refused, and the file stays as it is.

use std::path::{Path, PathBuf};

use sqlx::AnyPool;
use starling::store::{Database, Found, Look, Store};
use tempfile::TempDir;

use super::backup::answer;
use super::{ended, folder, starling};

/// SQLite's pages are so long, and begin with a header of so many bytes in the first.
const PAGE: usize = 4096;
const HEADER: usize = 100;

/// The names of a database's files: itself, and its log.
const FILES: [&str; 2] = ["starling.db", "starling.db-wal"];

/// A database in a folder of its own, as it is after a clean stop.
async fn database() -> TempDir {
    let folder = folder();
    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    store.close().await;
    folder
}

/// The bytes of the database's files, where they are there.
fn bytes(folder: &Path) -> [Option<Vec<u8>>; 2] {
    FILES.map(|name| std::fs::read(folder.join(name)).ok())
}

/// Flips every bit of some bytes of a file.
fn flip(file: &PathBuf, place: std::ops::Range<usize>) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[place].iter_mut().for_each(|byte| *byte = !*byte);
    std::fs::write(file, bytes).unwrap();
}

/// Starts on it, which must be refused with one line that names the file, and with exit code 1.
fn is_refused_in_one_line(folder: &Path) -> String {
    let before = bytes(folder);
    // Nobody answers there: one that started would not go on for ever.
    let variables = [("DISCORD_TOKEN", "t"), ("DISCORD_API_URL", "http://127.0.0.1:1")];
    let (code, said) = ended(starling(folder, &variables, &["run"]).spawn().unwrap());
    assert_eq!((code, said.lines().count()), (Some(1), 1), "{said}");
    assert!(said.contains("starling.db"), "{said}");
    assert_eq!(bytes(folder), before, "the file was changed");
    said
}

#[tokio::test]
async fn a_damaged_header_is_refused_and_left() {
    let folder = database().await;
    flip(&folder.path().join("starling.db"), 0..HEADER);
    assert!(is_refused_in_one_line(folder.path()).contains("put a copy back"));
}

#[tokio::test]
async fn a_damaged_page_is_refused_and_left() {
    for page in [1, 5] {
        let folder = database().await;
        flip(&folder.path().join("starling.db"), page * PAGE..page * PAGE + PAGE / 2);
        assert!(is_refused_in_one_line(folder.path()).contains("put a copy back"), "page {page}");
    }
}

#[tokio::test]
async fn a_file_of_a_newer_starling_is_refused_and_left() {
    let folder = database().await;
    let url = format!("sqlite://{}", folder.path().join("starling.db").display());
    let pool = AnyPool::connect(&url).await.unwrap();
    sqlx::raw_sql("update _sqlx_migrations set version = 9999 where version = 2").execute(&pool).await.unwrap();
    pool.close().await;
    assert!(is_refused_in_one_line(folder.path()).contains("newer Starling"));
}

/// As a kill leaves it: some answers are in the log alone.
async fn killed() -> TempDir {
    let (living, killed) = (database().await, folder());
    let (store, _) = Store::open(&living.path().join(FILES[0])).await.unwrap();
    for id in 1..=20 {
        store.record_answer(answer(id)).await.unwrap();
    }
    for name in FILES {
        std::fs::copy(living.path().join(name), killed.path().join(name)).unwrap();
    }
    killed
}

#[tokio::test]
async fn a_damaged_page_below_a_log_is_refused_and_both_are_left() {
    let folder = killed().await;
    flip(&folder.path().join(FILES[0]), PAGE..PAGE + PAGE / 2);
    assert!(is_refused_in_one_line(folder.path()).contains("put a copy back"));
}

/// SQLite can't tell a damaged frame of its log from one that was being written when the power went, and takes the log to end before it.
#[tokio::test]
async fn of_a_damaged_log_what_comes_before_the_damage_is_kept() {
    let folder = killed().await;
    let (file, log) = (folder.path().join(FILES[0]), folder.path().join(FILES[1]));
    let end = usize::try_from(log.metadata().unwrap().len()).unwrap();
    flip(&log, end - PAGE..end);
    let (store, found) = Store::open(&file).await.unwrap();
    assert_eq!(found, Found::Holding { dailies: 0, answers: 19, copy: None });
    store.record_answer(answer(21)).await.unwrap();
    store.close().await;
    assert!(matches!(Store::look(&Database::Sqlite(file)).await.unwrap(), Look::Ready(_)));
}
