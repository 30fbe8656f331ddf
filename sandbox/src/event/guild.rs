//! Guilds and channels coming and going, and who is in them.

use std::collections::BTreeMap;

use serde_json::json;

use crate::permissions;
use crate::session::intents;
use crate::wire;
use crate::world::channel::ChannelRecord;
use crate::world::guild::{GuildRecord, MemberRecord, RoleRecord, UserRecord};
use crate::world::{APPLICATION_ID, World};

impl World {
    /// Makes a guild with an owner and the bot.
    pub(crate) fn add_guild(&mut self, name: &str) -> u64 {
        let id = self.add_guild_without_bot(name);
        self.invite_bot(id);
        id
    }

    /// Makes a guild with an owner alone.
    pub(crate) fn add_guild_without_bot(&mut self, name: &str) -> u64 {
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
            name: self.bot_name(),
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
            unavailable: false,
        };
        self.guilds.insert(id, guild);
        self.join(id, owner_id, Vec::new());
        id
    }

    /// Tells the bot of a guild that it is in.
    fn announce_guild(&mut self, guild: u64) {
        if let Some(record) = self.guilds.get(&guild) {
            let payload = wire::guild::created(self, record);
            self.tell("GUILD_CREATE", &payload, guild);
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

    /// Makes a channel and tells the bot of it.
    pub(crate) fn add_channel(&mut self, guild: u64, name: &str, kind: u8) -> u64 {
        let id = self.next_id();
        let position = self.channels_of(guild).count();
        let channel = ChannelRecord::of_guild(id, guild, name, kind, position);
        let payload = wire::guild::channel(&channel);
        self.channels.insert(id, channel);
        self.tell("CHANNEL_CREATE", &payload, guild);
        id
    }

    /// Changes a channel or a thread and tells the bot of it.
    pub(crate) fn change_channel(&mut self, id: u64, change: impl FnOnce(&mut ChannelRecord)) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        change(channel);
        let event = if channel.is_thread() { "THREAD_UPDATE" } else { "CHANNEL_UPDATE" };
        if let Some(guild) = channel.guild_id {
            let payload = wire::guild::channel(channel);
            self.tell(event, &payload, guild);
        }
    }

    /// Deletes a channel with its threads and tells the bot of it.
    pub(crate) fn delete_channel(&mut self, id: u64) {
        let Some(channel) = self.channels.remove(&id) else {
            return;
        };
        self.channels.retain(|_, other| !other.is_thread() || other.parent_id != Some(id));
        let event = if channel.is_thread() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        if let Some(guild) = channel.guild_id {
            self.tell(event, &wire::guild::channel(&channel), guild);
        }
    }

    /// Takes the bot out of a guild and tells it.
    pub(crate) fn remove_bot(&mut self, guild: u64) {
        let removed = self.guilds.get_mut(&guild).and_then(|guild| guild.members.remove(&APPLICATION_ID));
        if removed.is_some() {
            let payload = json!({ "id": guild.to_string() });
            self.dispatch("GUILD_DELETE", &payload, Some(guild), intents::GUILDS);
        }
    }

    /// Brings the bot into a guild that it is not in.
    pub(crate) fn invite_bot(&mut self, guild: u64) {
        let Some(record) = self.guilds.get(&guild).filter(|guild| !guild.has_bot()) else {
            return;
        };
        let bot_role = record.bot_role;
        self.join(guild, APPLICATION_ID, vec![bot_role]);
        self.announce_guild(guild);
    }

    /// Begins or ends an outage of a guild and tells the bot of it.
    pub(crate) fn set_unavailable(&mut self, guild: u64, unavailable: bool) {
        let Some(record) = self.guilds.get_mut(&guild).filter(|guild| guild.unavailable != unavailable) else {
            return;
        };
        if unavailable {
            let payload = wire::guild::unavailable(record);
            self.tell("GUILD_DELETE", &payload, guild);
        }
        if let Some(record) = self.guilds.get_mut(&guild) {
            record.unavailable = unavailable;
        }
        if !unavailable {
            self.announce_guild(guild);
        }
    }
}
