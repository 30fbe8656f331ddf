//! The Markdown of an export, for reading. What the person wrote stands in quotes, so that no line of it passes for a heading.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::domain::answer::{Part, Typed};
use crate::domain::attempt::Attempt;
use crate::domain::bank::QuestionBank;
use crate::domain::export::Belongings;
use crate::domain::id::UserId;
use crate::domain::question::QuestionKey;

/// All but the answers.
pub(super) fn opening(
    bank: &QuestionBank,
    user: UserId,
    at: Timestamp,
    number: u32,
    belongings: &Belongings,
) -> String {
    let part = if number == 1 { String::new() } else { format!(", part {number}") };
    let mut out = format!("# What Starling has stored about you{part}\n\nUser {user}, exported {}.\n", day(at));
    section(&mut out, "Drafts", &belongings.drafts, |out, kept| {
        heading(out, bank, &kept.about.question, &format!("put down {}", day(kept.at)));
        parts(out, kept.draft.typed());
    });
    section(&mut out, "Guidance that you opened", &belongings.guidance_views, |out, (key, at)| {
        line(out, format_args!("- {}, first {}", key.words(), day(*at)));
    });
    section(&mut out, "Samples that you judged", &belongings.feedback, |out, (key, helpful, at)| {
        let word = if *helpful { "helpful" } else { "not helpful" };
        line(out, format_args!("- {}: {word}, {}", key.words(), day(*at)));
    });
    section(&mut out, "Daily questions that you were the last to change", &belongings.changed, |out, changed| {
        line(out, format_args!("- channel {} of server {}", changed.1, changed.0));
    });
    section(
        &mut out,
        "Days on which Starling told you that a daily question failed",
        &belongings.told_on,
        |out, day| {
            line(out, format_args!("- {day}"));
        },
    );
    section(&mut out, "Practice", belongings.practice.as_slice(), |out, kept| {
        line(out, format_args!("- the coach is {}", if kept.is_coached { "on" } else { "off" }));
        if let Some(offer) = &kept.last_offer {
            line(out, format_args!("- the last question that you were offered: {}", offer.question.words()));
        }
    });
    section(&mut out, "Questions that come back", &belongings.revisits, |out, revisit| {
        line(out, format_args!("- {}, from {} on", revisit.question.words(), day(revisit.due_at)));
    });
    section(&mut out, "Answers that you share", &belongings.shares, |out, share| {
        let message = share.message.map(|message| format!(", message {message}")).unwrap_or_default();
        line(
            out,
            format_args!(
                "- answer {} in channel {} of server {}{message}, since {}",
                share.answer,
                share.channel,
                share.guild,
                day(share.at)
            ),
        );
    });
    out
}

/// What stands above the first answer.
pub(super) const ANSWERS: &str = "\n## Answers\n";

/// One answer.
pub(super) fn answer(bank: &QuestionBank, attempt: &Attempt) -> String {
    let mut out = String::new();
    heading(
        &mut out,
        bank,
        &attempt.about.question,
        &format!("attempt {}, answered {}", attempt.number, day(attempt.at)),
    );
    parts(&mut out, attempt.answer.typed());
    out
}

fn section<T>(out: &mut String, title: &str, entries: &[T], write: impl Fn(&mut String, &T)) {
    if entries.is_empty() {
        return;
    }
    line(out, format_args!("\n## {title}"));
    for entry in entries {
        write(out, entry);
    }
}

fn heading(out: &mut String, bank: &QuestionBank, key: &QuestionKey, when: &str) {
    line(out, format_args!("\n### {}\n", key.words()));
    if let Some(question) = bank.get(key) {
        line(out, format_args!("{}\n", question.prompt));
    }
    line(out, format_args!("*{when}*"));
}

fn parts(out: &mut String, typed: &Typed) {
    let written = Part::ALL.into_iter().filter(|part| !typed.get(*part).trim().is_empty());
    for part in written {
        line(out, format_args!("\n**{}**\n", part.label()));
        for text in typed.get(part).lines() {
            line(out, format_args!("> {text}"));
        }
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Adds a line. Writing to a string can't fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}");
}
