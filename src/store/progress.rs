//! What a person did, for `/progress`: instants, counts and posts, and never a text. Each statement walks an index.

use std::collections::HashMap;

use super::row::{count, day, id, instant, question, snowflake};
use super::{Store, StoreError};
use crate::domain::id::{ChannelId, UserId};
use crate::domain::post::PostKey;
use crate::domain::progress::{Answered, Followed, Past, PostDay};
use crate::domain::zone::Zone;

/// The zone of a post whose daily question was gone before posts kept theirs.
const UNKNOWN_ZONE: &str = "UTC";

pub(super) const ANSWERED_AT: &str = "select answered_at, day from answer where user_id = $1 order by answered_at";

pub(super) const BY_QUESTION: &str =
    "select question_key, count(*) from answer where user_id = $1 group by question_key order by question_key";

pub(super) const CHANNELS: &str = "select channel_id, min(answered_at), max(answered_at) from answer \
    where user_id = $1 and channel_id is not null group by channel_id";

/// The post that an answer was to, and its copies: where a daily question moved, they have the same message in the new channel.
pub(super) const COPIES: &str = "select copy.channel_id, copy.day from answer \
    join post on post.channel_id = answer.channel_id and post.day = answer.day \
    join post as copy on copy.message_id = post.message_id \
    where answer.user_id = $1 and answer.channel_id = $2 and answer.answered_at = $3 order by copy.day desc";

pub(super) const SENT: &str = "select day, zone, sent_at from post \
    where channel_id = $1 and day >= $2 and state in ('sent', 'moved') order by day";

/// A channel's post that a person answered, when they did so first and last.
struct AnsweredPost {
    key: PostKey,
    first_at: i64,
    last_at: i64,
}

impl Store {
    /// What a person did, as far as their progress is about it.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn past(&self, user: UserId) -> Result<Past, StoreError> {
        let answers: Vec<(i64, Option<String>)> =
            sqlx::query_as(ANSWERED_AT).bind(id(user.0)).fetch_all(&self.read).await?;
        let by_question: Vec<(String, i64)> =
            sqlx::query_as(BY_QUESTION).bind(id(user.0)).fetch_all(&self.read).await?;
        let mut channels = Vec::new();
        for followed in self.followed(user).await? {
            channels.push(self.with_posts(followed).await?);
        }
        let counted = |(key, number): (String, i64)| Ok((question("answer", &key)?, count("answer", number)?));
        Ok(Past {
            answers: answers.into_iter().map(into_answered).collect::<Result<_, _>>()?,
            by_question: by_question.into_iter().map(counted).collect::<Result<_, StoreError>>()?,
            channels,
        })
    }

    /// Of each channel whose daily question a person has answered the post that they answered first, and when they answered any last. A
    /// daily question that moved is followed to its new channel.
    async fn followed(&self, user: UserId) -> Result<Vec<AnsweredPost>, StoreError> {
        let answered: Vec<(i64, i64, i64)> = sqlx::query_as(CHANNELS).bind(id(user.0)).fetch_all(&self.read).await?;
        let mut followed: HashMap<i64, AnsweredPost> = HashMap::new();
        for (channel, first_at, last_at) in answered {
            let copies = sqlx::query_as(COPIES).bind(id(user.0)).bind(channel).bind(first_at);
            let copies: Vec<(i64, String)> = copies.fetch_all(&self.read).await?;
            for (channel, date) in copies {
                let key = PostKey { channel: ChannelId(snowflake(channel)), day: day("post", &date)? };
                let known = followed.entry(channel).or_insert(AnsweredPost { key, first_at, last_at });
                known.last_at = known.last_at.max(last_at);
                if first_at <= known.first_at {
                    (known.first_at, known.key) = (first_at, key);
                }
            }
        }
        Ok(followed.into_values().collect())
    }

    async fn with_posts(&self, followed: AnsweredPost) -> Result<Followed, StoreError> {
        let AnsweredPost { key, first_at, last_at } = followed;
        let rows: Vec<(String, Option<String>, i64)> =
            sqlx::query_as(SENT).bind(id(key.channel.0)).bind(key.day.to_string()).fetch_all(&self.read).await?;
        let mut posts: Vec<PostDay> = Vec::new();
        for (date, zone, sent_at) in rows {
            let name = zone.as_deref().unwrap_or(UNKNOWN_ZONE);
            // Nearly always the one before: finding a zone by its name takes longer than the row.
            let known = posts.last().map(|post| &post.zone).filter(|zone| zone.name() == name);
            let zone = known.cloned().map_or_else(|| named(name), Ok)?;
            posts.push(PostDay { day: day("post", &date)?, zone, sent_at: instant("post", sent_at)? });
        }
        Ok(Followed {
            channel: key.channel,
            first_at: instant("answer", first_at)?,
            last_at: instant("answer", last_at)?,
            posts,
        })
    }
}

fn into_answered((at, date): (i64, Option<String>)) -> Result<Answered, StoreError> {
    let day = date.map(|date| day("answer", &date)).transpose()?;
    Ok(Answered { at: instant("answer", at)?, day })
}

fn named(zone: &str) -> Result<Zone, StoreError> {
    Zone::parse(zone).map_err(|_| StoreError::inconsistent("post", "an unknown time zone"))
}
