//! `/daily pause`, `resume`, `post-now` and `off`.

use std::sync::Arc;

use super::setup::standing;
use crate::app::App;
use crate::discord::error::{CommandResult, refuse};
use crate::discord::interaction::Origin;
use crate::discord::permissions::{self, Unchecked};
use crate::domain::daily::{Daily, Pause};
use crate::domain::post::Outcome;
use crate::poster;
use crate::reply::Reply;
use crate::reply::daily::{self as words, Access};

pub(super) async fn pause(app: &App, daily: Daily) -> CommandResult {
    if daily.pause == Some(Pause::Admin) {
        return refuse(words::paused_already(&daily));
    }
    app.store.pause_daily(daily.channel, Pause::Admin).await?;
    Ok(Reply::Say(words::paused(&daily)))
}

pub(super) async fn resume(app: &App, origin: &Origin, daily: Daily) -> CommandResult {
    if daily.pause.is_none() {
        return refuse(words::on_already(&daily));
    }
    let now = app.now();
    let missing = match permissions::missing(app, daily.guild, daily.channel).await {
        Err(Unchecked::NoTextChannel) => return refuse(words::channel_gone()),
        other => other?,
    };
    let pause = (!missing.is_empty()).then_some(Pause::MissingPermissions);
    let (guild, daily) = (daily.guild, Daily { pause, changed_by: origin.user, ..daily });
    let Some(daily) = app.store.put_daily(daily, now).await? else {
        return refuse(words::too_many(&app.store.dailies_of(guild).await?));
    };
    Ok(Reply::Say(words::resumed(&standing(app, &daily, Access::Without(missing), now).await?)))
}

pub(super) async fn post_now(app: &Arc<App>, daily: Daily) -> CommandResult {
    let Some(post) = poster::post_today(app, &daily).await? else {
        let daily = app.store.daily(daily.channel).await?.unwrap_or(daily);
        let last = app.store.last_post(daily.channel).await?;
        let is_sent = last.is_some_and(|post| matches!(post.outcome, Outcome::Sent { .. }));
        return refuse(words::posted_already(&daily, is_sent));
    };
    let question = post.question.as_ref().and_then(|key| app.bank.get(key));
    Ok(Reply::Say(words::posted_now(&daily, question, &post)))
}

pub(super) async fn off(app: &App, daily: Daily) -> CommandResult {
    app.store.delete_daily(daily.channel).await?;
    let standing = standing(app, &daily, Access::Unknown, app.now()).await?;
    Ok(Reply::Say(words::ended(&standing)))
}
