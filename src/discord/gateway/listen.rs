//! What the client hears, as small values in a queue. Knows nothing of what becomes of them.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serenity::async_trait;
use serenity::client::{Context, EventHandler, RawEventHandler};
use serenity::model::application::Interaction as Given;
use serenity::model::channel::{GuildChannel, Message};
use serenity::model::event::{Event as Raw, ResumedEvent};
use serenity::model::gateway::Ready;
use serenity::model::guild::{Guild, UnavailableGuild};
use tokio::sync::mpsc::{self, error::TrySendError};

use crate::discord::event::Event;
use crate::discord::interaction::Interaction;
use crate::domain::id::{ChannelId, GuildId, InteractionId};

/// How many interactions are remembered, so that one which comes twice is taken up once. A repetition comes soon: when a connection is
/// taken up again.
const REMEMBERED: usize = 10_000;

/// The way to the queue. Clones share it, and what went through it before: one client after the other has one.
#[derive(Clone, Debug)]
pub(super) struct Inbox {
    queue: mpsc::Sender<Event>,
    seen: Arc<Mutex<Seen>>,
    unreadable: Arc<AtomicU64>,
}

impl Inbox {
    pub(super) fn new(queue: mpsc::Sender<Event>) -> Inbox {
        Inbox { queue, seen: Arc::default(), unreadable: Arc::default() }
    }

    fn take(&self, interaction: Interaction) {
        let is_new = self.seen.lock().unwrap_or_else(PoisonError::into_inner).is_new(interaction.id);
        if is_new {
            self.put(Event::Interaction(interaction));
        } else {
            tracing::info!(interaction = %interaction.id, "an interaction came again");
        }
    }

    /// Never waits: a full queue must not stop the connection.
    fn put(&self, event: Event) {
        match self.queue.try_send(event) {
            Ok(()) => {}
            Err(TrySendError::Full(dropped)) => {
                tracing::error!(?dropped, "too many events wait, so this one is dropped");
            }
            Err(TrySendError::Closed(late)) => tracing::warn!(?late, "it came while Starling stops"),
        }
    }
}

/// The interactions that came last.
#[derive(Debug, Default)]
struct Seen {
    ids: HashSet<InteractionId>,
    in_order: VecDeque<InteractionId>,
}

impl Seen {
    fn is_new(&mut self, id: InteractionId) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.in_order.push_back(id);
        if self.in_order.len() > REMEMBERED
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

/// Hears what serenity can parse.
pub(super) struct Listener {
    pub(super) inbox: Inbox,
    /// How many times Discord has let this client in, over all shards.
    pub(super) times_let_in: Arc<AtomicU32>,
}

#[async_trait]
impl EventHandler for Listener {
    async fn ready(&self, _: Context, ready: Ready) {
        self.times_let_in.fetch_add(1, Ordering::Relaxed);
        tracing::info!(bot = %ready.user.name, guilds = ready.guilds.len(), "connected to the gateway");
        let guilds = ready.guilds.iter().map(|guild| GuildId(guild.id.get())).collect();
        let (shard, shards) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total));
        self.inbox.put(Event::Present { guilds, shard, shards });
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        tracing::info!("the connection to the gateway was taken up again");
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        let channels = guild.channels.keys().map(|channel| ChannelId(channel.get())).collect();
        self.inbox.put(Event::Joined { guild: GuildId(guild.id.get()), channels });
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        // An outage is no removal.
        if !guild.unavailable {
            self.inbox.put(Event::Removed(GuildId(guild.id.get())));
        }
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        self.inbox.put(Event::ChannelDeleted(ChannelId(channel.id.get())));
    }

    async fn interaction_create(&self, _: Context, given: Given) {
        let (id, kind) = (given.id(), given.kind());
        let Some(interaction) = Interaction::read(given) else {
            tracing::warn!(interaction = %id, ?kind, "an interaction of a kind that nobody asked for");
            return;
        };
        self.inbox.take(interaction);
    }
}

/// Hears of what serenity can't parse, which it keeps from every other handler. The event itself may hold a person's text.
pub(super) struct Unreadable {
    pub(super) inbox: Inbox,
}

#[async_trait]
impl RawEventHandler for Unreadable {
    async fn raw_event(&self, _: Context, event: Raw) {
        let Raw::Unknown(unreadable) = event else { return };
        let interaction = match unreadable.kind.as_str() {
            "INTERACTION_CREATE" => Interaction::read_unreadable(&unreadable.value),
            _ => None,
        };
        let count = self.inbox.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
        // A new kind of event may come a thousand times a day; each doubling of the count is enough to know.
        if interaction.is_some() || count.is_power_of_two() {
            tracing::warn!(
                kind = unreadable.kind,
                is_answered = interaction.is_some(),
                count,
                "an event that can't be read"
            );
        }
        if let Some(interaction) = interaction {
            self.inbox.take(interaction);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_is_known_for_long_but_not_for_ever() {
        let mut seen = Seen::default();
        let last = u64::try_from(REMEMBERED).unwrap();
        assert!((0..=last).all(|id| seen.is_new(InteractionId(id))));
        assert!(!seen.is_new(InteractionId(1)) && !seen.is_new(InteractionId(last)));
        assert!(seen.is_new(InteractionId(0)), "the oldest is forgotten");
        assert_eq!((seen.ids.len(), seen.in_order.len()), (REMEMBERED, REMEMBERED));
    }
}
