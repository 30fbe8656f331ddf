//! The disk's floor: the same rows by a plain loop of batched transactions, each of which lasts when it has ended.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::{Connection as _, Executor as _, SqliteConnection};
use starling::store::Store;

use crate::sample::samples;
use crate::seed;

/// How many rows go into one transaction.
const BATCH: usize = 32;

/// Writes so many answers into a new database, and tells how long that took.
///
/// # Errors
/// When the database fails.
pub async fn run(file: &Path, rows: usize) -> anyhow::Result<Duration> {
    Store::open(file).await?.0.close().await;
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
    database.execute("pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on").await?;
    let samples = samples()?;
    let begun = Instant::now();
    for batch in (0..rows).step_by(BATCH) {
        let mut transaction = database.begin_with("begin immediate").await?;
        for number in batch..rows.min(batch + BATCH) {
            if let Some(sample) = samples.get(number % samples.len()) {
                seed::insert(&mut transaction, number, sample).await?;
            }
        }
        transaction.commit().await?;
    }
    Ok(begun.elapsed())
}
