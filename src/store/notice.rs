//! The table `notice`: on which days a person was told that a daily question fails. And what there is to tell.

use jiff::Timestamp;
use jiff::civil::Date;

use super::post::PostRow;
use super::row::id;
use super::{Store, StoreError};
use crate::domain::id::{GuildId, UserId};
use crate::domain::post::Post;

impl Store {
    /// Notes that a person is told on a UTC day. Says `false` where they were told on it before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_notice(&self, user: UserId, day: Date) -> Result<bool, StoreError> {
        let statement = "insert into notice (user_id, day) values ($1, $2) on conflict (user_id, day) do nothing";
        let noted = sqlx::query(statement).bind(id(user.0)).bind(day.to_string()).execute(&self.write).await?;
        Ok(noted.rows_affected() > 0)
    }

    /// What failed since an instant of the daily questions that a person was the last to change, the oldest first.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn failures_of(&self, user: UserId, since: Timestamp) -> Result<Vec<Post>, StoreError> {
        let statement = "select p.* from post p join daily d on d.channel_id = p.channel_id \
            where d.changed_by = $1 and p.due_at >= $2 and p.state in ('failed', 'unknown') order by p.due_at, p.channel_id";
        let rows: Vec<PostRow> =
            sqlx::query_as(statement).bind(id(user.0)).bind(since.as_millisecond()).fetch_all(&self.read).await?;
        rows.into_iter().map(PostRow::into_post).collect()
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
