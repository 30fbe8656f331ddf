//! A request refused, as Discord words it.
//!
//! Source of the codes: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.

use serde_json::{Value, json};

use crate::faults::Faults;

/// An error answer of the REST interface.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Discord's own code; 0 where it has none.
    pub(crate) code: u32,
    /// The sentence in the body.
    pub(crate) message: String,
    /// Which fields are wrong, for code 50035.
    pub(crate) faults: Option<Faults>,
}

impl Refusal {
    fn new(status: u16, code: u32, message: impl Into<String>) -> Refusal {
        Refusal { status, code, message: message.into(), faults: None }
    }

    pub(crate) fn unauthorized() -> Refusal {
        Refusal::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn unknown_route() -> Refusal {
        Refusal::new(404, 0, "404: Not Found")
    }

    pub(crate) fn unreadable_body() -> Refusal {
        Refusal::new(400, 50109, "The request body contains invalid JSON.")
    }

    pub(crate) fn too_large() -> Refusal {
        Refusal::new(413, 40005, "Request entity too large")
    }

    pub(crate) fn unknown(what: Unknown) -> Refusal {
        let (code, name) = what.named();
        Refusal::new(404, code, format!("Unknown {name}"))
    }

    pub(crate) fn missing_access() -> Refusal {
        Refusal::new(403, 50001, "Missing Access")
    }

    pub(crate) fn missing_permissions() -> Refusal {
        Refusal::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn not_the_author() -> Refusal {
        Refusal::new(403, 50005, "Cannot edit a message authored by another user")
    }

    pub(crate) fn empty_message() -> Refusal {
        Refusal::new(400, 50006, "Cannot send an empty message")
    }

    pub(crate) fn expired_token() -> Refusal {
        Refusal::new(401, 50027, "Invalid Webhook Token")
    }

    pub(crate) fn already_answered() -> Refusal {
        Refusal::new(400, 40060, "Interaction has already been acknowledged.")
    }

    pub(crate) fn too_many_follow_ups() -> Refusal {
        Refusal::new(400, 40094, "This interaction has reached the maximum number of follow-up messages")
    }

    pub(crate) fn closed_dms() -> Refusal {
        Refusal::new(403, 50007, "Cannot send messages to this user")
    }

    pub(crate) fn thread_exists() -> Refusal {
        Refusal::new(400, 160_004, "A thread has already been created for this message")
    }

    pub(crate) fn archived_thread() -> Refusal {
        Refusal::new(400, 50083, "Thread is archived")
    }

    pub(crate) fn locked_thread() -> Refusal {
        Refusal::new(400, 160_005, "This thread is locked")
    }

    /// Fields that are wrong, each named.
    pub(crate) fn invalid_form(faults: Faults) -> Refusal {
        Refusal { faults: Some(faults), ..Refusal::new(400, 50035, "Invalid Form Body") }
    }

    /// The body that is sent.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let (Some(faults), Some(fields)) = (&self.faults, body.as_object_mut()) {
            fields.insert("errors".to_owned(), faults.tree());
        }
        body
    }

    /// One line for the list of problems.
    pub(crate) fn line(&self) -> String {
        let named = format!("{} {} {}", self.status, self.code, self.message);
        match &self.faults {
            Some(faults) => format!("{named}: {faults}"),
            None => named,
        }
    }
}

/// The things that Discord reports as unknown.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unknown {
    Application,
    Channel,
    Guild,
    Interaction,
    Member,
    Message,
    User,
    Webhook,
}

impl Unknown {
    fn named(self) -> (u32, &'static str) {
        match self {
            Unknown::Application => (10002, "Application"),
            Unknown::Channel => (10003, "Channel"),
            Unknown::Guild => (10004, "Guild"),
            Unknown::Member => (10007, "Member"),
            Unknown::Message => (10008, "Message"),
            Unknown::User => (10013, "User"),
            Unknown::Webhook => (10015, "Webhook"),
            Unknown::Interaction => (10062, "interaction"),
        }
    }
}
