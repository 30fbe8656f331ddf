//! The codes with which Discord closes a connection, and what they mean.
//!
//! Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway>.

/// Why a connection ends.
pub(crate) type Closing = (u16, &'static str);

pub(super) const UNKNOWN_OPCODE: Closing = (4001, "Unknown opcode.");
pub(super) const DECODE_ERROR: Closing = (4002, "Error while decoding payload.");
pub(super) const NOT_AUTHENTICATED: Closing = (4003, "Not authenticated.");
pub(super) const AUTHENTICATION_FAILED: Closing = (4004, "Authentication failed.");
pub(super) const ALREADY_AUTHENTICATED: Closing = (4005, "Already authenticated.");
pub(super) const INVALID_SEQUENCE: Closing = (4007, "Invalid seq.");
pub(super) const INVALID_SHARD: Closing = (4010, "Invalid shard.");
pub(super) const INVALID_INTENTS: Closing = (4013, "Invalid intent(s).");

/// Whether a client that closes with this code gives its session up.
pub(super) fn is_farewell(code: u16) -> bool {
    matches!(code, 1000 | 1001)
}

/// Whether the session is over after Discord closed with this code.
pub(super) fn ends_session(code: u16) -> bool {
    matches!(code, 4003 | 4004 | 4007 | 4009..)
}

/// What Discord says beside the codes that answer an IDENTIFY.
pub(super) fn reason(code: u16) -> &'static str {
    match code {
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4014 => "Disallowed intent(s).",
        _ => {
            let known = [NOT_AUTHENTICATED, AUTHENTICATION_FAILED, INVALID_SHARD, INVALID_INTENTS];
            known.into_iter().find(|(held, _)| *held == code).map_or("", |(_, reason)| reason)
        }
    }
}
