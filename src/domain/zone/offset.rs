//! Offsets from UTC as people type them.

use jiff::tz::Offset;

/// Reads `+2`, `-03:30`, `+0530`, `UTC+1` or `gmt -3`. Without a sign it is no offset.
pub(super) fn parse_offset(typed: &str) -> Option<Offset> {
    let compact: String = typed.split_whitespace().collect();
    let lower = compact.to_ascii_lowercase();
    let signed = lower.strip_prefix("utc").or_else(|| lower.strip_prefix("gmt")).unwrap_or(&lower);
    if let Some(east) = signed.strip_prefix('+') {
        Offset::from_seconds(seconds(east)?).ok()
    } else {
        // People copy the typographic minus too.
        let west = signed.strip_prefix(['-', '−'])?;
        Offset::from_seconds(-seconds(west)?).ok()
    }
}

fn seconds(unsigned: &str) -> Option<i32> {
    let (hours, minutes) = match unsigned.split_once(':') {
        Some(parts) => parts,
        None if unsigned.len() > 2 => unsigned.split_at_checked(unsigned.len() - 2)?,
        None => (unsigned, "00"),
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if hours.len() > 2 || minutes.len() != 2 || !is_number(hours) || !is_number(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60).then_some(hours * 3600 + minutes * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_in_the_ways_that_people_write_them() {
        for (typed, minutes) in [
            ("+2", 120),
            ("+02", 120),
            ("+0530", 330),
            ("+530", 330),
            ("utc+5:30", 330),
            ("UTC +05:45", 345),
            ("gmt-3", -180),
            ("GMT - 3", -180),
            ("−9:30", -570),
            ("-0", 0),
            ("+14", 840),
        ] {
            let offset = Offset::from_seconds(minutes * 60).unwrap();
            assert_eq!(parse_offset(typed), Some(offset), "{typed}");
        }
    }

    #[test]
    fn what_has_no_sign_or_no_sense_is_no_offset() {
        for typed in
            ["", "2", "utc", "gmt", "utc2", "+", "+:30", "+5:3", "+5:60", "+123456", "+26", "+1é", "++2", "est+2"]
        {
            assert_eq!(parse_offset(typed), None, "{typed}");
        }
    }
}
