//! What it costs when nobody asks for anything: in memory, at the start, and in a round of posts that finds nothing to post.

use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use starling::store::Store;
use tokio::time::sleep;

use crate::ground::Ground;
use crate::plan::Plan;
use crate::seed;
use crate::table::{Bar, Figure};

/// How long a bot has to come to rest.
const REST: Duration = Duration::from_secs(3);
/// How often something short is done for its median.
const TIMES: usize = 9;

pub(super) async fn idle(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    Ok(vec![
        idle_in(plan, 1).await?.should_be(Bar::AtMost(16.0)),
        idle_in(plan, plan.guilds).await?.should_be(Bar::AtMost(24.0)),
    ])
}

async fn idle_in(plan: &Plan, guilds: usize) -> anyhow::Result<Figure> {
    let ground = Ground::new().await?;
    for number in 1..guilds {
        let guild = ground.sandbox.add_guild(&format!("Guild {number}"));
        for name in ["general", "interviews", "random", "help", "jobs"] {
            let _ = guild.add_channel(name);
        }
    }
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    sleep(REST).await;
    let memory = bot.memory()?.now;
    ground.stops(bot).await?;
    let of = if guilds == 1 { "1 server".to_owned() } else { format!("{guilds} servers") };
    Ok(Figure::memory(format!("idle in {of}: memory"), memory))
}

pub(super) async fn start(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    seed::answers(&ground.database(), plan.stored_at_start, plan.people).await?;
    let mut took = Vec::new();
    for time in 1..=TIMES {
        let begun = Instant::now();
        let bot = ground.starts(&plan.starling, None)?;
        ground.sandbox.wait_for_calls("PUT", "/applications/ID/commands", time).await;
        took.push(begun.elapsed());
        ground.is_ready().await?;
        ground.stops(bot).await?;
    }
    let of = format!("start with {} answers, to the commands", plan.stored_at_start);
    Ok(vec![Figure::time(of, median(took)?).should_be(Bar::AtMost(50.0))])
}

/// In this process, as a round tells nobody how long it took.
pub(super) async fn round(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    seed::dailies(&ground, plan.dailies, SignedDuration::from_hours(-2)).await?;
    let (store, _) = Store::open(&ground.database()).await?;
    let now = Timestamp::from_millisecond(ground.sandbox.clock().now_ms())?;
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let begun = Instant::now();
        let due = store.due_channels(now).await?;
        let abandoned = store.retake_claims(now, 100).await?;
        took.push(begun.elapsed());
        anyhow::ensure!(due.is_empty() && abandoned.is_empty(), "something was due");
    }
    store.close().await;
    let of = format!("a round over {} daily questions, none due", plan.dailies);
    Ok(vec![Figure::time(of, median(took)?).should_be(Bar::AtMost(1.0))])
}

fn median(mut took: Vec<Duration>) -> anyhow::Result<Duration> {
    took.sort_unstable();
    took.get(took.len() / 2).copied().context("nothing was done")
}
