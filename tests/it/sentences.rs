//! Every sentence that Starling says to people, in one file: `snapshots/it__sentences__all.snap`. Whoever changes words reads it
//! whole; a story shows a sentence in its place, this file shows it beside all others.

mod admins;
mod members;
mod page;
mod progress;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use starling::discord::commands;
use starling::domain::bank::QuestionBank;

use self::page::{Page, list};

const AT: &str = "2026-05-04T07:00:00Z";

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// Two questions of a few words, so that what is said stands out.
fn bank() -> QuestionBank {
    let question = |key: &str, prompt: &str| {
        format!(
            "[[question]]\nkey = \"{key}\"\nprompt = \"{prompt}\"\ntopic = \"databases\"\nlevels = [\"junior\", \"senior\"]\n\
             why = \"(why it is asked)\"\ndos = [\"(do)\", \"(do)\", \"(do)\"]\ndonts = [\"(don't)\", \"(don't)\", \"(don't)\"]\n\
             probes = [\"(probe)\"]\n[question.sample]\nsituation = \"(situation)\"\ntask = \"(task)\"\naction = \"I (action)\"\n\
             result = \"(result) 1\"\n"
        )
    };
    let opening = "title = \"(title)\"\nsummary = \"(summary)\"\nlanguage = \"en\"\n";
    let (first, second) = (question("mend-a-slow-search", "Mend a search?"), question("move-a-table", "Move a table?"));
    QuestionBank::parse(&[("a-pack.toml", &format!("{opening}{first}{second}"))]).unwrap()
}

/// What the lists of commands and options say.
fn commands(page: &mut Page) {
    page.chapter("Commands");
    for command in commands::all() {
        let command = serde_json::json!(command);
        let (name, about) = (command["name"].as_str().unwrap(), command["description"].as_str().unwrap());
        page.text(&format!("/{name}"), about);
        for option in list(&command["options"]) {
            let (option_name, about) = (option["name"].as_str().unwrap(), option["description"].as_str().unwrap());
            page.text(&format!("/{name} {option_name}"), about);
            for inner in list(&option["options"]) {
                let inner_name = inner["name"].as_str().unwrap();
                page.text(&format!("/{name} {option_name} {inner_name}"), inner["description"].as_str().unwrap());
            }
        }
    }
}

#[test]
fn all() {
    let mut page = Page::default();
    commands(&mut page);
    members::questions(&mut page);
    members::answers(&mut page);
    members::coached(&mut page);
    members::practice(&mut page);
    members::history(&mut page);
    members::sharing(&mut page);
    members::own_data(&mut page);
    progress::progress(&mut page);
    members::refusals(&mut page);
    admins::settings(&mut page);
    admins::pauses_and_notes(&mut page);
    admins::status(&mut page);
    admins::posts(&mut page);
    admins::refusals(&mut page);
    admins::troubles(&mut page);
    insta::assert_snapshot!(page.read());
}

/// The public functions of a file of `reply` that make words.
fn functions_of(path: &Path) -> Vec<String> {
    let module = path.file_stem().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("pub fn "));
    lines.map(|line| format!("{module}::{}", line.split(['(', '<']).next().unwrap())).collect()
}

#[test]
fn no_sentence_is_left_out() {
    const MAKES_NO_SENTENCE: [&str; 12] = [
        "choices::matching",
        "disarm::disarm",
        "disarm::quoted",
        "embed::own_words",
        "embed::spread",
        "help::take_along",
        "modal::read_modal",
        "picture::png",
        "post_now::link",
        "question::daily_post",
        "share::author_of",
        "share::nonce",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(root.join("src/reply")).unwrap().map(|entry| entry.unwrap().path());
    let made: BTreeSet<_> = files.filter(|path| path.is_file()).flat_map(|path| functions_of(&path)).collect();
    let read = include_str!("sentences/members.rs").to_owned()
        + include_str!("sentences/admins.rs")
        + include_str!("sentences/progress.rs");
    let is_left_out =
        |name: &String| !MAKES_NO_SENTENCE.contains(&name.as_str()) && !read.contains(&format!("{name}("));
    assert_eq!(made.into_iter().filter(is_left_out).collect::<Vec<_>>(), [""; 0]);
}
