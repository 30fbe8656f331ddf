//! Whether an answer is in English, so far as the rules with word lists need to know.

use whatlang::Lang;

use super::lists::FUNCTION;
use super::text::Reading;

/// At least this share of English texts are small words that other languages don't share; it is a fifth and more of all words in running
/// text, and next to none of them in any other language.
const SMALL_WORDS_IN_PER_CENT: usize = 15;

/// English unless there is good reason to think otherwise: few of its small words, and a library that is sure of another language. It is
/// not asked first, as trigrams tell little of short texts ("We fixed it.").
pub(super) fn is_english(reading: &Reading<'_>) -> bool {
    if has_small_words(reading) {
        return true;
    }
    let all = reading.parts().map(|part| part.typed).join("\n").to_lowercase();
    whatlang::detect(&all).is_none_or(|found| found.lang() == Lang::Eng || !found.is_reliable())
}

/// Whether there are as many small words as in any running English text.
pub(super) fn has_small_words(reading: &Reading<'_>) -> bool {
    let small = reading.words().filter(|word| FUNCTION.holds(word)).count();
    small > 0 && small * 100 >= reading.length() * SMALL_WORDS_IN_PER_CENT
}
