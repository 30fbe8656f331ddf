//! The table `post`: what was planned for each channel and day, and what became of it.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{Any, FromRow, Transaction};

use super::daily::{advance, next_without_post};
use super::rotation::cycle;
use super::row::{count, day, id, instant, question, snowflake};
use super::{Store, StoreError};
use crate::domain::daily::Daily;
use crate::domain::id::{ChannelId, GuildId, MessageId};
use crate::domain::post::{FailReason, Outcome, Post, PostKey, SkipReason};
use crate::domain::question::QuestionKey;
use crate::domain::rotation::pick;
use crate::domain::schedule::Occurrence;

const TABLE: &str = "post";

/// For how long a claim is its maker's alone; after that it is taken for abandoned and tried again.
const LEASE_MILLISECONDS: i64 = 60_000;

/// A slot that is about to be claimed for sending.
#[derive(Debug)]
pub struct Claim<'a> {
    /// The slot.
    pub slot: &'a Occurrence,
    /// Until when it may be sent.
    pub window_ends_at: Timestamp,
    /// The questions to pick from.
    pub available: &'a [QuestionKey],
    /// The seed of the channel's cycle where it has none yet.
    pub fresh_seed: u64,
}

#[derive(FromRow)]
struct PostRow {
    channel_id: i64,
    day: String,
    guild_id: i64,
    question_key: Option<String>,
    due_at: i64,
    window_ends_at: i64,
    state: String,
    reason: Option<String>,
    attempts: i64,
    message_id: Option<i64>,
    sent_at: Option<i64>,
}

impl PostRow {
    fn into_post(self) -> Result<Post, StoreError> {
        let outcome = match (self.state.as_str(), self.message_id, self.sent_at) {
            ("claimed", ..) => Outcome::Claimed,
            ("sent", Some(message), Some(at)) => {
                Outcome::Sent { message: MessageId(snowflake(message)), at: instant(TABLE, at)? }
            }
            ("skipped", ..) => Outcome::Skipped(parse_skip(self.reason.as_deref())?),
            ("failed", ..) => Outcome::Failed(parse_fail(self.reason.as_deref())?),
            _ => return Err(StoreError::inconsistent(TABLE, "an impossible state")),
        };
        Ok(Post {
            key: PostKey { channel: ChannelId(snowflake(self.channel_id)), day: day(TABLE, &self.day)? },
            guild: GuildId(snowflake(self.guild_id)),
            question: self.question_key.as_deref().map(|key| question(TABLE, key)).transpose()?,
            due_at: instant(TABLE, self.due_at)?,
            window_ends_at: instant(TABLE, self.window_ends_at)?,
            attempts: count(TABLE, self.attempts)?,
            outcome,
        })
    }
}

fn skip_word(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Down => "down",
        SkipReason::Paused => "paused",
        SkipReason::Ended => "ended",
    }
}

fn parse_skip(word: Option<&str>) -> Result<SkipReason, StoreError> {
    let all = [SkipReason::Down, SkipReason::Paused, SkipReason::Ended];
    let found = all.into_iter().find(|reason| Some(skip_word(*reason)) == word);
    found.ok_or_else(|| StoreError::inconsistent(TABLE, "an unknown reason for a skipped post"))
}

fn fail_word(reason: FailReason) -> &'static str {
    match reason {
        FailReason::NoQuestion => "no question",
        FailReason::ChannelGone => "channel gone",
        FailReason::NotAllowed => "not allowed",
        FailReason::Refused => "refused",
        FailReason::Unreachable => "unreachable",
    }
}

fn parse_fail(word: Option<&str>) -> Result<FailReason, StoreError> {
    use FailReason::{ChannelGone, NoQuestion, NotAllowed, Refused, Unreachable};
    let all = [NoQuestion, ChannelGone, NotAllowed, Refused, Unreachable];
    let found = all.into_iter().find(|reason| Some(fail_word(*reason)) == word);
    found.ok_or_else(|| StoreError::inconsistent(TABLE, "an unknown reason for a failed post"))
}

impl Store {
    /// Settles the slots of a daily question that have come: notes the skipped ones, claims the one to post with the question that the cycle
    /// picks, and moves on to the next slot, all at once or not at all.
    ///
    /// Gives the claimed post, if there is one: not where another round was faster, nor where the day has its post already.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn settle(
        &self,
        daily: &Daily,
        skipped: &[(Occurrence, SkipReason)],
        claim: Option<Claim<'_>>,
        now: Timestamp,
    ) -> Result<Option<Post>, StoreError> {
        let mut transaction = self.begin().await?;
        let mut post = None;
        if let Some(claim) = claim {
            post = claim_slot(&mut transaction, daily, &claim, now).await?;
        }
        for (slot, reason) in skipped {
            note_skipped(&mut transaction, daily, slot, *reason).await?;
        }
        let next = next_without_post(&mut transaction, daily, now).await?;
        if !advance(&mut transaction, daily, next.as_ref()).await? {
            return Ok(None);
        }
        transaction.commit().await?;
        Ok(post)
    }

    /// Claims a day's post out of turn. Gives `None` where the day has its post already.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn claim_now(&self, daily: &Daily, claim: Claim<'_>, now: Timestamp) -> Result<Option<Post>, StoreError> {
        let mut transaction = self.begin().await?;
        let Some(post) = claim_slot(&mut transaction, daily, &claim, now).await? else { return Ok(None) };
        let next = next_without_post(&mut transaction, daily, now).await?;
        advance(&mut transaction, daily, next.as_ref()).await?;
        transaction.commit().await?;
        Ok(Some(post))
    }

    /// Takes over the claimed posts whose lease or pause between two tries is over, up to `limit` of them.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn retake_claims(&self, now: Timestamp, limit: u32) -> Result<Vec<Post>, StoreError> {
        let statement = "update post set attempts = attempts + 1, retry_at = $1 where state = 'claimed' and (channel_id, day) in \
            (select channel_id, day from post where retry_at <= $2 order by retry_at limit $3) returning *";
        let rows: Vec<PostRow> = sqlx::query_as(statement)
            .bind(now.as_millisecond() + LEASE_MILLISECONDS)
            .bind(now.as_millisecond())
            .bind(i64::from(limit))
            .fetch_all(&self.write)
            .await?;
        rows.into_iter().map(PostRow::into_post).collect()
    }

    /// Notes what became of a post that was claimed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_outcome(&self, key: PostKey, outcome: Outcome) -> Result<(), StoreError> {
        let (state, reason, message, at) = match outcome {
            Outcome::Claimed => return Ok(()),
            Outcome::Sent { message, at } => ("sent", None, Some(id(message.0)), Some(at.as_millisecond())),
            Outcome::Skipped(reason) => ("skipped", Some(skip_word(reason)), None, None),
            Outcome::Failed(reason) => ("failed", Some(fail_word(reason)), None, None),
        };
        let statement = "update post set state = $1, reason = $2, message_id = $3, sent_at = $4, retry_at = null \
            where channel_id = $5 and day = $6";
        sqlx::query(statement)
            .bind(state)
            .bind(reason)
            .bind(message)
            .bind(at)
            .bind(id(key.channel.0))
            .bind(key.day.to_string())
            .execute(&self.write)
            .await?;
        Ok(())
    }

    /// Puts a claimed post off until `at`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retry_post(&self, key: PostKey, at: Timestamp) -> Result<(), StoreError> {
        sqlx::query("update post set retry_at = $1 where channel_id = $2 and day = $3 and state = 'claimed'")
            .bind(at.as_millisecond())
            .bind(id(key.channel.0))
            .bind(key.day.to_string())
            .execute(&self.write)
            .await?;
        Ok(())
    }

    /// The post that a thread hangs under: a thread has the id of its message.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn post_of_thread(&self, thread: ChannelId) -> Result<Option<Post>, StoreError> {
        self.one_post("select * from post where message_id = $1", thread).await
    }

    /// The newest post that came in a channel.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn newest_post(&self, channel: ChannelId) -> Result<Option<Post>, StoreError> {
        let statement = "select * from post where channel_id = $1 and state = 'sent' order by sent_at desc limit 1";
        self.one_post(statement, channel).await
    }

    /// What was planned last for a channel, whatever became of it.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn last_post(&self, channel: ChannelId) -> Result<Option<Post>, StoreError> {
        self.one_post("select * from post where channel_id = $1 order by day desc limit 1", channel).await
    }

    async fn one_post(&self, statement: &'static str, channel: ChannelId) -> Result<Option<Post>, StoreError> {
        let row: Option<PostRow> = sqlx::query_as(statement).bind(id(channel.0)).fetch_optional(&self.read).await?;
        row.map(PostRow::into_post).transpose()
    }

    /// What became of the days from `first` on, oldest first.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn posts_since(&self, channel: ChannelId, first: Date) -> Result<Vec<Post>, StoreError> {
        let rows: Vec<PostRow> = sqlx::query_as("select * from post where channel_id = $1 and day >= $2 order by day")
            .bind(id(channel.0))
            .bind(first.to_string())
            .fetch_all(&self.read)
            .await?;
        rows.into_iter().map(PostRow::into_post).collect()
    }
}

/// Whether the day has a post that came or is on its way.
pub(super) async fn is_taken(transaction: &mut Transaction<'static, Any>, key: PostKey) -> Result<bool, StoreError> {
    let statement = "select count(*) from post where channel_id = $1 and day = $2 and state in ('claimed', 'sent')";
    let taken: i64 = sqlx::query_scalar(statement)
        .bind(id(key.channel.0))
        .bind(key.day.to_string())
        .fetch_one(&mut **transaction)
        .await?;
    Ok(taken > 0)
}

async fn claim_slot(
    transaction: &mut Transaction<'static, Any>,
    daily: &Daily,
    claim: &Claim<'_>,
    now: Timestamp,
) -> Result<Option<Post>, StoreError> {
    let key = PostKey { channel: daily.channel, day: claim.slot.day };
    if is_taken(transaction, key).await? {
        return Ok(None);
    }
    let place = cycle(transaction, daily.channel, claim.fresh_seed).await?;
    let picked = pick(place.seed, &place.asked, claim.available);
    let statement = "insert into post \
        (channel_id, day, guild_id, question_key, cycle, due_at, window_ends_at, state, reason, attempts, retry_at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10) \
        on conflict (channel_id, day) do update set guild_id = excluded.guild_id, question_key = excluded.question_key, \
        cycle = excluded.cycle, due_at = excluded.due_at, window_ends_at = excluded.window_ends_at, state = excluded.state, \
        reason = excluded.reason, attempts = 1, retry_at = excluded.retry_at returning *";
    let asks = picked.is_some();
    let row: PostRow = sqlx::query_as(statement)
        .bind(id(daily.channel.0))
        .bind(claim.slot.day.to_string())
        .bind(id(daily.guild.0))
        .bind(picked.as_ref().map(|asked| asked.key.to_string()))
        .bind(picked.map(|asked| i64::from(asked.cycle)))
        .bind(claim.slot.due_at.as_millisecond())
        .bind(claim.window_ends_at.as_millisecond())
        .bind(if asks { "claimed" } else { "failed" })
        .bind(if asks { None } else { Some(fail_word(FailReason::NoQuestion)) })
        .bind(if asks { Some(now.as_millisecond() + LEASE_MILLISECONDS) } else { None })
        .fetch_one(&mut **transaction)
        .await?;
    row.into_post().map(Some)
}

async fn note_skipped(
    transaction: &mut Transaction<'static, Any>,
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
