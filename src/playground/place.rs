//! The database of a playground: one that is gone at the end, or a file that is kept. And what is in it before the bot starts.

use std::path::Path;

use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::draft::Draft;
use super::world::World;
use crate::domain::id::GuildId;
use crate::store::{Database, Look, Presence, Store};

/// How long after the newest instant it goes on. An interaction is made before its answer is stored, so any step would do; this one can be seen.
const STEP: SignedDuration = SignedDuration::from_mins(1);

/// Where what the bot keeps is kept.
#[derive(Debug)]
pub struct Place {
    /// The file.
    pub database: Database,
    /// Removed with all that is in it when this is dropped.
    folder: Option<TempDir>,
    /// Where the days before today are made first.
    draft: Option<Draft>,
    /// Held so that nobody else works on a file that is kept.
    _presence: Option<Presence>,
}

/// What a database holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found {
    /// Nothing that happened.
    Nothing,
    /// Daily questions, posts or answers of an earlier run.
    Past {
        /// The newest instant of any of them.
        newest: Option<Timestamp>,
    },
}

impl Place {
    /// A file in a folder of its own, which is removed at the end.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn temporary() -> anyhow::Result<Place> {
        let folder = tempfile::tempdir().context("no temporary folder can be made for the database")?;
        let database = Database::Sqlite(folder.path().join("starling.db"));
        Ok(Place { database, folder: Some(folder), draft: None, _presence: None })
    }

    /// A file that stays. Until this is dropped, no other playground has it.
    ///
    /// # Errors
    /// When the path names no file, nothing can be made beside it, or another Starling works on it.
    pub fn kept(file: &Path) -> anyhow::Result<Place> {
        let named = std::path::absolute(file).with_context(|| format!("{} names no file", file.display()))?;
        let joined = Presence::join(&named).with_context(|| format!("nothing can be made beside {}", named.display()));
        let (presence, is_alone) = joined?;
        if !is_alone {
            bail!("{} is in use by another Starling; name another file", named.display());
        }
        let draft = (!named.exists()).then(|| Draft::of(&named));
        Ok(Place { database: Database::Sqlite(named), folder: None, draft, _presence: Some(presence) })
    }

    /// The database in which a first run begins.
    pub(super) fn begins_in(&self) -> Database {
        self.draft.as_ref().map_or_else(|| self.database.clone(), |draft| Database::Sqlite(draft.file.clone()))
    }

    /// Whether that one is still to become the database.
    pub(super) fn has_draft(&self) -> bool {
        self.draft.is_some()
    }

    /// Makes it the database. The bot must not run.
    pub(super) fn keeps_draft(&self) -> anyhow::Result<()> {
        if let (Some(draft), Database::Sqlite(file)) = (&self.draft, &self.database) {
            draft.becomes(file).with_context(|| format!("{} can't be made", self.database))?;
        }
        Ok(())
    }

    pub(super) fn is_temporary(&self) -> bool {
        self.folder.is_some()
    }

    /// Looks at what is there. Refuses the database of a bot that is elsewhere: its servers are not here, so the bot would take itself for
    /// removed from them, pause their daily questions and forget these after a while.
    pub(super) async fn look(&self, guild: GuildId) -> anyhow::Result<Found> {
        let (Look::Behind(holds) | Look::Ready(holds)) = Store::look(&self.database).await? else {
            return Ok(Found::Nothing);
        };
        let store = Store::peek(&self.database).await?;
        let known =
            async { Ok::<_, anyhow::Error>((store.knows_other_guilds(guild).await?, store.newest().await?)) }.await;
        store.close().await;
        match known? {
            (true, _) => bail!(
                "{} is the database of a bot on other servers, whose daily questions would be paused; name another file",
                self.database
            ),
            (false, None) if holds.dailies == 0 => Ok(Found::Nothing),
            (false, newest) => Ok(Found::Past { newest }),
        }
    }
}

/// When the clock goes on over an earlier run, whose clock may have been moved far ahead: ids, which come from the time, must not come again.
///
/// None where it can't go on, as no id is later.
pub(super) fn goes_on_at(newest: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let latest = newest.map_or(now, |newest| newest.max(now));
    latest.checked_add(STEP).ok().filter(|at| *at <= World::last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_after_all_that_happened_as_far_as_ids_go() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(goes_on_at(None, now), Some(now + STEP));
        assert_eq!(goes_on_at(Some(now + STEP), now), Some(now + STEP + STEP));
        assert_eq!(goes_on_at(Some(World::last() - STEP), now), Some(World::last()));
        assert_eq!(goes_on_at(Some(World::last()), now), None);
    }
}
