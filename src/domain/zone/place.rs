//! One row of the table of places: what it is called, and how well typed text fits it.

use jiff::Timestamp;

use super::Zone;
use super::fold::fold;

/// A city with its zone, and its names folded for comparison.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) city: String,
    pub(super) country: String,
    pub(super) zone: Zone,
    folded_city: String,
    folded_country: String,
    other_names: Vec<String>,
    folded_zone: String,
}

/// How typed text fits a place, the closest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Fit {
    /// It is the city's name, with or without the country's behind it.
    City,
    /// It is the country's name.
    Country,
    /// It is another name: an older or local one, or a region.
    OtherName,
    /// It is what the clock there is called, in winter or in summer.
    Abbreviation,
    /// It is the IANA name, a former one included.
    ZoneName,
    /// The city's name begins so.
    CityStart,
    /// The country's name begins so.
    CountryStart,
    /// Another name begins so.
    OtherStart,
    /// Each typed word begins some word of the row.
    Words,
    /// The clock there is that far from UTC now.
    Offset,
}

impl Fit {
    /// Whether somebody who typed this had the city itself in mind.
    pub(super) fn is_of_city(self) -> bool {
        matches!(self, Fit::City | Fit::CityStart)
    }

    /// Whether the whole of a name was typed, so that names which merely begin so are not meant.
    pub(super) fn is_whole_name(self) -> bool {
        self <= Fit::ZoneName
    }
}

impl Place {
    pub(super) fn new(city: &str, country: &str, zone: Zone, other_names: &str) -> Place {
        Place {
            folded_city: fold(city),
            folded_country: fold(country),
            other_names: other_names.split(',').map(fold).collect(),
            folded_zone: fold(zone.name()),
            city: city.to_owned(),
            country: country.to_owned(),
            zone,
        }
    }

    /// `typed` is folded already.
    pub(super) fn fit(&self, typed: &str, now: Timestamp) -> Option<Fit> {
        if self.is_called(typed) {
            Some(Fit::City)
        } else if self.folded_country == typed {
            Some(Fit::Country)
        } else if self.other_names.iter().any(|name| name == typed) {
            Some(Fit::OtherName)
        } else if self.clock_is_called(typed, now) {
            Some(Fit::Abbreviation)
        } else if self.folded_zone == typed {
            Some(Fit::ZoneName)
        } else {
            self.fit_of_start(typed)
        }
    }

    fn fit_of_start(&self, typed: &str) -> Option<Fit> {
        if self.folded_city.starts_with(typed) {
            Some(Fit::CityStart)
        } else if self.folded_country.starts_with(typed) {
            Some(Fit::CountryStart)
        } else if self.other_names.iter().any(|name| name.starts_with(typed)) {
            Some(Fit::OtherStart)
        } else if typed.split(' ').all(|word| self.has_word(word)) {
            Some(Fit::Words)
        } else {
            None
        }
    }

    /// Also as `munich germany`, which is how `Munich, Germany` folds.
    fn is_called(&self, typed: &str) -> bool {
        typed
            .strip_prefix(&self.folded_city)
            .is_some_and(|rest| rest.is_empty() || rest.strip_prefix(' ') == Some(&self.folded_country))
    }

    fn has_word(&self, typed: &str) -> bool {
        [&self.folded_city, &self.folded_country, &self.folded_zone]
            .into_iter()
            .chain(&self.other_names)
            .flat_map(|name| name.split(' '))
            .any(|word| word.starts_with(typed))
    }

    /// Abbreviations are not in the table: the zone itself knows its own, for now and for the other half of the year.
    fn clock_is_called(&self, typed: &str, now: Timestamp) -> bool {
        let clock = self.zone.time_zone();
        typed.len() <= 5
            && (is_same(clock.to_offset_info(now).abbreviation(), typed)
                || clock.following(now).take(2).any(|change| is_same(change.abbreviation(), typed)))
    }
}

/// Without case; `+03` and the like are no abbreviations.
fn is_same(abbreviation: &str, typed: &str) -> bool {
    abbreviation.starts_with(|first: char| first.is_ascii_alphabetic()) && abbreviation.eq_ignore_ascii_case(typed)
}
