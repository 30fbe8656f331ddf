//! Schedules at clock changes, as tables of what is expected. Every change of the world is `tests/it/schedule.rs`.

use jiff::civil::date;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn schedule(time: &str, zone: &str, days: &str) -> Schedule {
    Schedule {
        time: LocalTime::parse(time).unwrap(),
        zone: Zone::parse(zone).unwrap(),
        days: Days::parse(days).unwrap(),
    }
}

fn due_at(zone: &str, day: &str, time: &str) -> Option<Timestamp> {
    schedule(time, zone, "daily").due_at(day.parse().unwrap())
}

#[test]
fn a_time_that_a_clock_change_skips_is_due_at_the_change() {
    for (zone, day, time, due) in [
        ("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00Z"),
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00Z"),
        ("America/New_York", "2026-03-08", "02:59", "2026-03-08T07:00Z"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z"),
        ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:00Z"),
        ("Africa/Casablanca", "2025-04-06", "02:30", "2025-04-06T02:00Z"),
    ] {
        assert_eq!(due_at(zone, day, time), Some(at(due)), "{zone} {day} {time}");
    }
}

#[test]
fn a_skipped_time_before_midnight_is_due_when_the_next_date_begins() {
    for (zone, day, due) in [
        ("America/Nuuk", "2024-03-30", "2024-03-31T01:00Z"),
        ("America/Nuuk", "2026-03-28", "2026-03-29T01:00Z"),
        ("America/Scoresbysund", "2025-03-29", "2025-03-30T01:00Z"),
    ] {
        assert_eq!(due_at(zone, day, "23:30"), Some(at(due)), "{zone} {day}");
    }
}

#[test]
fn a_time_that_comes_twice_is_due_at_its_first_pass() {
    for (zone, day, time, due) in [
        ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30Z"),
        ("America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00Z"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z"),
        ("Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T20:30Z"),
        ("Africa/Casablanca", "2025-02-23", "02:30", "2025-02-23T01:30Z"),
        ("America/Nuuk", "2026-10-24", "23:30", "2026-10-25T00:30Z"),
        ("America/Scoresbysund", "2026-10-24", "23:30", "2026-10-25T00:30Z"),
    ] {
        assert_eq!(due_at(zone, day, time), Some(at(due)), "{zone} {day} {time}");
    }
}

#[test]
fn times_beside_a_clock_change_and_without_one_are_what_the_clock_shows() {
    for (zone, day, time, due) in [
        ("America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59Z"),
        ("America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00Z"),
        ("America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00Z"),
        ("America/Nuuk", "2026-03-29", "00:00", "2026-03-29T01:00Z"),
        ("Asia/Kathmandu", "2026-03-29", "09:00", "2026-03-29T03:15Z"),
        ("America/Nuuk", "2023-10-28", "23:45", "2023-10-29T01:45Z"),
        ("UTC", "2026-03-29", "01:30", "2026-03-29T01:30Z"),
    ] {
        assert_eq!(due_at(zone, day, time), Some(at(due)), "{zone} {day} {time}");
    }
}

#[test]
fn a_date_that_the_zone_skips_whole_has_no_slot_and_its_neighbours_keep_theirs() {
    for time in ["00:00", "09:00", "23:59"] {
        assert_eq!(due_at("Pacific/Apia", "2011-12-30", time), None, "{time}");
        assert_eq!(due_at("Pacific/Kwajalein", "1993-08-21", time), None, "{time}");
    }
    let before = due_at("Pacific/Apia", "2011-12-29", "23:30");
    assert_eq!(before, Some(at("2011-12-30T09:30Z")));
    let after = due_at("Pacific/Apia", "2011-12-31", "00:00");
    assert_eq!(after, Some(at("2011-12-30T10:00Z")));
}

#[test]
fn a_skipped_date_takes_no_occurrence_and_gives_none_away() {
    let daily = schedule("9:00", "Pacific/Apia", "daily");
    let days = daily.upcoming(at("2011-12-28T00:00Z")).map(|slot| slot.day);
    let expected = [date(2011, 12, 28), date(2011, 12, 29), date(2011, 12, 31)];
    assert_eq!(days.take(3).collect::<Vec<_>>(), expected);

    let fridays = schedule("9:00", "Pacific/Apia", "fri");
    let next = fridays.next_after(at("2011-12-24T00:00Z")).unwrap();
    assert_eq!(next.day, date(2012, 1, 6));
}

#[test]
fn a_saturday_whose_evening_is_skipped_keeps_its_post_and_sunday_its_own() {
    let evenings = schedule("23:30", "America/Nuuk", "daily");
    let slots: Vec<_> = evenings.upcoming(at("2026-03-29T00:59:59Z")).take(2).collect();
    let saturday = Occurrence { due_at: at("2026-03-29T01:00Z"), day: date(2026, 3, 28) };
    let sunday = Occurrence { due_at: at("2026-03-30T00:30Z"), day: date(2026, 3, 29) };
    assert_eq!(slots, [saturday, sunday]);

    let saturdays = schedule("23:30", "America/Nuuk", "sat");
    let next = saturdays.next_after(at("2026-03-29T00:30Z"));
    assert_eq!(next, Some(saturday));
    let after = saturdays.next_after(saturday.due_at).unwrap();
    assert_eq!(after.day, date(2026, 4, 4));
}

#[test]
fn the_second_pass_of_a_repeated_time_is_no_slot() {
    let nights = schedule("1:30", "Europe/London", "daily");
    let first_pass = nights.next_after(at("2026-10-25T00:00Z")).unwrap();
    assert_eq!(first_pass.due_at, at("2026-10-25T00:30Z"));
    let next = nights.next_after(first_pass.due_at).unwrap();
    assert_eq!(next.day, date(2026, 10, 26));
}

#[test]
fn the_next_occurrence_is_strictly_later_and_on_one_of_the_days() {
    let weekdays = schedule("9:00", "Europe/Berlin", "weekdays");
    let friday = weekdays.next_after(at("2026-01-16T07:59:59.999Z")).unwrap();
    assert_eq!((friday.due_at, friday.day), (at("2026-01-16T08:00Z"), date(2026, 1, 16)));
    let monday = weekdays.next_after(friday.due_at).unwrap();
    assert_eq!((monday.due_at, monday.day), (at("2026-01-19T08:00Z"), date(2026, 1, 19)));
}

#[test]
fn today_is_the_date_of_the_zone() {
    let now = at("2026-01-16T12:00Z");
    assert_eq!(schedule("9:00", "Pacific/Kiritimati", "daily").today(now), date(2026, 1, 17));
    assert_eq!(schedule("9:00", "Pacific/Niue", "daily").today(now), date(2026, 1, 16));
}

#[test]
fn a_slot_may_be_late_by_six_hours_or_until_the_next_one() {
    let daily = schedule("9:00", "UTC", "daily");
    let slot = daily.next_after(at("2026-01-16T00:00Z")).unwrap();
    assert_eq!(daily.window_ends_at(&slot), at("2026-01-16T15:00Z"));

    let by_hand = Occurrence { due_at: at("2026-01-16T08:00Z"), day: slot.day };
    assert_eq!(daily.window_ends_at(&by_hand), at("2026-01-16T14:00Z"));
    let late_by_hand = Occurrence { due_at: at("2026-01-17T08:00+05:00"), day: slot.day };
    assert_eq!(daily.window_ends_at(&late_by_hand), at("2026-01-17T09:00Z"));
    let fridays = schedule("9:00", "UTC", "fri");
    assert_eq!(fridays.window_ends_at(&slot), at("2026-01-16T15:00Z"));
}

#[test]
fn at_the_end_of_the_calendar_occurrences_end() {
    let daily = schedule("9:00", "America/New_York", "daily");
    assert_eq!(daily.next_after(Timestamp::MAX), None);
    let almost = Timestamp::MAX.checked_sub(SignedDuration::from_hours(72)).unwrap();
    assert!(daily.upcoming(almost).count() < 4);
}
