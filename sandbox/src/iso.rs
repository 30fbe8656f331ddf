//! Instants as text, the way Discord writes them (ISO 8601, UTC).

use jiff::Timestamp;

/// `unix_ms` as in `2026-05-04T09:00:00.000000+00:00`; the end of time where it is out of range.
pub(crate) fn text(unix_ms: i64) -> String {
    let at = Timestamp::from_millisecond(unix_ms).unwrap_or(Timestamp::MAX);
    at.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()
}

/// The moment in `2026-05-04T09:00Z`, in milliseconds since 1970; seconds may follow.
pub(crate) fn parse(text: &str) -> Option<i64> {
    text.parse().ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_discord_writes_them() {
        assert_eq!(text(0), "1970-01-01T00:00:00.000000+00:00");
        assert_eq!(text(1_777_885_200_123), "2026-05-04T09:00:00.123000+00:00");
    }

    #[test]
    fn a_moment_is_read_to_the_minute_or_the_second() {
        assert_eq!(parse("2026-05-04T09:00Z"), Some(1_777_885_200_000));
        assert_eq!(parse("2026-05-04T09:00:05Z"), Some(1_777_885_205_000));
        for wrong in ["2026-02-29T09:00Z", "2026-13-01T09:00Z", "2026-05-04T25:00Z", "2026-05-04"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
