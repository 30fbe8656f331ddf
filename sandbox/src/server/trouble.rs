//! What a test asks for so that things go wrong: rate limits, faults, and requests that are held.

use std::sync::Arc;
use std::time::Duration;

use super::Sandbox;
use crate::limits::{Limiter, Limits};
use crate::route::Pattern;
use crate::shared::Shared;
use crate::trouble::{Fault, Gate, Moment};
use crate::world::World;
use crate::world::journal::Call;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

impl Sandbox {
    /// Sets the rate limits, in place of those before; all windows begin anew. At first there are
    /// none. They run on real time, since what paces a bot does.
    pub fn set_limits(&self, limits: Limits) {
        self.shared.change(|world| world.limiter = Limiter::new(limits));
    }

    /// How many requests were refused with 429 since the limits were set because they came too
    /// soon, which includes those that came in spite of a 429 on demand, but not that one.
    #[must_use]
    pub fn too_many_requests(&self) -> usize {
        self.shared.read(|world| world.limiter.refused())
    }

    /// Lets requests come to harm, until what is returned is released or dropped. Rate limits come
    /// first: a request that they refuse is not met.
    #[must_use = "dropped, the fault is over"]
    pub fn faults(&self, fault: Fault) -> Trouble {
        let line = fault.line();
        let id = self.shared.change(|world| world.troubles.add(fault));
        Trouble { shared: Arc::clone(&self.shared), id, line }
    }

    /// Holds requests at a moment, until what is returned is released or dropped. A request that
    /// is held has no status yet in [`calls`](Self::calls). The path is written as in
    /// [`Fault::on`].
    #[must_use = "dropped, nothing is held"]
    pub fn holds(&self, moment: Moment, method: &str, path: &str) -> Trouble {
        self.faults(Fault::waits(moment).on(method, path))
    }

    /// Ends all faults, holds, and pauses by a 429 on demand. Rate limits stay.
    pub fn heals(&self) {
        self.shared.change(|world| {
            world.troubles.heal();
            world.limiter.heal();
        });
    }

    /// Waits until `count` requests have come that the pattern picks, since the sandbox was
    /// started, and returns them. The path is written as in [`Fault::on`]. One that nothing holds
    /// has taken effect by then.
    ///
    /// # Panics
    /// When they have not come within 20 s.
    pub async fn wait_for_calls(&self, method: &str, path: &str, count: usize) -> Vec<Call> {
        let pattern = Pattern::new(method, path);
        let what = pattern.line();
        wait(&self.shared, &what, count, |world| world.journal.picked(&pattern).count()).await;
        self.shared.read(|world| world.journal.picked(&pattern).cloned().collect())
    }
}

/// A fault or a hold that a test ordered. Dropping it ends it.
#[derive(Debug)]
pub struct Trouble {
    shared: Arc<Shared>,
    id: usize,
    line: String,
}

impl Trouble {
    /// Waits until a request has met it: has come to the moment at which it is held, or comes to
    /// harm.
    ///
    /// # Panics
    /// When none has within 20 s.
    pub async fn reached(&self) {
        self.reached_by(1).await;
    }

    /// Waits until so many requests have met it, counted from its beginning.
    ///
    /// # Panics
    /// When they have not within 20 s.
    pub async fn reached_by(&self, count: usize) {
        wait(&self.shared, &self.line, count, |world| world.troubles.reached(self.id)).await;
    }

    /// How many requests have met it so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shared.read(|world| world.troubles.reached(self.id))
    }

    /// Ends it. Requests that it holds go on.
    pub fn release(self) {
        drop(self);
    }

    /// Ends it. Requests that it holds lose their connection: those held before their effect never
    /// have one. For a bot that was killed meanwhile, since only this is certain to come before
    /// the news that its connection is gone.
    pub fn cut(self) {
        self.shared.change(|world| world.troubles.end(self.id, Gate::Cut));
    }
}

impl Drop for Trouble {
    fn drop(&mut self) {
        self.shared.change(|world| world.troubles.end(self.id, Gate::Open));
    }
}

#[expect(clippy::panic, reason = "a test that waits in vain has failed")]
async fn wait(shared: &Shared, what: &str, count: usize, seen: impl Fn(&World) -> usize) {
    if shared.wait_for(PATIENCE, |world| (seen(world) >= count).then_some(())).await.is_none() {
        let seen = shared.read(seen);
        panic!("{what}: waited in vain for {count} requests, {seen} came");
    }
}
