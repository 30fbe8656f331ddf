//! Deleting what is stored of a person: one answer, a guild's, or everything. What is deleted leaves no byte in SQLite's file.

use sqlx::{Any, Transaction};

use super::row::id;
use super::{Store, StoreError};
use crate::domain::id::{GuildId, InteractionId, UserId};

/// What is deleted with everything. A table that comes to hold a person's id belongs here; a test walks all of them.
const EVERYTHING: [&str; 5] = [
    "delete from answer where user_id = $1",
    "delete from draft where user_id = $1",
    "delete from guidance_view where user_id = $1",
    "delete from feedback where user_id = $1",
    "delete from notice where user_id = $1",
];

/// That a person changed a daily question last is forgotten; the daily question stays.
const FORGET_CHANGES: &str = "update daily set changed_by = null where changed_by = $1";

/// What is deleted of one guild.
const OF_GUILD: [&str; 2] = [
    "delete from answer where user_id = $1 and guild_id = $2",
    "delete from draft where user_id = $1 and guild_id = $2",
];

/// How often the log is folded into the file when a reader holds it up.
const FOLDS: u32 = 5;

impl Store {
    /// Deletes one of a person's own answers. Says whether there was one.
    ///
    /// # Errors
    /// When the database fails; then nothing was deleted.
    pub async fn delete_attempt(&self, user: UserId, answer: InteractionId) -> Result<bool, StoreError> {
        let deleted = sqlx::query("delete from answer where interaction_id = $1 and user_id = $2")
            .bind(id(answer.0))
            .bind(id(user.0))
            .execute(&self.write)
            .await?
            .rows_affected();
        self.fold_log().await?;
        Ok(deleted > 0)
    }

    /// Deletes everything that is stored of a person. Gives the number of rows.
    ///
    /// # Errors
    /// When the database fails; then nothing was deleted.
    pub async fn forget(&self, user: UserId) -> Result<u64, StoreError> {
        let mut transaction = self.begin().await?;
        let mut rows = 0;
        for statement in EVERYTHING {
            rows += sqlx::query(statement).bind(id(user.0)).execute(&mut *transaction).await?.rows_affected();
        }
        sqlx::query(FORGET_CHANGES).bind(id(user.0)).execute(&mut *transaction).await?;
        self.end(transaction).await?;
        Ok(rows)
    }

    /// Deletes the answers and drafts that a person wrote in a guild. Gives the number of rows.
    ///
    /// # Errors
    /// When the database fails; then nothing was deleted.
    pub async fn forget_in_guild(&self, user: UserId, guild: GuildId) -> Result<u64, StoreError> {
        let mut transaction = self.begin().await?;
        let mut rows = 0;
        for statement in OF_GUILD {
            let deleted = sqlx::query(statement).bind(id(user.0)).bind(id(guild.0)).execute(&mut *transaction).await?;
            rows += deleted.rows_affected();
        }
        self.end(transaction).await?;
        Ok(rows)
    }

    async fn end(&self, transaction: Transaction<'static, Any>) -> Result<(), StoreError> {
        transaction.commit().await?;
        self.fold_log().await
    }

    /// Folds SQLite's log into the file and empties it: the log may hold what the file holds no more.
    async fn fold_log(&self) -> Result<(), StoreError> {
        if self.is_server {
            return Ok(());
        }
        for _ in 0..FOLDS {
            let (busy, ..): (i64, i64, i64) =
                sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&self.write).await?;
            if busy == 0 {
                return Ok(());
            }
        }
        tracing::warn!("a deletion stays in SQLite's log until the next one or a stop, as somebody reads all the time");
        Ok(())
    }
}
