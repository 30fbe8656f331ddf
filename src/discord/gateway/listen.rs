//! What the client hears, as small values in a queue. Knows nothing of what becomes of them.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serenity::async_trait;
use serenity::client::{Context, RawEventHandler};
use serenity::model::application::Interaction as Given;
use serenity::model::event::{Event as Raw, UnknownEvent};
use serenity::model::gateway::Ready;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, Permit};
use tokio::time::Instant;

use crate::discord::event::{Arrival, Event};
use crate::discord::interaction::Interaction;
use crate::domain::id::{ChannelId, GuildId, InteractionId};

/// How many interactions are remembered, so that one which comes twice is taken up once. A repetition comes soon: when a connection is
/// taken up again.
const REMEMBERED: usize = 10_000;

/// For so many bytes of interactions there is room, from when they come until they are answered. A long answer takes some 10,000.
const ROOM: usize = 64 * 1024 * 1024;

/// The way to the queue. Clones share it, and what went through it before: one client after the other has one.
#[derive(Clone, Debug)]
pub(super) struct Inbox {
    queue: mpsc::Sender<Event>,
    room: Arc<Semaphore>,
    seen: Arc<Mutex<Seen>>,
    unreadable: Arc<AtomicU64>,
    dropped: Arc<AtomicU64>,
}

impl Inbox {
    pub(super) fn new(queue: mpsc::Sender<Event>) -> Inbox {
        Inbox::with_room(queue, ROOM)
    }

    fn with_room(queue: mpsc::Sender<Event>, bytes: usize) -> Inbox {
        let room = Arc::new(Semaphore::new(bytes));
        Inbox { queue, room, seen: Arc::default(), unreadable: Arc::default(), dropped: Arc::default() }
    }

    fn take(&self, interaction: Interaction) {
        let bytes = u32::try_from(interaction.bytes()).unwrap_or(u32::MAX);
        let Ok(room) = Arc::clone(&self.room).try_acquire_many_owned(bytes) else { return self.drop(&interaction) };
        let Some(place) = self.place(&interaction) else { return };
        // What was dropped is not remembered: it may come again.
        if self.seen.lock().unwrap_or_else(PoisonError::into_inner).is_new(interaction.id) {
            place.send(Event::Interaction(Box::new(Arrival { interaction, at: Instant::now(), room })));
        } else {
            tracing::info!(interaction = %interaction.id, "an interaction came again");
        }
    }

    fn put(&self, event: Event) {
        if let Some(place) = self.place(&event) {
            place.send(event);
        }
    }

    /// A place in the queue. Never waits: a full queue must not stop the connection.
    fn place(&self, event: &impl fmt::Debug) -> Option<Permit<'_, Event>> {
        match self.queue.try_reserve() {
            Ok(place) => return Some(place),
            Err(TrySendError::Full(())) => self.drop(event),
            Err(TrySendError::Closed(())) => tracing::warn!(?event, "it came while Starling stops"),
        }
        None
    }

    fn drop(&self, event: &impl fmt::Debug) {
        let count = self.dropped.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::error!(?event, count, "too much waits, so this is dropped");
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

/// Hears everything as serenity parsed it, what it could not parse too: each handler more would get a copy of each event.
pub(super) struct Listener {
    pub(super) inbox: Inbox,
    /// How many times Discord has let this client in, over all shards.
    pub(super) times_let_in: Arc<AtomicU32>,
}

#[async_trait]
impl RawEventHandler for Listener {
    async fn raw_event(&self, _: Context, event: Raw) {
        match event {
            Raw::InteractionCreate(event) => self.interaction(event.interaction),
            Raw::Ready(event) => self.ready(&event.ready),
            Raw::Resumed(_) => tracing::info!("the connection to the gateway was taken up again"),
            Raw::GuildCreate(event) => {
                let channels = event.guild.channels.keys().map(|channel| ChannelId(channel.get())).collect();
                self.inbox.put(Event::Joined { guild: GuildId(event.guild.id.get()), channels });
            }
            // An outage is no removal.
            Raw::GuildDelete(event) if !event.guild.unavailable => {
                self.inbox.put(Event::Removed(GuildId(event.guild.id.get())));
            }
            Raw::ChannelDelete(event) => {
                self.inbox.put(Event::ChannelDeleted(ChannelId(event.channel.id.get())));
            }
            Raw::Unknown(unreadable) => self.unreadable(&unreadable),
            _ => {}
        }
    }
}

impl Listener {
    fn interaction(&self, given: Given) {
        let (id, kind) = (given.id(), given.kind());
        let Some(interaction) = Interaction::read(given) else {
            tracing::warn!(interaction = %id, ?kind, "an interaction of a kind that nobody asked for");
            return;
        };
        self.inbox.take(interaction);
    }

    fn ready(&self, ready: &Ready) {
        self.times_let_in.fetch_add(1, Ordering::Relaxed);
        tracing::info!(bot = %ready.user.name, guilds = ready.guilds.len(), "connected to the gateway");
        let guilds = ready.guilds.iter().map(|guild| GuildId(guild.id.get())).collect();
        let (shard, shards) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total));
        self.inbox.put(Event::Present { guilds, shard, shards });
    }

    /// The event itself may hold a person's text.
    fn unreadable(&self, event: &UnknownEvent) {
        let interaction = match event.kind.as_str() {
            "INTERACTION_CREATE" => Interaction::read_unreadable(&event.value),
            _ => None,
        };
        let count = self.inbox.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
        // A new kind of event may come a thousand times a day; each doubling of the count is enough to know.
        if interaction.is_some() || count.is_power_of_two() {
            tracing::warn!(
                kind = event.kind,
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
    use serde_json::json;

    use super::*;

    fn interaction(id: u64) -> Interaction {
        Interaction::read_unreadable(&json!({ "id": id.to_string(), "token": "t".repeat(100) })).unwrap()
    }

    #[tokio::test]
    async fn beyond_its_room_in_bytes_nothing_waits_until_something_is_answered() {
        let (queue, mut waiting) = mpsc::channel(100);
        let inbox = Inbox::with_room(queue, interaction(1).bytes() * 2);
        for id in 1..=3 {
            inbox.take(interaction(id));
        }
        assert_eq!((waiting.len(), inbox.dropped.load(Ordering::Relaxed)), (2, 1));
        // It takes up its room until it is answered, and not only while it stands in line.
        let answering = waiting.recv().await.unwrap();
        inbox.take(interaction(4));
        assert_eq!(waiting.len(), 1);
        drop(answering);
        // It was dropped before, and Discord brings it again.
        inbox.take(interaction(3));
        assert_eq!((waiting.len(), inbox.dropped.load(Ordering::Relaxed)), (2, 2));
    }

    #[tokio::test]
    async fn beyond_its_number_nothing_waits() {
        let (queue, waiting) = mpsc::channel(2);
        let inbox = Inbox::new(queue);
        for id in 1..=3 {
            inbox.take(interaction(id));
        }
        assert_eq!((waiting.len(), inbox.dropped.load(Ordering::Relaxed)), (2, 1));
    }

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
