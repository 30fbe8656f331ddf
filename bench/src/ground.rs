//! What a bot stands on: a small Discord with a server, a folder for its database, and the first person who does what many do then.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use sandbox::{Channel, Guild, Person, Sandbox};
use starling::domain::answer::Part;
use tempfile::TempDir;

use crate::child::Child;
use crate::load::Load;
use crate::sample::samples;

/// What stands in a form where each of a crowd puts their own words.
const MARKS: [&str; 4] = ["THE SITUATION", "THE TASK", "THE ACTION", "THE RESULT"];

/// So many people that none comes twice: each answers the question for the first time.
const EACH_ONCE: u64 = 1_000_000_000;

pub(crate) struct Ground {
    pub(crate) sandbox: Sandbox,
    pub(crate) guild: Guild,
    pub(crate) general: Channel,
    folder: TempDir,
}

impl Ground {
    pub(crate) async fn new() -> anyhow::Result<Ground> {
        let sandbox = Sandbox::start().await?;
        let guild = sandbox.add_guild("Bootcamp");
        let general = guild.add_channel("general");
        Ok(Ground { sandbox, guild, general, folder: tempfile::tempdir()? })
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.file("starling.db")
    }

    /// Starts Starling here. With a `trace` its fsyncs are counted.
    pub(crate) fn starts(&self, starling: &Path, trace: Option<&Path>) -> anyhow::Result<Child> {
        let database = format!("sqlite://{}", self.database().display());
        self.starts_bot(starling, &[], &[("DATABASE_URL", OsStr::new(&database))], trace)
    }

    /// Asks a bot to stop, and tells what it said where it does not stop well.
    pub(crate) async fn stops(&self, bot: Child) -> anyhow::Result<()> {
        bot.stops().await.with_context(|| format!("its log says: {}", self.log()))
    }

    /// Starts any bot here.
    pub(crate) fn starts_bot(
        &self,
        program: &Path,
        arguments: &[&OsStr],
        variables: &[(&str, &OsStr)],
        trace: Option<&Path>,
    ) -> anyhow::Result<Child> {
        let (token, url) = (self.sandbox.token(), self.sandbox.url());
        let discord = [("DISCORD_TOKEN", OsStr::new(token)), ("DISCORD_API_URL", OsStr::new(&url))];
        Child::starts(program, arguments, &[&discord, variables].concat(), &self.file("log"), trace)
    }

    /// Waits until the bot answers.
    pub(crate) async fn is_ready(&self) -> anyhow::Result<()> {
        self.sandbox.ready().await.map_err(|why| anyhow!("{why}; its log says: {}", self.log()))
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.file("log")).unwrap_or_default()
    }

    /// Somebody sets a daily question up, posts it, and answers it by its button: many more may then do so.
    pub(crate) async fn crowd_that_answers(&self) -> anyhow::Result<Load> {
        let grace = self.guild.admin("Grace").in_channel(&self.general);
        for line in ["/daily setup channel:#general time:09:00 timezone:UTC", "/daily post-now channel:#general"] {
            grace.try_runs(line).await.map_err(|why| anyhow!(why))?;
        }
        self.general.wait_for(1).await;
        self.crowd_at_a_post(&self.guild.add_member("Ada").in_channel(&self.general)).await
    }

    /// The same where a post is there already.
    pub(crate) async fn crowd_at_a_post(&self, ada: &Person) -> anyhow::Result<Load> {
        let mut modal =
            ada.try_clicks("Answer").await.map_err(|why| anyhow!(why))?.opened().context("no form opened")?;
        for (part, mark) in Part::ALL.into_iter().zip(MARKS) {
            modal = modal.try_types(part.label(), mark).map_err(|why| anyhow!(why))?;
        }
        ada.try_sends(&modal).await.map_err(|why| anyhow!(why))?;
        let words = samples()?.into_iter().map(|sample| sample.parts.to_vec()).collect();
        let crowd = self.sandbox.crowd(&MARKS).context("nobody did anything")?;
        Ok(Load { crowd, words: Arc::new(words), people: EACH_ONCE, wanted: "Saved as your attempt" })
    }

    /// Somebody runs a command: many more may then do so.
    pub(crate) async fn crowd_that_runs(&self, line: &str, people: u64, wanted: &'static str) -> anyhow::Result<Load> {
        let ada = self.guild.add_member("Ada").in_channel(&self.general);
        ada.try_runs(line).await.map_err(|why| anyhow!(why))?;
        let crowd = self.sandbox.crowd(&[]).context("nobody did anything")?;
        Ok(Load { crowd, words: Arc::default(), people, wanted })
    }
}
