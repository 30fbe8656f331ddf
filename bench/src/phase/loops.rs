//! So many answers at a time, each next one as soon as one is there; and what nothing could be faster than.

use std::ffi::OsStr;
use std::ops::Range;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};

use crate::child::{Child, can_count_fsyncs};
use crate::ground::Ground;
use crate::load::{Load, Outcome, count};
use crate::plan::Plan;
use crate::table::{Bar, Figure};

/// How busy this process may be: beyond that a figure tells of the load, and not of the bot.
const OWN_SHARE: f64 = 0.9;

/// A loop, and what the bot used for it.
struct Looped {
    outcome: Outcome,
    cpu: Duration,
    peak: u64,
}

impl Looped {
    /// Of the bot, in seconds.
    fn cpu_per_thousand(&self) -> f64 {
        self.cpu.as_secs_f64() * 1000.0 / count(self.outcome.answered)
    }

    fn figures(&self, of: &str) -> Vec<Figure> {
        let Outcome { late, lost, wrong, .. } = self.outcome;
        vec![
            Figure::new(format!("{of}: answers a second"), self.outcome.per_second(), ""),
            Figure::time(format!("{of}: p50"), self.outcome.percentile(50.0)),
            Figure::time(format!("{of}: p99"), self.outcome.percentile(99.0)),
            Figure::new(format!("{of}: late, lost or wrong"), count(late + lost + wrong), "")
                .should_be(Bar::AtMost(0.0)),
            Figure::new(format!("{of}: processor for 1,000"), self.cpu_per_thousand(), "s"),
            Figure::memory(format!("{of}: memory at its peak"), self.peak),
            Figure::new(format!("{of}: the load's own share of a processor"), self.outcome.own_share(), "")
                .should_be(Bar::AtMost(OWN_SHARE)),
        ]
    }
}

async fn looped(load: &Load, bot: &Child, plan: &Plan, from: usize, in_flight: usize) -> anyhow::Result<Looped> {
    let start = from + plan.warm_up;
    load.closed(from..start, in_flight).await?;
    let before = bot.cpu()?;
    let outcome = load.closed(start..start + plan.closed, in_flight).await?;
    let cpu = bot.cpu()?.saturating_sub(before);
    ensure!(outcome.answered > 0, "nothing was answered: {outcome:?}");
    Ok(Looped { outcome, cpu, peak: bot.memory()?.peak })
}

pub(super) async fn closed(plan: &Plan, in_flight: usize) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    let load = ground.crowd_that_answers().await?;
    let looped = looped(&load, &bot, plan, 0, in_flight).await?;
    ground.stops(bot).await?;
    Ok(looped.figures(&format!("{in_flight} in flight")))
}

pub(super) async fn closed_beside_floors(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let in_flight = 32;
    let ground = Ground::new().await?;
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    let load = ground.crowd_that_answers().await?;
    let starling = looped(&load, &bot, plan, 0, in_flight).await?;
    ground.stops(bot).await?;

    let bytes = starling.outcome.bytes.to_string();
    let bot = ground.starts_bot(&plan.own, &["floor", "library", &bytes].map(OsStr::new), &[], None)?;
    ground.is_ready().await?;
    let library = looped(&load, &bot, plan, 0, in_flight).await?;
    drop(bot);
    let disk = disk(plan, &ground)?;

    let mut figures = starling.figures("32 in flight");
    for figure in &mut figures {
        figure.bar = figure.bar.or(match figure.name.as_str() {
            "32 in flight: answers a second" => Some(Bar::About(6000.0)),
            "32 in flight: p99" => Some(Bar::AtMost(15.0)),
            "32 in flight: processor for 1,000" => Some(Bar::About(0.12)),
            _ => None,
        });
    }
    figures.extend(library.figures("the library alone"));
    figures.push(Figure::new("the disk alone: rows a second", disk, ""));
    let ratio = starling.cpu_per_thousand() / library.cpu_per_thousand();
    figures
        .push(Figure::new("32 in flight: processor, to the library alone", ratio, "times").should_be(Bar::AtMost(1.6)));
    figures.extend(fsyncs(plan, in_flight).await?);
    Ok(figures)
}

/// Rows a second without a bot.
fn disk(plan: &Plan, ground: &Ground) -> anyhow::Result<f64> {
    let output = Command::new(&plan.own)
        .args(["floor", "disk", &plan.closed.to_string()])
        .arg(ground.file("floor.db"))
        .output()
        .context("the disk's floor can't be started")?;
    let told = String::from_utf8_lossy(&output.stdout);
    let seconds: f64 = told.trim().parse().with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(count(plan.closed) / seconds)
}

/// Counted under strace, in a run of its own: that costs time.
async fn fsyncs(plan: &Plan, in_flight: usize) -> anyhow::Result<Option<Figure>> {
    if !can_count_fsyncs() {
        return Ok(None);
    }
    let ground = Ground::new().await?;
    let bot = ground.starts(&plan.starling, Some(&ground.file("trace")))?;
    ground.is_ready().await?;
    let load = ground.crowd_that_answers().await?;
    load.closed(0..plan.warm_up, in_flight).await?;
    let before = bot.fsyncs()?;
    let numbers: Range<usize> = plan.warm_up..plan.warm_up + plan.closed / 4;
    let outcome = load.closed(numbers, in_flight).await?;
    let calls = bot.fsyncs()?.zip(before).map(|(after, before)| after - before);
    ground.stops(bot).await?;
    let each = |calls| count(calls) / count(outcome.answered.max(1));
    Ok(calls.map(|calls| Figure::new("32 in flight: fsyncs an answer", each(calls), "").should_be(Bar::AtMost(0.2))))
}
