//! What is in a database before anybody asks: answers by the million, and daily questions by the thousand.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use sandbox::Channel;
use sqlx::{Connection as _, SqliteConnection};
use starling::domain::daily::{Daily, PER_GUILD};
use starling::domain::id::{ChannelId, GuildId};
use starling::domain::schedule::{Days, LocalTime, Schedule};
use starling::domain::zone::Zone;
use starling::store::Store;

use crate::ground::Ground;
use crate::load::PEOPLE_FROM;
use crate::sample::{Sample, samples};

/// From 2024 on, an answer a minute.
const BEGAN_AT: i64 = 1_704_067_200_000;

/// Stores one answer, as Starling's own row of it is.
pub(crate) async fn insert(database: &mut SqliteConnection, number: usize, sample: &Sample) -> anyhow::Result<()> {
    let number = i64::try_from(number)?;
    let statement = "insert into answer (interaction_id, user_id, guild_id, channel_id, day, question_key, attempt, situation, task, \
        action, result, folded, answered_at) values ($1, $2, 1, 1, '2026-05-04', $3, $1, $4, $5, $6, $7, $8, $9)";
    let mut insert = sqlx::query(statement).bind(number + 1).bind(number % 10_000).bind(&sample.question);
    for part in &sample.parts {
        insert = insert.bind(part);
    }
    insert.bind(sample.folded()).bind(BEGAN_AT + number * 60_000).execute(database).await?;
    Ok(())
}

/// Stores so many answers of so many people, one after the other in turn, in the samples' words.
pub(crate) async fn answers(file: &Path, count: usize, people: u64) -> anyhow::Result<()> {
    Store::open(file).await?.0.close().await;
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
    let mut transaction = database.begin().await?;
    sqlx::query(
        "create temp table sample (place integer primary key, question_key, situation, task, action, result, folded)",
    )
    .execute(&mut *transaction)
    .await?;
    for (place, sample) in (0_i64..).zip(&samples()?) {
        let mut insert =
            sqlx::query("insert into sample values ($1, $2, $3, $4, $5, $6, $7)").bind(place).bind(&sample.question);
        for part in &sample.parts {
            insert = insert.bind(part);
        }
        insert.bind(sample.folded()).execute(&mut *transaction).await?;
    }
    let statement = "with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < $1), \
        planned as (select i, (select count(*) from sample) as samples from n) \
        insert into answer (interaction_id, user_id, guild_id, channel_id, day, question_key, attempt, situation, task, action, result, \
            folded, answered_at) \
        select i + 1, $2 + i % $3, 1, null, null, question_key, i + 1, situation, task, action, result, folded, $4 + i * 60000 \
        from planned join sample on place = i % samples";
    let insert = sqlx::query(statement).bind(i64::try_from(count)?).bind(PEOPLE_FROM.cast_signed());
    insert.bind(people.cast_signed()).bind(BEGAN_AT).execute(&mut *transaction).await?;
    transaction.commit().await?;
    sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut database).await?;
    database.close().await?;
    Ok(())
}

/// Makes so many channels, ten to a guild, each with a daily question that is due since so long ago; where that is less than nothing, it is
/// only due later.
pub(crate) async fn dailies(ground: &Ground, count: usize, due: SignedDuration) -> anyhow::Result<Vec<Channel>> {
    let (store, _) = Store::open(&ground.database()).await?;
    let due_at = Timestamp::from_millisecond(ground.sandbox.clock().now_ms())?.checked_sub(due)?;
    let minute = due_at.as_second().rem_euclid(86_400) / 60;
    let time = LocalTime::parse(&format!("{:02}:{:02}", minute / 60, minute % 60))?;
    let before = due_at.checked_sub(SignedDuration::from_mins(2))?;
    let schedule = Schedule { time, zone: Zone::parse("UTC")?, days: Days::EVERY_DAY };
    let (mut channels, mut guild) = (Vec::new(), ground.guild.clone());
    for number in 0..count {
        if number > 0 && number % PER_GUILD == 0 {
            guild = ground.sandbox.add_guild(&format!("Guild {number}"));
        }
        let channel = guild.add_channel(&format!("daily-{number}"));
        let daily = Daily::new(GuildId(guild.id()), ChannelId(channel.id()), schedule.clone());
        store.change_daily((daily.guild, daily.channel), before, |_| Some(daily)).await?;
        channels.push(channel);
    }
    store.close().await;
    Ok(channels)
}
