//! The streak as properties, over whatever was sent and answered.

use proptest::prelude::*;

use super::*;

/// A post on each of some days, by their number from the 20th of February 2026 on, in each of some zones.
fn sent(in_zones: &[&str], posts: &[(i64, usize)]) -> Vec<Vec<PostDay>> {
    let channels = in_zones.iter().map(|zone| daily(zone, "2026-02-20", "2026-04-20"));
    let pick = |(number, all): (usize, Vec<PostDay>)| {
        let is_sent = |place: &i64| posts.contains(&(*place, number));
        (0..).zip(all).filter(|(place, _)| is_sent(place)).map(|(_, post)| post).collect()
    };
    channels.enumerate().map(pick).collect()
}

const ZONES: [&str; 4] = ["Pacific/Kiritimati", "Europe/Berlin", "America/Los_Angeles", "Pacific/Honolulu"];

proptest! {
    /// Whatever was sent and answered: one more answer, in channels that were answered before, leaves every number at least as good.
    #[test]
    fn one_more_answer_never_shortens_a_streak(
        posts in prop::collection::vec((0_i64..60, 0_usize..4), 1..80),
        answers in prop::collection::vec((0_i64..64 * 24, prop::option::of(0_i64..3)), 0..60),
        more in (0_i64..64 * 24, prop::option::of(0_i64..3)),
        now in 40_i64..64,
    ) {
        let hour = |hours: i64| at("2026-02-20T00:00Z") + SignedDuration::from_hours(hours);
        let now = hour(now * 24);
        let answer = |(hours, ago): &(i64, Option<i64>)| {
            let day = |ago: i64| Offset::UTC.to_datetime(hour(*hours)).date() + 1.day() - ago.days();
            Answered { at: hour(*hours), day: ago.map(day) }
        };
        let sorted = |answers: &[(i64, Option<i64>)]| {
            let mut answers: Vec<_> = answers.iter().map(answer).filter(|answer| answer.at <= now).collect();
            answers.sort();
            answers
        };
        let (fewer, all) = (sorted(&answers), sorted(&[answers.as_slice(), &[more]].concat()));
        let followed = followed(&sent(&ZONES, &posts), &[answered("2026-02-20T00:00Z")]);
        let of = |answers: &[Answered]| {
            Streak::of(&followed, answers, Offset::UTC.to_datetime(now).date(), now).unwrap_or_default()
        };
        let (before, after) = (of(&fewer), of(&all));
        prop_assert!(after.current >= before.current, "{before:?} {after:?}");
        prop_assert!(after.longest >= before.longest, "{before:?} {after:?}");
        prop_assert!(after.skips_used <= before.skips_used, "{before:?} {after:?}");
        prop_assert!(after.current <= after.longest);
        prop_assert!(after.longest as usize <= all.len());
    }

    /// Whoever misses at most two days a month, and answers every other post before its date ends, keeps the streak: in one zone with
    /// answers to anything, in several with answers to the posts.
    #[test]
    fn who_misses_at_most_two_days_a_month_keeps_the_streak(
        posts in prop::collection::vec((0_i64..60, 0_usize..4), 1..80),
        missed in prop::collection::vec(0_usize..60, 0..12),
        minutes in 0_i64..15 * 60,
        one_zone in any::<bool>(),
    ) {
        let channels = sent(if one_zone { &ZONES[..1] } else { &ZONES }, &posts);
        let mut dates: Vec<_> = channels.iter().flatten().map(|post| (post.day, post.sent_at)).collect();
        dates.sort();
        dates.dedup_by_key(|(day, _)| *day);
        let mut skips: HashMap<i8, u32> = HashMap::new();
        let is_answered = |(place, (day, sent_at)): (usize, (Date, Timestamp))| {
            let skipped = skips.entry(day.month()).or_default();
            // The first one begins it.
            if place > 0 && missed.contains(&place) && *skipped < FREE_SKIPS {
                *skipped += 1;
                return None;
            }
            let to = Some(day).filter(|_| !one_zone);
            Some(Answered { at: sent_at + SignedDuration::from_mins(minutes), day: to })
        };
        let answers: Vec<_> = dates.into_iter().enumerate().filter_map(is_answered).collect();
        let now = at("2026-06-01T00:00Z");
        let streak = Streak::of(&followed(&channels, &answers), &answers, day("2026-06-01"), now);
        prop_assert_eq!(streak.unwrap_or_default().current as usize, answers.len());
    }
}
