//! What a person practises next, and when a question is due again. Knows nothing of how either is stored or shown.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::id::UserId;
use super::question::{Level, Question, QuestionKey};

/// The ladder: after how many days a question is due again, rung by rung. That practice spread over time beats the same practice at once
/// is well supported (Cepeda et al., 2006, Psychological Bulletin 132); that the steps grow is a convention. Models of memory made for
/// flash cards say nothing of composed answers, so none is used.
const LADDER: [u32; 4] = [3, 10, 30, 90];

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

impl Felt {
    /// All of them, the soonest first.
    pub const ALL: [Felt; 3] = [Felt::Again, Felt::Fine, Felt::Solid];
}

/// On which rung of the ladder somebody stands with a question when they are asked how their answer felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The rung, from 0.
    pub rung: usize,
    /// Whether Solid climbs from it: not where they said how the question felt less than a day ago, as what is mended at once was not
    /// spread over time.
    pub may_climb: bool,
}

/// When a person is to come back to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisit {
    /// The question.
    pub question: QuestionKey,
    /// The rung of the ladder, from 0.
    pub rung: usize,
    /// When it is due; since when, where it is. One that was offered as due is so since the offer, that the others come before it.
    pub due_at: Timestamp,
}

impl Revisit {
    /// The next one for somebody who stands on a rung, or on none yet: Again goes to the bottom, Fine stays, Solid climbs one where that may
    /// be. Whoever never said how a question felt is taken to stand where it is due after ten days.
    #[must_use]
    pub fn after(felt: Felt, stands_on: Option<Stand>, question: QuestionKey, now: Timestamp) -> Revisit {
        let Stand { rung, may_climb } = stands_on.unwrap_or(Stand { rung: 1, may_climb: true });
        let rung = match felt {
            Felt::Again => 0,
            Felt::Fine => rung,
            Felt::Solid => rung.saturating_add(usize::from(may_climb)),
        };
        let mut revisit = Revisit { question, rung: rung.min(LADDER.len() - 1), due_at: now };
        revisit.due_at = now.checked_add(days(revisit.days())).unwrap_or(Timestamp::MAX);
        revisit
    }

    /// Where somebody with this revisit stands.
    #[must_use]
    pub fn stand(&self, now: Timestamp) -> Stand {
        // A day after it was set, which no rung's wait falls short of.
        let climbs_from = self.due_at.checked_sub(days(self.days().saturating_sub(1)));
        Stand { rung: self.rung, may_climb: climbs_from.is_ok_and(|from| from <= now) }
    }

    /// How many days lie between the answer and the revisit.
    #[must_use]
    pub fn days(&self) -> u32 {
        LADDER.get(self.rung).copied().unwrap_or_default()
    }
}

fn days(days: u32) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(days))
}

/// What a person was offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The question.
    pub question: QuestionKey,
    /// Whether it was due again.
    pub was_due: bool,
}

/// What of somebody's practice belongs below an answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coaching {
    /// Whether their answers are coached.
    pub is_coached: bool,
    /// When they are to come back to the question, where they are.
    pub revisit: Option<Revisit>,
}

impl Default for Coaching {
    /// As for somebody who has chosen nothing yet.
    fn default() -> Coaching {
        Coaching { is_coached: true, revisit: None }
    }
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
    /// Whether a question is of this kind. A retired one is of none.
    #[must_use]
    pub fn fits(&self, question: &Question) -> bool {
        let topic = self.topic.as_ref().is_none_or(|topic| question.topic.eq_ignore_ascii_case(topic.trim()));
        !question.retired && topic && self.level.is_none_or(|level| question.levels.contains(&level))
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
/// the person's own; else the one tried the longest ago, rather than one that is due. Never the one that was offered last: both orders go
/// on after that one and begin anew at their end, so that whoever wants another question gets to all of them. `None` where there is no
/// other.
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
    longest_ago(&others, of, now).map(|question| (question, Why::LongestAgo))
}

/// Since when a question is due. What was answered since then is not, whether or not its author said how that felt.
fn due_at(of: &Practised<'_>, question: &Question, now: Timestamp) -> Option<Timestamp> {
    let revisit = of.revisits.iter().find(|revisit| revisit.question == question.key)?;
    let is_answered = of.tried.get(&question.key).is_some_and(|at| *at >= revisit.due_at);
    Some(revisit.due_at).filter(|due_at| *due_at <= now && !is_answered)
}

fn never_tried<'a>(others: &[&'a Question], of: &Practised<'_>) -> Option<&'a Question> {
    let new = others.iter().filter(|question| !of.tried.contains_key(&question.key));
    new.min_by_key(|question| turn(of.user, of.last, &question.key)).copied()
}

fn longest_ago<'a>(others: &[&'a Question], of: &Practised<'_>, now: Timestamp) -> Option<&'a Question> {
    let tried = |key: &QuestionKey| of.tried.get_key_value(key).map(|(key, at)| (at, key));
    let last = of.last.and_then(|last| tried(&last.question));
    let turn = |question: &Question| {
        let here = tried(&question.key)?;
        let is_passed = last.is_some_and(|last| here <= last);
        Some((due_at(of, question, now).is_some(), is_passed, here))
    };
    let turns = others.iter().filter_map(|question| Some((turn(question)?, *question)));
    turns.min_by_key(|(turn, _)| *turn).map(|(_, question)| question)
}

/// When it is a question's turn in a person's own order, which goes on after what they were offered last and then begins anew.
pub(super) fn turn<'a>(user: UserId, last: Option<&Offer>, key: &'a QuestionKey) -> (bool, u64, &'a QuestionKey) {
    let here = place(user, key);
    let is_passed = last.is_some_and(|last| (here, key) <= (place(user, &last.question), &last.question));
    (is_passed, here, key)
}

/// Where a question stands in a person's own order: a number that is drawn for the two of them, the same in every release.
fn place(user: UserId, key: &QuestionKey) -> u64 {
    let mut seed = [0; 32];
    let drawn_for = user.0.to_le_bytes().into_iter().chain(key.as_str().bytes());
    for (at, byte) in drawn_for.enumerate() {
        seed.iter_mut().skip(at % 32).take(1).for_each(|held| *held ^= byte);
    }
    ChaCha8Rng::from_seed(seed).next_u64()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::bank::QuestionBank;

    const DAY: i64 = 86_400;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_second(1_777_885_200 + day * DAY).unwrap()
    }

    fn key() -> QuestionKey {
        QuestionKey::parse("protect-user-data").unwrap()
    }

    /// What a person who does all that is offered answers, and how it felt.
    #[derive(Default)]
    struct Diary {
        tried: Tried,
        revisits: Vec<Revisit>,
        last: Option<Offer>,
    }

    impl Diary {
        fn is_offered<'a>(&mut self, from: &[&'a Question], now: Timestamp) -> Option<(&'a Question, Why)> {
            let Diary { tried, revisits, last } = self;
            let of = Practised { user: UserId(7), tried, revisits, last: last.as_ref() };
            let (question, why) = pick(from, &of, now)?;
            if why == Why::Due {
                let is_it = |revisit: &&mut Revisit| revisit.question == question.key;
                self.revisits.iter_mut().filter(is_it).for_each(|revisit| revisit.due_at = now);
            }
            self.last = Some(Offer { question: question.key.clone(), was_due: why == Why::Due });
            Some((question, why))
        }

        fn is_due(&self, key: &QuestionKey, now: Timestamp) -> bool {
            self.revisits.iter().any(|revisit| revisit.question == *key && revisit.due_at <= now)
        }

        fn answers(&mut self, key: &QuestionKey, felt: Felt, now: Timestamp) {
            self.tried.insert(key.clone(), now);
            let known = self.revisits.iter().find(|revisit| revisit.question == *key).map(|revisit| revisit.stand(now));
            self.revisits.retain(|revisit| revisit.question != *key);
            self.revisits.push(Revisit::after(felt, known, key.clone(), now));
        }
    }

    #[test]
    fn the_ladder_is_climbed_kept_and_begun_anew() {
        let days = |felt, stands_on| {
            let next = Revisit::after(felt, stands_on, key(), day(0));
            (next.due_at.as_second() - day(0).as_second()) / DAY
        };
        let from = |felt, may_climb| [0, 1, 2, 3].map(|rung| days(felt, Some(Stand { rung, may_climb })));
        assert_eq!([Felt::Again, Felt::Fine, Felt::Solid].map(|felt| days(felt, None)), [3, 10, 30]);
        assert_eq!(from(Felt::Solid, true), [10, 30, 90, 90]);
        assert_eq!(from(Felt::Solid, false), [3, 10, 30, 90]);
        for may_climb in [true, false] {
            assert_eq!(from(Felt::Fine, may_climb), [3, 10, 30, 90]);
            assert_eq!(from(Felt::Again, may_climb), [3, 3, 3, 3]);
        }
    }

    #[test]
    fn solid_climbs_again_a_day_after_it_was_said() {
        for felt in Felt::ALL {
            let set = Revisit::after(felt, None, key(), day(0));
            let second = SignedDuration::from_secs(1);
            let may_climb = [day(0), day(1) - second, day(1), set.due_at].map(|now| set.stand(now).may_climb);
            assert_eq!(may_climb, [false, false, true, true], "{felt:?}");
        }
    }

    #[test]
    fn with_one_question_there_is_nothing_else_to_offer() {
        let bank = QuestionBank::built_in().unwrap();
        let one: Vec<&Question> = bank.active().take(1).collect();
        let mut diary = Diary::default();
        assert_eq!(diary.is_offered(&one, day(0)).map(|(_, why)| why), Some(Why::New));
        assert_eq!(diary.is_offered(&one, day(0)), None);
        assert_eq!(diary.is_offered(&[], day(0)), None);
    }

    #[test]
    fn a_topic_and_a_level_are_both_kept_to() {
        let bank = QuestionBank::built_in().unwrap();
        let wanted = Wanted { topic: Some(" Conflict ".to_owned()), level: Some(Level::Senior) };
        let found: Vec<_> = bank.active().filter(|question| wanted.fits(question)).collect();
        assert!(!found.is_empty());
        assert!(found.iter().all(|one| one.topic == "conflict" && one.levels.contains(&Level::Senior)));
        assert!(bank.active().all(|question| Wanted::default().fits(question)));
        let retired = Question { retired: true, ..found[0].clone() };
        assert!(!wanted.fits(&retired) && !Wanted::default().fits(&retired));
    }

    fn offers_on(days: i64, diary: &mut Diary, from: &[&Question], times: usize) -> Vec<(QuestionKey, Why)> {
        let offers = std::iter::repeat_with(|| diary.is_offered(from, day(days)));
        offers.take(times).flatten().map(|(question, why)| (question.key.clone(), why)).collect()
    }

    #[test]
    fn whoever_answers_none_is_offered_all_before_any_comes_again() {
        let bank = QuestionBank::built_in().unwrap();
        let from: Vec<&Question> = bank.active().take(9).collect();
        for tried in [0, 3, 9] {
            let mut diary = Diary::default();
            diary.tried.extend((0..).zip(&from[..tried]).map(|(at, question)| (question.key.clone(), day(at))));
            let (many, why) = if tried < 9 { (9 - tried, Why::New) } else { (9, Why::LongestAgo) };
            let offers = offers_on(20, &mut diary, &from, 2 * many);
            assert!(offers.iter().all(|(_, reason)| *reason == why), "{offers:?}");
            let (first, second) = offers.split_at(many);
            assert_eq!(first.iter().map(|(key, _)| key).collect::<BTreeSet<_>>().len(), many, "{offers:?}");
            assert_eq!(first, second, "then in the same order");
        }
    }

    #[test]
    fn what_was_answered_since_it_was_due_is_due_no_more() {
        let bank = QuestionBank::built_in().unwrap();
        let from: Vec<&Question> = bank.active().take(3).collect();
        for (answered, why) in [(2, Why::Due), (3, Why::New), (4, Why::New)] {
            let mut diary = Diary::default();
            diary.answers(&from[0].key, Felt::Again, day(0));
            diary.tried.insert(from[0].key.clone(), day(answered));
            assert_eq!(diary.is_offered(&from, day(4)).map(|(_, why)| why), Some(why), "on day {answered}");
        }
    }

    fn felt() -> impl Strategy<Value = (Felt, i64, bool)> {
        (proptest::sample::select(Felt::ALL.to_vec()), 0..20_i64, any::<bool>())
    }

    proptest! {
        #[test]
        fn practice_never_repeats_at_once_and_is_due_at_most_every_second_time(
            steps in proptest::collection::vec(felt(), 1..60), many in 2..27_usize,
        ) {
            let bank = QuestionBank::built_in().unwrap();
            let from: Vec<&Question> = bank.active().take(many).collect();
            let (mut diary, mut today, mut before) = (Diary::default(), 0, None);
            for (felt, later, answers) in steps {
                today += later;
                let untried: BTreeSet<_> = from.iter().filter(|one| !diary.tried.contains_key(&one.key)).map(|one| &one.key).collect();
                let (question, why) = diary.is_offered(&from, day(today)).unwrap();
                prop_assert!(before.as_ref().is_none_or(|(key, _)| *key != question.key));
                prop_assert!(why != Why::Due || before.as_ref().is_none_or(|(_, last)| *last != Why::Due));
                prop_assert_eq!(why == Why::New, untried.contains(&question.key));
                if why == Why::LongestAgo {
                    let is_due = |key: &QuestionKey| diary.is_due(key, day(today));
                    let others = from.iter().filter(|other| before.as_ref().is_none_or(|(key, _)| *key != other.key));
                    prop_assert!(!is_due(&question.key) || others.into_iter().all(|other| is_due(&other.key)));
                    prop_assert!(untried.iter().all(|key| before.as_ref().is_some_and(|(last, _)| last == *key)));
                }
                if answers {
                    diary.answers(&question.key, felt, day(today));
                }
                before = Some((question.key.clone(), why));
            }
        }
    }
}
