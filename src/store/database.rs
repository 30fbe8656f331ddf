//! Where the data is: an SQLite file, or a Postgres server. Makes the pools of connections and sets each connection up.

use std::fmt;
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, Connection, Executor};
use tokio::time::timeout;

use super::StoreError;

/// People's drafts are in the file.
const OWNER_ALONE: u32 = 0o600;

/// How long a connection is waited for. A statement waits two seconds for the database's lock besides.
pub(super) const ACQUIRE_WITHIN: Duration = Duration::from_secs(4);

/// What each connection to SQLite is set to. `synchronous = full`: an answer that was acknowledged survives a power cut. `secure_delete`:
/// what is deleted leaves no byte in the file. The busy timeout is in milliseconds.
const SQLITE: &str = "pragma busy_timeout = 2000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
                      pragma secure_delete = on";

/// What a connection to SQLite is set to that only looks or copies: the journal's mode would be written into the file.
pub(super) const WAITING: &str = "pragma busy_timeout = 2000";

/// What each connection to Postgres is set to.
const POSTGRES: &str = "set lock_timeout = '2s'";

/// Which database.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file, for one process.
    Sqlite(PathBuf),
    /// A server, for several processes: its URL, which may hold a password.
    Postgres(SecretString),
}

impl fmt::Display for Database {
    /// The file's path, or the host, the port and the path of the URL, which RFC 3986 tells apart from the rest (rfc-editor.org/rfc/
    /// rfc3986#section-3): never who connects with which password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Database::Sqlite(file) => file.display().fmt(f),
            Database::Postgres(url) => {
                let after_scheme = url.expose_secret().split_once("://").map_or("", |(_, after)| after);
                let place = after_scheme.split(['?', '#']).next().unwrap_or_default();
                let (authority, path) = place.split_once('/').unwrap_or((place, ""));
                // Who connects may hold an @ too; only the last one ends it.
                let host = authority.rsplit('@').next().unwrap_or_default();
                write!(f, "postgres://{host}")?;
                if path.is_empty() { Ok(()) } else { write!(f, "/{path}") }
            }
        }
    }
}

impl Database {
    /// Connects to a server once: the pools try again and again and keep the cause to themselves. A file is always in reach.
    pub(super) async fn reach(&self) -> Result<(), StoreError> {
        let Database::Postgres(url) = self else { return Ok(()) };
        let silent = || sqlx::Error::Io(io::Error::new(ErrorKind::TimedOut, "it does not answer"));
        let connected = timeout(ACQUIRE_WITHIN, AnyConnection::connect(url.expose_secret())).await;
        let connection = connected
            .unwrap_or_else(|_| Err(silent()))
            .map_err(|error| StoreError::Unreachable { database: self.to_string(), error: error.into() })?;
        // It has answered; how this connection ends is of no account.
        let _ = connection.close().await;
        Ok(())
    }

    /// Makes the file of SQLite where it is absent, readable by its owner alone. Says whether it did; a server's database is made by its
    /// admin.
    pub(super) fn create(&self) -> Result<bool, StoreError> {
        match self {
            Database::Sqlite(file) => create(file),
            Database::Postgres(_) => Ok(false),
        }
    }

    /// Makes the file of SQLite, which must not be there.
    pub(super) fn create_new(&self) -> Result<(), StoreError> {
        let Database::Sqlite(file) = self else { return Ok(()) };
        let made = OpenOptions::new().write(true).create_new(true).mode(OWNER_ALONE).open(file);
        made.map(drop).map_err(|error| StoreError::file(file, error))
    }

    /// Whether several processes may share it.
    pub(super) fn is_server(&self) -> bool {
        matches!(self, Database::Postgres(_))
    }

    pub(super) fn url(&self) -> String {
        match self {
            Database::Sqlite(file) => sqlite_url(file),
            Database::Postgres(url) => url.expose_secret().to_owned(),
        }
    }

    /// The same, to leave it as it is. Where a log lies beside the file, whoever may write folds it in on the way out; and where none does,
    /// whoever may only read leaves an empty one.
    pub(super) fn url_to_read(&self) -> String {
        match self {
            Database::Sqlite(file) if log_of(file).exists() => self.url() + "?mode=ro",
            _ => self.url(),
        }
    }

    /// Connections to work with.
    pub(super) fn pool(&self, connections: u32) -> AnyPoolOptions {
        match self {
            // A file does not hang up, so nothing is asked before each use.
            Database::Sqlite(_) => pool(connections, SQLITE).test_before_acquire(false),
            Database::Postgres(_) => pool(connections, POSTGRES),
        }
    }

    /// One connection that leaves the database as it is.
    pub(super) fn as_it_is(&self) -> AnyPoolOptions {
        match self {
            Database::Sqlite(_) => pool(1, WAITING),
            Database::Postgres(_) => pool(1, POSTGRES),
        }
    }
}

fn pool(connections: u32, settings: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_WITHIN)
        .after_connect(move |connection, _| Box::pin(async move { connection.execute(settings).await.map(drop) }))
}

fn create(file: &Path) -> Result<bool, StoreError> {
    let failed = |error| StoreError::file(file, error);
    match OpenOptions::new().write(true).create_new(true).mode(OWNER_ALONE).open(file) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::set_permissions(file, Permissions::from_mode(OWNER_ALONE)).map_err(failed)?;
            Ok(false)
        }
        Err(error) => Err(failed(error)),
    }
}

/// Where SQLite keeps what is not yet in the file.
fn log_of(file: &Path) -> PathBuf {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}

/// The path as a URL; what would end the path or begin an escape is escaped.
fn sqlite_url(file: &Path) -> String {
    let path = file.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("sqlite://{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_without_who_connects() {
        for (url, shown) in [
            ("postgres://bot:s3cret@db.example:5432/starling?sslmode=require", "postgres://db.example:5432/starling"),
            ("postgres://db.example:5432/starling", "postgres://db.example:5432/starling"),
            ("postgres://db.example/starling?user=bot&password=p@s3cret", "postgres://db.example/starling"),
            ("postgresql://bot:@s3cret@db.example?password=a/s3cret", "postgres://db.example"),
            ("postgres://db.example/starling#s3cret@s3cret", "postgres://db.example/starling"),
        ] {
            assert_eq!(Database::Postgres(SecretString::from(url)).to_string(), shown);
        }
    }
}
