//! What the coach says: one good thing, then at most three questions, each about words that it quotes. No mark, and no blame. Knows nothing
//! of how any of it was found.

use std::time::Duration;

use super::disarm::disarm;
use super::embed::Embed;
use super::{aloud, counted};
use crate::domain::answer::Part;
use crate::domain::coach::{Feedback, Finding, Good, Quote, Rule};

/// How many characters of the person's words are quoted.
const QUOTED: usize = 90;

/// The coach's word on an answer; none where there is nothing to say.
#[must_use]
pub fn feedback(feedback: &Feedback) -> Option<Embed> {
    let praise = feedback.good.as_ref().map(good);
    let questions = feedback.prompts().into_iter().map(|finding| format!("- {}", question(finding)));
    let questions = Some(questions.collect::<Vec<_>>().join("\n")).filter(|questions| !questions.is_empty());
    let text = praise.into_iter().chain(questions).collect::<Vec<_>>().join("\n\n");
    let footer = "Worked out by plain rules, which can be wrong. There is no score.".to_owned();
    (!text.is_empty()).then(|| Embed { footer, ..Embed::new("From the coach", text) })
}

fn good(good: &Good) -> String {
    match good {
        Good::BeforeAndAfter(words) => {
            format!("Good: your Result gives a before and an after: {}.", shown(words))
        }
        Good::Measured(words) => format!("Good: your Result is measured: {}.", shown(words)),
        Good::OwnDeeds(words) => {
            format!("Good: your Action says what you did, step by step, such as {}.", shown(words))
        }
        Good::Anchored(words) => format!("Good: a listener can place your story: {}.", shown(words)),
        Good::Balanced(share) => {
            format!("Good: your Action is {share} % of your words, and interviewers listen for it most.")
        }
    }
}

/// The finding, and one question about it.
fn question(finding: &Finding) -> String {
    let (words, part, count) = (shown(&finding.quote), finding.part.label(), finding.count);
    match finding.rule {
        Rule::PrivateData => {
            format!("{words} looks private, and an answer is there to be told. What could you say in its place?")
        }
        Rule::Stub => {
            let so_many = counted(u32::try_from(count).unwrap_or(u32::MAX), "word", "words");
            format!("Your {part} has {so_many}: {words}. {}", about(finding.part))
        }
        Rule::NotAnEvent => {
            format!("{words} tells what you would do, or usually do. Which single time could you tell about instead?")
        }
        Rule::OutOfBalance => balance(finding.part, &words, count),
        Rule::NoMeasure => {
            format!("Your Result has no number in it: {words}. What could you count or time, before and after?")
        }
        Rule::NoI => {
            format!("Your Action tells of the group: {words}. Interviewers differ on that; which part was yours?")
        }
        Rule::Length => length(part, &words, count),
        Rule::NoAnchor => format!("{words} could be anywhere, at any time. What would let a listener place it?"),
        Rule::OneAction => {
            format!("Your Action tells one thing that you did: {words}. What did you do before it, or after?")
        }
        Rule::Hedges => {
            let times = counted(u32::try_from(count).unwrap_or(u32::MAX), "time", "times");
            format!("Words such as {words} soften or stretch what you say, {times} in all. Which of them do you need?")
        }
        Rule::Repeats => format!("{words} comes {count} times. What could you say there instead?"),
        Rule::OffQuestion => {
            format!("{words} may be an answer to another question. Which part of it answers the one above?")
        }
    }
}

/// What a part is for, as a question.
fn about(part: Part) -> &'static str {
    match part {
        Part::Situation => "What would a stranger have to know to picture it?",
        Part::Task => "What was yours to do?",
        Part::Action => "What did you do, step by step?",
        Part::Result => "What was different in the end?",
    }
}

fn balance(part: Part, words: &str, share: usize) -> String {
    match part {
        Part::Situation | Part::Task => {
            format!(
                "Situation and Task take up {share} % of your words, beginning with {words}. What could a listener do without?"
            )
        }
        Part::Action => format!(
            "Your Action is {share} % of your words: {words}. Interviewers listen for it most; which step could you tell more of?"
        ),
        Part::Result => format!("Your Result is {share} % of your words: {words}. What else came of it?"),
    }
}

fn length(part: &str, words: &str, seconds: usize) -> String {
    if seconds < 60 {
        let so_long = counted(u32::try_from(seconds.max(1)).unwrap_or(u32::MAX), "second", "seconds");
        return format!(
            "Said aloud, this takes about {so_long}. What would an interviewer want to hear more about in {words}?"
        );
    }
    let time = aloud(Duration::from_secs(u64::try_from(seconds).unwrap_or(u64::MAX)));
    format!(
        "Said aloud, this takes about {time}; the longest part is your {part}: {words}. What can wait until you are asked?"
    )
}

/// The person's words on one line, disarmed, cut at a word where they are long.
fn shown(words: &Quote) -> String {
    let line = words.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "nothing".to_owned();
    }
    let Some((end, _)) = line.char_indices().nth(QUOTED) else { return format!("\"{}\"", disarm(&line)) };
    let start = line.get(..end).unwrap_or_default();
    let cut = start.rsplit_once(' ').map_or(start, |(whole, _)| whole);
    format!("\"{} …\"", disarm(cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_are_on_one_line_short_and_disarmed() {
        assert_eq!(shown(&Quote::new("@here we\n  wrote")), "\"\\@here we wrote\"");
        assert_eq!(shown(&Quote::new(" ")), "nothing");
        let long = "slow ".repeat(30);
        assert_eq!(shown(&Quote::new(&long)), format!("\"{}slow …\"", "slow ".repeat(17)));
        assert_eq!(shown(&Quote::new(&"é".repeat(91))), format!("\"{} …\"", "é".repeat(90)));
    }

    #[test]
    fn nothing_to_say_is_no_embed() {
        assert_eq!(feedback(&Feedback { good: None, findings: Vec::new() }), None);
    }

    #[test]
    fn each_finding_asks_one_question() {
        for rule in Rule::ALL {
            for part in Part::ALL {
                let said = question(&Finding { rule, part, quote: Quote::new("some words"), count: 45 });
                assert_eq!(said.matches('?').count(), 1, "{said}");
                assert!(said.ends_with('?') && said.contains("\"some words\""), "{said}");
            }
        }
    }
}
