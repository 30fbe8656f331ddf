//! The body of a message: its fields, and files where it has any.

use std::fmt;

use bytes::Bytes;
use reqwest::Body;
use reqwest::multipart::{Form, Part};
use serde_json::Value;

/// What a message is made of.
#[derive(Debug, Default)]
pub struct Payload {
    /// Its fields.
    pub fields: Value,
    /// The files that `attachments` in the fields tells of, by their place.
    pub files: Vec<Upload>,
}

impl From<Value> for Payload {
    fn from(fields: Value) -> Payload {
        Payload { fields, files: Vec::new() }
    }
}

/// A file to be sent. It may hold what a person wrote, so `Debug` shows its size alone.
#[derive(Clone)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// What is in it, at most 10 MiB.
    pub content: Bytes,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.content.len())
    }
}

/// The form that files go in (discord.com/developers/docs/reference, "Uploading Files").
pub(super) fn form(fields: &Value, files: &[Upload]) -> Form {
    let form = Form::new().text("payload_json", fields.to_string());
    files.iter().enumerate().fold(form, |form, (number, file)| {
        let length = u64::try_from(file.content.len()).unwrap_or(u64::MAX);
        let part = Part::stream_with_length(Body::from(file.content.clone()), length).file_name(file.name.clone());
        form.part(format!("files[{number}]"), part)
    })
}
