//! Deleting everything of a person: no row of any table holds their id.

use jiff::SignedDuration;
use secrecy::ExposeSecret;
use sqlx::{AnyPool, Connection, Row, SqliteConnection};
use starling::domain::export::{KeptPractice, PartAfter};
use starling::domain::id::{GuildId, InteractionId};
use starling::domain::practice::{Felt, Offer, Revisit};
use starling::domain::share::Share;
use starling::store::Deleted;

use super::*;

const ADA: u64 = 424_242;

/// Every table but sqlx's own with its columns, by each database's own catalogue.
async fn columns(pool: &AnyPool, is_server: bool) -> Vec<(String, String)> {
    let statement = if is_server {
        "select table_name::text, column_name::text from information_schema.columns \
         where table_schema = current_schema() and table_name not like '\\_%'"
    } else {
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c \
         where m.type = 'table' and m.name not like '\\_%' escape '\\'"
    };
    let rows = sqlx::query(statement).fetch_all(pool).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

async fn count(pool: &AnyPool, statement: String) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(pool).await.unwrap()
}

/// Where the person's id stands, as a number or within a text.
async fn places(pool: &AnyPool, columns: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column) in columns {
        let holding = format!("select count(*) from {table} where cast({column} as text) like '%{ADA}%'");
        if count(pool, holding).await > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

/// Puts something into every table, and this person wherever one is kept.
async fn keep_all(store: &Store) {
    let now = "2026-05-04T06:00:00Z";
    let kept = put(store, Daily { changed_by: Some(UserId(ADA)), ..daily(5) }, now).await;
    store.record_answer(answer(1, about(ADA, "a"), "Whole")).await.unwrap();
    store.put_draft(&about(ADA, "b"), &draft("Half"), at(now)).await.unwrap();
    store.record_guidance_view(UserId(ADA), &key("a"), at(now)).await.unwrap();
    store.record_feedback(UserId(ADA), &key("a"), true, at(now)).await.unwrap();
    assert!(store.claim_notice(UserId(ADA), date(2026, 5, 4)).await.unwrap());
    store.set_coached(UserId(ADA), false).await.unwrap();
    store.put_revisit(UserId(ADA), &Revisit::after(Felt::Fine, None, key("a"), at(now))).await.unwrap();
    assert!(store.begin_share(&share(1, ADA, now)).await.unwrap());
    store.record_answer(answer(2, about(3, "a"), "Somebody else's")).await.unwrap();
    store.record_gateway_start(at(now), at(now)).await.unwrap();
    let bank = bank(&["a", "b", "c"]);
    settle(store, "2026-05-04T07:00:00Z", &["a", "b", "c"]).await.unwrap();
    store.skip_question(&kept, Choice { bank: &bank, fresh_seed: 7 }).await.unwrap().unwrap();
}

fn share(answer: u64, user: u64, since: &str) -> Share {
    let (answer, user, guild, channel) = (InteractionId(answer), UserId(user), GuildId(1), ChannelId(5));
    Share { answer, user, guild, channel, message: None, at: at(since) }
}

#[tokio::test]
async fn after_everything_no_row_of_any_table_holds_the_persons_id() {
    let folder = tempfile::tempdir().unwrap();
    let file = Database::Sqlite(folder.path().join("starling.db"));
    let server = empty_database().await.map(|url| Database::Postgres(SecretString::from(url)));
    for database in [Some(file), server].into_iter().flatten() {
        let (store, _) = Store::connect(&database).await.unwrap();
        keep_all(&store).await;
        let (url, is_server) = match &database {
            Database::Sqlite(file) => (format!("sqlite://{}", file.display()), false),
            Database::Postgres(url) => (url.expose_secret().to_owned(), true),
        };
        let pool = AnyPool::connect(&url).await.unwrap();
        let columns = columns(&pool, is_server).await;
        for (table, _) in &columns {
            let rows = count(&pool, format!("select count(*) from {table}")).await;
            assert!(rows > 0, "{table} lacks a sample row in keep_all");
        }
        let of_people = columns.iter().filter(|(_, column)| column == "user_id" || column.ends_with("_by"));
        let of_people: Vec<_> = of_people.map(|(table, column)| format!("{table}.{column}")).collect();
        assert!(!of_people.is_empty());
        let before = places(&pool, &columns).await;
        for place in &of_people {
            assert!(before.contains(place), "{place} lacks the person in keep_all, who is in: {before:?}");
        }
        let shares = vec![share(1, ADA, "2026-05-04T06:00:00Z")];
        assert_eq!(store.forget(UserId(ADA)).await.unwrap(), Deleted { rows: 9, shares, fold_owed: false });
        assert_eq!(places(&pool, &columns).await, [""; 0]);
        assert_eq!(store.daily(ChannelId(5)).await.unwrap().unwrap().changed_by, None);
        assert!(store.attempt(UserId(3), InteractionId(2)).await.unwrap().is_some());
        pool.close().await;
    }
}

/// Whether a text is in the file or its log.
fn is_in_a_file(opened: &Opened, text: &str) -> bool {
    let bytes = ["starling.db", "starling.db-wal"].map(|name| std::fs::read(opened.folder.path().join(name)).unwrap());
    bytes.iter().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

#[tokio::test]
async fn what_a_reader_keeps_in_the_log_is_owed_and_goes_after_it() {
    const SECRET: &str = "Quetzalcoatl in the cellar.";
    let opened = open().await;
    let store = &opened.store;
    store.record_answer(answer(1, about(ADA, "a"), SECRET)).await.unwrap();
    let url = format!("sqlite://{}", opened.folder.path().join("starling.db").display());
    let mut reader = SqliteConnection::connect(&url).await.unwrap();
    let mut snapshot = reader.begin().await.unwrap();
    sqlx::query("select * from answer").fetch_all(&mut *snapshot).await.unwrap();
    let deleted = store.delete_attempt(UserId(ADA), InteractionId(1)).await.unwrap();
    assert_eq!(deleted, Deleted { rows: 1, shares: Vec::new(), fold_owed: true });
    assert!(store.fold_if_owed().await && is_in_a_file(&opened, SECRET));
    snapshot.rollback().await.unwrap();
    assert!(!store.fold_if_owed().await && !is_in_a_file(&opened, SECRET));
    let nothing = store.delete_attempt(UserId(ADA), InteractionId(1)).await.unwrap();
    assert_eq!(nothing, Deleted { rows: 0, shares: Vec::new(), fold_owed: false });
}

#[tokio::test]
async fn a_guilds_answers_and_drafts_go_and_others_stay() {
    for opened in every_database().await {
        let store = &opened.store;
        let elsewhere = |question| About { guild: Some(GuildId(2)), ..about(ADA, question) };
        store.record_answer(answer(1, about(ADA, "a"), "Here")).await.unwrap();
        store.record_answer(answer(2, elsewhere("b"), "Elsewhere")).await.unwrap();
        store.put_draft(&about(ADA, "c"), &draft("Half"), at("2026-05-04T06:00:00Z")).await.unwrap();
        assert_eq!(store.forget_in_guild(UserId(ADA), GuildId(1)).await.unwrap().rows, 2);
        assert_eq!(store.history(UserId(ADA), &HistoryQuery::default()).await.unwrap().total, 1);
        assert_eq!(store.forget(UserId(ADA)).await.unwrap().rows, 1);
        assert_eq!(store.delete_attempt(UserId(ADA), InteractionId(2)).await.unwrap().rows, 0);
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
async fn who_was_the_last_to_change_nothing_is_told_nothing() {
    for opened in every_database().await {
        let store = &opened.store;
        put(store, Daily { changed_by: Some(UserId(ADA)), ..daily(5) }, "2026-05-04T06:00:00Z").await;
        let day = date(2026, 5, 4);
        assert!(!store.claim_notice(UserId(3), day).await.unwrap());
        assert!(store.claim_notice(UserId(ADA), day).await.unwrap());
        assert!(!store.claim_notice(UserId(ADA), day).await.unwrap(), "once a day");
        store.take_back_notice(UserId(ADA), day).await.unwrap();
        assert!(store.claim_notice(UserId(ADA), day).await.unwrap());
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
            put(store, Daily { changed_by: Some(UserId(user)), ..daily(user) }, "2026-05-04T06:00:00Z").await;
            assert!(store.claim_notice(UserId(user), date(2026, 5, 4)).await.unwrap());
            store.record_answer(answer(user, about(user, "a"), "Whole")).await.unwrap();
            let offer = Offer { question: key("b"), was_due: user == ADA };
            assert!(store.record_offer(UserId(user), None, &offer, now).await.unwrap());
            assert!(store.put_revisit(UserId(user), &Revisit::after(Felt::Solid, None, key("a"), now)).await.unwrap());
            assert!(store.begin_share(&share(user, user, "2026-05-04T06:00:00Z")).await.unwrap());
        }
        let found = store.belongings(UserId(ADA)).await.unwrap();
        let drafts: Vec<_> = found.drafts.iter().map(|kept| kept.draft.typed().get(Part::Situation)).collect();
        assert_eq!(drafts, [format!("Half by {ADA}")]);
        assert_eq!(found.guidance_views, [(key("a"), now)]);
        assert_eq!(found.feedback, [(key("c"), true, now)]);
        assert_eq!(found.changed, [(GuildId(1), ChannelId(ADA))]);
        assert_eq!(found.told_on, [date(2026, 5, 4)]);
        let last_offer = Some(Offer { question: key("b"), was_due: true });
        assert_eq!(found.practice, Some(KeptPractice { is_coached: true, last_offer }));
        assert_eq!(found.revisits, [Revisit::after(Felt::Solid, None, key("a"), now)]);
        assert_eq!(found.shares, [share(ADA, ADA, "2026-05-04T06:00:00Z")]);
    }
}

#[tokio::test]
async fn with_the_last_answer_to_a_question_its_revisit_and_its_share_go() {
    for opened in every_database().await {
        let store = &opened.store;
        let now = at("2026-05-04T06:00:00Z");
        for number in [1, 2] {
            store.record_answer(answer(number, about(ADA, "a"), &format!("Attempt {number}"))).await.unwrap();
            assert!(store.begin_share(&share(number, ADA, "2026-05-04T06:00:00Z")).await.unwrap());
        }
        assert!(store.put_revisit(UserId(ADA), &Revisit::after(Felt::Again, None, key("a"), now)).await.unwrap());
        assert!(!store.put_revisit(UserId(ADA), &Revisit::after(Felt::Again, None, key("b"), now)).await.unwrap());
        assert_eq!(store.delete_attempt(UserId(3), InteractionId(1)).await.unwrap().shares, [], "it is not theirs");
        let first = store.delete_attempt(UserId(ADA), InteractionId(1)).await.unwrap();
        assert_eq!((first.rows, first.shares), (1, vec![share(1, ADA, "2026-05-04T06:00:00Z")]));
        assert_eq!(store.revisits(UserId(ADA)).await.unwrap().len(), 1);
        assert_eq!(store.shares_of(UserId(ADA)).await.unwrap(), [share(2, ADA, "2026-05-04T06:00:00Z")]);
        store.delete_attempt(UserId(ADA), InteractionId(2)).await.unwrap();
        assert_eq!(store.revisits(UserId(ADA)).await.unwrap(), []);
        assert_eq!(store.shares_of(UserId(ADA)).await.unwrap(), []);
    }
}

#[tokio::test]
async fn what_is_deleted_of_a_guild_takes_its_shares_and_revisits_along() {
    for opened in every_database().await {
        let store = &opened.store;
        let now = "2026-05-04T06:00:00Z";
        let elsewhere = About { guild: Some(GuildId(2)), ..about(ADA, "b") };
        store.record_answer(answer(1, about(ADA, "a"), "Here")).await.unwrap();
        store.record_answer(answer(2, elsewhere.clone(), "Elsewhere")).await.unwrap();
        store.record_answer(answer(3, elsewhere, "Elsewhere, shown here")).await.unwrap();
        for question in ["a", "b"] {
            let revisit = Revisit::after(Felt::Fine, None, key(question), at(now));
            assert!(store.put_revisit(UserId(ADA), &revisit).await.unwrap());
        }
        let stays = Share { guild: GuildId(2), ..share(2, ADA, now) };
        for share in [share(1, ADA, now), stays, share(3, ADA, now)] {
            assert!(store.begin_share(&share).await.unwrap());
        }
        let mut deleted = store.forget_in_guild(UserId(ADA), GuildId(1)).await.unwrap();
        deleted.shares.sort_by_key(|share| share.answer);
        assert_eq!((deleted.rows, deleted.shares), (4, vec![share(1, ADA, now), share(3, ADA, now)]));
        let revisits = store.revisits(UserId(ADA)).await.unwrap();
        assert_eq!(revisits.iter().map(|revisit| &revisit.question).collect::<Vec<_>>(), [&key("b")]);
        assert_eq!(store.shares_of(UserId(ADA)).await.unwrap(), [stays]);
    }
}
