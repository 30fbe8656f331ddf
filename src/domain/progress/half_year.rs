//! How many answers each day of the last half year has. Knows nothing of the picture that is drawn of it.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{Past, date};

/// How many weeks it has, this one included.
pub const WEEKS: usize = 26;

/// The days of a week.
const DAYS: usize = 7;

/// The last half year, in whole weeks from Monday on; of this week only the days until today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfYear {
    /// Its first day, a Monday.
    pub first: Date,
    /// Its last day, today.
    pub last: Date,
    /// How many answers each day has, from the first to the last.
    pub days: Vec<u32>,
}

impl HalfYear {
    /// Counts a person's answers, by the person's dates.
    #[must_use]
    pub fn of(past: &Past, now: Timestamp) -> HalfYear {
        let zone = past.zone();
        let last = date(zone, now);
        let this_week = usize::try_from(last.weekday().to_monday_zero_offset()).unwrap_or_default();
        let before_today = (WEEKS - 1) * DAYS + this_week;
        let first = last.saturating_sub(i64::try_from(before_today).unwrap_or_default().days());
        let mut days = vec![0; before_today + 1];
        // The newest stand last, and dates run with them.
        let dates = past.answers.iter().rev().map(|answer| date(zone, answer.at)).take_while(|date| *date >= first);
        for date in dates {
            let place = usize::try_from((date - first).get_days()).ok();
            if let Some(count) = place.and_then(|place| days.get_mut(place)) {
                *count += 1;
            }
        }
        HalfYear { first, last, days }
    }

    /// Each day with its number of answers, the oldest first.
    pub fn dated(&self) -> impl Iterator<Item = (Date, u32)> {
        self.first.series(1.day()).zip(self.days.iter().copied())
    }

    /// How many answers each week has, the oldest first.
    #[must_use]
    pub fn weeks(&self) -> Vec<u32> {
        self.days.chunks(DAYS).map(|week| week.iter().sum()).collect()
    }

    /// How many answers there are in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.days.iter().sum()
    }

    /// On how many days there is any.
    #[must_use]
    pub fn active_days(&self) -> usize {
        self.days.iter().filter(|count| **count > 0).count()
    }

    /// The day with the most answers, the newest of several. `None` where there is no answer.
    #[must_use]
    pub fn busiest(&self) -> Option<(Date, u32)> {
        self.dated().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ChannelId;
    use crate::domain::progress::{Answered, Followed, PostDay};
    use crate::domain::zone::Zone;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// Answers of somebody who answered a channel of this zone last.
    fn past(zone: Option<&str>, answers: &[&str]) -> Past {
        let answers: Vec<_> = answers.iter().map(|text| Answered { at: at(text), day: None }).collect();
        let follow = |name: &str| {
            let (day, zone, sent_at) = ("2026-01-05".parse().unwrap(), Zone::parse(name).unwrap(), answers[0].at);
            let posts = vec![PostDay { day, zone, sent_at }];
            Followed { channel: ChannelId(1), first_at: sent_at, last_at: sent_at, posts }
        };
        Past { channels: zone.map(follow).into_iter().collect(), answers, ..Past::default() }
    }

    #[test]
    fn it_has_25_weeks_and_this_one_until_today() {
        for (now, first, length) in [
            ("2026-11-23T12:00Z", "2026-06-01", 25 * 7 + 1),
            ("2026-11-24T12:00Z", "2026-06-01", 25 * 7 + 2),
            ("2026-11-29T12:00Z", "2026-06-01", 26 * 7),
            ("2026-11-30T12:00Z", "2026-06-08", 25 * 7 + 1),
        ] {
            let half_year = HalfYear::of(&past(None, &[]), at(now));
            assert_eq!((half_year.first.to_string().as_str(), half_year.days.len()), (first, length), "{now}");
            assert_eq!(half_year.dated().last(), Some((half_year.last, 0)), "{now}");
            assert_eq!(half_year.weeks().len(), WEEKS, "{now}");
        }
    }

    #[test]
    fn answers_are_counted_on_the_dates_of_the_channel_that_was_answered_last() {
        let answers = ["2026-11-20T23:30Z", "2026-11-21T05:00Z", "2026-11-21T23:30Z"];
        for (zone, expected) in [
            (None, [("2026-11-20", 1), ("2026-11-21", 2)].as_slice()),
            (Some("Europe/Berlin"), &[("2026-11-21", 2), ("2026-11-22", 1)]),
            (Some("America/New_York"), &[("2026-11-20", 1), ("2026-11-21", 2)]),
            (Some("Pacific/Kiritimati"), &[("2026-11-21", 2), ("2026-11-22", 1)]),
            (Some("America/Los_Angeles"), &[("2026-11-20", 2), ("2026-11-21", 1)]),
        ] {
            let half_year = HalfYear::of(&past(zone, &answers), at("2026-11-24T12:00Z"));
            let dated: Vec<_> = half_year.dated().filter(|(_, count)| *count > 0).collect();
            let dated: Vec<_> = dated.iter().map(|(date, count)| (date.to_string(), *count)).collect();
            let expected: Vec<_> = expected.iter().map(|(date, count)| ((*date).to_owned(), *count)).collect();
            assert_eq!(dated, expected, "{zone:?}");
        }
    }

    #[test]
    fn of_channels_that_were_answered_at_the_same_time_the_one_with_the_newest_post_gives_the_dates() {
        let channel = |number, zone, day: &str| {
            let (day, zone, sent_at) = (day.parse().unwrap(), Zone::parse(zone).unwrap(), at("2026-11-20T12:00Z"));
            let posts = vec![PostDay { day, zone, sent_at }];
            Followed { channel: ChannelId(number), first_at: sent_at, last_at: sent_at, posts }
        };
        let (old, newer) = (channel(2, "America/New_York", "2026-11-20"), channel(1, "Asia/Tokyo", "2026-11-21"));
        let equal = channel(3, "Asia/Tokyo", "2026-11-20");
        for channels in [[&old, &newer], [&newer, &old], [&old, &equal], [&equal, &old]] {
            let past = Past { channels: channels.map(Clone::clone).to_vec(), ..past(None, &[]) };
            let tokyo = HalfYear::of(&past, at("2026-11-23T16:00Z")).last;
            assert_eq!(tokyo, "2026-11-24".parse().unwrap(), "{channels:?}");
        }
    }

    #[test]
    fn what_is_older_is_left_out_and_the_busiest_day_is_told() {
        let answers = ["2026-05-31T12:00Z", "2026-06-01T00:00Z", "2026-09-01T10:00Z", "2026-09-01T11:00Z"];
        let half_year = HalfYear::of(&past(None, &answers), at("2026-11-24T12:00Z"));
        assert_eq!((half_year.total(), half_year.active_days()), (3, 2));
        assert_eq!(half_year.busiest(), Some(("2026-09-01".parse().unwrap(), 2)));
        assert_eq!(HalfYear::of(&past(None, &[]), at("2026-11-24T12:00Z")).busiest(), None);
    }
}
