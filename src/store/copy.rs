//! Copies of a live SQLite file: the one that a host asks for, and the one that is made before a migration changes the file, so that an
//! upgrade that goes wrong loses nothing.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{Database, Holds, Store, StoreError};

/// What a copy's name has after the file's own, and before the number of the last migration that it knows.
const MARK: &str = ".before-migration-after-";

/// What it has until the copy is whole. A start that was cut off leaves one.
const UNFINISHED: &str = ".unfinished-copy";

impl Database {
    /// The copies that were made of the file before migrations and lie beside it, sorted. They hold what was deleted since.
    ///
    /// # Errors
    /// When the file's folder can't be read.
    pub fn copies(&self) -> Result<Vec<PathBuf>, StoreError> {
        let Database::Sqlite(file) = self else { return Ok(Vec::new()) };
        let mut found = copies(file).map_err(|error| StoreError::file(file, error))?;
        found.extend(Some(beside(file, UNFINISHED)).filter(|unfinished| unfinished.exists()));
        found.sort();
        Ok(found)
    }
}

impl Store {
    /// Copies a live SQLite database into a new file of its owner's alone, and gives what the copy holds.
    ///
    /// # Errors
    /// When the file is there already or can't be made, and on Postgres, which has tools of its own for this. No half-made file is left.
    pub async fn backup(&self, file: &Path) -> Result<Holds, StoreError> {
        if self.is_server {
            return Err(StoreError::NotOnPostgres);
        }
        let failed = |error| StoreError::file(file, error);
        // Absolute, because SQLite takes a name that begins with `file:` for a URI.
        let path = std::path::absolute(file).map_err(failed)?;
        // A name that is changed on its way to SQLite would be another file, and one that everybody may read.
        let name = path.to_str().ok_or_else(|| failed(ErrorKind::InvalidFilename.into()))?;
        let copy = Database::Sqlite(path.clone());
        copy.create_new()?;
        let copied = self.fill(name, &copy).await;
        if copied.is_err() {
            fs::remove_file(&path).map_err(failed)?;
        }
        copied
    }

    /// Writes into a file that is there, empty, with the mode that it shall have.
    async fn fill(&self, name: &str, copy: &Database) -> Result<Holds, StoreError> {
        sqlx::query("vacuum into $1").bind(name).execute(&self.write).await?;
        let copied = Store::peek(copy).await?;
        let holds = copied.holds().await;
        copied.close().await;
        holds
    }

    /// Copies the file, whose last migration is `version`, beside itself and keeps only this copy. Gives its path.
    pub(super) async fn copy_before_migration(&self, file: &Path, version: i64) -> Result<PathBuf, StoreError> {
        let copy = beside(file, &format!("{MARK}{version:04}"));
        let unfinished = beside(file, UNFINISHED);
        let failed = |error| StoreError::file(&copy, error);
        remove_if_there(&unfinished).map_err(failed)?;
        self.backup(&unfinished).await?;
        // Only now is an earlier copy of no more use.
        fs::rename(&unfinished, &copy).map_err(failed)?;
        remove_others(file, &copy).map_err(failed)?;
        Ok(copy)
    }
}

/// The path of what lies beside a file, with a longer name.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove_if_there(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn remove_others(file: &Path, newest: &Path) -> io::Result<()> {
    for copy in copies(file)? {
        if copy.file_name() != newest.file_name() {
            fs::remove_file(copy)?;
        }
    }
    Ok(())
}

/// The copies that were made of a file before migrations.
fn copies(file: &Path) -> io::Result<Vec<PathBuf>> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return Ok(Vec::new()) };
    let mut start = name.to_owned();
    start.push(MARK);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // By its name alone: a folder can be written in several ways.
        let name = path.file_name().unwrap_or_default();
        if name.as_encoded_bytes().starts_with(start.as_encoded_bytes()) {
            found.push(path);
        }
    }
    Ok(found)
}
