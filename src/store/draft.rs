//! The table `draft`: half an answer, put down for later.

use jiff::Timestamp;
use sqlx::FromRow;

use super::row::{id, instant, post_columns, post_key, question, snowflake};
use super::{Store, StoreError, Work};
use crate::domain::answer::{Draft, Part, Submission, Typed};
use crate::domain::attempt::About;
use crate::domain::export::KeptDraft;
use crate::domain::id::{GuildId, UserId};
use crate::domain::question::QuestionKey;

const TABLE: &str = "draft";

#[derive(FromRow)]
pub(super) struct DraftRow {
    user_id: i64,
    question_key: String,
    guild_id: Option<i64>,
    channel_id: Option<i64>,
    day: Option<String>,
    situation: String,
    task: String,
    action: String,
    result: String,
    typed_at: i64,
}

impl DraftRow {
    pub(super) fn into_draft(self) -> Result<KeptDraft, StoreError> {
        let typed = Typed { situation: self.situation, task: self.task, action: self.action, result: self.result };
        let Submission::Partial(draft) = Submission::parse(typed) else {
            return Err(StoreError::inconsistent(TABLE, "a draft that is none"));
        };
        let about = About {
            user: UserId(snowflake(self.user_id)),
            question: question(TABLE, &self.question_key)?,
            guild: self.guild_id.map(|guild| GuildId(snowflake(guild))),
            post: post_key(TABLE, self.channel_id, self.day.as_deref())?,
        };
        Ok(KeptDraft { about, draft, at: instant(TABLE, self.typed_at)? })
    }
}

impl Store {
    /// Keeps what was typed as the person's one draft of the question.
    ///
    /// # Errors
    /// When the database fails; then the earlier draft, if any, is still there.
    pub async fn put_draft(&self, about: &About, draft: &Draft, at: Timestamp) -> Result<(), StoreError> {
        let statement = "insert into draft (user_id, question_key, guild_id, channel_id, day, situation, task, action, result, typed_at) \
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
            on conflict (user_id, question_key) do update set guild_id = excluded.guild_id, channel_id = excluded.channel_id, \
            day = excluded.day, situation = excluded.situation, task = excluded.task, action = excluded.action, \
            result = excluded.result, typed_at = excluded.typed_at";
        let (channel, day) = post_columns(about.post);
        self.write(
            sqlx::query(statement)
                .bind(id(about.user.0))
                .bind(about.question.as_str())
                .bind(about.guild.map(|guild| id(guild.0)))
                .bind(channel)
                .bind(day)
                .bind(draft.typed().get(Part::Situation))
                .bind(draft.typed().get(Part::Task))
                .bind(draft.typed().get(Part::Action))
                .bind(draft.typed().get(Part::Result))
                .bind(at.as_millisecond()),
        )
        .await?;
        Ok(())
    }

    /// A person's draft of a question.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn draft(&self, user: UserId, question: &QuestionKey) -> Result<Option<Draft>, StoreError> {
        let row: Option<DraftRow> = sqlx::query_as("select * from draft where user_id = $1 and question_key = $2")
            .bind(id(user.0))
            .bind(question.as_str())
            .fetch_optional(&self.read)
            .await?;
        row.map(|row| row.into_draft().map(|kept| kept.draft)).transpose()
    }
}

/// Deletes a draft that was put down by then.
pub(super) async fn delete_draft(transaction: &mut Work, about: &About, by: Timestamp) -> Result<(), StoreError> {
    sqlx::query("delete from draft where user_id = $1 and question_key = $2 and typed_at <= $3")
        .bind(id(about.user.0))
        .bind(about.question.as_str())
        .bind(by.as_millisecond())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
