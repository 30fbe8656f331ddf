//! Files: sent along with a request, and held by a message.

use bytes::Bytes;
use serde_json::Value;

/// A file as it came with a request.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// `n` of its field `files[n]`.
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

/// What a message is made of: its fields, and the files that came along.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payload<'r> {
    pub(crate) body: &'r Value,
    pub(crate) files: &'r [Upload],
}

/// A file that a message holds.
#[derive(Clone, Debug)]
pub(crate) struct FileRecord {
    pub(crate) id: u64,
    pub(crate) name: String,
    /// What is read aloud for it.
    pub(crate) description: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}
