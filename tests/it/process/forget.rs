//! `starling forget USER_ID`.

use std::path::Path;

use sandbox::Sandbox;
use secrecy::SecretString;
use sqlx::{AnyPool, Connection, SqliteConnection};
use starling::domain::id::{ChannelId, GuildId, UserId};
use starling::domain::question::QuestionKey;
use starling::domain::share::Share;
use starling::rest::Rest;
use starling::store::Store;
use tempfile::TempDir;

use super::backup::answer;
use super::{ended, folder, starling};

fn forget(folder: &Path, user: &str) -> (Option<i32>, String) {
    ended(starling(folder, &[], &["forget", user]).spawn().unwrap())
}

#[tokio::test]
async fn everything_of_a_person_goes_and_copies_from_before_are_named() {
    let folder = folder();
    let (code, said) = forget(folder.path(), "7");
    assert!(code == Some(1) && said.contains("there is no database"), "{said}");
    assert!(!folder.path().join("starling.db").exists());

    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    store.record_answer(answer(7)).await.unwrap();
    store.close().await;
    assert_eq!(forget(folder.path(), "7"), (Some(0), "Deleted 1 rows of person 7.\n".to_owned()));
    assert_eq!(forget(folder.path(), "ada").0, Some(2));

    let copy = folder.path().canonicalize().unwrap().join("starling.db.before-migration-after-0001");
    std::fs::write(&copy, "a copy").unwrap();
    std::fs::write(folder.path().join("starling.db.unfinished-copy"), "half a copy").unwrap();
    let (code, said) = forget(folder.path(), "12");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("Nothing is stored about person 12.\n"), "{said}");
    assert!(said.contains(&format!("{} was made before and may still hold", copy.display())), "{said}");
    assert!(said.contains("starling.db.unfinished-copy was made before") && copy.exists(), "{said}");
}

#[tokio::test]
async fn a_database_that_lacks_migrations_is_not_brought_up_to_date() {
    let folder = folder();
    let file = folder.path().join("starling.db");
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    sqlx::migrate!().run_to(1, &pool).await.unwrap();
    pool.close().await;
    let before = std::fs::read(&file).unwrap();
    for arguments in [&["forget", "4"][..], &["questions", "feedback"]] {
        let (code, said) = ended(starling(folder.path(), &[], arguments).spawn().unwrap());
        assert!(code == Some(1) && said.contains("start this version of Starling once first"), "{said}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_something_reads_the_file_it_says_that_traces_are_left() {
    let folder = folder();
    let file = folder.path().join("starling.db");
    let (store, _) = Store::open(&file).await.unwrap();
    let key = QuestionKey::parse("protect-user-data").unwrap();
    store.record_feedback(UserId(7), &key, true, jiff::Timestamp::UNIX_EPOCH).await.unwrap();
    let mut reader = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let mut snapshot = reader.begin().await.unwrap();
    sqlx::query("select * from feedback").fetch_all(&mut *snapshot).await.unwrap();
    let (code, said) = forget(folder.path(), "7");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Traces are left in ") && said.contains("starling.db-wal"), "{said}");
    snapshot.rollback().await.unwrap();
    assert_eq!(forget(folder.path(), "7"), (Some(0), "Nothing is stored about person 7.\n".to_owned()));
    assert_eq!(folder.path().join("starling.db-wal").metadata().unwrap().len(), 0);
}

/// A person who has shared an answer in a Discord, whose message is there.
struct Shared {
    sandbox: Sandbox,
    channel: sandbox::Channel,
    folder: TempDir,
}

impl Shared {
    async fn begins() -> Shared {
        let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
        let guild = sandbox.add_guild("Rustaceans");
        let channel = guild.add_channel("general");
        let rest = Rest::new(&sandbox.url(), SecretString::from(sandbox.token())).unwrap();
        let at = ChannelId(channel.id());
        let message = rest.create_message(at, serde_json::json!({ "content": "shared" })).await.unwrap();
        let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
        let answered = answer(7);
        let share = Share {
            answer: answered.id,
            user: UserId(7),
            guild: GuildId(guild.id()),
            channel: at,
            message: Some(message),
            at: answered.at,
        };
        store.record_answer(answered).await.unwrap();
        assert!(store.begin_share(&share).await.unwrap());
        store.close().await;
        Shared { sandbox, channel, folder }
    }

    fn forget(&self, token: &str) -> (Option<i32>, String) {
        let variables = [("DISCORD_TOKEN", token), ("DISCORD_API_URL", &self.sandbox.url())];
        ended(starling(self.folder.path(), &variables, &["forget", "7"]).spawn().unwrap())
    }

    fn link(&self) -> String {
        let message = &self.channel.messages()[0];
        format!("/{}/{} still shows what they shared; delete that message in Discord", message.channel_id, message.id)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_they_shared_is_deleted_in_discord_with_the_token() {
    let shared = Shared::begins().await;
    assert_eq!(shared.forget(shared.sandbox.token()), (Some(0), "Deleted 1 rows of person 7.\n".to_owned()));
    assert!(shared.channel.messages().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_that_works_it_names_what_they_shared() {
    for (token, why) in [("", "no usable DISCORD_TOKEN"), ("wrong", "Discord could not be asked")] {
        let shared = Shared::begins().await;
        let (code, said) = shared.forget(token);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(why) && said.contains("Deleted 2 rows of person 7."), "{said}");
        assert!(said.contains(&shared.link()), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_does_not_let_starling_delete_is_named_too() {
    let shared = Shared::begins().await;
    shared.channel.deny_bot(sandbox::permissions::VIEW_CHANNEL);
    let (code, said) = shared.forget(shared.sandbox.token());
    assert!(code == Some(1) && said.contains(&shared.link()), "{said}");
}
