//! The world of a story: a Discord with a server, and the bot in it.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use sandbox::{Channel, Guild, MessageView, Person, Sandbox};
use secrecy::SecretString;
use sqlx::{Connection as _, SqliteConnection};
use starling::clock::Clock;
use starling::config::{Config, LogConfig, LogFormat};
use starling::domain::answer::Part;
use starling::domain::daily::Daily;
use starling::domain::id::ChannelId;
use starling::domain::post::Outcome;
use starling::store::{Database, Store};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// The same order of questions in every story.
const SEED: u64 = 7;

/// How long a stop may take, as the product promises.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// How long the bot may try to go on where it can't.
const GIVE_UP_WITHIN: Duration = Duration::from_secs(30);

/// A Discord with one server, its people, and the bot.
pub(crate) struct Story {
    pub(crate) sandbox: Sandbox,
    pub(crate) guild: Guild,
    pub(crate) general: Channel,
    /// Has the permission Manage Server.
    pub(crate) grace: Person,
    pub(crate) ada: Person,
    pub(crate) bob: Person,
    folder: TempDir,
    postgres: Option<String>,
    bot: Option<Bot>,
}

struct Bot {
    stop: oneshot::Sender<()>,
    running: JoinHandle<anyhow::Result<()>>,
}

impl Story {
    /// Begins at an instant such as `2026-05-04T06:00:00Z`, with the bot connected.
    pub(crate) async fn begins(at: &str) -> Story {
        Story::begins_on(at, None).await
    }

    /// The same on a server's database.
    pub(crate) async fn begins_on(at: &str, postgres: Option<String>) -> Story {
        let mut story = Story::without_bot(at, postgres).await;
        story.bot_starts().await;
        story
    }

    /// Begins at an instant, with a bot yet to be started.
    pub(crate) async fn without_bot(at: &str, postgres: Option<String>) -> Story {
        let at: Timestamp = at.parse().expect("an instant");
        let sandbox = Sandbox::start_at(at.as_millisecond()).await.expect("a free port");
        let guild = sandbox.add_guild("Rustaceans");
        let general = guild.add_channel("general");
        let (grace, ada, bob) = (guild.admin("Grace"), guild.add_member("Ada"), guild.add_member("Bob"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        Story { sandbox, guild, general, grace, ada, bob, folder, postgres, bot: None }
    }

    /// Begins with a daily question in #general, at nine in Berlin, and its first post of that Monday.
    pub(crate) async fn begins_with_a_post() -> Story {
        let story = Story::begins("2026-05-04T06:00:00Z").await;
        story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin").await.message();
        story.clock_reaches("2026-05-04T07:00:00Z");
        story.posts_in(&story.general, 1).await;
        story
    }

    /// Waits until a channel has so many posts and the bot has noted the newest of them as sent.
    pub(crate) async fn posts_in(&self, channel: &Channel, count: usize) -> Vec<MessageView> {
        let posts = channel.wait_for(count).await;
        let newest = posts.last().expect("at least one").id.to_string();
        self.status_comes_to_say(channel, &newest).await;
        posts
    }

    /// Asks for the status of a channel's daily question until it says something, which it soon must.
    pub(crate) async fn status_comes_to_say(&self, channel: &Channel, words: &str) -> MessageView {
        self.comes_to_read(&format!("/daily status channel:#{}", channel.name()), words).await
    }

    /// Grace runs a command until its reply says something, which it soon must.
    pub(crate) async fn comes_to_read(&self, line: &str, words: &str) -> MessageView {
        let mut last = None;
        for _ in 0..200 {
            let reply = self.grace.runs(line).await.message();
            if reply.to_string().contains(words) {
                return reply;
            }
            last = Some(reply);
        }
        panic!("it never says {words:?}, but: {}", last.expect("it was asked for"));
    }

    /// Waits until the server has so many threads.
    pub(crate) async fn comes_to_have_threads(&self, count: usize) {
        let mut changes = self.sandbox.changes();
        while self.guild.threads().len() < count {
            let news = timeout(STOP_WITHIN, changes.changed()).await;
            news.expect("a thread in time").expect("the sandbox is there");
        }
    }

    /// A look at what the bot has stored: for what nobody can ask for, as in a server that the bot is not in.
    async fn peeks(&self) -> Store {
        Store::peek(&self.bots_database()).await.expect("the database")
    }

    /// A channel's daily question as it is stored.
    pub(crate) async fn stored(&self, channel: &Channel) -> Option<Daily> {
        let found = self.peeks().await.daily(ChannelId(channel.id())).await;
        found.expect("a daily question that makes sense")
    }

    /// Waits until a channel's daily question is stored so, which it soon must be.
    pub(crate) async fn comes_to_hold(&self, channel: &Channel, is_so: impl Fn(Option<&Daily>) -> bool) {
        let store = self.peeks().await;
        let stored = async || store.daily(ChannelId(channel.id())).await.expect("a daily question that makes sense");
        let holds = timeout(STOP_WITHIN, async { while !is_so(stored().await.as_ref()) {} }).await;
        assert!(holds.is_ok(), "it stays {:?}", stored().await);
    }

    /// Waits until the newest day of a channel came to this, which it soon must.
    pub(crate) async fn comes_to_settle(&self, channel: &Channel, outcome: Outcome) {
        let store = self.peeks().await;
        let last = async || store.last_post(ChannelId(channel.id())).await.expect("posts that make sense");
        let settles = async { while last().await.is_none_or(|post| post.outcome != outcome) {} };
        assert!(timeout(STOP_WITHIN, settles).await.is_ok(), "it stays {:?}", last().await);
    }

    fn bots_database(&self) -> Database {
        match &self.postgres {
            Some(url) => Database::Postgres(SecretString::from(url.as_str())),
            None => Database::Sqlite(self.database()),
        }
    }

    pub(crate) async fn bot_starts(&mut self) {
        let before = self.sandbox.identifies();
        self.bot_begins();
        if let Err(missing) = self.sandbox.ready().await {
            let bot = self.bot.take().expect("just started");
            bot.running.abort();
            panic!("{missing}; the bot: {:?}", bot.running.await);
        }
        // One that died may answer for a moment longer, and pass for ready.
        self.sandbox.wait_for_identifies(before + 1).await;
    }

    /// Starts the bot, and leaves open whether it gets anywhere.
    pub(crate) fn bot_begins(&mut self) {
        let config = Config {
            token: SecretString::from(self.sandbox.token()),
            database: self.bots_database(),
            discord: self.sandbox.url(),
            logs: LogConfig { format: LogFormat::Text, filter: "off".to_owned() },
            clock: Clock::Followed(self.sandbox.clock().watch()),
            seed: SEED,
        };
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(starling::run(config, async { drop(stopped.await) }));
        self.bot = Some(Bot { stop, running });
    }

    /// Why the bot ends by itself, which it soon must.
    pub(crate) async fn bot_gives_up(&mut self) -> String {
        let bot = self.bot.take().expect("the bot runs");
        let ended = timeout(GIVE_UP_WITHIN, bot.running).await.expect("it gives up in time");
        format!("{:#}", ended.expect("no task died").expect_err("it has failed"))
    }

    pub(crate) async fn bot_stops(&mut self) {
        let bot = self.bot.take().expect("the bot runs");
        bot.stop.send(()).expect("the bot is there to hear it");
        let ended = timeout(STOP_WITHIN, bot.running).await.expect("a stop ends in time");
        ended.expect("no task died").expect("a clean stop");
    }

    /// The bot dies in the middle of whatever it does.
    pub(crate) async fn bot_dies(&mut self) {
        // All of it is held: a dropped `stop` would let it end by itself.
        let bot = self.bot.take().expect("the bot runs");
        bot.running.abort();
        // Only then are its connections gone.
        assert!(bot.running.await.expect_err("it was aborted").is_cancelled());
    }

    /// A new process of the bot on the same database.
    pub(crate) async fn bot_restarts(&mut self) {
        self.bot_stops().await;
        self.bot_starts().await;
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("starling.db")
    }

    /// Puts answers of the greatest length into the database, as if a person had given them over the years.
    pub(crate) async fn stores_longest_answers(&self, person: &Person, count: usize) {
        let url = format!("sqlite://{}", self.database().display());
        let mut database = SqliteConnection::connect(&url).await.expect("the database");
        let statement = "with recursive n (i) as (select 1 union all select i + 1 from n where i < $1) \
            insert into answer (interaction_id, user_id, question_key, attempt, situation, task, action, result, folded, answered_at) \
            select i, $2, 'protect-user-data', i, $3, $4, $5, $6, '', 1700000000000 + i / 3 from n";
        let longest = |part: Part| "é".repeat(part.limit());
        sqlx::query(statement)
            .bind(i64::try_from(count).expect("a count"))
            .bind(person.id().cast_signed())
            .bind(longest(Part::Situation))
            .bind(longest(Part::Task))
            .bind(longest(Part::Action))
            .bind(longest(Part::Result))
            .execute(&mut database)
            .await
            .expect("room for answers");
    }

    pub(crate) fn clock_reaches(&self, at: &str) {
        let at: Timestamp = at.parse().expect("an instant");
        self.sandbox.clock().set_ms(at.as_millisecond());
    }

    /// Ends the story: the bot stops cleanly, and nothing went unnoticed in Discord.
    pub(crate) async fn ends(mut self) {
        self.bot_stops().await;
        let problems = self.sandbox.problems();
        assert!(problems.is_empty(), "Discord has seen: {problems:#?}");
    }
}

/// A whole answer by the four options of `/answer`.
pub(crate) const WHOLE: [(&str, &str); 4] = [
    ("situation", "In May our search was slow."),
    ("task", "I had to make it fast."),
    ("action", "I measured it, found a missing index and added it."),
    ("result", "Searches went from 900 ms to 40 ms."),
];

/// The same, with another situation.
pub(crate) fn whole_with(situation: &str) -> [(&str, &str); 4] {
    let mut parts = WHOLE;
    parts[0].1 = situation;
    parts
}

/// Fills the four parts of a modal in.
pub(crate) fn filled(modal: sandbox::ModalView) -> sandbox::ModalView {
    let labels = ["Situation", "Task", "Action", "Result"];
    labels.into_iter().zip(WHOLE).fold(modal, |modal, (label, (_, text))| modal.types(label, text))
}

/// What a person sees, with `ID` for every snowflake in it: they differ where other things are made first.
pub(crate) fn shown(seen: &impl std::fmt::Display) -> String {
    let text = seen.to_string();
    let runs = text.split(|letter: char| !letter.is_ascii_digit()).filter(|run| run.len() >= 15);
    runs.fold(text.clone(), |text, id| text.replace(id, "ID"))
}
