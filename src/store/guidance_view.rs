//! The table `guidance_view`: who looked at a question's guidance, and when first.

use jiff::Timestamp;

use super::row::id;
use super::{Store, StoreError};
use crate::domain::id::UserId;
use crate::domain::question::QuestionKey;

impl Store {
    /// Notes that a person looked at a question's guidance; the first time counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_guidance_view(
        &self,
        user: UserId,
        question: &QuestionKey,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let statement = "insert into guidance_view (user_id, question_key, viewed_at) values ($1, $2, $3) \
            on conflict (user_id, question_key) do nothing";
        self.write(sqlx::query(statement).bind(id(user.0)).bind(question.as_str()).bind(at.as_millisecond())).await?;
        Ok(())
    }
}
