//! Many people who do the same at once, for whoever measures a bot. What they do goes over the bot's own gateway and REST, but past the
//! world, which would cost more than the bot does: nothing of it is checked, seen by anybody, or kept, but when it was answered.

use std::sync::Arc;

use crate::shared::Shared;
use crate::waiting::Answered;

mod mould;

use mould::Mould;

/// Many people who do what somebody did last, each in words of their own.
#[derive(Clone, Debug)]
pub struct Crowd {
    shared: Arc<Shared>,
    mould: Arc<Mould>,
}

impl Crowd {
    /// `None` where nobody has done anything yet.
    pub(crate) fn new(shared: Arc<Shared>, words: &[&str]) -> Option<Crowd> {
        let mould = shared.read(|world| Mould::of(world.last_interaction.as_ref()?, words))?;
        Some(Crowd { shared, mould: Arc::new(mould) })
    }

    /// One of them, of that id, does it, in these words. Returns how it was answered, which may be never; `None` where no bot is connected.
    pub async fn does(&self, person: u64, words: &[&str]) -> Option<Answered> {
        let (answered, is_heard) = self.shared.note(|world| {
            let id = world.next_id();
            let answered = self.shared.waiting().begins(id, world.now_ms());
            (answered, world.dispatch_text("INTERACTION_CREATE", &self.mould.pour(id, person, words)))
        });
        if is_heard { answered.await.ok() } else { None }
    }
}
