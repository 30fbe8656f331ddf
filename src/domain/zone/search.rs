//! From what a person types to zones: what to offer while they type, and what they meant when they chose nothing.

use jiff::Timestamp;

use super::fold::fold;
use super::offset::parse_offset;
use super::place::{Fit, Place};
use super::{Zone, ZoneError, ZoneTable, named};

/// Discord shows no more choices.
const MOST_OFFERED: usize = 25;

/// The fixed zones that are offered; their other spellings are only understood.
const FIXED_OFFERED: [&str; 2] = ["UTC", "GMT"];

/// A zone that fits what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneMatch {
    /// The zone.
    pub zone: Zone,
    /// How to show it, with the local time now: at most 100 characters.
    pub label: String,
}

impl ZoneTable {
    /// What to offer for text that may be unfinished: best first, 25 at most. It is understood as a city, a country,
    /// an IANA name, an abbreviation or an offset from UTC that holds now (`+2`, `utc+5:30`). Nothing typed gives a
    /// few big cities all over the world.
    #[must_use]
    pub fn search(&self, typed: &str, now: Timestamp) -> Vec<ZoneMatch> {
        if typed.trim().is_empty() {
            return self.places.iter().take(MOST_OFFERED).map(|place| of_place(place, now)).collect();
        }
        let mut offered = list(&self.find(typed, now), Fit::is_of_city, now);
        for fixed in fixed_zones(typed, now) {
            if !offered.contains(&fixed) {
                offered.push(fixed);
            }
        }
        offered.truncate(MOST_OFFERED);
        offered
    }

    /// The zone that was meant by text typed to the end, without choosing anything that was offered: an IANA name, a
    /// city's name, or whatever else fits one zone only, or zones of one country whose clocks agree.
    ///
    /// # Errors
    /// [`ZoneError::Unknown`] where nothing fits, [`ZoneError::Several`] with candidates where clocks differ.
    pub fn resolve(&self, typed: &str, now: Timestamp) -> Result<Zone, ZoneError> {
        if let Some(zone) = named(typed.trim()) {
            return Ok(zone);
        }
        let meant = closest(self.find(typed, now));
        let Some((_, first)) = meant.first() else {
            return Err(ZoneError::Unknown { typed: typed.to_owned() });
        };
        if meant.iter().all(|(_, place)| is_one_clock(first, place, now)) {
            return Ok(first.zone.clone());
        }
        Err(ZoneError::Several { typed: typed.to_owned(), candidates: list(&meant, |_| false, now) })
    }

    /// Every place that fits, the closest first, in the table's order where they fit alike.
    fn find(&self, typed: &str, now: Timestamp) -> Vec<(Fit, &Place)> {
        if let Some(offset) = parse_offset(typed) {
            let is_there = |place: &&Place| place.zone.offset(now) == offset;
            let there = self.places.iter().filter(is_there);
            return there.map(|place| (Fit::Offset, place)).collect();
        }
        let folded = fold(typed);
        if folded.is_empty() {
            return Vec::new();
        }
        let exact = named(typed.trim());
        let fit = |place: &Place| {
            let by_zone = (exact.as_ref() == Some(&place.zone)).then_some(Fit::ZoneName);
            let by_words = place.fit(&folded, now);
            by_zone.into_iter().chain(by_words).min()
        };
        let mut found: Vec<_> = self.places.iter().filter_map(|place| Some((fit(place)?, place))).collect();
        found.sort_by_key(|(fit, _)| *fit);
        found
    }
}

/// One place for each zone, and every place whose fit is `repeated` although its zone is there already.
fn list(found: &[(Fit, &Place)], repeated: fn(Fit) -> bool, now: Timestamp) -> Vec<ZoneMatch> {
    let mut listed: Vec<ZoneMatch> = Vec::new();
    for (fit, place) in found {
        if repeated(*fit) || listed.iter().all(|known| known.zone != place.zone) {
            listed.push(of_place(place, now));
        }
    }
    listed.truncate(MOST_OFFERED);
    listed
}

/// A city's whole name beats all, and any whole name beats what merely begins so: `India` is not Indianapolis.
fn closest(mut found: Vec<(Fit, &Place)>) -> Vec<(Fit, &Place)> {
    let best = found.first().map(|(fit, _)| *fit);
    match best {
        Some(Fit::City) => found.retain(|(fit, _)| *fit == Fit::City),
        Some(fit) if fit.is_whole_name() => found.retain(|(fit, _)| fit.is_whole_name()),
        _ => {}
    }
    found
}

/// Two countries may part at any time, so agreeing clocks count within one only.
fn is_one_clock(one: &Place, other: &Place, now: Timestamp) -> bool {
    one.zone == other.zone || (one.country == other.country && one.zone.agrees_with(&other.zone, now))
}

fn of_place(place: &Place, now: Timestamp) -> ZoneMatch {
    let Place { city, country, zone, .. } = place;
    let clock = clock(zone, now);
    let label = if city == country {
        format!("{city} ({}), now {clock}", zone.name())
    } else {
        format!("{city}, {country} ({}), now {clock}", zone.name())
    };
    ZoneMatch { zone: zone.clone(), label }
}

/// The fixed zones whose name is typed or begun.
fn fixed_zones(typed: &str, now: Timestamp) -> impl Iterator<Item = ZoneMatch> {
    let typed = typed.trim();
    let whole = named(typed).filter(Zone::is_fixed);
    let begun = FIXED_OFFERED.into_iter().filter(move |name| starts_with(name, typed));
    whole.into_iter().chain(begun.filter_map(named)).map(move |zone| {
        let label = format!("{} (no summer time), now {}", zone.name(), clock(&zone, now));
        ZoneMatch { zone, label }
    })
}

fn starts_with(name: &str, typed: &str) -> bool {
    name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

fn clock(zone: &Zone, now: Timestamp) -> String {
    let local = zone.local(now);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

#[cfg(test)]
mod tests;
