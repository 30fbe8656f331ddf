//! The table `daily`: what `/daily setup` makes, and when each is due next.

use jiff::Timestamp;
use sqlx::FromRow;

use super::post::{fail_word, is_taken};
use super::row::{day, id, instant, snowflake};
use super::{Store, StoreError, Work};
use crate::domain::bank::Packs;
use crate::domain::daily::{Daily, PER_GUILD, Pause};
use crate::domain::id::{ChannelId, GuildId, RoleId, UserId};
use crate::domain::post::{FailReason, PostKey};
use crate::domain::question::Level;
use crate::domain::schedule::{Days, LocalTime, Occurrence, Schedule};
use crate::domain::zone::Zone;

const TABLE: &str = "daily";

const ONE: &str = "select * from daily where channel_id = $1";

/// What came of making or changing a daily question.
#[derive(Debug)]
pub enum Changed {
    /// It is kept like this.
    Kept {
        /// As stored.
        daily: Box<Daily>,
        /// Whether the channel had none before.
        is_new: bool,
        /// Whether it had one with the same settings.
        is_same: bool,
    },
    /// It would be one too many for its guild.
    TooMany,
    /// Nothing was to be changed.
    Not,
}

#[derive(FromRow)]
struct DailyRow {
    channel_id: i64,
    guild_id: i64,
    minute_of_day: i64,
    zone: String,
    days: i64,
    role_id: Option<i64>,
    level: Option<String>,
    packs: Option<String>,
    opens_thread: i64,
    pause: Option<String>,
    gone_at: Option<i64>,
    removed_at: Option<i64>,
    changed_by: Option<i64>,
    next_day: Option<String>,
    next_due_at: Option<i64>,
}

impl DailyRow {
    fn into_daily(self) -> Result<Daily, StoreError> {
        let broken = |what: &str| StoreError::inconsistent(TABLE, what);
        let minute = u16::try_from(self.minute_of_day).ok().and_then(LocalTime::from_minute_of_day);
        let bits = u8::try_from(self.days).ok().and_then(Days::from_bits);
        let schedule = Schedule {
            time: minute.ok_or_else(|| broken("a time of day out of range"))?,
            zone: Zone::parse(&self.zone).map_err(|_| broken("an unknown time zone"))?,
            days: bits.ok_or_else(|| broken("an impossible set of weekdays"))?,
        };
        let next = match (self.next_day, self.next_due_at) {
            (Some(next), Some(due_at)) => Some(Occurrence { due_at: instant(TABLE, due_at)?, day: day(TABLE, &next)? }),
            _ => None,
        };
        Ok(Daily {
            channel: ChannelId(snowflake(self.channel_id)),
            guild: GuildId(snowflake(self.guild_id)),
            schedule,
            role: self.role_id.map(|role| RoleId(snowflake(role))),
            level: self
                .level
                .map(|level| Level::parse(&level).ok_or_else(|| broken("an unknown level")))
                .transpose()?,
            packs: self.packs.map_or(Packs::All, |names| Packs::Only(names.split(' ').map(str::to_owned).collect())),
            opens_thread: self.opens_thread != 0,
            pause: self.pause.as_deref().map(parse_pause).transpose()?,
            gone_at: self.gone_at.map(|at| instant(TABLE, at)).transpose()?,
            removed_at: self.removed_at.map(|at| instant(TABLE, at)).transpose()?,
            changed_by: self.changed_by.map(|user| UserId(snowflake(user))),
            next,
        })
    }
}

fn parse_pause(word: &str) -> Result<Pause, StoreError> {
    match word {
        "admin" => Ok(Pause::Admin),
        "missing permissions" => Ok(Pause::MissingPermissions),
        "channel gone" => Ok(Pause::ChannelGone),
        _ => Err(StoreError::inconsistent(TABLE, "an unknown reason for a pause")),
    }
}

pub(super) fn pause_word(pause: Pause) -> &'static str {
    match pause {
        Pause::Admin => "admin",
        Pause::MissingPermissions => "missing permissions",
        Pause::ChannelGone => "channel gone",
    }
}

impl Store {
    /// Makes or changes the daily question of a guild's channel: `change` gets the one that is there and gives the one that shall be, or
    /// nothing. Between the two nobody else changes it. Its next slot is the first after `now` whose day has no post yet; but one that has
    /// come and that no round has settled so far stays, as it was on at its time.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense. Nothing is changed then.
    pub async fn change_daily(
        &self,
        (guild, channel): (GuildId, ChannelId),
        now: Timestamp,
        change: impl FnOnce(Option<Daily>) -> Option<Daily>,
    ) -> Result<Changed, StoreError> {
        let mut transaction = self.begin().await?;
        let before = daily_in(&mut transaction, channel).await?.filter(|daily| daily.guild == guild);
        let is_new = before.is_none();
        let unsettled = before.as_ref().and_then(|before| before.next);
        let Some(daily) = change(before.clone()) else { return Ok(Changed::Not) };
        if is_new && count_others(&mut transaction, &daily).await? >= PER_GUILD {
            return Ok(Changed::TooMany);
        }
        let next = next_slot(&mut transaction, &Daily { next: unsettled, ..daily.clone() }, now).await?;
        let gone_at = daily.gone_at.filter(|_| daily.is_gone());
        let daily = Daily { gone_at, next, ..daily };
        upsert(&mut transaction, &daily).await?;
        transaction.commit().await?;
        let is_same = before.is_some_and(|before| before.has_settings_of(&daily));
        Ok(Changed::Kept { daily: Box::new(daily), is_new, is_same })
    }

    /// Pauses a channel's daily question and changes nothing else of it. One whose channel is gone stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause_daily(&self, channel: ChannelId, pause: Pause) -> Result<(), StoreError> {
        let statement = "update daily set pause = $1 where channel_id = $2 and coalesce(pause, '') <> $3";
        self.write(
            sqlx::query(statement).bind(pause_word(pause)).bind(id(channel.0)).bind(pause_word(Pause::ChannelGone)),
        )
        .await?;
        Ok(())
    }

    /// Pauses a channel's daily question for missing permissions, where its last `days` days failed for nothing else.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause_where_refused(&self, channel: ChannelId, days: u32) -> Result<(), StoreError> {
        let statement = "select count(*) from (select state, reason from post where channel_id = $1 \
            order by day desc limit $2) as last where state = 'failed' and reason = $3";
        let refused: i64 = sqlx::query_scalar(statement)
            .bind(id(channel.0))
            .bind(i64::from(days))
            .bind(fail_word(FailReason::NotAllowed))
            .fetch_one(&self.read)
            .await?;
        if refused < i64::from(days) {
            return Ok(());
        }
        // An admin's pause stays what it is.
        self.write(
            sqlx::query("update daily set pause = $1 where channel_id = $2 and pause is null")
                .bind(pause_word(Pause::MissingPermissions))
                .bind(id(channel.0)),
        )
        .await?;
        Ok(())
    }

    /// The daily question of a channel.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn daily(&self, channel: ChannelId) -> Result<Option<Daily>, StoreError> {
        let row: Option<DailyRow> = sqlx::query_as(ONE).bind(id(channel.0)).fetch_optional(&self.read).await?;
        row.map(DailyRow::into_daily).transpose()
    }

    /// The daily questions of a guild, oldest channel first, those whose channel is gone last.
    ///
    /// # Errors
    /// When the database fails or holds what makes no sense.
    pub async fn dailies_of(&self, guild: GuildId) -> Result<Vec<Daily>, StoreError> {
        let rows: Vec<DailyRow> = sqlx::query_as("select * from daily where guild_id = $1 order by channel_id")
            .bind(id(guild.0))
            .fetch_all(&self.read)
            .await?;
        let mut dailies = rows.into_iter().map(DailyRow::into_daily).collect::<Result<Vec<_>, _>>()?;
        dailies.sort_by_key(Daily::is_gone);
        Ok(dailies)
    }

    /// The daily questions of a guild that count: not those whose channel is gone.
    ///
    /// # Errors
    /// As for [`Store::dailies_of`].
    pub async fn living_dailies_of(&self, guild: GuildId) -> Result<Vec<Daily>, StoreError> {
        let mut dailies = self.dailies_of(guild).await?;
        dailies.retain(|daily| !daily.is_gone());
        Ok(dailies)
    }

    /// The channels of all daily questions whose next slot has come, the longest due first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_channels(&self, now: Timestamp) -> Result<Vec<ChannelId>, StoreError> {
        let statement = "select channel_id from daily where next_due_at <= $1 order by next_due_at, channel_id";
        let due: Vec<i64> = sqlx::query_scalar(statement).bind(now.as_millisecond()).fetch_all(&self.read).await?;
        Ok(due.into_iter().map(|channel| ChannelId(snowflake(channel))).collect())
    }

    /// Ends a channel's daily question. Its posts, its answers and its place in the cycle stay.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_daily(&self, channel: ChannelId) -> Result<(), StoreError> {
        self.write(sqlx::query("delete from daily where channel_id = $1").bind(id(channel.0))).await?;
        Ok(())
    }
}

/// The slot that comes next for a daily question that was changed or moved: one that has come and that no round has settled so far, as it
/// was on at its time; else the first whose day has no post.
pub(super) async fn next_slot(
    transaction: &mut Work,
    daily: &Daily,
    now: Timestamp,
) -> Result<Option<Occurrence>, StoreError> {
    match daily.next.filter(|slot| slot.due_at <= now) {
        Some(unsettled) => Ok(Some(unsettled)),
        None => next_without_post(transaction, daily, now).await,
    }
}

/// The first slot after `now` whose day has no post in the channel.
pub(super) async fn next_without_post(
    transaction: &mut Work,
    daily: &Daily,
    now: Timestamp,
) -> Result<Option<Occurrence>, StoreError> {
    for slot in daily.schedule.upcoming(now) {
        if !is_taken(transaction, PostKey { channel: daily.channel, day: slot.day }).await? {
            return Ok(Some(slot));
        }
    }
    Ok(None)
}

/// Names the slot that comes next.
pub(super) async fn advance(
    transaction: &mut Work,
    channel: ChannelId,
    next: Option<&Occurrence>,
) -> Result<(), StoreError> {
    sqlx::query("update daily set next_day = $1, next_due_at = $2 where channel_id = $3")
        .bind(next.map(|next| next.day.to_string()))
        .bind(next.map(|next| next.due_at.as_millisecond()))
        .bind(id(channel.0))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The daily question of a channel, as it is within a transaction.
pub(super) async fn daily_in(transaction: &mut Work, channel: ChannelId) -> Result<Option<Daily>, StoreError> {
    let row: Option<DailyRow> = sqlx::query_as(ONE).bind(id(channel.0)).fetch_optional(&mut **transaction).await?;
    row.map(DailyRow::into_daily).transpose()
}

/// How many a guild has in channels that are there.
async fn count_others(transaction: &mut Work, daily: &Daily) -> Result<usize, StoreError> {
    let statement = "select count(*) from daily where guild_id = $1 and channel_id <> $2 and coalesce(pause, '') <> $3";
    let others: i64 = sqlx::query_scalar(statement)
        .bind(id(daily.guild.0))
        .bind(id(daily.channel.0))
        .bind(pause_word(Pause::ChannelGone))
        .fetch_one(&mut **transaction)
        .await?;
    Ok(usize::try_from(others).unwrap_or_default())
}

async fn upsert(transaction: &mut Work, daily: &Daily) -> Result<(), StoreError> {
    let statement = "insert into daily \
        (channel_id, guild_id, minute_of_day, zone, days, role_id, pause, changed_by, next_day, next_due_at, level, packs, \
        opens_thread, gone_at, removed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
        on conflict (channel_id) do update set guild_id = excluded.guild_id, minute_of_day = excluded.minute_of_day, \
        zone = excluded.zone, days = excluded.days, role_id = excluded.role_id, pause = excluded.pause, \
        changed_by = excluded.changed_by, next_day = excluded.next_day, next_due_at = excluded.next_due_at, \
        level = excluded.level, packs = excluded.packs, opens_thread = excluded.opens_thread, \
        gone_at = excluded.gone_at, removed_at = excluded.removed_at";
    sqlx::query(statement)
        .bind(id(daily.channel.0))
        .bind(id(daily.guild.0))
        .bind(i32::from(daily.schedule.time.minute_of_day()))
        .bind(daily.schedule.zone.name())
        .bind(i32::from(daily.schedule.days.bits()))
        .bind(daily.role.map(|role| id(role.0)))
        .bind(daily.pause.map(pause_word))
        .bind(daily.changed_by.map(|user| id(user.0)))
        .bind(daily.next.as_ref().map(|next| next.day.to_string()))
        .bind(daily.next.as_ref().map(|next| next.due_at.as_millisecond()))
        .bind(daily.level.map(Level::as_str))
        .bind(pack_names(&daily.packs))
        .bind(i32::from(daily.opens_thread))
        .bind(daily.gone_at.map(Timestamp::as_millisecond))
        .bind(daily.removed_at.map(Timestamp::as_millisecond))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn pack_names(packs: &Packs) -> Option<String> {
    match packs {
        Packs::All => None,
        Packs::Only(names) => Some(names.join(" ")),
    }
}
