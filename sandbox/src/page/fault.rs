//! Faults by a click.

use std::sync::Arc;

use axum::extract::State;

use super::told::{Heard, Told, done};
use crate::channel::Channel;
use crate::gateway;
use crate::permissions::{SEND_MESSAGES, SEND_MESSAGES_IN_THREADS};
use crate::shared::Shared;

/// What the bot needs to post in a channel and in its threads.
const POSTING: u64 = SEND_MESSAGES | SEND_MESSAGES_IN_THREADS;

/// Begins or ends a fault.
pub(super) async fn fault(State(shared): State<Arc<Shared>>, told: Told) -> Heard {
    match told.text("fault")? {
        "rest" => {
            let on = told.flag("on")?;
            shared.change(|world| world.troubles.set_outage(on));
        }
        "gateway" => refuse(&shared, told.flag("on")?),
        "permission" => deny(&shared, told.id("in")?, told.flag("on")?)?,
        "drop_gateway" => shared.change(gateway::drop_all),
        other => return Err(format!("there is no fault \"{other}\"").into()),
    }
    Ok(done())
}

/// Refuses new connections and closes those that there are, or lets them in again.
fn refuse(shared: &Shared, on: bool) {
    shared.change(|world| {
        world.orders.refuses = on;
        if on {
            gateway::drop_all(world);
        }
    });
}

/// Denies the bot to post in a channel, or allows it again. A thread has its channel's permissions.
fn deny(shared: &Arc<Shared>, id: u64, on: bool) -> Result<(), String> {
    let holder = shared.read(|world| {
        let channel = world.channels.get(&id).filter(|channel| channel.guild_id.is_some())?;
        Some(channel.parent_id.unwrap_or(id))
    });
    let holder =
        holder.ok_or_else(|| "there are no permissions to take there; go to a channel of a server".to_owned())?;
    let channel = Channel::new(Arc::clone(shared), holder);
    if on {
        channel.deny_bot(POSTING);
    } else {
        channel.allow_bot(POSTING);
    }
    Ok(())
}
