//! A time of day as people type it, to the minute. Knows no zone and no date.

use std::fmt;

use jiff::civil::{Date, DateTime};
use thiserror::Error;

const MINUTES_OF_DAY: u16 = 24 * 60;

/// An hour and a minute from 00:00 to 23:59, shown as `09:00`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LocalTime {
    minute_of_day: u16,
}

/// Why what was typed is no time.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum LocalTimeError {
    /// A bare hour, which may be of the morning or the evening.
    #[error("an hour alone can be misread; type {}", ways_to_say(*hour))]
    HourAlone {
        /// As typed, from 0 to 23.
        hour: u16,
    },
    /// Its form is right but no clock shows it.
    #[error("there is no such time; type 00:00 to 23:59, or 1:00 to 12:59 with am or pm")]
    OutOfRange,
    /// Anything else.
    #[error("type a time such as 09:00, 9am or 9:30 pm")]
    Unreadable,
}

/// Which half of the day was typed.
#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
}

impl LocalTime {
    /// Reads `09:00`, `9:00`, `21.30`, `9am` or `9:30 pm`; 12am is midnight and 12pm is noon. Case and spaces don't
    /// matter.
    ///
    /// # Errors
    /// What to type instead.
    pub fn parse(typed: &str) -> Result<LocalTime, LocalTimeError> {
        let compact: String = typed.split_whitespace().collect();
        let lower = compact.to_ascii_lowercase();
        let (clock, half) = split_half(&lower);
        let (hour, minute) = match clock.split_once([':', '.']) {
            Some((hour, minute)) if minute.len() == 2 => (number(hour)?, number(minute)?),
            Some(_) => return Err(LocalTimeError::Unreadable),
            None => (number(clock)?, 0),
        };
        let is_bare = clock.bytes().all(|byte| byte.is_ascii_digit());
        match half {
            None if is_bare && hour < 24 => Err(LocalTimeError::HourAlone { hour }),
            None => of_24_hours(hour, minute),
            Some(half) => of_12_hours(hour, minute, half),
        }
    }

    /// Minutes since 00:00, from 0 to 1439.
    #[must_use]
    pub fn minute_of_day(self) -> u16 {
        self.minute_of_day
    }

    /// The time that many minutes after 00:00; none from 1440 on.
    #[must_use]
    pub fn from_minute_of_day(minute_of_day: u16) -> Option<LocalTime> {
        (minute_of_day < MINUTES_OF_DAY).then_some(LocalTime { minute_of_day })
    }

    pub(super) fn on(self, day: Date) -> DateTime {
        // Both fit: 23 and 59 at most.
        let [hour, minute] =
            [self.minute_of_day / 60, self.minute_of_day % 60].map(|number| i8::try_from(number).unwrap_or_default());
        day.at(hour, minute, 0, 0)
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minute_of_day / 60, self.minute_of_day % 60)
    }
}

fn split_half(typed: &str) -> (&str, Option<Half>) {
    for (ending, half) in [("am", Half::Am), ("a.m.", Half::Am), ("pm", Half::Pm), ("p.m.", Half::Pm)] {
        if let Some(clock) = typed.strip_suffix(ending) {
            return (clock, Some(half));
        }
    }
    (typed, None)
}

/// One or two digits: a sign, which `parse` would take, is none.
fn number(text: &str) -> Result<u16, LocalTimeError> {
    if text.len() > 2 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(LocalTimeError::Unreadable);
    }
    text.parse().map_err(|_| LocalTimeError::Unreadable)
}

fn of_12_hours(hour: u16, minute: u16, half: Half) -> Result<LocalTime, LocalTimeError> {
    if !(1..=12).contains(&hour) {
        return Err(LocalTimeError::OutOfRange);
    }
    let first = match half {
        Half::Am => 0,
        Half::Pm => 12,
    };
    of_24_hours(first + hour % 12, minute)
}

fn of_24_hours(hour: u16, minute: u16) -> Result<LocalTime, LocalTimeError> {
    if hour > 23 || minute > 59 {
        return Err(LocalTimeError::OutOfRange);
    }
    Ok(LocalTime { minute_of_day: hour * 60 + minute })
}

fn ways_to_say(hour: u16) -> String {
    if (1..=12).contains(&hour) { format!("{hour}am, {hour}pm or {hour:02}:00") } else { format!("{hour:02}:00") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_in_the_ways_that_people_write_them() {
        for (typed, shown) in [
            ("09:00", "09:00"),
            ("9:00", "09:00"),
            ("21.30", "21:30"),
            ("0:00", "00:00"),
            ("23:59", "23:59"),
            ("9am", "09:00"),
            ("9 AM", "09:00"),
            (" 9:30  pm ", "21:30"),
            ("9.30 p.m.", "21:30"),
            ("12am", "00:00"),
            ("12:30 am", "00:30"),
            ("12pm", "12:00"),
            ("12:59pm", "12:59"),
            ("1am", "01:00"),
        ] {
            assert_eq!(LocalTime::parse(typed).unwrap().to_string(), shown, "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for typed in [
            "", " ", "noonish", ":", "9:", ":30", "9:5", "9:005", "009:00", "0930", "-9:00", "+9:00", "9:+1",
            "9:00:00", "am", "9xm", "９:00", "9:00 UTC", "é",
        ] {
            assert_eq!(LocalTime::parse(typed), Err(LocalTimeError::Unreadable), "{typed:?}");
        }
        for typed in ["24:00", "23:60", "99:99", "0am", "13pm", "13:00 pm", "9:60am", "24"] {
            assert_eq!(LocalTime::parse(typed), Err(LocalTimeError::OutOfRange), "{typed:?}");
        }
    }

    #[test]
    fn a_bare_hour_is_refused_with_what_to_type() {
        for (typed, ways) in [("9", "9am, 9pm or 09:00"), ("15", "15:00"), ("00", "00:00")] {
            let refused = LocalTime::parse(typed).unwrap_err().to_string();
            assert!(refused.ends_with(&format!("type {ways}")), "{refused}");
        }
    }

    #[test]
    fn a_day_has_1440_minutes() {
        assert_eq!(LocalTime::from_minute_of_day(1439).unwrap().to_string(), "23:59");
        assert_eq!(LocalTime::from_minute_of_day(1440), None);
    }

    proptest! {
        #[test]
        fn every_minute_is_read_back_as_it_is_shown(minute in 0..MINUTES_OF_DAY) {
            let time = LocalTime::from_minute_of_day(minute).unwrap();
            prop_assert_eq!(LocalTime::parse(&time.to_string()), Ok(time));
            prop_assert_eq!(time.minute_of_day(), minute);
        }

        #[test]
        fn no_text_can_break_the_reader(typed in any::<String>()) {
            if let Ok(time) = LocalTime::parse(&typed) {
                prop_assert!(time.minute_of_day() < MINUTES_OF_DAY);
            }
        }
    }
}
