//! serenity's client: the connection by which interactions come in. Knows nothing of what answers them.
//!
//! The client runs in a runtime of its own, with one worker. Its handlers only turn an event into a small value and put that into a
//! bounded queue: whatever the client does to its own runtime, posts and replies go on in the main one.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use secrecy::{ExposeSecret, SecretString};
use serenity::Client;
use serenity::async_trait;
use serenity::client::{ClientBuilder, Context, EventHandler, RawEventHandler};
use serenity::gateway::ShardManager;
use serenity::http::HttpBuilder;
use serenity::model::application::Interaction as Given;
use serenity::model::channel::{GuildChannel, Message};
use serenity::model::event::Event as Raw;
use serenity::model::gateway::{GatewayIntents, Ready};
use serenity::model::guild::{Guild, UnavailableGuild};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::task::JoinHandle;

use super::event::Event;
use super::interaction::Interaction;
use crate::domain::id::{ChannelId, GuildId};
use crate::rest::GatewayAddress;

/// How many interactions may wait. Each takes a few hundred bytes, and a long answer some thousand.
pub const QUEUE: usize = 10_000;

/// How long the client's own requests may take; by itself it would wait for ever.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
const REQUEST_WITHIN: Duration = Duration::from_secs(10);

/// The connection to the gateway.
#[derive(Debug)]
pub struct Gateway {
    runtime: Option<Runtime>,
    shards: Arc<ShardManager>,
    running: JoinHandle<serenity::Result<()>>,
}

/// Where to connect, and as whom.
#[derive(Debug)]
pub struct Address {
    /// The base URL of Discord's REST API, without `/api/v10`.
    pub rest: String,
    /// The gateway, as the REST API names it.
    pub gateway: GatewayAddress,
    /// The bot's token.
    pub token: SecretString,
}

impl Gateway {
    /// Connects, and puts each interaction that comes into `queue`.
    ///
    /// # Errors
    /// When the client can't be made.
    pub async fn connect(address: Address, queue: mpsc::Sender<Event>) -> anyhow::Result<Gateway> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("gateway")
            .enable_all()
            .build()
            .context("the gateway's runtime can't be started")?;
        let count = address.gateway.shards;
        let made = runtime.spawn(client(address, queue)).await?;
        let mut client = made.context("the gateway's client can't be made")?;
        let shards = Arc::clone(&client.shard_manager);
        let running = runtime.spawn(async move { client.start_shards(count).await });
        Ok(Gateway { runtime: Some(runtime), shards, running })
    }

    /// Waits until the connection has ended for good, and says why.
    pub async fn ended(&mut self) -> anyhow::Error {
        match (&mut self.running).await {
            Ok(Ok(())) => anyhow::anyhow!("the gateway's client ended by itself"),
            Ok(Err(error)) => anyhow::Error::from(error).context("the gateway's client gave up"),
            Err(error) => anyhow::Error::from(error).context("the gateway's client died"),
        }
    }

    /// Closes the connection.
    pub async fn close(&self) {
        self.shards.shutdown_all().await;
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A runtime that is dropped waits for its tasks, which can't be done among other tasks.
            runtime.shutdown_background();
        }
    }
}

async fn client(address: Address, queue: mpsc::Sender<Event>) -> serenity::Result<Client> {
    let requests = reqwest::Client::builder().connect_timeout(CONNECT_WITHIN).timeout(REQUEST_WITHIN).build()?;
    let token = address.token.expose_secret();
    // Its limiter is off for two reasons: it would ignore the base URL, and it never forgets an interaction.
    let http = HttpBuilder::new(token).client(requests).proxy(address.rest).ratelimiter_disabled(true).build();
    let client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS)
        .event_handler(Listener { queue: queue.clone() })
        .raw_event_handler(Unreadable { queue })
        .await?;
    // Where asking for the address fails, the client would take Discord's own without a word.
    *client.ws_url.lock().await = address.gateway.url;
    Ok(client)
}

struct Listener {
    queue: mpsc::Sender<Event>,
}

#[async_trait]
impl EventHandler for Listener {
    async fn ready(&self, _: Context, ready: Ready) {
        tracing::info!(bot = %ready.user.name, guilds = ready.guilds.len(), "connected to the gateway");
        let guilds = ready.guilds.iter().map(|guild| GuildId(guild.id.get())).collect();
        let (shard, shards) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total));
        queue_up(&self.queue, Event::Present { guilds, shard, shards });
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        queue_up(&self.queue, Event::Joined(GuildId(guild.id.get())));
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        // An outage is no removal.
        if !guild.unavailable {
            queue_up(&self.queue, Event::Removed(GuildId(guild.id.get())));
        }
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        queue_up(&self.queue, Event::ChannelDeleted(ChannelId(channel.id.get())));
    }

    async fn interaction_create(&self, _: Context, given: Given) {
        let (id, kind) = (given.id(), given.kind());
        let Some(interaction) = Interaction::read(given) else {
            tracing::warn!(interaction = %id, ?kind, "an interaction of a kind that nobody asked for");
            return;
        };
        queue_up(&self.queue, Event::Interaction(interaction));
    }
}

/// Never waits: a full queue must not stop the connection.
fn queue_up(queue: &mpsc::Sender<Event>, event: Event) {
    match queue.try_send(event) {
        Ok(()) => {}
        Err(TrySendError::Full(dropped)) => tracing::error!(?dropped, "too many events wait, so this one is dropped"),
        Err(TrySendError::Closed(late)) => tracing::warn!(?late, "it came while Starling stops"),
    }
}

/// Hears of what serenity can't parse, which it keeps from every other handler. The event itself may hold a person's text.
struct Unreadable {
    queue: mpsc::Sender<Event>,
}

#[async_trait]
impl RawEventHandler for Unreadable {
    async fn raw_event(&self, _: Context, event: Raw) {
        let Raw::Unknown(unreadable) = event else { return };
        let interaction = match unreadable.kind.as_str() {
            "INTERACTION_CREATE" => Interaction::read_unreadable(&unreadable.value),
            _ => None,
        };
        tracing::warn!(kind = unreadable.kind, is_answered = interaction.is_some(), "an event that can't be read");
        if let Some(interaction) = interaction {
            queue_up(&self.queue, Event::Interaction(interaction));
        }
    }
}
