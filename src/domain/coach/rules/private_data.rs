//! What should not be said to anyone.

mod phone;
mod token;

use std::ops::Range;

use crate::domain::coach::feedback::{Finding, Quote, Rule};
use crate::domain::coach::lists::{CONFIDENTIAL, PASSWORDS};
use crate::domain::coach::text::{PartText, Reading};

/// An e-mail address, a phone number, a key or a password, or words that say it is confidential: "call me on +47 400 00 123". Version
/// numbers, orders, addresses of machines and hashes are none. An answer may be shared, and is there to be
/// said aloud.
pub(super) fn private_data(reading: &Reading<'_>) -> Option<Finding> {
    reading.parts().into_iter().find_map(|part| {
        let place = email(part.typed)
            .or_else(|| phone::phone(part.typed))
            .or_else(|| token::token(part.typed))
            .or_else(|| if names_password(part) { token::password(part.typed) } else { None });
        match place {
            Some(place) => {
                let quote = Quote::new(part.typed.get(place).unwrap_or_default());
                Some(Finding { rule: Rule::PrivateData, part: part.part, quote, count: 0 })
            }
            None => in_words(part, reading.is_english).map(|words| Finding::of(Rule::PrivateData, part, words, 0)),
        }
    })
}

fn names_password(part: &PartText<'_>) -> bool {
    part.words.iter().any(|word| PASSWORDS.holds(word))
}

/// "ada@example.org"; not "git@code.example:map.git".
fn email(text: &str) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '%' | '+' | '-');
    text.match_indices('@').find_map(|(at, _)| {
        let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
        let name = before.len() - before.trim_end_matches(belongs).len();
        let host = after.len() - after.trim_start_matches(belongs).len();
        let is_path = after.get(host..)?.starts_with(':')
            && after.get(host + 1..)?.starts_with(|next: char| !next.is_whitespace());
        let host = after.get(..host)?.trim_end_matches(['.', '-']);
        let ends_well =
            host.rsplit_once('.').is_some_and(|(_, last)| last.len() > 1 && last.chars().all(char::is_alphabetic));
        (name > 0 && ends_well && !is_path).then(|| at - name..at + 1 + host.len())
    })
}

/// "ivo dot stanev at bansko dot example", and "this is confidential".
fn in_words(part: &PartText<'_>, is_english: bool) -> Option<Range<usize>> {
    if !is_english {
        return None;
    }
    let spelled = |at: &usize| part.word(*at) == "at" && part.word(at + 2) == "dot" && !part.word(at + 3).is_empty();
    let spelled = (1..part.words.len()).find(spelled).map(|at| at - 1..at + 4);
    spelled.or_else(|| CONFIDENTIAL.find(&part.words).map(|(at, _)| part.sentence_at(at)))
}
