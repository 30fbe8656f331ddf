//! When a daily question is due: a local time on some weekdays in a zone, right across every change of the clocks.
//!
//! A slot belongs to the local date that was meant. Where a clock change skips its time, it is due at the change
//! itself, even when the next date has begun by then; where its time comes twice, the first pass counts; a date that
//! the zone skips whole has no slot. Nothing here knows what was posted.

mod days;
mod local_time;

pub use days::{Days, DaysError};
pub use local_time::{LocalTime, LocalTimeError};

use std::iter;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::zone::Zone;

/// How long after its time a slot may still be posted, unless the next one comes first.
const WINDOW: SignedDuration = SignedDuration::from_hours(6);

/// A local time in a zone on certain weekdays.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Schedule {
    /// What clocks show when a slot is due.
    pub time: LocalTime,
    /// Whose clocks.
    pub zone: Zone,
    /// On which weekdays of that zone.
    pub days: Days,
}

/// A slot: an instant that a schedule yields, and the local date it is meant for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Occurrence {
    /// When it is due.
    pub due_at: Timestamp,
    /// The date that was meant, which is over by `due_at` where a clock change skips the end of it.
    pub day: Date,
}

impl Schedule {
    /// The instant of the slot of a local date, whether or not its weekday is among `days`. None where the zone skips
    /// the whole date, or at the ends of jiff's range of years.
    #[must_use]
    pub fn due_at(&self, day: Date) -> Option<Timestamp> {
        let begins_at = self.zone.begins_at(day)?;
        if self.today(begins_at) > day {
            return None;
        }
        self.zone.first_reaching(self.time.on(day))
    }

    /// The first slot strictly after an instant. None only at the end of jiff's range of years.
    #[must_use]
    pub fn next_after(&self, now: Timestamp) -> Option<Occurrence> {
        // No earlier date can still have one: its clocks have shown every time of it, or have jumped over it.
        let first = self.today(now);
        iter::successors(Some(first), |day| day.tomorrow().ok())
            .filter(|day| self.days.contains(day.weekday()))
            .filter_map(|day| {
                let due_at = self.due_at(day)?;
                Some(Occurrence { due_at, day })
            })
            .find(|slot| slot.due_at > now)
    }

    /// Every slot strictly after an instant, in order.
    pub fn upcoming(&self, now: Timestamp) -> impl Iterator<Item = Occurrence> {
        iter::successors(self.next_after(now), |slot| self.next_after(slot.due_at))
    }

    /// The local date at an instant.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Date {
        self.zone.local(now).date()
    }

    /// Until when a slot may still be posted: six hours after its time, or the next day's slot, whichever comes first.
    #[must_use]
    pub fn window_ends_at(&self, slot: &Occurrence) -> Timestamp {
        let late = slot.due_at.checked_add(WINDOW).unwrap_or(Timestamp::MAX);
        let next = self.upcoming(slot.due_at).find(|next| next.day != slot.day);
        next.map_or(late, |next| late.min(next.due_at))
    }
}

#[cfg(test)]
mod tests;
