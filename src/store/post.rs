//! The table `post`: what was planned for each channel and day, and what became of it.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

use super::rotation::take_back;
use super::row::{count, day, id, instant, question, snowflake};
use super::{Store, StoreError, Work};
use crate::domain::id::{ChannelId, GuildId, MessageId};
use crate::domain::post::{FailReason, Outcome, Post, PostKey, SkipReason};
use crate::domain::zone::Zone;

const TABLE: &str = "post";

#[derive(FromRow)]
pub(super) struct PostRow {
    channel_id: i64,
    day: String,
    guild_id: i64,
    question_key: Option<String>,
    due_at: i64,
    window_ends_at: i64,
    state: String,
    reason: Option<String>,
    attempts: i64,
    retry_at: Option<i64>,
    message_id: Option<i64>,
    sent_at: Option<i64>,
    thread_failed: i64,
    moved_from: Option<i64>,
    unclear_since: Option<i64>,
    zone: Option<String>,
}

impl PostRow {
    pub(super) fn into_post(self) -> Result<Post, StoreError> {
        let outcome = match (self.state.as_str(), self.message_id, self.sent_at) {
            ("claimed", ..) => Outcome::Claimed,
            ("sent" | "moved", Some(message), Some(at)) => {
                Outcome::Sent { message: MessageId(snowflake(message)), at: instant(TABLE, at)? }
            }
            ("deleted", _, Some(at)) => Outcome::Deleted { at: instant(TABLE, at)? },
            ("unknown", ..) => Outcome::Unknown,
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
            was_left_alone: self.state == "claimed" && self.reason.as_deref() == Some(skip_word(SkipReason::Down)),
            lease_until: self.retry_at.map(|until| instant(TABLE, until)).transpose()?,
            unclear_since: self.unclear_since.map(|since| instant(TABLE, since)).transpose()?,
            attempts: count(TABLE, self.attempts)?,
            outcome,
            thread_failed: self.thread_failed != 0,
            moved_from: self.moved_from.map(|channel| ChannelId(snowflake(channel))),
            zone: self.zone.as_deref().map(parse_zone).transpose()?,
        })
    }
}

fn parse_zone(name: &str) -> Result<Zone, StoreError> {
    Zone::parse(name).map_err(|_| StoreError::inconsistent(TABLE, "an unknown time zone"))
}

pub(super) fn skip_word(reason: SkipReason) -> &'static str {
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

pub(super) fn fail_word(reason: FailReason) -> &'static str {
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
    /// Notes what became of a post that was claimed. One that came stays so, whatever a slower try says.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_outcome(&self, key: PostKey, outcome: Outcome) -> Result<(), StoreError> {
        let (state, reason, message, at) = match outcome {
            Outcome::Claimed => return Ok(()),
            Outcome::Sent { message, at } => ("sent", None, Some(id(message.0)), Some(at.as_millisecond())),
            Outcome::Deleted { at } => ("deleted", None, None, Some(at.as_millisecond())),
            Outcome::Unknown => ("unknown", None, None, None),
            Outcome::Skipped(reason) => ("skipped", Some(skip_word(reason)), None, None),
            Outcome::Failed(reason) => ("failed", Some(fail_word(reason)), None, None),
        };
        let statement = "update post set state = $1, reason = $2, message_id = $3, sent_at = $4, retry_at = null \
            where channel_id = $5 and day = $6 and state not in ('sent', 'moved')";
        let mut transaction = self.begin().await?;
        let noted = sqlx::query(statement)
            .bind(state)
            .bind(reason)
            .bind(message)
            .bind(at)
            .bind(id(key.channel.0))
            .bind(key.day.to_string())
            .execute(&mut *transaction)
            .await?;
        if noted.rows_affected() > 0 && matches!(outcome, Outcome::Skipped(_) | Outcome::Failed(_)) {
            take_back(&mut transaction, key).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Notes that the thread under a post could not be opened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_failed_thread(&self, key: PostKey) -> Result<(), StoreError> {
        self.write(
            sqlx::query("update post set thread_failed = 1 where channel_id = $1 and day = $2")
                .bind(id(key.channel.0))
                .bind(key.day.to_string()),
        )
        .await?;
        Ok(())
    }

    /// Puts a claimed post off until `at`, unless somebody else has taken it up since. `took_no_effect` where it is sure that Discord does
    /// not have it from this try.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retry_post(&self, post: &Post, at: Timestamp, took_no_effect: bool) -> Result<(), StoreError> {
        let statement = "update post set retry_at = $1, tried_at = case when $2 = 1 then null else tried_at end \
            where channel_id = $3 and day = $4 and state = 'claimed' and retry_at = $5";
        self.write(
            sqlx::query(statement)
                .bind(at.as_millisecond())
                .bind(i32::from(took_no_effect))
                .bind(id(post.key.channel.0))
                .bind(post.key.day.to_string())
                .bind(post.lease_until.map(Timestamp::as_millisecond)),
        )
        .await?;
        Ok(())
    }

    /// A post that was planned, whatever became of it.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn post(&self, key: PostKey) -> Result<Option<Post>, StoreError> {
        let row: Option<PostRow> = sqlx::query_as("select * from post where channel_id = $1 and day = $2")
            .bind(id(key.channel.0))
            .bind(key.day.to_string())
            .fetch_optional(&self.read)
            .await?;
        row.map(PostRow::into_post).transpose()
    }

    /// The post that a thread hangs under: a thread has the id of its message.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn post_of_thread(&self, thread: ChannelId) -> Result<Option<Post>, StoreError> {
        self.one_post("select * from post where message_id = $1 and state = 'sent'", thread).await
    }

    /// The newest post that came in a channel, or came elsewhere before its daily question was moved there; its key names the channel
    /// where it stands.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn newest_post(&self, channel: ChannelId) -> Result<Option<Post>, StoreError> {
        let statement =
            "select * from post where channel_id = $1 and state in ('sent', 'moved') order by sent_at desc limit 1";
        let found = self.one_post(statement, channel).await?;
        Ok(found.map(|post| {
            let key = PostKey { channel: post.moved_from.unwrap_or(post.key.channel), ..post.key };
            Post { key, ..post }
        }))
    }

    /// What was planned last for a channel, whatever became of it.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn last_post(&self, channel: ChannelId) -> Result<Option<Post>, StoreError> {
        self.one_post("select * from post where channel_id = $1 order by day desc limit 1", channel).await
    }

    /// The guild of a post's channel; `None` where no such post was planned.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn guild_of_post(&self, key: PostKey) -> Result<Option<GuildId>, StoreError> {
        let guild: Option<i64> = sqlx::query_scalar("select guild_id from post where channel_id = $1 and day = $2")
            .bind(id(key.channel.0))
            .bind(key.day.to_string())
            .fetch_optional(&self.read)
            .await?;
        Ok(guild.map(|guild| GuildId(snowflake(guild))))
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

/// Whether the day has a post that came or is on its way, as `Post::takes_its_date` has it.
pub(super) async fn is_taken(transaction: &mut Work, key: PostKey) -> Result<bool, StoreError> {
    let statement = "select count(*) from post where channel_id = $1 and day = $2 and state in ('claimed', 'sent', 'moved', 'deleted', 'unknown')";
    let taken: i64 = sqlx::query_scalar(statement)
        .bind(id(key.channel.0))
        .bind(key.day.to_string())
        .fetch_one(&mut **transaction)
        .await?;
    Ok(taken > 0)
}
