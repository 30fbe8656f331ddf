//! The command line: read it, do what it asks, and turn the result into an exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use starling::cli::{Cli, run};
use starling::config::ConfigError;

#[tokio::main]
async fn main() -> ExitCode {
    let error = match run(Cli::parse()).await {
        Ok(code) => return code,
        Err(error) => error,
    };
    // Whoever reads what a command says may stop reading, as `head` does.
    if !is_broken_pipe(&error) {
        let _ = writeln!(io::stderr(), "{error:#}");
    }
    ExitCode::from(if error.is::<ConfigError>() { 2 } else { 1 })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
