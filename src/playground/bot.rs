//! The bot of a playground: started, stopped and started anew, as its process would be. Knows nothing of who asks for it.

use anyhow::{Context, anyhow};
use sandbox::Sandbox;
use secrecy::SecretString;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::world::World;
use crate::clock::Clock;
use crate::config::{Config, LogConfig};
use crate::store::Database;

/// What the order of questions is drawn from: always the same, so that the days before today are.
const SEED: u64 = 7;

pub(super) struct Bot {
    sandbox: Sandbox,
    database: Database,
    logs: LogConfig,
    running: Option<Running>,
}

struct Running {
    /// Dropped, it stops.
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Bot {
    pub(super) fn new(world: &World, database: &Database, logs: LogConfig) -> Bot {
        Bot { sandbox: world.sandbox.clone(), database: database.clone(), logs, running: None }
    }

    /// From its next start on it works on that database.
    pub(super) fn works_on(&mut self, database: &Database) {
        self.database = database.clone();
    }

    pub(super) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Starts it, unless it runs.
    pub(super) fn starts(&mut self) {
        if self.is_running() {
            return;
        }
        let config = Config {
            token: SecretString::from(self.sandbox.token()),
            database: self.database.clone(),
            discord: self.sandbox.url(),
            logs: self.logs.clone(),
            clock: Clock::Followed(self.sandbox.clock().watch()),
            seed: SEED,
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(crate::run(config, async { _ = stopped.await }));
        self.running = Some(Running { stop: Some(stop), task });
        self.sandbox.set_bot_running(true);
    }

    fn has_ended(&mut self) {
        self.running = None;
        self.sandbox.set_bot_running(false);
    }

    /// Waits until it is connected and its commands are there.
    pub(super) async fn comes_up(&mut self) -> anyhow::Result<()> {
        let sandbox = self.sandbox.clone();
        tokio::select! {
            ready = sandbox.ready() => ready.map_err(|missing| anyhow!(missing)),
            why = self.ends() => Err(why),
        }
    }

    /// Stops it cleanly, if it runs. Where this is given up halfway, it may be done again.
    pub(super) async fn stops(&mut self) -> anyhow::Result<()> {
        let Some(running) = &mut self.running else { return Ok(()) };
        drop(running.stop.take());
        let ended = (&mut running.task).await;
        self.has_ended();
        ended.context("it died")?
    }

    /// Waits until it ends by itself, and says why.
    pub(super) async fn ends(&mut self) -> anyhow::Error {
        let Some(running) = &mut self.running else { return std::future::pending().await };
        let ended = (&mut running.task).await;
        self.has_ended();
        match ended {
            Ok(Ok(())) => anyhow!("it ended by itself"),
            Ok(Err(error)) => error,
            Err(died) => anyhow::Error::from(died).context("it died"),
        }
    }
}
