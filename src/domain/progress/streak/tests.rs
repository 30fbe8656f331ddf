//! The streak as tables: what was sent, what was answered, how the person stands.

use super::*;

mod properties;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// An answer, such as `2026-05-04T12:00Z`, or `2026-05-04T12:00Z to 2026-05-03` where it is to that day's post.
fn answered(text: &str) -> Answered {
    let (instant, post) = text.split_once(" to ").map_or((text, None), |(instant, post)| (instant, Some(day(post))));
    Answered { at: at(instant), day: post }
}

/// A post at nine on each date from one to another.
fn daily(zone: &str, first: &str, last: &str) -> Vec<PostDay> {
    let (zone, last) = (Zone::parse(zone).unwrap(), day(last));
    let dates = day(first).series(1.day()).take_while(|date| *date <= last);
    dates.map(|day| PostDay { day, zone: zone.clone(), sent_at: nine(&zone, day) }).collect()
}

fn nine(zone: &Zone, day: Date) -> Timestamp {
    zone.begins_at(day).unwrap() + SignedDuration::from_hours(9)
}

fn on_weekdays(posts: Vec<PostDay>) -> Vec<PostDay> {
    posts.into_iter().filter(|post| post.day.weekday().to_monday_one_offset() < 6).collect()
}

fn but_for(posts: Vec<PostDay>, paused: &[&str]) -> Vec<PostDay> {
    posts.into_iter().filter(|post| !paused.contains(&post.day.to_string().as_str())).collect()
}

/// The same answers to all channels, each of which was answered from the beginning.
fn followed(channels: &[Vec<PostDay>], answers: &[Answered]) -> Vec<Followed> {
    let instant = |answer: Option<&Answered>| answer.map_or(Timestamp::MAX, |answer| answer.at);
    let (first_at, last_at) = (instant(answers.first()), instant(answers.last()));
    let follow = |(number, posts): (u64, &Vec<PostDay>)| Followed {
        channel: ChannelId(number),
        first_at,
        last_at,
        posts: posts.clone(),
    };
    (0..).zip(channels).map(follow).collect()
}

/// Current, longest, skips used, open days.
type Stands = (u32, u32, u32, Vec<String>);

fn stands(channels: &[Vec<PostDay>], answers: &[&str], now: &str) -> Stands {
    let answers: Vec<_> = answers.iter().map(|text| answered(text)).collect();
    let today = Offset::UTC.to_datetime(at(now)).date();
    let streak = Streak::of(&followed(channels, &answers), &answers, today, at(now)).unwrap();
    let open = streak.open.iter().map(|open| open.day.to_string()).collect();
    (streak.current, streak.longest, streak.skips_used, open)
}

fn expected(current: u32, longest: u32, skips_used: u32, open: &[&str]) -> Stands {
    (current, longest, skips_used, open.iter().map(|day| (*day).to_owned()).collect())
}

/// At noon UTC of some days of May 2026.
fn noons(days: &[u8]) -> Vec<String> {
    days.iter().map(|day| format!("2026-05-{day:02}T12:00Z")).collect()
}

fn in_may(posts: &[PostDay], days: &[u8], now: &str) -> Stands {
    let noons = noons(days);
    stands(&[posts.to_vec()], &noons.iter().map(String::as_str).collect::<Vec<_>>(), now)
}

#[test]
fn days_are_counted_one_after_the_other_and_an_open_one_breaks_nothing() {
    let posts = daily("UTC", "2026-05-04", "2026-05-07");
    for (answered, now, stands) in [
        ([4, 5, 6, 7].as_slice(), "2026-05-07T13:00Z", expected(4, 4, 0, &[])),
        (&[4, 5, 6], "2026-05-07T13:00Z", expected(3, 3, 0, &["2026-05-07"])),
        (&[4, 5], "2026-05-07T13:00Z", expected(2, 2, 0, &["2026-05-06", "2026-05-07"])),
        (&[4, 5], "2026-05-08T00:00Z", expected(2, 2, 1, &["2026-05-07"])),
        // Twice on one day counts for one day, as nothing else is open.
        (&[4, 4, 5], "2026-05-05T13:00Z", expected(2, 2, 0, &["2026-05-06", "2026-05-07"])),
    ] {
        assert_eq!(in_may(&posts, answered, now), stands, "{answered:?} at {now}");
    }
}

#[test]
fn an_answer_is_its_own_days_first_and_a_further_one_makes_up_for_what_was_missed() {
    let posts = daily("UTC", "2026-05-04", "2026-05-06");
    for (answered, now, stands) in [
        // Nothing on Tuesday the 5th; the one answer of the 6th is Wednesday's.
        ([4, 6].as_slice(), "2026-05-06T13:00Z", expected(2, 2, 0, &["2026-05-05"])),
        (&[4, 6], "2026-05-07T00:00Z", expected(2, 2, 1, &[])),
        // The second one is Tuesday's.
        (&[4, 6, 6], "2026-05-06T13:00Z", expected(3, 3, 0, &[])),
        // By Thursday it is too late for that.
        (&[4, 6, 7], "2026-05-07T13:00Z", expected(2, 2, 1, &[])),
    ] {
        assert_eq!(in_may(&posts, answered, now), stands, "{answered:?} at {now}");
    }
}

#[test]
fn an_answer_to_a_post_is_that_days_while_that_can_be_answered() {
    let posts = [daily("UTC", "2026-05-04", "2026-05-06")];
    let now = "2026-05-06T23:00Z";
    for (answers, stood) in [
        // Tuesday's post on Wednesday leaves Wednesday open.
        (["2026-05-04T12:00Z", "2026-05-06T12:00Z to 2026-05-05"].as_slice(), expected(2, 2, 0, &["2026-05-06"])),
        // Monday's can't be answered any more.
        (&["2026-05-04T12:00Z", "2026-05-06T12:00Z to 2026-05-04"], expected(2, 2, 0, &["2026-05-05"])),
        // Before Wednesday's post Tuesday's is the newest.
        (&["2026-05-04T12:00Z", "2026-05-06T08:59Z"], expected(2, 2, 0, &["2026-05-06"])),
        (&["2026-05-04T12:00Z", "2026-05-06T09:00Z"], expected(2, 2, 0, &["2026-05-05"])),
        // Always a day behind is a streak too.
        (&["2026-05-05T12:00Z to 2026-05-04", "2026-05-06T12:00Z to 2026-05-05"], expected(2, 2, 0, &["2026-05-06"])),
    ] {
        assert_eq!(stands(&posts, answers, now), stood, "{answers:?}");
    }
}

#[test]
fn a_missed_day_stays_where_it_was_missed() {
    // Missed, and no more: the 30th of April, the 12th and the 20th of May.
    let weekdays = on_weekdays(daily("UTC", "2026-04-27", "2026-05-22"));
    let answered = but_for(weekdays.clone(), &["2026-04-30", "2026-05-12", "2026-05-20"]);
    let noons: Vec<_> = answered.iter().map(|post| format!("{}T12:00Z", post.day)).collect();
    let noons: Vec<_> = noons.iter().map(String::as_str).collect();
    assert_eq!(stands(&[weekdays], &noons, "2026-05-24T12:00Z"), expected(17, 17, 2, &[]));
}

#[test]
fn whoever_answered_a_days_post_in_one_zone_has_that_day_whatever_was_posted_in_another() {
    let channels = ["Pacific/Kiritimati", "Pacific/Honolulu"].map(|zone| daily(zone, "2026-05-05", "2026-05-06"));
    // Half past nine on the 5th in Honolulu, when Kiritimati has had the 6th's post for half an hour.
    let stood = expected(1, 1, 0, &["2026-05-06"]);
    assert_eq!(stands(&channels, &["2026-05-05T19:30Z to 2026-05-05"], "2026-05-05T19:31Z"), stood);
}

#[test]
fn an_answer_counts_until_24_hours_after_the_end_of_the_date() {
    let posts = [daily("Europe/Berlin", "2026-05-04", "2026-05-05")];
    // The 5th ends in Berlin at 22:00 UTC.
    for (late, stood) in [
        ("2026-05-06T21:59Z", expected(2, 2, 0, &[])),
        ("2026-05-06T21:59:59.999Z", expected(2, 2, 0, &[])),
        ("2026-05-06T22:00Z", expected(1, 1, 1, &[])),
        ("2026-05-06T22:01Z", expected(1, 1, 1, &[])),
    ] {
        assert_eq!(stands(&posts, &["2026-05-04T08:00Z", late], "2026-05-08T00:00Z"), stood, "{late}");
    }
}

#[test]
fn an_open_day_says_until_when() {
    let posts = daily("Europe/Berlin", "2026-05-04", "2026-05-05");
    let answers = [answered("2026-05-04T08:00Z")];
    let streak =
        Streak::of(&followed(&[posts], &answers), &answers, day("2026-05-05"), at("2026-05-05T08:00Z")).unwrap();
    assert_eq!(streak.open, [Open { day: day("2026-05-05"), until: at("2026-05-06T22:00Z") }]);
}

#[test]
fn an_answer_counts_from_the_beginning_of_the_date_also_before_the_post() {
    let posts = [daily("Europe/Berlin", "2026-05-04", "2026-05-05")];
    for (early, stood) in
        [("2026-05-04T21:59Z", expected(1, 1, 0, &["2026-05-05"])), ("2026-05-04T22:00Z", expected(2, 2, 0, &[]))]
    {
        assert_eq!(stands(&posts, &["2026-05-04T08:00Z", early], "2026-05-05T12:00Z"), stood, "{early}");
    }
}

#[test]
fn when_the_clocks_change_a_date_keeps_its_own_length() {
    // In Berlin the 29th of March 2026 has 23 hours and ends at 22:00 UTC; the 25th of October has 25 and ends at 23:00.
    let spring = [daily("Europe/Berlin", "2026-03-28", "2026-03-29")];
    let autumn = [daily("Europe/Berlin", "2026-10-24", "2026-10-25")];
    for (posts, first, late, stood) in [
        (&spring, "2026-03-28T10:00Z", "2026-03-30T21:59Z", expected(2, 2, 0, &[])),
        (&spring, "2026-03-28T10:00Z", "2026-03-30T22:00Z", expected(1, 1, 1, &[])),
        (&spring, "2026-03-28T10:00Z", "2026-03-28T23:00Z", expected(2, 2, 0, &[])),
        (&spring, "2026-03-28T10:00Z", "2026-03-28T22:59Z", expected(1, 1, 1, &[])),
        (&autumn, "2026-10-24T10:00Z", "2026-10-26T22:59Z", expected(2, 2, 0, &[])),
        (&autumn, "2026-10-24T10:00Z", "2026-10-26T23:00Z", expected(1, 1, 1, &[])),
    ] {
        let now = if first.contains("-03-") { "2026-03-31T22:00Z" } else { "2026-10-31T22:00Z" };
        assert_eq!(stands(posts, &[first, late], now), stood, "{late}");
    }
}

#[test]
fn a_date_whose_midnight_the_clocks_skip_begins_when_it_is_first_shown() {
    // Cairo goes from 2026-04-24 00:00 to 01:00, which is 22:00 UTC of the 23rd.
    let posts = [daily("Africa/Cairo", "2026-04-23", "2026-04-24")];
    for (early, stood) in
        [("2026-04-23T21:59Z", expected(1, 1, 0, &["2026-04-24"])), ("2026-04-23T22:00Z", expected(2, 2, 0, &[]))]
    {
        assert_eq!(stands(&posts, &["2026-04-23T10:00Z", early], "2026-04-24T10:00Z"), stood, "{early}");
    }
}

#[test]
fn a_change_of_zone_moves_the_hours_and_keeps_the_dates() {
    let west =
        [daily("Europe/Berlin", "2026-05-04", "2026-05-05"), daily("America/Los_Angeles", "2026-05-06", "2026-05-07")];
    let east =
        [daily("America/Los_Angeles", "2026-05-04", "2026-05-05"), daily("Asia/Tokyo", "2026-05-06", "2026-05-07")];
    for (posts, answers) in [
        // The 6th begins in Los Angeles at 07:00 UTC, nine hours after the 5th has ended in Berlin; what comes between is for neither,
        // and the 5th has its own. The 7th is answered in the last minute in which it can be.
        (&west, ["2026-05-04T08:00Z", "2026-05-05T08:00Z", "2026-05-07T06:30Z", "2026-05-09T06:59Z"]),
        // The 6th begins in Tokyo at 15:00 UTC of the 5th, before that has ended in Los Angeles.
        (&east, ["2026-05-04T08:00Z", "2026-05-05T08:00Z", "2026-05-05T16:00Z", "2026-05-06T16:00Z"]),
    ] {
        assert_eq!(stands(&[posts.concat()], &answers, "2026-05-11T00:00Z"), expected(4, 4, 0, &[]), "{answers:?}");
        let too_few = stands(&[posts.concat()], &answers[..3], "2026-05-11T00:00Z");
        assert_eq!(too_few, expected(3, 3, 1, &[]), "{answers:?}");
    }
}

#[test]
fn days_without_a_post_are_no_days() {
    let posts =
        but_for(daily("UTC", "2026-05-04", "2026-05-11"), &["2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09"]);
    assert_eq!(in_may(&posts, &[4, 5, 10, 11], "2026-05-20T00:00Z"), expected(4, 4, 0, &[]));
    let weekdays = on_weekdays(daily("UTC", "2026-05-04", "2026-05-15"));
    assert_eq!(in_may(&weekdays, &[4, 5, 6, 7, 8, 11, 12, 13, 14, 15], "2026-05-20T00:00Z"), expected(10, 10, 0, &[]));
}

#[test]
fn beside_a_daily_channel_a_weekday_channel_adds_no_day() {
    let channels = [
        on_weekdays(daily("Europe/Berlin", "2026-05-04", "2026-05-11")),
        daily("Europe/Berlin", "2026-05-04", "2026-05-11"),
    ];
    let weekdays = noons(&[4, 5, 6, 7, 8, 11]);
    let weekdays: Vec<_> = weekdays.iter().map(String::as_str).collect();
    // The weekend's two posts of the daily channel are skipped for free.
    assert_eq!(stands(&channels, &weekdays, "2026-05-20T00:00Z"), expected(6, 6, 2, &[]));
    assert_eq!(stands(&channels[..1], &weekdays, "2026-05-20T00:00Z"), expected(6, 6, 0, &[]));
    // While one is paused, the other makes the days.
    let paused = [channels[0].clone(), but_for(channels[1].clone(), &["2026-05-09", "2026-05-10"])];
    assert_eq!(stands(&paused, &weekdays, "2026-05-20T00:00Z"), expected(6, 6, 0, &[]));
}

#[test]
fn channels_far_apart_share_a_date_from_its_earliest_beginning_to_its_latest_end() {
    let zones = ["Pacific/Kiritimati", "Pacific/Honolulu"];
    let channels = zones.map(|zone| daily(zone, "2026-05-05", "2026-05-06"));
    // The 5th begins at 10:00 UTC of the 4th, and ends at 10:00 of the 6th; the 6th a day later.
    for (answers, stood) in [
        (["2026-05-04T10:00Z", "2026-05-05T10:00Z"], expected(2, 2, 0, &[])),
        (["2026-05-04T10:00Z", "2026-05-05T09:59Z"], expected(1, 1, 1, &[])),
        (["2026-05-07T09:59Z to 2026-05-05", "2026-05-08T09:59Z"], expected(2, 2, 0, &[])),
        (["2026-05-07T09:59Z to 2026-05-05", "2026-05-08T10:00Z"], expected(1, 1, 1, &[])),
    ] {
        assert_eq!(stands(&channels, &answers, "2026-05-09T00:00Z"), stood, "{answers:?}");
    }
}

#[test]
fn two_missed_days_of_a_month_are_free_and_the_third_breaks() {
    for (last, answered, stands) in [
        // The first answer of the last day is its own, the second is the day before's.
        ("2026-05-08", [4, 5, 8, 8].as_slice(), expected(4, 4, 1, &[])),
        ("2026-05-09", &[4, 5, 9, 9], expected(4, 4, 2, &[])),
        ("2026-05-10", &[4, 5, 10, 10], expected(2, 2, 2, &[])),
    ] {
        assert_eq!(in_may(&daily("UTC", "2026-05-04", last), answered, "2026-05-20T00:00Z"), stands, "until {last}");
    }
}

#[test]
fn each_month_has_its_own_free_skips() {
    let posts = [daily("UTC", "2026-04-28", "2026-05-05")];
    let now = "2026-05-10T00:00Z";
    // Missed: the 29th and the 30th of April, the 1st and the 2nd of May.
    let answers = ["2026-04-28T12:00Z", "2026-05-04T12:00Z", "2026-05-04T13:00Z", "2026-05-05T13:00Z"];
    assert_eq!(stands(&posts, &answers, now), expected(4, 4, 2, &[]));
    // And the 3rd.
    let answers = ["2026-04-28T12:00Z", "2026-05-05T12:00Z", "2026-05-05T13:00Z"];
    assert_eq!(stands(&posts, &answers, now), expected(2, 2, 2, &[]));
    // A new month begins with none used.
    assert_eq!(stands(&posts, &answers, "2026-06-10T00:00Z"), expected(2, 2, 0, &[]));
}

#[test]
fn without_a_post_there_is_no_streak() {
    let answers = ["2026-05-04T12:00Z", "2026-05-05T12:00Z"].map(answered);
    assert_eq!(Streak::of(&[], &answers, day("2026-05-05"), answers[1].at), None);
    assert_eq!(Streak::of(&followed(&[vec![]], &answers), &answers, day("2026-05-05"), answers[1].at), None);
}

#[test]
fn what_was_sent_before_a_person_began_was_never_missed() {
    let posts = [daily("UTC", "2026-05-01", "2026-05-20")];
    // The first answer ever is to the post of the 1st, long after: the days between were nobody's to miss.
    assert_eq!(stands(&posts, &["2026-05-20T12:00Z"], "2026-05-20T13:00Z"), expected(1, 1, 0, &[]));
    // Within its time the post's own day counts.
    let first_two = [daily("UTC", "2026-05-01", "2026-05-02")];
    let late = ["2026-05-02T12:00Z to 2026-05-01"];
    assert_eq!(stands(&first_two, &late, "2026-05-02T13:00Z"), expected(1, 1, 0, &["2026-05-02"]));
}

#[test]
fn a_channel_that_is_joined_later_counts_from_then_on() {
    let weekdays = on_weekdays(daily("UTC", "2026-05-04", "2026-05-18"));
    let every_day = daily("UTC", "2026-05-14", "2026-05-18");
    let answers: Vec<_> = noons(&[4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 18]).iter().map(|text| answered(text)).collect();
    let mut channels = followed(&[weekdays, every_day], &answers);
    channels[1].first_at = at("2026-05-14T12:00Z");
    let streak = Streak::of(&channels, &answers, day("2026-05-20"), at("2026-05-20T00:00Z")).unwrap();
    assert_eq!((streak.current, streak.skips_used), (11, 2), "only the weekend of the 16th was missed");
}

#[test]
fn deleting_answers_takes_their_days_along() {
    let posts = daily("UTC", "2026-05-04", "2026-05-09");
    let now = "2026-05-20T00:00Z";
    assert_eq!(in_may(&posts, &[4, 5, 6, 7, 8, 9], now), expected(6, 6, 0, &[]));
    assert_eq!(in_may(&posts, &[4, 5, 7, 8, 9], now), expected(5, 5, 1, &[]), "a deleted day is a missed one");
    assert_eq!(in_may(&posts, &[4], now), expected(0, 1, 2, &[]));
    // Without the answer that came first, the days before the second are the person's no more.
    assert_eq!(in_may(&posts[2..], &[6, 7], now).1, 2);
}
