//! The table `answer`: attempts, and each person's history of them.

use sqlx::FromRow;

use super::row::{count, id, instant, post_key, question, snowflake};
use super::{Store, StoreError};
use crate::domain::answer::{StarAnswer, Typed};
use crate::domain::attempt::{About, Attempt};
use crate::domain::history::{HistoryPage, HistoryQuery, PAGE_SIZE};
use crate::domain::id::{GuildId, InteractionId, UserId};
use crate::domain::post::PostKey;
use crate::domain::question::QuestionKey;

const TABLE: &str = "answer";

#[derive(FromRow)]
pub(super) struct AnswerRow {
    interaction_id: i64,
    user_id: i64,
    guild_id: Option<i64>,
    channel_id: Option<i64>,
    day: Option<String>,
    question_key: String,
    attempt: i64,
    situation: String,
    task: String,
    action: String,
    result: String,
    answered_at: i64,
}

/// An answer that was found, and how many were in all.
#[derive(FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    answer: AnswerRow,
    total: i64,
}

impl AnswerRow {
    pub(super) fn into_attempt(self) -> Result<Attempt, StoreError> {
        let typed = Typed { situation: self.situation, task: self.task, action: self.action, result: self.result };
        let answer =
            StarAnswer::parse(typed).map_err(|_| StoreError::inconsistent(TABLE, "an answer that is not whole"))?;
        let about = About {
            user: UserId(snowflake(self.user_id)),
            question: question(TABLE, &self.question_key)?,
            guild: self.guild_id.map(|guild| GuildId(snowflake(guild))),
            post: post_key(TABLE, self.channel_id, self.day.as_deref())?,
        };
        let number = count(TABLE, self.attempt)?;
        let at = instant(TABLE, self.answered_at)?;
        Ok(Attempt { id: InteractionId(snowflake(self.interaction_id)), about, number, answer, at })
    }
}

impl Store {
    /// A person's newest attempt at a question.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn newest_attempt(&self, user: UserId, question: &QuestionKey) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AnswerRow> =
            sqlx::query_as(NEWEST).bind(id(user.0)).bind(question.as_str()).fetch_optional(&self.read).await?;
        row.map(AnswerRow::into_attempt).transpose()
    }

    /// One of a person's own answers. Somebody else's is not found.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn attempt(&self, user: UserId, answer: InteractionId) -> Result<Option<Attempt>, StoreError> {
        let row: Option<AnswerRow> = sqlx::query_as("select * from answer where interaction_id = $1 and user_id = $2")
            .bind(id(answer.0))
            .bind(id(user.0))
            .fetch_optional(&self.read)
            .await?;
        row.map(AnswerRow::into_attempt).transpose()
    }

    /// A page of a person's answers, newest first.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn history(&self, user: UserId, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        if !query.search.is_empty() {
            return self.found(user, query).await;
        }
        let (user, question) = (id(user.0), query.question.as_ref().map(QuestionKey::as_str));
        let (total, page) = match question {
            Some(question) => (
                sqlx::query_scalar(COUNT_OF_ONE).bind(user).bind(question),
                sqlx::query_as(PAGE_OF_ONE).bind(user).bind(question),
            ),
            None => (sqlx::query_scalar(COUNT_ALL).bind(user), sqlx::query_as(PAGE_OF_ALL).bind(user)),
        };
        let total: i64 = total.fetch_one(&self.read).await?;
        let rows: Vec<AnswerRow> = page.bind(i64::from(PAGE_SIZE)).bind(offset(query)).fetch_all(&self.read).await?;
        let attempts = rows.into_iter().map(AnswerRow::into_attempt).collect::<Result<_, _>>()?;
        Ok(HistoryPage { attempts, total: count(TABLE, total)? })
    }

    /// A page of the answers with some words.
    async fn found(&self, user: UserId, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        let question = query.question.as_ref().map(QuestionKey::as_str).unwrap_or_default();
        let pattern = contains(&query.search);
        let rows: Vec<FoundRow> = sqlx::query_as(PAGE_FOUND)
            .bind(id(user.0))
            .bind(question)
            .bind(&pattern)
            .bind(i64::from(PAGE_SIZE))
            .bind(offset(query))
            .fetch_all(&self.read)
            .await?;
        let total = match rows.first() {
            Some(row) => row.total,
            None if query.page == 0 => 0,
            // A page behind the last one tells of no total.
            None => {
                let count = sqlx::query_scalar(COUNT_FOUND).bind(id(user.0)).bind(question).bind(&pattern);
                count.fetch_one(&self.read).await?
            }
        };
        let attempts = rows.into_iter().map(|row| row.answer.into_attempt()).collect::<Result<_, _>>()?;
        Ok(HistoryPage { attempts, total: count(TABLE, total)? })
    }

    /// The questions that a person has answered, the last answered first.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn answered_questions(&self, user: UserId) -> Result<Vec<QuestionKey>, StoreError> {
        let keys: Vec<String> = sqlx::query_scalar(ANSWERED_QUESTIONS).bind(id(user.0)).fetch_all(&self.read).await?;
        keys.iter().map(|key| question(TABLE, key)).collect()
    }

    /// How many people answered a post.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people_who_answered(&self, post: PostKey) -> Result<u32, StoreError> {
        let statement = "select count(distinct user_id) from answer where channel_id = $1 and day = $2";
        let people: i64 = sqlx::query_scalar(statement)
            .bind(id(post.channel.0))
            .bind(post.day.to_string())
            .fetch_one(&self.read)
            .await?;
        count(TABLE, people)
    }
}

pub(super) const COUNT_ALL: &str = "select count(*) from answer where user_id = $1";

pub(super) const PAGE_OF_ALL: &str = "select * from answer where user_id = $1 \
    order by answered_at desc, interaction_id desc limit $2 offset $3";

pub(super) const COUNT_OF_ONE: &str = "select count(*) from answer where user_id = $1 and question_key = $2";

/// The attempts at a question count up with time.
pub(super) const PAGE_OF_ONE: &str = "select * from answer where user_id = $1 and question_key = $2 \
    order by attempt desc limit $3 offset $4";

pub(super) const COUNT_FOUND: &str = "select count(*) from answer \
    where user_id = $1 and ($2 = '' or question_key = $2) and folded like $3 escape '\\'";

/// Each text is read once: what is found is counted and put in order by its keys, and only a page of it is fetched.
pub(super) const PAGE_FOUND: &str = "select answer.*, found.total from \
    (select interaction_id, count(*) over () as total from answer \
        where user_id = $1 and ($2 = '' or question_key = $2) and folded like $3 escape '\\' \
        order by answered_at desc, interaction_id desc limit $4 offset $5) as found \
    join answer on answer.interaction_id = found.interaction_id \
    order by answer.answered_at desc, answer.interaction_id desc";

pub(super) const ANSWERED_QUESTIONS: &str =
    "select question_key from answer where user_id = $1 group by question_key order by max(answered_at) desc";

const NEWEST: &str = "select * from answer where user_id = $1 and question_key = $2 order by attempt desc limit 1";

/// How many answers stand before a page.
fn offset(query: &HistoryQuery) -> i64 {
    i64::from(query.page) * i64::from(PAGE_SIZE)
}

/// The pattern that finds the words as typed, in any case.
fn contains(words: &str) -> String {
    let literal = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pattern_would_take_for_a_wildcard_is_taken_as_typed() {
        assert_eq!(contains("50%_OFF\\"), "%50\\%\\_off\\\\%");
    }
}
