//! The table `rotation`, and what a channel has asked, which its posts tell: together the place in the cycle.

use sqlx::{Any, Transaction};

use super::StoreError;
use super::row::{count, id, question};
use crate::domain::id::ChannelId;
use crate::domain::rotation::Asked;

/// A channel's cycle as stored.
pub(super) struct Cycle {
    /// What its order is drawn from.
    pub(super) seed: u64,
    /// What was asked in the running cycle and the one before, oldest first. A post that failed asked nothing.
    pub(super) asked: Vec<Asked>,
}

pub(super) async fn cycle(
    transaction: &mut Transaction<'static, Any>,
    channel: ChannelId,
    fresh: u64,
) -> Result<Cycle, StoreError> {
    sqlx::query("insert into rotation (channel_id, seed) values ($1, $2) on conflict (channel_id) do nothing")
        .bind(id(channel.0))
        .bind(fresh.cast_signed())
        .execute(&mut **transaction)
        .await?;
    let seed: i64 = sqlx::query_scalar("select seed from rotation where channel_id = $1")
        .bind(id(channel.0))
        .fetch_one(&mut **transaction)
        .await?;
    let statement = "select question_key, cycle from post \
        where channel_id = $1 and state in ('claimed', 'sent') and cycle >= \
        (select max(cycle) - 1 from post where channel_id = $1 and state in ('claimed', 'sent')) order by day";
    let rows: Vec<(String, i64)> = sqlx::query_as(statement).bind(id(channel.0)).fetch_all(&mut **transaction).await?;
    let asked = |(key, cycle): (String, i64)| {
        Ok::<_, StoreError>(Asked { key: question("post", &key)?, cycle: count("post", cycle)? })
    };
    Ok(Cycle { seed: seed.cast_unsigned(), asked: rows.into_iter().map(asked).collect::<Result<_, _>>()? })
}
