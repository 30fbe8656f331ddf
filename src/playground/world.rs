//! The server in the small Discord: its channels and its people. Knows nothing of the bot.

use std::io::ErrorKind;

use anyhow::{Context, bail};
use jiff::Timestamp;
use sandbox::{Channel, Guild, Person, Sandbox};

use crate::domain::id::GuildId;

/// When everything is made, in milliseconds UTC: 2026-01-05T00:00:00Z. Ids come from the time, so they are the same at each start, which a
/// database that is kept relies on. It lies before any time that is played.
const MADE_AT: i64 = 1_767_571_200_000;

/// The small Discord with one server in it, whose clock stands until it is moved.
pub(super) struct World {
    pub(super) sandbox: Sandbox,
    guild: Guild,
    pub(super) general: Channel,
    /// Where the morning's daily question is.
    pub(super) interviews: Channel,
    /// Where the evening's is.
    pub(super) evening: Channel,
    /// May set daily questions up.
    pub(super) grace: Person,
    pub(super) ada: Person,
    pub(super) bob: Person,
}

impl World {
    pub(super) async fn begins(port: u16) -> anyhow::Result<World> {
        let sandbox = match Sandbox::start_by_hand_on(port, MADE_AT).await {
            Ok(sandbox) => sandbox,
            Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
                "port {port} is taken by another program; name another with --port, or leave it out for any that is free"
            ),
            Err(error) => return Err(error).with_context(|| format!("port {port} can't be opened")),
        };
        sandbox.set_bot_name("Starling");
        let guild = sandbox.add_guild("Playground");
        // Whoever opens the page is the first of them, in the first channel: a member before a post. A channel's id decides the order of
        // its questions, and so which posts the days before today answer: keep to this order.
        let ada = guild.add_member("Ada");
        let (interviews, evening) = (guild.add_channel("interviews"), guild.add_channel("evening-cohort"));
        let general = guild.add_channel("general");
        let (bob, grace) = (guild.add_member("Bob"), guild.admin("Grace"));
        Ok(World { sandbox, guild, general, interviews, evening, grace, ada, bob })
    }

    pub(super) fn guild(&self) -> GuildId {
        GuildId(self.guild.id())
    }

    /// The address of the page.
    pub(super) fn address(&self) -> String {
        format!("{}/", self.sandbox.url())
    }

    pub(super) fn who_is_there(&self) -> String {
        let [grace, ada, bob] = [&self.grace, &self.ada, &self.bob].map(Person::name);
        let server = self.guild.name();
        format!(
            "On its server {server} there are the members {ada} and {bob}, and {grace}, who may set daily questions up."
        )
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.sandbox.clock().now_ms()).unwrap_or(Timestamp::MAX)
    }

    /// The last instant to which the clock goes.
    pub(super) fn last() -> Timestamp {
        Timestamp::from_millisecond(sandbox::LAST_MS).unwrap_or(Timestamp::MAX)
    }

    pub(super) fn reaches(&self, at: Timestamp) {
        self.sandbox.clock().set_ms(at.as_millisecond());
    }

    /// The thread under a message, once it is there.
    pub(super) async fn thread_under(&self, message: u64) -> Channel {
        let mut changes = self.sandbox.changes();
        loop {
            if let Some(thread) = self.guild.threads().into_iter().find(|thread| thread.id() == message) {
                return thread;
            }
            // It ends only with the sandbox.
            _ = changes.changed().await;
        }
    }
}
