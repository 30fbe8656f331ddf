//! `starling backup FILE`.

use std::os::unix::fs::PermissionsExt;

use jiff::Timestamp;
use sqlx::AnyPool;
use starling::domain::answer::{StarAnswer, Typed};
use starling::domain::attempt::{About, NewAnswer};
use starling::domain::id::{GuildId, InteractionId, UserId};
use starling::domain::question::QuestionKey;
use starling::store::{Found, Store};

use super::{ended, folder, starling};

/// A whole answer, the first of the person with this id.
pub(super) fn answer(id: u64) -> NewAnswer {
    let question = QuestionKey::parse("protect-user-data").unwrap();
    let about = About { user: UserId(id), question, guild: Some(GuildId(1)), post: None };
    let typed = Typed { situation: "S".into(), task: "T".into(), action: "I did".into(), result: "5 %".into() };
    NewAnswer { id: InteractionId(id), about, answer: StarAnswer::parse(typed).unwrap(), at: Timestamp::UNIX_EPOCH }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_answers_are_stored_is_whole_and_can_take_the_files_place() {
    let folder = folder();
    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    for id in 1..=8 {
        store.record_answer(answer(id)).await.unwrap();
    }
    let backup = starling(folder.path(), &[], &["backup", "copy.db"]).spawn().unwrap();
    let backup = tokio::task::spawn_blocking(|| ended(backup));
    let mut stored = 8;
    while !backup.is_finished() {
        stored += 1;
        store.record_answer(answer(stored)).await.unwrap();
    }
    assert!(stored > 8, "it was over before anything was stored");
    let (code, said) = backup.await.unwrap();
    assert_eq!(code, Some(0), "{said}");

    let copy = folder.path().join("copy.db");
    assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let pool = AnyPool::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let sound: String = sqlx::query_scalar("pragma integrity_check").fetch_one(&pool).await.unwrap();
    assert_eq!(sound, "ok");
    pool.close().await;
    let (restored, found) = Store::open(&copy).await.unwrap();
    let Found::Holding { answers, dailies: 0, copy: None } = found else { panic!("{found:?}") };
    assert!((8..=stored).contains(&answers), "{answers}");
    let place = folder.path().canonicalize().unwrap().join("copy.db");
    assert_eq!(said, format!("copied to {}, which holds daily questions: 0, answers: {answers}\n", place.display()));
    restored.record_answer(answer(stored + 1)).await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_there_is_left_alone_and_so_is_a_file_that_lacks_migrations() {
    let folder = folder();
    let run = |file: &str| ended(starling(folder.path(), &[], &["backup", file]).spawn().unwrap());
    let (code, said) = run("copy.db");
    assert!(code == Some(1) && said.contains("there is no database"), "{said}");
    assert!(!folder.path().join("starling.db").exists() && !folder.path().join("copy.db").exists());

    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("starling.db").display());
    let pool = AnyPool::connect(&url).await.unwrap();
    sqlx::migrate!().run_to(1, &pool).await.unwrap();
    pool.close().await;
    let before = std::fs::read(folder.path().join("starling.db")).unwrap();
    assert_eq!(run("copy.db").0, Some(0));
    assert_eq!(std::fs::read(folder.path().join("starling.db")).unwrap(), before);

    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let (code, said) = run("mine.txt");
    assert!(code == Some(1) && said.contains("mine.txt is there already"), "{said}");
    assert_eq!(std::fs::read(folder.path().join("mine.txt")).unwrap(), b"mine");
}

#[test]
fn a_copy_that_fails_leaves_no_file() {
    let folder = folder();
    std::fs::write(folder.path().join("starling.db"), "this is no database, only some text in its place").unwrap();
    let (code, said) = ended(starling(folder.path(), &[], &["backup", "copy.db"]).spawn().unwrap());
    assert!(code == Some(1) && said.contains("can't be made"), "{said}");
    assert!(!folder.path().join("copy.db").exists());
    let wrong = [("DATABASE_URL", "mysql://db")];
    assert_eq!(ended(starling(folder.path(), &wrong, &["backup", "copy.db"]).spawn().unwrap()).0, Some(2));
}
