//! What Discord, or the way to it, answers when it does not do what was asked.

use std::time::Duration;

use serde::Deserialize;

/// Why a call failed. Neither a body that was sent nor an address with an interaction's token is ever part of it.
#[derive(Debug, thiserror::Error)]
pub enum RestError {
    /// Discord will not do this, now or later.
    #[error("Discord refused with status {status} and code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code; 0 where it names none.
        code: u32,
        /// Discord's words, with the fields that it names.
        message: String,
    },
    /// The token is not, or no longer, that of a bot. Nothing else that is sent with it can work.
    #[error(
        "Discord does not know this token; reset it on the application's Bot page and put the new one into DISCORD_TOKEN"
    )]
    TokenRefused,
    /// It was not sent, as Starling stops.
    #[error("it was not sent, as Starling stops")]
    Halted,
    /// Discord wants a pause; nothing took effect.
    #[error("Discord asks for a pause of {0:?}")]
    RateLimited(Duration),
    /// No connection came about; nothing took effect.
    #[error("Discord can't be reached: {0}")]
    Unreachable(String),
    /// The answer is lost, or Discord failed: it may or may not have taken effect.
    #[error("it is unclear whether Discord did it: {0}")]
    Unclear(String),
}

/// Discord's codes that tell Starling what to do (discord.com/developers/docs/topics/opcodes-and-status-codes).
pub mod code {
    /// The channel is gone.
    pub const UNKNOWN_CHANNEL: u32 = 10003;
    /// Nobody of that id is in the guild.
    pub const UNKNOWN_MEMBER: u32 = 10007;
    /// There is nobody of that id.
    pub const UNKNOWN_USER: u32 = 10013;
    /// The interaction was answered before.
    pub const ALREADY_ANSWERED: u32 = 40060;
    /// The message is gone.
    pub const UNKNOWN_MESSAGE: u32 = 10008;
    /// The channel can't be seen.
    pub const MISSING_ACCESS: u32 = 50001;
    /// The message has a thread already.
    pub const THREAD_EXISTS: u32 = 160_004;
    /// The person takes no direct messages.
    pub const CLOSED_DMS: u32 = 50007;
    /// The thread is archived: what is in it stays as it is.
    pub const THREAD_ARCHIVED: u32 = 50083;
    /// Something may not be done there.
    pub const MISSING_PERMISSIONS: u32 = 50013;
}

/// Where Discord names no pause.
const DEFAULT_PAUSE: Duration = Duration::from_secs(1);

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    code: u32,
    message: String,
    errors: serde_json::Value,
    retry_after: Option<f64>,
}

impl RestError {
    /// From a status that is no success, its body, and the seconds of its header `Retry-After`, which stands alone where the answer is not
    /// Discord's own but that of a proxy before it.
    pub(super) fn from_answer(status: u16, body: &[u8], retry_after: Option<f64>) -> RestError {
        let body: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
        match status {
            429 => {
                let seconds = body.retry_after.or(retry_after);
                let pause = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                RestError::RateLimited(pause.unwrap_or(DEFAULT_PAUSE))
            }
            500.. => RestError::Unclear(format!("status {status}")),
            _ if body.errors.is_null() => RestError::Refused { status, code: body.code, message: body.message },
            _ => RestError::Refused { status, code: body.code, message: format!("{} {}", body.message, body.errors) },
        }
    }

    pub(super) fn from_transport(error: reqwest::Error) -> RestError {
        let never_connected = error.is_connect() || error.is_builder();
        let error = anyhow::Error::from(error.without_url());
        if never_connected {
            RestError::Unreachable(format!("{error:#}"))
        } else {
            RestError::Unclear(format!("{error:#}"))
        }
    }

    pub(super) fn from_body(error: &serde_json::Error) -> RestError {
        RestError::Unclear(format!("an answer of an unknown shape ({error})"))
    }

    /// Discord's own code, where it refused.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        match self {
            RestError::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// The HTTP status, where it refused.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            RestError::Refused { status, .. } => Some(*status),
            RestError::TokenRefused => Some(401),
            _ => None,
        }
    }

    /// The pause that Discord asks for.
    #[must_use]
    pub fn pause(&self) -> Option<Duration> {
        match self {
            RestError::RateLimited(pause) => Some(*pause),
            _ => None,
        }
    }

    /// Whether it is sure that Discord did nothing of what was asked.
    #[must_use]
    pub fn took_no_effect(&self) -> bool {
        !matches!(self, RestError::Unclear(_))
    }

    /// Whether the same call may succeed later, if need be after the host has mended something.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        !matches!(self, RestError::Refused { .. })
    }

    /// Whether nothing more is sent until Starling is started again.
    #[must_use]
    pub fn halts(&self) -> bool {
        matches!(self, RestError::TokenRefused | RestError::Halted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_keeps_discords_code_and_fields() {
        let body = br#"{"code":50035,"message":"Invalid Form Body","errors":{"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH"}]}}}"#;
        let error = RestError::from_answer(400, body, None);
        assert_eq!((error.code(), error.status(), error.may_pass()), (Some(50035), Some(400), false));
        assert!(error.to_string().contains("BASE_TYPE_MAX_LENGTH"));
    }

    #[test]
    fn a_pause_is_what_discord_or_a_proxy_says_or_a_second() {
        let pause = |body: &[u8], header| RestError::from_answer(429, body, header).pause();
        assert_eq!(pause(br#"{"retry_after":0.25}"#, Some(9.0)), Some(Duration::from_millis(250)));
        assert_eq!(pause(b"<html>", Some(30.0)), Some(Duration::from_secs(30)));
        assert_eq!(pause(b"<html>", None), Some(DEFAULT_PAUSE));
        assert_eq!(pause(br#"{"retry_after":-4}"#, None), Some(DEFAULT_PAUSE));
    }

    #[test]
    fn what_fails_on_discords_side_may_pass() {
        let error = RestError::from_answer(502, b"<html>", None);
        assert!(error.may_pass() && matches!(error, RestError::Unclear(_)));
    }
}
