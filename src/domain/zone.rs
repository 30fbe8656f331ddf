//! A place's clock: which zones there are, and how a person names one.
//!
//! The rules come from the IANA time zone database that is compiled in, so that every machine agrees on them.
//! Nothing here knows about slots or weekdays; those are [`schedule`](super::schedule)'s.

mod fold;
mod offset;
mod place;
mod search;
mod table;

pub use search::ZoneMatch;
pub use table::{RowProblem, ZoneTable, ZoneTableError};

use std::iter;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use thiserror::Error;

/// Named here because jiff's default database reads the machine's files first.
static BUNDLED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Zones without a region in front that are no place and follow no summer time.
const FIXED: [&str; 13] =
    ["UTC", "GMT", "UCT", "Zulu", "Universal", "Greenwich", "GMT0", "GMT+0", "GMT-0", "EST", "MST", "HST", "Factory"];

/// How many coming clock changes two zones must share to count as one clock: two years' worth.
const SHARED_CHANGES: usize = 4;

/// A zone of the IANA time zone database. Two are equal when they have the same name.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    time_zone: TimeZone,
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

/// Why what was typed names no zone.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ZoneError {
    /// Nothing is called so.
    #[error("no time zone matches `{typed}`; expected a city, a country or an IANA name such as Europe/Berlin")]
    Unknown {
        /// What was typed.
        typed: String,
    },
    /// It fits zones whose clocks differ.
    #[error("`{typed}` fits several time zones; expected one city or one IANA name")]
    Several {
        /// What was typed.
        typed: String,
        /// What it may mean, best first, each zone once; two at least, 25 at most.
        candidates: Vec<ZoneMatch>,
    },
}

impl Zone {
    /// Reads an IANA name in any case. A place's former name (`Asia/Calcutta`, `US/Eastern`) gives the zone under its
    /// current one; a fixed zone keeps the name by which it was called.
    ///
    /// # Errors
    /// [`ZoneError::Unknown`] where the database has no such name.
    pub fn parse(name: &str) -> Result<Zone, ZoneError> {
        named(name).ok_or_else(|| ZoneError::Unknown { typed: name.to_owned() })
    }

    /// The IANA name, spelled as the database does.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is no place but a fixed offset (`UTC`, `GMT`, `Etc/…`), which follows no summer time.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        is_fixed(&self.name)
    }

    /// The date and time that clocks show there at an instant.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> DateTime {
        self.time_zone.to_datetime(at)
    }

    /// When a date begins there: the first instant at which clocks show it or, where the zone skips it whole, a later one. None only at
    /// the ends of jiff's range of years.
    #[must_use]
    pub fn begins_at(&self, day: Date) -> Option<Timestamp> {
        self.first_reaching(day.at(0, 0, 0, 0))
    }

    /// The first instant at which clocks show a local time or, where a change skips it, a later one.
    ///
    /// Not by jiff's conversion of local times: that has another rule for skipped ones, and near the last change that a
    /// zone's table lists it may take a time for repeated that is not (America/Nuuk, 2023-10-28 23:45).
    pub(crate) fn first_reaching(&self, wanted: DateTime) -> Option<Timestamp> {
        let clock = &self.time_zone;
        // Before this instant not even the clock that is furthest ahead of UTC can show it.
        let start = Offset::MAX.to_timestamp(wanted).ok()?;
        let changes = clock.following(start).map(|change| change.timestamp());
        let mut stretches = iter::once(start).chain(changes).peekable();
        while let Some(begins_at) = stretches.next() {
            let offset = clock.to_offset(begins_at);
            let reached_at = offset.to_timestamp(wanted).ok()?.max(begins_at);
            if stretches.peek().is_none_or(|ends_at| reached_at < *ends_at) {
                return Some(reached_at);
            }
        }
        None
    }

    pub(crate) fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    fn offset(&self, at: Timestamp) -> Offset {
        self.time_zone.to_offset(at)
    }

    /// Whether both clocks agree now and through the clock changes of the coming years.
    fn agrees_with(&self, other: &Zone, now: Timestamp) -> bool {
        self.offset(now) == other.offset(now) && self.coming_changes(now).eq(other.coming_changes(now))
    }

    fn coming_changes(&self, now: Timestamp) -> impl Iterator<Item = (Timestamp, Offset)> {
        self.time_zone.following(now).take(SHARED_CHANGES).map(|change| (change.timestamp(), change.offset()))
    }
}

fn named(name: &str) -> Option<Zone> {
    let time_zone = BUNDLED.get(name).ok()?;
    let called = time_zone.iana_name()?;
    let current = if is_fixed(called) { called } else { time_zone.primary_iana_name()? };
    Some(Zone { name: current.to_owned(), time_zone: BUNDLED.get(current).ok()? })
}

fn is_fixed(name: &str) -> bool {
    name.starts_with("Etc/") || FIXED.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_is_read_in_any_case_and_spelled_as_the_database_does() {
        assert_eq!(Zone::parse("europe/BERLIN").unwrap().name(), "Europe/Berlin");
        assert_eq!(Zone::parse("utc").unwrap().name(), "UTC");
        assert_eq!(Zone::parse("etc/gmt+5").unwrap().name(), "Etc/GMT+5");
    }

    #[test]
    fn a_former_name_gives_the_zone_under_its_current_name() {
        for (former, current) in [
            ("Asia/Calcutta", "Asia/Kolkata"),
            ("Europe/Kiev", "Europe/Kyiv"),
            ("US/Eastern", "America/New_York"),
            ("Portugal", "Europe/Lisbon"),
        ] {
            assert_eq!(Zone::parse(former), Zone::parse(current));
            assert_eq!(Zone::parse(former).unwrap().name(), current);
        }
    }

    #[test]
    fn a_name_that_nobody_gave_is_refused() {
        for name in ["", " ", "Europe/Munich", "Etc/Unknown", "Europe/Berlin\0", "+02:00"] {
            assert!(Zone::parse(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn every_name_of_the_database_shows_the_time_that_the_database_says() {
        for instant in ["2020-01-15T12:00Z", "2026-07-15T12:00Z", "2039-12-15T12:00Z"] {
            for name in BUNDLED.available() {
                let zone = Zone::parse(name.as_str()).unwrap();
                let theirs = BUNDLED.get(name.as_str()).unwrap().to_datetime(at(instant));
                assert_eq!(zone.local(at(instant)), theirs, "{}", name.as_str());
                assert_eq!(Zone::parse(zone.name()).unwrap(), zone);
            }
        }
    }

    #[test]
    fn exactly_the_zones_that_are_no_place_and_never_change_are_fixed() {
        let now = at("2026-01-15T12:00Z");
        for name in BUNDLED.available() {
            let zone = Zone::parse(name.as_str()).unwrap();
            let is_place = zone.time_zone.location().is_some();
            if zone.is_fixed() {
                assert_eq!(zone.coming_changes(now).count(), 0, "{}", zone.name());
            } else {
                let changes = zone.coming_changes(now).count() > 0;
                assert!(is_place || changes, "{}", zone.name());
            }
        }
    }
}
