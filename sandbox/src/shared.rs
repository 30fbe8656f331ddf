//! The state behind its one lock, and the news that it changed.
//!
//! Below all that looks at the state from outside: the handles of a test, REST, the gateway.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::clock::Clock;
use crate::host::Host;
use crate::waiting::Waiting;
use crate::world::World;

/// Longer than anything waits at once.
const A_DAY: Duration = Duration::from_hours(24);

/// The state, and the news that it changed.
#[derive(Debug)]
pub(crate) struct Shared {
    world: Mutex<World>,
    changed: watch::Sender<()>,
    clock: Clock,
    host: Host,
    waiting: Waiting,
}

impl Shared {
    pub(crate) fn new(world: World) -> Shared {
        let clock = world.clock.clone();
        let (changed, _) = watch::channel(());
        Shared { world: Mutex::new(world), changed, clock, host: Host::default(), waiting: Waiting::default() }
    }

    /// The world's clock, without the lock.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The program that runs the bot.
    pub(crate) fn host(&self) -> &Host {
        &self.host
    }

    /// What a crowd did and the bot has yet to answer.
    pub(crate) fn waiting(&self) -> &Waiting {
        &self.waiting
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state and wakes all who wait for a change.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_replace(());
        result
    }

    /// Notes that a step looked at something, which is no news for those who wait.
    pub(crate) fn note<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.lock())
    }

    /// Waits until `look` finds something, for `limit` of real time at most. It looks again at
    /// each change of the state and of the clock.
    pub(crate) async fn wait_for<T>(&self, limit: Duration, mut look: impl FnMut(&World) -> Option<T>) -> Option<T> {
        let mut changes = self.changes();
        let mut ticks = self.clock.watch();
        let deadline = Instant::now() + limit;
        loop {
            if let Some(found) = self.read(&mut look) {
                return Some(found);
            }
            tokio::select! {
                _ = changes.changed() => {}
                _ = ticks.changed() => {}
                () = tokio::time::sleep_until(deadline) => return self.read(&mut look),
            }
        }
    }

    /// As [`wait_for`](Self::wait_for), however long it takes.
    pub(crate) async fn until<T>(&self, mut look: impl FnMut(&World) -> Option<T>) -> T {
        loop {
            if let Some(found) = self.wait_for(A_DAY, &mut look).await {
                return found;
            }
        }
    }

    /// A receiver that wakes at each change of the state.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }
}
