//! The command line: read it, start the logs, run the bot, and turn the result into an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use starling::config::{Config, ConfigError};
use tokio::signal::unix::{SignalKind, signal};

/// A Discord bot that trains people for interviews, one question a day.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the bot until SIGTERM or Ctrl-C (the same as no command).
    Run,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Cli { command: None | Some(Command::Run) } = Cli::parse();
    let Err(error) = start().await else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "{error:#}");
    ExitCode::from(if error.is::<ConfigError>() { 2 } else { 1 })
}

async fn start() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    starling::logs::start(&config.logs)?;
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = async { _ = tokio::select! { end = terminate.recv() => end, end = interrupt.recv() => end } };
    starling::run(config, stop).await
}
