//! What people were shown, and which of it no step has looked at.

use super::World;
use crate::interaction::Answer;

impl World {
    /// What people were shown while no step has looked at it, a line each.
    pub(crate) fn unread(&self) -> Vec<String> {
        let messages = self
            .channels
            .values()
            .flat_map(|channel| &channel.messages)
            .filter_map(|message| message.unread.as_deref())
            .map(|deed| format!("nobody looked at the message after: {deed}"));
        let others =
            self.interactions.values().filter(|interaction| !interaction.looked_at).filter_map(|interaction| {
                let deed = &interaction.deed;
                match &interaction.answer {
                    Some(Answer::Modal(_)) => Some(format!("nobody looked at the modal after: {deed}")),
                    Some(Answer::DeferredMessage) if interaction.is_pending() => {
                        Some(format!("no message came after the deferral of: {deed}"))
                    }
                    None if interaction.is_late(self.now_ms()) => {
                        Some(format!("the application did not respond to: {deed}"))
                    }
                    _ => None,
                }
            });
        messages.chain(others).collect()
    }

    /// A step looked at a message.
    pub(crate) fn look_at_message(&mut self, channel: u64, message: u64) {
        if let Some(message) = self.message_mut(channel, message) {
            message.unread = None;
        }
    }

    /// A step looked at an answer that is no message, or at its absence.
    pub(crate) fn look_at_answer(&mut self, interaction: u64) {
        if let Some(interaction) = self.interactions.get_mut(&interaction) {
            interaction.looked_at = true;
        }
    }
}
