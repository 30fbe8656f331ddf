//! Phone numbers, told from all the other long numbers that people write.

use std::ops::Range;

/// What stands before numbers that are no phone's.
const OTHER_NUMBERS: [&str; 9] = ["batch", "build", "case", "invoice", "order", "parcel", "part", "ticket", "version"];

/// The first phone number: "+49 30 23125 042", "0171 555 0148", "(555) 555-0173", "555-555-0173". Not "3.600.500.41", as points part
/// versions and addresses of machines, and not "2021-03-04".
pub(super) fn phone(text: &str) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '(' | ')' | '+' | '\u{a0}');
    if !text.bytes().any(|letter| letter.is_ascii_digit()) {
        return None;
    }
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
    let goes_on = next.is_some_and(char::is_alphanumeric)
        || next.is_some_and(is_part) && second.is_some_and(char::is_alphanumeric);
    !before.is_some_and(|letter| is_part(letter) && letter != ':') && !goes_on
}

/// Whether the word before says that it numbers something else.
fn is_another(text: &str, start: usize) -> bool {
    let words = text.get(..start).unwrap_or_default().split(|letter: char| !letter.is_alphanumeric());
    words.rev().find(|word| !word.is_empty()).is_some_and(|word| OTHER_NUMBERS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::phone;

    #[test]
    fn phone_numbers_are_told_from_other_long_numbers() {
        for number in [
            "+49 30 23125 042",
            "+4740000123",
            "0171 555 0148",
            "06 12 34 56 78",
            "(555) 555-0173",
            "555-555-0173",
            "1-555-555-0173",
        ] {
            let text = format!("Straße 5: ring {number}, after five.");
            let found = phone(&text).and_then(|place| text.get(place));
            assert_eq!(found, Some(number), "{text}");
        }
        for text in [
            "from 1 640 000 to 2 300 000 rows",
            "build 0049.3023.125.042 and 3.600.500.41",
            "10.20.30.41 and 10.20.30.42",
            "on 2021-03-04, 01-02-2023 and 04/05/2022 at 09:30",
            "Order 0915 2077 3310 and ticket 2023-555-0117",
            "at https://kobalt.example/help?id=0155-5555-0199",
            "12 7 88 40 41 42 43 44 45",
            "+5 % and 0.3 s; 0 0 0 0 0 0 0 0 0 0",
            "1.555.0142",
        ] {
            assert_eq!(phone(text).and_then(|place| text.get(place)), None, "{text}");
        }
    }
}
