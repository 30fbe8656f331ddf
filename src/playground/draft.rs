//! The file in which the days before today are made for a database that is kept. It takes that one's name once they are whole: whoever ends
//! the playground before finds nothing, and the next start makes them all.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What its name has after that of the database.
const MARK: &str = ".unfinished";

/// What SQLite and the bot keep beside a file, and the file itself.
const ENDINGS: [&str; 4] = ["-wal", "-shm", ".lock", ""];

/// Removed with all that is beside it when this is dropped.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) file: PathBuf,
}

impl Draft {
    /// One for a database that is not there. What an earlier start had to leave there is removed.
    pub(super) fn of(database: &Path) -> Draft {
        let draft = Draft { file: with(database, MARK).into() };
        draft.remove();
        draft
    }

    /// Becomes the database. Nobody may work on it any more.
    pub(super) fn becomes(&self, database: &Path) -> io::Result<()> {
        // Whoever closes it last folds its log in.
        if fs::metadata(with(&self.file, "-wal")).is_ok_and(|log| log.len() > 0) {
            return Err(io::Error::new(ErrorKind::ResourceBusy, "its log was not folded in"));
        }
        fs::rename(&self.file, database)
    }

    fn remove(&self) {
        for ending in ENDINGS {
            // Mostly it is not there.
            let _ = fs::remove_file(with(&self.file, ending));
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.remove();
    }
}

fn with(file: &Path, ending: &str) -> OsString {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name
}
