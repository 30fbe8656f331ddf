//! Discord's permission bits, as far as the sandbox uses them.
//!
//! Source: <https://discord.com/developers/docs/topics/permissions>.

/// Everything, and no overwrite takes it away.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Create, change and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Change the server's settings; what `Manage Server` means.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// Add reactions.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// See a channel. Without it nothing else there is granted.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Send messages, but not in threads.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete and pin other people's messages.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Send embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Send files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was sent before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Ping everyone, and roles that are not mentionable.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Change roles.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Change and delete threads.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// Open public threads.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// Send messages in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// Every bit that Discord has given a meaning so far, with a few gaps.
pub const ALL: u64 = (1 << 51) - 1;

/// What `@everyone` may do in a new guild: what Discord grants, but for `MENTION_EVERYONE`, which
/// most servers take away first.
pub const OF_EVERYONE: u64 = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What the bot's role grants in a new guild.
pub const OF_BOT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | READ_MESSAGE_HISTORY
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS;
