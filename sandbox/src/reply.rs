//! What came of one interaction, as the person sees it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::interaction::{Answer, FIRST_ANSWER, Interaction};
use crate::shared::Shared;
use crate::view::{MessageView, ModalView};
use crate::world::World;

/// How long a deferral may take to be made good, in real time.
const DEFERRAL: Duration = Duration::from_secs(15);
/// How long [`Reply::follow_ups`] waits, in real time.
const FOLLOW_UPS: Duration = Duration::from_secs(10);

/// The first answer to what a person did, as it stood when it had come. An application that did
/// not respond is a reply too.
#[derive(Clone, Debug)]
pub struct Reply {
    shared: Arc<Shared>,
    interaction: u64,
    deferred: bool,
    shown: Shown,
}

#[derive(Clone, Debug)]
enum Shown {
    Message(Box<MessageView>),
    Modal(Box<ModalView>),
    /// The click was taken, and nothing changed.
    Nothing,
    /// No first answer in time.
    NoResponse,
}

impl Reply {
    /// Waits for the first answer, and where it is a deferral for the message that makes it good.
    pub(crate) async fn to(shared: Arc<Shared>, id: u64) -> Reply {
        answered(&shared, id).await;
        let settled = |interaction: &Interaction| {
            let silent = matches!(interaction.answer, Some(Answer::DeferredUpdate));
            !interaction.is_pending() || silent && !interaction.follow_ups.is_empty()
        };
        shared.wait_for(DEFERRAL, |world| world.interactions.get(&id).filter(|held| settled(held)).map(|_| ())).await;
        let (deferred, shown) = shared.read(|world| shown(world, id));
        Reply { shared, interaction: id, deferred, shown }
    }

    /// The interaction's id.
    pub(crate) fn interaction(&self) -> u64 {
        self.interaction
    }

    /// The message that came. It counts as looked at.
    ///
    /// # Panics
    /// When something else came, or nothing.
    #[expect(clippy::must_use_candidate, reason = "seeing that a message came is a step of its own")]
    #[expect(clippy::panic, reason = "a step of a test that no person could take")]
    pub fn message(&self) -> MessageView {
        self.look();
        match &self.shown {
            Shown::Message(view) => view.as_ref().clone(),
            _ => panic!("{}: not a message came, but: {self}", self.deed()),
        }
    }

    /// The modal that opened. It counts as looked at.
    ///
    /// # Panics
    /// When something else came, or nothing.
    #[must_use]
    #[expect(clippy::panic, reason = "a step of a test that no person could take")]
    pub fn modal(&self) -> ModalView {
        self.look();
        match &self.shown {
            Shown::Modal(view) => view.as_ref().clone(),
            _ => panic!("{}: not a modal came, but: {self}", self.deed()),
        }
    }

    /// The modal that opened, if one did. It counts as looked at.
    #[must_use]
    pub fn opened(&self) -> Option<ModalView> {
        self.look();
        match &self.shown {
            Shown::Modal(view) => Some(view.as_ref().clone()),
            _ => None,
        }
    }

    /// The first answer, if it is a message, and the follow-ups so far. They count as looked at.
    #[must_use]
    pub fn messages(&self) -> Vec<MessageView> {
        self.look();
        let mut messages = match &self.shown {
            Shown::Message(view) => vec![view.as_ref().clone()],
            _ => Vec::new(),
        };
        messages.extend(self.shared.note(|world| follow_ups(world, self.interaction)));
        messages
    }

    /// Waits until at least `n` follow-ups have come, and returns all of them. They count as
    /// looked at.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn follow_ups(&self, n: usize) -> Vec<MessageView> {
        self.shared
            .wait_for(FOLLOW_UPS, |world| {
                let interaction = world.interactions.get(&self.interaction)?;
                (interaction.follow_ups.len() >= n).then_some(())
            })
            .await;
        let found = self.shared.note(|world| follow_ups(world, self.interaction));
        let count = found.len();
        assert!(count >= n, "{}: {count} of {n} follow-ups came", self.deed());
        found
    }

    /// Whether the first answer was a deferral.
    #[must_use]
    pub fn was_deferred(&self) -> bool {
        self.deferred
    }

    /// Whether the person was left without an answer: none in three seconds, or a deferral that
    /// still says "thinking" after fifteen. The absence counts as looked at.
    #[must_use]
    pub fn failed(&self) -> bool {
        let failed = match &self.shown {
            Shown::NoResponse => true,
            Shown::Message(view) => view.thinking,
            Shown::Modal(_) | Shown::Nothing => false,
        };
        if failed {
            self.look();
        }
        failed
    }

    fn deed(&self) -> String {
        self.shared.read(|world| Some(world.interactions.get(&self.interaction)?.deed.clone())).unwrap_or_default()
    }

    fn look(&self) {
        self.shared.note(|world| {
            world.look_at_answer(self.interaction);
            if let Shown::Message(view) = &self.shown {
                world.look_at_message(view.channel_id, view.id);
            }
        });
    }
}

/// What the person sees of the first answer. It counts as looked at.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.look();
        match &self.shown {
            Shown::Message(view) => view.fmt(f),
            Shown::Modal(view) => view.fmt(f),
            Shown::Nothing => f.write_str("(nothing changed)"),
            Shown::NoResponse => f.write_str("The application did not respond"),
        }
    }
}

/// Waits for the first answer, or until it is too late.
pub(crate) async fn answered(shared: &Shared, id: u64) {
    shared
        .wait_for(FIRST_ANSWER, |world| {
            let interaction = world.interactions.get(&id)?;
            let over = interaction.answer.is_some() || interaction.is_late(world.now_ms());
            over.then_some(())
        })
        .await;
}

/// Whether the first answer was a deferral, and what is to be seen.
fn shown(world: &World, id: u64) -> (bool, Shown) {
    let Some(interaction) = world.interactions.get(&id) else {
        return (false, Shown::NoResponse);
    };
    let channel = interaction.channel_id;
    let message = || {
        let message = world.message(channel, interaction.original?)?;
        Some(Shown::Message(Box::new(MessageView::of(world, message))))
    };
    let shown = match &interaction.answer {
        None => Some(Shown::NoResponse),
        Some(Answer::Modal(modal)) => {
            let used = interaction.kind.message();
            Some(Shown::Modal(Box::new(ModalView::of(world, modal, channel, used))))
        }
        Some(Answer::DeferredUpdate) if !interaction.settled => None,
        Some(Answer::Choices(_)) => None,
        Some(_) => message(),
    };
    let deferred = matches!(interaction.answer, Some(Answer::DeferredMessage | Answer::DeferredUpdate));
    (deferred, shown.unwrap_or(Shown::Nothing))
}

/// The follow-ups so far, looked at.
fn follow_ups(world: &mut World, id: u64) -> Vec<MessageView> {
    let Some(interaction) = world.interactions.get(&id) else {
        return Vec::new();
    };
    let channel = interaction.channel_id;
    let ids = interaction.follow_ups.clone();
    for message in &ids {
        world.look_at_message(channel, *message);
    }
    ids.iter()
        .filter_map(|message| world.message(channel, *message))
        .map(|message| MessageView::of(world, message))
        .collect()
}
