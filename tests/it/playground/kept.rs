//! A playground on a file that stays.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use starling::domain::daily::Daily;
use starling::domain::id::{ChannelId, GuildId};
use starling::domain::schedule::{Days, LocalTime, Schedule};
use starling::domain::zone::Zone;
use starling::store::{Database, Holds, Look, Store};

use super::visit::Visit;
use crate::process::{ended, folder, starling, terminate};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What the database of a finished playground holds.
async fn holds(file: &Path) -> Holds {
    match Store::look(&Database::Sqlite(file.to_owned())).await.unwrap() {
        Look::Ready(holds) => holds,
        other => panic!("{other:?}"),
    }
}

/// A whole answer to a question that nobody was asked so far.
fn answer(question: &str) -> Value {
    let parts = ["situation", "task", "action", "result"].map(|part| [part, "Here is what it was."]);
    json!([parts[0], parts[1], parts[2], parts[3], ["question", question]])
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_goes_on_and_no_id_comes_again() {
    let folder = folder();
    let file = folder.path().join("kept.db");
    let begins = async || Visit::begins(folder.path(), &[], &["--database", "kept.db"]).await;
    let visit = begins().await;
    let of_before = "The messages of before are gone";
    assert!(visit.printed.contains(file.to_str().unwrap()), "{}", visit.printed);
    assert!(!visit.printed.contains(of_before), "{}", visit.printed);
    let now = visit.now().await;
    // Noon in London, when nothing is due.
    let much_later = (now / DAY + 40) * DAY + DAY / 2;
    visit.acts("/page/clock", &json!({"to": much_later})).await;
    visit.runs_with("Ada", "answer", &answer("protect-user-data")).await;
    let posts = visit.posts_in("interviews").await;
    assert_eq!(visit.ends(), (Some(0), String::new()));
    assert_eq!(holds(&file).await, Holds { dailies: 2, answers: 7 });

    let visit = begins().await;
    assert!(visit.printed.contains(of_before), "{}", visit.printed);
    assert!(visit.now().await > much_later, "the clock went back");
    assert!(posts > 0 && visit.posts_in("interviews").await == 0, "the days before were lived once more");
    visit.runs_with("Ada", "answer", &answer("track-down-a-hard-bug")).await;
    let history = visit.runs("Ada", "history").await;
    assert!(history.contains("You have 7 answers."), "{history}");
    visit.acts("/page/clock", &json!({"to_next_post": true})).await;
    visit.waits_for_posts(1).await;
    assert_eq!(visit.ends(), (Some(0), String::new()));
    assert_eq!(holds(&file).await, Holds { dailies: 2, answers: 8 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_ends_by_itself_is_told_of_and_can_be_started_again() {
    let folder = folder();
    let file = folder.path().join("kept.db");
    let visit = Visit::begins(folder.path(), &[], &["--database", "kept.db"]).await;
    visit.acts("/page/bot", &json!({"on": false})).await;
    let sound = fs::read(&file).unwrap();
    fs::write(&file, "no database at all").unwrap();
    let why = visit.is_refused("/page/bot", &json!({"on": true})).await;
    assert!(why.starts_with("The bot has ended: "), "{why}");
    assert_eq!(visit.fetches("/").await, 200);
    fs::write(&file, sound).unwrap();
    visit.acts("/page/bot", &json!({"on": true})).await;
    let (code, written) = visit.ends();
    assert!(code == Some(0) && written.contains(&why) && written.contains("can start the bot again"), "{written}");
}

#[tokio::test]
async fn the_database_of_a_bot_on_other_servers_is_left_alone() {
    let folder = folder();
    let file = folder.path().join("starling.db");
    let (store, _) = Store::open(&file).await.unwrap();
    let schedule = Schedule {
        time: LocalTime::parse("09:00").unwrap(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        days: Days::default(),
    };
    let (guild, channel) = (GuildId(7), ChannelId(8));
    let at = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000);
    store.change_daily((guild, channel), at, |_| Some(Daily::new(guild, channel, schedule))).await.unwrap();
    store.close().await;
    let before = fs::read(&file).unwrap();
    let arguments = ["playground", "--no-open", "--database", "starling.db"];
    let (code, said) = ended(starling(folder.path(), &[], &arguments).spawn().unwrap());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("is the database of a bot on other servers"), "{said}");
    assert!(fs::read(&file).unwrap() == before, "it was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_ends_it_while_the_days_before_are_lived_has_them_whole_at_the_next_start() {
    let folder = folder();
    let arguments = ["playground", "--no-open", "--database", "kept.db"];
    let mut child = starling(folder.path(), &[("RUST_LOG", "starling=info")], &arguments).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut begun = String::new();
    log.read_line(&mut begun).unwrap();
    terminate(&child);
    assert!(begun.contains("kept.db.unfinished was created"), "{begun}");
    assert_eq!(ended(child), (Some(0), String::new()));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["kept.db.lock"]);

    // As after an end that nobody hears of.
    fs::write(folder.path().join("kept.db.unfinished"), "no database at all").unwrap();
    let visit = Visit::begins(folder.path(), &[], &["--database", "kept.db"]).await;
    assert!(visit.posts_in("interviews").await >= 3);
    assert_eq!(visit.ends(), (Some(0), String::new()));
    assert_eq!(holds(&folder.path().join("kept.db")).await, Holds { dailies: 2, answers: 6 });
    assert!(!folder.path().join("kept.db.unfinished").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_another_starling_works_on_is_left_to_it() {
    let folder = folder();
    let file = folder.path().join("kept.db");
    let visit = Visit::begins(folder.path(), &[], &["--database", "kept.db"]).await;
    visit.acts("/page/bot", &json!({"on": false})).await;
    let before = fs::read(&file).unwrap();
    let arguments = ["playground", "--no-open", "--database", "./kept.db"];
    let (code, said) = ended(starling(folder.path(), &[], &arguments).spawn().unwrap());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.ends_with("kept.db is in use by another Starling; name another file\n"), "{said}");
    assert!(fs::read(&file).unwrap() == before, "it was changed");
    assert_eq!(visit.ends(), (Some(0), String::new()));
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = folder();
    let cases = [("postgres://db.example/starling", "without scheme or server"), (".", "name a file in it")];
    for (database, why) in cases {
        let arguments = ["playground", "--no-open", "--database", database];
        let (code, said) = ended(starling(folder.path(), &[], &arguments).spawn().unwrap());
        assert!(code == Some(2) && said.contains(why), "{said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
