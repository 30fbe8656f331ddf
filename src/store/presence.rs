//! Whether another process works on the same SQLite file: each holds a shared lock on a file beside it. One that gets the lock alone at
//! its start knows that its predecessor is gone, and need not wait until that one's claims run out.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Store, StoreError};

/// The lock, as long as it is held.
#[derive(Clone, Debug)]
pub struct Presence {
    _lock: Arc<File>,
}

impl Presence {
    /// Joins those who work on the database in `file`. Says whether there is nobody else.
    ///
    /// # Errors
    /// When the file beside it can't be made or locked.
    pub fn join(file: &Path) -> std::io::Result<(Presence, bool)> {
        let mut beside = file.as_os_str().to_owned();
        beside.push(".lock");
        let lock = File::create(beside)?;
        let is_alone = match lock.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(error)) => return Err(error),
        };
        if is_alone {
            lock.unlock()?;
        }
        lock.lock_shared()?;
        Ok((Presence { _lock: Arc::new(lock) }, is_alone))
    }
}

impl Store {
    /// Takes over every claim whose maker is gone, without waiting until its lease is over. For a process that is alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_over(&self, now: Timestamp) -> Result<u64, StoreError> {
        let statement = "update post set retry_at = $1 where state = 'claimed' and retry_at > $1";
        let taken = self.write(sqlx::query(statement).bind(now.as_millisecond())).await?;
        Ok(taken.rows_affected())
    }
}
