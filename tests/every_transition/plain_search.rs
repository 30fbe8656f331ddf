//! The rule for clock changes in its plainest form, to compare schedules with: walk over the minutes, look at the clock,
//! and stop at the first that shows the wanted time or a later one.
//!
//! It asks the time library only what offset holds at an instant, never which instant a local time is. Shared by the
//! test of a sample and the program that goes through every change.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use starling::domain::schedule::{Days, LocalTime, Occurrence, Schedule};
use starling::domain::zone::Zone;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const QUARTER: SignedDuration = SignedDuration::from_mins(15);

/// 2020-01-01 and 2041-01-01, both at 00:00 UTC.
const YEARS: [Timestamp; 2] = [Timestamp::constant(1_577_836_800, 0), Timestamp::constant(2_240_524_800, 0)];

/// A change of a zone's clocks.
pub(crate) struct Change {
    /// The zone's IANA name.
    pub(crate) zone: String,
    time_zone: TimeZone,
    at: Timestamp,
}

/// What came of looking at the local times around one change or several.
#[derive(Default)]
pub(crate) struct Comparison {
    /// How many dates with a time were looked at.
    pub(crate) slots: usize,
    /// One line for each where the schedule and the plain search differ.
    pub(crate) differences: Vec<String>,
}

impl Comparison {
    pub(crate) fn add(&mut self, other: Comparison) {
        self.slots += other.slots;
        self.differences.extend(other.differences);
    }
}

/// Each change from 2020 to 2040 of each zone of the bundled database; of zones that change alike, of one.
pub(crate) fn every_change() -> Vec<Change> {
    let database = TimeZoneDatabase::bundled();
    let mut known = HashSet::new();
    let mut changes = Vec::new();
    for zone in database.available().map(|name| name.as_str().to_owned()) {
        let Ok(time_zone) = database.get(&zone) else {
            continue;
        };
        let history = history(&time_zone);
        if known.insert(history.clone()) {
            changes.extend(history.into_iter().skip(1).map(|(at, _)| Change {
                zone: zone.clone(),
                time_zone: time_zone.clone(),
                at,
            }));
        }
    }
    changes
}

/// The seconds east of UTC at the start of the years, then from each change on.
fn history(time_zone: &TimeZone) -> Vec<(Timestamp, i32)> {
    let [first, end] = YEARS;
    let changes = time_zone.following(first).map(|change| change.timestamp()).take_while(|at| *at < end);
    std::iter::once(first).chain(changes).map(|at| (at, time_zone.to_offset(at).seconds())).collect()
}

/// Compares schedules with the plain search at each minute of the three hours and each quarter of an hour of the two
/// days on either side of a change.
pub(crate) fn compare(change: &Change) -> Comparison {
    let expected = plain_search(change, &wanted_around(change));
    let mut comparison = Comparison::default();
    for wanted in expected.keys() {
        comparison.slots += 1;
        if let Some(difference) = difference(&change.zone, *wanted, &expected) {
            let line = format!("{} {wanted}: {difference}", change.zone);
            comparison.differences.push(line);
        }
    }
    comparison
}

/// The first instant at whose wall clock each wanted local time is reached; none where its date never comes.
fn plain_search(change: &Change, wanted: &BTreeSet<DateTime>) -> BTreeMap<DateTime, Option<Timestamp>> {
    let walk: Vec<(Timestamp, DateTime)> = minutes_around(change.at)
        .map(|instant| (instant, change.time_zone.to_offset(instant).to_datetime(instant)))
        .collect();
    let dates: BTreeSet<Date> = walk.iter().map(|(_, wall)| wall.date()).collect();
    // Later local times are never reached sooner, so that one walk serves them all in turn.
    let mut steps = walk.iter().peekable();
    let mut found = BTreeMap::new();
    for wanted in wanted {
        while steps.next_if(|(_, wall)| wall < wanted).is_some() {}
        let reached = steps.peek().map(|(instant, _)| *instant);
        found.insert(*wanted, reached.filter(|_| dates.contains(&wanted.date())));
    }
    found
}

/// Each minute of the four days on either side: whole ones, as every change since 2020 falls on.
fn minutes_around(at: Timestamp) -> impl Iterator<Item = Timestamp> {
    let four_days = SignedDuration::from_hours(4 * 24);
    let end = at + four_days;
    std::iter::successors(Some(at - four_days), |instant| Some(*instant + MINUTE))
        .take_while(move |instant| *instant <= end)
}

fn wanted_around(change: &Change) -> BTreeSet<DateTime> {
    let just_before = change.at - SignedDuration::from_nanos(1);
    let sides = [just_before, change.at].map(|instant| {
        let offset = change.time_zone.to_offset(instant);
        offset.to_datetime(change.at)
    });
    let (first, last) = (sides[0].min(sides[1]), sides[0].max(sides[1]));
    let mut wanted = BTreeSet::new();
    for (step, hours) in [(MINUTE, 3), (QUARTER, 2 * 24)] {
        let reach = SignedDuration::from_hours(hours);
        let steps = std::iter::successors(Some(first - reach), |wall| Some(*wall + step));
        wanted.extend(steps.take_while(|wall| *wall <= last + reach));
    }
    wanted
}

/// How a schedule differs from what is expected: in its slot of that date, or in what is next just before it and after.
fn difference(zone: &str, wanted: DateTime, expected: &BTreeMap<DateTime, Option<Timestamp>>) -> Option<String> {
    let Some(schedule) = every_day_at(zone, wanted) else {
        return Some("no schedule can be made of it".to_owned());
    };
    let slot_of = |wanted: DateTime| -> Option<Occurrence> {
        let due_at = (*expected.get(&wanted)?)?;
        Some(Occurrence { due_at, day: wanted.date() })
    };
    let slot = slot_of(wanted);
    let answer = schedule.due_at(wanted.date());
    if answer != slot.map(|slot| slot.due_at) {
        return Some(format!("due at {answer:?}, expected {slot:?}"));
    }
    let due_at = slot?.due_at;
    let before = schedule.next_after(due_at - SignedDuration::from_nanos(1));
    if before != slot {
        return Some(format!("just before it {before:?}, expected {slot:?}"));
    }
    let next = slot_of(wanted.checked_add(SignedDuration::from_hours(24)).ok()?)?;
    let after = schedule.next_after(due_at);
    (after != Some(next)).then(|| format!("just after it {after:?}, expected {next:?}"))
}

fn every_day_at(zone: &str, wanted: DateTime) -> Option<Schedule> {
    let minute_of_day = i16::from(wanted.hour()) * 60 + i16::from(wanted.minute());
    Some(Schedule {
        time: LocalTime::from_minute_of_day(u16::try_from(minute_of_day).ok()?)?,
        zone: Zone::parse(zone).ok()?,
        days: Days::EVERY_DAY,
    })
}
