//! The command line: read it, do what it asks, and turn the result into an exit code.

use std::io::Write;
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
    let _ = writeln!(std::io::stderr(), "{error:#}");
    ExitCode::from(if error.is::<ConfigError>() { 2 } else { 1 })
}
