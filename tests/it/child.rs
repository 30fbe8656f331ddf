//! The bot in a process of its own, which can be killed: this binary once more, as the one test that is a bot where another starts it.

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use sandbox::Sandbox;
use starling::clock::Clock;
use starling::config::Config;
use tokio::sync::{oneshot, watch};

use crate::environment::variable;

/// The test that is the bot.
const ITSELF: &str = "child::the_bot_lives_here_where_another_test_starts_it";

/// Set where it is to be one.
const IS_CHILD: &str = "STARLING_IS_CHILD";

/// A bot that runs in a process of its own, and sees the sandbox's time as far as it is told. Dropping it kills it.
pub(crate) struct Bot {
    process: Child,
    time: Option<ChildStdin>,
}

impl Bot {
    /// Starts it on a database, at the sandbox's time.
    pub(crate) fn starts(sandbox: &Sandbox, database: &str) -> Bot {
        let mut command = Command::new(std::env::current_exe().expect("this binary"));
        command.args(["--exact", ITSELF, "--nocapture"]).env_clear().env(IS_CHILD, "1");
        command
            .env("DISCORD_TOKEN", sandbox.token())
            .env("DISCORD_API_URL", sandbox.url())
            .env("DATABASE_URL", database);
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut process = command.spawn().expect("a process of its own");
        let time = process.stdin.take();
        let mut bot = Bot { process, time };
        bot.hears_the_time(sandbox);
        bot
    }

    /// Tells it the sandbox's time.
    pub(crate) fn hears_the_time(&mut self, sandbox: &Sandbox) {
        let time = self.time.as_mut().expect("it listens");
        writeln!(time, "{}", sandbox.clock().now_ms()).expect("it is alive");
    }

    /// Kills it, whatever it does.
    pub(crate) fn dies(mut self) {
        self.process.kill().expect("a process to kill");
        self.process.wait().expect("its end");
    }

    /// Stops it cleanly.
    pub(crate) fn stops(mut self) {
        drop(self.time.take());
        let ended = self.process.wait().expect("its end");
        assert!(ended.success(), "the bot ended with {ended}");
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // One that has ended can't be killed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_lives_here_where_another_test_starts_it() {
    if variable(IS_CHILD).is_none() {
        return;
    }
    let (time, told) = watch::channel(next_time().expect("the time to begin at"));
    let (end, stop) = oneshot::channel();
    std::thread::spawn(move || {
        while let Some(now) = next_time() {
            time.send_replace(now);
        }
        // The clock stands from now on, but goes on to be one.
        let _ = end.send(time);
    });
    let config = Config::from_lookup(Path::new("/"), variable).expect("the settings of a bot");
    let config = Config { clock: Clock::Followed(told), seed: 7, ..config };
    starling::run(config, async { drop(stop.await) }).await.expect("a clean stop");
}

/// The time in the next line that this process is told, in milliseconds UTC.
fn next_time() -> Option<i64> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).ok()?;
    line.trim().parse().ok()
}
