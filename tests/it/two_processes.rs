//! Two bots, each in a process of its own, on one database: each post comes once, each answer is stored once.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sandbox::{Channel, Sandbox};
use secrecy::SecretString;
use sqlx::{AnyConnection, Connection};
use starling::store::Database;
use tokio::time::timeout;

use crate::child::Bot;
use crate::many_channels::set_up::set_up;
use crate::postgres::empty_database;

/// Five hundred slots in all.
const CHANNELS: usize = 100;
const DAYS: usize = 5;

/// How many people answer.
const ANSWERS: usize = 10;

/// How long nothing may happen before the clock goes on, and how often it does so at most.
const QUIET: Duration = Duration::from_millis(500);
const SECONDS: usize = 120;

struct Pair {
    sandbox: Sandbox,
    channels: Vec<Channel>,
    bots: [Bot; 2],
}

impl Pair {
    async fn starts(database: &Database, url: &str) -> Pair {
        let sandbox = Sandbox::start_at(at("2026-05-04T06:00:00Z").as_millisecond()).await.unwrap();
        let channels = set_up(&sandbox, database, CHANNELS).await.unwrap();
        let bots = [Bot::starts(&sandbox, url), Bot::starts(&sandbox, url)];
        sandbox.wait_for_identifies(2).await;
        sandbox.ready().await.unwrap();
        Pair { sandbox, channels, bots }
    }

    fn clock_reaches(&mut self, at: Timestamp) {
        self.sandbox.clock().set_ms(at.as_millisecond());
        for bot in &mut self.bots {
            bot.hears_the_time(&self.sandbox);
        }
    }

    fn posts(&self) -> usize {
        self.channels.iter().map(|channel| channel.messages().len()).sum()
    }

    /// Waits for so many posts. The clock goes on while nothing happens, as it would: what met a locked database is tried again.
    async fn has_posts(&mut self, count: usize) {
        let mut changes = self.sandbox.changes();
        let mut seconds = 0;
        while self.posts() < count {
            if timeout(QUIET, changes.changed()).await.is_err() {
                seconds += 1;
                assert!(seconds < SECONDS, "{} of {count} posts came", self.posts());
                let now = Timestamp::from_millisecond(self.sandbox.clock().now_ms()).unwrap();
                self.clock_reaches(now + SignedDuration::from_secs(1));
            }
        }
    }
}

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

/// Each day a post to each channel, and some answers, of which each bot hears.
async fn share(database: Database, url: String) {
    let mut pair = Pair::starts(&database, &url).await;
    for day in 1..=DAYS {
        let due_at = at("2026-05-03T07:00:00Z") + SignedDuration::from_hours(24) * i32::try_from(day).unwrap();
        pair.clock_reaches(due_at);
        pair.has_posts(day * CHANNELS).await;
    }
    let guild = pair.sandbox.add_guild("Rustaceans");
    guild.add_channel("general");
    for number in 0..ANSWERS {
        let mut given = ["situation", "task", "action", "result"].map(|part| (part, "I did what I could.")).to_vec();
        given.push(("question", "protect-user-data"));
        let reply = guild.add_member(&format!("Member {number}")).runs_with("/answer", &given).await.message();
        assert!(reply.content.contains("Saved as your attempt 1"), "{reply}");
    }
    // The slower of the two answers last, when the reply is long there.
    pair.sandbox.wait_for_calls("POST", "/interactions/ID/TOKEN/callback", 2 * ANSWERS).await;
    pair.bots.into_iter().for_each(Bot::stops);

    for channel in &pair.channels {
        assert_eq!(channel.messages().len(), DAYS, "posts in {}", channel.id());
    }
    let twice = pair.sandbox.expect_refusals();
    let answered_before = twice.iter().filter(|refusal| refusal.contains("40060")).count();
    assert_eq!((answered_before, twice.len()), (ANSWERS, ANSWERS), "each hears of each: {twice:#?}");
    assert_eq!(pair.sandbox.problems(), Vec::<String>::new());
    let mut database = AnyConnection::connect(&url).await.unwrap();
    for (rows, count) in [
        ("select count(*) from post where state = 'sent'", CHANNELS * DAYS),
        ("select count(*) from post", CHANNELS * DAYS),
        ("select count(*) from answer", ANSWERS),
    ] {
        let found: i64 = sqlx::query_scalar(rows).fetch_one(&mut database).await.unwrap();
        assert_eq!(found, i64::try_from(count).unwrap(), "{rows}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_file_post_five_hundred_slots_once_and_store_each_answer_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let url = format!("sqlite://{}", file.display());
    share(Database::Sqlite(file), url).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_postgres_do_so_too() {
    if let Some(url) = empty_database().await {
        share(Database::Postgres(SecretString::from(url.as_str())), url).await;
    }
}
