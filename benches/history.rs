//! How long the work for `/history` and `/progress` takes for somebody with 10,000 answers, in a database with 200,000 of others:
//! `cargo bench --bench history`. The bar is 50 ms for each, in the median. The database is made anew in a temporary folder, some 1 GB, and
//! removed at the end.
#![expect(clippy::unwrap_used, reason = "a benchmark that can't go on has failed")]

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use jiff::Timestamp;
use sqlx::{Connection as _, SqliteConnection};
use starling::domain::answer::Part;
use starling::domain::bank::QuestionBank;
use starling::domain::history::HistoryQuery;
use starling::domain::id::UserId;
use starling::domain::progress::{Coverage, HalfYear, Streak};
use starling::reply::progress::{Standing, progress};
use starling::reply::{history, picture};
use starling::store::Store;
use tempfile::TempDir;
use tokio::runtime::Runtime;

const ADA: u64 = 1;
const OWN: i64 = 10_000;
/// One answer of so many is Ada's, so that hers lie scattered as they would over the years.
const OF_ALL: i64 = 21;

/// From 2024 on, one of Ada's every 150 minutes.
const BEGAN_AT: i64 = 1_704_067_200_000;
const BETWEEN: i64 = 150 * 60_000;

/// Channels with a daily question that Ada answers; every fourth of her answers is to none.
const CHANNELS: i64 = 3;

struct World {
    runtime: Runtime,
    store: Store,
    bank: QuestionBank,
    now: Timestamp,
    folder: TempDir,
}

/// Lives as long as the program: what is static is never dropped, so `main` empties the folder.
static WORLD: LazyLock<World> = LazyLock::new(|| {
    // With `--test` it is only seen to run.
    let own = if std::env::args().any(|argument| argument == "--test") { 100 } else { OWN };
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let bank = QuestionBank::built_in().unwrap();
    let file = folder.path().join("starling.db");
    let store = runtime.block_on(async {
        let (store, _) = Store::open(&file).await.unwrap();
        let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
        let mut transaction = database.begin().await.unwrap();
        samples(&mut transaction, &bank).await;
        answers(&mut transaction, own).await;
        posts(&mut transaction).await;
        transaction.commit().await.unwrap();
        sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut database).await.unwrap();
        store
    });
    let now = Timestamp::from_millisecond(BEGAN_AT + own * BETWEEN).unwrap();
    World { runtime, store, bank, now, folder }
});

/// What the answers say: the samples of the bank.
async fn samples(database: &mut SqliteConnection, bank: &QuestionBank) {
    let table =
        "create temp table sample (place integer primary key, question_key, situation, task, action, result, folded)";
    sqlx::query(table).execute(&mut *database).await.unwrap();
    for (place, question) in (0_i64..).zip(bank.active()) {
        let parts = Part::ALL.map(|part| question.sample.get(part));
        let mut insert = sqlx::query("insert into sample values ($1, $2, $3, $4, $5, $6, $7)")
            .bind(place)
            .bind(question.key.as_str());
        for part in parts {
            insert = insert.bind(part);
        }
        insert.bind(parts.join("\n").to_lowercase()).execute(&mut *database).await.unwrap();
    }
}

async fn answers(database: &mut SqliteConnection, own: i64) {
    let statement = "with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < $1), \
        planned as (select i, i % $2 = 0 as own, i / $2 as k, $3 + i * ($4 / $2) as at, \
            (select count(*) from sample) as samples from n) \
        insert into answer (interaction_id, user_id, guild_id, channel_id, day, question_key, attempt, situation, task, action, result, \
            folded, answered_at) \
        select i + 1, iif(own, 1, 2 + i % 2000), 1, nullif(iif(own, k % ($5 + 1), 0), 0), \
            iif(own and k % ($5 + 1) > 0, date(at / 1000, 'unixepoch'), null), question_key, i + 1, \
            situation, task, action, result, folded, at \
        from planned join sample on place = i % samples";
    let insert = sqlx::query(statement).bind(own * OF_ALL).bind(OF_ALL).bind(BEGAN_AT).bind(BETWEEN).bind(CHANNELS);
    insert.execute(database).await.unwrap();
}

/// A post in each of Ada's channels and of a hundred others on every day of three years.
async fn posts(database: &mut SqliteConnection) {
    let statement = "with recursive day (d) as (select 0 union all select d + 1 from day where d < 1095), \
        channel (c) as (select 1 union all select c + 1 from channel where c < 100) \
        insert into post (channel_id, day, guild_id, due_at, window_ends_at, state, attempts, message_id, sent_at, zone) \
        select c, date($1 / 1000 + d * 86400, 'unixepoch'), 1, $1 + d * 86400000, $1 + d * 86400000, 'sent', 1, \
            1000000 + c * 10000 + d, $1 + d * 86400000, iif(c % 2 = 0, 'Europe/Berlin', 'America/New_York') \
        from day join channel";
    sqlx::query(statement).bind(BEGAN_AT).execute(database).await.unwrap();
}

fn look_back(search: &str, page: u32) -> usize {
    let World { runtime, store, .. } = &*WORLD;
    let query = HistoryQuery { search: search.to_owned(), page, ..HistoryQuery::default() };
    let found = runtime.block_on(store.history(UserId(ADA), &query)).unwrap();
    history::page(&query, &found).private_body().to_string().len()
}

#[divan::bench]
fn history_first_page(bencher: Bencher<'_, '_>) {
    bencher.bench(|| look_back(black_box(""), 0));
}

#[divan::bench]
fn history_last_page(bencher: Bencher<'_, '_>) {
    bencher.bench(|| look_back(black_box(""), 999));
}

/// Words of one sample: one answer of some twenty has them.
#[divan::bench]
fn history_search_with_matches(bencher: Bencher<'_, '_>) {
    bencher.bench(|| look_back(black_box("Index"), 0));
}

/// Every one of the texts is read to the end.
#[divan::bench]
fn history_search_in_vain(bencher: Bencher<'_, '_>) {
    bencher.bench(|| look_back(black_box("zebra crossing"), 0));
}

#[divan::bench]
fn progress_with_picture(bencher: Bencher<'_, '_>) {
    let World { runtime, store, bank, now, .. } = &*WORLD;
    bencher.bench(|| {
        let past = runtime.block_on(store.past(black_box(UserId(ADA)))).unwrap();
        let half_year = HalfYear::of(&past, *now);
        let message = progress(Standing {
            answers: u32::try_from(past.answers.len()).unwrap(),
            streak: Streak::of(&past.channels, &past.answers, half_year.last, *now),
            coverage: Coverage::of(UserId(ADA), &past, None, bank),
            picture: picture::png(&half_year).unwrap(),
            half_year,
        });
        message.private_body().to_string().len() + message.files.len()
    });
}

/// Its part that asks the database.
#[divan::bench]
fn progress_database(bencher: Bencher<'_, '_>) {
    let World { runtime, store, .. } = &*WORLD;
    bencher.bench(|| runtime.block_on(store.past(black_box(UserId(ADA)))).unwrap());
}

fn main() {
    let World { runtime, store, folder, .. } = LazyLock::force(&WORLD);
    divan::main();
    runtime.block_on(store.close());
    std::fs::remove_dir_all(folder.path()).unwrap();
}
