//! How often the bot signed in to the gateway, and how often it still may.

use std::time::Duration;

use super::Sandbox;
use crate::world::starts::Starts;

/// How long [`Sandbox::wait_for_identifies`] and [`Sandbox::wait_for_resumes`] wait.
const SIGN_IN: Duration = Duration::from_secs(20);

impl Sandbox {
    /// How many IDENTIFYs came so far, those that were rejected among them.
    #[must_use]
    pub fn identifies(&self) -> usize {
        self.shared.read(|world| world.starts.identifies)
    }

    /// How many times a session was taken up again so far.
    #[must_use]
    pub fn resumes(&self) -> usize {
        self.shared.read(|world| world.starts.resumes)
    }

    /// Waits until `n` IDENTIFYs came since the start.
    ///
    /// # Panics
    /// After twenty seconds, with how many came by then.
    pub async fn wait_for_identifies(&self, n: usize) {
        self.wait_for_starts("IDENTIFYs", n, |starts| starts.identifies).await;
    }

    /// Waits until sessions were taken up again `n` times since the start.
    ///
    /// # Panics
    /// After twenty seconds, with how often it was by then.
    pub async fn wait_for_resumes(&self, n: usize) {
        self.wait_for_starts("resumes", n, |starts| starts.resumes).await;
    }

    async fn wait_for_starts(&self, what: &str, n: usize, count: impl Fn(&Starts) -> usize) {
        let reached = self.shared.wait_for(SIGN_IN, |world| (count(&world.starts) >= n).then_some(())).await;
        let came = self.shared.read(|world| count(&world.starts));
        assert!(reached.is_some(), "{came} of {n} {what} came");
    }

    /// Sets how many IDENTIFYs are left of the 1,000 of a day, as `GET /gateway/bot` tells. The
    /// next reset is a day of the sandbox's clock from now. Each IDENTIFY with the right token
    /// takes one; the first too many ends all sessions with 4004, as do those after it.
    pub fn set_identify_budget(&self, remaining: u32) {
        self.shared.change(|world| {
            let now_ms = world.now_ms();
            world.starts.set_remaining(remaining, now_ms);
        });
    }
}
