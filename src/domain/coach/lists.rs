//! The word lists of the English rules, each a file of `lists/` with one entry a line, sorted and in lower case. An entry is a word or
//! several. Knows nothing of rules.

use std::cmp::Reverse;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::text::Word;

/// Words and phrases to look for.
pub(super) struct List {
    /// The entries by their first word, each as its further words; the longest first.
    by_first: FxHashMap<&'static str, Vec<Vec<&'static str>>>,
}

impl List {
    fn read(source: &'static str) -> List {
        let mut by_first: FxHashMap<_, Vec<Vec<_>>> = FxHashMap::default();
        for entry in source.lines() {
            let mut words = entry.split(' ');
            if let Some(first) = words.next() {
                by_first.entry(first).or_default().push(words.collect());
            }
        }
        for entries in by_first.values_mut() {
            entries.sort_by_key(|further| Reverse(further.len()));
        }
        List { by_first }
    }

    /// Whether this one word is an entry.
    pub(super) fn has(&self, word: &str) -> bool {
        self.by_first.get(word).is_some_and(|entries| entries.iter().any(Vec::is_empty))
    }

    /// How many words the longest entry has that begins at a place; 0 for none.
    pub(super) fn length_at(&self, words: &[Word], at: usize) -> usize {
        let Some((first, further)) = words.get(at..).and_then(<[Word]>::split_first) else { return 0 };
        let Some(entries) = self.by_first.get(first.text.as_str()) else { return 0 };
        let stands = |entry: &&Vec<&str>| {
            entry.len() <= further.len() && entry.iter().zip(further).all(|(wanted, word)| word.text == *wanted)
        };
        entries.iter().find(stands).map_or(0, |entry| entry.len() + 1)
    }

    /// The first place at which an entry begins, with its number of words.
    pub(super) fn find(&self, words: &[Word]) -> Option<(usize, usize)> {
        (0..words.len()).map(|at| (at, self.length_at(words, at))).find(|(_, length)| *length > 0)
    }
}

macro_rules! lists {
    ($($(#[doc = $about:literal])* $name:ident = $file:literal;)*) => {
        $($(#[doc = $about])* pub(super) static $name: LazyLock<List> = LazyLock::new(|| List::read(include_str!($file)));)*

        #[cfg(test)]
        const FILES: &[(&str, &str)] = &[$(($file, include_str!($file)),)*];
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
        for (name, text) in FILES.iter().chain(&[("irregular", include_str!("lists/irregular.tsv"))]) {
            assert!(text.lines().is_sorted_by(|one, next| one < next), "{name} is not sorted, or has an entry twice");
            assert_eq!(text.to_lowercase(), **text, "{name}");
            assert!(text.lines().all(|entry| !entry.is_empty() && entry.trim() == entry), "{name}");
        }
    }

    #[test]
    fn an_entry_can_be_several_words_and_the_longest_wins() {
        let list = List::read("kind\nkind of");
        let words: Vec<_> = words("It was kind of slow, and she was kind.").collect();
        assert_eq!(list.find(&words), Some((2, 2)));
        assert_eq!(list.length_at(&words, 8), 1);
        assert!(list.has("kind") && !list.has("of") && !list.has("kind of"));
    }
}
