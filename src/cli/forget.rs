//! `starling forget USER_ID`: deletes everything that is stored of a person, and says what a host has to see to besides.

use std::process::ExitCode;
use std::time::Duration;

use tokio::time::{interval, timeout};

use super::{database, say};
use crate::domain::id::UserId;
use crate::store::Store;

/// How long a reader is waited for that keeps traces of what was deleted in SQLite's log, and how often it is tried.
const READERS_WITHIN: Duration = Duration::from_secs(5);
const TRIED_EVERY: Duration = Duration::from_millis(200);

/// Deletes. The exit code tells whether nothing is left in the database and its log.
pub(super) async fn forget(user: UserId) -> anyhow::Result<ExitCode> {
    let place = database::existing()?;
    let store = database::ready(&place).await?;
    let deleted = store.forget(user).await?;
    let traces = deleted.fold_owed && timeout(READERS_WITHIN, folded(&store)).await.is_err();
    store.close().await;
    say(&match deleted.rows {
        0 => format!("Nothing is stored about person {user}."),
        rows => format!("Deleted {rows} rows of person {user}."),
    })?;
    for copy in place.copies()? {
        say(&format!(
            "{} was made before and may still hold what they wrote; delete it once you need it no more.",
            copy.display()
        ))?;
    }
    if traces {
        say(&format!(
            "Traces are left in {place}-wal, as something reads the database: end that (a backup, a tool) and run this again."
        ))?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

async fn folded(store: &Store) {
    let mut turns = interval(TRIED_EVERY);
    while store.fold_if_owed().await {
        turns.tick().await;
    }
}
