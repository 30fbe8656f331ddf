//! The table `share`: which answers their authors share, and where.

use sqlx::FromRow;

use super::row::{id, instant, snowflake};
use super::{Store, StoreError, Work};
use crate::domain::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use crate::domain::share::Share;

#[derive(FromRow)]
struct ShareRow {
    interaction_id: i64,
    user_id: i64,
    guild_id: i64,
    channel_id: i64,
    message_id: Option<i64>,
    shared_at: i64,
}

impl ShareRow {
    fn into_share(self) -> Result<Share, StoreError> {
        Ok(Share {
            answer: InteractionId(snowflake(self.interaction_id)),
            user: UserId(snowflake(self.user_id)),
            guild: GuildId(snowflake(self.guild_id)),
            channel: ChannelId(snowflake(self.channel_id)),
            message: self.message_id.map(|message| MessageId(snowflake(message))),
            at: instant("share", self.shared_at)?,
        })
    }
}

impl Store {
    /// Notes that an answer is about to be shared, before its message is sent. Gives `false`, and notes nothing, where it is shared already
    /// or where the author has no such answer any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_share(&self, share: &Share) -> Result<bool, StoreError> {
        let statement = "insert into share (interaction_id, user_id, guild_id, channel_id, message_id, shared_at) \
            select $1, $2, $3, $4, $5, $6 where exists (select 1 from answer where interaction_id = $1 and user_id = $2) \
            on conflict (interaction_id) do nothing";
        let noted = self
            .write(
                sqlx::query(statement)
                    .bind(id(share.answer.0))
                    .bind(id(share.user.0))
                    .bind(id(share.guild.0))
                    .bind(id(share.channel.0))
                    .bind(share.message.map(|message| id(message.0)))
                    .bind(share.at.as_millisecond()),
            )
            .await?;
        Ok(noted.rows_affected() > 0)
    }

    /// Notes which message a share is. Gives `false` where that share was ended meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn complete_share(&self, share: &Share, message: MessageId) -> Result<bool, StoreError> {
        let noted = self
            .write(
                sqlx::query(
                    "update share set message_id = $1 where interaction_id = $2 and user_id = $3 and shared_at = $4",
                )
                .bind(id(message.0))
                .bind(id(share.answer.0))
                .bind(id(share.user.0))
                .bind(share.at.as_millisecond()),
            )
            .await?;
        Ok(noted.rows_affected() > 0)
    }

    /// Where an answer is shared, if it is.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn share(&self, answer: InteractionId) -> Result<Option<Share>, StoreError> {
        let row: Option<ShareRow> = sqlx::query_as("select * from share where interaction_id = $1")
            .bind(id(answer.0))
            .fetch_optional(&self.read)
            .await?;
        row.map(ShareRow::into_share).transpose()
    }

    /// All that a person shares, the oldest first.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn shares_of(&self, user: UserId) -> Result<Vec<Share>, StoreError> {
        let statement = "select * from share where user_id = $1 order by shared_at, interaction_id";
        let rows: Vec<ShareRow> = sqlx::query_as(statement).bind(id(user.0)).fetch_all(&self.read).await?;
        rows.into_iter().map(ShareRow::into_share).collect()
    }

    /// Notes that this share is over, unless its message is known by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_unsent_share(&self, share: &Share) -> Result<(), StoreError> {
        let statement =
            "delete from share where interaction_id = $1 and user_id = $2 and shared_at = $3 and message_id is null";
        self.write(
            sqlx::query(statement).bind(id(share.answer.0)).bind(id(share.user.0)).bind(share.at.as_millisecond()),
        )
        .await?;
        Ok(())
    }

    /// Notes that this share is over; a later one of the same answer stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_share(&self, share: &Share) -> Result<(), StoreError> {
        self.write(
            sqlx::query("delete from share where interaction_id = $1 and user_id = $2 and shared_at = $3")
                .bind(id(share.answer.0))
                .bind(id(share.user.0))
                .bind(share.at.as_millisecond()),
        )
        .await?;
        Ok(())
    }
}

/// Deletes shares, and gives those that were there. `$1` of the statement is the person; `$2`, where it has one, narrows it down.
pub(super) async fn delete_shares(
    transaction: &mut Work,
    statement: &'static str,
    user: UserId,
    narrowed_to: Option<u64>,
) -> Result<Vec<Share>, StoreError> {
    let mut query = sqlx::query_as(statement).bind(id(user.0));
    if let Some(narrowed_to) = narrowed_to {
        query = query.bind(id(narrowed_to));
    }
    let rows: Vec<ShareRow> = query.fetch_all(&mut **transaction).await?;
    rows.into_iter().map(ShareRow::into_share).collect()
}
