//! Channels of guilds, threads and direct messages, and what is written in them.

use super::message::MessageRecord;

/// Channel types.
pub(crate) mod kind {
    /// A text channel.
    pub(crate) const TEXT: u8 = 0;
    /// A conversation with one person.
    pub(crate) const DIRECT: u8 = 1;
    /// A voice channel.
    pub(crate) const VOICE: u8 = 2;
    /// An announcement channel.
    pub(crate) const ANNOUNCEMENT: u8 = 5;
    /// A thread of an announcement channel.
    pub(crate) const ANNOUNCEMENT_THREAD: u8 = 10;
    /// A public thread.
    pub(crate) const PUBLIC_THREAD: u8 = 11;
}

/// What a channel grants or takes beside a member's roles.
#[derive(Clone, Debug)]
pub(crate) struct Overwrite {
    /// A role's id, or a member's.
    pub(crate) id: u64,
    pub(crate) of_member: bool,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct ChannelRecord {
    pub(crate) id: u64,
    pub(crate) kind: u8,
    /// Absent in a direct message.
    pub(crate) guild_id: Option<u64>,
    pub(crate) name: String,
    /// A thread's channel.
    pub(crate) parent_id: Option<u64>,
    /// A thread's opener.
    pub(crate) owner_id: Option<u64>,
    pub(crate) position: usize,
    /// When a thread was opened, and after how many quiet minutes it is hidden.
    pub(crate) opened_ms: i64,
    pub(crate) archive_minutes: i64,
    /// Whether a thread is hidden until somebody says something in it, and whether only moderators may.
    pub(crate) is_archived: bool,
    pub(crate) is_locked: bool,
    pub(crate) overwrites: Vec<Overwrite>,
    /// Both sides of a direct message.
    pub(crate) people: Vec<u64>,
    /// Oldest first, those for one person's eyes among them.
    pub(crate) messages: Vec<MessageRecord>,
}

impl ChannelRecord {
    pub(crate) fn of_guild(id: u64, guild: u64, name: &str, kind: u8, position: usize) -> Self {
        ChannelRecord {
            id,
            kind,
            guild_id: Some(guild),
            name: name.to_owned(),
            parent_id: None,
            owner_id: None,
            position,
            opened_ms: 0,
            archive_minutes: 0,
            is_archived: false,
            is_locked: false,
            overwrites: Vec::new(),
            people: Vec::new(),
            messages: Vec::new(),
        }
    }

    pub(crate) fn direct(id: u64, people: [u64; 2]) -> Self {
        ChannelRecord {
            kind: kind::DIRECT,
            guild_id: None,
            people: people.to_vec(),
            ..ChannelRecord::of_guild(id, 0, "", kind::DIRECT, 0)
        }
    }

    pub(crate) fn is_thread(&self) -> bool {
        matches!(self.kind, kind::ANNOUNCEMENT_THREAD | kind::PUBLIC_THREAD)
    }

    pub(crate) fn message(&self, id: u64) -> Option<&MessageRecord> {
        self.messages.iter().find(|message| message.id == id)
    }

    pub(crate) fn message_mut(&mut self, id: u64) -> Option<&mut MessageRecord> {
        self.messages.iter_mut().find(|message| message.id == id)
    }

    /// What everyone in the channel sees, oldest first.
    pub(crate) fn public(&self) -> impl DoubleEndedIterator<Item = &MessageRecord> {
        self.messages.iter().filter(|message| message.seen_by.is_none() && !message.loading)
    }

    /// What `person` sees, oldest first.
    pub(crate) fn seen_by(&self, person: u64) -> impl DoubleEndedIterator<Item = &MessageRecord> {
        self.messages.iter().filter(move |message| message.is_seen_by(person))
    }

    /// Adds to, or takes from, what a role may do here.
    pub(crate) fn overwrite_role(&mut self, role: u64, allow: u64, deny: u64) {
        let held = self.overwrites.iter_mut().find(|held| held.id == role && !held.of_member);
        match held {
            Some(held) => {
                held.allow = held.allow & !deny | allow;
                held.deny = held.deny & !allow | deny;
            }
            None => self.overwrites.push(Overwrite { id: role, of_member: false, allow, deny }),
        }
    }
}
