//! The program as a host meets it: what it says on the way out, and its exit codes.

mod backup;
mod check;
mod damage;
mod forget;
mod server;
mod stop;

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jiff::Timestamp;
use sandbox::Sandbox;
use serde_json::json;
use starling::domain::id::UserId;
use starling::domain::question::QuestionKey;
use starling::store::Store;
use tempfile::TempDir;

/// The program in an empty folder and an empty environment, but for these variables.
pub(crate) fn starling(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_starling"));
    command.current_dir(folder).env_clear().envs(variables.iter().copied()).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What it ends with: its exit code and what it wrote.
pub(crate) fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn without_a_token_it_explains_in_three_lines_and_exits_with_2() {
    let folder = folder();
    for arguments in [&[][..], &["run"]] {
        let (code, said) = ended(starling(folder.path(), &[], arguments).spawn().unwrap());
        assert_eq!((code, said.lines().count()), (Some(2), 3), "{said}");
    }
    assert!(!folder.path().join("starling.db").exists());
}

#[test]
fn wrong_usage_exits_with_2() {
    let folder = folder();
    assert_eq!(ended(starling(folder.path(), &[], &["dance"]).spawn().unwrap()).0, Some(2));
    let wrong = [("DISCORD_TOKEN", "t"), ("LOG_FORMAT", "xml"), ("DATABASE_URL", "mysql://db/starling")];
    let (code, said) = ended(starling(folder.path(), &wrong, &[]).spawn().unwrap());
    assert_eq!(code, Some(2));
    assert!(said.contains("LOG_FORMAT") && said.contains("DATABASE_URL"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_does_not_know_exits_with_1_and_what_to_mend() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
    let variables = [("DISCORD_TOKEN", "wrong"), ("DISCORD_API_URL", &sandbox.url())];
    let (code, said) = ended(starling(folder.path(), &variables, &[]).spawn().unwrap());
    assert_eq!(code, Some(1));
    assert!(said.contains("Discord does not know this token") && !said.contains("wrong"), "{said}");
    assert!(said.contains("stopped") && !folder.path().join("starling.db-wal").exists(), "not closed: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_beside_it_configures_it_and_sigterm_stops_it_cleanly() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
    let guild = sandbox.add_guild("Rustaceans");
    guild.add_channel("general");
    let settings = format!("DISCORD_TOKEN={}\nDISCORD_API_URL={}\n", sandbox.token(), sandbox.url());
    std::fs::write(folder.path().join(".env"), settings).unwrap();
    let mut child = starling(folder.path(), &[], &["run"]).spawn().unwrap();
    sandbox.ready().await.unwrap();
    let help = guild.add_member("Ada").runs("/help").await.message();
    assert!(help.content.contains("Starling"), "{help}");

    terminate(&child);
    let mut log = String::new();
    child.stdout.take().unwrap().read_to_string(&mut log).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{log}");
    let database = folder.path().canonicalize().unwrap().join("starling.db");
    let first = log.lines().next().unwrap_or_default();
    assert!(first.contains(&format!("{} was created", database.display())), "{log}");
    let second = log.lines().nth(1).unwrap_or_default();
    assert!(second.contains("scope=bot+applications.commands&permissions=309237730304"), "{log}");
    assert!(!log.contains(sandbox.token()) && !log.contains("WARN"), "{log}");
}

#[test]
fn sigterm_stops_it_while_discord_does_not_answer() {
    let (silent, folder) = (std::net::TcpListener::bind("127.0.0.1:0").unwrap(), folder());
    let url = format!("http://{}", silent.local_addr().unwrap());
    let child = starling(folder.path(), &[("DISCORD_TOKEN", "t"), ("DISCORD_API_URL", &url)], &[]).spawn().unwrap();
    // It has asked, so it is past the point where it hears signals.
    let _asked = silent.accept().unwrap();
    terminate(&child);
    let asked_at = std::time::Instant::now();
    let (code, said) = ended(child);
    assert_eq!(code, Some(0), "{said}");
    assert!(asked_at.elapsed() < std::time::Duration::from_secs(10), "{said}");
}

pub(crate) fn terminate(child: &Child) {
    let terminated = Command::new("sh").arg("-c").arg(format!("kill -TERM {}", child.id())).status().unwrap();
    assert!(terminated.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_and_no_token_is_in_the_log_at_any_level() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), folder());
    let guild = sandbox.add_guild("Rustaceans");
    guild.add_channel("general");
    let url = sandbox.url();
    let variables = [("DISCORD_TOKEN", sandbox.token()), ("DISCORD_API_URL", &url), ("RUST_LOG", "trace")];
    let child = starling(folder.path(), &variables, &[]).spawn().unwrap();
    sandbox.ready().await.unwrap();
    let ada = guild.add_member("Ada");
    let question = ("question", "change-a-schema-in-production");
    let modal = ada.runs_with("/answer", &[("situation", "Marker-in-an-option."), question]).await.modal();
    ada.sends(&modal.types("Task", "Marker-in-a-modal.")).await.message();
    let parts = ["situation", "task", "action", "result"].map(|part| (part, "Marker-in-an-answer."));
    ada.runs_with("/answer", &[parts.as_slice(), &[question]].concat()).await.message();
    ada.runs("/history search:Marker-in-a-search").await.message();
    let far_too_much = "Marker-too-long. ".repeat(100);
    let modal = ada.runs_with("/answer", &[question]).await.modal();
    ada.forces_modal(&modal.types("Task", &far_too_much)).await.message();
    sandbox.sends_event("SOMETHING_NEW", &json!({"content": "Marker-in-an-event."}));
    let odd = json!({"id": "1", "token": "Marker-token-that-is-made-up", "type": "Marker-in-a-kind."});
    sandbox.sends_event("INTERACTION_CREATE", &odd);
    ada.runs("/help").await.message();
    terminate(&child);
    let (code, log) = ended(child);
    assert_eq!(code, Some(0), "{log}");
    // Each event is handled in a task of its own, so that either may be the first.
    for told in
        [r#"kind="SOMETHING_NEW" is_answered=false count="#, r#"kind="INTERACTION_CREATE" is_answered=true count="#]
    {
        assert!(log.contains(told), "{told}: {log}");
    }
    assert!(log.contains("DEBUG") || log.contains("TRACE"), "nothing is logged in detail: {log}");
    let interaction_tokens =
        sandbox.calls().into_iter().filter_map(|call| call.path.split('/').nth(3).map(str::to_owned));
    let secrets = ["Marker".to_owned(), sandbox.token().to_owned()]
        .into_iter()
        .chain(interaction_tokens.filter(|part| part.len() > 30));
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}

#[test]
fn packs_are_checked_with_file_line_and_remedy() {
    let folder = folder();
    let pack = "title = \"Some\"\nsummary = \"Some questions.\"\nlanguage = \"en\"\n";
    std::fs::write(folder.path().join("empty-pack.toml"), pack).unwrap();
    let (code, said) = ended(starling(folder.path(), &[], &["questions", "check", "empty-pack.toml"]).spawn().unwrap());
    assert_eq!(code, Some(1));
    assert!(said.contains("empty-pack.toml:"), "{said}");
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/data/backend.toml");
    let (code, said) = ended(starling(folder.path(), &[], &["questions", "check", built_in]).spawn().unwrap());
    assert_eq!((code, said.as_str()), (Some(0), "all sound: 15 questions, 1 pack\n"));
    let both = ["questions", "check", "missing.toml", "empty-pack.toml"];
    let (code, said) = ended(starling(folder.path(), &[], &both).spawn().unwrap());
    assert_eq!(code, Some(1));
    assert!(said.contains("missing.toml can't be read") && said.contains("empty-pack.toml:1: "), "{said}");
    assert_eq!(ended(starling(folder.path(), &[], &["questions", "check"]).spawn().unwrap()).0, Some(2));
}

#[test]
fn a_key_that_a_built_in_pack_has_is_named_with_its_place() {
    let folder = folder();
    let built_in = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/backend.toml")).unwrap();
    std::fs::write(folder.path().join("ours.toml"), built_in).unwrap();
    let (code, said) = ended(starling(folder.path(), &[], &["questions", "check", "ours.toml"]).spawn().unwrap());
    assert_eq!((code, said.lines().count()), (Some(1), 15), "{said}");
    assert!(said.contains("is taken by data/backend.toml:"), "{said}");
}

#[tokio::test]
async fn a_host_sees_feedback() {
    let folder = folder();
    let run = || ended(starling(folder.path(), &[], &["questions", "feedback"]).spawn().unwrap());
    let (code, said) = run();
    assert!(code == Some(1) && said.contains("there is no database"), "{said}");
    assert!(!folder.path().join("starling.db").exists());

    let (store, _) = Store::open(&folder.path().join("starling.db")).await.unwrap();
    assert_eq!(run().1, "nobody has rated a sample yet\n");
    let (ada, key) = (UserId(7), QuestionKey::parse("protect-user-data").unwrap());
    store.record_feedback(ada, &key, true, Timestamp::UNIX_EPOCH).await.unwrap();
    assert_eq!(run(), (Some(0), "protect-user-data: helpful 1, not helpful 0\n".to_owned()));
}

#[test]
fn whoever_stops_reading_is_told_nothing_more() {
    let folder = folder();
    let nowhere = [("DISCORD_API_URL", "http://127.0.0.1:9")];
    let mut child = starling(folder.path(), &nowhere, &["check"]).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(1), ""));
}
