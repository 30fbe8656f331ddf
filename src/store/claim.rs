//! The transactions in which a round, or a command, takes a slot: over the tables `post`, `daily` and `rotation`, all at once or not at all.

use jiff::Timestamp;

use super::choice::Choice;
use super::daily::{advance, daily_in, next_slot, next_without_post};
use super::post::{PostRow, fail_word, is_taken, skip_word};
use super::rotation::{count_as_asked, cycle};
use super::row::{id, instant};
use super::{Store, StoreError, Work};
use crate::domain::daily::{Daily, Settlement};
use crate::domain::id::{ChannelId, GuildId};
use crate::domain::post::{FailReason, Post, PostKey, SkipReason};
use crate::domain::schedule::Occurrence;

/// For how long a claim is its maker's alone; after that it is taken for abandoned and tried again.
const LEASE_MILLISECONDS: i64 = 60_000;

/// A claim that nobody took up for so long after its time was left alone: Starling was not running.
const LEFT_MILLISECONDS: i64 = 300_000;

/// What moves a daily question from channel `$1` to channel `$2`, with its place in the cycle. The posts that came stay where they are, for
/// their buttons; copies of them, marked as moved, keep the dates. A date on which nothing came there gives way to one on which something
/// came here. Each statement names both channels, as each is given both.
const MOVES: [&str; 8] = [
    "update daily set channel_id = $2 where channel_id = $1",
    "delete from rotation where channel_id = $2 and $1 <> $2",
    "update rotation set channel_id = $2 where channel_id = $1",
    "delete from asked where channel_id = $2 and $1 <> $2",
    "update asked set channel_id = $2 where channel_id = $1",
    "delete from put_off where channel_id = $2 and $1 <> $2",
    "update put_off set channel_id = $2 where channel_id = $1",
    "insert into post (channel_id, day, guild_id, question_key, cycle, due_at, window_ends_at, state, reason, attempts, message_id, \
        sent_at, thread_failed, zone, moved_from) \
        select $2, day, guild_id, question_key, cycle, due_at, window_ends_at, \
        case state when 'sent' then 'moved' else state end, reason, attempts, message_id, sent_at, thread_failed, zone, \
        coalesce(moved_from, channel_id) from post where channel_id = $1 \
        on conflict (channel_id, day) do update set guild_id = excluded.guild_id, question_key = excluded.question_key, \
        cycle = excluded.cycle, due_at = excluded.due_at, window_ends_at = excluded.window_ends_at, state = excluded.state, \
        reason = excluded.reason, attempts = excluded.attempts, message_id = excluded.message_id, sent_at = excluded.sent_at, \
        thread_failed = excluded.thread_failed, zone = excluded.zone, moved_from = excluded.moved_from \
        where post.state in ('skipped', 'failed') and excluded.state in ('moved', 'deleted', 'unknown')",
];

/// What came of moving a daily question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is there.
    There,
    /// The other channel has one of its own; nothing was moved.
    HasOne,
    /// A post of it is under way, or being tried again; nothing was moved.
    BeingSent,
}

impl Store {
    /// Settles the slots of a daily question that have come: notes the skipped ones, claims the one to post with the question that the
    /// cycle picks, and moves on to the next slot, all at once or not at all.
    ///
    /// Gives the claimed post with its daily question, if there is one: not where the day has its post already, nor where another round
    /// was faster.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn settle(
        &self,
        channel: ChannelId,
        choice: Choice<'_>,
        now: Timestamp,
    ) -> Result<Option<(Daily, Post)>, StoreError> {
        let mut transaction = self.begin().await?;
        let Some(daily) = daily_in(&mut transaction, channel).await? else { return Ok(None) };
        let Settlement { skipped, post } = daily.settle(now);
        if skipped.is_empty() && post.is_none() {
            return Ok(None);
        }
        let mut claimed = None;
        if let Some(slot) = post {
            claimed = claim_slot(&mut transaction, &daily, slot, choice, now).await?;
        }
        for (slot, reason) in &skipped {
            note_skipped(&mut transaction, &daily, slot, *reason).await?;
        }
        let next = next_without_post(&mut transaction, &daily, now).await?;
        advance(&mut transaction, channel, next.as_ref()).await?;
        transaction.commit().await?;
        Ok(claimed.map(|post| (daily, post)))
    }

    /// Claims the post of today out of turn. Gives `None` where today has its post already. The next slot stays as it is: should this
    /// fail, the day's own is still to come, and should it succeed, a round finds the day taken.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn claim_today(
        &self,
        daily: &Daily,
        choice: Choice<'_>,
        now: Timestamp,
    ) -> Result<Option<Post>, StoreError> {
        let mut transaction = self.begin().await?;
        let slot = Occurrence { due_at: now, day: daily.schedule.today(now) };
        let post = match take_up_unknown(&mut transaction, daily, slot, now).await? {
            Some(post) => Some(post),
            None => claim_slot(&mut transaction, daily, slot, choice, now).await?,
        };
        transaction.commit().await?;
        Ok(post)
    }

    /// Moves a daily question on to the first slot after `now` whose day has no post.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn move_on(&self, channel: ChannelId, now: Timestamp) -> Result<Option<Daily>, StoreError> {
        let mut transaction = self.begin().await?;
        let Some(daily) = daily_in(&mut transaction, channel).await? else { return Ok(None) };
        let next = next_without_post(&mut transaction, &daily, now).await?;
        advance(&mut transaction, channel, next.as_ref()).await?;
        transaction.commit().await?;
        Ok(Some(Daily { next, ..daily }))
    }

    /// Moves a daily question to another channel of its guild, with its place in the cycle and the dates already posted.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn move_daily(&self, daily: &Daily, to: ChannelId, now: Timestamp) -> Result<Moved, StoreError> {
        let mut transaction = self.begin().await?;
        if daily_in(&mut transaction, to).await?.is_some() {
            return Ok(Moved::HasOne);
        }
        let under_way: i64 =
            sqlx::query_scalar("select count(*) from post where channel_id in ($1, $2) and state = 'claimed'")
                .bind(id(daily.channel.0))
                .bind(id(to.0))
                .fetch_one(&mut *transaction)
                .await?;
        if under_way > 0 {
            return Ok(Moved::BeingSent);
        }
        for statement in MOVES {
            sqlx::query(statement).bind(id(daily.channel.0)).bind(id(to.0)).execute(&mut *transaction).await?;
        }
        let Some(moved) = daily_in(&mut transaction, to).await? else { return Ok(Moved::HasOne) };
        let next = next_slot(&mut transaction, &moved, now).await?;
        advance(&mut transaction, to, next.as_ref()).await?;
        transaction.commit().await?;
        Ok(Moved::There)
    }

    /// Takes over the claimed posts whose lease or pause between two tries is over, up to `limit` of them.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn retake_claims(&self, now: Timestamp, limit: u32) -> Result<Vec<Post>, StoreError> {
        // Most rounds find none, and a look takes no lock.
        let due: i64 = sqlx::query_scalar("select count(*) from post where retry_at <= $1")
            .bind(now.as_millisecond())
            .fetch_one(&self.read)
            .await?;
        if due == 0 {
            return Ok(Vec::new());
        }
        let mut transaction = self.begin().await?;
        let statement = "update post set attempts = attempts + 1, retry_at = $1, unclear_since = coalesce(unclear_since, tried_at), \
            tried_at = $2, reason = case when retry_at < $4 then $5 end where state = 'claimed' and (channel_id, day) in \
            (select channel_id, day from post where retry_at <= $2 order by retry_at limit $3) returning *";
        let rows: Vec<PostRow> = sqlx::query_as(statement)
            .bind(now.as_millisecond() + LEASE_MILLISECONDS)
            .bind(now.as_millisecond())
            .bind(i64::from(limit))
            .bind(now.as_millisecond() - LEFT_MILLISECONDS)
            .bind(skip_word(SkipReason::Down))
            .fetch_all(&mut *transaction)
            .await?;
        transaction.commit().await?;
        rows.into_iter().map(PostRow::into_post).collect()
    }

    /// When the first claimed post of a guild is tried again, or its claim is taken for abandoned. Only while it may still come: within its
    /// window, and where its daily question is on.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn next_try(&self, guild: GuildId) -> Result<Option<Timestamp>, StoreError> {
        let statement = "select min(retry_at) from post where guild_id = $1 and state = 'claimed' and retry_at < window_ends_at \
            and channel_id in (select channel_id from daily where pause is null and removed_at is null)";
        let next: Option<i64> = sqlx::query_scalar(statement).bind(id(guild.0)).fetch_one(&self.read).await?;
        next.map(|at| instant("post", at)).transpose()
    }

    /// Whether by `now` a post of a guild is to be tried again, or is under way: claimed, and neither settled nor put off since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_trying(&self, guild: GuildId, now: Timestamp) -> Result<bool, StoreError> {
        let statement = "select count(*) from post where guild_id = $1 and state = 'claimed' \
            and (retry_at <= $2 or retry_at = tried_at + $3)";
        let trying: i64 = sqlx::query_scalar(statement)
            .bind(id(guild.0))
            .bind(now.as_millisecond())
            .bind(LEASE_MILLISECONDS)
            .fetch_one(&self.read)
            .await?;
        Ok(trying > 0)
    }
}

/// Takes up a post of which nobody knows whether it came: the same question, so that it is found where it did.
async fn take_up_unknown(
    transaction: &mut Work,
    daily: &Daily,
    slot: Occurrence,
    now: Timestamp,
) -> Result<Option<Post>, StoreError> {
    let statement = "update post set state = 'claimed', reason = null, attempts = attempts + 1, retry_at = $1, window_ends_at = $2, \
        unclear_since = coalesce(unclear_since, tried_at, due_at), tried_at = $3 \
        where channel_id = $4 and day = $5 and state = 'unknown' returning *";
    let row: Option<PostRow> = sqlx::query_as(statement)
        .bind(now.as_millisecond() + LEASE_MILLISECONDS)
        .bind(daily.schedule.window_ends_at(&slot).as_millisecond())
        .bind(now.as_millisecond())
        .bind(id(daily.channel.0))
        .bind(slot.day.to_string())
        .fetch_optional(&mut **transaction)
        .await?;
    row.map(PostRow::into_post).transpose()
}

async fn claim_slot(
    transaction: &mut Work,
    daily: &Daily,
    slot: Occurrence,
    choice: Choice<'_>,
    now: Timestamp,
) -> Result<Option<Post>, StoreError> {
    let key = PostKey { channel: daily.channel, day: slot.day };
    if is_taken(transaction, key).await? {
        return Ok(None);
    }
    let place = cycle(transaction, daily.channel, choice.fresh_seed).await?;
    let picked = place.next(&choice.available(daily));
    let statement = "insert into post \
        (channel_id, day, guild_id, question_key, cycle, due_at, window_ends_at, state, reason, attempts, retry_at, tried_at, zone) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12) \
        on conflict (channel_id, day) do update set guild_id = excluded.guild_id, question_key = excluded.question_key, \
        cycle = excluded.cycle, due_at = excluded.due_at, window_ends_at = excluded.window_ends_at, state = excluded.state, \
        reason = excluded.reason, attempts = 1, retry_at = excluded.retry_at, tried_at = excluded.tried_at, \
        unclear_since = null, message_id = null, sent_at = null, thread_failed = 0, zone = excluded.zone, moved_from = null returning *";
    if let Some(asked) = &picked {
        count_as_asked(transaction, daily.channel, asked).await?;
    }
    let asks = picked.is_some();
    let row: PostRow = sqlx::query_as(statement)
        .bind(id(daily.channel.0))
        .bind(slot.day.to_string())
        .bind(id(daily.guild.0))
        .bind(picked.as_ref().map(|asked| asked.key.to_string()))
        .bind(picked.map(|asked| i64::from(asked.cycle)))
        .bind(slot.due_at.as_millisecond())
        .bind(daily.schedule.window_ends_at(&slot).as_millisecond())
        .bind(if asks { "claimed" } else { "failed" })
        .bind(if asks { None } else { Some(fail_word(FailReason::NoQuestion)) })
        .bind(if asks { Some(now.as_millisecond() + LEASE_MILLISECONDS) } else { None })
        .bind(now.as_millisecond())
        .bind(daily.schedule.zone.name())
        .fetch_one(&mut **transaction)
        .await?;
    row.into_post().map(Some)
}

pub(super) async fn note_skipped(
    transaction: &mut Work,
    daily: &Daily,
    slot: &Occurrence,
    reason: SkipReason,
) -> Result<(), StoreError> {
    let statement = "insert into post (channel_id, day, guild_id, due_at, window_ends_at, state, reason, attempts) \
        values ($1, $2, $3, $4, $4, 'skipped', $5, 0) on conflict (channel_id, day) do nothing";
    sqlx::query(statement)
        .bind(id(daily.channel.0))
        .bind(slot.day.to_string())
        .bind(id(daily.guild.0))
        .bind(slot.due_at.as_millisecond())
        .bind(skip_word(reason))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
