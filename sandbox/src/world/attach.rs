//! How files come to a message, and go.

use serde_json::Value;

use super::World;
use super::file::{FileRecord, Payload, Upload};
use super::message::MessageRecord;
use crate::check;
use crate::faults::Faults;
use crate::json::{as_id, given, list, text};
use crate::refusal::Refusal;

impl World {
    /// Gives a message the files that came along, and takes away those that `attachments` leaves out.
    pub(crate) fn attach(&mut self, message: &mut MessageRecord, payload: Payload<'_>) -> Result<(), Refusal> {
        let Payload { body, files } = payload;
        if files.iter().any(|file| file.bytes.len() > check::file::SIZE) {
            return Err(Refusal::too_large());
        }
        let mut faults = Faults::default();
        let held = |id: u64| message.files.iter().any(|file| file.id == id);
        check::file::check(&mut faults, body, |id| held(id) || files.iter().any(|file| file.number == id));
        if given(body, "attachments").is_some() {
            message.files.retain(|file| told(body, file.id).is_some());
        }
        if message.files.len() + files.len() > check::file::FILES {
            let most = check::file::FILES;
            faults.add("attachments", "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
        }
        faults.verdict()?;
        for file in files {
            let id = self.next_id();
            message.files.push(record(id, file, told(body, file.number)));
        }
        Ok(())
    }
}

/// What `attachments` says of a file.
fn told(body: &Value, id: u64) -> Option<&Value> {
    let is_meant = |file: &&Value| given(file, "id").and_then(as_id) == Some(id);
    list(body, "attachments").iter().find(is_meant)
}

fn record(id: u64, file: &Upload, told: Option<&Value>) -> FileRecord {
    let said = |key: &str| told.and_then(|told| text(told, key)).map(str::to_owned);
    FileRecord {
        id,
        name: said("filename").unwrap_or_else(|| file.name.clone()),
        description: said("description").filter(|words| !words.is_empty()),
        content_type: file.content_type.clone().or_else(|| picture(&file.name).map(str::to_owned)),
        bytes: file.bytes.clone(),
    }
}

/// What kind of picture a file is, by its name: so Discord shows one of which nothing was said.
fn picture(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_name_and_nothing_else_is() {
        assert_eq!(picture("Progress.PNG"), Some("image/png"));
        assert_eq!(picture("starling.json"), None);
        assert_eq!(picture("png"), None);
    }
}
