//! Events that nothing in the sandbox brought about.

use serde_json::Value;

use super::Sandbox;
use crate::world::World;

impl Sandbox {
    /// Sends the last interaction once more, with the same id and token, as the gateway does at
    /// times.
    ///
    /// # Panics
    /// When there was none.
    pub fn repeats_last_interaction(&self) {
        let repeated = self.shared.change(World::repeat_interaction);
        assert!(repeated, "nobody has done anything yet");
    }

    /// Sends an event of any kind and shape, also one that Discord would not send. It goes to
    /// the shard of the guild in its field `guild_id`, without one to shard 0, and needs no
    /// intent. The sandbox itself takes no notice of it.
    pub fn sends_event(&self, kind: &str, body: &Value) {
        self.shared.change(|world| world.send_raw(kind, body));
    }
}
