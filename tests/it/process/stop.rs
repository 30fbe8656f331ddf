//! How the program stops: told to by signals, or because the gateway will have nothing to do with it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Stdio};

use sandbox::{Guild, Moment, Sandbox};
use tempfile::TempDir;

use super::{ended, folder, starling, terminate};

/// A Discord, and the program that is started against it.
struct Started {
    sandbox: Sandbox,
    guild: Guild,
    child: Child,
    log: BufReader<ChildStderr>,
    _folder: TempDir,
}

impl Started {
    async fn new() -> Started {
        let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
        let guild = sandbox.add_guild("Rustaceans");
        guild.add_channel("general");
        let variables = [("DISCORD_TOKEN", sandbox.token()), ("DISCORD_API_URL", &sandbox.url())];
        let mut command = starling(folder.path(), &variables, &[]);
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        sandbox.ready().await.unwrap();
        Started { sandbox, guild, child, log, _folder: folder }
    }

    /// Tells it to stop, and waits until it says that it does.
    fn is_told_to_stop(&mut self) {
        terminate(&self.child);
        assert!(self.log.by_ref().lines().any(|line| line.unwrap().contains("stopping")), "it does not say so");
    }

    /// Its exit code, and what else it wrote.
    fn ended(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_ends_what_is_under_way() {
    let mut started = Started::new().await;
    let held = started.sandbox.holds(Moment::BeforeEffect, "POST", "/interactions/ID/TOKEN/callback");
    let ada = started.guild.add_member("Ada");
    let answered = tokio::spawn(async move { ada.runs("/help").await.message() });
    held.reached().await;
    started.is_told_to_stop();
    held.release();
    assert!(answered.await.unwrap().content.contains("Starling"));
    let (code, rest) = started.ended();
    assert_eq!(code, Some(0), "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_twice_it_leaves_at_once() {
    let mut started = Started::new().await;
    let held = started.sandbox.holds(Moment::BeforeEffect, "POST", "/interactions/ID/TOKEN/callback");
    let ada = started.guild.add_member("Ada");
    let answered = tokio::spawn(async move { ada.runs("/help").await.to_string() });
    held.reached().await;
    started.is_told_to_stop();
    terminate(&started.child);
    let (code, rest) = started.ended();
    assert_eq!(code, Some(1), "{rest}");
    assert!(rest.ends_with("told to stop twice, it left what was under way\n"), "{rest}");
    answered.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_will_not_have_ends_it_with_1_and_what_to_mend() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
    sandbox.rejects_identify_with(Some(4014));
    let variables = [("DISCORD_TOKEN", sandbox.token()), ("DISCORD_API_URL", &sandbox.url())];
    let child = starling(folder.path(), &variables, &[]).spawn().unwrap();
    let (exit, log) = tokio::task::spawn_blocking(|| ended(child)).await.unwrap();
    assert_eq!((exit, sandbox.identifies()), (Some(1), 1), "{log}");
    assert!(log.lines().last().unwrap_or_default().contains("asks for GUILDS alone"), "{log}");
}
