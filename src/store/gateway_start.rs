//! The table `gateway_start`: when connections to the gateway were begun. Whether they were too many, the gateway knows.

use jiff::Timestamp;

use super::row::instant;
use super::{Store, StoreError};

const TABLE: &str = "gateway_start";

impl Store {
    /// When connections were begun in the time from after `since` up to `until`, the newest first.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn gateway_starts(&self, since: Timestamp, until: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        let statement = "select started_at from gateway_start where started_at > $1 and started_at <= $2 \
            order by started_at desc, number desc";
        let rows: Vec<i64> = sqlx::query_scalar(statement)
            .bind(since.as_millisecond())
            .bind(until.as_millisecond())
            .fetch_all(&self.read)
            .await?;
        rows.into_iter().map(|started_at| instant(TABLE, started_at)).collect()
    }

    /// Notes that a connection is begun, and forgets those up to `before`, and those later than `at`, which a clock made that was wrong.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_gateway_start(&self, at: Timestamp, before: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        sqlx::query("delete from gateway_start where started_at <= $1 or started_at > $2")
            .bind(before.as_millisecond())
            .bind(at.as_millisecond())
            .execute(&mut *transaction)
            .await?;
        let statement = "insert into gateway_start (started_at, number) \
            select $1, coalesce(max(number), 0) + 1 from gateway_start where started_at = $1";
        sqlx::query(statement).bind(at.as_millisecond()).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes back that a connection was begun at an instant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_back_gateway_start(&self, at: Timestamp) -> Result<(), StoreError> {
        let statement = "delete from gateway_start where started_at = $1 \
            and number = (select max(number) from gateway_start where started_at = $1)";
        self.write(sqlx::query(statement).bind(at.as_millisecond())).await?;
        Ok(())
    }
}
