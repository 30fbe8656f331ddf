//! The tables `person` and `revisit`: what a person chose, what they were offered last, and when a question is due again.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::row::{id, instant, question};
use super::{Store, StoreError};
use crate::domain::export::KeptPractice;
use crate::domain::id::UserId;
use crate::domain::practice::{Offer, Revisit, Tried};
use crate::domain::question::QuestionKey;

impl Store {
    /// Whether a person's answers are coached, which they are until the person says otherwise.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_coached(&self, user: UserId) -> Result<bool, StoreError> {
        Ok(self.kept_practice(user).await?.is_none_or(|kept| kept.is_coached))
    }

    /// Notes whether a person's answers are to be coached.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_coached(&self, user: UserId, coached: bool) -> Result<(), StoreError> {
        let statement = "insert into person (user_id, is_coached) values ($1, $2) \
            on conflict (user_id) do update set is_coached = excluded.is_coached";
        self.write(sqlx::query(statement).bind(id(user.0)).bind(i64::from(coached))).await?;
        Ok(())
    }

    /// What a person was offered last.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn last_offer(&self, user: UserId) -> Result<Option<Offer>, StoreError> {
        Ok(self.kept_practice(user).await?.and_then(|kept| kept.last_offer))
    }

    /// What is kept of a person's practice beside the revisits.
    pub(super) async fn kept_practice(&self, user: UserId) -> Result<Option<KeptPractice>, StoreError> {
        let statement = "select is_coached, offered, offered_again from person where user_id = $1";
        let row: Option<(i64, Option<String>, i64)> =
            sqlx::query_as(statement).bind(id(user.0)).fetch_optional(&self.read).await?;
        let Some((is_coached, offered, again)) = row else { return Ok(None) };
        let offered = offered.map(|key| question("person", &key)).transpose()?;
        let last_offer = offered.map(|question| Offer { question, was_due: again != 0 });
        Ok(Some(KeptPractice { is_coached: is_coached != 0, last_offer }))
    }

    /// Notes what a person is offered, unless what they were offered last is not `before` any more: then nothing is noted. What is offered
    /// as due is due from now on, so that what waits for longer comes before it the next time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_offer(
        &self,
        user: UserId,
        before: Option<&Offer>,
        offer: &Offer,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let statement = "insert into person (user_id, offered, offered_again) values ($1, $2, $3) \
            on conflict (user_id) do update set offered = excluded.offered, offered_again = excluded.offered_again \
            where coalesce(person.offered, '') = $4 and person.offered_again = $5";
        let mut transaction = self.begin().await?;
        let noted = sqlx::query(statement)
            .bind(id(user.0))
            .bind(offer.question.as_str())
            .bind(i64::from(offer.was_due))
            .bind(before.map(|before| before.question.as_str()).unwrap_or_default())
            .bind(i64::from(before.is_some_and(|before| before.was_due)))
            .execute(&mut *transaction)
            .await?;
        if noted.rows_affected() > 0 && offer.was_due {
            sqlx::query("update revisit set due_at = $1 where user_id = $2 and question_key = $3 and due_at < $1")
                .bind(now.as_millisecond())
                .bind(id(user.0))
                .bind(offer.question.as_str())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(noted.rows_affected() > 0)
    }

    /// When a person is to come back to which questions.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn revisits(&self, user: UserId) -> Result<Vec<Revisit>, StoreError> {
        let statement =
            "select question_key, rung, due_at from revisit where user_id = $1 order by due_at, question_key";
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(statement).bind(id(user.0)).fetch_all(&self.read).await?;
        rows.into_iter().map(|(key, rung, due_at)| into_revisit(question("revisit", &key)?, rung, due_at)).collect()
    }

    /// Notes when a person is to come back to a question that they have answered; nothing where they have no answer to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_revisit(&self, user: UserId, revisit: &Revisit) -> Result<bool, StoreError> {
        let statement = "insert into revisit (user_id, question_key, rung, due_at) select $1, $2, $3, $4 \
            where exists (select 1 from answer where user_id = $1 and question_key = $2) \
            on conflict (user_id, question_key) do update set rung = excluded.rung, due_at = excluded.due_at";
        let noted = self
            .write(
                sqlx::query(statement)
                    .bind(id(user.0))
                    .bind(revisit.question.as_str())
                    .bind(i64::try_from(revisit.rung).unwrap_or(i64::MAX))
                    .bind(revisit.due_at.as_millisecond()),
            )
            .await?;
        Ok(noted.rows_affected() > 0)
    }

    /// When a person answered each question last.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn tried(&self, user: UserId) -> Result<Tried, StoreError> {
        let statement = "select question_key, max(answered_at) from answer where user_id = $1 group by question_key";
        let rows: Vec<(String, i64)> = sqlx::query_as(statement).bind(id(user.0)).fetch_all(&self.read).await?;
        let last = |(key, at): (String, i64)| Ok((question("answer", &key)?, instant("answer", at)?));
        rows.into_iter().map(last).collect::<Result<BTreeMap<_, _>, StoreError>>()
    }
}

pub(super) fn into_revisit(question: QuestionKey, rung: i64, due_at: i64) -> Result<Revisit, StoreError> {
    let rung = usize::try_from(rung).map_err(|_| StoreError::inconsistent("revisit", "a rung below the ladder"))?;
    Ok(Revisit { question, rung, due_at: instant("revisit", due_at)? })
}
