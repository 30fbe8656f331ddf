//! `/progress`: how a person's own practice goes.

use std::sync::Arc;

use anyhow::Context as _;
use serenity::builder::CreateCommand;
use tokio::task::spawn_blocking;

use super::for_members;
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult};
use crate::discord::interaction::Origin;
use crate::domain::progress::{Coverage, HalfYear, Streak};
use crate::reply::progress::{self, Standing};
use crate::reply::{Reply, picture};

pub(super) fn register() -> CreateCommand {
    for_members("progress", "Your streak, your answers by topic, what is new to you, and a picture; only you see it")
}

/// Works everything out anew. Counting and drawing take a thread of their own, so that nobody else waits for it; how many do so at the
/// same time is bounded where answers with files are sent.
pub(in crate::discord) async fn run(app: &Arc<App>, origin: &Origin) -> CommandResult {
    let past = app.store.past(origin.user).await?;
    if past.is_empty() {
        return Ok(Reply::Say(progress::nothing_yet()));
    }
    let last = app.store.last_offer(origin.user).await?;
    let (user, now, app) = (origin.user, app.now(), Arc::clone(app));
    let drawn = spawn_blocking(move || {
        let half_year = HalfYear::of(&past, now);
        let picture = picture::png(&half_year).context("the picture of somebody's progress")?;
        Ok::<_, anyhow::Error>(progress::progress(Standing {
            answers: u32::try_from(past.answers.len()).unwrap_or(u32::MAX),
            streak: Streak::of(&past.channels, &past.answers, half_year.last, now),
            coverage: Coverage::of(user, &past, last.as_ref(), &app.bank),
            half_year,
            picture,
        }))
    });
    let message = drawn.await.context("working out somebody's progress").map_err(CommandError::Fault)?;
    Ok(Reply::Say(message.map_err(CommandError::Fault)?))
}
