//! A request taken apart, and the answer to it.

use serde_json::Value;

use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::route;
use crate::world::file::{Payload, Upload};

/// A request, as the routes see it.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    /// Without the prefix and the query.
    pub(super) path: String,
    /// Whether the prefix was there.
    pub(super) known_prefix: bool,
    pub(super) query: String,
    /// Whether it carried the bot's token.
    pub(super) authorized: bool,
    /// `null` where there was none.
    pub(super) body: Value,
    /// The files that came with it.
    pub(super) files: Vec<Upload>,
}

impl Request {
    /// What a message is made of.
    pub(super) fn payload(&self) -> Payload<'_> {
        Payload { body: &self.body, files: &self.files }
    }

    pub(super) fn segments(&self) -> Vec<&str> {
        route::segments(&self.path)
    }

    /// The path with `ID` and `TOKEN` for what differs between runs.
    pub(super) fn shape(&self) -> String {
        route::shape(&self.path)
    }

    /// A value of the query. Nothing that is asked here needs decoding.
    pub(super) fn asked(&self, key: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    }
}

/// Reads an id of the path.
pub(super) fn id(segment: &str) -> Result<u64, Refusal> {
    segment.parse().map_err(|_| {
        let mut faults = Faults::default();
        let message = format!("Value \"{segment}\" is not snowflake.");
        faults.add("id", "NUMBER_TYPE_COERCE", message);
        Refusal::invalid_form(faults)
    })
}

/// What is sent back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Option<Value>,
}

impl Answer {
    pub(super) fn ok(body: Value) -> Answer {
        Answer { status: 200, body: Some(body) }
    }

    pub(super) fn created(body: Value) -> Answer {
        Answer { status: 201, body: Some(body) }
    }

    pub(super) fn no_content() -> Answer {
        Answer { status: 204, body: None }
    }
}
