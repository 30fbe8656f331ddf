//! Posts to a thousand channels that are due in the same minute, while one more hangs and twenty more fail, and takes the time.
//!
//! `cargo run --release --example a_thousand_channels`. It takes half a minute and fails when a post is missing or doubled, when Discord
//! had to refuse anything because it came too soon, or when all took more than 1.15 times as long as the pacer needs for the thousand alone.

#[path = "../tests/many_channels/set_up.rs"]
mod set_up;

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use sandbox::{Channel, Fault, Limits, Sandbox, Trouble};
use starling::clock::Clock;
use starling::config::Config;
use tokio::sync::oneshot;

const MESSAGES: &str = "/channels/ID/messages";

/// How many are well, and how many are not: the first of these hangs.
const WELL: usize = 1000;
const FAILING: usize = 21;

/// The pacer lets so many requests through in a second.
const PER_SECOND: f64 = 45.0;
const AT_MOST: f64 = 1.15;

/// An hour before they are due, in milliseconds UTC: 4 May 2026, six o'clock.
const BEGINS: i64 = 1_777_874_400_000;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let (sandbox, folder) = (Sandbox::start_at(BEGINS).await?, tempfile::tempdir()?);
    let config = Config::from_lookup(folder.path(), |name| match name {
        "DISCORD_TOKEN" => Some(sandbox.token().to_owned()),
        "DISCORD_API_URL" => Some(sandbox.url()),
        _ => None,
    })?;
    let channels = set_up::set_up(&sandbox, &config.database, WELL + FAILING).await?;
    let (failing, well): (Vec<_>, Vec<_>) = channels.iter().enumerate().partition(|(number, _)| number % 49 == 0);
    let (stop, stopped) = oneshot::channel();
    let config = Config { clock: Clock::Followed(sandbox.clock().watch()), ..config };
    let bot = tokio::spawn(starling::run(config, async { drop(stopped.await) }));
    sandbox.ready().await.map_err(anyhow::Error::msg)?;

    let limits = Limits::default().global_per_second(50);
    sandbox.set_limits(limits.route("POST", MESSAGES, 5, Duration::from_secs(5)));
    let troubles: Vec<_> = failing.iter().map(|(number, channel)| trouble(&sandbox, channel, *number == 0)).collect();
    let took = takes(&sandbox, channels.len()).await;
    let counts: Vec<usize> = well.iter().map(|(_, channel)| channel.messages().len()).collect();
    let is_good = tell(&counts, failing.len(), took, sandbox.too_many_requests())?;

    // What hangs ends before the bot does.
    drop(troubles);
    let _ = stop.send(());
    bot.await??;
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lets the posts to a channel hang or fail.
fn trouble(sandbox: &Sandbox, channel: &Channel, hangs: bool) -> Trouble {
    let fault = if hangs { Fault::hangs() } else { Fault::page(503) };
    sandbox.faults(fault.on("POST", &format!("/channels/{}/messages", channel.id())))
}

/// How long it takes from the time when they are due until so many posts were sent.
async fn takes(sandbox: &Sandbox, count: usize) -> Duration {
    let begins = Instant::now();
    sandbox.clock().advance(Duration::from_hours(1));
    // A sandbox does not wait for long at a time.
    for some in (0..count).step_by(200).chain([count]) {
        sandbox.wait_for_calls("POST", MESSAGES, some).await;
    }
    begins.elapsed()
}

/// Prints the figures, and says whether they are good.
fn tell(counts: &[usize], failing: usize, took: Duration, refused: usize) -> io::Result<bool> {
    let missing = counts.iter().filter(|count| **count == 0).count();
    let doubled = counts.iter().filter(|count| **count > 1).count();
    let needed = f64::from(u32::try_from(counts.len()).unwrap_or(u32::MAX)) / PER_SECOND;
    let ratio = took.as_secs_f64() / needed;
    let mut out = io::stdout().lock();
    writeln!(out, "{} channels that are well, and {failing} that are not, of which one hangs", counts.len())?;
    writeln!(out, "{missing} without a post, {doubled} with more than one, {refused} requests refused as too many")?;
    writeln!(
        out,
        "{:.2} s; {needed:.2} s are needed at {PER_SECOND} a second: {ratio:.3} times that",
        took.as_secs_f64()
    )?;
    Ok((missing, doubled, refused) == (0, 0, 0) && ratio <= AT_MOST)
}
