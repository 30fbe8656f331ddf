//! The store: all SQL, one file a table. A row becomes a domain value here or fails as inconsistent. Knows nothing of Discord.
//!
//! Reads and writes have a pool each: SQLite takes one writer at a time, so there is one writing connection, and its transactions begin
//! at once as writers (a read that turns into a write fails under load instead of waiting).

mod answer;
mod choice;
mod claim;
mod daily;
mod draft;
mod error;
mod feedback;
mod guidance_view;
mod post;
mod rotation;
mod row;

use std::fs::{self, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, Executor, Transaction};

pub use self::choice::Choice;
pub use self::daily::Changed;
pub use self::error::StoreError;
pub use self::feedback::Verdict;

/// People's drafts are in it.
const OWNER_ALONE: u32 = 0o600;

/// How many connections read at the same time.
const READERS: u32 = 4;

/// How long a connection is waited for. A statement waits two seconds for the database's lock besides.
const ACQUIRE_WITHIN: Duration = Duration::from_secs(4);

/// What each connection is set to. `synchronous = full`: an answer that was acknowledged survives a power cut. `secure_delete`: what is
/// deleted leaves no byte in the file. The busy timeout is in milliseconds.
const SETTINGS: &str = "pragma busy_timeout = 2000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
                        pragma secure_delete = on";

/// The database, open and migrated. Clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    read: AnyPool,
    write: AnyPool,
}

/// What was found when the database was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// There was none; it was created.
    Created,
    /// It was there.
    Holding {
        /// How many daily questions it holds.
        dailies: u64,
        /// How many answers it holds.
        answers: u64,
    },
}

impl Store {
    /// Opens the SQLite file, creating it for its owner alone where it is absent, and applies the migrations.
    ///
    /// # Errors
    /// When the file can't be made or opened, is no database, or was migrated by a newer Starling.
    pub async fn open(file: &Path) -> Result<(Store, Found), StoreError> {
        let created = create(file)?;
        sqlx::any::install_default_drivers();
        let url = url_of(file);
        let store = Store { write: pool(1).connect(&url).await?, read: pool(READERS).connect(&url).await? };
        sqlx::migrate!().run(&store.write).await?;
        let found = if created { Found::Created } else { store.holding().await? };
        Ok((store, found))
    }

    async fn holding(&self) -> Result<Found, StoreError> {
        let counts = "select (select count(*) from daily), (select count(*) from answer)";
        let (dailies, answers): (i64, i64) = sqlx::query_as(counts).fetch_one(&self.read).await?;
        Ok(Found::Holding { dailies: dailies.unsigned_abs(), answers: answers.unsigned_abs() })
    }

    /// Ends the connections, which folds SQLite's log into its file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    async fn begin(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.write.begin_with("begin immediate").await?)
    }
}

/// Makes the file, or finds it, and leaves it readable by its owner alone. Says whether it was made.
fn create(file: &Path) -> Result<bool, StoreError> {
    let failed = |error| StoreError::File { path: file.to_owned(), error };
    match OpenOptions::new().write(true).create_new(true).mode(OWNER_ALONE).open(file) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::set_permissions(file, Permissions::from_mode(OWNER_ALONE)).map_err(failed)?;
            Ok(false)
        }
        Err(error) => Err(failed(error)),
    }
}

/// The path as a URL; what would end the path or begin an escape is escaped.
fn url_of(file: &Path) -> String {
    let path = file.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("sqlite://{path}")
}

fn pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_WITHIN)
        .after_connect(|connection, _| Box::pin(async move { connection.execute(SETTINGS).await.map(drop) }))
}
