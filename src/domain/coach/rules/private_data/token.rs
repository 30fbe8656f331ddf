//! Keys and passwords, told from hashes, versions and long words.

use std::ops::Range;

use crate::domain::coach::lists::PASSWORDS;

/// How keys of well-known services begin, in lower case.
const PREFIXES: [&str; 9] = ["aiza", "akia", "eyj", "ghp_", "github_pat_", "glpat-", "sk-", "sk_live_", "xoxb-"];
/// The fewest letters of a key.
const LEAST: usize = 16;
/// How often letters and digits change places in a key, at least.
const CHANGES: usize = 5;
/// The fewest letters of a password.
const LEAST_OF_PASSWORD: usize = 6;

/// The first thing that looks like a key: long, with letters and digits mixed up. Hexadecimal is a hash or a number of something, as in
/// commits, and is none.
pub(super) fn token(text: &str) -> Option<Range<usize>> {
    let belongs = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-' | b'+' | b'=');
    let mut start = 0;
    for (end, letter) in text.bytes().chain([b' ']).enumerate() {
        if belongs(letter) {
            continue;
        }
        if end - start >= LEAST && text.get(start..end).is_some_and(is_token) {
            return Some(start..end);
        }
        start = end + 1;
    }
    None
}

fn is_token(piece: &str) -> bool {
    let lower = piece.to_ascii_lowercase();
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    let is_known = PREFIXES.iter().any(|prefix| lower.starts_with(prefix)) && (digits > 0 || lower.starts_with("akia"));
    let is_hexadecimal = piece.bytes().all(|letter| letter.is_ascii_hexdigit() || letter == b'-');
    let kinds: Vec<bool> =
        piece.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair.first() != pair.last()).count();
    is_known || !is_hexadecimal && changes >= CHANGES
}

/// What follows "password" and looks like one: it has a digit and a letter.
pub(super) fn password(text: &str) -> Option<Range<usize>> {
    let mut words = pieces(text, char::is_whitespace);
    let edge = |letter: char| !letter.is_alphanumeric();
    while let Some((_, word)) = words.next() {
        if !PASSWORDS.has(word.trim_matches(edge).to_lowercase().as_str()) {
            continue;
        }
        let said = words.clone().find(|(_, next)| !is_filler(next.trim_matches(edge)));
        let Some((at, said)) = said else { continue };
        let inner = said.trim_matches(|letter: char| {
            matches!(letter, '"' | '\'' | '“' | '”' | '‘' | '’' | '.' | ',' | ';' | ')' | '(')
        });
        let at = at + said.find(inner).unwrap_or_default();
        let mixed = inner.contains(|letter: char| letter.is_ascii_digit()) && inner.contains(char::is_alphabetic);
        if inner.chars().count() >= LEAST_OF_PASSWORD && mixed {
            return Some(at..at + inner.len());
        }
    }
    None
}

fn is_filler(word: &str) -> bool {
    word.is_empty()
        || matches!(word.to_lowercase().as_str(), "is" | "was" | "ist" | "war" | "es" | "est" | "era" | "to")
}

/// The pieces between separators, with their places.
fn pieces(text: &str, is_between: impl Fn(char) -> bool + Clone) -> impl Iterator<Item = (usize, &str)> + Clone {
    let mut at = 0;
    text.split_inclusive(is_between.clone()).map(move |piece| {
        let start = at;
        at += piece.len();
        (start, piece.trim_end_matches(is_between.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::{password, token};

    #[test]
    fn keys_are_told_from_hashes_and_long_words() {
        for key in ["q7Zt0vLw93KdPbX2mR5uYc8H", "AKIAIOSFODNN7EXAMPLE", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"] {
            let text = format!("the header é \"{key}\", it works");
            assert_eq!(token(&text).and_then(|place| text.get(place)), Some(key));
            assert!(token(&text.to_uppercase()).is_some() && token(&text.to_lowercase()).is_some());
        }
        for text in [
            "9f3c1e7a0b52d8846c1f0e9d7a3b5c2e4f6a8b90",
            "550e8400-e29b-41d4-a716-446655440000",
            "utf8mb4_0900_ai_ci and RR204918330GB",
            "internationalisation of a once-in-a-lifetime thing",
        ] {
            assert_eq!(token(text), None, "{text}");
        }
    }

    #[test]
    fn a_password_is_what_follows_the_word() {
        let found = |text: &'static str| password(text).and_then(|place| text.get(place));
        assert_eq!(found("with the password hunter22."), Some("hunter22"));
        assert_eq!(found("das Passwort ist \"Quelle!2020\", leider"), Some("Quelle!2020"));
        assert_eq!(found("a password of 12 letters, which expires in 90 days"), None);
        assert_eq!(found("who forgets the password gets a link"), None);
    }
}
