//! The order of a daily question: a shuffled cycle through its questions, without repeats.
//!
//! Pure: the only state is what was asked before, so a restart changes nothing and a preview is
//! simply the call itself. It does not know packs, levels, channels or dates; the caller says which
//! questions are available.

use std::collections::{BTreeSet, HashSet};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::question::QuestionKey;

/// A question that was asked, or is to be asked next, and the cycle that it counts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub key: QuestionKey,
    /// The cycle, counted from 0.
    pub cycle: u32,
}

/// The question to ask next; `None` when nothing is available.
///
/// `asked` is what this daily question has asked, oldest first: at least its running and its
/// previous cycle. Asked questions that are not available count for nothing.
///
/// `put_off` is what was put off to the end of a cycle, the first put off first.
///
/// - Nothing comes twice in a cycle before every available question came once; a new one joins the
///   running cycle.
/// - With `n` available, none of the last `n / 2` asked comes again, so nothing returns within half
///   a cycle across a reshuffle. Should that leave nothing (a history whose cycles were mixed, as
///   when two are joined), the least recently asked of the cycle's rest comes.
#[must_use]
pub fn pick(seed: u64, asked: &[Asked], put_off: &[Asked], available: &[QuestionKey]) -> Option<Asked> {
    let available: BTreeSet<&QuestionKey> = available.iter().collect();
    let (cycle, rest) = running_cycle(asked, &available);
    let half = available.len() / 2;
    let newest_first = || asked.iter().rev().map(|asked| &asked.key).filter(|key| available.contains(key));
    let recent: HashSet<&QuestionKey> = newest_first().take(half).collect();

    let last: Vec<&QuestionKey> = put_off.iter().filter(|off| off.cycle == cycle).map(|off| &off.key).collect();
    let first = shuffled(seed, cycle, &available).into_iter().filter(|key| !last.contains(key));
    let key = first
        .chain(last.iter().copied())
        .find(|key| rest.contains(key) && !recent.contains(key))
        .or_else(|| rest.iter().copied().max_by_key(|key| newest_first().position(|asked| asked == *key)))?;
    Some(Asked { key: key.clone(), cycle })
}

/// How many of the available questions are still to come before the first comes again.
#[must_use]
pub fn left(asked: &[Asked], available: &[QuestionKey]) -> usize {
    running_cycle(asked, &available.iter().collect()).1.len()
}

/// The cycle that the next question counts to, and the available questions that it has not asked
/// yet.
fn running_cycle<'a>(asked: &[Asked], available: &BTreeSet<&'a QuestionKey>) -> (u32, BTreeSet<&'a QuestionKey>) {
    let newest = asked.last().map_or(0, |asked| asked.cycle);
    let done: HashSet<&QuestionKey> =
        asked.iter().filter(|asked| asked.cycle == newest).map(|asked| &asked.key).collect();
    let rest: BTreeSet<&QuestionKey> = available.iter().copied().filter(|key| !done.contains(key)).collect();
    if rest.is_empty() { (newest.saturating_add(1), available.clone()) } else { (newest, rest) }
}

/// The available questions in the order of one cycle.
///
/// Each key, in alphabetical order, draws a number, and the numbers make the order. So it hangs on
/// the generator's stream alone, which is fixed, and not on a library's way to shuffle, which may
/// change with a release.
fn shuffled<'a>(seed: u64, cycle: u32, available: &BTreeSet<&'a QuestionKey>) -> Vec<&'a QuestionKey> {
    let mut stream = ChaCha8Rng::from_seed(stream_seed(seed, cycle));
    let mut drawn: Vec<(u64, &QuestionKey)> = available.iter().map(|key| (stream.next_u64(), *key)).collect();
    drawn.sort_unstable();
    drawn.into_iter().map(|(_, key)| key).collect()
}

/// The generator's 32 bytes: the seed and the cycle, little-endian, then zeros.
fn stream_seed(seed: u64, cycle: u32) -> [u8; 32] {
    let mut bytes = [0; 32];
    let given = seed.to_le_bytes().into_iter().chain(cycle.to_le_bytes());
    for (byte, value) in bytes.iter_mut().zip(given) {
        *byte = value;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(numbers: impl IntoIterator<Item = usize>) -> Vec<QuestionKey> {
        numbers.into_iter().map(|number| QuestionKey::parse(&format!("q{number:02}")).unwrap()).collect()
    }

    fn ask(seed: u64, asked: &mut Vec<Asked>, available: &[QuestionKey], times: usize) {
        for _ in 0..times {
            asked.push(pick(seed, asked, &[], available).unwrap());
        }
    }

    /// What must hold of every pick, worked out anew and not as `pick` does it.
    fn check(before: &[Asked], next: &Asked, available: &[QuestionKey]) {
        assert!(available.contains(&next.key));
        let counting: Vec<&Asked> = before.iter().filter(|asked| available.contains(&asked.key)).collect();
        let since = counting.iter().rev().position(|asked| asked.key == next.key);
        assert!(since.is_none_or(|between| between + 1 > available.len() / 2), "{next:?} came back too soon");
        assert!(!before.contains(next), "{next:?} came twice in its cycle");
        if let Some(newest) = before.last().filter(|newest| newest.cycle != next.cycle) {
            assert_eq!(next.cycle, newest.cycle + 1);
            let came = |key: &QuestionKey| before.iter().any(|asked| asked.cycle == newest.cycle && asked.key == *key);
            assert!(available.iter().all(came), "the cycle ended early");
        }
    }

    proptest! {
        #[test]
        fn every_cycle_asks_each_question_once(seed: u64, count in 1_usize..40) {
            let available = keys(0..count);
            let mut asked = Vec::new();
            ask(seed, &mut asked, &available, count * 3);
            for (number, cycle) in asked.chunks(count).enumerate() {
                let number = u32::try_from(number).unwrap();
                prop_assert!(cycle.iter().all(|asked| asked.cycle == number));
                let mut came: Vec<_> = cycle.iter().map(|asked| asked.key.clone()).collect();
                came.sort();
                prop_assert_eq!(&came, &available);
            }
        }

        #[test]
        fn nothing_returns_within_half_a_cycle(seed: u64, count in 1_usize..40) {
            let mut asked = Vec::new();
            ask(seed, &mut asked, &keys(0..count), count * 4);
            for (at, first) in asked.iter().enumerate() {
                let again = asked.iter().skip(at + 1).position(|later| later.key == first.key);
                prop_assert!(again.is_none_or(|between| 2 * (between + 1) > count));
            }
        }

        #[test]
        fn the_rules_hold_while_questions_come_and_go(
            seed: u64,
            days in prop::collection::vec(prop::collection::btree_set(0_usize..12, 1..12), 1..80),
        ) {
            let mut asked = Vec::new();
            for available in days.into_iter().map(keys) {
                let next = pick(seed, &asked, &[], &available).unwrap();
                check(&asked, &next, &available);
                asked.push(next);
            }
        }

        #[test]
        fn a_new_question_joins_the_running_cycle(
            seed: u64,
            count in 1_usize..20,
            before in 0_usize..20,
        ) {
            let before = before % count + 1;
            let mut asked = Vec::new();
            ask(seed, &mut asked, &keys(0..count), before);
            let left = count - before + 1;
            ask(seed, &mut asked, &keys(0..=count), left);
            prop_assert!(asked.iter().all(|asked| asked.cycle == 0));
            let joined = keys([count]);
            prop_assert!(asked.iter().any(|asked| joined.contains(&asked.key)));
        }

        #[test]
        fn two_cycles_of_history_are_enough(seed: u64, count in 1_usize..20, times in 1_usize..80) {
            let available = keys(0..count);
            let mut asked = Vec::new();
            ask(seed, &mut asked, &available, times);
            let running = asked.last().unwrap().cycle;
            let kept = |asked: &&Asked| asked.cycle + 1 >= running;
            let kept: Vec<Asked> = asked.iter().filter(kept).cloned().collect();
            prop_assert_eq!(pick(seed, &kept, &[], &available), pick(seed, &asked, &[], &available));
        }

        #[test]
        fn the_order_in_which_questions_are_given_is_no_matter(
            seed: u64,
            given in Just(keys(0..12)).prop_shuffle(),
        ) {
            prop_assert_eq!(pick(seed, &[], &[], &given), pick(seed, &[], &[], &keys(0..12)));
        }
    }

    #[test]
    fn a_seed_means_the_same_order_in_every_release() {
        let mut asked = Vec::new();
        ask(2026, &mut asked, &keys(0..6), 12);
        let order: Vec<&str> = asked.iter().map(|asked| asked.key.as_str()).collect();
        let first = ["q04", "q03", "q05", "q02", "q00", "q01"];
        let second = ["q04", "q02", "q05", "q01", "q00", "q03"];
        assert_eq!(order, [first, second].concat());
    }

    #[test]
    fn what_is_left_counts_down_and_begins_anew() {
        let mut available = keys(0..3);
        let mut asked = Vec::new();
        let mut counts = vec![left(&asked, &available)];
        for _ in 0..4 {
            ask(7, &mut asked, &available, 1);
            counts.push(left(&asked, &available));
        }
        assert_eq!(counts, [3, 2, 1, 3, 2]);
        available.extend(keys([3]));
        assert_eq!((left(&asked, &available), left(&asked, &[])), (3, 0));
    }

    #[test]
    fn another_seed_means_another_order() {
        let order = |seed| {
            let mut asked = Vec::new();
            ask(seed, &mut asked, &keys(0..20), 20);
            asked
        };
        assert_ne!(order(1), order(2));
    }

    #[test]
    fn nothing_available_is_nothing_to_ask() {
        assert_eq!(pick(1, &[], &[], &[]), None);
    }

    #[test]
    fn a_mixed_history_still_gives_the_question_that_waited_longest() {
        let asked: Vec<Asked> = keys([0, 1, 2, 4, 5, 3])
            .into_iter()
            .zip([2, 2, 2, 1, 1, 2])
            .map(|(key, cycle)| Asked { key, cycle })
            .collect();
        let next = pick(1, &asked, &[], &keys(0..6)).unwrap();
        assert_eq!((next.key.as_str(), next.cycle), ("q04", 2));
    }
}
