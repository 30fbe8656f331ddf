//! The streak: on how many of the days with something to answer a person answered, one after the other.
//!
//! - **A day** is the local date of a post that was sent in a channel whose daily question this person has answered before. Several
//!   channels on one date are one day. A date without a post (paused, not among the days, skipped) is none.
//! - **It can be answered** from the beginning of its date in the channel's zone until 24 hours after its end; with several channels from
//!   the earliest beginning to the latest end. A change of zone or of the clocks moves these instants, never the date.
//! - **Any answer counts**, to any question, and for one day only. First it is its own day's: that of the post that it answers or, where it
//!   answers none or one that can't be answered any more, that of the newest post when it came. Where its own day has an answer already,
//!   it makes up for the earliest that can still be answered: after a missed Monday, an answer on Tuesday is Tuesday's, and a second one
//!   on Tuesday is Monday's. Were it the other way round, a missed day would wander through all that follow, and end where it is too late.
//! - **A missed day** ends the streak, but for the first two of a calendar month: these skips are free, they add nothing and break nothing.
//!   They are the first two missed days whether or not there was a streak to save, as otherwise one more answer could make a streak shorter.
//! - **An open day**, one that can still be answered and has no answer, neither counts nor breaks anything.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::domain::id::ChannelId;
use crate::domain::zone::Zone;

/// How many missed days of a calendar month break nothing.
pub const FREE_SKIPS: u32 = 2;

/// How long after a date's end it can still be answered.
const REPAIR: SignedDuration = SignedDuration::from_hours(24);

/// A post that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostDay {
    /// The date that it was for.
    pub day: Date,
    /// The channel's zone then.
    pub zone: Zone,
    /// When it came.
    pub sent_at: Timestamp,
}

/// An answer, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answered {
    /// When it came.
    pub at: Timestamp,
    /// The date of the post that it answers, where it answers one.
    pub day: Option<Date>,
}

/// A channel whose daily question a person has answered.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The channel.
    pub channel: ChannelId,
    /// When the person answered one of its posts for the first time.
    pub first_at: Timestamp,
    /// When they did so last.
    pub last_at: Timestamp,
    /// What was sent there, beginning with the post that was answered first; the oldest first.
    pub posts: Vec<PostDay>,
}

impl Followed {
    /// The posts that count for the person: from the one answered first on or, where that was out of time by then, from the date of the
    /// answer. Nothing that was sent to people who had not begun is ever missed.
    fn counted(&self) -> impl Iterator<Item = &PostDay> {
        let since = self.posts.first().map(|first| match Window::of(first) {
            Some(window) if !window.is_over(self.first_at) => first.day,
            _ => first.zone.local(self.first_at).date(),
        });
        self.posts.iter().filter(move |post| since.is_some_and(|since| post.day >= since))
    }
}

/// How a person stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    /// How many days were answered since the last break.
    pub current: u32,
    /// The most that it ever was.
    pub longest: u32,
    /// How many of this month's free skips are used, at most [`FREE_SKIPS`].
    pub skips_used: u32,
    /// The days that can still be answered and have no answer, the earliest first.
    pub open: Vec<Open>,
}

/// A day that can still be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its date.
    pub day: Date,
    /// Until just before when.
    pub until: Timestamp,
}

impl Streak {
    /// Works it out from all answers, the oldest first. `today` says which month it is. `None` where there was no day yet, as for somebody
    /// who only practises.
    #[must_use]
    pub fn of(channels: &[Followed], answers: &[Answered], today: Date, now: Timestamp) -> Option<Streak> {
        let mut days = days(channels);
        if days.is_empty() {
            return None;
        }
        for answer in answers {
            give(&mut days, answer);
        }
        let mut streak = Streak::default();
        let mut missed: HashMap<(i16, i8), u32> = HashMap::new();
        for (date, day) in &days {
            if day.is_answered {
                streak.current += 1;
                streak.longest = streak.longest.max(streak.current);
            } else if !day.window.is_over(now) {
                streak.open.push(Open { day: *date, until: day.window.ends_at });
            } else {
                let missed = missed.entry((date.year(), date.month())).or_default();
                *missed += 1;
                if *missed > FREE_SKIPS {
                    streak.current = 0;
                }
            }
        }
        let this_month = missed.get(&(today.year(), today.month())).copied().unwrap_or_default();
        streak.skips_used = this_month.min(FREE_SKIPS);
        Some(streak)
    }
}

/// When a day can be answered: from the first instant until before the second.
#[derive(Clone, Copy, Debug)]
struct Window {
    begins_at: Timestamp,
    ends_at: Timestamp,
}

impl Window {
    /// `None` only at the ends of the range of years.
    fn of(post: &PostDay) -> Option<Window> {
        let begins_at = post.zone.begins_at(post.day)?;
        let ends_at = post.zone.begins_at(post.day.tomorrow().ok()?)?.checked_add(REPAIR).ok()?;
        Some(Window { begins_at, ends_at })
    }

    fn is_over(self, at: Timestamp) -> bool {
        at >= self.ends_at
    }

    fn holds(self, at: Timestamp) -> bool {
        self.begins_at <= at && !self.is_over(at)
    }

    fn widened(self, other: Window) -> Window {
        Window { begins_at: self.begins_at.min(other.begins_at), ends_at: self.ends_at.max(other.ends_at) }
    }
}

struct Day {
    window: Window,
    /// When the first of its posts came.
    sent_at: Timestamp,
    is_answered: bool,
}

impl Day {
    fn widened(&self, other: &Day) -> Day {
        Day { window: self.window.widened(other.window), sent_at: self.sent_at.min(other.sent_at), ..*self }
    }
}

/// The days with something to answer, each once.
fn days(channels: &[Followed]) -> BTreeMap<Date, Day> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for post in channels.iter().flat_map(Followed::counted) {
        let Some(window) = Window::of(post) else { continue };
        let day = Day { window, sent_at: post.sent_at, is_answered: false };
        days.entry(post.day).and_modify(|known| *known = known.widened(&day)).or_insert(day);
    }
    days
}

/// Counts an answer for its own day or, where that has one already, for the earliest that it can be for and that has none.
fn give(days: &mut BTreeMap<Date, Day>, answer: &Answered) {
    let own = own_day(days, answer);
    let open = days.range_mut(around(answer.at)).filter(|(_, day)| !day.is_answered && day.window.holds(answer.at));
    if let Some((_, day)) = open.min_by_key(|(date, _)| (Some(**date) != own, **date)) {
        day.is_answered = true;
    }
}

/// That of the post which it answers, while that can be answered; else that of the newest post by then.
fn own_day(days: &BTreeMap<Date, Day>, answer: &Answered) -> Option<Date> {
    let of_its_post = answer.day.filter(|date| days.get(date).is_some_and(|day| day.window.holds(answer.at)));
    let mut sent = days.range(around(answer.at)).rev().filter(|(_, day)| day.sent_at <= answer.at);
    of_its_post.or_else(|| sent.next().map(|(date, _)| *date))
}

/// The dates that an answer can be for: no zone is as far as two days away from UTC, and a window ends two days after its date begins.
fn around(at: Timestamp) -> RangeInclusive<Date> {
    let date = Offset::UTC.to_datetime(at).date();
    date.saturating_sub(4.days())..=date.saturating_add(2.days())
}

#[cfg(test)]
mod tests;
