//! Each rule of a pack at its edge, with the line and the remedy that its breach is met with.

use crate::domain::bank::QuestionBank;
use crate::domain::bank::tests::{PACK, changed, pack};

fn problems(source: &str) -> String {
    match QuestionBank::parse(&[("data/people.toml", source)]) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_limit_counts_code_points() {
    let sample = |part: &str, limit| (part.to_owned(), format!("the {part} of the sample"), limit);
    let plain = |name: &str, limit| (name.to_owned(), format!("the {name}"), limit);
    let cases = [
        ("Working with people", plain("title", 60)),
        ("Deadlines and disagreements.", plain("summary", 100)),
        ("Tell me about a deadline that you could not keep.", plain("prompt", 250)),
        ("communication", plain("topic", 45)),
        ("Teams depend on people who bring bad news early.", plain("why", 300)),
        ("Say when you spoke up.", ("dos".to_owned(), "this do".to_owned(), 200)),
        ("Hide nothing.", ("donts".to_owned(), "this don't".to_owned(), 200)),
        ("How early could you have known?", ("probes".to_owned(), "this probe".to_owned(), 200)),
        ("In March I led payments at Fernbank.", sample("situation", 600)),
        ("I had to say whether the date was real.", sample("task", 300)),
        ("I asked for ranges and brought one page.", sample("action", 1500)),
        ("It shipped on 28 May.", sample("result", 700)),
    ];
    for (text, (name, what, limit)) in cases {
        let long = |length: usize| format!("I 1 {}", "é".repeat(length - 4));
        assert_eq!(problems(&changed(text, &long(limit))), "", "{name} at its limit");
        let line = PACK.lines().position(|line| line.contains(text)).unwrap() + 1;
        let over = limit + 1;
        assert_eq!(
            problems(&changed(text, &long(over))),
            format!("data/people.toml:{line}: {what} has {over} characters; shorten it to {limit}")
        );
    }
}

#[test]
fn lists_have_their_numbers_of_entries() {
    let dos = r#"[
  "Say how you knew.",
  "Say when you spoke up.",
  "Say what you offered.",
]"#;
    let donts = "[\"Blame nobody.\", \"Hide nothing.\", \"Invent nothing.\"]";
    let probes = "[\"How early could you have known?\"]";
    for (name, text, line, least, most) in
        [("dos", dos, 12, 3, 5), ("donts", donts, 17, 3, 5), ("probes", probes, 18, 1, 3)]
    {
        let of = |count: usize| problems(&changed(text, &format!("[{}]", "\"Something.\",".repeat(count))));
        assert_eq!((of(least), of(most)), (String::new(), String::new()));
        for count in [0, least - 1, most + 1] {
            assert_eq!(
                of(count),
                format!("data/people.toml:{line}: the {name} are {count}; make them {least} to {most}")
            );
        }
    }
}

/// What is changed in the pack, to what, and the line and the remedy.
const BREACHES: [(&str, &str, &str); 23] = [
    ("probes", "elements = [\"slow\", \"quer\"]\nprobes", "18: the elements are 2; make them 3 to 8"),
    (
        "probes",
        "elements = [\"slow\", \"quer\", \"ab\"]\nprobes",
        "18: \"ab\" is no element; write the start of a word, at least 3 lower-case letters and nothing else",
    ),
    (
        "probes",
        "elements = [\"slow\", \"Query\", \"index\"]\nprobes",
        "18: \"Query\" is no element; write the start of a word, at least 3 lower-case letters and nothing else",
    ),
    (
        "probes",
        "elements = [\"slow\", \"query plan\", \"index\"]\nprobes",
        "18: \"query plan\" is no element; write the start of a word, at least 3 lower-case letters and nothing else",
    ),
    (
        "probes",
        "elements = [\"slow\", \"index\", \"quer\", \"slow\"]\nprobes",
        "18: the element slow stands twice; keep one",
    ),
    (
        "I had to say whether the date was real.",
        "\\u0000",
        "20: an answer needs all four parts; still missing: task; mend the sample",
    ),
    ("with people", ", people", "2: the title has a comma; take it out"),
    ("title = \"Working with people\"", "", "1: the title is missing; add it"),
    ("Working with people", " ", "2: the title is empty; write it"),
    ("\"en\"", "\"de\"", "4: the language is not \"en\", the only one so far; write that"),
    ("language = \"en\"", "", "1: the language is not \"en\", the only one so far; write that"),
    ("key = \"push-back-on-a-deadline\"", "", "6: the key is missing; add one that no pack has"),
    (
        "push-back-on-a-deadline",
        "Push back",
        "7: the key is of no use: a key is lower-case words joined by hyphens, \
         such as push-back-on-a-deadline; rewrite it",
    ),
    (
        "push-back-on-a-deadline",
        "push-back-on-a-deadline-of-someone-senior",
        "7: the key is of no use: a key has at most 40 characters; rewrite it",
    ),
    ("[\"mid\", \"senior\"]", "[]", "10: the levels are 0; make them 1 to 3"),
    ("\"mid\", ", "\"senior\", ", "10: the level senior stands twice; keep one"),
    ("\"mid\"", "\"Mid\"", "10: \"Mid\" is no level; write junior, mid or senior"),
    ("probes = [\"How early could you have known?\"]", "", "6: the probes are missing; add 1 to 3 of them"),
    ("Say what you offered.", "\\n", "15: this do is empty; write it"),
    ("task = \"I had to say whether the date was real.\"", "", "20: the task of the sample is missing; add it"),
    ("I had to say whether the date was real.", "", "22: the task of the sample is empty; write it"),
    ("I asked for ranges", "We asked Ines", "23: the action of the sample never says \"I\"; say what one person did"),
    ("28 May", "time", "24: the result of the sample has no number; say what was measured"),
];

#[test]
fn each_problem_has_its_line_and_its_remedy() {
    for (from, to, expected) in BREACHES {
        assert_eq!(problems(&changed(from, to)), format!("data/people.toml:{expected}"));
    }
}

#[test]
fn what_is_no_pack_has_a_line_too() {
    let cases = [
        ("prompt", "promt", "8: unknown field `promt`"),
        ("\"communication\"", "7", "9: invalid type: integer `7`, expected a string"),
        ("summary = ", "summary ", "3: "),
    ];
    for (from, to, expected) in cases {
        let found = problems(&changed(from, to));
        assert!(found.starts_with(&format!("data/people.toml:{expected}")), "{found}");
        assert!(found.ends_with("; see data/README.md for what a pack holds"), "{found}");
        assert_eq!(found.lines().count(), 1, "{found}");
    }
}

#[test]
fn a_pack_without_questions_or_sample_is_refused() {
    assert_eq!(problems(&pack(&[])), "data/people.toml:1: the pack has no question; add a [[question]]");
    let (without, _) = PACK.split_once("[question.sample]").unwrap();
    assert_eq!(problems(without), "data/people.toml:6: the sample is missing; add a [question.sample]");
}

#[test]
fn entries_of_a_list_of_a_wrong_length_are_looked_at_too() {
    assert_eq!(
        problems(&changed("\"Blame nobody.\", \"Hide nothing.\"", "\"\"")),
        "data/people.toml:17: the donts are 2; make them 3 to 5\n\
         data/people.toml:17: this don't is empty; write it"
    );
}
