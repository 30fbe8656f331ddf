//! Finds out whether a client of serenity's is still of use.
//!
//! After a close without a code, and after some codes, it spins: it asks a socket that is gone for more, never lets go of its worker, and
//! hears nothing. Nobody can stop that thread, but a task that is put beside it is not answered. And where Discord does not let it in, it
//! begins anew every five seconds for ever, which uses up what Discord allows in a day; that shows in where its shards stand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serenity::gateway::{ConnectionStage, ShardManager};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

/// The pause between two looks, and after how long without an answer it is taken for deaf.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(500);
const DEAF_AFTER: Duration = Duration::from_secs(2);

/// How long Discord may leave a connection without letting it in. serenity begins shards five seconds apart, so each has its own time.
const LET_IN_WITHIN: Duration = Duration::from_secs(30);
const LET_IN_WITHIN_EACH: Duration = Duration::from_secs(10);

/// How many times a client may be let in for each of its shards within an hour. It signs in by itself when Discord ends its session, which
/// it rarely does; where that comes again and again, it is better to ask first whether it may.
const LET_IN_AT_MOST: u32 = 3;
const REMEMBERED: Duration = Duration::from_hours(1);

/// After so many looks in a row a connection that is missing will not be back at once.
const MISSING: u32 = 2;

/// Why a client is of no more use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It spins and hears nothing.
    Deaf,
    /// Discord did not let it in.
    TurnedAway,
    /// Discord takes its connection and leaves it waiting.
    LeftWaiting,
    /// It lost its session.
    Lost,
    /// It loses its sessions again and again.
    Restless,
}

/// Where its connections stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    LetIn,
    /// One is there and not let in yet.
    Waiting,
    TurnedAway,
    /// One is not there: Discord can't be reached, or it is not yet the shard's turn.
    Missing,
}

/// Looks at a client of so many shards until it is of no more use.
pub(super) async fn watch(runtime: &Handle, shards: &Arc<ShardManager>, count: u32, times_let_in: &AtomicU32) -> Fault {
    let patience = LET_IN_WITHIN + LET_IN_WITHIN_EACH * count;
    let (mut waits_since, mut was_whole, mut missing) = (None, false, 0);
    let mut welcomes = Welcomes::default();
    loop {
        sleep(LOOK_AGAIN_AFTER).await;
        let look = runtime.spawn(standing(Arc::clone(shards), count));
        let Ok(Ok(standing)) = timeout(DEAF_AFTER, look).await else { return Fault::Deaf };
        missing = if standing == Standing::Missing { missing + 1 } else { 0 };
        match standing {
            Standing::TurnedAway => return Fault::TurnedAway,
            Standing::LetIn => (waits_since, was_whole) = (None, true),
            Standing::Waiting => waits_since = waits_since.or_else(|| Some(Instant::now())),
            // Of several shards the others go on meanwhile.
            Standing::Missing if was_whole && count == 1 && missing >= MISSING => return Fault::Lost,
            Standing::Missing => {}
        }
        if waits_since.is_some_and(|since: Instant| since.elapsed() > patience) {
            return Fault::LeftWaiting;
        }
        if welcomes.lately(times_let_in.load(Ordering::Relaxed), Instant::now()) > LET_IN_AT_MOST * count {
            return Fault::Restless;
        }
    }
}

/// When the client was let in, of late.
#[derive(Default)]
struct Welcomes {
    all: u32,
    /// With how many there were at each look that found new ones.
    lately: Vec<(Instant, u32)>,
}

impl Welcomes {
    /// Takes note of how many there were in all, and says how many of them were within the hour.
    fn lately(&mut self, all: u32, now: Instant) -> u32 {
        self.lately.retain(|(at, _)| now.duration_since(*at) < REMEMBERED);
        if all > self.all {
            self.lately.push((now, all - self.all));
            self.all = all;
        }
        self.lately.iter().map(|(_, times)| times).sum()
    }
}

async fn standing(shards: Arc<ShardManager>, count: u32) -> Standing {
    let runners = shards.runners.lock().await;
    let at = |stage| runners.values().filter(|runner| runner.stage == stage).count();
    let let_in = at(ConnectionStage::Connected);
    // A shard goes from there to being let in without a stop, so who is seen there was not.
    if at(ConnectionStage::Identifying) > 0 {
        Standing::TurnedAway
    } else if let_in < runners.len() {
        Standing::Waiting
    } else if u32::try_from(let_in) == Ok(count) {
        Standing::LetIn
    } else {
        Standing::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_within_an_hour_counts_as_restless() {
        let (start, mut welcomes) = (Instant::now(), Welcomes::default());
        let mut lately = |all, minutes| welcomes.lately(all, start + Duration::from_mins(minutes));
        assert_eq!((lately(1, 0), lately(1, 30), lately(3, 40)), (1, 1, 3));
        assert_eq!((lately(3, 60), lately(4, 99), lately(4, 100)), (2, 3, 1));
        for week in 1..10 {
            assert_eq!(lately(4 + u32::try_from(week).unwrap(), week * 7 * 24 * 60), 1, "week {week}");
        }
    }
}
