//! `starling playground`: the whole bot against a small Discord of its own, with a page to try it on, for anyone without a token.
//!
//! The bot is that of production; only its Discord, its clock and its database are others. The page is the sandbox's, and asks for what it
//! can't do by itself as wishes. Nothing here reads the environment.

mod bot;
mod draft;
mod host;
mod past;
mod place;
mod steps;
mod world;

use std::convert::Infallible;
use std::io::Write;

use anyhow::Context;
use jiff::Timestamp;

use self::bot::Bot;
use self::host::Host;
use self::place::Found;
pub use self::place::Place;
use self::world::World;
use crate::clock::Clock;
use crate::config::LogConfig;

/// What a playground is made with.
#[derive(Debug)]
pub struct Playground {
    /// The port on this machine; 0 for any that is free.
    pub port: u16,
    /// Whether the page is opened in the browser.
    pub opens: bool,
    /// Where what the bot keeps is kept.
    pub place: Place,
    /// How logs are written.
    pub logs: LogConfig,
}

impl Playground {
    /// Runs until `stop` is there. A bot that ends by itself does not end it.
    ///
    /// # Errors
    /// When the port can't be had, the database is that of another bot, or the bot does not start.
    pub async fn run(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let world = World::begins(self.port).await?;
        let mut bot = Bot::new(&world, &self.place.begins_in(), self.logs.clone());
        let outcome = tokio::select! {
            () = stop => Ok(()),
            Err(error) = self.plays(&world, &mut bot) => Err(error),
        };
        if let Err(error) = bot.stops().await {
            complain(&format!("the bot did not stop well: {error:#}"));
        }
        outcome
    }

    async fn plays(&self, world: &World, bot: &mut Bot) -> anyhow::Result<Infallible> {
        let found = self.place.look(world.guild()).await?;
        let now = Clock::System.now();
        match found {
            Found::Nothing => self.begins(world, bot, now).await?,
            Found::Past { newest } => {
                let goes_on_at = place::goes_on_at(newest, now);
                world.reaches(goes_on_at.with_context(|| {
                    format!("the clock of {} stands at its end; name another file", self.place.database)
                })?);
                starts(bot).await?;
            }
        }
        let host = Host::new(world, bot, &self.place.database);
        self.greet(world, found)?;
        Ok(host.serves().await)
    }

    /// Has the bot live through the days before today.
    async fn begins(&self, world: &World, bot: &mut Bot, now: Timestamp) -> anyhow::Result<()> {
        world.reaches(past::begins_at(now));
        starts(bot).await?;
        let database = self.place.begins_in();
        tokio::select! {
            made = past::make(world, &database, now) => made.context("the days before today can't be played")?,
            why = bot.ends() => return Err(why.context("the bot has ended")),
        }
        if self.place.has_draft() {
            bot.stops().await?;
            self.place.keeps_draft()?;
            bot.works_on(&self.place.database);
            starts(bot).await?;
        }
        Ok(())
    }

    /// Says where the page is, and opens it.
    fn greet(&self, world: &World, found: Found) -> anyhow::Result<()> {
        let address = world.address();
        let kept = if self.place.is_temporary() {
            "and a temporary database, which is gone at the end".to_owned()
        } else {
            format!("and the database {}, which stays", self.place.database)
        };
        writeln!(std::io::stdout(), "The playground is at {address}\n")?;
        writeln!(std::io::stdout(), "All of it is on this machine: a small Discord, the bot, {kept}.")?;
        if let Found::Past { .. } = found {
            writeln!(
                std::io::stdout(),
                "The messages of before are gone; the daily questions, answers and settings are still there."
            )?;
        }
        writeln!(std::io::stdout(), "{}", world.who_is_there())?;
        writeln!(std::io::stdout(), "Ctrl-C ends it.")?;
        if self.opens {
            // It waits a little to see whether the browser starts.
            tokio::task::spawn_blocking(|| open_in_browser(address));
        }
        Ok(())
    }
}

async fn starts(bot: &mut Bot) -> anyhow::Result<()> {
    bot.starts();
    bot.comes_up().await.context("the bot can't be started")
}

fn open_in_browser(address: String) {
    if let Err(error) = open::that_detached(address) {
        complain(&format!("no browser could be opened ({error}); open that address yourself"));
    }
}

/// Tells whoever started the playground. Where nobody reads it, it goes on all the same.
fn complain(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}
