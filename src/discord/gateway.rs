//! The connection to the gateway, by which interactions come in: kept up for as long as that can work. Knows nothing of what answers
//! them.
//!
//! Outages are waited out. serenity's client takes a lost connection up again by itself; where it goes deaf, another takes its place.

mod client;
mod listen;
mod turn;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::sync::mpsc;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, sleep_until};

use self::client::{Client, End};
use self::listen::Inbox;
use self::turn::{Turn, turn, wait};
use self::watch::Fault;
use super::event::Event;
use crate::app::App;
use crate::rest::RestError;

/// How many events may wait. How many bytes they may have, the inbox says.
pub const QUEUE: usize = 10_000;

/// After so many clients in a row that Discord did not let in, over so long a time, the next would fare no better. What is over sooner is an
/// outage.
const TURNED_AWAY: u32 = 3;
const FOR_LONG: SignedDuration = SignedDuration::from_mins(10);

/// How soon Discord hears a client again that it did not let in (discord.com/developers/docs/events/gateway#rate-limiting), and how soon
/// after the second in a row.
const APART: Duration = Duration::from_secs(5);
const FAR_APART: SignedDuration = SignedDuration::from_mins(1);

/// Which Discord, and who connects.
#[derive(Clone, Debug)]
pub struct Link {
    /// The base URL of Discord's REST API, without `/api/v10`.
    pub rest: String,
    /// The bot's token.
    pub token: SecretString,
}

/// The clients in a row that Discord did not let in, and when the first and the last of them began.
#[derive(Clone, Copy, Debug)]
struct TurnedAway {
    times: u32,
    first_at: Timestamp,
    last_at: Timestamp,
}

impl TurnedAway {
    /// One more, after those before it.
    fn again(before: Option<TurnedAway>, at: Timestamp) -> TurnedAway {
        before.map_or(TurnedAway { times: 1, first_at: at, last_at: at }, |before| TurnedAway {
            times: before.times.saturating_add(1),
            last_at: at,
            ..before
        })
    }

    fn is_for_good(&self) -> bool {
        self.times >= TURNED_AWAY && self.last_at.duration_since(self.first_at) >= FOR_LONG
    }

    /// Waits until the next one may try.
    async fn let_pass(&self, app: &App) {
        if self.times > 1 {
            wait(app, self.last_at + FAR_APART).await;
        }
    }
}

/// Keeps a connection up, and puts what comes into `queue`, until `closing` says to close it.
///
/// # Errors
/// With what to mend, when no connection can work until somebody does.
pub async fn keep(
    app: Arc<App>,
    link: Link,
    queue: mpsc::Sender<Event>,
    mut closing: Receiver<bool>,
) -> anyhow::Result<()> {
    let inbox = Inbox::new(queue);
    let (mut turned_away, mut not_before) = (None::<TurnedAway>, Instant::now());
    loop {
        let turn = tokio::select! {
            () = told(&mut closing) => return Ok(()),
            turn = next_turn(&app, not_before, turned_away) => turn?,
        };
        let started_at = Instant::now();
        let mut client = Client::start(&link, turn.address, &inbox).await?;
        let end = tokio::select! {
            () = told(&mut closing) => {
                client.close().await;
                // What ends well has nothing to wait for when it begins again.
                return Ok(app.store.take_back_gateway_start(turn.at).await?);
            }
            end = client.watch() => end,
        };
        let fault = match end {
            End::OfNoUse(fault) => fault,
            End::ForGood(error) => return Err(error),
        };
        if client.was_let_in() {
            turned_away = None;
        } else {
            not_before = started_at + APART;
            if matches!(fault, Fault::Deaf | Fault::TurnedAway) {
                turned_away = Some(TurnedAway::again(turned_away, turn.at));
            }
        }
        tracing::warn!(?fault, ?turned_away, "the gateway's client is of no more use, so another one takes its place");
        if let Some(turned_away) = turned_away.filter(TurnedAway::is_for_good) {
            return Err(explain(turned_away));
        }
    }
}

async fn next_turn(app: &App, not_before: Instant, turned_away: Option<TurnedAway>) -> Result<Turn, RestError> {
    sleep_until(not_before).await;
    if let Some(turned_away) = turned_away {
        turned_away.let_pass(app).await;
    }
    turn(app).await
}

/// What to mend. The close code reaches nobody: 4003, 4010, 4011 or 4012 (discord.com/developers/docs/topics/opcodes-and-status-codes), or
/// one of an outage that lasts.
fn explain(turned_away: TurnedAway) -> anyhow::Error {
    let (times, minutes) = (turned_away.times, FOR_LONG.as_mins());
    anyhow::anyhow!(
        "Discord's gateway turned Starling away {times} times in a row, for {minutes} minutes and longer; either the token was reset \
         meanwhile (put the new one into DISCORD_TOKEN), or the bot has grown past the shards that Discord names (start it again in an \
         hour), or this Starling is too old for Discord (update it), or Discord has an outage (discordstatus.com)"
    )
}

/// Waits until it is to be closed, or nobody is left who could say so.
async fn told(closing: &mut Receiver<bool>) {
    _ = closing.wait_for(|closing| *closing).await;
}
