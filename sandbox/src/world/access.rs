//! Who may do what where, computed as Discord does.
//!
//! Source: <https://discord.com/developers/docs/topics/permissions#permission-overwrites>.

use super::channel::{ChannelRecord, Overwrite};
use super::guild::{GuildRecord, MemberRecord};
use super::{APPLICATION_ID, World};
use crate::permissions::{
    ADMINISTRATOR, ALL, ATTACH_FILES, EMBED_LINKS, MENTION_EVERYONE, READ_MESSAGE_HISTORY, SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS, USE_APPLICATION_COMMANDS, VIEW_CHANNEL,
};
use crate::refusal::{Refusal, Unknown};

/// What both sides may do in a direct message.
const DIRECT: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY | USE_APPLICATION_COMMANDS;

/// What means nothing to someone who can't send.
const OF_SENDERS: u64 = EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE;

/// Where commands can be used.
pub(crate) mod context {
    pub(crate) const GUILD: i64 = 0;
    /// A direct message with the bot.
    pub(crate) const BOT_DM: i64 = 1;
    /// A direct message between people.
    pub(crate) const PRIVATE: i64 = 2;
}

impl World {
    /// What `user` may do in `channel`; nothing where either is unknown.
    pub(crate) fn permissions(&self, user: u64, channel: u64) -> u64 {
        let Some(channel) = self.channels.get(&channel) else {
            return 0;
        };
        let Some(guild_id) = channel.guild_id else {
            return if channel.people.contains(&user) { DIRECT } else { 0 };
        };
        let Some(guild) = self.guilds.get(&guild_id) else {
            return 0;
        };
        let Some(member) = guild.members.get(&user) else {
            return 0;
        };
        let overwrites = self.overwrites(channel);
        let granted = granted(guild, member, overwrites);
        effective(granted, channel.is_thread())
    }

    /// A thread has its channel's overwrites.
    fn overwrites<'w>(&'w self, channel: &'w ChannelRecord) -> &'w [Overwrite] {
        let holder = match channel.parent_id {
            Some(parent) if channel.is_thread() => self.channels.get(&parent),
            _ => Some(channel),
        };
        holder.map_or(&[], |holder| holder.overwrites.as_slice())
    }

    /// Whether the bot is in the guild of `channel`, or takes part in the direct message.
    pub(crate) fn has_bot(&self, channel: u64) -> bool {
        self.guild_of(channel).map_or_else(
            || self.channels.get(&channel).is_some_and(|held| held.people.contains(&APPLICATION_ID)),
            GuildRecord::has_bot,
        )
    }

    /// The number of the kind of place that `channel` is.
    pub(crate) fn context(&self, channel: u64) -> i64 {
        match (self.guild_of(channel), self.has_bot(channel)) {
            (Some(_), _) => context::GUILD,
            (None, true) => context::BOT_DM,
            (None, false) => context::PRIVATE,
        }
    }

    /// The channel, if the bot may see it.
    pub(crate) fn visible_channel(&self, id: u64) -> Result<&ChannelRecord, Refusal> {
        let channel = self.channels.get(&id).ok_or_else(|| Refusal::unknown(Unknown::Channel))?;
        if self.bot_may(id, VIEW_CHANNEL) { Ok(channel) } else { Err(Refusal::missing_access()) }
    }

    /// Whether the bot has all of `permissions` in `channel`.
    pub(crate) fn bot_may(&self, channel: u64, permissions: u64) -> bool {
        self.permissions(APPLICATION_ID, channel) & permissions == permissions
    }

    /// The permission that sending takes in `channel`.
    pub(crate) fn sending(&self, channel: u64) -> u64 {
        let in_thread = self.channels.get(&channel).is_some_and(ChannelRecord::is_thread);
        if in_thread { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES }
    }
}

/// What a member's roles grant in the whole guild.
fn base(guild: &GuildRecord, member: &MemberRecord) -> u64 {
    if guild.owner_id == member.user {
        return ALL;
    }
    let granted = guild
        .roles
        .iter()
        .filter(|role| role.id == guild.id || member.roles.contains(&role.id))
        .fold(0, |sum, role| sum | role.permissions);
    if granted & ADMINISTRATOR == 0 { granted } else { ALL }
}

/// The guild's grant, then the overwrites: everyone's, those of all roles together, the member's.
fn granted(guild: &GuildRecord, member: &MemberRecord, overwrites: &[Overwrite]) -> u64 {
    let base = base(guild, member);
    if base & ADMINISTRATOR != 0 {
        return ALL;
    }
    let of_everyone = |held: &Overwrite| !held.of_member && held.id == guild.id;
    let of_roles = |held: &Overwrite| !held.of_member && member.roles.contains(&held.id);
    let of_member = |held: &Overwrite| held.of_member && held.id == member.user;
    let base = apply(base, overwrites, of_everyone);
    let base = apply(base, overwrites, of_roles);
    apply(base, overwrites, of_member)
}

/// Denies what any chosen overwrite denies, then allows what any of them allows.
fn apply(base: u64, overwrites: &[Overwrite], chosen: impl Fn(&Overwrite) -> bool) -> u64 {
    let (allow, deny) = overwrites
        .iter()
        .filter(|held| chosen(held))
        .fold((0, 0), |(allow, deny), held| (allow | held.allow, deny | held.deny));
    base & !deny | allow
}

/// Takes away what means nothing without seeing, or without sending.
fn effective(granted: u64, in_thread: bool) -> u64 {
    if granted & VIEW_CHANNEL == 0 {
        return 0;
    }
    let sending = if in_thread { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
    if granted & sending == 0 { granted & !OF_SENDERS } else { granted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::{CREATE_PUBLIC_THREADS, MANAGE_GUILD};
    use crate::world::channel::kind;
    use crate::world::scene::{Scene, scene};

    impl Scene {
        fn overwrite(&mut self, id: u64, of_member: bool, allow: u64, deny: u64) {
            let channel = self.world.channels.get_mut(&self.channel).unwrap();
            channel.overwrites.push(Overwrite { id, of_member, allow, deny });
        }

        fn may(&self, user: u64) -> u64 {
            self.world.permissions(user, self.channel)
        }
    }

    #[test]
    fn roles_add_up() {
        let mut scene = scene();
        let role = scene.world.add_role(scene.guild, "mods", MANAGE_GUILD);
        let bob = scene.world.add_member(scene.guild, "Bob", vec![role]);
        assert_ne!(scene.may(bob) & MANAGE_GUILD, 0);
        assert_eq!(scene.may(scene.ada) & MANAGE_GUILD, 0);
        assert_ne!(scene.may(bob) & SEND_MESSAGES, 0);
    }

    #[test]
    fn a_role_wins_over_everyone_and_a_member_over_roles() {
        let mut scene = scene();
        let (everyone, role) = (scene.guild, scene.role);
        let bob = scene.world.add_member(scene.guild, "Bob", vec![role]);
        scene.overwrite(everyone, false, 0, EMBED_LINKS | CREATE_PUBLIC_THREADS);
        assert_eq!(scene.may(bob) & EMBED_LINKS, 0);
        scene.overwrite(role, false, EMBED_LINKS | CREATE_PUBLIC_THREADS, 0);
        assert_ne!(scene.may(bob) & EMBED_LINKS, 0);
        scene.overwrite(bob, true, 0, EMBED_LINKS);
        assert_eq!(scene.may(bob) & EMBED_LINKS, 0);
        assert_ne!(scene.may(bob) & CREATE_PUBLIC_THREADS, 0);
    }

    #[test]
    fn among_roles_an_allowance_wins_over_a_denial() {
        let mut scene = scene();
        let first = scene.world.add_role(scene.guild, "first", 0);
        let second = scene.world.add_role(scene.guild, "second", 0);
        let bob = scene.world.add_member(scene.guild, "Bob", vec![first, second]);
        scene.overwrite(first, false, EMBED_LINKS, 0);
        scene.overwrite(second, false, 0, EMBED_LINKS);
        assert_ne!(scene.may(bob) & EMBED_LINKS, 0);
    }

    #[test]
    fn an_administrator_and_the_owner_pass_every_overwrite() {
        let mut scene = scene();
        let role = scene.world.add_role(scene.guild, "admins", ADMINISTRATOR);
        let bob = scene.world.add_member(scene.guild, "Bob", vec![role]);
        let owner = scene.world.guilds[&scene.guild].owner_id;
        scene.overwrite(scene.guild, false, 0, VIEW_CHANNEL);
        assert_eq!(scene.may(bob), ALL);
        assert_eq!(scene.may(owner), ALL);
    }

    #[test]
    fn who_can_not_see_can_do_nothing_and_who_can_not_send_no_embeds() {
        let mut scene = scene();
        let ada = scene.ada;
        scene.overwrite(ada, true, 0, SEND_MESSAGES);
        assert_eq!(scene.may(ada) & OF_SENDERS, 0);
        assert_ne!(scene.may(ada) & VIEW_CHANNEL, 0);
        scene.overwrite(ada, true, 0, VIEW_CHANNEL);
        assert_eq!(scene.may(ada), 0);
    }

    #[test]
    fn a_thread_has_its_channels_overwrites_and_a_right_to_send_of_its_own() {
        let mut scene = scene();
        let ada = scene.ada;
        let thread = scene.world.add_channel(scene.guild, "thread", kind::PUBLIC_THREAD);
        scene.world.channels.get_mut(&thread).unwrap().parent_id = Some(scene.channel);
        scene.overwrite(ada, true, 0, SEND_MESSAGES);
        assert_ne!(scene.world.permissions(ada, thread) & EMBED_LINKS, 0);
        scene.overwrite(ada, true, 0, VIEW_CHANNEL);
        assert_eq!(scene.world.permissions(ada, thread), 0);
    }

    #[test]
    fn a_stranger_has_no_rights() {
        let mut scene = scene();
        let other = scene.world.add_guild("Other");
        let eve = scene.world.add_member(other, "Eve", vec![]);
        assert_eq!(scene.may(eve), 0);
    }
}
