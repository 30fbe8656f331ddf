//! The same words again.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::domain::coach::feedback::{Finding, Rule};
use crate::domain::coach::text::Reading;

/// Fewer words say nothing of how somebody writes.
const LEAST_WORDS: usize = 20;
/// How many neighbouring words the ratio looks at.
const WINDOW: usize = 50;
/// Of these words so many at least are different, on average, in per cent. Good answers have 68 and more; the bound is Starling's own.
const DIFFERENT: usize = 60;
/// Words in a row that make a phrase: as many as fit into one number.
const PHRASE: usize = 4;
/// At most so many of all words stand in a phrase that comes again, in per cent.
const AGAIN: usize = 25;
/// So many words in a row never come again by chance.
const PASTED: usize = 12;

/// The same words come again and again: a sentence pasted four times, a phrase at the end of each sentence, filler between all words. Told
/// by the moving-average type-token ratio, which does not fall with length (Covington and `McFall` 2010, "Cutting the Gordian knot: the
/// moving-average type-token ratio", Journal of Quantitative Linguistics 17), and by phrases that come again word for word. It needs no word
/// list, so it holds in every language.
pub(super) fn repeats(reading: &Reading<'_>) -> Option<Finding> {
    let words = numbered(reading);
    if words.len() < LEAST_WORDS {
        return None;
    }
    let again = again(&words).into_iter().filter(|again| *again).count();
    // Without a phrase that comes again nothing longer does.
    let is_pasted = again > 0 && counts(&words, PASTED).values().any(|count| *count > 1);
    let says_the_same = is_pasted || again * 100 >= AGAIN * words.len() || different(&words) < DIFFERENT;
    if says_the_same { finding(reading, &words) } else { None }
}

/// The words as numbers, the same number for the same word. There are less words than letters, and so than numbers.
fn numbered(reading: &Reading<'_>) -> Vec<u16> {
    let mut numbers = FxHashMap::with_capacity_and_hasher(reading.length(), FxBuildHasher);
    reading
        .words()
        .map(|word| {
            let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
            *numbers.entry(&*word.text).or_insert(next)
        })
        .collect()
}

/// How many of fifty neighbouring words are different, on average over the text, in per cent.
fn different(words: &[u16]) -> usize {
    let window = WINDOW.min(words.len());
    // How often each word is inside, by its number, and how many are.
    let mut inside = vec![0_usize; words.iter().max().map_or(0, |most| usize::from(*most) + 1)];
    let (mut kinds, mut sum, mut windows) = (0, 0, 0);
    for (at, word) in words.iter().enumerate() {
        if let Some(count) = inside.get_mut(usize::from(*word)) {
            kinds += usize::from(*count == 0);
            *count += 1;
        }
        let left = at.checked_sub(window).and_then(|left| words.get(left));
        if let Some(count) = left.and_then(|left| inside.get_mut(usize::from(*left))) {
            *count -= 1;
            kinds -= usize::from(*count == 0);
        }
        if at + 1 >= window {
            sum += kinds;
            windows += 1;
        }
    }
    sum * 100 / (window * windows).max(1)
}

/// For each word, whether it stands in a phrase that comes more than once.
fn again(words: &[u16]) -> Vec<bool> {
    let phrase = |words: &[u16]| words.iter().fold(0_u64, |phrase, word| phrase << 16 | u64::from(*word));
    let mut first_at = FxHashMap::with_capacity_and_hasher(words.len(), FxBuildHasher);
    let mut again = vec![false; words.len()];
    for (at, words) in words.windows(PHRASE).enumerate() {
        let first = *first_at.entry(phrase(words)).or_insert(at);
        if first < at {
            for place in [first, at] {
                again.iter_mut().skip(place).take(PHRASE).for_each(|word| *word = true);
            }
        }
    }
    again
}

fn counts(words: &[u16], length: usize) -> FxHashMap<&[u16], usize> {
    let mut counts = FxHashMap::with_capacity_and_hasher(words.len(), FxBuildHasher);
    for phrase in words.windows(length) {
        *counts.entry(phrase).or_default() += 1;
    }
    counts
}

/// Quotes the phrase that comes most often, of four words or, where none of those comes again, of two or one.
fn finding(reading: &Reading<'_>, words: &[u16]) -> Option<Finding> {
    let often = |length: usize| {
        let counts = counts(words, length);
        let count_at = |at: &usize| words.get(*at..at + length).and_then(|phrase| counts.get(phrase)).copied();
        // Of equals the first.
        let at = (0..=words.len().checked_sub(length)?).rev().max_by_key(|at| count_at(at))?;
        Some((at, length, count_at(&at)?))
    };
    let (at, length, count) = [PHRASE, 2, 1].into_iter().filter_map(often).find(|(_, _, count)| *count > 1)?;
    let mut before = 0;
    for part in reading.parts() {
        if at < before + part.words.len() {
            let start = at - before;
            return Some(Finding::of(Rule::Repeats, part, start..(start + length).min(part.words.len()), count));
        }
        before += part.words.len();
    }
    None
}
