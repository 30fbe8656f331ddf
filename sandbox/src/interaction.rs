//! One interaction: what a person did, and how far its answer has come.
//!
//! Source of the rules: <https://discord.com/developers/docs/interactions/receiving-and-responding>.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::faults::Faults;
use crate::refusal::{Refusal, Unknown};

/// How long the first answer may take.
pub(crate) const FIRST_ANSWER: Duration = Duration::from_secs(3);
/// How long the token serves for edits and follow-ups, in milliseconds of the sandbox's clock.
pub(crate) const TOKEN_MS: i64 = 15 * 60 * 1000;
/// Most follow-ups by an application that only the person installed.
const FOLLOW_UPS_OF_PERSON: usize = 5;

/// What was done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A slash command was sent.
    Command,
    /// An option of a slash command was typed in.
    Autocomplete,
    /// A button or a select menu of a message was used.
    Component { message: u64 },
    /// A modal was sent; one that a component opened has that component's message.
    Modal { message: Option<u64> },
}

impl Kind {
    /// Discord's number for it.
    pub(crate) fn number(self) -> u8 {
        match self {
            Kind::Command => 2,
            Kind::Component { .. } => 3,
            Kind::Autocomplete => 4,
            Kind::Modal { .. } => 5,
        }
    }

    /// The message whose component was used.
    pub(crate) fn message(self) -> Option<u64> {
        match self {
            Kind::Component { message } => Some(message),
            Kind::Modal { message } => message,
            Kind::Command | Kind::Autocomplete => None,
        }
    }

    /// The callback types that may answer it.
    pub(crate) fn callbacks(self) -> &'static [i64] {
        match self {
            Kind::Autocomplete => &[callback::CHOICES],
            Kind::Command => &[callback::MESSAGE, callback::DEFERRED_MESSAGE, callback::MODAL],
            Kind::Component { .. } => &[
                callback::MESSAGE,
                callback::DEFERRED_MESSAGE,
                callback::DEFERRED_UPDATE,
                callback::UPDATE,
                callback::MODAL,
            ],
            Kind::Modal { message: Some(_) } => {
                &[callback::MESSAGE, callback::DEFERRED_MESSAGE, callback::DEFERRED_UPDATE, callback::UPDATE]
            }
            Kind::Modal { message: None } => &[callback::MESSAGE, callback::DEFERRED_MESSAGE],
        }
    }
}

/// Types of first answers.
pub(crate) mod callback {
    /// A message.
    pub(crate) const MESSAGE: i64 = 4;
    /// "Thinking", and a message later.
    pub(crate) const DEFERRED_MESSAGE: i64 = 5;
    /// Nothing to see, and an edit later.
    pub(crate) const DEFERRED_UPDATE: i64 = 6;
    /// The component's message is edited.
    pub(crate) const UPDATE: i64 = 7;
    /// Choices for an option.
    pub(crate) const CHOICES: i64 = 8;
    /// A modal.
    pub(crate) const MODAL: i64 = 9;
}

/// The first answer.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// A new message.
    Message,
    /// A new message that says "thinking" until it is edited.
    DeferredMessage,
    /// Nothing yet; the component's message may be edited.
    DeferredUpdate,
    /// The component's message was edited.
    Update,
    Choices(Vec<Value>),
    Modal(Value),
}

/// By which installations an interaction came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Installed {
    /// The guild's; a direct message with the bot counts as one.
    pub(crate) by_guild: bool,
    /// The person's own.
    pub(crate) by_person: bool,
}

/// Whether the time of a first answer is over for what was done at that instant: by the sandbox's clock or by the real one, whichever went
/// further.
pub(crate) fn is_late((done_ms, done_at): (i64, Instant), now_ms: i64) -> bool {
    let by_clock = u64::try_from(now_ms.saturating_sub(done_ms)).unwrap_or(0);
    Duration::from_millis(by_clock).max(done_at.elapsed()) >= FIRST_ANSWER
}

#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) kind: Kind,
    pub(crate) user_id: u64,
    pub(crate) channel_id: u64,
    pub(crate) guild_id: Option<u64>,
    pub(crate) installed: Installed,
    /// The name of the command with its subcommands, where it was one.
    pub(crate) command: Option<String>,
    /// What the person did, in words, as in `Ada: /history`.
    pub(crate) deed: String,
    pub(crate) created_ms: i64,
    pub(crate) created_at: Instant,
    pub(crate) answer: Option<Answer>,
    /// The message that `@original` means: the answer, or the component's message.
    pub(crate) original: Option<u64>,
    /// Whether a deferral was made good.
    pub(crate) settled: bool,
    pub(crate) follow_ups: Vec<u64>,
    /// Whether a step has looked at an answer that is no message, or at its absence.
    pub(crate) looked_at: bool,
}

impl Interaction {
    /// Whether a first answer of this type may come now.
    pub(crate) fn may_answer(&self, now_ms: i64, callback: i64) -> Result<(), Refusal> {
        if self.answer.is_some() {
            return Err(Refusal::already_answered());
        }
        if self.is_late(now_ms) {
            return Err(Refusal::unknown(Unknown::Interaction));
        }
        if self.kind.callbacks().contains(&callback) {
            return Ok(());
        }
        let allowed: Vec<String> = self.kind.callbacks().iter().map(i64::to_string).collect();
        let mut faults = Faults::default();
        faults.choices("type", &allowed.join(", "));
        faults.verdict()
    }

    /// Whether the first answer's time is over.
    pub(crate) fn is_late(&self, now_ms: i64) -> bool {
        is_late((self.created_ms, self.created_at), now_ms)
    }

    /// Whether the token serves for edits and follow-ups.
    pub(crate) fn may_follow(&self, now_ms: i64) -> Result<(), Refusal> {
        if now_ms.saturating_sub(self.created_ms) >= TOKEN_MS {
            return Err(Refusal::expired_token());
        }
        if self.answer.is_none() {
            return Err(Refusal::unknown(Unknown::Webhook));
        }
        Ok(())
    }

    /// Whether one more follow-up may come.
    pub(crate) fn may_go_on(&self) -> Result<(), Refusal> {
        let is_bounded = !self.installed.by_guild && self.follow_ups.len() >= FOLLOW_UPS_OF_PERSON;
        if is_bounded { Err(Refusal::too_many_follow_ups()) } else { Ok(()) }
    }

    /// Whether a deferral still waits to be made good.
    pub(crate) fn is_pending(&self) -> bool {
        let deferred = matches!(self.answer, Some(Answer::DeferredMessage | Answer::DeferredUpdate));
        deferred && !self.settled
    }
}
