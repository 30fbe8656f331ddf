//! What happens in the world and is told to the bot, as far as its sessions listen.
//!
//! Above `world`, which tells nobody of its changes, and `wire`, which changes nothing. Knows
//! neither HTTP nor sockets, nor who brought a change about.

use serde_json::Value;

use crate::session::intents;
use crate::world::World;
use crate::world::guild::GuildRecord;

pub(crate) mod deed;
mod guild;
mod oddity;
mod role;

impl World {
    /// Sends an event of a guild, unless the bot is not in it or it has an outage.
    fn tell(&mut self, event: &str, payload: &Value, guild: u64) {
        if self.guilds.get(&guild).is_some_and(GuildRecord::is_told) {
            self.dispatch(event, payload, Some(guild), intents::GUILDS);
        }
    }

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

    /// Sends an event of no guild, which is text already. Returns whether anybody hears it.
    pub(crate) fn dispatch_text(&mut self, event: &str, payload: &str) -> bool {
        let session = self.sessions.iter_mut().find(|session| session.is_connected());
        session.map(|session| session.send_text(event, payload)).is_some()
    }
}
