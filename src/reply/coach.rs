//! What the coach says: one good thing, then at most three questions, each about words that it quotes. No mark, and no blame. Knows nothing
//! of how any of it was found.

use super::counted;
use super::disarm::disarm;
use super::embed::Embed;
use crate::domain::answer::Part;
use crate::domain::coach::{Feedback, Finding, Good, Quote, Rule};

/// How many characters of the person's words are quoted.
const QUOTED: usize = 90;

/// The coach's word on an answer; none where there is nothing to say.
#[must_use]
pub fn feedback(feedback: &Feedback) -> Option<Embed> {
    let praise = feedback.good.as_ref().map(good);
    let questions = feedback.prompts().iter().map(|finding| format!("- {}", question(finding)));
    let questions = Some(questions.collect::<Vec<_>>().join("\n")).filter(|questions| !questions.is_empty());
    let text = praise.into_iter().chain(questions).collect::<Vec<_>>().join("\n\n");
    let footer = "Worked out by plain rules, which can be wrong. There is no mark.".to_owned();
    (!text.is_empty()).then(|| Embed { footer, ..Embed::new("From the coach", text) })
}

fn good(good: &Good) -> String {
    match good {
        Good::BeforeAndAfter(words) => {
            format!("Good: your Result says what was before and what came after: {}.", shown(words))
        }
        Good::Measured(words) => format!("Good: your Result is measured: {}.", shown(words)),
        Good::OwnDeeds(words) => {
            format!("Good: your Action says what you did, step after step, beginning with {}.", shown(words))
        }
        Good::Anchored(words) => format!("Good: a listener can place your story: {}.", shown(words)),
        Good::Balanced(share) => {
            format!("Good: {share} % of your words are about what you did, which interviewers listen for most.")
        }
    }
}

/// The finding, and one question about it.
fn question(finding: &Finding) -> String {
    let (words, part, count) = (shown(&finding.quote), finding.part.label(), finding.count);
    match finding.rule {
        Rule::PrivateData => format!("{words} looks private. What could you say in its place?"),
        Rule::Stub => {
            let so_many = counted(u32::try_from(count).unwrap_or(u32::MAX), "word", "words");
            format!("Your {part} has {so_many}: {words}. {}", about(finding.part))
        }
        Rule::NotAnEvent => {
            format!("{words} tells what you would do, or usually do. Which one time could you tell instead?")
        }
        Rule::OutOfBalance => balance(finding.part, &words, count),
        Rule::NoMeasure => {
            format!("Nothing in {words} can be counted. How much, how many or how long was it, before and after?")
        }
        Rule::NoI => format!("{words} tells what all of you did. Interviewers differ on \"we\": which part was yours?"),
        Rule::Length => length(part, &words, count),
        Rule::NoAnchor => format!("{words} could be anywhere, at any time. What would let a listener place it?"),
        Rule::OneAction => format!("Your Action tells one deed: {words}. What did you do before it, or after?"),
        Rule::Hedges => {
            let times = counted(u32::try_from(count).unwrap_or(u32::MAX), "time", "times");
            format!(
                "You soften or stretch what you say {times}, with words such as {words}. Which of them do you need?"
            )
        }
        Rule::Repeats => format!("{words} comes {count} times. What else is there to tell?"),
        Rule::OffQuestion => {
            format!("{words} seems to be about something else. Where does it answer the question above?")
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
                "Situation and Task are {share} % of your words, from {words} on. What could a listener do without?"
            )
        }
        Part::Action => format!(
            "Your Action is {share} % of your words, and interviewers listen for it most: {words}. Which step is missing?"
        ),
        Part::Result => format!("Your Result is {share} % of your words: {words}. What else came of it?"),
    }
}

fn length(part: &str, words: &str, seconds: usize) -> String {
    if seconds < 60 {
        let so_long = counted(u32::try_from(seconds).unwrap_or(u32::MAX), "second", "seconds");
        return format!(
            "Said aloud, this takes about {so_long}; what you did is {words}. What would you be asked to tell more of?"
        );
    }
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!(
        "Said aloud, this takes about {minutes} min {seconds} s; the longest part is {part}, {words}. What can wait until they ask?"
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
