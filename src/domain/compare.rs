//! Two attempts at a question side by side: what grew, what shrank, what the coach no longer asks and what it asks anew. Knows nothing of
//! how this is shown.

use std::time::Duration;

use super::answer::{Part, StarAnswer};
use super::coach::{Counts, Feedback, Rule, coach};
use super::question::Question;

/// Something of the earlier attempt, and of the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// Of the earlier one.
    pub before: T,
    /// Of the later one.
    pub after: T,
}

/// What is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The words of each part.
    pub words: [(Part, Change<usize>); 4],
    /// How long it takes to say it aloud.
    pub spoken: Change<Duration>,
    /// How many numbers there are, in digits and in words.
    pub numbers: Change<usize>,
    /// What the coach asks about the earlier one alone, in the order of its rules.
    pub cleared: Vec<Rule>,
    /// What it asks about the later one alone.
    pub new: Vec<Rule>,
}

/// Compares two attempts. Without a question, as for somebody who is not coached, no rule is asked.
#[must_use]
pub fn compare(question: Option<&Question>, earlier: &StarAnswer, later: &StarAnswer) -> Comparison {
    let counts = Change { before: Counts::of(earlier), after: Counts::of(later) };
    // Further findings were never put before the person.
    let asked = |answer| -> Vec<Rule> {
        let feedback = question.map(|question| coach(question, answer));
        feedback.iter().flat_map(Feedback::prompts).map(|finding| finding.rule).collect()
    };
    let (before, after) = (asked(earlier), asked(later));
    let only = |one: &[Rule], other: &[Rule]| one.iter().filter(|rule| !other.contains(rule)).copied().collect();
    Comparison {
        words: Part::ALL
            .map(|part| (part, Change { before: counts.before.words(part), after: counts.after.words(part) })),
        spoken: Change { before: counts.before.spoken(), after: counts.after.spoken() },
        numbers: Change { before: counts.before.numbers, after: counts.after.numbers },
        cleared: only(&before, &after),
        new: only(&after, &before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::Typed;
    use crate::domain::bank::QuestionBank;

    fn answer(action: &str, result: &str) -> StarAnswer {
        let typed = Typed {
            situation: "In May 2024 I was a junior developer at Skarvik, where people book ferries.".to_owned(),
            task: "I had to make the search fast again.".to_owned(),
            action: action.to_owned(),
            result: result.to_owned(),
        };
        StarAnswer::parse(typed).unwrap()
    }

    #[test]
    fn words_time_and_numbers_are_counted_before_and_after() {
        let earlier = answer("I measured it.", "It was faster.");
        let later = answer("I measured it and added an index.", "It went from 6 seconds to 2.");
        let told = compare(None, &earlier, &later);
        assert_eq!(told.words[2], (Part::Action, Change { before: 3, after: 7 }));
        assert_eq!(told.numbers, Change { before: 1, after: 3 });
        assert!(told.spoken.before < told.spoken.after);
        assert!(told.cleared.is_empty() && told.new.is_empty());
    }

    #[test]
    fn only_what_the_coach_asked_is_cleared_or_new() {
        let bank = QuestionBank::built_in().unwrap();
        let question = bank.active().next();
        let whole = &question.unwrap().sample;
        let typed = Typed { situation: "asdf".to_owned(), ..answer("asdf", "asdf").typed().clone() };
        let bare = StarAnswer::parse(typed).unwrap();
        let feedback = coach(question.unwrap(), &bare);
        let asked: Vec<Rule> = feedback.prompts().into_iter().map(|finding| finding.rule).collect();
        assert!(feedback.findings.len() > asked.len());
        assert_eq!(compare(question, &bare, whole).cleared, asked);
        assert_eq!(compare(question, whole, &bare).new, asked);
    }

    #[test]
    fn what_the_coach_asks_of_one_alone_is_cleared_or_new() {
        let bank = QuestionBank::built_in().unwrap();
        let question = bank.active().next();
        let long = "I measured it first, and found that two of the three queries had no index. I added both on a quiet morning, \
            wrote a test that counts the queries of that page, and showed the team how I had found them, so that the next one would not need me.";
        let (stub, whole) = (answer("I fixed it.", "It took 2 seconds."), answer(long, "It took 2 seconds."));
        let told = compare(question, &stub, &whole);
        let reversed = compare(question, &whole, &stub);
        assert_eq!((&told.cleared, &told.new), (&reversed.new, &reversed.cleared));
        assert_eq!(compare(question, &whole, &whole).cleared, []);
    }
}
