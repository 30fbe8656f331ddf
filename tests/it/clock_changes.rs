//! A daily question over changes of the clocks, by a table that was written by hand: posted once a local date, at the instant that the
//! rule names.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sandbox::made_at_ms;
use starling::domain::bank::QuestionBank;
use starling::domain::daily::Daily;
use starling::domain::id::{ChannelId, GuildId};
use starling::domain::schedule::{LocalTime, Schedule};
use starling::domain::zone::Zone;
use starling::store::Choice;
use tokio::task::JoinSet;

use crate::store::{daily, every_database, put};
use crate::stories::world::Story;

/// A zone, a local time, and its posts in order: the local date that is meant, and the instant in UTC.
type Row = (&'static str, &'static str, [(&'static str, &'static str); 3]);

/// Since Discord counts.
const OF_OUR_TIME: [Row; 15] = [
    // From 01:00 to 02:00, and from 02:00 back to 01:00.
    (
        "Europe/London",
        "01:30",
        [("2026-03-28", "2026-03-28T01:30Z"), ("2026-03-29", "2026-03-29T01:00Z"), ("2026-03-30", "2026-03-30T00:30Z")],
    ),
    (
        "Europe/London",
        "01:30",
        [("2026-10-24", "2026-10-24T00:30Z"), ("2026-10-25", "2026-10-25T00:30Z"), ("2026-10-26", "2026-10-26T01:30Z")],
    ),
    // From 02:00 to 03:00, and from 02:00 back to 01:00.
    (
        "America/New_York",
        "02:30",
        [("2026-03-07", "2026-03-07T07:30Z"), ("2026-03-08", "2026-03-08T07:00Z"), ("2026-03-09", "2026-03-09T06:30Z")],
    ),
    (
        "America/New_York",
        "01:30",
        [("2026-10-31", "2026-10-31T05:30Z"), ("2026-11-01", "2026-11-01T05:30Z"), ("2026-11-02", "2026-11-02T06:30Z")],
    ),
    // By half an hour: from 02:00 to 02:30, and from 02:00 back to 01:30.
    (
        "Australia/Lord_Howe",
        "02:15",
        [("2026-10-03", "2026-10-02T15:45Z"), ("2026-10-04", "2026-10-03T15:30Z"), ("2026-10-05", "2026-10-04T15:15Z")],
    ),
    (
        "Australia/Lord_Howe",
        "01:45",
        [("2026-04-04", "2026-04-03T14:45Z"), ("2026-04-05", "2026-04-04T14:45Z"), ("2026-04-06", "2026-04-05T15:15Z")],
    ),
    // From midnight to 01:00, and from midnight back to 23:00 of the day before.
    (
        "Africa/Cairo",
        "00:30",
        [("2026-04-23", "2026-04-22T22:30Z"), ("2026-04-24", "2026-04-23T22:00Z"), ("2026-04-25", "2026-04-24T21:30Z")],
    ),
    (
        "Africa/Cairo",
        "23:30",
        [("2026-10-28", "2026-10-28T20:30Z"), ("2026-10-29", "2026-10-29T20:30Z"), ("2026-10-30", "2026-10-30T21:30Z")],
    ),
    // Never by now, and five hours and three quarters ahead.
    (
        "Asia/Kathmandu",
        "00:10",
        [("2026-03-28", "2026-03-27T18:25Z"), ("2026-03-29", "2026-03-28T18:25Z"), ("2026-03-30", "2026-03-29T18:25Z")],
    ),
    // For the last time: from 03:00 to 04:00, and from 04:00 back to 03:00.
    (
        "Pacific/Apia",
        "03:30",
        [("2020-09-26", "2020-09-25T14:30Z"), ("2020-09-27", "2020-09-26T14:00Z"), ("2020-09-28", "2020-09-27T13:30Z")],
    ),
    (
        "Pacific/Apia",
        "03:30",
        [("2021-04-03", "2021-04-02T13:30Z"), ("2021-04-04", "2021-04-03T13:30Z"), ("2021-04-05", "2021-04-04T14:30Z")],
    ),
    // Around Ramadan: from 03:00 back to 02:00, and from 02:00 to 03:00.
    (
        "Africa/Casablanca",
        "02:30",
        [("2026-02-14", "2026-02-14T01:30Z"), ("2026-02-15", "2026-02-15T01:30Z"), ("2026-02-16", "2026-02-16T02:30Z")],
    ),
    (
        "Africa/Casablanca",
        "02:30",
        [("2026-03-21", "2026-03-21T02:30Z"), ("2026-03-22", "2026-03-22T02:00Z"), ("2026-03-23", "2026-03-23T01:30Z")],
    ),
    // From 23:00 to midnight: the gap ends when the next date begins, and that has a post of its own.
    (
        "America/Nuuk",
        "23:30",
        [("2026-03-27", "2026-03-28T01:30Z"), ("2026-03-28", "2026-03-29T01:00Z"), ("2026-03-29", "2026-03-30T00:30Z")],
    ),
    // From midnight back to 23:00.
    (
        "America/Nuuk",
        "23:30",
        [("2026-10-23", "2026-10-24T00:30Z"), ("2026-10-24", "2026-10-25T00:30Z"), ("2026-10-25", "2026-10-26T01:30Z")],
    ),
];

/// And before.
const OF_OLD: [Row; 3] = [
    // There was no 30 December: it was skipped whole, to come over the date line.
    (
        "Pacific/Apia",
        "09:00",
        [("2011-12-28", "2011-12-28T19:00Z"), ("2011-12-29", "2011-12-29T19:00Z"), ("2011-12-31", "2011-12-30T19:00Z")],
    ),
    (
        "Pacific/Apia",
        "23:59",
        [("2011-12-28", "2011-12-29T09:59Z"), ("2011-12-29", "2011-12-30T09:59Z"), ("2011-12-31", "2011-12-31T09:59Z")],
    ),
    // The year 1986 began at a quarter past midnight.
    (
        "Asia/Kathmandu",
        "00:10",
        [("1985-12-31", "1985-12-30T18:40Z"), ("1986-01-01", "1985-12-31T18:30Z"), ("1986-01-02", "1986-01-01T18:25Z")],
    ),
];

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn day(day: &str) -> Date {
    day.parse().unwrap()
}

/// So long before the first post of a row its daily question is set up, after the time of the day before.
const BEFORE: SignedDuration = SignedDuration::from_hours(20);

#[tokio::test]
async fn the_store_settles_one_slot_a_local_date_at_the_instant_of_the_rule() {
    let bank = QuestionBank::built_in().unwrap();
    for opened in every_database().await {
        let store = &opened.store;
        for (number, (zone, time, posts)) in (100..).zip(OF_OUR_TIME.into_iter().chain(OF_OLD)) {
            let channel = ChannelId(number);
            let schedule = Schedule {
                time: LocalTime::parse(time).unwrap(),
                zone: Zone::parse(zone).unwrap(),
                ..daily(number).schedule
            };
            let set_up = Daily { schedule, guild: GuildId(number), ..daily(number) };
            put(store, set_up, &(at(posts[0].1) - BEFORE).to_string()).await;
            for (date, instant) in posts {
                let (now, said) = (at(instant), format!("{zone} {time} {date}"));
                let choice = Choice { bank: &bank, fresh_seed: 7 };
                let early = store.settle(channel, choice, now - SignedDuration::from_millis(1)).await.unwrap();
                assert_eq!(early, None, "{said}: too early");
                let (_, post) = store.settle(channel, choice, now).await.unwrap().expect(&said);
                assert_eq!((post.key.day, post.due_at), (day(date), now), "{said}");
                assert_eq!(store.settle(channel, choice, now).await.unwrap(), None, "{said}: twice");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_posts_once_a_local_date_at_the_instant_of_the_rule() {
    let mut stories = JoinSet::new();
    for row in OF_OUR_TIME {
        stories.spawn(posts_as_in(row));
    }
    stories.join_all().await;
}

async fn posts_as_in((zone, time, posts): Row) {
    let story = Story::begins(&(at(posts[0].1) - BEFORE).to_string()).await;
    story.grace.runs(&format!("/daily setup channel:#general time:{time} timezone:{zone}")).await.message();
    for (count, (date, instant)) in (1..).zip(posts) {
        let due_at = at(instant);
        story.clock_reaches(&(due_at - SignedDuration::from_secs(1)).to_string());
        story.status_comes_to_say(&story.general, &due_at.strftime("Next post: %F %H:%M UTC").to_string()).await;
        story.clock_reaches(instant);
        story.status_comes_to_say(&story.general, &day(date).strftime("%a %-d %b: [posted]").to_string()).await;
        // An hour on, a time that comes twice has come again.
        story.clock_reaches(&(due_at + SignedDuration::from_hours(1)).to_string());
        story.grace.runs("/daily status channel:#general").await.message();
        let came: Vec<_> = story.general.messages().into_iter().map(|post| made_at_ms(post.id)).collect();
        assert_eq!((came.len(), came.last()), (count, Some(&due_at.as_millisecond())), "{zone} {time} {date}");
    }
    story.ends().await;
}
