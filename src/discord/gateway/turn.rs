//! When a connection may begin. Discord counts them: a bot that begins more than a thousand in a day loses its token. So Discord is asked
//! first how many are left, and beginnings that come one after the other wait longer and longer, in whichever process they are.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::sleep;

use crate::app::App;
use crate::rest::{GatewayAddress, RestError};

/// So many may begin within [`REMEMBERED`] without a wait.
const AT_ONCE: usize = 5;

/// The first wait after those, and the longest. Each is twice the one before.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(15);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(10);

/// For how long a beginning counts.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

/// How long is waited where Discord or the database could not be asked.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Discord's limit is that of a day.
const LIMIT_LASTS: Duration = Duration::from_hours(24);

/// The leave to begin.
pub(super) struct Turn {
    /// Where.
    pub(super) address: GatewayAddress,
    /// When it was given, as it is recorded.
    pub(super) at: Timestamp,
}

enum Answer {
    Now(Turn),
    NotBefore(Timestamp),
}

/// Waits until a connection may begin, and records that it does. The waiting goes by the app's clock; posts go on meanwhile.
///
/// # Errors
/// When nothing can be sent any more; whatever else fails is waited out.
pub(super) async fn turn(app: &App) -> Result<Turn, RestError> {
    loop {
        match ask(app).await {
            Ok(Answer::Now(turn)) => return Ok(turn),
            Ok(Answer::NotBefore(until)) => wait(app, until).await,
            Err(error) => match error.downcast::<RestError>() {
                Ok(error) if error.halts() => return Err(error),
                Ok(error) => try_later(&error.into()).await,
                Err(error) => try_later(&error).await,
            },
        }
    }
}

async fn try_later(error: &anyhow::Error) {
    tracing::warn!(error = %format!("{error:#}"), "it can't be found out whether the gateway may be connected to; posts go on");
    sleep(ASK_AGAIN_AFTER).await;
}

async fn ask(app: &App) -> anyhow::Result<Answer> {
    let now = app.now();
    let starts = app.store.gateway_starts(now - REMEMBERED, now).await?;
    let until = starts.first().map_or(now, |newest| *newest + wait_after(starts.len()));
    if until > now {
        tracing::warn!(%until, starts = starts.len(), "the gateway was connected to often within an hour, so it waits; posts go on");
        return Ok(Answer::NotBefore(until));
    }
    let address = app.rest.gateway().await?;
    if address.starts.remaining < address.shards {
        let reset_after = Duration::from_millis(address.starts.reset_after_ms);
        let until = now + reset_after.clamp(ASK_AGAIN_AFTER, LIMIT_LASTS);
        tracing::warn!(%until, "Discord allows no more connections to the gateway for now, so it waits; posts go on");
        return Ok(Answer::NotBefore(until));
    }
    app.store.record_gateway_start(now, now - REMEMBERED).await?;
    Ok(Answer::Now(Turn { address, at: now }))
}

/// Waits for an instant, or until the clock is set to before the waiting began, which leaves nothing to wait for.
pub(super) async fn wait(app: &App, until: Timestamp) {
    let from = app.now();
    loop {
        let now = app.now();
        if !(from..until).contains(&now) {
            return;
        }
        app.clock.passes(now).await;
    }
}

/// How long after the newest of so many beginnings the next one may come.
fn wait_after(starts: usize) -> SignedDuration {
    let Some(doublings) = starts.checked_sub(AT_ONCE) else { return SignedDuration::ZERO };
    let factor = 1_i32 << doublings.min(10);
    (FIRST_WAIT * factor).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_begin_at_once_and_then_each_waits_twice_as_long() {
        let waits: Vec<_> = (0..=14).map(|starts| wait_after(starts).as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 600, 600, 600, 600]);
        assert_eq!(wait_after(usize::MAX), LONGEST_WAIT);
    }
}
