//! What the page asks of the program that runs the bot: to start and stop it, and to move the clock to its next post, which only what the
//! bot has stored can tell.

use std::convert::Infallible;
use std::time::Duration;

use jiff::Timestamp;
use sandbox::{Asked, Wish};
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

use super::bot::Bot;
use super::complain;
use super::world::World;
use crate::domain::daily::Daily;
use crate::domain::id::{ChannelId, GuildId};
use crate::store::{Database, Store, StoreError};

/// How long the bot may take to see that the clock was moved to a post's time.
const SEEN_WITHIN: Duration = Duration::from_secs(3);

const STOPPED: &str = "The bot is stopped, so nothing will be posted; start it first.";
const NONE_IS_ON: &str = "No daily question is on; set one up with /daily setup.";
const STOPPED_MEANWHILE: &str = "The bot was stopped before it was connected.";

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
                ready = self.world.sandbox.ready(), if !self.starting.is_empty() => self.started(&ready),
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
        let told = format!("The bot has ended: {why:#}");
        complain(&format!("{told}\nThe playground goes on, and its page can start the bot again."));
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
        let failed = |error: StoreError| format!("The database can't be read: {}", error.in_full());
        let store = Store::peek(self.database).await.map_err(failed)?;
        let moved = self.moves_to_next_of(&store).await;
        store.close().await;
        moved.map_err(failed)?.ok_or_else(|| NONE_IS_ON.to_owned())
    }

    /// Moves the clock, and waits until the bot has seen it, so that the next such wish is for the next post.
    async fn moves_to_next_of(&self, store: &Store) -> Result<Option<()>, StoreError> {
        let Some((channel, due_at)) = next_due(store, self.world.guild(), self.world.now()).await? else {
            return Ok(None);
        };
        self.world.reaches(due_at);
        // Where it takes longer, the post comes all the same.
        _ = timeout(SEEN_WITHIN, seen(store, channel, due_at)).await;
        Ok(Some(()))
    }
}

/// Where and when the next post of a guild is due.
pub(super) async fn next_due(
    store: &Store,
    guild: GuildId,
    now: Timestamp,
) -> Result<Option<(ChannelId, Timestamp)>, StoreError> {
    let dailies = store.living_dailies_of(guild).await?;
    let on = dailies.iter().filter(|daily| daily.is_on());
    Ok(on.filter_map(|daily| Some((daily.channel, next_of(daily, now)?))).min_by_key(|(_, due_at)| *due_at))
}

/// A slot that has come may be settled at any moment, so it is not the next one.
fn next_of(daily: &Daily, now: Timestamp) -> Option<Timestamp> {
    let stored = daily.next.filter(|slot| slot.due_at > now);
    stored.or_else(|| daily.schedule.next_after(now)).map(|slot| slot.due_at)
}

/// Waits until a slot is settled, whatever became of it.
async fn seen(store: &Store, channel: ChannelId, due_at: Timestamp) -> Result<(), StoreError> {
    loop {
        let next = store.daily(channel).await?.and_then(|daily| daily.next);
        if next.is_none_or(|next| next.due_at > due_at) {
            return Ok(());
        }
    }
}
