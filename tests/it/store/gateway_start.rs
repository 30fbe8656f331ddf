//! When connections to the gateway were begun.

use jiff::SignedDuration;

use super::*;

#[tokio::test]
async fn beginnings_are_kept_for_an_hour_also_two_at_once() {
    for opened in every_database().await {
        let store = &opened.store;
        let times = ["06:00:00", "06:30:00", "06:30:00", "07:00:00"].map(|time| at(&format!("2026-05-04T{time}Z")));
        for time in times {
            store.record_gateway_start(time, time - SignedDuration::from_hours(1)).await.unwrap();
        }
        let (first, last) = (at("2026-05-04T00:00:00Z"), times[3]);
        assert_eq!(store.gateway_starts(first, last).await.unwrap(), [times[3], times[2], times[1]]);
        assert_eq!(store.gateway_starts(times[2], last).await.unwrap(), [last]);
        store.take_back_gateway_start(times[1]).await.unwrap();
        assert_eq!(store.gateway_starts(first, last).await.unwrap(), [last, times[1]]);
    }
}

#[tokio::test]
async fn beginnings_that_a_wrong_clock_put_into_the_future_are_forgotten() {
    for opened in every_database().await {
        let store = &opened.store;
        let (now, tomorrow) = (at("2026-05-04T06:00:00Z"), at("2026-05-05T06:00:00Z"));
        store.record_gateway_start(tomorrow, now).await.unwrap();
        assert!(store.gateway_starts(Timestamp::UNIX_EPOCH, now).await.unwrap().is_empty());
        store.record_gateway_start(now, now - SignedDuration::from_hours(1)).await.unwrap();
        assert_eq!(store.gateway_starts(Timestamp::UNIX_EPOCH, tomorrow).await.unwrap(), [now]);
    }
}
