//! Guilds with their roles and members, and the people themselves.

use std::collections::BTreeMap;

use super::APPLICATION_ID;

/// A person, or the bot.
#[derive(Clone, Debug)]
pub(crate) struct UserRecord {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) bot: bool,
    /// The language of the person's client.
    pub(crate) locale: String,
    /// Whether they installed the application to their account.
    pub(crate) has_app: bool,
    /// Whether bots can write to them.
    pub(crate) takes_dms: bool,
}

impl UserRecord {
    pub(crate) fn person(id: u64, name: &str) -> UserRecord {
        UserRecord {
            id,
            name: name.to_owned(),
            bot: false,
            locale: "en-US".to_owned(),
            has_app: false,
            takes_dms: true,
        }
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
    /// Whether Discord has an outage there.
    pub(crate) unavailable: bool,
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

    /// Whether the bot is told what happens there.
    pub(crate) fn is_told(&self) -> bool {
        self.has_bot() && !self.unavailable
    }

    pub(crate) fn has_bot(&self) -> bool {
        self.members.contains_key(&APPLICATION_ID)
    }
}
