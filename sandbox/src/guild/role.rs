//! A handle on a role.

use std::sync::Arc;

use crate::shared::Shared;
use crate::world::guild::RoleRecord;

/// A role of a guild.
#[derive(Clone, Debug)]
pub struct Role {
    shared: Arc<Shared>,
    guild: u64,
    id: u64,
}

impl Role {
    pub(super) fn new(shared: Arc<Shared>, guild: u64, id: u64) -> Role {
        Role { shared, guild, id }
    }

    fn change(&self, change: impl FnOnce(&mut RoleRecord)) {
        self.shared.change(|world| world.change_role(self.guild, self.id, change));
    }

    /// The role's id; that of `@everyone` is the guild's.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The role's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.shared
            .read(|world| {
                let guild = world.guilds.get(&self.guild)?;
                guild.role(self.id).map(|role| role.name.clone())
            })
            .unwrap_or_default()
    }

    /// Sets whether everyone may ping it.
    pub fn set_mentionable(&self, mentionable: bool) {
        self.change(|role| role.mentionable = mentionable);
    }

    /// Sets what it grants.
    pub fn set_permissions(&self, permissions: u64) {
        self.change(|role| role.permissions = permissions);
    }

    /// Deletes it. `@everyone` and the bot's own role can't be deleted.
    pub fn delete(&self) {
        self.shared.change(|world| world.delete_role(self.guild, self.id));
    }
}
