//! How a person's practice goes: the streak, answers by topic, what is still new, and the picture with its words. Only they see it.

use jiff::civil::Date;

use super::message::{File, Message};
use super::{Embed, counted, listed, moment};
use crate::domain::progress::{Coverage, FREE_SKIPS, HalfYear, Streak, Tally};
use crate::domain::question::QuestionKey;

/// How many questions are named as the next to try.
const NEXT: usize = 3;

/// What is known of a person's practice.
#[derive(Debug)]
pub struct Standing<'a> {
    /// How many answers there are in all.
    pub answers: u32,
    /// The streak; `None` where there was no day yet to answer.
    pub streak: Option<Streak>,
    /// What of the bank was tried.
    pub coverage: Coverage<'a>,
    /// The last half year.
    pub half_year: HalfYear,
    /// The picture of it.
    pub picture: Vec<u8>,
}

/// How somebody stands who has answered something.
#[must_use]
pub fn progress(standing: Standing<'_>) -> Message {
    let Standing { answers, streak, coverage, half_year, picture } = standing;
    let told = match streak {
        Some(streak) => told_streak(&streak, half_year.last),
        None => NO_STREAK.to_owned(),
    };
    let answers = counted(answers, "answer", "answers");
    let content = format!("{told}\nYou have {answers}. The picture shows the last 26 weeks. Only you see this.");
    let file = File { name: "progress.png".to_owned(), description: picture_in_words(&half_year), content: picture };
    let embeds = [Embed::new("Answers by topic", topics(&coverage)), Embed::new("Not tried yet", untried(&coverage))];
    Message { files: vec![file], ..Message::text(content).with(embeds) }
}

/// Nothing is answered yet.
#[must_use]
pub fn nothing_yet() -> Message {
    Message::text(
        "Nothing to show yet, and that is fine: everybody starts here. Press **Answer** under a daily question, or run **/practice** \
         for a question picked for you. After your first answer, this shows your streak, your topics and a picture of your last 26 weeks.",
    )
}

/// Of somebody who only practises, and of somebody who answered an old post that none has followed yet.
const NO_STREAK: &str = "You have no streak to keep: a streak counts the days of a channel's daily question, and begins when you answer \
    one on its day or the day after.";

fn told_streak(streak: &Streak, today: Date) -> String {
    let days = |number| counted(number, "day", "days");
    let now = match (streak.current, streak.longest) {
        (0, 0) => "No streak yet.".to_owned(),
        (0, longest) => format!(
            "No streak at the moment; your longest was {}. The next day you answer begins a new one.",
            days(longest)
        ),
        (current, longest) if current == longest => format!("Your streak: **{}**, your longest so far.", days(current)),
        (current, longest) => format!("Your streak: **{}**. Your longest was {}.", days(current), days(longest)),
    };
    let skips = format!("Missed days forgiven this month: {} of {FREE_SKIPS}.", streak.skips_used);
    format!("{now}\n{}\n{skips}", open(streak, today))
}

fn open(streak: &Streak, today: Date) -> String {
    let named = |day: Date| if day == today { "today".to_owned() } else { day.strftime("%A %-d %b").to_string() };
    let days = streak.open.iter().map(|open| format!("**{}** until {}", named(open.day), moment(open.until)));
    match streak.open.len() {
        0 => "No day is waiting for an answer.".to_owned(),
        1 => format!("Still open: {}. Any answer counts.", listed(days)),
        _ => format!("Still open: {}. Any answer counts, each for one day.", listed(days)),
    }
}

fn topics(coverage: &Coverage<'_>) -> String {
    let told = |tally: &Tally| {
        let (answers, questions) =
            (counted(tally.answers, "answer", "answers"), counted(tally.questions, "question", "questions"));
        format!("{answers} to {questions}")
    };
    let mut lines: Vec<_> =
        coverage.topics.iter().map(|(topic, tally)| format!("**{topic}**: {}", told(tally))).collect();
    if coverage.gone.answers > 0 {
        lines.push(format!("Questions that Starling no longer has: {}", told(&coverage.gone)));
    }
    if !coverage.untouched.is_empty() {
        lines.push(format!("Nothing yet: {}", coverage.untouched.join(", ")));
    }
    lines.join("\n")
}

fn untried(coverage: &Coverage<'_>) -> String {
    let count = u32::try_from(coverage.untried.len()).unwrap_or(u32::MAX);
    let line = |key: &QuestionKey| format!("- {} · `/question question:{key}`", key.words());
    let next: Vec<_> = coverage.untried.iter().take(NEXT).map(|question| line(&question.key)).collect();
    match next.as_slice() {
        [] => "You have tried every question. **/practice** brings back the one that you need most.".to_owned(),
        [only] => format!("1 question:\n{only}"),
        _ => format!("{count} questions. Next:\n{}\n**/practice** picks one for you.", next.join("\n")),
    }
}

/// What the picture shows, for those who don't see it: at most 1024 characters.
#[must_use]
pub fn picture_in_words(half_year: &HalfYear) -> String {
    let (first, last) = (dated(half_year.first), dated(half_year.last));
    let span = format!("Answers on each day from {first} to {last}, a column for each week.");
    let Some((busiest, most)) = half_year.busiest() else { return format!("{span} There is none in that time.") };
    let days = counted(u32::try_from(half_year.active_days()).unwrap_or(u32::MAX), "day", "days");
    let weeks: Vec<_> = half_year.weeks().iter().map(ToString::to_string).collect();
    let total = counted(half_year.total(), "answer", "answers");
    format!(
        "{span} {total} on {days}. A week, oldest first: {}. The most on one day: {most}, on {}.",
        weeks.join(", "),
        dated(busiest)
    )
}

/// "4 May 2026".
fn dated(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}
