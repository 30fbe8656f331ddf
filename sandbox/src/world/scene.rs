//! What the tests of the rules begin with.

use super::World;
use super::channel::kind;
use crate::clock::Clock;

/// A guild with one channel, one member and one role.
pub(super) struct Scene {
    pub(super) world: World,
    pub(super) guild: u64,
    pub(super) channel: u64,
    /// A member without a role.
    pub(super) ada: u64,
    /// A role that grants nothing and that nobody has.
    pub(super) role: u64,
}

pub(super) fn scene() -> Scene {
    let mut world = World::new(Clock::by_hand(0), "127.0.0.1:8080");
    let guild = world.add_guild("Test");
    let channel = world.add_channel(guild, "general", kind::TEXT);
    let ada = world.add_member(guild, "Ada", vec![]);
    let role = world.add_role(guild, "cohort", 0);
    Scene { world, guild, channel, ada, role }
}
