//! What the bank makes of packs, and the sound pack that tests of its modules change.

use super::*;
use crate::domain::answer::Part;

/// A sound pack of one question. Tests change a line of it; the comment keeps text of several bytes
/// before every place.
pub(super) const PACK: &str = r#"# Ünïcödé 🐦
title = "Working with people"
summary = "Deadlines and disagreements."
language = "en"

[[question]]
key = "push-back-on-a-deadline"
prompt = "Tell me about a deadline that you could not keep."
topic = "communication"
levels = ["mid", "senior"]
why = "Teams depend on people who bring bad news early."
dos = [
  "Say how you knew.",
  "Say when you spoke up.",
  "Say what you offered.",
]
donts = ["Blame nobody.", "Hide nothing.", "Invent nothing."]
probes = ["How early could you have known?"]

[question.sample]
situation = "In March I led payments at Fernbank."
task = "I had to say whether the date was real."
action = "I asked for ranges and brought one page."
result = "It shipped on 28 May."
"#;

/// A question of the given key, topic and prompt; the rest is sound.
pub(super) fn question(key: &str, topic: &str, prompt: &str) -> String {
    let start = PACK.find("[[question]]").unwrap();
    PACK.split_at(start)
        .1
        .replace("push-back-on-a-deadline", key)
        .replace("communication", topic)
        .replace("Tell me about a deadline that you could not keep.", prompt)
}

/// A pack of these questions.
pub(super) fn pack(questions: &[String]) -> String {
    let start = PACK.find("[[question]]").unwrap();
    PACK.split_at(start).0.to_owned() + &questions.concat()
}

/// `PACK` with one text put for another that it has.
pub(super) fn changed(from: &str, to: &str) -> String {
    assert!(PACK.contains(from), "the pack has no {from}");
    PACK.replacen(from, to, 1)
}

fn key(text: &str) -> QuestionKey {
    QuestionKey::parse(text).unwrap()
}

#[test]
fn the_built_in_packs_are_sound() {
    let bank = QuestionBank::built_in().unwrap_or_else(|error| panic!("{error}"));
    assert!(bank.active().count() > 0);
}

#[test]
fn a_pack_is_read_whole() {
    let bank = QuestionBank::parse(&[("data/people.toml", PACK)]).unwrap();
    let pack = &bank.packs()[0];
    assert_eq!((pack.name.as_str(), pack.title.as_str()), ("people", "Working with people"));
    assert_eq!((pack.summary.as_str(), pack.language.as_str()), ("Deadlines and disagreements.", "en"));
    assert_eq!(pack.questions, [key("push-back-on-a-deadline")]);
    let question = bank.get(&pack.questions[0]).unwrap();
    assert_eq!(question.prompt, "Tell me about a deadline that you could not keep.");
    assert_eq!(question.levels.iter().map(|level| level.as_str()).collect::<Vec<_>>(), ["mid", "senior"]);
    assert_eq!(question.why, "Teams depend on people who bring bad news early.");
    assert_eq!((question.dos.len(), question.donts.len(), question.probes.len()), (3, 3, 1));
    assert_eq!(question.sample.get(Part::Result), "It shipped on 28 May.");
    assert!(!question.retired);
    assert_eq!(question.elements, [""; 0], "the elements may be left out");
}

#[test]
fn elements_are_read() {
    let source = changed("probes", "elements = [\"late\", \"date\", \"größ\"]\nprobes");
    let bank = QuestionBank::parse(&[("people.toml", &source)]).unwrap();
    let question = bank.get(&key("push-back-on-a-deadline")).unwrap();
    assert_eq!(question.elements, ["late", "date", "größ"]);
}

#[test]
fn a_retired_question_is_found_by_its_key_alone() {
    let retired = question("old-one", "history", "What was?").replace("levels", "retired = true\nlevels");
    let source = pack(&[retired, question("new-one", "now", "What is?")]);
    let bank = QuestionBank::parse(&[("people.toml", &source)]).unwrap();
    assert!(bank.get(&key("old-one")).is_some_and(|question| question.retired));
    assert_eq!(bank.active().map(|question| question.key.as_str()).collect::<Vec<_>>(), ["new-one"]);
    assert_eq!(bank.topics(), ["now"]);
    assert!(bank.search("old-one").is_empty());
    assert_eq!(bank.packs()[0].questions.len(), 2);
}

#[test]
fn topics_are_sorted_and_stand_once() {
    let source =
        pack(&[question("a", "teamwork", "A"), question("b", "conflict", "B"), question("c", "teamwork", "C")]);
    let bank = QuestionBank::parse(&[("people.toml", &source)]).unwrap();
    assert_eq!(bank.topics(), ["conflict", "teamwork"]);
}

#[test]
fn a_pack_is_named_by_its_file() {
    for bad in ["data/Big_One.toml", "data/.toml", &format!("{}.toml", "a".repeat(41))] {
        let error = QuestionBank::parse(&[(bad, PACK)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "{bad}:1: the file's name is the pack's name; make it lower-case words joined by hyphens, \
                 at most 40 characters"
            )
        );
    }
    assert!(QuestionBank::parse(&[(&format!("{}.toml", "a".repeat(40)), PACK)]).is_ok());
    let other = pack(&[question("other", "topic", "Prompt")]);
    let error = QuestionBank::parse(&[("a/people.toml", PACK), ("b/people.toml", &other)]).unwrap_err();
    assert_eq!(error.to_string(), "b/people.toml:1: there is another pack named people; rename one of the files");
}

#[test]
fn a_key_is_unique_over_all_packs() {
    let twice = pack(&[question("same", "topic", "One"), question("same", "topic", "Two")]);
    let error = QuestionBank::parse(&[("one.toml", &twice), ("two.toml", &twice)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "one.toml:26: the key same is taken by one.toml:7; choose another\n\
         two.toml:7: the key same is taken by one.toml:7; choose another\n\
         two.toml:26: the key same is taken by one.toml:7; choose another"
    );
}

#[test]
fn all_problems_of_all_files_come_at_once() {
    let first = changed("28 May", "time").replace("topic = \"communication\"\n", "").replace("\"Blame nobody.\", ", "");
    let error =
        QuestionBank::parse(&[("one.toml", &first), ("two.toml", "title = "), ("three.toml", PACK)]).unwrap_err();
    let places: Vec<(&str, usize)> =
        error.problems.iter().map(|problem| (problem.file.as_str(), problem.line)).collect();
    assert_eq!(places, [("one.toml", 6), ("one.toml", 16), ("one.toml", 23), ("two.toml", 1), ("three.toml", 7)]);
}
