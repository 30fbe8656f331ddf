//! What memory and the processor's time do over very many answers: neither may grow with them.

use crate::ground::Ground;
use crate::load::count;
use crate::plan::Plan;
use crate::table::{Bar, Figure};

pub(super) async fn slope(plan: &Plan) -> anyhow::Result<Vec<Figure>> {
    let ground = Ground::new().await?;
    let bot = ground.starts(&plan.starling, None)?;
    ground.is_ready().await?;
    let load = ground.crowd_that_answers().await?;
    let half = plan.slope / 2;
    let (mut memory, mut cpu, mut in_vain) = (Vec::new(), vec![bot.cpu()?], 0);
    for from in [0, half] {
        let outcome = load.closed(from..from + half, 32).await?;
        in_vain += outcome.asked - outcome.answered;
        memory.push(bot.memory()?.now);
        cpu.push(bot.cpu()?);
    }
    ground.stops(bot).await?;
    let [first, second] = memory[..] else { anyhow::bail!("there are two halves") };
    let [begun, middle, end] = cpu[..] else { anyhow::bail!("there are two halves") };
    let thousands = count(half) / 1000.0;
    let of = format!("the second {half} of {} answers", plan.slope);
    Ok(vec![
        Figure::memory(format!("{of}: memory in the end"), second),
        Figure::memory(format!("{of}: growth of memory"), second.saturating_sub(first)).should_be(Bar::AtMost(2.0)),
        Figure::new(
            format!("the first {half}: processor for 1,000"),
            middle.saturating_sub(begun).as_secs_f64() / thousands,
            "s",
        ),
        Figure::new(format!("{of}: processor for 1,000"), end.saturating_sub(middle).as_secs_f64() / thousands, "s"),
        Figure::new(format!("all {}: late, lost or wrong", plan.slope), count(in_vain), "").should_be(Bar::AtMost(0.0)),
    ])
}
