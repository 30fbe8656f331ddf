//! Very many posts that are due at one instant, under Discord's limits, while people answer.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use jiff::SignedDuration;
use sandbox::{Channel, Limits};
use tokio::time::sleep;

use super::rates::{paced_answers, waits};
use crate::ground::Ground;
use crate::load::count;
use crate::plan::Plan;
use crate::seed;
use crate::table::{Bar, Figure};

/// Discord's limits: of everything a bot sends in a second, and of messages to one channel in five (discord.com/developers/docs/topics/
/// rate-limits).
const GLOBAL: u32 = 50;
const OF_A_CHANNEL: (u32, Duration) = (5, Duration::from_secs(5));

/// How often it is looked how many posts there are.
const LOOK: Duration = Duration::from_millis(500);
/// Without any further post for so long, the rest never comes.
const STALLED: Duration = Duration::from_secs(30);

pub(super) async fn fan_out(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    let due = SignedDuration::from_mins(5);
    let channels = seed::dailies(&ground, plan.fan_out, due).await?;
    let (calls, within) = OF_A_CHANNEL;
    let limits = Limits::default().global_per_second(GLOBAL);
    ground.sandbox.set_limits(limits.route("POST", "/channels/ID/messages", calls, within));
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    let begun = Instant::now();

    let first = channels.first().context("there is no channel")?;
    first.wait_for(1).await;
    let ada = ground.guild.add_member("Ada").in_channel(first);
    let load = ground.crowd_at_a_post(&ada).await?;
    let asked = paced_answers(plan)?;
    let meanwhile = load.paced(0..asked, plan.per_second).await?;
    let to_come = channels.len() - posted(&channels);
    let took = all_posted(&channels, begun).await?;
    let quiet = load.paced(asked..2 * asked, plan.per_second).await?;
    let refused = ground.sandbox.too_many_requests();
    ground.stops(bot).await?;

    let share = count(channels.len()) / took.as_secs_f64() / f64::from(GLOBAL);
    let ratio = meanwhile.percentile(99.0).as_secs_f64() / quiet.percentile(99.0).as_secs_f64();
    let doubled = channels.iter().filter(|channel| channel.messages().len() > 1).count();
    let mut figures = vec![
        Figure::new("fan-out: share of the rate that Discord allows", share, "").should_be(Bar::AtLeast(0.9)),
        Figure::new("fan-out: refused as too many", count(refused), "").should_be(Bar::AtMost(0.0)),
        Figure::new("fan-out: channels with two posts", count(doubled), "").should_be(Bar::AtMost(0.0)),
    ];
    // Otherwise they were not answered meanwhile.
    figures
        .push(Figure::new("fan-out: posts to come after the answers", count(to_come), "").should_be(Bar::AtLeast(1.0)));
    figures.extend(waits("answers meanwhile", &meanwhile, [None, None, Some(Bar::AtMost(0.0))]));
    figures.extend(waits("answers when it is quiet", &quiet, [None, None, Some(Bar::AtMost(0.0))]));
    figures.push(Figure::new("answers meanwhile: p99, to the quiet one", ratio, "times").should_be(Bar::AtMost(2.0)));
    Ok(figures)
}

fn posted(channels: &[Channel]) -> usize {
    channels.iter().filter(|channel| !channel.messages().is_empty()).count()
}

/// Waits until each channel has its post, and tells how long that took.
async fn all_posted(channels: &[Channel], begun: Instant) -> anyhow::Result<Duration> {
    let (mut last, mut grew_at) = (0, Instant::now());
    loop {
        let now = posted(channels);
        if now == channels.len() {
            return Ok(begun.elapsed());
        }
        if now > last {
            (last, grew_at) = (now, Instant::now());
        }
        ensure!(grew_at.elapsed() < STALLED, "only {now} of {} posts came", channels.len());
        sleep(LOOK).await;
    }
}
