//! The command line: what a host can ask of Starling besides running it. Each subcommand prints to standard output, and most
//! need no token.

mod check;
mod database;
mod forget;
mod packs;
#[cfg(feature = "playground")]
mod playground;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use crate::config::Config;
use crate::domain::id::UserId;
use crate::store::Store;

/// A Discord bot that trains people for interviews, one question a day.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot until SIGTERM or Ctrl-C; a second one leaves at once (the same as no command).
    Run,
    /// Check the configuration, the token, the database, the packs and the clock, and say what to mend.
    Check,
    /// Try the whole bot on a page in the browser, against a small Discord on this machine; needs no token.
    #[cfg(feature = "playground")]
    Playground(playground::Wanted),
    /// Check packs of questions, or see what people say of the samples.
    #[command(subcommand)]
    Questions(Questions),
    /// Copy the live database safely into a new file.
    Backup {
        /// The file to make; it must not exist.
        file: PathBuf,
    },
    /// Delete everything that is stored of a person, for one who asks you.
    Forget {
        /// The person's Discord id.
        user_id: u64,
    },
}

#[derive(Debug, Subcommand)]
enum Questions {
    /// Check files of questions: file, line and remedy of whatever is broken.
    Check {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Print how many found each question's sample helpful, and how many did not.
    Feedback,
}

/// Does what the command line asks, and says with what the process ends.
///
/// # Errors
/// What went wrong, in words for whoever typed it.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command.unwrap_or(Command::Run) {
        Command::Check => return check::check().await,
        Command::Run => bot().await?,
        #[cfg(feature = "playground")]
        Command::Playground(wanted) => playground::playground(wanted).await?,
        Command::Questions(Questions::Check { files }) => packs::check(&files)?,
        Command::Questions(Questions::Feedback) => feedback().await?,
        Command::Backup { file } => backup(&file).await?,
        Command::Forget { user_id } => return forget::forget(UserId(user_id)).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn bot() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    crate::logs::start(&config.logs)?;
    let signals = Signals::heard()?;
    database::refuse_broken(&config.database).await?;
    signals.end(|stopped| crate::run(config, async { _ = stopped.await })).await
}

/// SIGTERM and Ctrl-C, which end nothing by themselves once they are heard.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn heard() -> anyhow::Result<Signals> {
        Ok(Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Does some work, and tells it to stop at the first of them. The second leaves at once.
    async fn end<W>(mut self, work: impl FnOnce(oneshot::Receiver<()>) -> W) -> anyhow::Result<()>
    where
        W: Future<Output = anyhow::Result<()>>,
    {
        let (stop, stopped) = oneshot::channel::<()>();
        let mut working = pin!(work(stopped));
        tokio::select! {
            ended = &mut working => return ended,
            () = self.either() => drop(stop),
        }
        tracing::info!("stopping; what is under way has ten seconds, and a second signal leaves at once");
        tokio::select! {
            ended = &mut working => ended,
            () = self.either() => bail!("told to stop twice, it left what was under way"),
        }
    }

    async fn either(&mut self) {
        _ = tokio::select! { end = self.terminate.recv() => end, end = self.interrupt.recv() => end };
    }
}

async fn feedback() -> anyhow::Result<()> {
    let store = database::ready(&database::existing()?).await?;
    let verdicts = store.feedback().await?;
    if verdicts.is_empty() {
        say("nobody has rated a sample yet")?;
    }
    for verdict in verdicts {
        say(&format!("{}: helpful {}, not helpful {}", verdict.question, verdict.helpful, verdict.not_helpful))?;
    }
    store.close().await;
    Ok(())
}

async fn backup(file: &Path) -> anyhow::Result<()> {
    let file = std::path::absolute(file)?;
    if file.exists() {
        bail!("{} is there already; name a file that does not exist yet", file.display());
    }
    // As it is: a backup made just before an upgrade must not begin the upgrade.
    let store = Store::peek(&database::existing()?).await?;
    let copied = store.backup(&file).await;
    store.close().await;
    let holds = copied.with_context(|| format!("the copy {} can't be made", file.display()))?;
    say(&format!("copied to {}, which holds {holds}", file.display()))
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
