//! Guilds with their roles and members, and the people themselves.

use std::collections::BTreeMap;

use super::channel::ChannelRecord;
use super::{APPLICATION_ID, World};
use crate::permissions;
use crate::session::intents;
use crate::wire;

/// A person, or the bot.
#[derive(Clone, Debug)]
pub(crate) struct UserRecord {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) bot: bool,
    /// The language of the person's client.
    pub(crate) locale: String,
}

impl UserRecord {
    fn person(id: u64, name: &str) -> UserRecord {
        UserRecord { id, name: name.to_owned(), bot: false, locale: "en-US".to_owned() }
    }

    pub(crate) fn bot(id: u64, name: &str) -> UserRecord {
        UserRecord { bot: true, ..UserRecord::person(id, name) }
    }
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct GuildRecord {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner_id: u64,
    /// The first is `@everyone`, whose id is the guild's.
    pub(crate) roles: Vec<RoleRecord>,
    pub(crate) members: BTreeMap<u64, MemberRecord>,
    /// The role that the bot brought along.
    pub(crate) bot_role: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct RoleRecord {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) mentionable: bool,
    /// Whether it belongs to an application.
    pub(crate) managed: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct MemberRecord {
    pub(crate) user: u64,
    pub(crate) roles: Vec<u64>,
    pub(crate) joined_ms: i64,
}

impl GuildRecord {
    pub(crate) fn role(&self, id: u64) -> Option<&RoleRecord> {
        self.roles.iter().find(|role| role.id == id)
    }

    pub(crate) fn role_mut(&mut self, id: u64) -> Option<&mut RoleRecord> {
        self.roles.iter_mut().find(|role| role.id == id)
    }

    pub(crate) fn has_bot(&self) -> bool {
        self.members.contains_key(&APPLICATION_ID)
    }
}

impl World {
    /// Makes a guild with an owner and the bot.
    pub(crate) fn add_guild(&mut self, name: &str) -> u64 {
        let id = self.next_id();
        let owner_id = self.next_id();
        let bot_role = self.next_id();
        let owner = UserRecord::person(owner_id, "owner");
        self.users.insert(owner_id, owner);
        let everyone = RoleRecord {
            id,
            name: "@everyone".to_owned(),
            permissions: permissions::OF_EVERYONE,
            mentionable: false,
            managed: false,
        };
        let of_bot = RoleRecord {
            id: bot_role,
            name: "Bot".to_owned(),
            permissions: permissions::OF_BOT,
            mentionable: false,
            managed: true,
        };
        let guild = GuildRecord {
            id,
            name: name.to_owned(),
            owner_id,
            roles: vec![everyone, of_bot],
            members: BTreeMap::new(),
            bot_role,
        };
        self.guilds.insert(id, guild);
        self.join(id, owner_id, Vec::new());
        self.join(id, APPLICATION_ID, vec![bot_role]);
        self.announce_guild(id);
        id
    }

    /// Tells the bot of a guild that it is in.
    fn announce_guild(&mut self, guild: u64) {
        if let Some(record) = self.guilds.get(&guild) {
            let payload = wire::guild::created(self, record);
            self.dispatch("GUILD_CREATE", &payload, Some(guild), intents::GUILDS);
        }
    }

    fn join(&mut self, guild: u64, user: u64, roles: Vec<u64>) {
        let joined_ms = self.now_ms();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            let member = MemberRecord { user, roles, joined_ms };
            guild.members.insert(user, member);
        }
    }

    /// Makes a person who is a member of the guild.
    pub(crate) fn add_member(&mut self, guild: u64, name: &str, roles: Vec<u64>) -> u64 {
        let id = self.next_id();
        self.users.insert(id, UserRecord::person(id, name));
        self.join(guild, id, roles);
        id
    }

    /// Makes a role; roles are mentionable at first.
    pub(crate) fn add_role(&mut self, guild: u64, name: &str, permissions: u64) -> u64 {
        let id = self.next_id();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.roles.push(RoleRecord { id, name: name.to_owned(), permissions, mentionable: true, managed: false });
        }
        id
    }

    /// Makes a channel and tells the bot of it.
    pub(crate) fn add_channel(&mut self, guild: u64, name: &str, kind: u8) -> u64 {
        let id = self.next_id();
        let position = self.channels_of(guild).count();
        let channel = ChannelRecord::of_guild(id, guild, name, kind, position);
        let payload = wire::guild::channel(&channel);
        self.channels.insert(id, channel);
        self.dispatch("CHANNEL_CREATE", &payload, Some(guild), intents::GUILDS);
        id
    }

    /// Deletes a channel with its threads and tells the bot of it.
    pub(crate) fn delete_channel(&mut self, id: u64) {
        let Some(channel) = self.channels.remove(&id) else {
            return;
        };
        self.channels.retain(|_, other| !other.is_thread() || other.parent_id != Some(id));
        let event = if channel.is_thread() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        let payload = wire::guild::channel(&channel);
        self.dispatch(event, &payload, channel.guild_id, intents::GUILDS);
    }

    /// Takes the bot out of a guild and tells it.
    pub(crate) fn remove_bot(&mut self, guild: u64) {
        let removed = self.guilds.get_mut(&guild).and_then(|guild| guild.members.remove(&APPLICATION_ID));
        if removed.is_some() {
            let payload = serde_json::json!({ "id": guild.to_string() });
            self.dispatch("GUILD_DELETE", &payload, Some(guild), intents::GUILDS);
        }
    }

    /// Brings the bot back into a guild that it was removed from.
    pub(crate) fn invite_bot(&mut self, guild: u64) {
        let Some(record) = self.guilds.get(&guild).filter(|guild| !guild.has_bot()) else {
            return;
        };
        let bot_role = record.bot_role;
        self.join(guild, APPLICATION_ID, vec![bot_role]);
        self.announce_guild(guild);
    }

    /// The channels of a guild, without threads, in order.
    pub(crate) fn channels_of(&self, guild: u64) -> impl Iterator<Item = &ChannelRecord> {
        self.channels.values().filter(move |channel| channel.guild_id == Some(guild) && !channel.is_thread())
    }
}
