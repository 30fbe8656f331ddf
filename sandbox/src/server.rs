//! The sandbox as a whole: the listening socket, and what a test asks of it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::get;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::crowd::Crowd;
use crate::guild::Guild;
use crate::session::Session;
use crate::shared::Shared;
use crate::socket::{Door, Line};
use crate::world::journal::Call;
use crate::world::{APPLICATION_ID, TOKEN, World};
use crate::{gateway, page, rest};

mod gateway_counts;
mod gateway_faults;
mod host;
mod local;
mod odd_events;
mod trouble;

pub use trouble::Trouble;

/// How long [`Sandbox::ready`] waits.
const READY: Duration = Duration::from_secs(20);

/// A small Discord on loopback. Clones are the same one; it ends with the runtime that it was
/// started in.
#[derive(Clone, Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    address: SocketAddr,
}

impl Sandbox {
    /// Starts a sandbox on a free port, whose clock follows the system's.
    ///
    /// # Errors
    /// When no port can be opened.
    pub async fn start() -> io::Result<Sandbox> {
        Sandbox::serve(0, Clock::of_system()).await
    }

    /// Starts a sandbox on a free port, whose clock stands at `unix_ms` until it is moved.
    ///
    /// # Errors
    /// When no port can be opened.
    pub async fn start_at(unix_ms: i64) -> io::Result<Sandbox> {
        Sandbox::serve(0, Clock::by_hand(unix_ms)).await
    }

    /// Starts a sandbox on `port` (0 for any that is free), whose clock follows the system's.
    ///
    /// # Errors
    /// When the port can't be opened.
    pub async fn start_on(port: u16) -> io::Result<Sandbox> {
        Sandbox::serve(port, Clock::of_system()).await
    }

    /// Starts a sandbox on `port` (0 for any that is free), whose clock stands at `unix_ms` until
    /// it is moved.
    ///
    /// # Errors
    /// When the port can't be opened.
    pub async fn start_by_hand_on(port: u16, unix_ms: i64) -> io::Result<Sandbox> {
        Sandbox::serve(port, Clock::by_hand(unix_ms)).await
    }

    async fn serve(port: u16, clock: Clock) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let world = World::new(clock, &address.to_string());
        let shared = Arc::new(Shared::new(world));
        let routes = Router::new()
            .route("/gateway", get(gateway::connect))
            .route("/gateway/", get(gateway::connect))
            .route("/attachments/{channel}/{file}/{name}", get(rest::file::fetch))
            .merge(page::routes())
            .fallback(rest::answer)
            // Discord bounds each file; the rules here do so too.
            .layer(DefaultBodyLimit::disable())
            .layer(from_fn(local::only))
            .with_state(Arc::clone(&shared));
        let service = routes.into_make_service_with_connect_info::<Line>();
        tokio::spawn(async move { axum::serve(Door(listener), service).await });
        Ok(Sandbox { shared, address })
    }

    /// The address of the REST interface, to which `/api/v10/…` is appended.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The token with which the bot signs in. It is always the same.
    #[must_use]
    pub fn token(&self) -> &'static str {
        TOKEN
    }

    /// The id of the application, and of its bot.
    #[must_use]
    pub fn application_id(&self) -> u64 {
        APPLICATION_ID
    }

    /// Gives the bot a name, and its role in each guild too: "Bot" at first. A bot that is
    /// connected already learns of it when it looks again.
    pub fn set_bot_name(&self, name: &str) {
        self.shared.change(|world| world.set_bot_name(name));
    }

    /// The clock, which the bot may share.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.shared.clock()
    }

    /// Makes a guild that the bot is in.
    #[must_use]
    pub fn add_guild(&self, name: &str) -> Guild {
        let id = self.shared.change(|world| world.add_guild(name));
        Guild::new(self.shared.clone(), id)
    }

    /// Makes a guild that the bot is not in. Who installed the app to their account has it there all the same.
    #[must_use]
    pub fn add_guild_without_bot(&self, name: &str) -> Guild {
        let id = self.shared.change(|world| world.add_guild_without_bot(name));
        Guild::new(self.shared.clone(), id)
    }

    /// Waits until the bot is connected, answers there, and has registered its commands; 20 s at
    /// most. A connection that a stopped bot left behind does not count.
    ///
    /// # Errors
    /// Names what is still missing then.
    pub async fn ready(&self) -> Result<(), String> {
        let ready = async {
            loop {
                self.shared.wait_for(READY, |world| missing(world).is_none().then_some(())).await;
                if self.is_answered().await {
                    return;
                }
            }
        };
        if tokio::time::timeout(READY, ready).await.is_ok() {
            return Ok(());
        }
        let missing = self.shared.read(missing);
        Err(missing.unwrap_or_else(|| "the bot is connected, but does not answer".to_owned()))
    }

    /// Whether any client answers a ping; false when none is connected any more.
    async fn is_answered(&self) -> bool {
        self.shared.change(|world| world.sessions.iter_mut().for_each(Session::ask));
        let answer = self.shared.wait_for(READY, |world| {
            let mut connected = world.sessions.iter().filter(|session| session.is_connected()).peekable();
            if connected.peek().is_none() {
                return Some(false);
            }
            connected.any(|session| session.answers).then_some(true)
        });
        answer.await.unwrap_or(false)
    }

    /// Many people who each do what somebody did last; `words` are those in it that each says in their own. `None` where nobody has done
    /// anything yet.
    #[must_use]
    pub fn crowd(&self, words: &[&str]) -> Option<Crowd> {
        Crowd::new(Arc::clone(&self.shared), words)
    }

    /// A receiver that wakes whenever anything happens.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<()> {
        self.shared.changes()
    }

    /// The commands that the bot registered.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.shared.read(|world| world.commands.clone()).unwrap_or_default()
    }

    /// All REST calls so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.shared.read(|world| world.journal.calls.clone())
    }

    /// What a test should not leave behind: unknown routes, refused payloads with their field
    /// errors, and what was shown to a person while no step looked at it.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        self.shared.read(|world| {
            let mut problems = world.journal.problems();
            problems.extend(world.unread());
            problems
        })
    }

    /// Takes the refused calls out of the problems and returns them, for tests that mean them.
    #[expect(clippy::must_use_candidate, reason = "mostly called for its effect")]
    pub fn expect_refusals(&self) -> Vec<String> {
        self.shared.change(|world| world.journal.take_refusals())
    }
}

/// What the bot has not done yet.
fn missing(world: &World) -> Option<String> {
    let connected = world.sessions.iter().any(Session::is_connected);
    match (connected, world.commands.is_some()) {
        (true, true) => None,
        (false, true) => Some("the bot is not connected".to_owned()),
        (true, false) => Some("the bot has registered no commands".to_owned()),
        (false, false) => Some("the bot is not connected and has registered no commands".to_owned()),
    }
}
