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

use secrecy::SecretString;
use tokio::sync::mpsc;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, sleep_until};

use self::client::{Client, End};
use self::listen::Inbox;
use self::turn::turn;
use self::watch::Fault;
use super::event::Event;
use crate::app::App;

/// How many interactions may wait. Each takes a few hundred bytes, and a long answer some thousand.
pub const QUEUE: usize = 10_000;

/// After so many clients in a row that Discord did not let in, the next would fare no better.
const TURNED_AWAY: u32 = 3;

/// How soon Discord hears a client again that it did not let in (discord.com/developers/docs/events/gateway#rate-limiting).
const APART: Duration = Duration::from_secs(5);

/// Which Discord, and who connects.
#[derive(Clone, Debug)]
pub struct Link {
    /// The base URL of Discord's REST API, without `/api/v10`.
    pub rest: String,
    /// The bot's token.
    pub token: SecretString,
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
    let (mut turned_away, mut not_before) = (0, Instant::now());
    while turned_away < TURNED_AWAY {
        let turn = tokio::select! {
            () = told(&mut closing) => return Ok(()),
            turn = async { sleep_until(not_before).await; turn(&app).await } => turn?,
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
            turned_away = 0;
        } else {
            turned_away += u32::from(matches!(fault, Fault::Deaf | Fault::TurnedAway));
            not_before = started_at + APART;
        }
        tracing::warn!(?fault, turned_away, "the gateway's client is of no more use, so another one takes its place");
    }
    // The close code reaches nobody: 4003, 4010, 4011 or 4012 (discord.com/developers/docs/topics/opcodes-and-status-codes).
    anyhow::bail!(
        "Discord's gateway turned Starling away {TURNED_AWAY} times in a row; either the token was reset just now (put the new one into \
         DISCORD_TOKEN), or the bot has grown past the shards that Discord names (start it again in an hour), or this Starling is too \
         old for Discord (update it)"
    )
}

/// Waits until it is to be closed, or nobody is left who could say so.
async fn told(closing: &mut Receiver<bool>) {
    _ = closing.wait_for(|closing| *closing).await;
}
