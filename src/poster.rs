//! The daily posts: one round settles what is due and sends it. Knows nothing of interactions; a command that posts out of turn comes
//! through [`post_today`].
//!
//! A post is claimed in the store before it is sent, so that nobody else sends it, and carries a nonce made of its channel and day, so
//! that Discord takes a repetition for the same message. A claim whose maker went away is taken up again when its lease is over. Where an
//! earlier try may have taken effect and Discord may have forgotten the nonce, the channel is looked through first.

mod look;
mod notice;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tokio::sync::watch::Receiver;
use tokio::task::{JoinError, JoinSet};

pub use self::notice::tell;

use self::look::{Seen, look};
use crate::app::App;
use crate::custom_id::short_post;
use crate::domain::daily::Daily;
use crate::domain::id::{ChannelId, MessageId};
use crate::domain::post::{FailReason, Outcome, Post, SkipReason};
use crate::domain::question::QuestionKey;
use crate::reply::question::daily_post;
use crate::rest::{RestError, code};
use crate::store::StoreError;

/// How many posts of a round are under way at the same time, so that each is sent long before its claim's lease is over.
const UNDER_WAY: usize = 200;

/// How many abandoned posts one round takes up.
const RETAKEN: u32 = 100;

/// For how long after the first try a repetition is left to the nonce. Discord remembers it for "a few minutes", of which two can be
/// counted on; the rest of them is room for the wait in the queue and on the way.
const NONCE_HOLDS: SignedDuration = SignedDuration::from_secs(90);

/// After so many days in a row on which Starling may not post, the daily question is paused.
const REFUSED_DAYS: u32 = 3;

/// The first pause between two tries, and the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Posts that Discord took.
    pub sent: u32,
    /// Posts that failed for good.
    pub failed: u32,
    /// Posts that a later round tries again.
    pub put_off: u32,
}

/// Does one round: takes up abandoned posts, settles each daily question whose time has come, and sends all of these at the same time,
/// each on its own. Once `stopped`, it takes nothing new: the next start does.
///
/// # Errors
/// When the database can't be asked. Nothing was begun then. One daily question that fails is logged and holds up no other.
pub async fn post_due(app: &Arc<App>, now: Timestamp, stopped: &Receiver<bool>) -> Result<Round, StoreError> {
    let due = app.store.due_channels(now).await?;
    let abandoned = app.store.retake_claims(now, RETAKEN).await?;
    let mut sending = JoinSet::new();
    for post in abandoned {
        match app.store.daily(post.key.channel).await {
            Ok(daily) => drop(sending.spawn(send(Arc::clone(app), post, daily))),
            Err(error) => log(post.key.channel, error),
        }
    }
    let mut round = Ended::default();
    for channel in due {
        while sending.len() >= UNDER_WAY {
            round.count(sending.join_next().await);
        }
        if *stopped.borrow() {
            break;
        }
        // By then the round may have taken longer than a lease, which is to begin with the claim.
        match app.store.settle(channel, app.choice(channel), app.now()).await {
            Ok(Some((daily, post))) => drop(sending.spawn(send(Arc::clone(app), post, Some(daily)))),
            Ok(None) => {}
            Err(error) => log(channel, error),
        }
    }
    while !sending.is_empty() {
        round.count(sending.join_next().await);
    }
    if !round.failed_in.is_empty() {
        tell(app, &round.failed_in).await;
    }
    Ok(round.round)
}

/// What has ended of a round, and where it failed.
#[derive(Default)]
struct Ended {
    round: Round,
    failed_in: Vec<ChannelId>,
}

impl Ended {
    fn count(&mut self, ended: Option<Result<(ChannelId, Outcome), JoinError>>) {
        match ended {
            Some(Ok((channel, outcome))) => match outcome {
                Outcome::Sent { .. } | Outcome::Deleted { .. } => self.round.sent += 1,
                Outcome::Claimed => self.round.put_off += 1,
                Outcome::Skipped(_) => self.round.failed += 1,
                Outcome::Failed(_) | Outcome::Unknown => {
                    self.round.failed += 1;
                    self.failed_in.push(channel);
                }
            },
            Some(Err(died)) => std::panic::resume_unwind(died.into_panic()),
            None => {}
        }
    }
}

fn log(channel: ChannelId, error: StoreError) {
    tracing::error!(%channel, error = %error.in_full(), "a daily question can't be settled");
}

/// Posts today's question out of turn. `None` where today has its post already.
///
/// It works while paused too; but what Discord does not take then is not tried again, as rounds leave a paused daily question alone.
///
/// # Errors
/// When the database fails.
pub async fn post_today(app: &Arc<App>, daily: &Daily) -> Result<Option<Post>, StoreError> {
    let now = app.now();
    let Some(post) = app.store.claim_today(daily, app.choice(daily.channel), now).await? else { return Ok(None) };
    if let Outcome::Failed(_) = post.outcome {
        return Ok(Some(post));
    }
    let on = Daily { pause: None, ..daily.clone() };
    let mut tried = settle_claim(app, &post, Some(&on), Doubt::IsTheAdmins).await;
    if tried.outcome == Outcome::Claimed && daily.pause.is_some() {
        tried.outcome = if tried.took_no_effect { Outcome::Failed(FailReason::Unreachable) } else { Outcome::Unknown };
    }
    let outcome = conclude(app, &post, tried, Some(&on)).await;
    if matches!(outcome, Outcome::Sent { .. }) {
        app.store.move_on(daily.channel, now).await?;
    }
    Ok(Some(Post { outcome, ..post }))
}

/// What a try came to.
#[derive(Clone, Copy, Debug)]
struct Tried {
    outcome: Outcome,
    /// When it may be tried again, where it is still claimed.
    again: Again,
    /// Whether it is sure that Discord does not have the post from this try.
    took_no_effect: bool,
}

/// When another try may be made.
#[derive(Clone, Copy, Debug)]
enum Again {
    /// When its lease is over, as for any claim that is left.
    AfterItsLease,
    /// By the next round.
    AtOnce,
    /// After a pause that grows with each try, and is as long as Discord asks for at least.
    AfterPause(Option<Duration>),
}

impl From<Outcome> for Tried {
    fn from(outcome: Outcome) -> Tried {
        Tried { outcome, again: Again::AfterPause(None), took_no_effect: true }
    }
}

/// Sends a claimed post and notes what became of it.
async fn send(app: Arc<App>, post: Post, daily: Option<Daily>) -> (ChannelId, Outcome) {
    let outcome = if let Outcome::Failed(_) = post.outcome {
        post.outcome
    } else {
        let tried = settle_claim(&app, &post, daily.as_ref(), Doubt::MeansNo).await;
        conclude(&app, &post, tried, daily.as_ref()).await
    };
    (post.key.channel, outcome)
}

/// Notes what became of a claimed post, and opens the thread under one that came.
async fn conclude(app: &App, post: &Post, tried: Tried, daily: Option<&Daily>) -> Outcome {
    if let Err(error) = note(app, post, tried).await {
        // The claim stays, and a later round goes on with it.
        tracing::error!(channel = %post.key.channel, day = %post.key.day, error = %error.in_full(), "a post can't be recorded");
    }
    if let (Outcome::Sent { message, .. }, Some(true)) = (tried.outcome, daily.map(|daily| daily.opens_thread)) {
        open_thread(app, post, message).await;
    }
    tried.outcome
}

/// What to do where nobody can tell whether a post came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// Rather no post than two.
    MeansNo,
    /// An admin who sees the channel asks for it.
    IsTheAdmins,
}

/// Finds out whether an earlier try took effect, where that can't be left to the nonce, and sends the post unless something keeps it from
/// being sent.
async fn settle_claim(app: &App, post: &Post, daily: Option<&Daily>, doubt: Doubt) -> Tried {
    let prevented = prevented(app, post, daily);
    let Some(since) = post.unclear_since else {
        return match prevented {
            Some(outcome) => outcome.into(),
            None => try_to_send(app, post, daily, || true).await,
        };
    };
    let nonce_holds = || (SignedDuration::ZERO..NONCE_HOLDS).contains(&app.now().duration_since(since));
    if prevented.is_none() && nonce_holds() {
        return try_to_send(app, post, daily, nonce_holds).await;
    }
    match (look(app, post, since).await, prevented) {
        (Seen::There { message, at }, _) => Outcome::Sent { message, at }.into(),
        (Seen::ChannelGone, _) => Outcome::Failed(FailReason::ChannelGone).into(),
        (Seen::NotThere, Some(outcome)) => outcome.into(),
        (Seen::NotThere, None) => try_to_send(app, post, daily, || true).await,
        (Seen::NotAllowed, None) if doubt == Doubt::IsTheAdmins => try_to_send(app, post, daily, || true).await,
        (Seen::NotNow, None) => Tried { took_no_effect: false, ..Outcome::Claimed.into() },
        (Seen::NotNow | Seen::NotAllowed, _) => Outcome::Unknown.into(),
    }
}

/// What keeps a claimed post from being sent at all.
fn prevented(app: &App, post: &Post, daily: Option<&Daily>) -> Option<Outcome> {
    match daily {
        None => Some(Outcome::Skipped(SkipReason::Ended)),
        Some(daily) if !daily.is_on() => Some(Outcome::Skipped(SkipReason::Paused)),
        Some(_) if app.now() < post.window_ends_at => None,
        // Left alone, or claimed by a machine that then slept.
        Some(_) if post.was_left_alone || post.attempts == 1 => Some(Outcome::Skipped(SkipReason::Down)),
        Some(_) => Some(Outcome::Failed(FailReason::Unreachable)),
    }
}

/// Sends it, if it is still right to do so when its turn comes, which may be long after.
async fn try_to_send(app: &App, post: &Post, daily: Option<&Daily>, is_right: impl FnOnce() -> bool) -> Tried {
    let Some(question) = post.question.as_ref().and_then(|key| app.bank.get(key)) else {
        return Outcome::Failed(FailReason::NoQuestion).into();
    };
    let role = daily.and_then(|daily| daily.role);
    let body = daily_post(question, post.key, role).public_body(role, short_post(post.key));
    let is_leased = || post.lease_until.is_none_or(|until| app.now() < until);
    match app.rest.create_message_if(post.key.channel, body, || is_leased() && is_right()).await {
        Ok(Some(message)) => Outcome::Sent { message, at: app.now() }.into(),
        // The line was long, or the machine slept: a later round knows what is right by then.
        Ok(None) if is_leased() => Tried { again: Again::AtOnce, ..Outcome::Claimed.into() },
        Ok(None) => Tried { again: Again::AfterItsLease, ..Outcome::Claimed.into() },
        // The nonce is that of a message that was deleted meanwhile.
        Err(error) if error.code() == Some(code::UNKNOWN_MESSAGE) => Outcome::Deleted { at: app.now() }.into(),
        Err(error) => {
            let (channel, day, attempt) = (post.key.channel, post.key.day, post.attempts);
            tracing::warn!(%channel, %day, attempt, %error, "a post did not get through");
            let outcome = failure(&error).map_or(Outcome::Claimed, Outcome::Failed);
            Tried { outcome, again: Again::AfterPause(error.pause()), took_no_effect: error.took_no_effect() }
        }
    }
}

/// Opens the thread under a post that came. Should that fail, the post stands without.
async fn open_thread(app: &App, post: &Post, message: MessageId) {
    let name = post.question.as_ref().map(QuestionKey::words).unwrap_or_default();
    match app.rest.open_thread(post.key.channel, message, &name).await {
        Ok(()) => {}
        // The same post was sent twice under its nonce, so the thread is there.
        Err(error) if error.code() == Some(code::THREAD_EXISTS) => {}
        Err(error) => {
            tracing::warn!(channel = %post.key.channel, %error, "a thread can't be opened");
            if let Err(error) = app.store.record_failed_thread(post.key).await {
                tracing::error!(channel = %post.key.channel, error = %error.in_full(), "a thread that failed can't be recorded");
            }
        }
    }
}

/// Why it failed for good; `None` where a later try may succeed.
fn failure(error: &RestError) -> Option<FailReason> {
    if error.may_pass() {
        return None;
    }
    Some(match error.code() {
        Some(code::UNKNOWN_CHANNEL) => FailReason::ChannelGone,
        Some(code::MISSING_ACCESS | code::MISSING_PERMISSIONS) => FailReason::NotAllowed,
        _ => FailReason::Refused,
    })
}

async fn note(app: &App, post: &Post, tried: Tried) -> Result<(), StoreError> {
    let (channel, day, outcome) = (post.key.channel, post.key.day, tried.outcome);
    if outcome == Outcome::Claimed {
        let pause = match tried.again {
            Again::AfterItsLease => return Ok(()),
            Again::AtOnce => Duration::ZERO,
            Again::AfterPause(asked) => {
                spread(pause_after(post.attempts), app.seed ^ channel.0).max(asked.unwrap_or_default())
            }
        };
        return app.store.retry_post(post, app.now() + pause, tried.took_no_effect).await;
    }
    tracing::info!(%channel, %day, ?outcome, "a daily question is settled");
    app.store.record_outcome(post.key, outcome).await?;
    match outcome {
        Outcome::Failed(FailReason::ChannelGone) => app.store.record_gone_channel(channel, app.now()).await.map(drop),
        Outcome::Failed(FailReason::NotAllowed) => app.store.pause_where_refused(channel, REFUSED_DAYS).await,
        _ => Ok(()),
    }
}

/// Doubles with each try.
fn pause_after(attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(10);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

/// The same pause, longer by up to a quarter: where many failed together, they don't come back together.
fn spread(pause: Duration, seed: u64) -> Duration {
    let share = ChaCha8Rng::seed_from_u64(seed).next_u32() % 250;
    pause + pause * share / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_minute() {
        assert_eq!([1, 2, 3, 4, 5, 400].map(|attempts| pause_after(attempts).as_secs()), [5, 10, 20, 40, 60, 60]);
    }

    #[test]
    fn what_will_not_pass_fails_at_once() {
        let refused = |code| RestError::Refused { status: 403, code, message: String::new() };
        assert_eq!(failure(&refused(10003)), Some(FailReason::ChannelGone));
        assert_eq!(failure(&refused(50001)), Some(FailReason::NotAllowed));
        assert_eq!(failure(&refused(50035)), Some(FailReason::Refused));
        assert_eq!(failure(&RestError::Unclear("status 500".to_owned())), None);
    }
}
