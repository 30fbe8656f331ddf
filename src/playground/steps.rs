//! Moves of the clock that pass over no post. The bot sees only where the clock stands: a slot that is jumped over by more than its window
//! is skipped, as if the bot had been away.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

use super::world::World;
use crate::domain::daily::Daily;
use crate::domain::id::{ChannelId, GuildId};
use crate::store::{Store, StoreError};

/// How long the bot may take to do what is due.
const DONE_WITHIN: Duration = Duration::from_secs(3);

/// What the bot stores is no change of the sandbox, so it is looked for once in a while too.
const A_MOMENT: Duration = Duration::from_millis(20);

/// The most slots at which one move stops.
const STOPS: usize = 40;

/// The smallest step of the clock.
const TICK: SignedDuration = SignedDuration::from_millis(1);

/// When the bot posts next in a guild, be it what is due or again what failed.
pub(super) async fn next_post(store: &Store, guild: GuildId, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due = next_due(store, guild, now).await?.map(|(_, due_at)| due_at);
    Ok([due, next_try(store, guild, now).await?].into_iter().flatten().min())
}

/// Where and when the next slot of a guild is due.
pub(super) async fn next_due(
    store: &Store,
    guild: GuildId,
    now: Timestamp,
) -> Result<Option<(ChannelId, Timestamp)>, StoreError> {
    let dailies = store.living_dailies_of(guild).await?;
    let on = dailies.iter().filter(|daily| daily.is_on());
    Ok(on.filter_map(|daily| Some((daily.channel, next_of(daily, now)?))).min_by_key(|(_, due_at)| *due_at))
}

/// A slot that has come may be settled at any moment, so it is not the next one.
fn next_of(daily: &Daily, now: Timestamp) -> Option<Timestamp> {
    let stored = daily.next.filter(|slot| slot.due_at > now);
    stored.or_else(|| daily.schedule.next_after(now)).map(|slot| slot.due_at)
}

/// A try that is overdue waits for the clock to go on at all.
async fn next_try(store: &Store, guild: GuildId, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let next = store.next_try(guild).await?;
    Ok(next.map(|at| at.max(now.checked_add(TICK).unwrap_or(now))))
}

/// Moves the clock, and waits until the bot has done what is due then. Says whether it has; where that takes longer, it is done all the same.
pub(super) async fn goes_to(world: &World, store: &Store, at: Timestamp) -> Result<bool, StoreError> {
    world.reaches(at);
    timeout(DONE_WITHIN, done(world, store, at)).await.map_or(Ok(false), |done| done.map(|()| true))
}

async fn done(world: &World, store: &Store, at: Timestamp) -> Result<(), StoreError> {
    let mut changes = world.sandbox.changes();
    while is_busy(store, world.guild(), at).await? {
        stirs(&mut changes).await;
    }
    Ok(())
}

async fn is_busy(store: &Store, guild: GuildId, at: Timestamp) -> Result<bool, StoreError> {
    let dailies = store.living_dailies_of(guild).await?;
    let is_due = dailies.iter().any(|daily| daily.next.is_some_and(|slot| slot.due_at <= at));
    Ok(is_due || store.is_trying(guild, at).await?)
}

/// Waits until something may have happened.
pub(super) async fn stirs(changes: &mut Receiver<()>) {
    // Either is a reason to look.
    _ = timeout(A_MOMENT, changes.changed()).await;
}

/// Moves the clock forward, and stops on the way at each slot, so that its post comes. After many stops it jumps: whoever moves the clock by
/// a year does not wait for all posts of it.
pub(super) async fn goes_slowly_to(world: &World, store: &Store, until: Timestamp) -> Result<(), StoreError> {
    // What failed is tried once on the way: what keeps it from coming does not end while the clock moves.
    if let Some(at) = next_try(store, world.guild(), world.now()).await?.filter(|at| *at <= until) {
        goes_to(world, store, at).await?;
    }
    for _ in 0..STOPS {
        match next_due(store, world.guild(), world.now()).await? {
            Some((_, due_at)) if due_at <= until && goes_to(world, store, due_at).await? => {}
            _ => break,
        }
    }
    goes_to(world, store, until).await.map(drop)
}
