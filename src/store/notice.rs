//! The table `notice`: on which days a person was told that a daily question fails. And what there is to tell.

use jiff::Timestamp;
use jiff::civil::Date;

use super::post::PostRow;
use super::row::{id, snowflake};
use super::{Store, StoreError};
use crate::domain::daily::Pause;
use crate::domain::id::{ChannelId, GuildId, UserId};
use crate::domain::post::Post;
use crate::domain::trouble::Trouble;

impl Store {
    /// Notes that a person is told on a UTC day. Says `false` where they were told on it before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_notice(&self, user: UserId, day: Date) -> Result<bool, StoreError> {
        // Whoever had everything deleted meanwhile is told nothing.
        let statement = "insert into notice (user_id, day) select $1, $2 where exists (select 1 from daily where changed_by = $1) \
            on conflict (user_id, day) do nothing";
        let noted = self.write(sqlx::query(statement).bind(id(user.0)).bind(day.to_string())).await?;
        Ok(noted.rows_affected() > 0)
    }

    /// Takes back that a person was told, as it did not get through.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_back_notice(&self, user: UserId, day: Date) -> Result<(), StoreError> {
        self.write(
            sqlx::query("delete from notice where user_id = $1 and day = $2").bind(id(user.0)).bind(day.to_string()),
        )
        .await?;
        Ok(())
    }

    /// What went wrong since an instant with the daily questions that a person was the last to change: posts that failed, the oldest
    /// first, then channels that were deleted.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn troubles_of(&self, user: UserId, since: Timestamp) -> Result<Vec<(ChannelId, Trouble)>, StoreError> {
        let failed = "select p.* from post p join daily d on d.channel_id = p.channel_id \
            where d.changed_by = $1 and p.due_at >= $2 and p.state in ('failed', 'unknown') and d.gone_at is null \
            order by p.due_at, p.channel_id";
        let failed: Vec<PostRow> =
            sqlx::query_as(failed).bind(id(user.0)).bind(since.as_millisecond()).fetch_all(&self.read).await?;
        let gone = "select channel_id from daily where changed_by = $1 and gone_at >= $2 order by gone_at, channel_id";
        let gone: Vec<i64> =
            sqlx::query_scalar(gone).bind(id(user.0)).bind(since.as_millisecond()).fetch_all(&self.read).await?;
        let mut troubles = Vec::new();
        for row in failed {
            let post = row.into_post()?;
            troubles.extend(Trouble::of_post(&post).map(|trouble| (post.key.channel, trouble)));
        }
        let gone = gone.into_iter().map(|channel| (ChannelId(snowflake(channel)), Trouble::Paused(Pause::ChannelGone)));
        troubles.extend(gone);
        Ok(troubles)
    }

    /// The newest planned post of each daily question of a guild, whatever became of it.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn last_posts_of(&self, guild: GuildId) -> Result<Vec<Post>, StoreError> {
        let statement = "select p.* from post p join daily d on d.channel_id = p.channel_id \
            where d.guild_id = $1 and p.day = (select max(l.day) from post l where l.channel_id = d.channel_id)";
        let rows: Vec<PostRow> = sqlx::query_as(statement).bind(id(guild.0)).fetch_all(&self.read).await?;
        rows.into_iter().map(PostRow::into_post).collect()
    }
}
