//! What can go wrong in the store. Absence is not an error; it is an `Option`.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::migrate::MigrateError;

/// Why the store could not do what was asked. All who waited for the same hear of the same failure.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The file can't be made.
    #[error(
        "the database file {path} can't be created, written or made private; name one in a folder that exists and is yours"
    )]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: Arc<io::Error>,
    },
    /// The migrations could not be applied.
    #[error("the database can't be brought up to date{remedy}")]
    Migration {
        /// What to do, as the end of the sentence.
        remedy: String,
        /// What was wrong.
        #[source]
        error: Arc<MigrateError>,
    },
    /// The server is down, or the URL is not its own.
    #[error("{database} can't be reached; start the server, or mend DATABASE_URL")]
    Unreachable {
        /// Which, without who connects.
        database: String,
        /// The cause.
        #[source]
        error: Arc<sqlx::Error>,
    },
    /// Others write all the time.
    #[error("the database is busy")]
    Busy,
    /// The database failed or refused.
    #[error("the database failed")]
    Driver(#[from] Arc<sqlx::Error>),
    /// A server's database is copied by its own tools.
    #[error("a Postgres database is copied with pg_dump, not by Starling")]
    NotOnPostgres,
    /// A row that no version of Starling writes.
    #[error("the table {table} holds {what}, which Starling never writes there")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// What was found, without any text of a person.
        what: String,
    },
}

/// `SQLITE_BUSY` is 5, and its extended codes carry it in the low byte (sqlite.org/rescode.html). Postgres says 55P03 when a lock was not
/// to be had in time (postgresql.org/docs/current/errcodes-appendix.html).
fn is_busy(code: &str) -> bool {
    code == "55P03" || code.parse::<u32>().is_ok_and(|code| code & 0xff == 5)
}

/// What the database itself calls an error.
fn code(error: &sqlx::Error) -> Option<Cow<'_, str>> {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code)
}

/// What a Postgres says that stops or starts, and what is said of a lost connection: 57P01 to 57P03, and class 08 (the same page).
fn is_away(code: &str) -> bool {
    matches!(code, "57P01" | "57P02" | "57P03") || (code.len() == 5 && code.starts_with("08"))
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        Arc::new(error).into()
    }
}

impl StoreError {
    pub(super) fn file(path: &Path, error: io::Error) -> StoreError {
        StoreError::File { path: path.to_owned(), error: error.into() }
    }

    pub(super) fn inconsistent(table: &'static str, what: impl Into<String>) -> StoreError {
        StoreError::Inconsistent { table, what: what.into() }
    }

    /// Why migrations failed, and what to do; `copy` is the file as it was before, where a copy was made.
    pub(super) fn migration(error: MigrateError, copy: Option<&Path>) -> StoreError {
        let back = "or put a copy back";
        let wrong = match &error {
            MigrateError::VersionMismatch(version) => format!(
                "; its migration {version} is another than this Starling's: start the Starling that made it, {back}"
            ),
            MigrateError::VersionMissing(_) => format!("; a newer Starling made it: start that version, {back}"),
            _ => String::new(),
        };
        let before = copy.map(|copy| format!("; as it was before, it is in {}", copy.display())).unwrap_or_default();
        let remedy = wrong + &before;
        StoreError::Migration { remedy, error: error.into() }
    }

    /// What happened with all its causes, as a log and a host read it.
    #[must_use]
    pub fn in_full(self) -> String {
        format!("{:#}", anyhow::Error::from(self))
    }

    /// Whether somebody else held the database too long, so that the same call may succeed in a moment.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            StoreError::Busy => true,
            StoreError::Driver(error) => code(error).is_some_and(|code| is_busy(&code)),
            _ => false,
        }
    }

    /// Whether the same call may succeed later by itself: somebody held the database, or its server is out of reach for now.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            StoreError::Unreachable { .. } => true,
            StoreError::Driver(error) => match &**error {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
                error => self.is_busy() || code(error).is_some_and(|code| is_away(&code)),
            },
            _ => self.is_busy(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_a_server_that_is_away_may_pass_and_a_wrong_row_does_not() {
        let lost = || sqlx::Error::Io(std::io::ErrorKind::BrokenPipe.into());
        let unreachable =
            StoreError::Unreachable { database: "postgres://db.example".to_owned(), error: lost().into() };
        for error in [unreachable, StoreError::Busy, lost().into(), sqlx::Error::PoolTimedOut.into()] {
            assert!(error.may_pass(), "{error:?}");
        }
        for error in [StoreError::inconsistent("daily", "a pause"), sqlx::Error::RowNotFound.into()] {
            assert!(!error.may_pass(), "{error:?}");
        }
        assert!(is_away("57P01") && is_away("08006") && !is_away("23505"));
    }
}
