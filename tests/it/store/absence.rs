//! Guilds and channels that go away and come back, and settings that are forgotten.

use super::*;

const REMOVED: &str = "2026-05-04T12:00:00Z";

async fn stored(store: &Store, channel: u64) -> Option<Daily> {
    store.daily(ChannelId(channel)).await.unwrap()
}

/// The days of a channel's posts with what became of them.
async fn days(store: &Store, channel: u64) -> Vec<(i8, Outcome)> {
    let posts = store.posts_since(ChannelId(channel), date(2026, 5, 1)).await.unwrap();
    posts.iter().map(|post| (post.key.day.day(), post.outcome)).collect()
}

#[tokio::test]
async fn a_removal_pauses_a_guilds_daily_questions_and_the_return_lifts_that_pause_alone() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T08:00:00Z").await;
        put(store, Daily { pause: Some(Pause::Admin), ..daily(6) }, "2026-05-04T08:00:00Z").await;
        put(store, Daily { guild: GuildId(2), ..daily(7) }, "2026-05-04T08:00:00Z").await;
        assert_eq!(store.record_removal(GuildId(1), at(REMOVED)).await.unwrap(), 2);
        assert_eq!(store.record_removal(GuildId(1), at("2026-05-04T13:00:00Z")).await.unwrap(), 0);
        let removed = stored(store, 5).await.unwrap();
        assert_eq!((removed.pause, removed.removed_at, removed.is_on()), (None, Some(at(REMOVED)), false));
        assert_eq!(stored(store, 7).await.unwrap().removed_at, None);

        assert_eq!(store.record_return(GuildId(1), at("2026-05-04T14:00:00Z")).await.unwrap(), 2);
        assert_eq!(store.record_return(GuildId(1), at("2026-05-04T14:00:00Z")).await.unwrap(), 0);
        let (on, paused) = (stored(store, 5).await.unwrap(), stored(store, 6).await.unwrap());
        assert_eq!((on.removed_at, on.is_on()), (None, true));
        assert_eq!((paused.removed_at, paused.pause), (None, Some(Pause::Admin)));
    }
}

#[tokio::test]
async fn what_passed_while_away_is_skipped_as_paused_and_the_next_slot_counts_from_the_return() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T08:00:00Z").await;
        store.record_removal(GuildId(1), at(REMOVED)).await.unwrap();
        assert_eq!(settle(store, "2026-05-05T07:00:00Z", &["a"]).await, None);
        store.record_return(GuildId(1), at("2026-05-07T07:30:00Z")).await.unwrap();
        let paused = Outcome::Skipped(SkipReason::Paused);
        assert_eq!(days(store, 5).await, [(5, paused), (6, paused), (7, paused)]);
        assert_eq!(stored(store, 5).await.unwrap().next.unwrap().due_at, at("2026-05-08T07:00:00Z"));
        assert!(store.due_channels(at("2026-05-07T12:00:00Z")).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_guild_is_known_with_whether_starling_was_in_it() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        put(store, daily(6), "2026-05-04T06:00:00Z").await;
        put(store, Daily { guild: GuildId(2), ..daily(7) }, "2026-05-04T06:00:00Z").await;
        store.record_removal(GuildId(2), at(REMOVED)).await.unwrap();
        let is_in = |guild, is_in| KnownGuild { guild: GuildId(guild), is_in };
        assert_eq!(store.known_guilds().await.unwrap(), [is_in(1, true), is_in(2, false)]);
    }
}

#[tokio::test]
async fn a_channel_is_gone_once_and_only_where_it_has_a_daily_question() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, Daily { pause: Some(Pause::Admin), ..daily(5) }, "2026-05-04T06:00:00Z").await;
        let other = put(store, daily(6), "2026-05-04T06:00:00Z").await;
        assert!(store.record_gone_channel(ChannelId(5), at("2026-05-04T07:00:00Z")).await.unwrap());
        assert!(!store.record_gone_channel(ChannelId(5), at("2026-05-04T08:00:00Z")).await.unwrap());
        assert!(!store.record_gone_channel(ChannelId(77), at("2026-05-04T08:00:00Z")).await.unwrap());
        let gone = stored(store, 5).await.unwrap();
        assert_eq!((gone.pause, gone.gone_at), (Some(Pause::ChannelGone), Some(at("2026-05-04T07:00:00Z"))));
        assert_eq!(stored(store, 6).await, Some(other));
        let living = put(store, Daily { pause: None, ..gone }, "2026-05-04T09:00:00Z").await;
        assert_eq!((living.gone_at, stored(store, 5).await), (None, Some(living)));
    }
}

#[tokio::test]
async fn settings_are_forgotten_after_thirty_days_and_posts_and_the_cycle_stay() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        put(store, Daily { guild: GuildId(2), ..daily(6) }, "2026-05-04T06:00:00Z").await;
        put(store, Daily { guild: GuildId(3), ..daily(7) }, "2026-05-04T06:00:00Z").await;
        let first = settle(store, "2026-05-04T07:00:00Z", &["a", "b"]).await.unwrap();
        store.record_gone_channel(ChannelId(5), at("2026-05-04T12:00:00Z")).await.unwrap();
        store.record_removal(GuildId(2), at("2026-05-04T13:00:00Z")).await.unwrap();
        assert_eq!(store.forget_gone_channels(at("2026-06-03T11:59:59.999Z")).await.unwrap(), 0);
        assert!(stored(store, 5).await.is_some());
        assert_eq!(store.forget_gone_channels(at("2026-06-03T13:00:00Z")).await.unwrap(), 1);
        assert!(stored(store, 6).await.is_some());
        assert_eq!(store.forget_left_guilds(at("2026-06-03T12:59:59.999Z")).await.unwrap(), 0);
        assert_eq!(store.forget_left_guilds(at("2026-06-03T13:00:00Z")).await.unwrap(), 1);
        assert_eq!((stored(store, 5).await, stored(store, 6).await), (None, None));
        assert!(stored(store, 7).await.is_some());

        assert_eq!(days(store, 5).await, [(4, Outcome::Claimed)]);
        put(store, daily(5), "2026-06-04T06:00:00Z").await;
        assert_ne!(settle(store, "2026-06-04T07:00:00Z", &["a", "b"]).await.unwrap(), first);
    }
}

#[tokio::test]
async fn a_return_that_is_heard_of_after_thirty_days_finds_the_settings() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        store.record_removal(GuildId(1), at(REMOVED)).await.unwrap();
        assert_eq!(store.record_return(GuildId(1), at("2026-06-05T12:00:00Z")).await.unwrap(), 1);
        assert!(stored(store, 5).await.unwrap().is_on());
        assert_eq!(store.forget_left_guilds(at("2026-06-05T13:00:00Z")).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn for_a_channel_that_was_gone_before_it_was_noted_since_when_the_thirty_days_begin_at_the_next_look() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, daily(5), "2026-05-04T06:00:00Z").await;
        store.pause_daily(ChannelId(5), Pause::ChannelGone).await.unwrap();
        assert_eq!(stored(store, 5).await.unwrap().gone_at, None);
        assert_eq!(store.forget_gone_channels(at("2026-07-01T12:00:00Z")).await.unwrap(), 0);
        assert_eq!(stored(store, 5).await.unwrap().gone_at, Some(at("2026-07-01T12:00:00Z")));
        assert_eq!(store.forget_gone_channels(at("2026-07-31T12:00:00Z")).await.unwrap(), 1);
    }
}
