//! The table `feedback`: whether a question's sample helped a person. The last word counts.

use jiff::Timestamp;

use super::row::{count, id, question};
use super::{Store, StoreError};
use crate::domain::id::UserId;
use crate::domain::question::QuestionKey;

const TABLE: &str = "feedback";

/// What people say of a question's sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The question.
    pub question: QuestionKey,
    /// How many found it helpful.
    pub helpful: u32,
    /// How many did not.
    pub not_helpful: u32,
}

impl Store {
    /// Notes what a person says of a sample; it takes the place of what they said before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_feedback(
        &self,
        user: UserId,
        question: &QuestionKey,
        helpful: bool,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let statement = "insert into feedback (user_id, question_key, helpful, said_at) values ($1, $2, $3, $4) \
            on conflict (user_id, question_key) do update set helpful = excluded.helpful, said_at = excluded.said_at";
        self.write(
            sqlx::query(statement)
                .bind(id(user.0))
                .bind(question.as_str())
                .bind(i32::from(helpful))
                .bind(at.as_millisecond()),
        )
        .await?;
        Ok(())
    }

    /// What is said of each question of which anything is said, in the order of their keys.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn feedback(&self) -> Result<Vec<Verdict>, StoreError> {
        let statement = "select question_key, cast(sum(helpful) as bigint), count(*) from feedback \
            group by question_key order by question_key";
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(statement).fetch_all(&self.read).await?;
        let verdict = |(key, helpful, all): (String, i64, i64)| {
            let (question, helpful) = (question(TABLE, &key)?, count(TABLE, helpful)?);
            Ok(Verdict { question, helpful, not_helpful: count(TABLE, all)?.saturating_sub(helpful) })
        };
        rows.into_iter().map(verdict).collect()
    }
}
