//! `cargo run --release -p bench`: measures the Starling of this source tree and prints one table. `--help` tells of the phases.

use std::env::current_exe;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};
use bench::floor;
use bench::phase::Phase;
use bench::plan::Plan;
use clap::{Parser, Subcommand, ValueEnum};
use tokio::runtime::Builder;

/// Measures Starling against a small Discord on this machine, and against what nothing could be faster than.
#[derive(Debug, Parser)]
struct Options {
    /// A phase to measure alone; may be given several times.
    #[arg(long, value_enum)]
    only: Vec<Phase>,
    /// A hundredth of everything, to see whether it works; only what must never happen is then held against it.
    #[arg(long)]
    small: bool,
    /// Another build of Starling, in place of one of this source tree.
    #[arg(long)]
    starling: Option<PathBuf>,
    #[command(subcommand)]
    floor: Option<Child>,
}

#[derive(Debug, Subcommand)]
enum Child {
    /// What this program starts by itself.
    #[command(subcommand, hide = true)]
    Floor(Floor),
}

#[derive(Debug, Subcommand)]
enum Floor {
    /// A bot that stores nothing.
    Library {
        /// The size of each reply.
        bytes: usize,
        #[arg(env = "DISCORD_API_URL")]
        discord: String,
        #[arg(env = "DISCORD_TOKEN")]
        token: String,
    },
    /// A store without a bot.
    Disk {
        /// How many rows.
        rows: usize,
        /// The database, which must be new.
        file: PathBuf,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    match options.floor {
        Some(Child::Floor(Floor::Library { bytes, discord, token })) => {
            let runtime = Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(floor::library::run(discord, &token, bytes))?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Child::Floor(Floor::Disk { rows, file })) => {
            let took = Builder::new_current_thread().enable_all().build()?.block_on(floor::disk::run(&file, rows))?;
            writeln!(io::stdout(), "{}", took.as_secs_f64())?;
            Ok(ExitCode::SUCCESS)
        }
        None => measure(options),
    }
}

fn measure(options: Options) -> anyhow::Result<ExitCode> {
    let own = current_exe()?;
    let starling = options.starling.map_or_else(build, Ok)?;
    let starling = starling.canonicalize().with_context(|| format!("{} is not there", starling.display()))?;
    let plan = if options.small { Plan::small(starling, own) } else { Plan::whole(starling, own) };
    let phases = if options.only.is_empty() { Phase::value_variants() } else { options.only.as_slice() };
    // One thread, as it is bound to one processor.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut missed = 0;
    for phase in phases {
        let figures = runtime.block_on(phase.run(&plan))?;
        for figure in figures {
            missed += usize::from(!figure.is_met() && (figure.is_never() || !options.small));
            writeln!(io::stdout(), "{figure}")?;
        }
    }
    writeln!(io::stdout(), "{missed} missed")?;
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds Starling beside this program, as this is built, so that all that both need is built once.
fn build() -> anyhow::Result<PathBuf> {
    let mut build = Command::new("cargo");
    build.args(["build", "--package", "bench", "--package", "starling", "--bins"]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    ensure!(build.status().context("cargo can't be started")?.success(), "Starling can't be built");
    Ok(current_exe()?.with_file_name("starling"))
}
