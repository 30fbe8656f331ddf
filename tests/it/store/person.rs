//! Deleting everything of a person: no row of any table holds their id.

use jiff::SignedDuration;
use sqlx::{AnyPool, Row};
use starling::domain::export::PartAfter;

use super::*;

const ADA: u64 = 424_242;

/// Every table and column that holds a number, by SQLite's own catalogue.
async fn columns(pool: &AnyPool) -> Vec<(String, String)> {
    let statement = "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c \
        where m.type = 'table' and m.name not like '\\_%' escape '\\' and lower(c.type) in ('bigint', 'integer')";
    let rows = sqlx::query(statement).fetch_all(pool).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Where the person's id stands.
async fn places(pool: &AnyPool) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column) in columns(pool).await {
        let count = format!("select count(*) from {table} where {column} = {ADA}");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(pool).await.unwrap();
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

#[tokio::test]
async fn after_everything_no_row_of_any_table_holds_the_persons_id() {
    let opened = open().await;
    let store = &opened.store;
    let now = "2026-05-04T06:00:00Z";
    put(store, Daily { changed_by: Some(UserId(ADA)), ..daily(5) }, now).await;
    store.record_answer(answer(1, about(ADA, "a"), "Whole")).await.unwrap();
    store.put_draft(&about(ADA, "b"), &draft("Half"), at(now)).await.unwrap();
    store.record_guidance_view(UserId(ADA), &key("a"), at(now)).await.unwrap();
    store.record_feedback(UserId(ADA), &key("a"), true, at(now)).await.unwrap();
    assert!(store.claim_notice(UserId(ADA), date(2026, 5, 4)).await.unwrap());
    store.record_answer(answer(2, about(3, "a"), "Somebody else's")).await.unwrap();

    let url = format!("sqlite://{}", opened.folder.path().join("starling.db").display());
    let pool = AnyPool::connect(&url).await.unwrap();
    let before = places(&pool).await;
    assert_eq!(before.len(), 6, "a table lacks a sample row here: {before:?}");
    assert_eq!(store.forget(UserId(ADA)).await.unwrap(), 5);
    assert_eq!(places(&pool).await, [""; 0]);
    assert_eq!(store.daily(ChannelId(5)).await.unwrap().unwrap().changed_by, None);
    assert!(store.attempt(UserId(3), InteractionId(2)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_guilds_answers_and_drafts_go_and_others_stay() {
    for opened in every_database().await {
        let store = &opened.store;
        let elsewhere = |question| About { guild: Some(GuildId(2)), ..about(ADA, question) };
        store.record_answer(answer(1, about(ADA, "a"), "Here")).await.unwrap();
        store.record_answer(answer(2, elsewhere("b"), "Elsewhere")).await.unwrap();
        store.put_draft(&about(ADA, "c"), &draft("Half"), at("2026-05-04T06:00:00Z")).await.unwrap();
        assert_eq!(store.forget_in_guild(UserId(ADA), GuildId(1)).await.unwrap(), 2);
        assert_eq!(store.history(UserId(ADA), &HistoryQuery::default()).await.unwrap().total, 1);
        assert_eq!(store.forget(UserId(ADA)).await.unwrap(), 1);
        assert!(!store.delete_attempt(UserId(ADA), InteractionId(2)).await.unwrap());
    }
}

#[tokio::test]
async fn an_export_walks_through_all_answers_once_the_oldest_first_also_where_two_came_at_once() {
    const ANSWERS: u64 = 450;
    for opened in every_database().await {
        let store = &opened.store;
        for number in 0..ANSWERS {
            let instant = at("2026-05-04T06:00:00Z") + SignedDuration::from_millis((number / 7).cast_signed());
            let question = format!("q{}", number % 5);
            let new =
                NewAnswer { at: instant, ..answer(ANSWERS - number, about(ADA, &question), &format!("{number}")) };
            store.record_answer(new).await.unwrap();
        }
        store.record_answer(answer(9999, about(3, "q1"), "Somebody else's")).await.unwrap();
        let (mut walked, mut last) = (Vec::new(), None);
        loop {
            let next = store.answers_after(UserId(ADA), last).await.unwrap();
            let Some(newest) = next.last() else { break };
            last = Some(PartAfter::after(2, newest));
            walked.extend(next.into_iter().map(|attempt| (attempt.at, attempt.id.0)));
        }
        assert_eq!(walked.len(), usize::try_from(ANSWERS).unwrap());
        assert!(walked.is_sorted_by(|one, other| one < other), "{walked:?}");
    }
}

#[tokio::test]
async fn an_export_holds_all_that_is_stored_beside_answers_and_nothing_of_anybody_else() {
    for opened in every_database().await {
        let store = &opened.store;
        let now = at("2026-05-04T06:00:00Z");
        for user in [ADA, 3] {
            store.put_draft(&about(user, "b"), &draft(&format!("Half by {user}")), now).await.unwrap();
            store.record_guidance_view(UserId(user), &key("a"), now).await.unwrap();
            store.record_feedback(UserId(user), &key("c"), user == ADA, now).await.unwrap();
            store.claim_notice(UserId(user), date(2026, 5, 4)).await.unwrap();
            put(store, Daily { changed_by: Some(UserId(user)), ..daily(user) }, "2026-05-04T06:00:00Z").await;
        }
        let found = store.belongings(UserId(ADA)).await.unwrap();
        let drafts: Vec<_> = found.drafts.iter().map(|kept| kept.draft.typed().get(Part::Situation)).collect();
        assert_eq!(drafts, [format!("Half by {ADA}")]);
        assert_eq!(found.guidance_views, [(key("a"), now)]);
        assert_eq!(found.feedback, [(key("c"), true, now)]);
        assert_eq!(found.changed, [(GuildId(1), ChannelId(ADA))]);
        assert_eq!(found.told_on, [date(2026, 5, 4)]);
    }
}
