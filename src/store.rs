//! The store: all SQL, one file a table. A row becomes a domain value here or fails as inconsistent. Knows nothing of Discord.
//!
//! Reads and writes have a pool each. SQLite takes one writer at a time, so there is one writing connection, whose transactions are those of
//! all who write at the time (`writer`). They begin at once as writers: a read that turns into a write fails under load instead of waiting.
//! On Postgres, where several processes may share the database, each takes one lock that they all know: the same rule, and the same SQL
//! under it.

mod absence;
mod answer;
mod choice;
mod claim;
mod copy;
mod daily;
mod database;
mod draft;
mod error;
mod export;
mod feedback;
mod gateway_start;
mod guidance_view;
mod intake;
mod look;
mod notice;
mod person;
mod place;
mod post;
mod practice;
mod presence;
mod progress;
mod rotation;
mod row;
mod share;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sqlx::any::{AnyArguments, AnyQueryResult};
use sqlx::query::Query;
use sqlx::{Any, AnyPool};

pub use self::absence::KnownGuild;
pub use self::choice::Choice;
pub use self::claim::Moved;
pub use self::daily::Changed;
pub use self::database::Database;
pub use self::error::StoreError;
pub use self::feedback::Verdict;
use self::intake::Intake;
pub use self::look::{Holds, Look};
pub use self::person::Deleted;
pub use self::presence::Presence;
use self::writer::{Work, Writer};

/// How many connections read at the same time.
const READERS: u32 = 4;

/// The database, open and migrated. Clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    read: AnyPool,
    write: AnyPool,
    writer: Writer,
    intake: Intake,
    is_server: bool,
    /// Whether SQLite's log is to be folded into its file.
    fold_owed: Arc<AtomicBool>,
}

/// What was found when the database was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// There was none; it was created.
    Created,
    /// It was there.
    Holding {
        /// How many daily questions it holds.
        dailies: u64,
        /// How many answers it holds.
        answers: u64,
        /// The copy that was made before it was migrated, where that was needed.
        copy: Option<PathBuf>,
    },
}

impl Store {
    /// The last migration that was applied, if any was.
    async fn version(&self) -> Result<Option<i64>, StoreError> {
        let catalogue = if self.is_server {
            "select count(*) from information_schema.tables where table_name = '_sqlx_migrations' \
             and table_schema = current_schema()"
        } else {
            "select count(*) from sqlite_master where name = '_sqlx_migrations'"
        };
        let tables: i64 = sqlx::query_scalar(catalogue).fetch_one(&self.write).await?;
        if tables == 0 {
            return Ok(None);
        }
        Ok(sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(&self.write).await?)
    }

    /// Opens the SQLite file, creating it for its owner alone where it is absent, and applies the migrations.
    ///
    /// # Errors
    /// When the file can't be made or opened, is no database, or was migrated by a newer Starling.
    pub async fn open(file: &Path) -> Result<(Store, Found), StoreError> {
        Store::connect(&Database::Sqlite(file.to_owned())).await
    }

    /// Connects to the database and applies the migrations.
    ///
    /// # Errors
    /// As [`Store::open`], and when a server can't be reached.
    pub async fn connect(database: &Database) -> Result<(Store, Found), StoreError> {
        let created = database.create()?;
        let store = Store::connect_as_it_is(database).await?;
        let migrator = sqlx::migrate!();
        let newest = migrator.iter().map(|migration| migration.version).max();
        let version = store.version().await?;
        let copy = match (database, version) {
            (Database::Sqlite(file), Some(version)) if Some(version) < newest => {
                Some(store.copy_before_migration(file, version).await?)
            }
            _ => None,
        };
        migrator.run(&store.write).await.map_err(|error| StoreError::migration(error, copy.as_deref()))?;
        if created || version.is_none() {
            return Ok((store, Found::Created));
        }
        let Holds { dailies, answers } = store.holds().await?;
        Ok((store, Found::Holding { dailies, answers, copy }))
    }

    /// Opens a database that is there and up to date, to work with it. Otherwise it says how the database stands, and leaves it so.
    ///
    /// # Errors
    /// As [`Store::look`].
    pub async fn connect_if_ready(database: &Database) -> Result<Result<Store, Look>, StoreError> {
        match Store::look(database).await? {
            Look::Ready(_) => Ok(Ok(Store::connect_as_it_is(database).await?)),
            other => Ok(Err(other)),
        }
    }

    async fn connect_as_it_is(database: &Database) -> Result<Store, StoreError> {
        sqlx::any::install_default_drivers();
        database.reach().await?;
        let url = database.url();
        let (write, read) = (database.pool(1).connect(&url).await?, database.pool(READERS).connect(&url).await?);
        Ok(Store::new(database, read, write))
    }

    /// A fold is owed from the start: whoever used the file before may have died with one.
    fn new(database: &Database, read: AnyPool, write: AnyPool) -> Store {
        let is_server = database.is_server();
        let writer = Writer::new(database, write.clone());
        let intake = Intake::start(writer.clone());
        let fold_owed = Arc::new(AtomicBool::new(!is_server));
        Store { read, write, writer, intake, is_server, fold_owed }
    }

    /// Ends the connections, which folds SQLite's log into its file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Begins to write.
    async fn begin(&self) -> Result<Work, StoreError> {
        self.writer.begin().await
    }

    /// Writes by one statement.
    async fn write(&self, statement: Query<'_, Any, AnyArguments>) -> Result<AnyQueryResult, StoreError> {
        let mut work = self.writer.begin_one().await?;
        let done = statement.execute(&mut *work).await?;
        work.commit().await?;
        Ok(done)
    }
}

#[cfg(test)]
mod tests;
