//! What a test asks for so that things go wrong: rate limits.

use super::Sandbox;
use crate::limits::{Limiter, Limits};

impl Sandbox {
    /// Sets the rate limits, in place of those before; all windows begin anew. At first there are
    /// none. They run on real time, since what paces a bot does.
    pub fn set_limits(&self, limits: Limits) {
        self.shared.change(|world| world.limiter = Limiter::new(limits));
    }

    /// How many requests were refused with 429 since the limits were set because they came too
    /// soon.
    #[must_use]
    pub fn too_many_requests(&self) -> usize {
        self.shared.read(|world| world.limiter.refused())
    }
}
