//! The controls under a set-up and a status: Preview, Mention nobody, and the menu of packs. They come from an admin's own reply, and are
//! checked like the commands all the same.

use super::admin_in;
use super::standing::standing;
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::Origin;
use crate::domain::bank::Packs;
use crate::domain::daily::Daily;
use crate::domain::id::ChannelId;
use crate::permissions::{self, Unchecked};
use crate::reply::daily::{Done, done};
use crate::reply::standing::{ALL_PACKS, Access};
use crate::reply::{self, Reply, daily_refusal as words};
use crate::store::Changed;

/// The next post as members will see it. Nothing is used up.
pub(in crate::discord) async fn preview(app: &App, origin: &Origin, channel: ChannelId) -> CommandResult {
    let daily = still_there(app, origin, channel).await?;
    let next = app.store.next_question(&daily, app.choice(channel)).await?;
    match next.and_then(|key| app.bank.get(&key)) {
        Some(question) => Ok(Reply::Say(reply::question::preview(question, daily.role))),
        None => refuse(words::no_question(&daily)),
    }
}

/// Takes the role away.
pub(in crate::discord) async fn mention_nobody(app: &App, origin: &Origin, channel: ChannelId) -> CommandResult {
    change(app, origin, channel, |daily| Daily { role: None, ..daily }).await
}

/// Chooses packs.
pub(in crate::discord) async fn choose_packs(
    app: &App,
    origin: &Origin,
    channel: ChannelId,
    chosen: &[String],
) -> CommandResult {
    let is_known = |name: &&String| app.bank.packs().iter().any(|pack| pack.name == **name);
    let names: Vec<String> = chosen.iter().filter(is_known).cloned().collect();
    let all = chosen.iter().any(|name| name == ALL_PACKS);
    change(app, origin, channel, |daily| Daily { packs: Packs::ticked(&daily.packs, all, names), ..daily }).await
}

async fn still_there(app: &App, origin: &Origin, channel: ChannelId) -> Result<Daily, CommandError> {
    let guild = admin_in(origin)?;
    match app.store.daily(channel).await?.filter(|daily| daily.guild == guild) {
        Some(daily) => Ok(daily),
        None => refuse(words::none_there(Some(channel), &app.store.dailies_of(guild).await?)),
    }
}

async fn change(app: &App, origin: &Origin, channel: ChannelId, change: impl FnOnce(Daily) -> Daily) -> CommandResult {
    let (daily, now) = (still_there(app, origin, channel).await?, app.now());
    let changed = |before: Option<Daily>| Some(Daily { changed_by: Some(origin.user), ..change(before?) });
    let Changed::Kept { daily, is_same, .. } = app.store.change_daily((daily.guild, channel), now, changed).await?
    else {
        return refuse(words::none_there(Some(channel), &[]));
    };
    let access = match permissions::in_channel(app, daily.guild, channel).await {
        Ok(rights) => rights.access(daily.role),
        Err(Unchecked::NoTextChannel) => Access::Gone,
        Err(Unchecked::Unknown(_)) => Access::Unknown,
    };
    let what = if is_same { Done::Unchanged } else { Done::Changed };
    Ok(Reply::Replace(done(&standing(app, &daily, access, now).await?, what, &[])))
}
