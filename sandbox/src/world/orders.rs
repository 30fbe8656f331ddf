//! How a test wants the gateway to misbehave.

use crate::session::Silence;

/// What the gateway was told to do until it is told otherwise.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    /// New connections are refused.
    pub(crate) refuses: bool,
    /// Every IDENTIFY is answered with this close code.
    pub(crate) rejects_identify: Option<u16>,
    pub(crate) ignores_heartbeats: bool,
    /// Nothing gets through to any client.
    pub(crate) silence: Silence,
}
