//! How much of the bank a person has tried: answers by topic, and the questions that are new to them. Knows nothing of when.

use std::collections::{BTreeMap, HashSet};

use super::Past;
use crate::domain::bank::QuestionBank;
use crate::domain::id::UserId;
use crate::domain::practice::{Offer, turn};
use crate::domain::question::{Question, QuestionKey};

/// What a person has of a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many answers.
    pub answers: u32,
    /// To how many different questions.
    pub questions: u32,
}

impl Tally {
    fn add(&mut self, answers: u32) {
        self.answers += answers;
        self.questions += 1;
    }
}

/// How much of the bank a person has tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage<'a> {
    /// What they have of each topic that they answered, the one with the most answers first.
    pub topics: Vec<(&'a str, Tally)>,
    /// The topics of active questions of which they have nothing, in alphabetical order.
    pub untouched: Vec<&'a str>,
    /// What they have of questions that the bank has no more.
    pub gone: Tally,
    /// The active questions that they never tried, in the order in which `/practice` offers them from now on.
    pub untried: Vec<&'a Question>,
}

impl<'a> Coverage<'a> {
    /// Works it out; `last` is what they were offered last. A retired question counts for its topic, as its buttons go on working, but is
    /// never to be tried.
    #[must_use]
    pub fn of(user: UserId, past: &Past, last: Option<&Offer>, bank: &'a QuestionBank) -> Coverage<'a> {
        let mut topics: BTreeMap<&str, Tally> = BTreeMap::new();
        let mut gone = Tally::default();
        for (key, answers) in &past.by_question {
            match bank.get(key) {
                Some(question) => topics.entry(&question.topic).or_default().add(*answers),
                None => gone.add(*answers),
            }
        }
        let untouched = bank.topics().into_iter().filter(|topic| !topics.contains_key(topic)).collect();
        let tried: HashSet<&QuestionKey> = past.by_question.iter().map(|(key, _)| key).collect();
        let mut untried: Vec<_> = bank.active().filter(|question| !tried.contains(&question.key)).collect();
        untried.sort_by_key(|question| turn(user, last, &question.key));
        let mut topics: Vec<_> = topics.into_iter().collect();
        // Stable, so equals stay in alphabetical order.
        topics.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.answers));
        Coverage { topics, untouched, gone, untried }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::practice::{Practised, Tried, pick};

    fn bank() -> QuestionBank {
        let question = |key: &str, topic: &str, more: &str| {
            format!(
                "[[question]]\nkey = \"{key}\"\nprompt = \"Why?\"\ntopic = \"{topic}\"\nlevels = [\"junior\"]\nwhy = \"So.\"\n\
                 dos = [\"a\", \"b\", \"c\"]\ndonts = [\"a\", \"b\", \"c\"]\nprobes = [\"a\"]\n{more}[question.sample]\n\
                 situation = \"s\"\ntask = \"t\"\naction = \"I did\"\nresult = \"1\"\n"
            )
        };
        let questions = [
            question("a", "databases", ""),
            question("b", "databases", ""),
            question("c", "ethics", ""),
            question("d", "teamwork", ""),
            question("old", "failure", "retired = true\n"),
        ];
        let text = format!("title = \"T\"\nsummary = \"S.\"\nlanguage = \"en\"\n{}", questions.concat());
        QuestionBank::parse(&[("pack.toml", &text)]).unwrap()
    }

    fn tally(answers: u32, questions: u32) -> Tally {
        Tally { answers, questions }
    }

    #[test]
    fn answers_and_different_questions_are_counted_by_topic_the_busiest_first() {
        let bank = bank();
        let by_question = [("a", 1), ("b", 2), ("c", 9), ("old", 3), ("lost", 4)];
        let by_question = by_question.map(|(key, answers)| (QuestionKey::parse(key).unwrap(), answers));
        let coverage =
            Coverage::of(UserId(7), &Past { by_question: by_question.to_vec(), ..Past::default() }, None, &bank);
        assert_eq!(coverage.topics, [("ethics", tally(9, 1)), ("databases", tally(3, 2)), ("failure", tally(3, 1))]);
        assert_eq!((coverage.gone, coverage.untouched), (tally(4, 1), vec!["teamwork"]));
        let untried: Vec<_> = coverage.untried.iter().map(|question| question.key.as_str()).collect();
        assert_eq!(untried, ["d"]);
    }

    #[test]
    fn somebody_who_answered_nothing_has_all_before_them_but_what_is_retired() {
        let bank = bank();
        let coverage = Coverage::of(UserId(7), &Past::default(), None, &bank);
        assert_eq!(coverage.topics, []);
        assert_eq!(coverage.untouched, ["databases", "ethics", "teamwork"]);
        assert_eq!(coverage.untried.len(), 4);
    }

    #[test]
    fn what_is_new_stands_in_the_order_in_which_practice_offers_it() {
        let bank = bank();
        let questions: Vec<_> = bank.active().collect();
        for user in (0..20).map(UserId) {
            let (tried, mut last) = (Tried::new(), None);
            for _ in 0..5 {
                let coverage = Coverage::of(user, &Past::default(), last.as_ref(), &bank);
                let of = Practised { user, tried: &tried, revisits: &[], last: last.as_ref() };
                let (picked, _) = pick(&questions, &of, Timestamp::UNIX_EPOCH).unwrap();
                assert_eq!(coverage.untried.first(), Some(&picked), "{user}");
                last = Some(Offer { question: picked.key.clone(), was_due: false });
            }
        }
    }
}
