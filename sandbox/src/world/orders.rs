//! How a test wants the gateway to misbehave.

use std::time::Duration;

use crate::session::Silence;

/// How often Discord asks its clients to show that they live.
const HEARTBEAT: Duration = Duration::from_millis(41_250);

/// What the gateway was told to do until it is told otherwise.
#[derive(Debug)]
pub(crate) struct Orders {
    /// New connections are refused.
    pub(crate) refuses: bool,
    /// Every IDENTIFY is answered with this close code.
    pub(crate) rejects_identify: Option<u16>,
    pub(crate) ignores_heartbeats: bool,
    /// Nothing gets through to any client.
    pub(crate) silence: Silence,
    /// How often a client must show that it lives.
    pub(crate) heartbeat: Duration,
}

impl Default for Orders {
    fn default() -> Orders {
        Orders {
            refuses: false,
            rejects_identify: None,
            ignores_heartbeats: false,
            silence: Silence::default(),
            heartbeat: HEARTBEAT,
        }
    }
}
