//! What is in nobody's power but the page's: the time, and whether the bot runs.

use std::sync::Arc;

use axum::extract::State;

use super::told::{Heard, Told, done};
use crate::host::Wish;
use crate::shared::Shared;
use crate::snowflake;
use crate::world::World;

/// Moves the clock forward.
pub(super) async fn clock(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    if told.flag("to_next_post").unwrap_or(false) {
        shared.host().asks(Wish::NextPost).await?;
        return Ok(done());
    }
    let (to, by) = (told.ms("to")?, told.ms("by")?);
    if shared.host().is_there() {
        let to_ms = shared.read(|world| target(world, to, by))?;
        shared.host().asks(Wish::MovesTo(to_ms)).await?;
        return Ok(done());
    }
    // In one go, so that of two who move it at once neither moves it back.
    shared.change(|world| target(world, to, by).map(|to_ms| world.clock.set_ms(to_ms)))?;
    Ok(done())
}

/// Where the clock is to go.
fn target(world: &World, to: Option<i64>, by: Option<i64>) -> Result<i64, String> {
    let now_ms = world.now_ms();
    let by = by.map(|by_ms| now_ms.saturating_add(by_ms));
    let to_ms = to.or(by).ok_or_else(|| "say `to`, `by` or `to_next_post`".to_owned())?;
    if to_ms < now_ms {
        return Err("The clock can't go back. Choose a later time.".to_owned());
    }
    if to_ms > snowflake::LAST_MS {
        return Err("The clock can't go that far: no id would fit any more. Choose an earlier time.".to_owned());
    }
    Ok(to_ms)
}

/// Has the bot started or stopped.
pub(super) async fn bot(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    let wish = if told.flag("on")? { Wish::BotStarts } else { Wish::BotStops };
    shared.host().asks(wish).await?;
    Ok(done())
}
