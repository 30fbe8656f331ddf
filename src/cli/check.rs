//! `starling check`: everything that a start depends on, a line each, with what to mend. It changes nothing anywhere: no command is
//! registered, nothing is posted, and the one file that is made, to see whether the folder takes it, is removed at once.

mod discord;

use std::process::ExitCode;

use secrecy::SecretString;

use self::discord::discord;
use super::database::{changed, damaged, newer, unreadable};
use super::say;
use crate::config::Settings;
use crate::domain::bank::QuestionBank;
use crate::domain::zone::ZoneTable;
use crate::store::{Database, Look, Store, StoreError};

/// A point that was looked at: what is so, or what to mend.
type Point = Result<String, String>;

/// What is said of a point that needs a variable which is wrong.
const CONFIGURATION_FIRST: &str = "it could not be looked at; mend the configuration first";

/// What Discord is asked with: where it is, and who asks.
struct Asking {
    base: Option<String>,
    token: Option<SecretString>,
}

/// Looks at each point, whatever became of the others, and says how it is. The exit code is that of a start.
pub(super) async fn check() -> anyhow::Result<ExitCode> {
    let settings = Settings::from_env();
    let problems = settings.as_ref().map_or_else(|error| vec![error.to_string()], Settings::problems);
    let mut wrong = tell_configuration(&problems)?;
    let (database, asking) = match settings {
        Ok(read) => (read.database.ok(), Asking { base: read.discord.ok(), token: read.token.ok() }),
        Err(_) => (None, Asking { base: None, token: None }),
    };
    wrong += tell("packs", &packs())?;
    wrong += tell("database", &look(database).await)?;
    for (name, point) in discord(asking).await? {
        wrong += tell(name, &point)?;
    }
    match wrong {
        0 => say("all is well, nothing to mend")?,
        _ => say(&format!("points to mend: {wrong}"))?,
    }
    Ok(ExitCode::from(match (problems.len(), wrong) {
        (0, 0) => 0,
        (0, _) => 1,
        _ => 2,
    }))
}

fn tell_configuration(problems: &[String]) -> anyhow::Result<u32> {
    if problems.is_empty() {
        return tell("configuration", &Ok("every variable can be read".to_owned()));
    }
    let mut wrong = 0;
    for problem in problems {
        wrong += tell("configuration", &Err(problem.replace('\n', " ")))?;
    }
    Ok(wrong)
}

fn tell(name: &str, point: &Point) -> anyhow::Result<u32> {
    match point {
        Ok(so) => say(&format!("ok    {name}: {so}")).map(|()| 0),
        Err(mend) => say(&format!("mend  {name}: {mend}")).map(|()| 1),
    }
}

fn packs() -> Point {
    let bank = QuestionBank::built_in().map_err(|error| error.to_string())?;
    ZoneTable::built_in().map_err(|error| error.to_string())?;
    let questions = bank.active().count();
    Ok(format!("{} with {questions} questions", bank.packs().len()))
}

async fn look(database: Option<Database>) -> Point {
    let database = database.ok_or(CONFIGURATION_FIRST)?;
    writable(&database)?;
    match Store::look(&database).await {
        Ok(Look::Absent) => Ok(absent(&database)),
        Ok(Look::Behind(holds)) => {
            Ok(format!("{database} holds {holds}; the next start brings it up to date, after a copy"))
        }
        Ok(Look::Ready(holds)) => Ok(format!("{database} holds {holds}")),
        Ok(Look::Newer) => Err(newer(&database)),
        Ok(Look::Changed(version)) => Err(changed(&database, version)),
        Ok(Look::Damaged) => Err(damaged(&database)),
        Err(error) => Err(unreadable(&database, error)),
    }
}

/// Whether a start could write; a folder that is not there is told from one that takes no file.
fn writable(database: &Database) -> Result<(), String> {
    if let Database::Sqlite(file) = database
        && let Some(folder) = file.parent()
        && !folder.is_dir()
    {
        return Err(format!("there is no folder {}; make it, or name another in DATABASE_URL", folder.display()));
    }
    database.try_writing().map_err(StoreError::in_full)
}

fn absent(database: &Database) -> String {
    match database {
        Database::Sqlite(_) => format!("{database} will be created"),
        Database::Postgres(_) => format!("{database} is empty; its tables will be made"),
    }
}
