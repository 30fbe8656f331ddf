//! What a person did, for `/progress`: instants, counts and posts, and never a text. Each statement walks an index.

use super::row::{count, day, id, instant, question, snowflake};
use super::{Store, StoreError};
use crate::domain::id::{ChannelId, UserId};
use crate::domain::progress::{Answered, Followed, Past, PostDay};
use crate::domain::zone::Zone;

/// The zone of a post whose daily question was gone before posts kept theirs.
const UNKNOWN_ZONE: &str = "UTC";

/// A row for each day: what goes from the database to here costs by the row.
pub(super) const ANSWERED_AT: &str =
    "select day, string_agg(cast(answered_at as text), ' ') from answer where user_id = $1 group by day";

pub(super) const BY_QUESTION: &str =
    "select question_key, count(*) from answer where user_id = $1 group by question_key order by question_key";

pub(super) const CHANNELS: &str = "select channel_id, min(answered_at), max(answered_at) from answer \
    where user_id = $1 and channel_id is not null group by channel_id";

/// The date of the post that was answered first.
pub(super) const BEGAN: &str =
    "select day from answer where user_id = $1 and channel_id = $2 and answered_at = $3 limit 1";

/// The channels to which a post's daily question moved since, as they have copies of it, each with the last date that such copies cover:
/// what came there by then is of another daily question.
pub(super) const COPIES: &str = "select copy.channel_id, \
    coalesce((select max(day) from post where channel_id = copy.channel_id and moved_from is not null), copy.day) from post \
    join post as copy on copy.message_id = post.message_id \
    where post.channel_id = $1 and post.day = $2 and copy.channel_id <> $1 order by copy.channel_id";

/// A row for all of the same zone, for the same reason.
pub(super) const SENT: &str = "select zone, moved_from, string_agg(day || ' ' || coalesce(cast(sent_at as text), ''), ',') from post \
    where channel_id = $1 and day >= $2 and state in ('sent', 'moved') group by zone, moved_from";

/// Posts that came: their zone, from which channel they are copies, and of each the date and when it came.
type SentRow = (Option<String>, Option<i64>, String);

impl Store {
    /// What a person did, as far as their progress is about it.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn past(&self, user: UserId) -> Result<Past, StoreError> {
        let days: Vec<(Option<String>, String)> =
            sqlx::query_as(ANSWERED_AT).bind(id(user.0)).fetch_all(&self.read).await?;
        let by_question: Vec<(String, i64)> =
            sqlx::query_as(BY_QUESTION).bind(id(user.0)).fetch_all(&self.read).await?;
        let answered: Vec<(i64, i64, i64)> = sqlx::query_as(CHANNELS).bind(id(user.0)).fetch_all(&self.read).await?;
        let mut channels = Vec::new();
        for answered in answered {
            channels.extend(self.followed(user, answered).await?);
        }
        let counted = |(key, number): (String, i64)| Ok((question("answer", &key)?, count("answer", number)?));
        Ok(Past {
            answers: answers(days)?,
            by_question: by_question.into_iter().map(counted).collect::<Result<_, StoreError>>()?,
            channels,
        })
    }

    /// A channel whose daily question a person has answered, and when they did so first and last: what came there, beginning with the post
    /// that was answered first. A daily question that moved is followed to its new channels, each from the last move on.
    async fn followed(
        &self,
        user: UserId,
        (channel, first_at, last_at): (i64, i64, i64),
    ) -> Result<Option<Followed>, StoreError> {
        let began = sqlx::query_scalar(BEGAN).bind(id(user.0)).bind(channel).bind(first_at);
        // None where the answer was deleted just now.
        let Some(began): Option<String> = began.fetch_optional(&self.read).await? else { return Ok(None) };
        let copies: Vec<(i64, String)> =
            sqlx::query_as(COPIES).bind(channel).bind(&began).fetch_all(&self.read).await?;
        let line: Vec<(i64, String)> = [(channel, began)].into_iter().chain(copies).collect();
        let mut posts = Vec::new();
        for (channel, since) in &line {
            let rows: Vec<SentRow> = sqlx::query_as(SENT).bind(channel).bind(since).fetch_all(&self.read).await?;
            // What moved here from elsewhere was nobody's here to answer.
            let is_of_line = |from: i64| line.iter().any(|(channel, _)| *channel == from);
            posts.extend(post_days(rows.into_iter().filter(|row| row.1.is_none_or(is_of_line)))?);
        }
        posts.sort_by_key(|post| post.day);
        let (first_at, last_at) = (instant("answer", first_at)?, instant("answer", last_at)?);
        Ok(Some(Followed { channel: ChannelId(snowflake(channel)), first_at, last_at, posts }))
    }
}

fn post_days(rows: impl Iterator<Item = SentRow>) -> Result<Vec<PostDay>, StoreError> {
    let malformed = || StoreError::inconsistent("post", "a post without a date or an instant");
    let mut posts = Vec::new();
    for (zone, _, sent) in rows {
        let zone = named(zone.as_deref().unwrap_or(UNKNOWN_ZONE))?;
        for post in sent.split(',') {
            let (date, at) = post.split_once(' ').ok_or_else(malformed)?;
            let sent_at = instant("post", at.parse().map_err(|_| malformed())?)?;
            posts.push(PostDay { day: day("post", date)?, zone: zone.clone(), sent_at });
        }
    }
    Ok(posts)
}

/// The answers of each day, in the order of time.
fn answers(days: Vec<(Option<String>, String)>) -> Result<Vec<Answered>, StoreError> {
    let mut answers = Vec::new();
    for (date, instants) in days {
        let day = date.map(|date| day("answer", &date)).transpose()?;
        for at in instants.split(' ') {
            let at = at.parse().map_err(|_| StoreError::inconsistent("answer", "an instant that is no number"))?;
            answers.push(Answered { at: instant("answer", at)?, day });
        }
    }
    answers.sort_by_key(|answered| answered.at);
    Ok(answers)
}

fn named(zone: &str) -> Result<Zone, StoreError> {
    Zone::parse(zone).map_err(|_| StoreError::inconsistent("post", "an unknown time zone"))
}
