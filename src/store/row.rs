//! Conversions that every table needs: ids, instants and days to columns and back.

use jiff::Timestamp;
use jiff::civil::Date;

use super::StoreError;
use crate::domain::id::ChannelId;
use crate::domain::post::PostKey;
use crate::domain::question::QuestionKey;

/// A snowflake as a column: it has 63 bits in use until the year 2084.
pub(super) fn id(snowflake: u64) -> i64 {
    snowflake.cast_signed()
}

/// A column as a snowflake.
pub(super) fn snowflake(column: i64) -> u64 {
    column.cast_unsigned()
}

pub(super) fn instant(table: &'static str, milliseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| StoreError::inconsistent(table, "an instant out of range"))
}

pub(super) fn day(table: &'static str, column: &str) -> Result<Date, StoreError> {
    column.parse().map_err(|_| StoreError::inconsistent(table, "a day that is no date"))
}

pub(super) fn question(table: &'static str, column: &str) -> Result<QuestionKey, StoreError> {
    QuestionKey::parse(column).map_err(|_| StoreError::inconsistent(table, "a malformed question key"))
}

/// The columns `channel_id` and `day`, both there or both absent.
pub(super) fn post_key(
    table: &'static str,
    channel: Option<i64>,
    at: Option<&str>,
) -> Result<Option<PostKey>, StoreError> {
    match (channel, at) {
        (Some(channel), Some(at)) => Ok(Some(PostKey { channel: ChannelId(snowflake(channel)), day: day(table, at)? })),
        (None, None) => Ok(None),
        _ => Err(StoreError::inconsistent(table, "half of a post's key")),
    }
}

/// The two columns of a post's key.
pub(super) fn post_columns(post: Option<PostKey>) -> (Option<i64>, Option<String>) {
    (post.map(|post| id(post.channel.0)), post.map(|post| post.day.to_string()))
}

pub(super) fn count(table: &'static str, column: i64) -> Result<u32, StoreError> {
    u32::try_from(column).map_err(|_| StoreError::inconsistent(table, "a count out of range"))
}
