//! The playground's clock, which nobody moves past a post.

use serde_json::json;

use super::visit::Visit;
use crate::process::folder;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

const CLOCK: &str = "/page/clock";

#[tokio::test(flavor = "multi_thread")]
async fn a_day_more_brings_a_days_posts_wherever_it_begins() {
    let folder = folder();
    let visit = Visit::begins(folder.path(), &[], &[]).await;
    let late = (visit.now().await / DAY + 1) * DAY + 23 * HOUR;
    visit.acts(CLOCK, &json!({"to": late})).await;
    let before = (visit.posts_in("interviews").await, visit.posts_in("evening-cohort").await);
    for _ in 0..3 {
        visit.acts(CLOCK, &json!({"by": DAY})).await;
    }
    assert_eq!(visit.now().await, late + 3 * DAY);
    visit.waits_for_posts(before.0 + before.1 + 6).await;
    assert_eq!(visit.posts_in("interviews").await, before.0 + 3);
    assert_eq!(visit.ends(), (Some(0), String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_failed_is_the_next_one_and_comes_when_the_fault_has_ended() {
    let folder = folder();
    let visit = Visit::begins(folder.path(), &[("RUST_LOG", "off")], &[]).await;
    let next = json!({"to_next_post": true});
    let all = async || visit.posts_in("interviews").await + visit.posts_in("evening-cohort").await;
    let before = all().await;
    visit.acts("/page/fault", &json!({"fault": "rest", "on": true})).await;
    visit.acts(CLOCK, &next).await;
    let failed_at = visit.now().await;
    visit.acts(CLOCK, &next).await;
    assert_eq!(all().await, before);
    visit.acts("/page/fault", &json!({"fault": "rest", "on": false})).await;
    visit.acts(CLOCK, &next).await;
    visit.waits_for_posts(before + 1).await;
    let came_at = visit.now().await;
    assert!((failed_at + 1..failed_at + HOUR).contains(&came_at), "{failed_at} {came_at}");
    assert_eq!(visit.ends(), (Some(0), String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_failed_comes_on_the_way_of_a_long_move() {
    let folder = folder();
    let visit = Visit::begins(folder.path(), &[("RUST_LOG", "off")], &[]).await;
    let before = visit.posts_in("interviews").await + visit.posts_in("evening-cohort").await;
    visit.acts("/page/fault", &json!({"fault": "rest", "on": true})).await;
    visit.acts(CLOCK, &json!({"to_next_post": true})).await;
    visit.acts("/page/fault", &json!({"fault": "rest", "on": false})).await;
    // Till the other channel's is due too.
    visit.acts(CLOCK, &json!({"by": DAY - 2 * HOUR})).await;
    visit.waits_for_posts(before + 2).await;
    assert_eq!(visit.ends(), (Some(0), String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_where_ids_end() {
    let folder = folder();
    let visit = Visit::begins(folder.path(), &[], &[]).await;
    let last = sandbox::LAST_MS;
    visit.acts(CLOCK, &json!({"to": last})).await;
    for body in [json!({"to_next_post": true}), json!({"by": 1})] {
        let why = visit.is_refused(CLOCK, &body).await;
        assert!(why.starts_with("The clock can't go that far"), "{why}");
    }
    assert_eq!(visit.now().await, last);
    assert_eq!(visit.ends(), (Some(0), String::new()));
}
