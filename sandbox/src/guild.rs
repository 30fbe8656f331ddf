//! What a test sets up: a guild, with its channels, roles and members.
//!
//! Handles on the shared state: cheap to clone, all the same thing.

use std::sync::Arc;

use crate::channel::Channel;
use crate::permissions;
use crate::person::Person;
use crate::shared::Shared;
use crate::world::channel::kind;
use crate::world::guild::GuildRecord;

mod role;

pub use role::Role;

/// A server, which mostly has the bot in it.
#[derive(Clone, Debug)]
pub struct Guild {
    shared: Arc<Shared>,
    id: u64,
}

impl Guild {
    pub(crate) fn new(shared: Arc<Shared>, id: u64) -> Guild {
        Guild { shared, id }
    }

    fn look<T: Default>(&self, look: impl FnOnce(&GuildRecord) -> T) -> T {
        self.shared.read(|world| world.guilds.get(&self.id).map(look)).unwrap_or_default()
    }

    /// The guild's id.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The guild's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.look(|guild| guild.name.clone())
    }

    /// The role that every member has. It grants [`permissions::OF_EVERYONE`] at first.
    #[must_use]
    pub fn everyone(&self) -> Role {
        self.role(self.id)
    }

    /// The role that the bot brought along.
    #[must_use]
    pub fn bot_role(&self) -> Role {
        self.role(self.look(|guild| guild.bot_role))
    }

    fn role(&self, id: u64) -> Role {
        Role::new(Arc::clone(&self.shared), self.id, id)
    }

    fn channel(&self, id: u64) -> Channel {
        Channel::new(Arc::clone(&self.shared), id)
    }

    fn add_channel_of(&self, name: &str, kind: u8) -> Channel {
        let id = self.shared.change(|world| world.add_channel(self.id, name, kind));
        self.channel(id)
    }

    /// Makes a text channel.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn add_channel(&self, name: &str) -> Channel {
        self.add_channel_of(name, kind::TEXT)
    }

    /// Makes an announcement channel.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn add_announcement_channel(&self, name: &str) -> Channel {
        self.add_channel_of(name, kind::ANNOUNCEMENT)
    }

    /// Makes a voice channel.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn add_voice_channel(&self, name: &str) -> Channel {
        self.add_channel_of(name, kind::VOICE)
    }

    /// Makes a role that grants `permissions`. As on Discord not everyone may ping it, until
    /// [`Role::set_mentionable`] says so.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn add_role(&self, name: &str, permissions: u64) -> Role {
        let id = self.shared.change(|world| world.add_role(self.id, name, permissions));
        self.role(id)
    }

    /// A new member without a role. They stand in the guild's first channel.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn add_member(&self, name: &str) -> Person {
        self.add_member_with(name, &[])
    }

    /// A new member with these roles.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn add_member_with(&self, name: &str, roles: &[&Role]) -> Person {
        let roles = roles.iter().map(|role| role.id()).collect();
        let id = self.shared.change(|world| world.add_member(self.id, name, roles));
        Person::member(Arc::clone(&self.shared), id, self.id)
    }

    /// A new member with a role that grants Manage Server.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn admin(&self, name: &str) -> Person {
        let known = self.look(|guild| {
            let admins = guild.roles.iter().find(|role| role.name == "Admin");
            admins.map(|role| role.id)
        });
        let role = match known {
            Some(id) => self.role(id),
            None => self.add_role("Admin", permissions::MANAGE_GUILD),
        };
        self.add_member_with(name, &[&role])
    }

    /// Sets what the bot's role grants in this guild: [`permissions::OF_BOT`] at first.
    ///
    /// As on Discord, what `@everyone` grants comes on top: to take something from the bot, take
    /// it from both ([`Role::set_permissions`]), or deny it in one channel
    /// ([`Channel::deny_bot`]).
    pub fn set_bot_permissions(&self, permissions: u64) {
        self.bot_role().set_permissions(permissions);
    }

    /// The channels, without threads, in the order in which they were made.
    #[must_use]
    pub fn channels(&self) -> Vec<Channel> {
        let ids: Vec<u64> = self.shared.read(|world| world.channels_of(self.id).map(|channel| channel.id).collect());
        ids.into_iter().map(|id| self.channel(id)).collect()
    }

    /// The open threads, in the order of their messages.
    #[must_use]
    pub fn threads(&self) -> Vec<Channel> {
        let ids: Vec<u64> = self.shared.read(|world| world.threads_of(self.id).map(|thread| thread.id).collect());
        ids.into_iter().map(|id| self.channel(id)).collect()
    }

    /// Takes the bot out of the guild. It hears so, if it is connected.
    pub fn remove_bot(&self) {
        self.shared.change(|world| world.remove_bot(self.id));
    }

    /// Invites the bot again.
    pub fn invite_bot(&self) {
        self.shared.change(|world| world.invite_bot(self.id));
    }

    /// Discord has an outage there: the bot hears that the guild is unavailable, and nothing
    /// more of it until it is back. REST answers as before.
    pub fn becomes_unavailable(&self) {
        self.shared.change(|world| world.set_unavailable(self.id, true));
    }

    /// The outage is over. The bot is told of the whole guild anew.
    pub fn becomes_available(&self) {
        self.shared.change(|world| world.set_unavailable(self.id, false));
    }
}
