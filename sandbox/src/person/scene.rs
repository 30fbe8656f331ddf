//! Where a line is typed: by whom, in which channel, with which client.

use crate::world::World;

/// Whether the client looks at what is typed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Client {
    /// As Discord's own.
    Checks,
    /// Sends whatever it is told to.
    Forged,
}

/// Where a line is typed, and for whom its values are resolved.
pub(super) struct Scene<'w> {
    pub(super) world: &'w World,
    pub(super) person: u64,
    pub(super) channel: u64,
    pub(super) client: Client,
}
