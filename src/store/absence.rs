//! What becomes of daily questions whose guild or channel goes away, and comes back. Knows nothing of how that is found out.

use jiff::Timestamp;

use super::claim::note_skipped;
use super::daily::{advance, daily_in, next_without_post, pause_word};
use super::row::{id, snowflake};
use super::{Store, StoreError, Work};
use crate::domain::daily::{KEPT_FOR, Pause};
use crate::domain::id::{ChannelId, GuildId};

/// A guild with daily questions, as the store has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownGuild {
    /// Which one.
    pub guild: GuildId,
    /// Whether Starling is in it, as far as was noticed.
    pub is_in: bool,
}

impl Store {
    /// The guilds that have daily questions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_guilds(&self) -> Result<Vec<KnownGuild>, StoreError> {
        let statement = "select guild_id, count(*), count(removed_at) from daily group by guild_id order by guild_id";
        let rows: Vec<(i64, i64, i64)> = sqlx::query_as(statement).fetch_all(&self.read).await?;
        let known = |(guild, all, removed)| KnownGuild { guild: GuildId(snowflake(guild)), is_in: all > removed };
        Ok(rows.into_iter().map(known).collect())
    }

    /// Starling was removed from a guild: its daily questions wait for its return. Gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_removal(&self, guild: GuildId, now: Timestamp) -> Result<u64, StoreError> {
        let noted = self
            .write(
                sqlx::query("update daily set removed_at = $1 where guild_id = $2 and removed_at is null")
                    .bind(now.as_millisecond())
                    .bind(id(guild.0)),
            )
            .await?;
        Ok(noted.rows_affected())
    }

    /// Starling is in a guild: its daily questions go on, each as it was paused or not, with the first slot after `now`. What passed
    /// meanwhile is noted as skipped. Gives how many go on.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense. Nothing is changed then.
    pub async fn record_return(&self, guild: GuildId, now: Timestamp) -> Result<usize, StoreError> {
        const WAITING: &str = "select channel_id from daily where guild_id = $1 and removed_at is not null";
        // Of all guilds that are told of at a start few were away, and a look takes no lock.
        let waiting: Vec<i64> = sqlx::query_scalar(WAITING).bind(id(guild.0)).fetch_all(&self.read).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let mut transaction = self.begin().await?;
        let waiting: Vec<i64> = sqlx::query_scalar(WAITING).bind(id(guild.0)).fetch_all(&mut *transaction).await?;
        for channel in &waiting {
            go_on(&mut transaction, ChannelId(snowflake(*channel)), now).await?;
        }
        transaction.commit().await?;
        Ok(waiting.len())
    }

    /// A channel is gone, and its daily question with it, if it has one: paused for that reason, whatever it was paused for before. Gives
    /// whether that is news.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_gone_channel(&self, channel: ChannelId, now: Timestamp) -> Result<bool, StoreError> {
        let statement = "update daily set pause = $1, gone_at = $2 where channel_id = $3 and (coalesce(pause, '') <> $1 or gone_at is null)";
        let noted = self
            .write(
                sqlx::query(statement)
                    .bind(pause_word(Pause::ChannelGone))
                    .bind(now.as_millisecond())
                    .bind(id(channel.0)),
            )
            .await?;
        Ok(noted.rows_affected() > 0)
    }

    /// Forgets the settings of channels that have been gone for [`KEPT_FOR`]; posts, answers and the place in the cycle stay. Gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_gone_channels(&self, now: Timestamp) -> Result<u64, StoreError> {
        // Nearly every look finds nothing, and takes no lock.
        let statement = "select count(*) from daily where gone_at <= $1 or (pause = $2 and gone_at is null)";
        let lost: i64 = sqlx::query_scalar(statement)
            .bind(overdue_at(now))
            .bind(pause_word(Pause::ChannelGone))
            .fetch_one(&self.read)
            .await?;
        if lost == 0 {
            return Ok(0);
        }
        let mut transaction = self.begin().await?;
        // Those that were gone before it was noted since when.
        sqlx::query("update daily set gone_at = $1 where pause = $2 and gone_at is null")
            .bind(now.as_millisecond())
            .bind(pause_word(Pause::ChannelGone))
            .execute(&mut *transaction)
            .await?;
        let statement = "delete from daily where gone_at <= $1";
        let forgotten = sqlx::query(statement).bind(overdue_at(now)).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(forgotten.rows_affected())
    }

    /// The same for guilds that Starling was removed from so long ago. Only for one who knows which guilds it is in: a return that was
    /// missed keeps the settings.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_left_guilds(&self, now: Timestamp) -> Result<u64, StoreError> {
        let statement = "select count(*) from daily where removed_at <= $1";
        let left: i64 = sqlx::query_scalar(statement).bind(overdue_at(now)).fetch_one(&self.read).await?;
        if left == 0 {
            return Ok(0);
        }
        let forgotten =
            self.write(sqlx::query("delete from daily where removed_at <= $1").bind(overdue_at(now))).await?;
        Ok(forgotten.rows_affected())
    }
}

fn overdue_at(now: Timestamp) -> i64 {
    now.checked_sub(KEPT_FOR).unwrap_or(Timestamp::MIN).as_millisecond()
}

/// Lifts the pause of a removal and no other.
async fn go_on(transaction: &mut Work, channel: ChannelId, now: Timestamp) -> Result<(), StoreError> {
    let Some(daily) = daily_in(transaction, channel).await? else { return Ok(()) };
    for (slot, reason) in daily.settle(now).skipped {
        note_skipped(transaction, &daily, &slot, reason).await?;
    }
    let next = next_without_post(transaction, &daily, now).await?;
    advance(transaction, channel, next.as_ref()).await?;
    sqlx::query("update daily set removed_at = null where channel_id = $1")
        .bind(id(channel.0))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
