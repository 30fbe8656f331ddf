//! What members read of their progress.

use std::iter::repeat_n;

use jiff::SignedDuration;
use starling::domain::id::UserId;
use starling::domain::progress::{Answered, Coverage, HalfYear, Open, Past, Streak};
use starling::domain::question::QuestionKey;
use starling::reply::progress::{self, Standing};

use super::page::Page;
use super::{at, bank};

/// A Wednesday.
const NOW: &str = "2026-05-06T12:00:00Z";

/// An answer today, and some a day before.
fn past(yesterday: usize, questions: &[(&str, u32)]) -> Past {
    let day = SignedDuration::from_hours(24);
    let key = |(key, answers): &(&str, u32)| (QuestionKey::parse(key).unwrap(), *answers);
    let answers = repeat_n(at(NOW) - day, yesterday).chain([at(NOW)]).map(|at| Answered { at, day: None }).collect();
    Past { answers, by_question: questions.iter().map(key).collect(), ..Past::default() }
}

/// Open days: so many days ago, until noon tomorrow.
fn open(ago: &[i8]) -> Vec<Open> {
    let until = at("2026-05-07T12:00:00Z");
    ago.iter().map(|ago| Open { day: jiff::civil::date(2026, 5, 6 - ago), until }).collect()
}

pub(super) fn progress(page: &mut Page) {
    page.chapter("Progress");
    let bank = bank();
    let mut shown = |when: &str, streak: Option<Streak>, past: &Past| {
        let standing = Standing {
            answers: u32::try_from(past.answers.len()).unwrap(),
            streak,
            coverage: Coverage::of(UserId(1), past, None, &bank),
            half_year: HalfYear::of(past, at(NOW)),
            picture: Vec::new(),
        };
        page.message(when, &progress::progress(standing));
    };
    let (first, second) = (("mend-a-slow-search", 2), ("move-a-table", 1));
    let streak = |current, longest, skips_used, open| Some(Streak { current, longest, skips_used, open });
    shown("/progress, by who only practises", None, &past(1, &[first]));
    shown("/progress, on the first day", streak(1, 1, 0, open(&[])), &past(0, &[second]));
    shown("/progress, with today open", streak(3, 9, 1, open(&[0])), &past(2, &[first, second]));
    shown("/progress, with a day to make up for", streak(3, 9, 2, open(&[1, 0])), &past(2, &[first, ("lost", 1)]));
    shown("/progress, after a break", streak(0, 9, 2, open(&[0])), &past(2, &[first, second]));
    shown("/progress, before any day was answered", streak(0, 0, 0, open(&[0])), &past(0, &[second]));
    page.message("/progress, with nothing answered", &progress::nothing_yet());
    let nothing = HalfYear::of(&Past::default(), at(NOW));
    page.text("the picture, with nothing in half a year", progress::picture_in_words(&nothing));
}
