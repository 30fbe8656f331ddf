//! Many channels at the same minute. `cargo run --release --example a_thousand_channels` does the same with a thousand, and with a watch.

#[path = "../many_channels/set_up.rs"]
pub(crate) mod set_up;

use std::time::Duration;

use sandbox::{Channel, Fault, Limits};
use starling::store::Database;

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
