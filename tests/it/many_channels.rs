//! Many channels at the same minute. `cargo run --release --example a_thousand_channels` does the same with a thousand, and with a watch.

#[path = "../many_channels/set_up.rs"]
pub(crate) mod set_up;

use std::sync::Arc;
use std::time::Duration;

use sandbox::{Channel, Fault, Limits, Moment, Sandbox};
use starling::clock::Clock;
use starling::poster::{Round, post_due};
use starling::store::Database;
use tokio::sync::watch;

use crate::app::app;
use crate::stories::world::Story;

const MESSAGES: &str = "/channels/ID/messages";

/// How many are well, and how many fail besides one that hangs.
const WELL: usize = 100;
const FAILING: usize = 5;

fn messages_of(channel: &Channel) -> String {
    format!("/channels/{}/messages", channel.id())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_channels_get_their_post_once_while_one_hangs_and_five_fail_and_discord_has_nothing_to_refuse() {
    let mut story = Story::begins("2026-05-04T06:00:00Z").await;
    story.bot_stops().await;
    let database = Database::Sqlite(story.database());
    let channels = set_up::set_up(&story.sandbox, &database, WELL + FAILING + 1).await.unwrap();
    story.bot_starts().await;
    // Spread among the others: the first is due first.
    let (failing, well): (Vec<_>, Vec<_>) = channels.into_iter().enumerate().partition(|(number, _)| number % 20 == 0);
    let per_channel = Duration::from_secs(5);
    story.sandbox.set_limits(Limits::default().global_per_second(50).route("POST", MESSAGES, 5, per_channel));
    let (_, hanging) = failing.first().unwrap();
    let hangs = story.sandbox.faults(Fault::hangs().on("POST", &messages_of(hanging)));
    let failing = &failing[1..];
    let fails: Vec<_> = failing
        .iter()
        .map(|(_, channel)| story.sandbox.faults(Fault::page(503).on("POST", &messages_of(channel))))
        .collect();
    assert_eq!((failing.len(), well.len()), (FAILING, WELL));

    story.clock_reaches("2026-05-04T07:00:00Z");
    story.sandbox.wait_for_calls("POST", MESSAGES, WELL + FAILING + 1).await;
    for (_, channel) in &well {
        assert_eq!(channel.messages().len(), 1, "#{} of {}", channel.name(), channel.id());
    }
    hangs.release();
    fails.into_iter().for_each(sandbox::Trouble::release);
    assert_eq!(hanging.wait_for(1).await.len(), 1);
    story.clock_reaches("2026-05-04T07:00:30Z");
    for (_, channel) in failing {
        assert_eq!(channel.wait_for(1).await.len(), 1);
    }
    assert_eq!(story.sandbox.too_many_requests(), 0);
    story.ends().await;
}

/// How many posts of a round are under way at the same time.
const UNDER_WAY: usize = 200;

/// 4 May 2026, six o'clock, in milliseconds UTC.
const BEGINS: i64 = 1_777_874_400_000;

/// What a round claims late is its own for as long as what it claimed first.
#[tokio::test(flavor = "multi_thread")]
async fn a_round_that_takes_longer_than_a_lease_posts_to_all() {
    let sandbox = Sandbox::start_at(BEGINS).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("starling.db");
    let channels = set_up::set_up(&sandbox, &Database::Sqlite(file.clone()), UNDER_WAY + 1).await.unwrap();
    let clock = Clock::Followed(sandbox.clock().watch());
    let app = Arc::new(app(&file, clock, &sandbox.url(), sandbox.token(), sandbox.application_id()).await);
    sandbox.clock().advance(Duration::from_hours(1));
    let held = sandbox.holds(Moment::BeforeEffect, "POST", MESSAGES);
    let round = tokio::spawn({
        let app = Arc::clone(&app);
        async move { post_due(&app, app.now(), &watch::channel(false).1).await }
    });
    held.reached_by(UNDER_WAY).await;
    sandbox.clock().advance(Duration::from_mins(2));
    held.release();
    let all = u32::try_from(channels.len()).unwrap();
    assert_eq!(round.await.unwrap().unwrap(), Round { sent: all, ..Round::default() });
    assert!(channels.iter().all(|channel| channel.messages().len() == 1));
}
