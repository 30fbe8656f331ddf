//! The word lists of the English rules, each a file of `lists/` with one entry a line, sorted and in lower case. An entry is a word or
//! several. Knows nothing of rules.

use std::cmp::Reverse;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::text::Word;

/// Words and phrases to look for.
pub(super) struct List {
    /// Its own bit in [`Marks`].
    bit: u32,
    /// The entries of several words by their first, each as its further words; the longest first.
    phrases: FxHashMap<&'static str, Vec<Vec<&'static str>>>,
}

/// In which lists a word stands, a bit for each: looked up once, and asked about by a dozen rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Where it is an entry.
    is: u32,
    /// Where it begins an entry of several words.
    begins: u32,
}

impl Marks {
    pub(super) fn of(word: &str) -> Marks {
        MARKS.get(word).copied().unwrap_or_default()
    }
}

static MARKS: LazyLock<FxHashMap<&str, Marks>> = LazyLock::new(|| {
    let mut all: FxHashMap<_, Marks> = FxHashMap::default();
    for (file, source) in SOURCES {
        let bit = bit_of(file);
        for entry in source.lines() {
            match entry.split_once(' ') {
                Some((first, _)) => all.entry(first).or_default().begins |= bit,
                None => all.entry(entry).or_default().is |= bit,
            }
        }
    }
    all
});

fn bit_of(file: &str) -> u32 {
    SOURCES.iter().position(|(name, _)| *name == file).map_or(0, |place| 1 << place)
}

impl List {
    fn read(file: &str, source: &'static str) -> List {
        let mut phrases: FxHashMap<_, Vec<Vec<_>>> = FxHashMap::default();
        for (first, further) in source.lines().filter_map(|entry| entry.split_once(' ')) {
            phrases.entry(first).or_default().push(further.split(' ').collect());
        }
        for entries in phrases.values_mut() {
            entries.sort_by_key(|further| Reverse(further.len()));
        }
        List { bit: bit_of(file), phrases }
    }

    /// Whether this word is an entry.
    pub(super) fn holds(&self, word: &Word<'_>) -> bool {
        word.marks.is & self.bit != 0
    }

    /// Whether this one word is an entry.
    pub(super) fn has(&self, word: &str) -> bool {
        Marks::of(word).is & self.bit != 0
    }

    /// How many words the longest entry has that begins at a place; 0 for none.
    pub(super) fn length_at(&self, words: &[Word<'_>], at: usize) -> usize {
        let Some((first, further)) = words.get(at..).and_then(<[Word<'_>]>::split_first) else { return 0 };
        let phrases = if first.marks.begins & self.bit != 0 { self.phrases.get(&*first.text) } else { None };
        let stands = |phrase: &&Vec<&str>| {
            phrase.len() <= further.len() && phrase.iter().zip(further).all(|(wanted, word)| word.text == *wanted)
        };
        let phrase = phrases.and_then(|phrases| phrases.iter().find(stands));
        phrase.map_or(usize::from(self.holds(first)), |phrase| phrase.len() + 1)
    }

    /// The first place at which an entry begins, with its number of words.
    pub(super) fn find(&self, words: &[Word<'_>]) -> Option<(usize, usize)> {
        (0..words.len()).map(|at| (at, self.length_at(words, at))).find(|(_, length)| *length > 0)
    }
}

macro_rules! lists {
    ($($(#[doc = $about:literal])* $name:ident = $file:literal;)*) => {
        $($(#[doc = $about])* pub(super) static $name: LazyLock<List> = LazyLock::new(|| List::read($file, include_str!($file)));)*

        const SOURCES: &[(&str, &str)] = &[$(($file, include_str!($file)),)*];
    };
}

lists! {
    /// What may stand between a subject and its verb.
    ADVERBS = "lists/adverbs.txt";
    /// What follows "in", "at" or "for" without being a name.
    BARE = "lists/bare.txt";
    /// What says that something should not be told.
    CONFIDENTIAL = "lists/confidential.txt";
    /// Months and days of the week.
    DATES = "lists/dates.txt";
    /// The small words of English that other languages do not share.
    FUNCTION = "lists/function.txt";
    /// Marks of what one would do, or does again and again.
    HABITS = "lists/habits.txt";
    /// Hedges and absolutes.
    HEDGES = "lists/hedges.txt";
    /// Verbs by which nothing is done yet: being, thinking, coming and going.
    IDLE = "lists/idle.txt";
    /// Verbs that lead to another one by "to".
    LEADING = "lists/leading.txt";
    /// Verbs that help another one.
    MODALS = "lists/modals.txt";
    /// Numbers, fractions and multiples in words.
    NUMBERS = "lists/numbers.txt";
    /// "Password" in some languages.
    PASSWORDS = "lists/passwords.txt";
    /// Kinds of places and organisations.
    PLACES = "lists/places.txt";
    /// Words that take over as the subject.
    PRONOUNS = "lists/pronouns.txt";
    /// What people are at work and in societies.
    ROLES = "lists/roles.txt";
    /// Spans of time without a number.
    SPANS = "lists/spans.txt";
    /// Verbs of speaking, which are one deed however often they come.
    TALK = "lists/talk.txt";
    /// Further words that say when, most of them vaguely.
    TIMES = "lists/times.txt";
    /// Well-known tools, which are named things.
    TOOLS = "lists/tools.txt";
    /// Units of time, one.
    UNIT = "lists/unit.txt";
    /// Units of time, many.
    UNITS = "lists/units.txt";
    /// Words that end like a past tense and are none.
    UNPAST = "lists/unpast.txt";
}

/// Irregular past tenses with their base forms, "wrote" and "write".
pub(super) static IRREGULAR: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| include_str!("lists/irregular.tsv").lines().filter_map(|line| line.split_once('\t')).collect());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::coach::text::words;

    #[test]
    fn every_list_is_sorted_and_in_lower_case() {
        for (name, text) in SOURCES.iter().chain(&[("irregular", include_str!("lists/irregular.tsv"))]) {
            assert!(text.lines().is_sorted_by(|one, next| one < next), "{name} is not sorted, or has an entry twice");
            assert_eq!(text.to_lowercase(), **text, "{name}");
            assert!(text.lines().all(|entry| !entry.is_empty() && entry.trim() == entry), "{name}");
        }
    }

    #[test]
    fn an_entry_can_be_several_words_and_the_longest_wins() {
        let said = words("It was kind of slow, and always for internal use only, never for our own.");
        assert_eq!(HEDGES.find(&said), Some((2, 2)));
        assert_eq!(CONFIDENTIAL.find(&said), Some((8, 3)));
        assert_eq!((HEDGES.length_at(&said, 6), HEDGES.length_at(&said, 8)), (1, 0));
        assert!(HEDGES.has("always") && !HEDGES.has("kind") && !HEDGES.has("kind of"));
    }
}
