//! Weekdays as people type them. Knows no zone and no date.

use std::fmt;

use jiff::civil::Weekday;
use thiserror::Error;

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The names of the whole sets, each with the value that reads back as it.
const SETS: [(&str, Days); 3] =
    [("every day", Days::EVERY_DAY), ("weekdays", Days::WEEKDAYS), ("weekends", Days::WEEKENDS)];

/// Weekdays of a schedule: one at least.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Days {
    bits: u8,
}

/// Why what was typed names no days.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum DaysError {
    /// Nothing that could be a day.
    #[error("no day is named; type `every day`, `weekdays`, `weekends` or a list such as `mon wed fri`")]
    Empty,
    /// A word that is no day.
    #[error("`{word}` is no day; type `every day`, `weekdays`, `weekends` or a list such as `mon wed fri`")]
    UnknownWord {
        /// As typed, in lower case.
        word: String,
    },
    /// A range without two single days around it.
    #[error("a range needs a day at either end; type one such as `mon-fri`")]
    BrokenRange,
}

impl Days {
    /// All seven, which is the default.
    pub const EVERY_DAY: Days = Days { bits: 0b111_1111 };
    /// Monday to Friday.
    pub const WEEKDAYS: Days = Days { bits: 0b001_1111 };
    /// Saturday and Sunday.
    pub const WEEKENDS: Days = Days { bits: 0b110_0000 };

    /// Reads `every day`, `daily`, `weekdays`, `weekends`, and lists and ranges of days by their English names or two
    /// letters of them at least: `mon wed fri`, `Monday, Wednesday and Friday`, `mon-fri`, `fri to mon`.
    ///
    /// # Errors
    /// What was not understood.
    pub fn parse(typed: &str) -> Result<Days, DaysError> {
        let words = words(typed);
        let mut rest = words.iter().map(String::as_str).peekable();
        let mut bits = 0;
        while let Some(word) = rest.next() {
            let mut days = named(word)?;
            if rest.next_if_eq(&"-").is_some() {
                let last = rest.next().ok_or(DaysError::BrokenRange)?;
                days = range(days, named(last)?)?;
            }
            bits |= days.bits;
        }
        Days::from_bits(bits).ok_or(DaysError::Empty)
    }

    /// Bit 0 is Monday, bit 6 Sunday.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.bits
    }

    /// The days of [`Days::bits`]. None where no day is set, or a bit that is no day.
    #[must_use]
    pub fn from_bits(bits: u8) -> Option<Days> {
        (bits != 0 && bits <= Days::EVERY_DAY.bits).then_some(Days { bits })
    }

    /// Whether a weekday is among them.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.bits & Days::one(day).bits != 0
    }

    /// The short text that [`Days::parse`] reads back: `every day`, `weekdays`, `weekends`, `mon wed fri`.
    #[must_use]
    pub fn value(self) -> String {
        let short = |day| name(day).chars().take(3).collect::<String>().to_lowercase();
        let list = || self.iter().map(short).collect::<Vec<_>>().join(" ");
        self.set_name().map_or_else(list, str::to_owned)
    }

    /// What to offer for text that may be unfinished: what it says so far, then what its last word may become. Nothing
    /// typed gives the sets and two common lists. Never more than a dozen.
    #[must_use]
    pub fn suggestions(typed: &str) -> Vec<Days> {
        if typed.trim().is_empty() {
            let lists = ["mon wed fri", "tue thu"].into_iter();
            let sets = SETS.map(|(_, days)| days).into_iter();
            return sets.chain(lists.filter_map(|list| Days::parse(list).ok())).collect();
        }
        let mut offered: Vec<Days> = Days::parse(typed).into_iter().collect();
        for finished in finished(&typed.to_lowercase()) {
            match Days::parse(&finished) {
                Ok(days) if !offered.contains(&days) => offered.push(days),
                _ => {}
            }
        }
        offered
    }

    const fn one(day: Weekday) -> Days {
        Days { bits: 1 << day.to_monday_zero_offset() }
    }

    fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.contains(*day))
    }

    fn set_name(self) -> Option<&'static str> {
        SETS.iter().find(|(_, days)| *days == self).map(|(name, _)| *name)
    }
}

impl Default for Days {
    fn default() -> Days {
        Days::EVERY_DAY
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(set) = self.set_name() {
            return f.write_str(set);
        }
        let names: Vec<&str> = self.iter().map(name).collect();
        match names.split_last() {
            Some((last, [])) => f.write_str(last),
            Some((last, rest)) => write!(f, "{} and {last}", rest.join(", ")),
            None => Ok(()),
        }
    }
}

/// The words that mean something, in lower case, with `-` for what joins a range.
fn words(typed: &str) -> Vec<String> {
    let spaced = typed.to_lowercase().replace(['-', '–', '—'], " - ");
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '+' | '/' | '.');
    spaced
        .split(is_between)
        .filter(|word| !matches!(*word, "" | "and" | "on" | "every" | "each"))
        .map(|word| match word {
            "to" | "through" | "until" => "-".to_owned(),
            _ => word.to_owned(),
        })
        .collect()
}

/// The text with its last word made into each day that begins so, or into a set where that word is the first.
fn finished(typed: &str) -> Vec<String> {
    let settled = typed.trim_end_matches(char::is_alphabetic);
    let begun = typed.strip_prefix(settled).unwrap_or_default();
    let sets = SETS.iter().map(|(name, _)| *name).chain(["daily", "day"]);
    sets.filter(|_| Days::parse(settled).is_err())
        .map(str::to_owned)
        .chain(WEEK.map(|day| name(day).to_lowercase()))
        .filter(|word| word.starts_with(begun))
        .map(|word| format!("{settled}{word}"))
        .collect()
}

fn named(word: &str) -> Result<Days, DaysError> {
    let is_day = |day: &Weekday| {
        let name = name(*day).to_lowercase();
        word.strip_suffix('s') == Some(&name) || (word.len() > 1 && name.starts_with(word))
    };
    match word {
        "everyday" | "daily" | "day" | "days" | "all" => Ok(Days::EVERY_DAY),
        "weekday" | "weekdays" => Ok(Days::WEEKDAYS),
        "weekend" | "weekends" => Ok(Days::WEEKENDS),
        "weds" => Ok(Days::one(Weekday::Wednesday)),
        "-" => Err(DaysError::BrokenRange),
        _ => {
            WEEK.into_iter().find(is_day).map(Days::one).ok_or_else(|| DaysError::UnknownWord { word: word.to_owned() })
        }
    }
}

/// From the first day to the last, over the end of the week where the last comes first.
fn range(first: Days, last: Days) -> Result<Days, DaysError> {
    let single = |days: Days| {
        let mut all = days.iter();
        all.next().filter(|_| all.next().is_none()).ok_or(DaysError::BrokenRange)
    };
    let (first, last) = (single(first)?, single(last)?);
    let days = first.cycle_forward().take(1 + usize::try_from(first.until(last)).unwrap_or_default());
    let bits = days.fold(0, |bits, day| bits | Days::one(day).bits);
    Days::from_bits(bits).ok_or(DaysError::Empty)
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests;
