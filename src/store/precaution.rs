//! The copy that is made of an SQLite file before a migration changes it. An upgrade that goes wrong loses nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Store, StoreError};

/// What a copy's name has after the file's own, and before the number of the last migration that it knows.
const MARK: &str = ".before-migration-after-";

impl Store {
    /// Copies the file, whose last migration is `version`, beside itself and keeps only this copy. Gives its path.
    pub(super) async fn copy_before_migration(&self, file: &Path, version: i64) -> Result<PathBuf, StoreError> {
        let copy = beside(file, &format!("{MARK}{version:04}"));
        remove_earlier(file).map_err(|error| StoreError::File { path: copy.clone(), error })?;
        self.backup(&copy).await?;
        Ok(copy)
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove_earlier(file: &Path) -> io::Result<()> {
    let start = beside(file, MARK);
    let Some(folder) = file.parent() else { return Ok(()) };
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.as_os_str().as_encoded_bytes().starts_with(start.as_os_str().as_encoded_bytes()) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
