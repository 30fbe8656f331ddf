//! The database that is there, for commands that look at it or change a little of it: they never make one, and never migrate one, as the
//! copy and the log of that belong to a start. And what a start looks at before it does.

use anyhow::bail;

use crate::config::Settings;
use crate::store::{Database, Look, Store, StoreError};

/// The database that the environment names, which must be there.
pub(super) fn existing() -> anyhow::Result<Database> {
    let database = Settings::from_env()?.into_database()?;
    if let Database::Sqlite(file) = &database
        && !file.exists()
    {
        bail!("there is no database {database}; start Starling once, or set DATABASE_URL as it has it");
    }
    Ok(database)
}

/// Refuses a database that a start could only make worse.
pub(super) async fn refuse_broken(database: &Database) -> anyhow::Result<()> {
    match Store::look(database).await {
        Ok(Look::Absent | Look::Behind(_) | Look::Ready(_)) => Ok(()),
        Ok(Look::Newer) => bail!(newer(database)),
        Ok(Look::Changed(version)) => bail!(changed(database, version)),
        Ok(Look::Damaged) => bail!(damaged(database)),
        Err(error) => bail!(unreadable(database, error)),
    }
}

/// Opens it, where it is up to date.
pub(super) async fn ready(database: &Database) -> anyhow::Result<Store> {
    match Store::connect_if_ready(database).await? {
        Ok(store) => Ok(store),
        Err(Look::Absent | Look::Behind(_) | Look::Ready(_)) => {
            bail!(
                "{database} is not up to date; start this version of Starling once first, which copies it and brings it up to date"
            )
        }
        Err(Look::Newer) => bail!(newer(database)),
        Err(Look::Changed(version)) => bail!(changed(database, version)),
        Err(Look::Damaged) => bail!(damaged(database)),
    }
}

pub(super) fn newer(database: &Database) -> String {
    format!("{database} was made by a newer Starling; start that version, or put an earlier copy back")
}

pub(super) fn changed(database: &Database, version: i64) -> String {
    format!(
        "{database} was made with another migration {version} than this Starling has; start the Starling that made it, or put a copy back"
    )
}

pub(super) fn damaged(database: &Database) -> String {
    format!("{database} is damaged; put a copy back")
}

pub(super) fn unreadable(database: &Database, error: StoreError) -> String {
    match error {
        StoreError::Unreachable { .. } => error.in_full(),
        error => format!("{database} can't be read ({}); make it readable, or put a copy back", error.in_full()),
    }
}
