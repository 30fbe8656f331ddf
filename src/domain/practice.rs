//! What a person practises next, and when a question is due again. Knows nothing of how either is stored or shown.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha12Rng;

use super::id::UserId;
use super::question::{Level, Question, QuestionKey};

/// The ladder: after how many days a question is due again, rung by rung. That practice spread over time beats the same practice at once
/// is well supported (Cepeda et al., 2006, Psychological Bulletin 132); that the steps grow is a convention. Models of memory made for
/// flash cards say nothing of composed answers, so none is used.
const LADDER: [i64; 4] = [3, 10, 30, 90];

/// How an answer felt to its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Felt {
    /// Once more, soon.
    Again,
    /// It will do.
    Fine,
    /// It sits.
    Solid,
}

/// When a person is to come back to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisit {
    /// The question.
    pub question: QuestionKey,
    /// The rung of the ladder, from 0.
    pub rung: usize,
    /// When it is due.
    pub due_at: Timestamp,
}

impl Revisit {
    /// The next one for somebody who stands on a rung, or on none yet: Again goes to the bottom, Fine stays, Solid climbs one. Whoever
    /// never said how a question felt is taken to stand where it is due after ten days.
    #[must_use]
    pub fn after(felt: Felt, stands_on: Option<usize>, question: QuestionKey, now: Timestamp) -> Revisit {
        let stands_on = stands_on.unwrap_or(1);
        let rung = match felt {
            Felt::Again => 0,
            Felt::Fine => stands_on,
            Felt::Solid => stands_on + 1,
        };
        let rung = rung.min(LADDER.len() - 1);
        let days = LADDER.get(rung).copied().unwrap_or_default();
        let due_at = now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MAX);
        Revisit { question, rung, due_at }
    }
}

/// What a person was offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The question.
    pub question: QuestionKey,
    /// Whether it was due again.
    pub was_due: bool,
}

/// When each question was answered last.
pub type Tried = BTreeMap<QuestionKey, Timestamp>;

/// Which questions somebody wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this topic alone, in any case.
    pub topic: Option<String>,
    /// For this level alone.
    pub level: Option<Level>,
}

impl Wanted {
    /// Whether a question is of this kind.
    #[must_use]
    pub fn fits(&self, question: &Question) -> bool {
        let topic = self.topic.as_ref().is_none_or(|topic| question.topic.eq_ignore_ascii_case(topic.trim()));
        topic && self.level.is_none_or(|level| question.levels.contains(&level))
    }
}

/// What is known of a person when they ask for something to practise.
#[derive(Debug)]
pub struct Practised<'a> {
    /// Who it is.
    pub user: UserId,
    /// What they answered.
    pub tried: &'a Tried,
    /// What they are to come back to.
    pub revisits: &'a [Revisit],
    /// What they were offered last.
    pub last: Option<&'a Offer>,
}

/// Why a question comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is due again.
    Due,
    /// It was never tried.
    New,
    /// It was tried the longest ago.
    LongestAgo,
}

/// The question that a person should do next: one that is due again, but at most every second time; else one never tried, in an order of
/// the person's own; else the one tried the longest ago. Never the one that was offered last. `None` where there is no other.
#[must_use]
pub fn pick<'a>(questions: &[&'a Question], of: &Practised<'_>, now: Timestamp) -> Option<(&'a Question, Why)> {
    let is_other = |question: &&&Question| of.last.is_none_or(|last| last.question != question.key);
    let others: Vec<&'a Question> = questions.iter().filter(is_other).copied().collect();
    let may_be_due = !of.last.is_some_and(|last| last.was_due);
    let due = others.iter().filter(|_| may_be_due).filter_map(|question| Some((due_at(of, question, now)?, *question)));
    if let Some((_, question)) = due.min_by_key(|(due_at, question)| (*due_at, &question.key)) {
        return Some((question, Why::Due));
    }
    if let Some(question) = never_tried(&others, of) {
        return Some((question, Why::New));
    }
    let ago = others.iter().filter_map(|question| Some((of.tried.get(&question.key)?, *question)));
    ago.min_by_key(|(at, question)| (**at, &question.key)).map(|(_, question)| (question, Why::LongestAgo))
}

fn due_at(of: &Practised<'_>, question: &Question, now: Timestamp) -> Option<Timestamp> {
    let revisit = of.revisits.iter().find(|revisit| revisit.question == question.key)?;
    Some(revisit.due_at).filter(|due_at| *due_at <= now)
}

fn never_tried<'a>(others: &[&'a Question], of: &Practised<'_>) -> Option<&'a Question> {
    let mut new: Vec<&'a Question> = others.iter().filter(|one| !of.tried.contains_key(&one.key)).copied().collect();
    // By key first, so that the order of the packs' files does not matter.
    new.sort_by(|one, other| one.key.cmp(&other.key));
    new.shuffle(&mut ChaCha12Rng::seed_from_u64(of.user.0));
    new.into_iter().next()
}
