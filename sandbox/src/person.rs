//! What a person does: runs commands, clicks, chooses, fills in modals, looks.
//!
//! Each step goes as far as a client lets a person go; what a client would not let through is an
//! error. The steps named `try_…` return it, those for tests panic with it.

use std::sync::Arc;

use crate::channel::Channel;
use crate::check::{self, message::CONTENT};
use crate::permissions::VIEW_CHANNEL;
use crate::shared::Shared;
use crate::view::MessageView;
use crate::world::guild::UserRecord;
use crate::world::message::MessageRecord;
use crate::world::{APPLICATION_ID, World};

mod by_id;
mod client;
mod line;
mod parts;
mod scene;
mod speech;
mod steps;
mod value;

/// What a step returns: what came of it, or why no person could do it.
type Step<T> = Result<T, String>;

/// Someone in the sandbox, standing in a channel. Clones are the same person.
#[derive(Clone, Debug)]
pub struct Person {
    shared: Arc<Shared>,
    id: u64,
    guild: Option<u64>,
    /// Where they stand; the guild's first channel while nothing is said.
    channel: Option<u64>,
}

/// What autocomplete offers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Choice {
    /// What the person reads.
    pub name: String,
    /// What the bot gets when they pick it.
    pub value: String,
}

impl Person {
    pub(crate) fn member(shared: Arc<Shared>, id: u64, guild: u64) -> Person {
        Person { shared, id, guild: Some(guild), channel: None }
    }

    /// Whoever has that id, standing in a channel or nowhere.
    pub(crate) fn standing(shared: Arc<Shared>, id: u64, channel: Option<u64>) -> Person {
        Person { shared, id, guild: None, channel }
    }

    /// The person's id.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The person's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.shared.read(|world| name(world, self.id))
    }

    /// How a message names the person: `<@id>`.
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// The same person, standing in that channel.
    #[must_use]
    pub fn in_channel(&self, channel: &Channel) -> Person {
        Person { channel: Some(channel.id()), ..self.clone() }
    }

    /// The same person, in their direct message with the bot.
    #[must_use]
    pub fn in_dm(&self) -> Person {
        let channel = self.shared.change(|world| world.direct_channel(APPLICATION_ID, self.id));
        Person { channel: Some(channel), ..self.clone() }
    }

    /// The same person, in their direct message with someone else.
    #[must_use]
    pub fn in_dm_with(&self, other: &Person) -> Person {
        let channel = self.shared.change(|world| world.direct_channel(self.id, other.id));
        Person { channel: Some(channel), ..self.clone() }
    }

    /// The person installs the application to their own account: its commands for accounts go with them everywhere.
    pub fn installs_app(&self) {
        self.change(|user| user.has_app = true);
    }

    /// Bots can't write to the person any more.
    pub fn closes_dms(&self) {
        self.change(|user| user.takes_dms = false);
    }

    fn change(&self, change: impl FnOnce(&mut UserRecord)) {
        self.shared.change(|world| world.users.get_mut(&self.id).map(change));
    }

    /// Sets the language of the person's client: `en-US` at first.
    pub fn set_locale(&self, locale: &str) {
        self.change(|user| locale.clone_into(&mut user.locale));
    }

    /// The person leaves the guild.
    pub fn leaves(&self) {
        self.shared.change(|world| {
            let guild = self.guild.and_then(|id| world.guilds.get_mut(&id));
            if let Some(guild) = guild {
                guild.members.remove(&self.id);
            }
        });
    }

    /// Everything that the person sees where they stand, oldest first. It counts as looked at.
    #[must_use]
    pub fn sees(&self) -> Vec<MessageView> {
        self.shared.note(|world| {
            let Ok(channel) = self.place(world) else {
                return Vec::new();
            };
            let views: Vec<MessageView> =
                self.seen(world, channel).map(|message| MessageView::of(world, message)).collect();
            for view in &views {
                world.look_at_message(channel, view.id);
            }
            views
        })
    }

    /// Says something in public. Returns the message's id.
    ///
    /// # Errors
    /// When the person stands nowhere or may not write there, and when there is nothing to say or
    /// more than Discord takes.
    pub fn try_says(&self, content: &str) -> Step<u64> {
        let typed = check::length(content);
        if content.trim().is_empty() || typed > CONTENT {
            let remedy = if typed > CONTENT { "shorten it" } else { "write something" };
            return Err(format!("a message has 1 to {CONTENT} characters, not {typed}; {remedy}"));
        }
        self.shared.change(|world| {
            let channel = self.place(world)?;
            if world.permissions(self.id, channel) & world.sending(channel) == 0 {
                return Err(format!("{} may not write there; go to another channel", name(world, self.id)));
            }
            world.say(self.id, channel, content).ok_or_else(|| "that channel is gone; go to another".to_owned())
        })
    }

    /// The channel that they stand in, if they may see it.
    fn place(&self, world: &World) -> Step<u64> {
        let name = name(world, self.id);
        let first = || {
            let channel = world.channels_of(self.guild?).next()?;
            Some(channel.id)
        };
        let channel = self.channel.or_else(first);
        let channel = channel.ok_or_else(|| format!("{name} stands in no channel; go to one"))?;
        let Some(record) = world.channels.get(&channel) else {
            return Err(format!("the channel that {name} stands in is gone; go to another"));
        };
        if world.permissions(self.id, channel) & VIEW_CHANNEL == 0 {
            return Err(format!("{name} can't see #{}; go to another channel", record.name));
        }
        Ok(channel)
    }

    /// What the person sees in a channel, oldest first.
    fn seen<'w>(&self, world: &'w World, channel: u64) -> impl DoubleEndedIterator<Item = &'w MessageRecord> {
        world.channels.get(&channel).into_iter().flat_map(|record| record.seen_by(self.id))
    }

    fn still_sees<'w>(&self, world: &'w World, message: &MessageView) -> Step<&'w MessageRecord> {
        world
            .message(message.channel_id, message.id)
            .filter(|held| held.is_seen_by(self.id))
            .ok_or_else(|| format!("{} does not see that message", name(world, self.id)))
    }

    fn no_button(&self, world: &World, channel: u64, label: &str) -> String {
        let offered: Vec<String> =
            self.seen(world, channel).flat_map(|message| MessageView::of(world, message).buttons()).collect();
        let name = name(world, self.id);
        format!("{name} sees no button {label}; there are: {}", offered.join(", "))
    }
}

fn name(world: &World, id: u64) -> String {
    world.users.get(&id).map(|user| user.name.clone()).unwrap_or_default()
}
