//! Answers at a steady rate, and very many at one instant.

use starling::store::{Database, Look, Store};

use crate::ground::Ground;
use crate::load::{Outcome, count};
use crate::plan::Plan;
use crate::table::{Bar, Figure};

pub(super) async fn paced(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    let load = ground.crowd_that_answers().await?;
    load.closed(0..plan.warm_up, 8).await?;
    let asked = paced_answers(plan)?;
    let before = bot.cpu()?;
    let outcome = load.paced(plan.warm_up..plan.warm_up + asked, plan.per_second).await?;
    let cpu = bot.cpu()?.saturating_sub(before).as_secs_f64() / outcome.took.as_secs_f64();
    ground.stops(bot).await?;
    let bars = [None, Some(Bar::AtMost(5.0)), Some(Bar::AtMost(0.0))];
    let of = format!("{} a second", plan.per_second);
    let mut figures = waits(&of, &outcome, bars);
    figures.push(Figure::new(format!("{of}: share of a processor"), cpu, ""));
    Ok(figures)
}

pub(super) async fn burst(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    let load = ground.crowd_that_answers().await?;
    load.closed(0..plan.warm_up, 8).await?;
    let outcome = load.burst(plan.warm_up..plan.warm_up + plan.burst).await?;
    let peak = bot.memory()?.peak;
    ground.stops(bot).await?;
    // One of them is the first person's.
    let lost = (1 + plan.warm_up + plan.burst).abs_diff(stored(&ground).await?);
    let of = format!("{} at one instant", plan.burst);
    let mut figures = waits(&of, &outcome, [None, None, Some(Bar::AtMost(0.0))]);
    figures.push(Figure::new(format!("{of}: not stored, or twice"), count(lost), "").should_be(Bar::AtMost(0.0)));
    figures.push(Figure::memory(format!("{of}: memory at its peak"), peak).should_be(Bar::AtMost(128.0)));
    Ok(figures)
}

/// How many answers are stored.
async fn stored(ground: &Ground) -> anyhow::Result<usize> {
    match Store::look(&Database::Sqlite(ground.database())).await? {
        Look::Ready(holds) => Ok(usize::try_from(holds.answers)?),
        look => anyhow::bail!("the database can't be looked into: {look:?}"),
    }
}

/// How many answers come at a steady rate.
pub(super) fn paced_answers(plan: &Plan) -> anyhow::Result<usize> {
    Ok(usize::try_from(plan.paced.as_secs())? * usize::try_from(plan.per_second)?)
}

/// How long people waited, and how many in vain.
pub(super) fn waits(of: &str, outcome: &Outcome, [p50, p99, in_vain]: [Option<Bar>; 3]) -> Vec<Figure> {
    let Outcome { late, lost, wrong, .. } = *outcome;
    let figures = [
        (Figure::time(format!("{of}: p50"), outcome.percentile(50.0)), p50),
        (Figure::time(format!("{of}: p99"), outcome.percentile(99.0)), p99),
        (Figure::time(format!("{of}: the longest"), outcome.percentile(100.0)), None),
        (Figure::new(format!("{of}: late"), count(late), ""), in_vain),
        (Figure::new(format!("{of}: not answered, or wrongly"), count(lost + wrong), ""), in_vain),
        (Figure::new(format!("{of}: the load's own share of a processor"), outcome.own_share(), ""), None),
    ];
    figures.into_iter().map(|(figure, bar)| Figure { bar, ..figure }).collect()
}
