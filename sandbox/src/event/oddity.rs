//! Events that a bot should be ready for, though nothing happened: repeated and made-up ones.

use serde_json::Value;

use crate::json::as_id;
use crate::world::World;

impl World {
    /// Brings the last interaction to the bot once more. Returns whether there was one.
    pub(crate) fn repeat_interaction(&mut self) -> bool {
        let Some(payload) = self.last_interaction.clone() else {
            return false;
        };
        self.send_raw("INTERACTION_CREATE", &payload);
        true
    }

    /// Sends any event, whatever it holds. The field `guild_id` says which shard hears it.
    pub(crate) fn send_raw(&mut self, event: &str, payload: &Value) {
        let guild = payload.get("guild_id").and_then(as_id);
        self.dispatch(event, payload, guild, 0);
    }
}
