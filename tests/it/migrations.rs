//! Each migration is applied over sample rows of the one before, and Starling reads what comes out.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::date;
use secrecy::SecretString;
use sqlx::AnyPool;
use starling::domain::bank::Packs;
use starling::domain::history::HistoryQuery;
use starling::domain::id::{ChannelId, UserId};
use starling::domain::question::{Level, QuestionKey};
use starling::store::{Database, Found, Store, StoreError};

use crate::postgres::empty_database;

/// Rows as each migration's time knew them, by its version. A migration without new columns to try needs none.
const SAMPLES: [(i64, &str); 3] = [
    (1, include_str!("samples/0001.sql")),
    (2, include_str!("samples/0002.sql")),
    (4, include_str!("samples/0004.sql")),
];

#[tokio::test]
async fn each_migration_keeps_the_rows_that_were_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    migrate_over_samples(&format!("sqlite://{}?mode=rwc", file.display())).await;
    check(&Database::Sqlite(file)).await;
    if let Some(url) = empty_database().await {
        migrate_over_samples(&url).await;
        check(&Database::Postgres(SecretString::from(url))).await;
    }
}

async fn migrate_over_samples(url: &str) {
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(url).await.unwrap();
    let migrator = sqlx::migrate!();
    for migration in migrator.iter() {
        migrator.run_to(migration.version, &pool).await.unwrap();
        if let Some((_, rows)) = SAMPLES.iter().find(|(version, _)| *version == migration.version) {
            sqlx::raw_sql(*rows).execute(&pool).await.unwrap();
        }
    }
    pool.close().await;
}

/// Starling reads what came out.
async fn check(database: &Database) {
    let (store, found) = Store::connect(database).await.unwrap();
    assert_eq!(found, Found::Holding { dailies: 2, answers: 2, copy: None });
    let daily = store.daily(ChannelId(10)).await.unwrap().unwrap();
    assert_eq!(daily.next.unwrap().day, date(2026, 5, 5));
    let chosen = store.daily(ChannelId(11)).await.unwrap().unwrap();
    assert_eq!(chosen.packs, Packs::Only(vec!["backend".to_owned(), "people".to_owned()]));
    assert!(chosen.opens_thread && chosen.level == Some(Level::Mid));
    let zones = store.posts_since(ChannelId(10), date(2026, 5, 1)).await.unwrap().into_iter().map(|post| post.zone);
    assert_eq!(zones.collect::<Vec<_>>(), [daily.schedule.zone.clone(), daily.schedule.zone].map(Some));
    assert_eq!(store.feedback().await.unwrap().len(), 1);
    assert_eq!(store.history(UserId(4), &HistoryQuery::default()).await.unwrap().total, 2);
    let key = QuestionKey::parse("protect-user-data").unwrap();
    assert!(store.draft(UserId(5), &key).await.unwrap().is_some());
    assert!(!store.is_coached(UserId(4)).await.unwrap() && store.is_coached(UserId(5)).await.unwrap());
    assert_eq!(store.last_offer(UserId(4)).await.unwrap().unwrap().question, key);
    assert_eq!(store.revisits(UserId(4)).await.unwrap().len(), 1);
    assert_eq!(store.shares_of(UserId(4)).await.unwrap().len(), 1);
}

/// What each migration is, for ever: a database that applied one accepts no other in its place. A new one gets a line here.
const CHECKSUMS: [(i64, &str); 6] = [
    (1, "974b67a8e7f284f5b4420d9a5c04d15650d9530052f6cb3f3b835f2a23f4c8ba9242c70fc179f99427295cc4383af58e"),
    (2, "51978d83726acbc2d61a0d12ff4c34eafdc855ab579e7c9c0ccb086c5a293624d73e2aeee2923c49496ffb61183adc49"),
    (3, "0c4d6757c163b5b455a5b91bd3efe3b72a00fd9fedbb950d84b2341514ee58a2c9582d9912f7ea8d16e91fb45218dd94"),
    (4, "20acc30ae3bb60b2bb92403f00a2a1e444a647551fc107f52abc947cd1d210b1470615b569e23b18100b0583624fea9f"),
    (5, "ad5b5ab45d4f20936d381821267dfedbe06eccd34d1013b3b52ed3c2f0e2e71786cd242696f3418c658984a2c4a50c64"),
    (6, "7c59a576b1b886b57fc1e8b425a8f824a381af2bf05c438668a516221cb5796611d5fb63f51d976b2c42f9338db17dde"),
];

#[test]
fn a_migration_never_changes_once_it_has_landed() {
    for migration in sqlx::migrate!().iter() {
        let mut checksum = String::new();
        for byte in migration.checksum.iter() {
            write!(checksum, "{byte:02x}").unwrap();
        }
        let pinned = CHECKSUMS.iter().find(|(version, _)| *version == migration.version);
        let (_, pinned) = pinned.unwrap_or_else(|| panic!("pin {} as {checksum}", migration.version));
        assert_eq!(checksum, *pinned, "migration {} was changed; write a new one instead", migration.version);
    }
    assert_eq!(CHECKSUMS.len(), sqlx::migrate!().iter().count(), "a migration is gone");
}

/// A database of the first version, and a connection to it.
async fn first_version(file: &Path) -> AnyPool {
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    sqlx::migrate!().run_to(1, &pool).await.unwrap();
    pool
}

fn told(error: StoreError) -> String {
    format!("{:#}", anyhow::Error::from(error))
}

#[tokio::test]
async fn a_migration_that_fails_names_the_copy_from_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let pool = first_version(&file).await;
    sqlx::raw_sql("create table put_off (in_the_way integer)").execute(&pool).await.unwrap();
    pool.close().await;
    let told = told(Store::open(&file).await.unwrap_err());
    let copy = folder.path().join("starling.db.before-migration-after-0001");
    assert!(told.contains(&format!("as it was before, it is in {}", copy.display())), "{told}");
    assert!(copy.exists() && told.contains("put_off"), "{told}");
}

#[tokio::test]
async fn a_file_with_another_migration_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let pool = first_version(&file).await;
    sqlx::raw_sql("update _sqlx_migrations set checksum = x'00'").execute(&pool).await.unwrap();
    pool.close().await;
    let told = told(Store::open(&file).await.unwrap_err());
    assert!(told.contains("start the Starling that made it, or put a copy back"), "{told}");
}

#[tokio::test]
async fn an_old_copy_goes_however_the_folder_is_written() {
    let folder = tempfile::tempdir().unwrap();
    first_version(&folder.path().join("starling.db")).await.close().await;
    let earlier = folder.path().join("starling.db.before-migration-after-0000");
    std::fs::write(&earlier, "an earlier copy").unwrap();
    Store::open(&folder.path().join("./starling.db")).await.unwrap();
    assert!(!earlier.exists());
}

#[tokio::test]
async fn before_a_migration_the_file_is_copied_and_only_the_newest_copy_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let pool = first_version(&file).await;
    sqlx::raw_sql(SAMPLES[0].1).execute(&pool).await.unwrap();
    pool.close().await;
    let earlier = folder.path().join("starling.db.before-migration-after-0000");
    std::fs::write(&earlier, "an earlier copy").unwrap();

    let (store, found) = Store::open(&file).await.unwrap();
    let copy = folder.path().join("starling.db.before-migration-after-0001");
    assert_eq!(found, Found::Holding { dailies: 2, answers: 2, copy: Some(copy.clone()) });
    assert!(!earlier.exists());
    store.close().await;
    let (_, again) = Store::open(&file).await.unwrap();
    assert_eq!(again, Found::Holding { dailies: 2, answers: 2, copy: None });

    let pool = AnyPool::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let (version, answers): (i64, i64) =
        sqlx::query_as("select (select max(version) from _sqlx_migrations), (select count(*) from answer)")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!((version, answers), (1, 2));
}

#[tokio::test]
async fn an_earlier_copy_stays_until_the_new_one_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let pool = first_version(&file).await;
    pool.close().await;
    let earlier = folder.path().join("starling.db.before-migration-after-0000");
    std::fs::write(&earlier, "an earlier copy").unwrap();
    let in_the_way = folder.path().join("starling.db.unfinished-copy");
    std::fs::create_dir(&in_the_way).unwrap();
    Store::open(&file).await.unwrap_err();
    assert!(earlier.exists());

    std::fs::remove_dir(&in_the_way).unwrap();
    std::fs::write(&in_the_way, "what a start that was cut off left").unwrap();
    Store::open(&file).await.unwrap();
    assert!(!earlier.exists() && !in_the_way.exists());
}

#[tokio::test]
async fn a_file_of_a_newer_starling_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let (store, _) = Store::open(&file).await.unwrap();
    store.close().await;
    let pool = AnyPool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'newer', true, x'00', 0)";
    sqlx::raw_sql(newer).execute(&pool).await.unwrap();
    pool.close().await;
    assert!(Store::open(&file).await.unwrap_err().to_string().contains("brought up to date"));
}
