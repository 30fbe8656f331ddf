//! The tables `rotation`, `asked` and `put_off`: together the place in a channel's cycle.

use sqlx::{Any, Executor};

use super::choice::Choice;
use super::row::{count, id, question};
use super::{Store, StoreError, Work};
use crate::domain::daily::Daily;
use crate::domain::id::ChannelId;
use crate::domain::post::PostKey;
use crate::domain::question::QuestionKey;
use crate::domain::rotation::{Asked, left, pick};

const TABLE: &str = "asked or put_off";

const ASKED: &str = "select question_key, cycle from asked where channel_id = $1 and cycle >= \
    (select max(cycle) - 1 from asked where channel_id = $1) order by place";

/// A channel's cycle as stored.
pub(super) struct Cycle {
    /// What its order is drawn from.
    pub(super) seed: u64,
    /// What was asked in the running cycle and the one before, oldest first. A post that failed asked nothing.
    pub(super) asked: Vec<Asked>,
    /// What was put off to the end of a cycle, the first put off first.
    pub(super) put_off: Vec<Asked>,
}

pub(super) async fn cycle(transaction: &mut Work, channel: ChannelId, fresh: u64) -> Result<Cycle, StoreError> {
    sqlx::query("insert into rotation (channel_id, seed) values ($1, $2) on conflict (channel_id) do nothing")
        .bind(id(channel.0))
        .bind(fresh.cast_signed())
        .execute(&mut **transaction)
        .await?;
    let seed: i64 = sqlx::query_scalar("select seed from rotation where channel_id = $1")
        .bind(id(channel.0))
        .fetch_one(&mut **transaction)
        .await?;
    let asked = keys(&mut **transaction, ASKED, channel).await?;
    let statement = "select question_key, cycle from put_off where channel_id = $1 order by place";
    let put_off = keys(&mut **transaction, statement, channel).await?;
    Ok(Cycle { seed: seed.cast_unsigned(), asked, put_off })
}

/// Counts a question as asked.
pub(super) async fn count_as_asked(
    transaction: &mut Work,
    channel: ChannelId,
    asked: &Asked,
) -> Result<(), StoreError> {
    let statement = "insert into asked (channel_id, cycle, question_key, place) \
        select $1, $2, $3, coalesce(max(place), 0) + 1 from asked where channel_id = $1 \
        on conflict (channel_id, cycle, question_key) do nothing";
    sqlx::query(statement)
        .bind(id(channel.0))
        .bind(i64::from(asked.cycle))
        .bind(asked.key.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Takes back that the question of a post counts as asked: nobody saw it.
pub(super) async fn take_back(transaction: &mut Work, post: PostKey) -> Result<(), StoreError> {
    let statement = "delete from asked where channel_id = $1 and (cycle, question_key) in \
        (select cycle, question_key from post where channel_id = $1 and day = $2)";
    sqlx::query(statement).bind(id(post.channel.0)).bind(post.day.to_string()).execute(&mut **transaction).await?;
    Ok(())
}

/// Within a transaction, or beside it.
async fn keys<'e>(
    database: impl Executor<'e, Database = Any>,
    statement: &'static str,
    channel: ChannelId,
) -> Result<Vec<Asked>, StoreError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(statement).bind(id(channel.0)).fetch_all(database).await?;
    let read = |(key, cycle): (String, i64)| Ok(Asked { key: question(TABLE, &key)?, cycle: count(TABLE, cycle)? });
    rows.into_iter().map(read).collect()
}

impl Cycle {
    /// The question to ask next, of these.
    pub(super) fn next(&self, available: &[QuestionKey]) -> Option<Asked> {
        pick(self.seed, &self.asked, &self.put_off, available)
    }
}

impl Store {
    /// The question that a daily question asks next. Nothing is used up.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn next_question(&self, daily: &Daily, choice: Choice<'_>) -> Result<Option<QuestionKey>, StoreError> {
        let mut transaction = self.begin().await?;
        let place = cycle(&mut transaction, daily.channel, choice.fresh_seed).await?;
        transaction.commit().await?;
        Ok(place.next(&choice.available(daily)).map(|next| next.key))
    }

    /// How many questions of a daily question are still to come before the first comes again.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn questions_left(&self, daily: &Daily, choice: Choice<'_>) -> Result<usize, StoreError> {
        let asked = keys(&self.read, ASKED, daily.channel).await?;
        Ok(left(&asked, &choice.available(daily)))
    }

    /// Puts the next question off to the end of its cycle. Gives it, and the one that comes instead, which may be the same where it is
    /// the last of its cycle.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn skip_question(
        &self,
        daily: &Daily,
        choice: Choice<'_>,
    ) -> Result<Option<(QuestionKey, QuestionKey)>, StoreError> {
        let mut transaction = self.begin().await?;
        let available = choice.available(daily);
        let mut place = cycle(&mut transaction, daily.channel, choice.fresh_seed).await?;
        let Some(skipped) = place.next(&available) else { return Ok(None) };
        let statement = "insert into put_off (channel_id, cycle, question_key, place) \
            select $1, $2, $3, coalesce(max(place), 0) + 1 from put_off where channel_id = $1 \
            on conflict (channel_id, cycle, question_key) do update set place = excluded.place";
        sqlx::query(statement)
            .bind(id(daily.channel.0))
            .bind(i64::from(skipped.cycle))
            .bind(skipped.key.as_str())
            .execute(&mut *transaction)
            .await?;
        place.put_off.retain(|off| *off != skipped);
        place.put_off.push(skipped.clone());
        let instead = place.next(&available).map_or_else(|| skipped.key.clone(), |next| next.key);
        transaction.commit().await?;
        Ok(Some((skipped.key, instead)))
    }
}
