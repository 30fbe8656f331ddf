//! A fault as a test orders it: which requests it meets, when, and how.

use std::time::Duration;

use serde_json::Value;

use crate::limits::Scope;
use crate::route::Pattern;

/// A fault that a test orders with [`Sandbox::faults`](crate::Sandbox::faults).
///
/// It meets every request, until told which: by [`on`](Fault::on), [`times`](Fault::times),
/// [`every`](Fault::every). It comes in place of what the request asks for, unless told
/// [`after_effect`](Fault::after_effect).
///
/// ```
/// # use sandbox::Fault;
/// // The next two messages are made, but the bot never hears of it.
/// let fault = Fault::resets().after_effect().on("POST", "/channels/ID/messages").times(2);
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(super) pattern: Pattern,
    pub(super) which: Which,
    pub(super) moment: Moment,
    pub(super) harm: Harm,
}

/// A moment in the course of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// It has come, and nothing was done yet.
    BeforeEffect,
    /// What it asks for is done, and nothing was answered yet.
    AfterEffect,
    /// The answer is on its way to the bot. Nothing is held then; it can only be waited for.
    AfterReply,
}

/// Which of the requests that a pattern picks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which {
    All,
    First(usize),
    Every(usize),
}

/// What happens to a request.
#[derive(Clone, Debug)]
pub(crate) enum Harm {
    /// It is held until released, then goes on.
    Waits,
    /// The connection is reset.
    Resets,
    /// This is answered.
    Answers(Canned),
    /// It is refused as one that came too soon.
    TooMany(Scope, Duration),
}

/// An answer made beforehand.
#[derive(Clone, Debug)]
pub(crate) struct Canned {
    pub(crate) status: u16,
    /// JSON; `None` for a page such as a proxy's.
    pub(crate) body: Option<Value>,
    pub(crate) retry_after: Option<Duration>,
}

impl Fault {
    fn new(harm: Harm) -> Fault {
        Fault { pattern: Pattern::any(), which: Which::All, moment: Moment::BeforeEffect, harm }
    }

    /// Holds requests at a moment.
    pub(crate) fn waits(moment: Moment) -> Fault {
        Fault { moment, ..Fault::new(Harm::Waits) }
    }

    /// Answers with a status and a JSON body.
    #[must_use]
    pub fn answers(status: u16, body: Value) -> Fault {
        Fault::new(Harm::Answers(Canned { status, body: Some(body), retry_after: None }))
    }

    /// Answers with a status and a page of HTML, as a proxy before Discord does.
    #[must_use]
    pub fn page(status: u16) -> Fault {
        Fault::new(Harm::Answers(Canned { status, body: None, retry_after: None }))
    }

    /// Answers with 429, as Discord would if others (or the bot itself, elsewhere) had used up a
    /// limit. Until `retry_after` is over, all requests that this concerns are refused as well:
    /// those to the same route in the same channel, or for [`Scope::Global`] all that the global
    /// limit counts. These then count as sent too soon.
    #[must_use]
    pub fn too_many(scope: Scope, retry_after: Duration) -> Fault {
        Fault::new(Harm::TooMany(scope, retry_after))
    }

    /// Does not answer. Once released, requests that still wait go on as if nothing had been;
    /// one whose client hung up meanwhile is forgotten.
    #[must_use]
    pub fn hangs() -> Fault {
        Fault::new(Harm::Waits)
    }

    /// Resets the TCP connection instead of an answer.
    #[must_use]
    pub fn resets() -> Fault {
        Fault::new(Harm::Resets)
    }

    /// Which requests it meets. In the path (without `/api/v10`), `ID` stands for any id, `TOKEN`
    /// for any token and a `*` at the end for whatever follows; the method `*` is any.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Fault {
        self.pattern = Pattern::new(method, path);
        self
    }

    /// Meets only the next `count` of them.
    #[must_use]
    pub fn times(mut self, count: usize) -> Fault {
        self.which = Which::First(count);
        self
    }

    /// Meets only every `nth` of them: with 3 the third, the sixth and so on.
    #[must_use]
    pub fn every(mut self, nth: usize) -> Fault {
        self.which = Which::Every(nth);
        self
    }

    /// Comes after what the request asks for is done: only the answer is lost or another.
    #[must_use]
    pub fn after_effect(mut self) -> Fault {
        self.moment = Moment::AfterEffect;
        self
    }

    /// Adds a `Retry-After` to an answer, rounded up to whole seconds.
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Fault {
        if let Harm::Answers(canned) = &mut self.harm {
            canned.retry_after = Some(wait);
        }
        self
    }

    /// Its pattern as one line, for messages.
    pub(crate) fn line(&self) -> String {
        self.pattern.line()
    }
}
