//! A person's own answers: a page of them, and one in full. Only its author ever sees any of this.

use super::answer::improve;
use super::disarm::{disarm, quoted};
use super::embed::{Embed, own_words};
use super::message::{Button, Message, Row, SelectOption};
use super::question::headline;
use super::share::share;
use super::{coach, counted, moment};
use crate::custom_id::{CustomId, base_36};
use crate::domain::answer::Part;
use crate::domain::attempt::Attempt;
use crate::domain::coach::Feedback;
use crate::domain::history::{HistoryPage, HistoryQuery};
use crate::domain::question::Question;

/// How many characters of an answer a page shows of each.
const GLIMPSE: usize = 80;

/// A page of answers, newest first.
#[must_use]
pub fn page(query: &HistoryQuery, page: &HistoryPage) -> Message {
    let lines = page.attempts.iter().map(|attempt| {
        let words = attempt.about.question.words();
        let glimpse = disarm(&glimpse(attempt));
        format!("**{words}** · attempt {} · {}\n{glimpse}", attempt.number, moment(attempt.at))
    });
    let embed = Embed::new("", lines.collect::<Vec<_>>().join("\n\n"));
    let mut message = Message::text(heading(query, page)).with([embed]);
    if page.pages() > 1 {
        let to = |page| CustomId::History(HistoryQuery { page, ..query.clone() });
        message = message.buttons(turning(query.page, page.pages(), to));
    }
    message.rows.push(menu(CustomId::Open, "Open one in full", 1, page));
    // One that is chosen alone is compared with another of any page.
    if query.question.is_some() && query.search.is_empty() && page.total > 1 {
        message.rows.push(menu(CustomId::Compare, "Compare two attempts", 2, page));
    }
    message
}

/// A menu of the answers on a page.
fn menu(does: CustomId, placeholder: &str, most: usize, page: &HistoryPage) -> Row {
    let options: Vec<_> = page.attempts.iter().map(option).collect();
    Row::Menu { does, placeholder: placeholder.to_owned(), most: most.min(options.len()), options }
}

/// What one attempt can be compared with: a page of all attempts at its question.
#[must_use]
pub fn compare_with(attempt: &Attempt, number: u32, page: &HistoryPage) -> Message {
    let question = attempt.about.question.words();
    let of = if page.pages() > 1 { format!(" Page {} of {}.", number + 1, page.pages()) } else { String::new() };
    let said = format!("Which attempt should your attempt {} at \"{question}\" be compared with?{of}", attempt.number);
    let mut message = Message::text(said);
    if page.pages() > 1 {
        message = message.buttons(turning(number, page.pages(), |page| CustomId::CompareWith(attempt.id, page)));
    }
    message.rows.push(menu(CustomId::CompareTo(attempt.id), "Compare with", 1, page));
    message
}

fn heading(query: &HistoryQuery, page: &HistoryPage) -> String {
    let mut heading = format!("You have {}", counted(page.total, "answer", "answers"));
    if let Some(question) = &query.question {
        heading = format!("{heading} to \"{}\"", question.words());
    }
    if !query.search.is_empty() {
        heading = format!("{heading} with {}", quoted(&query.search));
    }
    if page.pages() > 1 {
        heading = format!("{heading}, page {} of {}", query.page + 1, page.pages());
    }
    format!("{heading}. Only you see this.")
}

fn turning(page: u32, pages: u32, to: impl Fn(u32) -> CustomId) -> [Button; 2] {
    // At an end the dead button names the page it stands on, so that the two ids differ.
    let previous = Button::new("Previous", to(page.saturating_sub(1))).disabled(page == 0);
    let next = Button::new("Next", to(page + 1)).disabled(page + 1 >= pages);
    [previous, next]
}

fn option(attempt: &Attempt) -> SelectOption {
    SelectOption {
        label: format!("{} · attempt {}", attempt.about.question.words(), attempt.number),
        value: base_36(attempt.id.0),
        description: glimpse(attempt),
        is_chosen: false,
    }
}

/// The first words of the situation, on one line.
fn glimpse(attempt: &Attempt) -> String {
    let words = attempt.answer.get(Part::Situation).split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(GLIMPSE) {
        Some((end, _)) => words.get(..end).map(|start| format!("{start} …")).unwrap_or_default(),
        None => words,
    }
}

/// The prompt, or where the bank has it no more the key in words.
pub(super) fn prompt(question: Option<&Question>, attempt: &Attempt) -> String {
    question.map_or_else(|| format!("**{}**", attempt.about.question.words()), headline)
}

/// One answer in full, with what the coach says of it, where this person is coached. `question` is absent where the bank has it no more.
#[must_use]
pub fn in_full(question: Option<&Question>, attempt: &Attempt, feedback: Option<&Feedback>) -> Message {
    let key = &attempt.about.question;
    let gone = if question.is_some() {
        ""
    } else {
        " Starling no longer has this question, so there is no guidance or sample."
    };
    let said = format!("Your attempt {}, from {}.{gone}", attempt.number, moment(attempt.at));
    let message = Message::text(format!("{}\n{said}", prompt(question, attempt)))
        .with(own_words("", attempt.answer.typed()))
        .with(feedback.and_then(coach::feedback));
    let delete = Button::new("Delete", CustomId::AskDelete(attempt.id)).danger();
    let mut buttons = Vec::new();
    if question.is_some() {
        buttons.extend([
            improve(attempt),
            Button::new("Show guidance", CustomId::Advice(key.clone())),
            Button::new("Show sample", CustomId::Sample(key.clone())),
        ]);
    }
    buttons.extend(share(attempt));
    buttons.push(delete);
    message.buttons(buttons)
}

/// There is nothing to show.
#[must_use]
pub fn nothing(query: &HistoryQuery) -> Message {
    let said = match (&query.question, query.search.is_empty()) {
        (None, true) => {
            "You have no finished answer yet. Try **/answer**, or the Answer button under a daily question.".to_owned()
        }
        (Some(question), true) => {
            format!("You have no answer to \"{}\" yet. **/history** alone shows all your answers.", question.words())
        }
        (_, false) => format!(
            "None of your answers has {} in it. Try a shorter piece of text; **/history** alone shows all your answers.",
            quoted(&query.search)
        ),
    };
    Message::text(said)
}
