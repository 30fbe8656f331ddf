//! One client of serenity's, in a runtime of its own with one worker: whatever it does to that, posts and replies go on in the main one.
//!
//! It takes a lost connection up again by itself. Whether it is of use at all, [`watch`](super::watch) finds out.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use secrecy::ExposeSecret;
use serenity::client::{Client as Serenity, ClientBuilder};
use serenity::gateway::{GatewayError, ShardManager};
use serenity::http::HttpBuilder;
use serenity::model::gateway::GatewayIntents;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinError, JoinHandle};

use super::Link;
use super::listen::{Inbox, Listener};
use super::watch::{Fault, watch};
use crate::rest::{GatewayAddress, RestError};

/// How long the client's own requests may take; by itself it would wait for ever.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
const REQUEST_WITHIN: Duration = Duration::from_secs(10);

/// How a client ended.
pub(super) enum End {
    /// Another one is to take its place.
    OfNoUse(Fault),
    /// Another one would fare no better.
    ForGood(anyhow::Error),
}

pub(super) struct Client {
    runtime: Option<Runtime>,
    handle: Handle,
    shards: Arc<ShardManager>,
    count: u32,
    times_let_in: Arc<AtomicU32>,
    running: JoinHandle<serenity::Result<()>>,
}

impl Client {
    /// Begins to connect. Events go into the inbox.
    pub(super) async fn start(link: &Link, address: GatewayAddress, inbox: &Inbox) -> anyhow::Result<Client> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("gateway")
            .enable_all()
            .build()
            .context("the gateway's runtime can't be started")?;
        let (count, times_let_in) = (address.shards.max(1), Arc::<AtomicU32>::default());
        let listener = Listener { inbox: inbox.clone(), times_let_in: Arc::clone(&times_let_in) };
        let handle = runtime.handle().clone();
        let made = handle.spawn(serenity(link.clone(), address.url, listener)).await;
        let mut serenity = made?.context("the gateway's client can't be made")?;
        let shards = Arc::clone(&serenity.shard_manager);
        let running = handle.spawn(async move { serenity.start_shards(count).await });
        Ok(Client { runtime: Some(runtime), handle, shards, count, times_let_in, running })
    }

    /// Watches it until it is of no more use.
    pub(super) async fn watch(&mut self) -> End {
        tokio::select! {
            ended = &mut self.running => End::ForGood(explain(ended)),
            fault = watch(&self.handle, &self.shards, self.count, &self.times_let_in) => End::OfNoUse(fault),
        }
    }

    /// Whether Discord has ever let it in.
    pub(super) fn was_let_in(&self) -> bool {
        self.times_let_in.load(Ordering::Relaxed) > 0
    }

    /// Closes its connections.
    pub(super) async fn close(&self) {
        self.shards.shutdown_all().await;
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A runtime that is dropped waits for its tasks, which can't be done among other tasks; and one of them may spin.
            runtime.shutdown_background();
        }
    }
}

async fn serenity(link: Link, gateway: String, listener: Listener) -> serenity::Result<Serenity> {
    let requests = reqwest::Client::builder().connect_timeout(CONNECT_WITHIN).timeout(REQUEST_WITHIN).build()?;
    let token = link.token.expose_secret();
    // Its limiter is off for two reasons: it would ignore the base URL, and it never forgets an interaction.
    let http = HttpBuilder::new(token).client(requests).proxy(link.rest).ratelimiter_disabled(true).build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).raw_event_handler(listener).await?;
    // Where asking for the address fails, the client would take Discord's own without a word.
    *client.ws_url.lock().await = gateway;
    Ok(client)
}

/// Why serenity gave up, with what to mend (discord.com/developers/docs/topics/opcodes-and-status-codes, close codes 4004, 4013, 4014).
fn explain(ended: Result<serenity::Result<()>, JoinError>) -> anyhow::Error {
    let error = match ended {
        Ok(Ok(())) => return anyhow::anyhow!("the gateway's client ended by itself"),
        Ok(Err(error)) => error,
        Err(died) => return anyhow::Error::from(died).context("the gateway's client died"),
    };
    match &error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => RestError::TokenRefused.into(),
        serenity::Error::Gateway(GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents) => {
            anyhow::anyhow!(
                "Discord refuses the gateway intents that Starling asks for; it asks for GUILDS alone, which every bot may have, \
             so run a newer or an unchanged Starling"
            )
        }
        _ => anyhow::Error::from(error).context("the gateway's client gave up"),
    }
}
