//! The store's conformance suite: what every database under it must do.

mod absence;
mod commands;
mod gateway_start;
mod moves;
mod person;
mod posts;
mod practice;
mod progress;
mod server;

use std::os::unix::fs::PermissionsExt;

use jiff::Timestamp;
use jiff::civil::date;
use secrecy::SecretString;
use starling::domain::answer::{Draft, Part, StarAnswer, Submission, Typed};
use starling::domain::attempt::{About, NewAnswer, Recorded};
use starling::domain::bank::{Packs, QuestionBank};
use starling::domain::daily::{Daily, PER_GUILD, Pause};
use starling::domain::history::HistoryQuery;
use starling::domain::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use starling::domain::post::{FailReason, Outcome, Post, PostKey, SkipReason};
use starling::domain::question::{Level, QuestionKey};
use starling::domain::schedule::{Days, LocalTime, Schedule};
use starling::domain::zone::Zone;
use starling::store::{Changed, Choice, Database, Found, KnownGuild, Moved, Presence, Store, StoreError, Verdict};
use tempfile::TempDir;

use crate::postgres::empty_database;

/// A store in a folder that goes with it.
pub(crate) struct Opened {
    pub(crate) store: Store,
    folder: TempDir,
}

async fn open() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let (store, found) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    assert_eq!(found, Found::Created);
    Opened { store, folder }
}

/// An empty store on SQLite and, where there is a server, one on Postgres.
pub(crate) async fn every_database() -> Vec<Opened> {
    let mut all = vec![open().await];
    if let Some(url) = empty_database().await {
        let (store, found) = Store::connect(&Database::Postgres(SecretString::from(url))).await.unwrap();
        assert_eq!(found, Found::Created);
        all.push(Opened { store, folder: tempfile::tempdir().unwrap() });
    }
    all
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn key(text: &str) -> QuestionKey {
    QuestionKey::parse(text).unwrap()
}

fn about(user: u64, question: &str) -> About {
    About { user: UserId(user), question: key(question), guild: Some(GuildId(1)), post: None }
}

fn typed(situation: &str) -> Typed {
    Typed { situation: situation.into(), task: "Task".into(), action: "I did".into(), result: "5 %".into() }
}

fn answer(id: u64, about: About, situation: &str) -> NewAnswer {
    let at = at("2026-05-04T07:00:00Z") + std::time::Duration::from_secs(id);
    NewAnswer { id: InteractionId(id), about, answer: StarAnswer::parse(typed(situation)).unwrap(), at }
}

fn draft(situation: &str) -> Draft {
    match Submission::parse(Typed { situation: situation.into(), ..Typed::default() }) {
        Submission::Partial(draft) => draft,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn daily(channel: u64) -> Daily {
    let schedule = Schedule {
        time: LocalTime::parse("09:00").unwrap(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        days: Days::EVERY_DAY,
    };
    Daily { changed_by: Some(UserId(9)), ..Daily::new(GuildId(1), ChannelId(channel), schedule) }
}

/// Keeps a daily question as it is given.
async fn change(store: &Store, daily: Daily, now: &str) -> Changed {
    store.change_daily((daily.guild, daily.channel), at(now), |_| Some(daily)).await.unwrap()
}

pub(crate) async fn put(store: &Store, daily: Daily, now: &str) -> Daily {
    match change(store, daily, now).await {
        Changed::Kept { daily, .. } => *daily,
        other => panic!("{other:?}"),
    }
}

/// A bank with a pack of these questions; none at all where there are no keys.
fn bank(keys: &[&str]) -> QuestionBank {
    let question = |key: &&str| {
        format!(
            "[[question]]\nkey = \"{key}\"\nprompt = \"What?\"\ntopic = \"all\"\nlevels = [\"mid\"]\nwhy = \"Because.\"\n\
             dos = [\"a\", \"b\", \"c\"]\ndonts = [\"a\", \"b\", \"c\"]\nprobes = [\"And?\"]\n\
             [question.sample]\nsituation = \"s\"\ntask = \"t\"\naction = \"I a\"\nresult = \"5 %\"\n"
        )
    };
    let head = "title = \"Some\"\nsummary = \"Some questions.\"\nlanguage = \"en\"\n".to_owned();
    let pack = head + &keys.iter().map(question).collect::<String>();
    if keys.is_empty() { QuestionBank::default() } else { QuestionBank::parse(&[("some.toml", &pack)]).unwrap() }
}

/// Settles the channel's daily question; gives the question that is to be asked, if one is.
async fn settle(store: &Store, now: &str, keys: &[&str]) -> Option<QuestionKey> {
    let bank = bank(keys);
    let claimed = store.settle(ChannelId(5), Choice { bank: &bank, fresh_seed: 7 }, at(now)).await.unwrap();
    claimed.and_then(|(_, post)| post.question)
}

async fn claim_today(store: &Store, daily: &Daily, now: &str) -> Option<Post> {
    let bank = bank(&["a"]);
    store.claim_today(daily, Choice { bank: &bank, fresh_seed: 7 }, at(now)).await.unwrap()
}

#[tokio::test]
async fn the_file_is_its_owners_alone_and_says_what_it_holds() {
    let opened = open().await;
    let (store, folder) = (&opened.store, &opened.folder);
    let file = folder.path().join("starling.db");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    put(store, daily(5), "2026-05-04T06:00:00Z").await;
    store.record_answer(answer(1, about(2, "a-key"), "Once")).await.unwrap();
    store.close().await;
    let (_, found) = Store::open(&file).await.unwrap();
    assert_eq!(found, Found::Holding { dailies: 1, answers: 1, copy: None });
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "dear diary, this is not a database at all").unwrap();
    assert!(Store::open(&file).await.is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "dear diary, this is not a database at all");
    let error = Store::open(&folder.path().join("missing/starling.db")).await.unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "{error}");
}

#[tokio::test]
async fn a_path_with_signs_of_urls_is_a_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("50% of #1? yes.db");
    let (store, _) = Store::open(&file).await.unwrap();
    store.record_answer(answer(1, about(2, "a-key"), "Once")).await.unwrap();
    assert!(file.metadata().unwrap().len() > 0);
}

#[tokio::test]
async fn an_interaction_that_is_delivered_twice_is_stored_once() {
    for opened in every_database().await {
        let store = &opened.store;
        for _ in 0..2 {
            let receipt = store.record_answer(answer(1, about(2, "a-key"), "Once")).await.unwrap();
            assert!(matches!(receipt.recorded, Recorded::Stored(attempt) if attempt.number == 1));
        }
        assert_eq!(store.history(UserId(2), &HistoryQuery::default()).await.unwrap().total, 1);
    }
}

#[tokio::test]
async fn attempts_count_up_for_each_person_and_question() {
    for opened in every_database().await {
        let store = &opened.store;
        let mut numbers = Vec::new();
        for (id, user, question, situation) in [
            (1, 2, "a", "One"),
            (2, 2, "a", "Two"),
            (3, 2, "b", "One"),
            (4, 3, "a", "One"),
            (5, 2, "a", "Two"),
            (6, 2, "a", "One"),
        ] {
            let receipt = store.record_answer(answer(id, about(user, question), situation)).await.unwrap();
            numbers.push(match receipt.recorded {
                Recorded::Stored(attempt) => i64::from(attempt.number),
                Recorded::Unchanged(attempt) => -i64::from(attempt.number),
            });
        }
        assert_eq!(numbers, [1, 2, 1, 1, -2, 3]);
        let newest = store.newest_attempt(UserId(2), &key("a")).await.unwrap().unwrap();
        assert_eq!((newest.id, newest.answer.get(Part::Situation)), (InteractionId(6), "One"));
    }
}

#[tokio::test]
async fn thirty_two_answers_at_once_are_all_stored() {
    for opened in every_database().await {
        let store = &opened.store;
        let mut storing = tokio::task::JoinSet::new();
        for id in 1..=32 {
            let store = store.clone();
            storing.spawn(
                async move { store.record_answer(answer(id, about(2, "a-key"), &format!("Number {id}"))).await },
            );
        }
        while let Some(stored) = storing.join_next().await {
            stored.unwrap().unwrap();
        }
        let newest = store.newest_attempt(UserId(2), &key("a-key")).await.unwrap().unwrap();
        assert_eq!(newest.number, 32);
    }
}

#[tokio::test]
async fn nobody_opens_anothers_answer() {
    for opened in every_database().await {
        let store = &opened.store;
        store.record_answer(answer(1, about(2, "a-key"), "Mine")).await.unwrap();
        assert!(store.attempt(UserId(2), InteractionId(1)).await.unwrap().is_some());
        assert!(store.attempt(UserId(3), InteractionId(1)).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn history_is_newest_first_and_found_by_question_and_words() {
    for opened in every_database().await {
        let store = &opened.store;
        for (id, question, situation) in [(1, "a", "Straße, 100%"), (2, "b", "ÜBER alles_"), (3, "a", "plain")] {
            store.record_answer(answer(id, about(2, question), situation)).await.unwrap();
        }
        let found = async |question: Option<&str>, search: &str| {
            let query = HistoryQuery { question: question.map(key), search: search.to_owned(), page: 0 };
            let page = store.history(UserId(2), &query).await.unwrap();
            assert_eq!(page.attempts.len(), usize::try_from(page.total).unwrap());
            page.attempts.iter().map(|attempt| attempt.id.0).collect::<Vec<_>>()
        };
        assert_eq!(found(None, "").await, [3, 2, 1]);
        assert_eq!(found(Some("a"), "").await, [3, 1]);
        assert_eq!(found(None, "über").await, [2]);
        assert_eq!(found(None, "0%").await, [1]);
        assert_eq!(found(None, "s_").await, [2]);
        assert_eq!(found(Some("b"), "plain").await, [0; 0]);
        assert_eq!(store.answered_questions(UserId(2)).await.unwrap(), [key("a"), key("b")]);
    }
}

#[tokio::test]
async fn what_is_found_fills_pages_and_behind_the_last_one_its_total_is_still_told() {
    for opened in every_database().await {
        let store = &opened.store;
        for id in 1..=24 {
            let situation = if id % 2 == 0 { format!("Even {id}") } else { format!("Odd {id}") };
            store.record_answer(answer(id, about(2, "a"), &situation)).await.unwrap();
        }
        let page = async |page: u32, search: &str| {
            let query = HistoryQuery { question: None, search: search.to_owned(), page };
            let page = store.history(UserId(2), &query).await.unwrap();
            (page.attempts.iter().map(|attempt| attempt.id.0).collect::<Vec<_>>(), page.total)
        };
        assert_eq!(page(0, "even").await, ((3..=12).rev().map(|half| half * 2).collect(), 12));
        assert_eq!(page(1, "even").await, (vec![4, 2], 12));
        assert_eq!(page(2, "even").await, (vec![], 12));
        assert_eq!(page(2, "").await, (vec![4, 3, 2, 1], 24));
        assert_eq!(page(0, "neither").await, (vec![], 0));
    }
}

#[tokio::test]
async fn a_draft_is_one_a_question_and_goes_with_the_attempt() {
    for opened in every_database().await {
        let store = &opened.store;
        let about = about(2, "a-key");
        for text in ["First", "Second"] {
            store.put_draft(&about, &draft(text), at("2026-05-04T07:00:00Z")).await.unwrap();
        }
        let kept = store.draft(UserId(2), &key("a-key")).await.unwrap().unwrap();
        assert_eq!(kept.typed().get(Part::Situation), "Second");
        assert!(store.draft(UserId(3), &key("a-key")).await.unwrap().is_none());
        store.record_answer(answer(1, about, "Whole")).await.unwrap();
        assert!(store.draft(UserId(2), &key("a-key")).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_guild_has_ten_daily_questions_at_most() {
    for opened in every_database().await {
        let store = &opened.store;
        for channel in 1..=PER_GUILD {
            put(store, daily(channel as u64), "2026-05-04T06:00:00Z").await;
        }
        let eleventh = change(store, daily(11), "2026-05-04T06:00:00Z").await;
        assert!(matches!(eleventh, Changed::TooMany), "{eleventh:?}");
        put(store, daily(10), "2026-05-04T06:00:00Z").await;
        assert_eq!(store.dailies_of(GuildId(1)).await.unwrap().len(), PER_GUILD);
    }
}

#[tokio::test]
async fn a_daily_question_comes_back_as_it_was_put() {
    for opened in every_database().await {
        let store = &opened.store;
        let kept =
            put(store, Daily { pause: Some(Pause::MissingPermissions), ..daily(5) }, "2026-05-04T07:00:00Z").await;
        assert_eq!(kept.next.as_ref().unwrap().day, date(2026, 5, 5));
        assert_eq!(store.daily(ChannelId(5)).await.unwrap(), Some(kept.clone()));
        store.pause_daily(ChannelId(5), Pause::Admin).await.unwrap();
        let paused = store.daily(ChannelId(5)).await.unwrap().unwrap();
        assert_eq!(paused, Daily { pause: Some(Pause::Admin), ..kept });
        store.delete_daily(ChannelId(5)).await.unwrap();
        assert_eq!(store.daily(ChannelId(5)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn looking_at_guidance_twice_is_noted_once() {
    let opened = open().await;
    let (store, folder) = (&opened.store, &opened.folder);
    for now in ["2026-05-04T07:00:00Z", "2026-05-05T07:00:00Z"] {
        store.record_guidance_view(UserId(2), &key("a"), at(now)).await.unwrap();
    }
    let url = format!("sqlite://{}", folder.path().join("starling.db").display());
    let pool = sqlx::AnyPool::connect(&url).await.unwrap();
    let views: Vec<(i64, i64)> =
        sqlx::query_as("select user_id, viewed_at from guidance_view").fetch_all(&pool).await.unwrap();
    assert_eq!(views, [(2, at("2026-05-04T07:00:00Z").as_millisecond())]);
}
