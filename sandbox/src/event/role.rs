//! Roles coming, changing and going.

use serde_json::{Value, json};

use crate::wire;
use crate::world::World;
use crate::world::guild::RoleRecord;

impl World {
    /// Makes a role that not everyone may ping, and tells the bot of it.
    pub(crate) fn add_role(&mut self, guild: u64, name: &str, permissions: u64) -> u64 {
        let id = self.next_id();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.roles.push(RoleRecord { id, name: name.to_owned(), permissions, mentionable: false, managed: false });
        }
        self.tell_role("GUILD_ROLE_CREATE", guild, id);
        id
    }

    /// Changes a role and tells the bot of it.
    pub(crate) fn change_role(&mut self, guild: u64, id: u64, change: impl FnOnce(&mut RoleRecord)) {
        if let Some(role) = self.guilds.get_mut(&guild).and_then(|guild| guild.role_mut(id)) {
            change(role);
            self.tell_role("GUILD_ROLE_UPDATE", guild, id);
        }
    }

    /// Takes a role from all who have it, and tells the bot that it is gone. `@everyone` and
    /// what an application brought along stay.
    pub(crate) fn delete_role(&mut self, guild: u64, id: u64) {
        let Some(record) = self.guilds.get_mut(&guild) else {
            return;
        };
        let before = record.roles.len();
        record.roles.retain(|role| role.id != id || role.managed || id == guild);
        if record.roles.len() == before {
            return;
        }
        for member in record.members.values_mut() {
            member.roles.retain(|role| *role != id);
        }
        for channel in self.channels.values_mut() {
            channel.overwrites.retain(|held| held.of_member || held.id != id);
        }
        self.tell("GUILD_ROLE_DELETE", &json!({"guild_id": guild.to_string(), "role_id": id.to_string()}), guild);
    }

    fn tell_role(&mut self, event: &str, guild: u64, id: u64) {
        if let Some(role) = self.role_payload(guild, id) {
            self.tell(event, &json!({"guild_id": guild.to_string(), "role": role}), guild);
        }
    }

    fn role_payload(&self, guild: u64, id: u64) -> Option<Value> {
        let mut roles = self.guilds.get(&guild)?.roles.iter().enumerate();
        roles.find(|(_, role)| role.id == id).map(|(position, role)| wire::guild::role(role, position))
    }
}
