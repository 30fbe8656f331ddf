//! The command line: read it, do what it asks, and turn the result into an exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use starling::cli::{Cli, run};
use starling::config::ConfigError;
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "the runtime can't be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(obey());
    // A name that is being looked up can't be given up, and is not waited for.
    runtime.shutdown_background();
    code
}

async fn obey() -> ExitCode {
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
