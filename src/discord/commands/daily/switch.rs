//! `/daily pause`, `resume`, `post-now` and `off`.

use std::sync::Arc;

use super::given::paused_after_check;
use super::standing::standing;
use crate::app::App;
use crate::discord::error::{CommandResult, refuse};
use crate::discord::interaction::Origin;
use crate::domain::daily::{Daily, Pause};
use crate::domain::post::Outcome;
use crate::permissions::{self, Unchecked};
use crate::poster;
use crate::reply::daily::{self as words, Done};
use crate::reply::standing::{Access, channel_gone};
use crate::reply::{Reply, daily_refusal as refusals, post_now};
use crate::store::Changed;

pub(super) async fn pause(app: &App, daily: Daily) -> CommandResult {
    if daily.pause == Some(Pause::Admin) {
        return refuse(words::paused_already(&daily));
    }
    if daily.is_gone() {
        return refuse(channel_gone());
    }
    app.store.pause_daily(daily.channel, Pause::Admin).await?;
    Ok(Reply::Say(words::paused(&daily)))
}

pub(super) async fn resume(app: &App, origin: &Origin, daily: Daily) -> CommandResult {
    if daily.pause.is_none() {
        return refuse(words::on_already(&daily));
    }
    let now = app.now();
    let rights = match permissions::in_channel(app, daily.guild, daily.channel).await {
        Err(Unchecked::NoTextChannel) => return refuse(channel_gone()),
        other => other?,
    };
    let pause = paused_after_check(None, rights.missing());
    let change = |before: Option<Daily>| before.map(|before| Daily { pause, changed_by: Some(origin.user), ..before });
    let changed = app.store.change_daily((daily.guild, daily.channel), now, change).await?;
    let Changed::Kept { daily, .. } = changed else {
        return refuse(refusals::none_there(Some(daily.channel), &app.store.dailies_of(daily.guild).await?));
    };
    let standing = standing(app, &daily, rights.access(daily.role), now).await?;
    Ok(Reply::Say(words::done(&standing, Done::Resumed, &[])))
}

pub(super) async fn skip(app: &App, daily: Daily) -> CommandResult {
    let put_off = app.store.skip_question(&daily, app.choice(daily.channel)).await?;
    let Some((skipped, instead)) = put_off else { return refuse(refusals::no_question(&daily)) };
    match (app.bank.get(&skipped), app.bank.get(&instead)) {
        (Some(skipped), Some(instead)) => Ok(Reply::Say(words::skipped(&daily, skipped, instead))),
        _ => refuse(refusals::no_question(&daily)),
    }
}

pub(super) async fn post_now(app: &Arc<App>, daily: Daily) -> CommandResult {
    let Some(post) = poster::post_today(app, &daily).await? else {
        let today = daily.schedule.today(app.now());
        let posts = app.store.posts_since(daily.channel, today).await?;
        let is_sent = posts.iter().any(|post| post.key.day == today && matches!(post.outcome, Outcome::Sent { .. }));
        let daily = app.store.move_on(daily.channel, app.now()).await?.unwrap_or(daily);
        return refuse(post_now::posted_already(&daily, is_sent));
    };
    let question = post.question.as_ref().and_then(|key| app.bank.get(key));
    Ok(Reply::Say(post_now::posted_now(&daily, question, &post)))
}

pub(super) async fn off(app: &App, daily: Daily) -> CommandResult {
    app.store.delete_daily(daily.channel).await?;
    let standing = standing(app, &daily, Access::Unknown, app.now()).await?;
    Ok(Reply::Say(words::ended(&standing)))
}
