//! What happens in the world and is told to the bot, as far as its sessions listen.
//!
//! Above `world`, which tells nobody of its changes, and `wire`, which changes nothing. Knows
//! neither HTTP nor sockets, nor who brought a change about.

use serde_json::Value;

use crate::world::World;

pub(crate) mod deed;
mod guild;

impl World {
    /// Sends an event to the sessions that it concerns. `intent` is a bit of which one must have
    /// been asked for, or 0 for events that come unasked.
    fn dispatch(&mut self, event: &str, payload: &Value, guild: Option<u64>, intent: u64) {
        for session in &mut self.sessions {
            if session.hears(guild, intent) {
                session.send(event, payload);
            }
        }
        self.sessions.retain(|session| !session.is_lost());
    }
}
