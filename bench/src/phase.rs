//! What is measured, a phase at a time, each with a bot and a database of its own.

mod fan_out;
mod history;
mod loops;
mod rates;
mod slope;
mod still;

use clap::ValueEnum;

use crate::plan::Plan;
use crate::table::Figure;

/// One thing that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Phase {
    /// One answer at a time.
    #[value(name = "closed-1")]
    Closed1,
    /// 32 answers at a time, beside both floors.
    #[value(name = "closed-32")]
    Closed32,
    /// 256 answers at a time.
    #[value(name = "closed-256")]
    Closed256,
    /// 300 answers a second.
    Paced,
    /// Very many answers at one instant.
    Burst,
    /// Very many posts due at one instant, and answers meanwhile.
    FanOut,
    /// A round of posts with nothing to post.
    Round,
    /// Nothing at all, in one server and in many.
    Idle,
    /// From the start to the commands.
    Start,
    /// People look back over very many answers.
    History,
    /// What memory and the processor's time do over very many answers.
    Slope,
}

impl Phase {
    /// Does it, and tells what came of it.
    ///
    /// # Errors
    /// When the bot, the system or the load does not do what it should, with what it said.
    pub async fn run(self, plan: &Plan) -> anyhow::Result<Vec<Figure>> {
        match self {
            Phase::Closed1 => loops::closed(plan, 1).await,
            Phase::Closed32 => loops::closed_beside_floors(plan).await,
            Phase::Closed256 => loops::closed(plan, 256).await,
            Phase::Paced => rates::paced(plan).await,
            Phase::Burst => rates::burst(plan).await,
            Phase::FanOut => fan_out::fan_out(plan).await,
            Phase::Round => still::round(plan).await,
            Phase::Idle => still::idle(plan).await,
            Phase::Start => still::start(plan).await,
            Phase::History => history::history(plan).await,
            Phase::Slope => slope::slope(plan).await,
        }
    }
}
