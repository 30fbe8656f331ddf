//! What a person gets when they ask for all that is stored of them.

use super::answer::AnswerRow;
use super::draft::DraftRow;
use super::row::{day, id, instant, question, snowflake};
use super::{Store, StoreError};
use crate::domain::attempt::Attempt;
use crate::domain::export::{Belongings, PartAfter};
use crate::domain::id::{ChannelId, GuildId, UserId};

/// How many answers are read at once: some hundred kilobytes.
const BATCH: i64 = 200;

impl Store {
    /// A person's next answers, the oldest first, from the beginning or after one of them. Empty when there are no more.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn answers_after(&self, user: UserId, after: Option<PartAfter>) -> Result<Vec<Attempt>, StoreError> {
        let statement = "select * from answer \
            where user_id = $1 and (answered_at > $2 or (answered_at = $2 and interaction_id > $3)) \
            order by answered_at, interaction_id limit $4";
        let (at, answer) = after.map_or((i64::MIN, 0), |after| (after.at.as_millisecond(), id(after.answer.0)));
        let rows: Vec<AnswerRow> =
            sqlx::query_as(statement).bind(id(user.0)).bind(at).bind(answer).bind(BATCH).fetch_all(&self.read).await?;
        rows.into_iter().map(AnswerRow::into_attempt).collect()
    }

    /// What is stored of a person beside their answers.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn belongings(&self, user: UserId) -> Result<Belongings, StoreError> {
        let key = id(user.0);
        let drafts: Vec<DraftRow> = sqlx::query_as("select * from draft where user_id = $1 order by question_key")
            .bind(key)
            .fetch_all(&self.read)
            .await?;
        let views = "select question_key, viewed_at from guidance_view where user_id = $1 order by viewed_at";
        let views: Vec<(String, i64)> = sqlx::query_as(views).bind(key).fetch_all(&self.read).await?;
        let said = "select question_key, helpful, said_at from feedback where user_id = $1 order by said_at";
        let said: Vec<(String, i64, i64)> = sqlx::query_as(said).bind(key).fetch_all(&self.read).await?;
        let changed = "select guild_id, channel_id from daily where changed_by = $1 order by guild_id, channel_id";
        let changed: Vec<(i64, i64)> = sqlx::query_as(changed).bind(key).fetch_all(&self.read).await?;
        let told = "select day from notice where user_id = $1 order by day";
        let told: Vec<String> = sqlx::query_scalar(told).bind(key).fetch_all(&self.read).await?;
        let view = |(key, at): (String, i64)| Ok((question("guidance_view", &key)?, instant("guidance_view", at)?));
        let verdict = |(key, helpful, at): (String, i64, i64)| {
            Ok::<_, StoreError>((question("feedback", &key)?, helpful != 0, instant("feedback", at)?))
        };
        let place = |(guild, channel)| (GuildId(snowflake(guild)), ChannelId(snowflake(channel)));
        Ok(Belongings {
            drafts: drafts.into_iter().map(DraftRow::into_draft).collect::<Result<_, _>>()?,
            guidance_views: views.into_iter().map(view).collect::<Result<_, StoreError>>()?,
            feedback: said.into_iter().map(verdict).collect::<Result<_, _>>()?,
            changed: changed.into_iter().map(place).collect(),
            told_on: told.iter().map(|column| day("notice", column)).collect::<Result<_, _>>()?,
            practice: self.kept_practice(user).await?,
            revisits: self.revisits(user).await?,
            shares: self.shares_of(user).await?,
        })
    }
}
