//! Phone numbers, told from all the other long numbers that people write.

use std::ops::Range;

/// What stands before numbers that are no phone's.
const OTHER_NUMBERS: [&str; 9] = ["batch", "build", "case", "invoice", "order", "parcel", "part", "ticket", "version"];

/// The first phone number: "+49 30 23125 042", "0171 555 0148", "(555) 555-0173", "555-555-0173". Not "3.600.500.41", as points part
/// versions and addresses of machines, and not "2021-03-04".
pub(super) fn phone(text: &str) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '(' | ')' | '+' | '\u{a0}');
    let mut from = 0;
    while let Some(skipped) =
        text.get(from..)?.find(|letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '('))
    {
        let start = from + skipped;
        let rest = text.get(start..)?;
        let run = rest.find(|letter| !belongs(letter)).map_or(rest, |end| rest.get(..end).unwrap_or_default());
        let number = run.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let end = start + number.len();
        if is_phone(number) && stands_alone(text, start, end) && !is_another(text, start) {
            return Some(start..end);
        }
        from = start + run.len().max(1);
    }
    None
}

fn is_phone(number: &str) -> bool {
    let groups: Vec<usize> =
        number.split(|letter: char| !letter.is_ascii_digit()).map(str::len).filter(|length| *length > 0).collect();
    let digits: usize = groups.iter().sum();
    let has_body =
        groups.iter().any(|length| *length >= 3) || groups.iter().filter(|length| **length == 2).count() >= 5;
    let is_american = |groups: &[usize]| matches!(groups, [3, 3, 4] | [1, 3, 3, 4]);
    if number.starts_with('+') {
        has_body && (8..=15).contains(&digits)
    } else if number.starts_with('0') || number.starts_with("(0") {
        has_body && (9..=15).contains(&digits)
    } else {
        is_american(&groups)
    }
}

/// Not a piece of something longer, such as a version or an amount.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let mut after = text.get(end..).unwrap_or_default().chars();
    let (next, second) = (after.next(), after.next());
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | ',' | '/' | '=' | '_' | '#' | ':');
    let goes_on = next.is_some_and(|letter| letter.is_alphanumeric())
        || next.is_some_and(is_part) && second.is_some_and(char::is_alphanumeric);
    !before.is_some_and(|letter| is_part(letter) && letter != ':') && !goes_on
}

/// Whether the word before says that it numbers something else.
fn is_another(text: &str, start: usize) -> bool {
    let words = text.get(..start).unwrap_or_default().split(|letter: char| !letter.is_alphanumeric());
    words.rev().find(|word| !word.is_empty()).is_some_and(|word| OTHER_NUMBERS.contains(&word.to_lowercase().as_str()))
}
