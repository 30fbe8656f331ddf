//! The coach against answers that people labelled without seeing it, against defects put into good answers, and against all the ways in
//! which the same can be typed. `cargo run --example coach_table` prints what is counted here.

mod injection;
mod invariance;
mod table;

use starling::domain::answer::{Part, StarAnswer, Typed};
use starling::domain::bank::QuestionBank;
use starling::domain::coach::{Counts, Finding, Good, Rule, coach};
use starling::domain::question::Question;

use self::injection::DEFECTS;
use self::table::{FILES, disagreements, labelled, rows};

/// What a rule has to reach.
const PRECISION: f64 = 0.95;
const RECALL: f64 = 0.70;
/// The share of injected defects that has to be seen, and the largest share of them on which anything unrelated may fire.
const SEEN: f64 = 0.98;
const UNRELATED: f64 = 0.02;

fn answer(texts: [&str; 4]) -> StarAnswer {
    let [situation, task, action, result] = texts.map(str::to_owned);
    StarAnswer::parse(Typed { situation, task, action, result }).unwrap()
}

/// Every question but the retired ones.
fn questions() -> Vec<Question> {
    QuestionBank::built_in().unwrap().active().cloned().collect()
}

#[test]
fn each_rule_agrees_with_the_labels() {
    let answers = labelled(&FILES).unwrap();
    assert!(answers.len() >= 200, "{} answers", answers.len());
    for row in rows(&answers) {
        let (rule, precision, recall) = (row.rule.as_str(), row.precision(), row.recall());
        let lines = disagreements(&answers).join("\n");
        assert!(precision >= PRECISION && recall >= RECALL, "{rule}: {precision:.3} and {recall:.3}\n{lines}");
        assert!(row.positives >= 15 && row.fired > 0, "{rule} stands on too few answers: {}", row.positives);
    }
}

#[test]
fn strong_answers_are_hardly_ever_asked_about_what_matters_most() {
    let answers = labelled(&FILES).unwrap();
    let strong: Vec<_> = answers.iter().filter(|answer| answer.is_strong).collect();
    let (first_five, _) = Rule::ALL.split_at(5);
    let asked = strong.iter().filter(|answer| first_five.iter().any(|rule| answer.finds(*rule))).count();
    assert!(strong.len() > 50 && asked * 100 <= strong.len() * 5, "{asked} of {}", strong.len());
}

#[test]
fn nothing_is_found_in_any_sample_and_each_is_praised() {
    for question in questions() {
        let feedback = coach(&question, &question.sample);
        assert_eq!(feedback.findings, [], "{}", question.key);
        assert!(feedback.good.is_some(), "{}", question.key);
    }
}

#[test]
fn every_question_has_elements_and_its_sample_touches_two() {
    for question in questions() {
        let text = Part::ALL.map(|part| question.sample.get(part)).join(" ").to_lowercase();
        let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
        let is_touched = |element: &&String| words.iter().any(|word| word.starts_with(element.as_str()));
        let touched = question.elements.iter().filter(is_touched).count();
        assert!(touched >= 2, "{} touches {touched} of {:?}", question.key, question.elements);
    }
}

#[test]
fn each_defect_is_seen_and_nothing_else_is() {
    let answers = labelled(&["strong", "strong-2"]).unwrap();
    let questions = questions();
    let written = answers.iter().map(|answer| (answer.name.as_str(), &answer.question, &answer.answer));
    let samples = questions.iter().map(|question| (question.key.as_str(), question, &question.sample));
    let all: Vec<_> = written.chain(samples).collect();
    for defect in DEFECTS {
        let tried = defect.tried(all.iter().copied());
        let share = |count: u32| f64::from(count) / f64::from(tried.answers);
        let wrong = tried.wrong.join("\n");
        assert!(tried.answers >= 60, "{} was tried on {} answers only", defect.name, tried.answers);
        assert!(share(tried.seen) >= SEEN && share(tried.unrelated) <= UNRELATED, "{wrong}");
    }
}

#[test]
fn stuffing_is_never_praised() {
    let sentence = "In May 2021 I led the team at Fernbank and cut the costs by 50% in two weeks. ";
    let stuffed = [
        "situation task result 50% I led ".repeat(5),
        "asdf ".repeat(20),
        "asdf jkl qwer uiop zxcv bnm ".repeat(4),
        sentence.repeat(3),
        "I led, I increased, I improved, 50%, 40%, 30%. ".repeat(3),
        "😀🎉".repeat(20),
        "12 7 88 ".repeat(10),
    ];
    for question in questions() {
        for text in &stuffed {
            let parts = Part::ALL.map(|part| text.chars().take(part.limit()).collect::<String>());
            let feedback = coach(&question, &answer([&parts[0], &parts[1], &parts[2], &parts[3]]));
            assert_eq!(feedback.good, None, "{text}");
            assert!(!feedback.findings.is_empty(), "{text}");
        }
    }
}

#[test]
fn a_situation_is_praised_only_where_it_names_something() {
    let questions = questions();
    let question = questions.iter().find(|question| question.key.as_str().starts_with("speak-up")).unwrap();
    let is_praised = |opening: &str| {
        let situation =
            format!("{opening} there was something wrong with the mixer, and nobody wanted to talk about it.");
        let action = "I told the owner that it sounded wrong, and I told him again when he did not want to hear it. I told the others \
            too, because some of them stood right beside it and none of them had been asked by anybody.";
        let result = "He let us stop the machine, it was mended, and nobody was hurt in the end by any of it.";
        let task = "I had to make him see that it was not safe.";
        matches!(coach(question, &answer([&situation, task, action, result])).good, Some(Good::Anchored(_)))
    };
    for named in
        ["In May", "In 2021", "On a Tuesday", "At Fernbank", "As the only apprentice I saw that", "While I used Jira"]
    {
        assert!(is_praised(named), "{named}");
    }
    for vague in ["One day", "Recently", "In a shop", "In a café", "In autumn", "At university", "When I had to go"] {
        assert!(!is_praised(vague), "{vague}");
    }
}

#[test]
fn at_most_three_findings_are_put_before_a_person() {
    let question = &questions()[0];
    let feedback = coach(question, &answer(["asdf", "asdf", "asdf", "asdf"]));
    assert!(feedback.findings.len() > 3);
    assert_eq!(feedback.prompts().len(), 3);
    assert!(feedback.prompts().is_sorted_by_key(|finding| finding.rule));
    assert!(feedback.findings.is_sorted_by_key(|finding| finding.rule));
}

/// A short action makes the whole short and is one deed alone: one question about it is enough.
#[test]
fn no_words_are_asked_about_twice() {
    let situation =
        "In May 2023, at Fernbank, our nightly backup failed three times in a row and nobody had noticed it.";
    let task = "I was to find out why before the next night.";
    let result = "It has not failed since, which is 14 months now.";
    let feedback = coach(&questions()[0], &answer([situation, task, "I read the log and freed the disk.", result]));
    let of_the_action = |findings: Vec<&Finding>| {
        let of_it = findings.into_iter().filter(|finding| finding.part == Part::Action);
        of_it.map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(of_the_action(feedback.findings.iter().collect()), [Rule::Stub, Rule::Length, Rule::OneAction]);
    assert_eq!(of_the_action(feedback.prompts()), [Rule::Stub]);
}

#[test]
fn words_and_seconds_are_counted() {
    let texts = ["I don't re-index p99, do I?", "1. One\n2) two\n- three", "😀 … —", "four words, 5 times"];
    let counts = Counts::of(&answer(texts));
    assert_eq!(Part::ALL.map(|part| counts.words(part)), [6, 3, 0, 4]);
    assert_eq!(counts.numbers, 5, "p99, one, two, four and 5");
    let half = "word ".repeat(70);
    assert_eq!(Counts::of(&answer(["word", "word", &half, &half])).spoken().as_secs(), 142 * 60 / 140);
}
