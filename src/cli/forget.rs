//! `starling forget USER_ID`: deletes everything that is stored of a person, and says what a host has to see to besides.

use std::process::ExitCode;
use std::time::Duration;

use tokio::time::{interval, timeout};

use super::{database, say};
use crate::config::Settings;
use crate::domain::id::UserId;
use crate::domain::share::{Left, Share};
use crate::rest::Rest;
use crate::sharing;
use crate::store::{Store, StoreError};

/// How long a reader is waited for that keeps traces of what was deleted in SQLite's log, and how often it is tried.
const READERS_WITHIN: Duration = Duration::from_secs(5);
const TRIED_EVERY: Duration = Duration::from_millis(200);

/// Deletes. The exit code tells whether nothing is left in the database and its log, and nothing that was shared in Discord.
pub(super) async fn forget(user: UserId) -> anyhow::Result<ExitCode> {
    let place = database::existing()?;
    let store = database::ready(&place).await?;
    let shares = store.shares_of(user).await?;
    let discord = if shares.is_empty() { None } else { Discord::asked().await? };
    // Before the rows go, so that a run that ends halfway leaves no message that nobody knows of.
    end_all(discord.as_ref(), &store, shares).await?;
    let deleted = store.forget(user).await?;
    let left = end_all(discord.as_ref(), &store, deleted.shares).await?;
    let traces = deleted.fold_owed && timeout(READERS_WITHIN, folded(&store)).await.is_err();
    store.close().await;
    say(&match deleted.rows {
        0 => format!("Nothing is stored about person {user}."),
        rows => format!("Deleted {rows} rows of person {user}."),
    })?;
    for copy in place.copies()? {
        say(&format!(
            "{} was made before and may still hold what they wrote; delete it once you need it no more.",
            copy.display()
        ))?;
    }
    for Left { share, .. } in &left {
        say(&format!(
            "{} still shows what they shared; delete that message in Discord, with the permission Manage Messages.",
            share.link()
        ))?;
    }
    if traces {
        say(&format!(
            "Traces are left in {place}-wal, as something reads the database: end that (a backup, a tool) and run this again."
        ))?;
    }
    Ok(if traces || !left.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The way to Discord, where the environment has a token for it.
struct Discord {
    rest: Rest,
    bot: UserId,
}

impl Discord {
    async fn asked() -> anyhow::Result<Option<Discord>> {
        let settings = Settings::from_env()?;
        let (Ok(token), Ok(base)) = (settings.token, settings.discord) else {
            say("There is no usable DISCORD_TOKEN, so Discord was not asked to delete what they shared.")?;
            return Ok(None);
        };
        let rest = Rest::new(&base, token)?;
        match rest.application().await {
            Ok(application) => Ok(Some(Discord { rest, bot: application.bot })),
            Err(error) => {
                say(&format!("Discord could not be asked to delete what they shared: {error}."))?;
                Ok(None)
            }
        }
    }
}

/// Takes down what was shared. Gives what is left; all of it without a way to Discord.
async fn end_all(discord: Option<&Discord>, store: &Store, shares: Vec<Share>) -> Result<Vec<Left>, StoreError> {
    match discord {
        Some(discord) => sharing::end_all(&discord.rest, discord.bot, store, shares).await,
        None => Ok(shares.into_iter().map(|share| Left { share, is_shut: false }).collect()),
    }
}

async fn folded(store: &Store) {
    let mut turns = interval(TRIED_EVERY);
    while store.fold_if_owed().await {
        turns.tick().await;
    }
}
