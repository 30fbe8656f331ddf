//! Deleting what is stored of a person: one answer, a guild's, or everything. What is deleted leaves no byte in SQLite's file, nor,
//! once the log is folded into it, beside it.

use std::sync::atomic::Ordering;

use sqlx::Executor;

use super::database::WAITING;
use super::row::id;
use super::share::delete_shares;
use super::{Store, StoreError, Work};
use crate::domain::id::{GuildId, InteractionId, UserId};
use crate::domain::share::Share;

/// What is deleted with everything, beside the shares. A table that comes to hold a person's id belongs here; a test walks all of them.
const EVERYTHING: [&str; 7] = [
    "delete from answer where user_id = $1",
    "delete from draft where user_id = $1",
    "delete from guidance_view where user_id = $1",
    "delete from feedback where user_id = $1",
    "delete from notice where user_id = $1",
    "delete from person where user_id = $1",
    "delete from revisit where user_id = $1",
];

/// That a person changed a daily question last is forgotten; the daily question stays.
const FORGET_CHANGES: &str = "update daily set changed_by = null where changed_by = $1";

/// The shares of everything, of an answer, and of one guild: those that are shown there, and those of answers that are deleted with it.
const ALL_SHARES: &str = "delete from share where user_id = $1 returning *";
const SHARE_OF_ANSWER: &str = "delete from share where user_id = $1 and interaction_id = $2 returning *";
const SHARES_OF_GUILD: &str = "delete from share where user_id = $1 and (guild_id = $2 or interaction_id in \
    (select interaction_id from answer where user_id = $1 and guild_id = $2)) returning *";

/// What is deleted of one guild.
const OF_GUILD: [&str; 2] = [
    "delete from answer where user_id = $1 and guild_id = $2",
    "delete from draft where user_id = $1 and guild_id = $2",
];

/// Nobody is asked to come back to a question that they have no answer to any more.
const IDLE_REVISITS: &str = "delete from revisit where user_id = $1 and not exists \
    (select 1 from answer where answer.user_id = revisit.user_id and answer.question_key = revisit.question_key)";

/// Empties the log; one of three numbers is whether somebody held it up.
const FOLD: &str = "pragma wal_checkpoint(truncate)";

/// What a deletion did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// How many rows were deleted, or rid of the person.
    pub rows: u64,
    /// What was shared of it: the messages stay in Discord until somebody takes them down.
    pub shares: Vec<Share>,
    /// Whether SQLite's log could not be folded yet, as somebody reads what was before: until [`Store::fold_if_owed`] or a stop does
    /// it, the text stays in the file or beside it in `….db-wal`.
    pub fold_owed: bool,
}

impl Store {
    /// Deletes one of a person's own answers: one row, or none where it is not theirs or not there. What they share of it and, with
    /// their last answer to its question, when to come back to that go too.
    ///
    /// # Errors
    /// When the database fails; then nothing was deleted.
    pub async fn delete_attempt(&self, user: UserId, answer: InteractionId) -> Result<Deleted, StoreError> {
        let _settled = self.intake.settled().await;
        let mut transaction = self.begin().await?;
        let shares = delete_shares(&mut transaction, SHARE_OF_ANSWER, user, Some(answer.0)).await?;
        let deleted = sqlx::query("delete from answer where interaction_id = $1 and user_id = $2")
            .bind(id(answer.0))
            .bind(id(user.0))
            .execute(&mut *transaction)
            .await?;
        drop_idle_revisits(&mut transaction, user).await?;
        self.end(transaction, deleted.rows_affected(), shares).await
    }

    /// Deletes everything that is stored of a person.
    ///
    /// # Errors
    /// When the database fails; then nothing was deleted.
    pub async fn forget(&self, user: UserId) -> Result<Deleted, StoreError> {
        let _settled = self.intake.settled().await;
        let mut transaction = self.begin().await?;
        let shares = delete_shares(&mut transaction, ALL_SHARES, user, None).await?;
        let mut rows = shares.len() as u64;
        for statement in EVERYTHING.into_iter().chain([FORGET_CHANGES]) {
            rows += sqlx::query(statement).bind(id(user.0)).execute(&mut *transaction).await?.rows_affected();
        }
        self.end(transaction, rows, shares).await
    }

    /// Deletes the answers and drafts that a person wrote in a guild, and what they share of those or in it.
    ///
    /// # Errors
    /// When the database fails; then nothing was deleted.
    pub async fn forget_in_guild(&self, user: UserId, guild: GuildId) -> Result<Deleted, StoreError> {
        let _settled = self.intake.settled().await;
        let mut transaction = self.begin().await?;
        let shares = delete_shares(&mut transaction, SHARES_OF_GUILD, user, Some(guild.0)).await?;
        let mut rows = shares.len() as u64;
        for statement in OF_GUILD {
            let deleted = sqlx::query(statement).bind(id(user.0)).bind(id(guild.0)).execute(&mut *transaction).await?;
            rows += deleted.rows_affected();
        }
        rows += drop_idle_revisits(&mut transaction, user).await?;
        self.end(transaction, rows, shares).await
    }

    /// Folds SQLite's log into the file, if a deletion could not. It takes its turn among writers and then waits for no reader, so
    /// that nobody waits for it. Costs nothing where nothing is owed. Says whether it is still owed.
    pub async fn fold_if_owed(&self) -> bool {
        // Taken before it is tried, so that what a deletion comes to owe meanwhile stays owed.
        if !self.fold_owed.swap(false, Ordering::Relaxed) {
            return false;
        }
        let folded = self.fold_without_waiting().await;
        self.note_fold(folded)
    }

    async fn end(&self, transaction: Work, rows: u64, shares: Vec<Share>) -> Result<Deleted, StoreError> {
        transaction.commit().await?;
        if self.is_server {
            return Ok(Deleted { rows, shares, fold_owed: false });
        }
        let folded = self.fold_log().await;
        let fold_owed = self.note_fold(folded);
        if fold_owed {
            tracing::warn!("a deletion leaves traces in SQLite's files while somebody reads what was before it");
        }
        Ok(Deleted { rows, shares, fold_owed })
    }

    /// Notes a fold that is owed. What was deleted is deleted, whatever became of its traces.
    fn note_fold(&self, folded: Result<bool, sqlx::Error>) -> bool {
        let is_done = folded.unwrap_or_else(|error| {
            tracing::warn!(%error, "SQLite's log can't be folded");
            false
        });
        if !is_done {
            self.fold_owed.store(true, Ordering::Relaxed);
        }
        !is_done
    }

    /// Folds SQLite's log into the file and empties it: the log may hold what the file holds no more. Waits for readers as long as the
    /// connection waits for a lock. Says whether it is done.
    async fn fold_log(&self) -> Result<bool, sqlx::Error> {
        let (busy, ..): (i64, i64, i64) = sqlx::query_as(FOLD).fetch_one(&self.write).await?;
        Ok(busy == 0)
    }

    /// The same without waiting for anybody: nobody writes meanwhile.
    async fn fold_without_waiting(&self) -> Result<bool, sqlx::Error> {
        let mut connection = self.write.acquire().await?;
        sqlx::query("pragma busy_timeout = 0").execute(&mut *connection).await?;
        let folded: Result<(i64, i64, i64), _> = sqlx::query_as(FOLD).fetch_one(&mut *connection).await;
        connection.execute(WAITING).await?;
        Ok(folded?.0 == 0)
    }
}

async fn drop_idle_revisits(transaction: &mut Work, user: UserId) -> Result<u64, StoreError> {
    Ok(sqlx::query(IDLE_REVISITS).bind(id(user.0)).execute(&mut **transaction).await?.rows_affected())
}
