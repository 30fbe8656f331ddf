//! A look at a database that changes nothing: no file is made, nothing is migrated, and how it keeps its log stays as it is. Knows
//! nothing of what to do about what it finds.

use std::fmt;

use jiff::Timestamp;

use super::row::{id, instant};
use super::{Database, Store, StoreError};
use crate::domain::id::GuildId;

/// How much a database holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    /// Daily questions, paused ones too.
    pub dailies: u64,
    /// Attempts of everybody.
    pub answers: u64,
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "daily questions: {}, answers: {}", self.dailies, self.answers)
    }
}

/// How a database stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// There is none, or one without any of Starling's tables.
    Absent,
    /// It lacks migrations.
    Behind(Holds),
    /// It has all migrations.
    Ready(Holds),
    /// It has migrations that this Starling does not know.
    Newer,
    /// This migration, which was applied to it, is another than the one that this Starling knows.
    Changed(i64),
    /// SQLite finds its file damaged.
    Damaged,
}

impl Store {
    /// Opens a database that is there, as it is: for a look at it, or for a copy.
    ///
    /// # Errors
    /// When it can't be opened.
    pub async fn peek(database: &Database) -> Result<Store, StoreError> {
        sqlx::any::install_default_drivers();
        database.reach().await?;
        let read = database.as_it_is().connect(&database.url_to_read()).await?;
        Ok(Store::new(database, read.clone(), read))
    }

    /// The newest instant at which something is known to have happened: an answer, or a post that was due or came.
    ///
    /// Discord makes ids from the time, and an answer is kept under its interaction's. Where the time is moved by hand it may have gone far
    /// ahead; a later run that began before this instant would see ids come again, and would take a new answer for one that it has. So it is
    /// also read from a database that lacks migrations.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn newest(&self) -> Result<Option<Timestamp>, StoreError> {
        let statement = "select max(at) from (select answered_at as at from answer \
            union all select due_at from post union all select sent_at from post) as known";
        let newest: Option<i64> = sqlx::query_scalar(statement).fetch_one(&self.read).await?;
        newest.map(|at| instant("answer or post", at)).transpose()
    }

    /// Whether it holds daily questions or posts of any other guild, which is so for every bot that runs elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn knows_other_guilds(&self, than: GuildId) -> Result<bool, StoreError> {
        let statement = "select (select count(*) from daily where guild_id <> $1) + (select count(*) from post where guild_id <> $1)";
        let others: i64 = sqlx::query_scalar(statement).bind(id(than.0)).fetch_one(&self.read).await?;
        Ok(others > 0)
    }

    /// Looks at a database and changes nothing.
    ///
    /// # Errors
    /// When it can't be opened or read.
    pub async fn look(database: &Database) -> Result<Look, StoreError> {
        if let Database::Sqlite(file) = database
            && !file.exists()
        {
            return Ok(Look::Absent);
        }
        let store = Store::peek(database).await?;
        let look = store.stands().await;
        store.close().await;
        look
    }

    async fn stands(&self) -> Result<Look, StoreError> {
        let Some(version) = self.version().await? else { return Ok(Look::Absent) };
        let migrator = sqlx::migrate!();
        let newest = migrator.iter().map(|migration| migration.version).max();
        let applied: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("select version, checksum from _sqlx_migrations order by version")
                .fetch_all(&self.read)
                .await?;
        for (version, checksum) in applied {
            match migrator.iter().find(|migration| migration.version == version) {
                None => return Ok(Look::Newer),
                Some(known) if *known.checksum != *checksum => return Ok(Look::Changed(version)),
                Some(_) => {}
            }
        }
        if !self.is_sound().await? {
            return Ok(Look::Damaged);
        }
        let holds = self.holds().await?;
        Ok(if Some(version) < newest { Look::Behind(holds) } else { Look::Ready(holds) })
    }

    /// Whether SQLite finds its pages in order; a server sees to its own.
    async fn is_sound(&self) -> Result<bool, StoreError> {
        if self.is_server {
            return Ok(true);
        }
        let first: String = sqlx::query_scalar("pragma quick_check(1)").fetch_one(&self.read).await?;
        Ok(first == "ok")
    }

    /// Counts what is there.
    pub(super) async fn holds(&self) -> Result<Holds, StoreError> {
        if self.version().await?.is_none() {
            return Ok(Holds::default());
        }
        let counts = "select (select count(*) from daily), (select count(*) from answer)";
        let (dailies, answers): (i64, i64) = sqlx::query_as(counts).fetch_one(&self.read).await?;
        Ok(Holds { dailies: dailies.unsigned_abs(), answers: answers.unsigned_abs() })
    }
}
