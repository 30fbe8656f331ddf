//! A handle on a channel.

use std::sync::Arc;
use std::time::Duration;

use crate::shared::Shared;
use crate::view::MessageView;
use crate::world::channel::ChannelRecord;

/// How long [`Channel::wait_for`] waits.
const POSTS: Duration = Duration::from_secs(10);

/// A channel of a guild, a thread, or a direct message.
#[derive(Clone, Debug)]
pub struct Channel {
    shared: Arc<Shared>,
    id: u64,
}

impl Channel {
    pub(crate) fn new(shared: Arc<Shared>, id: u64) -> Channel {
        Channel { shared, id }
    }

    fn look<T: Default>(&self, look: impl FnOnce(&ChannelRecord) -> T) -> T {
        self.shared.read(|world| world.channels.get(&self.id).map(look)).unwrap_or_default()
    }

    /// The channel's id; that of a thread is its message's.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The channel's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.look(|channel| channel.name.clone())
    }

    /// How a message names it: `<#id>`.
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }

    /// What everyone here sees, oldest first. It counts as looked at.
    #[must_use]
    pub fn messages(&self) -> Vec<MessageView> {
        let views = self.peek();
        self.shared.note(|world| {
            for view in &views {
                world.look_at_message(self.id, view.id);
            }
        });
        views
    }

    /// As `messages`, but nothing counts as looked at.
    fn peek(&self) -> Vec<MessageView> {
        self.shared.read(|world| {
            let channel = world.channels.get(&self.id);
            channel.into_iter().flat_map(ChannelRecord::public).map(|message| MessageView::of(world, message)).collect()
        })
    }

    /// Waits until everyone here sees at least `n` messages, and returns all of them.
    ///
    /// # Panics
    /// After ten seconds, with what is there by then.
    pub async fn wait_for(&self, n: usize) -> Vec<MessageView> {
        let there = |channel: &ChannelRecord| channel.public().count() >= n;
        self.shared
            .wait_for(POSTS, |world| {
                let channel = world.channels.get(&self.id)?;
                there(channel).then_some(())
            })
            .await;
        let messages = self.messages();
        assert!(
            messages.len() >= n,
            "#{} has {} of {n} messages: {:?}",
            self.name(),
            messages.len(),
            messages.iter().map(ToString::to_string).collect::<Vec<_>>(),
        );
        messages
    }

    fn overwrite_bot(&self, allow: u64, deny: u64) {
        self.shared.change(|world| {
            if let Some(role) = world.guild_of(self.id).map(|guild| guild.bot_role) {
                world.change_channel(self.id, |channel| channel.overwrite_role(role, allow, deny));
            }
        });
    }

    /// Denies the bot `permissions` here, by an overwrite for its role.
    pub fn deny_bot(&self, permissions: u64) {
        self.overwrite_bot(0, permissions);
    }

    /// Allows the bot `permissions` here, by an overwrite for its role.
    pub fn allow_bot(&self, permissions: u64) {
        self.overwrite_bot(permissions, 0);
    }

    /// Denies everyone `permissions` here; what a role's overwrite allows still counts.
    pub fn deny_everyone(&self, permissions: u64) {
        self.shared.change(|world| {
            if let Some(everyone) = world.guild_of(self.id).map(|guild| guild.id) {
                world.change_channel(self.id, |channel| channel.overwrite_role(everyone, 0, permissions));
            }
        });
    }

    /// Opens a thread under a message, as a person does. The thread's id is the message's.
    ///
    /// # Panics
    /// When there is no such message, or a thread under it already.
    #[expect(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "often called for its effect")]
    #[expect(clippy::panic, reason = "a step of a test that no person could take")]
    pub fn open_thread(&self, message_id: u64, name: &str) -> Channel {
        let opened = self.shared.change(|world| {
            let owner = world.guild_of(self.id).map_or(0, |guild| guild.owner_id);
            world.open_thread(self.id, message_id, name, owner, 1440)
        });
        match opened {
            Ok(id) => Channel { shared: Arc::clone(&self.shared), id },
            Err(refusal) => panic!("#{}: no thread: {}", self.name(), refusal.line()),
        }
    }

    /// The thread is archived, as after a quiet while: it opens again when somebody says something in it, and until then nothing in it can
    /// be edited or deleted.
    pub fn archive(&self) {
        self.shared.change(|world| world.change_channel(self.id, |channel| channel.is_archived = true));
    }

    /// Moderators lock the thread: whoever has not their permission, Manage Threads, can say nothing in it.
    pub fn lock(&self) {
        self.shared.change(|world| world.change_channel(self.id, |channel| channel.is_locked = true));
    }

    /// Whether the thread is archived.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.look(|channel| channel.is_archived)
    }

    /// Gives the channel another name.
    pub fn rename(&self, name: &str) {
        self.shared.change(|world| world.change_channel(self.id, |channel| name.clone_into(&mut channel.name)));
    }

    /// Somebody with the right to do so deletes a message.
    pub fn delete_message(&self, message: u64) {
        self.shared.change(|world| world.remove(self.id, message).is_ok());
    }

    /// Deletes the channel with its threads.
    pub fn delete(&self) {
        self.shared.change(|world| world.delete_channel(self.id));
    }
}
