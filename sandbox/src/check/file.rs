//! The limits of files.
//!
//! Source: <https://discord.com/developers/docs/reference#uploading-files>.

use serde_json::Value;

use super::at;
use crate::faults::Faults;
use crate::json::{as_id, given};

/// Most files of a message.
pub(crate) const FILES: usize = 10;
/// The largest file, in bytes, where nobody pays for more.
pub(crate) const SIZE: usize = 10 * 1024 * 1024;
/// Longest description of a file.
pub(crate) const DESCRIPTION: usize = 1024;

/// Checks what is said of the files: those that came along by their number, and those that an edited message has by their id.
pub(crate) fn check(faults: &mut Faults, body: &Value, known: impl Fn(u64) -> bool) {
    let told = faults.array("", body, "attachments", &(0..=FILES));
    for (position, file) in told.iter().enumerate() {
        let path = at("attachments", position);
        faults.text(&path, file, "description", &(0..=DESCRIPTION));
        let id = given(file, "id").and_then(as_id);
        if !id.is_some_and(&known) {
            faults.add(&at(&path, "id"), "ATTACHMENT_NOT_FOUND", "No uploaded file has this id.");
        }
    }
}
