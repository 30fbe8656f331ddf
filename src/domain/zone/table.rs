//! The table of places, `data/zones.tsv`: read and checked once, at the start. What typed text means is `search`'s.

use std::collections::HashMap;

use thiserror::Error;

use super::Zone;
use super::place::Place;

/// Compiled in, so that a running Starling needs no file beside it.
const BUILT_IN: &str = include_str!("../../../data/zones.tsv");

/// Leaves room for `, now 14:05` in the 100 characters of a choice in Discord.
const LONGEST_NAME: usize = 85;

/// The world's cities with their zones, in the order in which they are offered.
#[derive(Debug)]
pub struct ZoneTable {
    pub(super) places: Vec<Place>,
}

/// A row of `data/zones.tsv` that can't be used.
#[derive(Clone, Debug, Error, PartialEq)]
#[error("data/zones.tsv line {line}: {problem}")]
pub struct ZoneTableError {
    /// Counted from 1, comments included.
    pub line: usize,
    /// What is wrong with it, and how to mend it.
    pub problem: RowProblem,
}

/// What can be wrong with a row.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum RowProblem {
    /// Not three or four cells.
    #[error("expected city, country, IANA zone and perhaps other names with one tab between, found {found} cells")]
    Cells {
        /// How many cells there are.
        found: usize,
    },
    /// A city or a country that is empty or has white space around it.
    #[error("expected a city and a country without white space around them")]
    Untrimmed,
    /// A zone that the database lacks.
    #[error("no zone is called `{name}`; expected an IANA name such as Europe/Berlin")]
    UnknownZone {
        /// The third cell.
        name: String,
    },
    /// A zone by a former name, or misspelled in case.
    #[error("`{name}` is not the zone's current name; expected `{current}`")]
    FormerName {
        /// The third cell.
        name: String,
        /// What to write instead.
        current: String,
    },
    /// The same city of the same country as an earlier row.
    #[error("this city of this country stands in line {earlier} already; expected it once")]
    Repeated {
        /// The earlier row's line.
        earlier: usize,
    },
    /// City, country and zone don't fit into a choice.
    #[error("city, country and zone have {length} characters together; expected {LONGEST_NAME} at most")]
    TooLong {
        /// In characters.
        length: usize,
    },
}

impl ZoneTable {
    /// The table that this program was built with.
    ///
    /// # Errors
    /// The first row that can't be used.
    pub fn built_in() -> Result<ZoneTable, ZoneTableError> {
        ZoneTable::parse(BUILT_IN)
    }

    pub(super) fn parse(text: &str) -> Result<ZoneTable, ZoneTableError> {
        let mut places = Vec::new();
        let mut lines = HashMap::new();
        for (line, row) in (1..).zip(text.lines()) {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let refuse = |problem| ZoneTableError { line, problem };
            let place = parse_row(row).map_err(refuse)?;
            let name = (place.city.clone(), place.country.clone());
            if let Some(earlier) = lines.insert(name, line) {
                return Err(refuse(RowProblem::Repeated { earlier }));
            }
            places.push(place);
        }
        Ok(ZoneTable { places })
    }
}

fn parse_row(row: &str) -> Result<Place, RowProblem> {
    let cells: Vec<&str> = row.split('\t').collect();
    // Editors cut the last tab where nothing follows it.
    let (city, country, zone, other_names) = match cells[..] {
        [city, country, zone] => (city, country, zone, ""),
        [city, country, zone, other_names] => (city, country, zone, other_names),
        _ => return Err(RowProblem::Cells { found: cells.len() }),
    };
    if [city, country].iter().any(|name| name.is_empty() || name.trim() != *name) {
        return Err(RowProblem::Untrimmed);
    }
    let length = [city, country, zone].iter().map(|name| name.chars().count()).sum();
    if length > LONGEST_NAME {
        return Err(RowProblem::TooLong { length });
    }
    Ok(Place::new(city, country, parse_zone(zone)?, other_names))
}

fn parse_zone(name: &str) -> Result<Zone, RowProblem> {
    let Ok(zone) = Zone::parse(name) else {
        return Err(RowProblem::UnknownZone { name: name.to_owned() });
    };
    if zone.name() != name {
        return Err(RowProblem::FormerName { name: name.to_owned(), current: zone.name().to_owned() });
    }
    Ok(zone)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::{BUNDLED, named};
    use super::*;

    fn problem(text: &str) -> (usize, RowProblem) {
        let refused = ZoneTable::parse(text).unwrap_err();
        (refused.line, refused.problem)
    }

    #[test]
    fn every_place_that_has_a_zone_of_its_own_is_in_the_built_in_table() {
        let table = ZoneTable::built_in().unwrap();
        let listed: HashSet<&str> = table.places.iter().map(|place| place.zone.name()).collect();
        for name in BUNDLED.available() {
            let zone = named(name.as_str()).unwrap();
            if !zone.is_fixed() && zone.time_zone().location().is_some() {
                assert!(listed.contains(zone.name()), "{} has no row", zone.name());
            }
        }
    }

    #[test]
    fn comments_empty_lines_and_a_missing_last_cell_are_fine() {
        let text = "# city\tcountry\n\nPorto\tPortugal\tEurope/Lisbon\nLyon\tFrance\tEurope/Paris\tRhône\n";
        assert_eq!(ZoneTable::parse(text).unwrap().places.len(), 2);
    }

    #[test]
    fn a_broken_row_is_refused_with_its_line() {
        let cells = |found| RowProblem::Cells { found };
        assert_eq!(problem("# x\nPorto\tPortugal"), (2, cells(2)));
        assert_eq!(problem("a\tb\tUTC\td\te"), (1, cells(5)));
        assert_eq!(problem("Porto \tPortugal\tEurope/Lisbon"), (1, RowProblem::Untrimmed));
        assert_eq!(problem("\tPortugal\tEurope/Lisbon"), (1, RowProblem::Untrimmed));
        let row = "Porto\tPortugal\tEurope/Lisbon\n";
        let again = RowProblem::Repeated { earlier: 1 };
        assert_eq!(problem(&row.repeat(2)), (2, again));
    }

    #[test]
    fn a_zone_under_a_former_name_or_none_is_refused() {
        let refused = ZoneTable::parse("Pune\tIndia\tAsia/Calcutta").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "data/zones.tsv line 1: `Asia/Calcutta` is not the zone's current name; expected `Asia/Kolkata`"
        );
        let name = "Europe/Porto".to_owned();
        let unknown = RowProblem::UnknownZone { name };
        assert_eq!(problem("Porto\tPortugal\tEurope/Porto"), (1, unknown));
    }

    #[test]
    fn a_row_fits_into_a_choice_up_to_its_last_character() {
        let rest = "Portugal\tEurope/Lisbon";
        let longest = "é".repeat(85 - 21);
        assert!(ZoneTable::parse(&format!("{longest}\t{rest}")).is_ok());
        let (_, refused) = problem(&format!("{longest}é\t{rest}"));
        assert_eq!(refused, RowProblem::TooLong { length: 86 });
    }
}
