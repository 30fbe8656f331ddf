//! People look back over very many answers, their own among those of all others.

use super::rates::waits;
use crate::ground::Ground;
use crate::plan::Plan;
use crate::seed;
use crate::table::{Bar, Figure};

pub(super) async fn history(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    seed::answers(&ground.database(), plan.stored, plan.people).await?;
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    let mut figures = Vec::new();
    for (of, line, wanted) in
        [("/history", "/history", "You have "), ("/history with a search", "/history search:index", "answer")]
    {
        let load = ground.crowd_that_runs(line, plan.people, wanted).await?;
        load.closed(0..plan.looks / 10, 1).await?;
        let outcome = load.closed(plan.looks / 10..plan.looks, 1).await?;
        let of = format!("{of} over {} answers", plan.stored);
        figures.extend(waits(&of, &outcome, [None, Some(Bar::AtMost(5.0)), Some(Bar::AtMost(0.0))]));
    }
    ground.stops(bot).await?;
    Ok(figures)
}
