//! What the page asks of the program that runs the bot: to start and stop it, and to move the clock without passing over its posts, which
//! only what the bot has stored can tell.

use std::convert::Infallible;

use jiff::Timestamp;
use sandbox::{Asked, Wish};
use tokio::sync::mpsc::Receiver;

use super::bot::Bot;
use super::world::World;
use super::{complain, steps};
use crate::store::{Database, Store, StoreError};

const STOPPED: &str = "The bot is stopped, so nothing will be posted; start it first.";
const NONE_IS_ON: &str = "No daily question is on; set one up with /daily setup.";
const GOES_ON: &str = "The clock can't go back. Choose a later time.";
const TOO_FAR: &str = "The clock can't go that far: no id would fit any more. Choose an earlier time.";
const NOT_READY: &str = "see in the inspector what it does, then start it again";
const STOPPED_MEANWHILE: &str = "The bot was stopped before it was connected. Start it again.";

pub(super) struct Host<'a> {
    world: &'a World,
    bot: &'a mut Bot,
    database: &'a Database,
    wishes: Receiver<Asked>,
    /// Who waits for the bot to be connected.
    starting: Vec<Asked>,
}

impl<'a> Host<'a> {
    /// Listens to the page from now on.
    pub(super) fn new(world: &'a World, bot: &'a mut Bot, database: &'a Database) -> Host<'a> {
        Host { wishes: world.sandbox.hosts(), world, bot, database, starting: Vec::new() }
    }

    /// Grants wishes, one after the other, for as long as it is waited for.
    pub(super) async fn serves(mut self) -> Infallible {
        loop {
            tokio::select! {
                Some(asked) = self.wishes.recv() => self.grants(asked).await,
                why = self.bot.ends() => self.tells(&why),
                ready = self.world.sandbox.ready(), if !self.starting.is_empty() => {
                    self.started(&ready.map_err(|why| format!("{why}; {NOT_READY}")));
                }
            }
        }
    }

    async fn grants(&mut self, asked: Asked) {
        match asked.wish {
            Wish::BotStarts => {
                self.bot.starts();
                self.starting.push(asked);
            }
            Wish::BotStops => {
                self.stops().await;
                asked.answers(Ok(()));
            }
            Wish::NextPost => {
                let moved = self.moves_to_next_post().await;
                asked.answers(moved);
            }
            Wish::MovesTo(unix_ms) => {
                let moved = self.moves_to(unix_ms).await;
                asked.answers(moved);
            }
        }
    }

    async fn stops(&mut self) {
        if let Err(error) = self.bot.stops().await {
            complain(&format!("the bot did not stop well: {error:#}"));
        }
        self.started(&Err(STOPPED_MEANWHILE.to_owned()));
    }

    /// The bot has ended by itself.
    fn tells(&mut self, why: &anyhow::Error) {
        let told = format!("The bot has ended: {why:#}. Mend that, then start it again.");
        complain(&format!("{told}\nThe playground goes on meanwhile; its page can start the bot again."));
        self.started(&Err(told));
    }

    /// Answers those who wait for the start.
    fn started(&mut self, outcome: &Result<(), String>) {
        for asked in self.starting.drain(..) {
            asked.answers(outcome.clone());
        }
    }

    async fn moves_to_next_post(&self) -> Result<(), String> {
        if !self.bot.is_running() {
            return Err(STOPPED.to_owned());
        }
        self.reads(async |store| {
            let next = steps::next_post(store, self.world.guild(), self.world.now()).await?;
            Ok(match next {
                None => Err(NONE_IS_ON.to_owned()),
                Some(at) if at > World::last() => Err(TOO_FAR.to_owned()),
                // So that the next such wish is for the next post.
                Some(at) => steps::goes_to(self.world, store, at).await.map(drop).map(Ok)?,
            })
        })
        .await?
    }

    async fn moves_to(&self, unix_ms: i64) -> Result<(), String> {
        let until = Timestamp::from_millisecond(unix_ms).ok().filter(|until| *until <= World::last());
        let until = until.ok_or(TOO_FAR)?;
        if until < self.world.now() {
            return Err(GOES_ON.to_owned());
        }
        if !self.bot.is_running() {
            self.world.reaches(until);
            return Ok(());
        }
        self.reads(async |store| steps::goes_slowly_to(self.world, store, until).await).await
    }

    /// Looks at the bot's database.
    async fn reads<T>(&self, look: impl AsyncFnOnce(&Store) -> Result<T, StoreError>) -> Result<T, String> {
        let failed = |error: StoreError| {
            format!("The database can't be read: {}. Stop the bot, mend that, and start it again.", error.in_full())
        };
        let store = Store::peek(self.database).await.map_err(failed)?;
        let looked = look(&store).await;
        store.close().await;
        looked.map_err(failed)
    }
}
