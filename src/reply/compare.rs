//! Two attempts at a question, compared in words. Only their author ever sees any of this.

use std::fmt::Display;

use super::embed::{Embed, own_words};
use super::history::prompt;
use super::message::Message;
use super::{aloud, moment};
use crate::domain::attempt::Attempt;
use crate::domain::coach::Rule;
use crate::domain::compare::{Change, Comparison};
use crate::domain::question::Question;

/// What changed since the attempt before, for somebody who has just answered again.
#[must_use]
pub fn since(earlier: &Attempt, comparison: &Comparison) -> Embed {
    Embed::new(format!("Since your attempt {}", earlier.number), changes(comparison))
}

/// Two attempts, the earlier one first: what changed, and both in full.
#[must_use]
pub fn side_by_side(question: Option<&Question>, [earlier, later]: [&Attempt; 2], comparison: &Comparison) -> Message {
    let named = |attempt: &Attempt| format!("attempt {}, from {}", attempt.number, moment(attempt.at));
    let said = format!("{}\nYour {}, and your {}.", prompt(question, earlier), named(earlier), named(later));
    let in_full = |attempt: &Attempt| own_words(&format!("Attempt {}", attempt.number), attempt.answer.typed());
    let changed = format!("From attempt {} to attempt {}", earlier.number, later.number);
    Message::text(said).with([Embed::new(changed, changes(comparison))]).with(in_full(earlier)).with(in_full(later))
}

fn changes(comparison: &Comparison) -> String {
    let words = comparison.words.map(|(part, words)| format!("{} {}", part.label(), arrow(words)));
    let spoken = Change { before: aloud(comparison.spoken.before), after: aloud(comparison.spoken.after) };
    let mut lines = vec![
        format!("**Words** {}", words.join(" · ")),
        format!("**Said aloud** about {}", arrow(spoken)),
        format!("**Numbers** {}", arrow(comparison.numbers)),
    ];
    lines.extend(rules("The coach no longer asks about", &comparison.cleared));
    lines.extend(rules("The coach now asks about", &comparison.new));
    lines.join("\n")
}

/// "12 → 30", or "12" where it stayed.
fn arrow<T: Display + PartialEq>(Change { before, after }: Change<T>) -> String {
    if before == after { after.to_string() } else { format!("{before} → {after}") }
}

fn rules(heading: &str, rules: &[Rule]) -> Option<String> {
    let named: Vec<_> = rules.iter().map(|rule| about(*rule)).collect();
    (!named.is_empty()).then(|| format!("**{heading}** {}", named.join(", ")))
}

/// What a rule asks about, in a few words.
fn about(rule: Rule) -> &'static str {
    match rule {
        Rule::PrivateData => "something private in the text",
        Rule::Stub => "a very short part",
        Rule::NotAnEvent => "what you would do instead of what you did",
        Rule::OutOfBalance => "the balance of the parts",
        Rule::NoMeasure => "a number in the Result",
        Rule::NoI => "what you did yourself",
        Rule::Length => "how long it takes to say",
        Rule::NoAnchor => "when and where it was",
        Rule::OneAction => "more steps that you took",
        Rule::Hedges => "words that soften or stretch",
        Rule::Repeats => "repeated words",
        Rule::OffQuestion => "whether it answers the question",
    }
}
