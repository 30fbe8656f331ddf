//! The two ways in which a command can't do what was asked: a refusal, which the person can mend, and a fault, which is ours.

use crate::custom_id::base_36;
use crate::domain::id::InteractionId;
use crate::permissions::Unchecked;
use crate::reply::{Message, Reply, daily_refusal, refusal};
use crate::rest::RestError;
use crate::store::StoreError;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum CommandError {
    /// The person can mend it: what was wrong, and what to do next.
    Refusal(String),
    /// It is ours to mend.
    Fault(anyhow::Error),
}

/// What a command gives.
pub type CommandResult = Result<Reply, CommandError>;

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> CommandError {
        if error.is_busy() {
            return CommandError::Refusal(refusal::busy());
        }
        CommandError::Fault(error.into())
    }
}

impl From<Unchecked> for CommandError {
    fn from(unchecked: Unchecked) -> CommandError {
        match unchecked {
            Unchecked::NoTextChannel => CommandError::Refusal(daily_refusal::not_a_text_channel()),
            Unchecked::Unknown(error) if error.may_pass() => {
                tracing::warn!(%error, "the permissions in a channel can't be asked for");
                CommandError::Refusal(refusal::discord_is_away())
            }
            Unchecked::Unknown(error) => CommandError::Fault(error.into()),
        }
    }
}

impl From<RestError> for CommandError {
    fn from(error: RestError) -> CommandError {
        CommandError::Fault(error.into())
    }
}

/// A refusal.
///
/// # Errors
/// Always: that is what it is for.
pub fn refuse<T>(said: impl Into<String>) -> Result<T, CommandError> {
    Err(CommandError::Refusal(said.into()))
}

/// What the person sees of an error. A fault is logged here and nowhere else.
pub(super) fn shown(error: CommandError, interaction: InteractionId) -> Message {
    match error {
        CommandError::Refusal(said) => {
            tracing::debug!(%interaction, "refused");
            Message::text(said)
        }
        CommandError::Fault(error) => Message::text(refusal::fault(&log_fault(&error, interaction))),
    }
}

/// Logs a fault under an incident id, which the person is shown too.
pub(super) fn log_fault(error: &anyhow::Error, interaction: InteractionId) -> String {
    let incident = incident(interaction);
    tracing::error!(%interaction, incident, error = %format!("{error:#}"), "a command failed");
    incident
}

/// Six signs that tell one interaction from another well enough to be found in a log.
fn incident(interaction: InteractionId) -> String {
    // The lowest bits of a snowflake count within a millisecond; those above them are its time.
    let signs = base_36(interaction.0 >> 12 ^ interaction.0);
    signs.chars().rev().take(6).collect()
}
