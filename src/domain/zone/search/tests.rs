//! What the built-in table offers and what it takes text to mean, in winter and in summer.

use std::collections::HashSet;

use super::*;

fn winter() -> Timestamp {
    "2026-01-15T13:05:30Z".parse().unwrap()
}

fn summer() -> Timestamp {
    "2026-07-15T13:05:30Z".parse().unwrap()
}

fn labels(typed: &str, now: Timestamp) -> Vec<String> {
    let offered = ZoneTable::built_in().unwrap().search(typed, now);
    offered.into_iter().map(|offer| offer.label).collect()
}

fn first(typed: &str) -> String {
    labels(typed, winter()).into_iter().next().unwrap()
}

fn resolve(typed: &str) -> Result<Zone, ZoneError> {
    ZoneTable::built_in().unwrap().resolve(typed, winter())
}

fn name_of(typed: &str) -> String {
    resolve(typed).unwrap().name().to_owned()
}

#[test]
fn a_city_comes_first_with_its_country_its_zone_and_its_time() {
    for (typed, label) in [
        ("munich", "Munich, Germany (Europe/Berlin), now 14:05"),
        ("MÜNCHEN", "Munich, Germany (Europe/Berlin), now 14:05"),
        ("sao paulo", "São Paulo, Brazil (America/Sao_Paulo), now 10:05"),
        ("bangalore", "Bengaluru, India (Asia/Kolkata), now 18:35"),
        ("san fr", "San Francisco, United States (America/Los_Angeles), now 05:05"),
        ("lodz", "Łódź, Poland (Europe/Warsaw), now 14:05"),
        ("cambridge, uk", "Cambridge, United Kingdom (Europe/London), now 13:05"),
        ("portland oregon", "Portland, United States (America/Los_Angeles), now 05:05"),
        ("singapore", "Singapore (Asia/Singapore), now 21:05"),
        ("st johns", "St. John's, Antigua and Barbuda (America/Antigua), now 09:05"),
    ] {
        assert_eq!(first(typed), label, "{typed}");
    }
}

#[test]
fn a_country_beats_cities_that_begin_like_it_and_shows_each_of_its_zones() {
    assert!(first("India").starts_with("Mumbai, India"));
    assert!(first("United States").starts_with("New York"));
    let brazil = labels("brazil", winter());
    assert!(brazil.len() > 10 && brazil.iter().all(|label| label.contains(", Brazil ")));
}

#[test]
fn an_iana_name_is_found_current_former_or_unfinished() {
    assert!(first("Europe/Berlin").starts_with("Berlin"));
    assert!(first("us/pacific").starts_with("Los Angeles"));
    assert!(first("asia/kat").starts_with("Kathmandu"));
}

#[test]
fn an_abbreviation_offers_its_cities_first_in_either_season() {
    for (typed, city) in [
        ("EST", "New York"),
        ("edt", "New York"),
        ("CET", "Berlin"),
        ("BST", "London"),
        ("GMT", "London"),
        ("ist", "Mumbai"),
        ("PST", "Los Angeles"),
        ("SGT", "Singapore"),
    ] {
        for now in [winter(), summer()] {
            let offered = labels(typed, now);
            assert!(offered[0].starts_with(city), "{typed}: {offered:?}");
        }
    }
}

#[test]
fn a_fixed_zone_is_offered_last_and_says_that_it_has_no_summer_time() {
    let offered = labels("gmt", winter());
    assert_eq!(offered.last().unwrap(), "GMT (no summer time), now 13:05");
    assert_eq!(labels("utc", winter()), ["UTC (no summer time), now 13:05"]);
    assert_eq!(labels("Etc/GMT+5", winter()), ["Etc/GMT+5 (no summer time), now 08:05"]);
}

#[test]
fn an_offset_gives_the_zones_that_have_it_now_one_place_each() {
    assert!(labels("+1", winter())[0].starts_with("Berlin"));
    assert!(labels("utc+1", summer())[0].starts_with("London"));
    assert_eq!(labels("UTC+5:45", winter()), ["Kathmandu, Nepal (Asia/Kathmandu), now 18:50"]);
    assert!(labels("gmt-3", winter())[0].starts_with("São Paulo"));
    assert!(labels("+13:30", winter()).is_empty());
}

#[test]
fn nothing_typed_offers_cities_all_over_the_world() {
    let table = ZoneTable::built_in().unwrap();
    let offered = table.search("  ", winter());
    assert_eq!(offered.len(), 25);
    let clocks: HashSet<_> = offered.iter().map(|offer| offer.zone.local(winter())).collect();
    assert!(clocks.len() > 12, "{clocks:?}");
}

#[test]
fn every_label_fits_a_choice_and_none_comes_twice() {
    let table = ZoneTable::built_in().unwrap();
    let cities: Vec<&str> = table.places.iter().map(|place| place.city.as_str()).collect();
    for typed in cities.iter().chain(&["a", "s", "san", "america", "+0", "gmt"]) {
        let offered = table.search(typed, winter());
        let labels: HashSet<&str> = offered.iter().map(|offer| offer.label.as_str()).collect();
        assert!((1..=25).contains(&offered.len()), "{typed}");
        assert_eq!(labels.len(), offered.len(), "{typed}");
        assert!(labels.iter().all(|label| label.chars().count() <= 100), "{typed}");
    }
}

#[test]
fn text_typed_to_the_end_gives_the_one_zone_that_it_means() {
    for (typed, name) in [
        ("europe/berlin", "Europe/Berlin"),
        (" Munich ", "Europe/Berlin"),
        ("Munich, Germany", "Europe/Berlin"),
        ("India", "Asia/Kolkata"),
        ("Germany", "Europe/Berlin"),
        ("Kazakhstan", "Asia/Almaty"),
        ("california", "America/Los_Angeles"),
        ("Portugal", "Europe/Lisbon"),
        ("Calcutta", "Asia/Kolkata"),
        ("kathm", "Asia/Kathmandu"),
        ("+5:45", "Asia/Kathmandu"),
    ] {
        assert_eq!(name_of(typed), name, "{typed}");
    }
}

#[test]
fn a_fixed_zone_typed_by_hand_is_taken() {
    for name in ["UTC", "GMT", "Etc/GMT+5", "EST"] {
        let zone = resolve(&name.to_lowercase()).unwrap();
        assert_eq!(zone.name(), name);
        assert!(zone.is_fixed());
    }
}

#[test]
fn text_that_fits_clocks_which_differ_is_refused_with_one_place_for_each() {
    for typed in ["United States", "San José", "Georgia", "BST", "+2", "brazil", "san"] {
        let Err(ZoneError::Several { candidates, .. }) = resolve(typed) else {
            panic!("{typed} means one zone");
        };
        assert!((2..=25).contains(&candidates.len()), "{typed}");
        let names: HashSet<&str> = candidates.iter().map(|one| one.zone.name()).collect();
        assert_eq!(names.len(), candidates.len(), "{typed}");
    }
}

#[test]
fn text_that_fits_nothing_is_refused() {
    for typed in ["", "  ", "?", "Atlantis", "+15", "mars/olympus", "\u{301}"] {
        let typed = typed.to_owned();
        assert_eq!(resolve(&typed), Err(ZoneError::Unknown { typed }));
    }
}
