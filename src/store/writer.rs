//! The connection that writes, and the transaction of all who write at the time.
//!
//! A transaction that lasts costs a write to the disk however little is in it, so those who wait for the connection share one. Whoever
//! gets it works behind a savepoint and hands it on with the transaction open; the first of them stands in line once more, behind all who
//! waited by then, and ends it for all. Who fails goes back to the savepoint and fails alone. Everyone hears after the end and not before,
//! in order, and who is alone waits for nobody. Whoever reads here sees what others wrote before it lasts; so what is told of that waits for
//! the end too.
//!
//! A single statement needs no savepoint on SQLite, where one that fails changes nothing and spoils nothing; on Postgres it spoils the
//! transaction.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::{Any, AnyConnection, AnyPool, Executor as _, Transaction};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};
use tokio::time::timeout;

use super::StoreError;
use super::database::{ACQUIRE_WITHIN, Database};

/// How many pieces of work one transaction takes.
const MOST: usize = 256;

/// The number of the lock that every writing transaction takes on Postgres, so that one writes at a time, as on SQLite.
const WRITERS_LOCK: &str = "select pg_advisory_xact_lock(78275746)";

const UNDO: &str = "rollback to savepoint work; release savepoint work";

/// The connection that writes. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    shared: Arc<Mutex<Shared>>,
    pool: AnyPool,
    database: Database,
}

/// The transaction of those who write at the time, if there is any.
#[derive(Debug, Default)]
struct Shared {
    transaction: Option<Transaction<'static, Any>>,
    /// Who waits to hear how it ended.
    waiting: Vec<oneshot::Sender<Result<(), Arc<sqlx::Error>>>>,
}

/// A piece of work in it. What is dropped before it is committed did not happen, as far as it has a savepoint.
pub(super) struct Work {
    turn: Option<OwnedMutexGuard<Shared>>,
    shared: Arc<Mutex<Shared>>,
    has_savepoint: bool,
    is_server: bool,
}

impl Writer {
    pub(super) fn new(database: &Database, pool: AnyPool) -> Writer {
        Writer { shared: Arc::default(), pool, database: database.clone() }
    }

    /// Waits for the connection, and begins a piece of work on it.
    pub(super) async fn begin(&self) -> Result<Work, StoreError> {
        self.begin_with(true).await
    }

    /// The same for a single statement that changes anything, or until [`Work::protect`].
    pub(super) async fn begin_one(&self) -> Result<Work, StoreError> {
        self.begin_with(self.database.is_server()).await
    }

    async fn begin_with(&self, has_savepoint: bool) -> Result<Work, StoreError> {
        let Ok(mut turn) = timeout(ACQUIRE_WITHIN, Arc::clone(&self.shared).lock_owned()).await else {
            return Err(self.away_or_busy().await);
        };
        if turn.waiting.len() >= MOST {
            turn.end().await;
        }
        if turn.transaction.is_none() {
            turn.transaction = Some(self.transaction().await?);
        }
        let (shared, is_server) = (Arc::clone(&self.shared), self.database.is_server());
        let mut work = Work { turn: Some(turn), shared, has_savepoint: false, is_server };
        if has_savepoint {
            work.protect().await?;
        }
        Ok(work)
    }

    async fn transaction(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let is_server = self.database.is_server();
        let begun = if is_server { self.pool.begin().await } else { self.pool.begin_with("begin immediate").await };
        let mut transaction = match begun {
            Err(sqlx::Error::PoolTimedOut) => return Err(self.away_or_busy().await),
            begun => begun?,
        };
        if is_server {
            sqlx::query(WRITERS_LOCK).execute(&mut *transaction).await?;
        }
        Ok(transaction)
    }

    /// Why the connection was not to be had in time: the server is down, or others wrote.
    async fn away_or_busy(&self) -> StoreError {
        self.database.reach().await.err().unwrap_or(StoreError::Busy)
    }
}

impl Shared {
    /// Ends the transaction for all who worked in it.
    async fn end(&mut self) {
        if let Some(transaction) = self.transaction.take() {
            let ended = transaction.commit().await;
            self.tell(ended);
        }
    }

    /// Goes back to before the last piece of work. Where that fails the database has undone all of them.
    async fn undo(&mut self, has_savepoint: bool) {
        let undone = match &mut self.transaction {
            Some(transaction) if has_savepoint => transaction.execute(UNDO).await.map(drop),
            _ => Ok(()),
        };
        if undone.is_err() || self.waiting.is_empty() {
            // Dropped, a transaction is rolled back.
            self.transaction = None;
        }
        if let Err(error) = undone {
            self.tell(Err(error));
        }
    }

    fn tell(&mut self, ended: Result<(), sqlx::Error>) {
        let ended = ended.map_err(Arc::new);
        for waiting in self.waiting.drain(..) {
            // Whoever gave up waiting has dropped the other end.
            let _ = waiting.send(ended.clone());
        }
    }
}

impl Work {
    /// The place of a value in a statement, counted from 1. Postgres wants it numbered; SQLite takes that too, but looks each number up among
    /// all. sqlx's own builder of statements knows only the other kind for both.
    pub(super) fn place(&self, number: usize) -> String {
        if self.is_server { format!("${number}") } else { "?".to_owned() }
    }

    /// Lets all that is changed from here on happen together or not at all.
    pub(super) async fn protect(&mut self) -> Result<(), StoreError> {
        if !self.has_savepoint {
            sqlx::query("savepoint work").execute(&mut **self).await?;
            self.has_savepoint = true;
        }
        Ok(())
    }

    /// Ends it, and waits until it lasts.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        if self.has_savepoint {
            sqlx::query("release savepoint work").execute(&mut *self).await?;
        }
        let (tell, told) = oneshot::channel();
        if let Some(mut turn) = self.turn.take() {
            turn.waiting.push(tell);
            if turn.waiting.len() == 1 {
                let shared = Arc::clone(&self.shared);
                // Whoever waits may give up, and the transaction must not stay open for that.
                tokio::spawn(async move { shared.lock_owned().await.end().await });
            }
        }
        Ok(told.await.unwrap_or_else(|_| Err(Arc::new(sqlx::Error::WorkerCrashed)))?)
    }
}

const HAS_ITS_TURN: &str = "a piece of work has its turn until it ends, which takes it";

impl Deref for Work {
    type Target = AnyConnection;

    #[expect(clippy::expect_used, reason = "nobody has a piece of work without its turn")]
    fn deref(&self) -> &AnyConnection {
        self.turn.as_ref().and_then(|turn| turn.transaction.as_deref()).expect(HAS_ITS_TURN)
    }
}

impl DerefMut for Work {
    #[expect(clippy::expect_used, reason = "nobody has a piece of work without its turn")]
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.turn.as_mut().and_then(|turn| turn.transaction.as_deref_mut()).expect(HAS_ITS_TURN)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let (Some(mut turn), Ok(runtime)) = (self.turn.take(), Handle::try_current()) {
            let has_savepoint = self.has_savepoint;
            runtime.spawn(async move { turn.undo(has_savepoint).await });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tempfile::TempDir;
    use tokio::task::{JoinSet, yield_now};

    use super::*;

    /// A database with one table, and those who write into it.
    async fn writer() -> (Writer, AnyPool, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("starling.db"));
        database.create().unwrap();
        sqlx::any::install_default_drivers();
        let pool = database.pool(1).connect(&database.url()).await.unwrap();
        sqlx::query("create table word (word text primary key)").execute(&pool).await.unwrap();
        (Writer::new(&database, pool.clone()), pool, folder)
    }

    /// Writes a word twice where that is to fail, the first of which then does not count either.
    async fn write(writer: Writer, word: String) -> Result<String, StoreError> {
        let mut turn = writer.begin().await?;
        let times = if word.starts_with("twice") { 2 } else { 1 };
        for _ in 0..times {
            sqlx::query("insert into word values ($1)").bind(&word).execute(&mut *turn).await?;
        }
        turn.commit().await?;
        Ok(word)
    }

    /// How many transactions SQLite's log holds: each ends with a frame that says how large the database is by then
    /// (<https://www.sqlite.org/fileformat2.html#the_write_ahead_log>).
    fn transactions(folder: &Path) -> usize {
        let log = std::fs::read(folder.join("starling.db-wal")).unwrap();
        let (header, frames) = log.split_at(32);
        let page = u32::from_be_bytes(header[8..12].try_into().unwrap());
        frames.chunks(usize::try_from(page).unwrap() + 24).filter(|frame| frame[4..8] != [0; 4]).count()
    }

    /// Lets all of these wait for a piece of work that is under way, and then go on. Gives what came of each, in the order of their ends.
    async fn together(writer: &Writer, words: &[&str]) -> Vec<Result<String, StoreError>> {
        let first = writer.begin().await.unwrap();
        let mut all = JoinSet::new();
        for word in words {
            all.spawn(write(writer.clone(), (*word).to_owned()));
            yield_now().await;
        }
        first.commit().await.unwrap();
        let mut ended = Vec::new();
        while let Some(done) = all.join_next().await {
            ended.push(done.unwrap());
        }
        ended
    }

    async fn words(pool: &AnyPool) -> Vec<String> {
        sqlx::query_scalar("select word from word order by rowid").fetch_all(pool).await.unwrap()
    }

    #[tokio::test]
    async fn all_who_wait_share_one_transaction_and_hear_in_order() {
        let (writer, pool, folder) = writer().await;
        let before = transactions(folder.path());
        let ended = together(&writer, &["a", "b", "c", "d", "e"]).await;
        let ended: Vec<String> = ended.into_iter().map(Result::unwrap).collect();
        assert_eq!(ended, ["a", "b", "c", "d", "e"]);
        assert_eq!(words(&pool).await, ended);
        assert_eq!(transactions(folder.path()) - before, 1);
    }

    #[tokio::test]
    async fn who_fails_fails_alone_and_leaves_nothing() {
        let (writer, pool, _folder) = writer().await;
        let ended = together(&writer, &["a", "twice", "b", "twice again", "c"]).await;
        assert_eq!(ended.iter().filter(|ended| ended.is_err()).count(), 2);
        assert_eq!(words(&pool).await, ["a", "b", "c"]);
    }

    #[tokio::test]
    async fn who_gives_up_waiting_keeps_nobody_waiting() {
        let (writer, pool, _folder) = writer().await;
        let first = writer.begin().await.unwrap();
        let mut all: Vec<_> =
            ["a", "b", "c"].into_iter().map(|word| tokio::spawn(write(writer.clone(), word.to_owned()))).collect();
        yield_now().await;
        // One while it waits for its turn, and the first, which was to end the transaction, while it waits for the end.
        all.remove(1).abort();
        let waits = tokio::spawn(first.commit());
        yield_now().await;
        waits.abort();
        for one in all {
            one.await.unwrap().unwrap();
        }
        assert_eq!(words(&pool).await, ["a", "c"]);
    }

    #[tokio::test]
    async fn what_is_dropped_did_not_happen_and_leaves_the_database_free() {
        let (writer, pool, _folder) = writer().await;
        let mut work = writer.begin().await.unwrap();
        sqlx::query("insert into word values ('a')").execute(&mut *work).await.unwrap();
        drop(work);
        // Its connection is the only one.
        assert_eq!(words(&pool).await, [""; 0]);
        assert_eq!(write(writer, "b".to_owned()).await.unwrap(), "b");
    }
}
