//! Whether a start could write where the database is or shall be. The mode of a folder does not tell (root passes every mode, and some
//! folders take no file at all), so this makes a file of its own there and removes it at once.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::copy::beside;
use super::{Database, StoreError};

/// May do with every file what its owner may.
const ROOT: u32 = 0;

impl Database {
    /// Tries whether the file could be created or written. A server sees to its own.
    ///
    /// # Errors
    /// When it could not.
    pub fn try_writing(&self) -> Result<(), StoreError> {
        let Database::Sqlite(file) = self else { return Ok(()) };
        try_writing(file).map_err(|error| StoreError::file(file, error))
    }
}

fn try_writing(file: &Path) -> io::Result<()> {
    let trial = beside(file, &format!(".trial-of-{}", std::process::id()));
    let me = OpenOptions::new().write(true).create_new(true).open(&trial).and_then(|trial| trial.metadata())?.uid();
    fs::remove_file(&trial)?;
    match OpenOptions::new().write(true).open(file) {
        // A start makes the file its owner's alone, which its owner may.
        Ok(file) if me != ROOT && file.metadata()?.uid() != me => Err(ErrorKind::PermissionDenied.into()),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
