//! A person's own data as files: JSON for programs, Markdown to read. What does not fit into one pair of files goes into further parts.

mod json;
mod markdown;

use jiff::Timestamp;

use super::message::{Button, FILE_LIMIT, File, Message};
use super::{counted, help};
use crate::custom_id::CustomId;
use crate::domain::attempt::Attempt;
use crate::domain::bank::QuestionBank;
use crate::domain::export::{Belongings, PartAfter};
use crate::domain::id::UserId;

/// What a message says over the files, counted up.
#[derive(Clone, Copy, Default)]
struct Contents {
    answers: u32,
    drafts: usize,
    guidance_views: usize,
    feedback: usize,
    changed: usize,
    told_on: usize,
    practice: usize,
    revisits: usize,
    shares: usize,
}

/// One part in the making: a pair of files, of which neither is larger than Discord takes.
pub struct Part<'a> {
    bank: &'a QuestionBank,
    number: u32,
    contents: Contents,
    json: json::Document,
    markdown: String,
}

impl<'a> Part<'a> {
    /// A part without answers. `belongings` are for the first; they always fit, as a person has one draft of a question at most.
    ///
    /// # Errors
    /// When something can't be written as JSON, which no text is known to cause.
    pub fn new(
        bank: &'a QuestionBank,
        user: UserId,
        at: Timestamp,
        number: u32,
        belongings: &Belongings,
    ) -> Result<Part<'a>, serde_json::Error> {
        let contents = Contents {
            answers: 0,
            drafts: belongings.drafts.len(),
            guidance_views: belongings.guidance_views.len(),
            feedback: belongings.feedback.len(),
            changed: belongings.changed.len(),
            told_on: belongings.told_on.len(),
            practice: usize::from(belongings.practice.is_some()),
            revisits: belongings.revisits.len(),
            shares: belongings.shares.len(),
        };
        let json = json::Document::new(bank, user, at, number, belongings)?;
        let markdown = markdown::opening(bank, user, at, number, belongings);
        Ok(Part { bank, number, contents, json, markdown })
    }

    /// Takes an answer in. Says whether it fitted; if not, it belongs to the next part.
    ///
    /// # Errors
    /// As for [`Part::new`].
    pub fn push(&mut self, attempt: &Attempt) -> Result<bool, serde_json::Error> {
        let opening = if self.contents.answers == 0 { markdown::ANSWERS } else { "" };
        let told = format!("{opening}{}", markdown::answer(self.bank, attempt));
        if self.markdown.len() + told.len() > FILE_LIMIT || !self.json.push(self.bank, attempt, FILE_LIMIT)? {
            return Ok(false);
        }
        self.markdown.push_str(&told);
        self.contents.answers += 1;
        Ok(true)
    }

    /// The message with the files, and with the button to the next part where one follows.
    ///
    /// # Errors
    /// As for [`Part::new`].
    pub fn finish(self, application: u64, next: Option<PartAfter>) -> Result<Message, serde_json::Error> {
        let said = said(self.number, self.contents, next.is_some());
        if !self.contents.is_anything() {
            return Ok(Message::text(format!("{NOTHING}\n{}", help::take_along(application))));
        }
        let is_whole = self.number == 1 && next.is_none();
        let name = |ending: &str| match (is_whole, self.number) {
            (true, _) => format!("starling.{ending}"),
            (false, number) => format!("starling-{number}.{ending}"),
        };
        let files = vec![
            File { name: name("json"), description: String::new(), content: self.json.into_bytes()? },
            File { name: name("md"), description: String::new(), content: self.markdown.into_bytes() },
        ];
        let message = Message { files, ..Message::text(format!("{said}\n{}", help::take_along(application))) };
        Ok(match next {
            Some(after) => message.buttons([Button::new("Next part", CustomId::Export(after))]),
            None => message,
        })
    }
}

const NOTHING: &str = "Nothing is stored about you.";

const SAVE: &str = "Save the files now: only you see this message, and it is gone once Discord restarts.";

impl Contents {
    fn is_anything(self) -> bool {
        let beside = [self.drafts, self.guidance_views, self.feedback, self.changed, self.told_on];
        let of_practice = [self.practice, self.revisits, self.shares];
        self.answers > 0 || beside.into_iter().chain(of_practice).any(|number| number > 0)
    }

    fn words(self) -> String {
        let counted = |number: usize, one, many| counted(u32::try_from(number).unwrap_or(u32::MAX), one, many);
        let all = [
            (self.answers > 0).then(|| super::counted(self.answers, "answer", "answers")),
            (self.drafts > 0).then(|| counted(self.drafts, "draft", "drafts")),
            (self.guidance_views > 0).then(|| {
                counted(
                    self.guidance_views,
                    "question whose guidance you opened",
                    "questions whose guidance you opened",
                )
            }),
            (self.feedback > 0).then(|| counted(self.feedback, "sample that you judged", "samples that you judged")),
            (self.changed > 0).then(|| {
                counted(
                    self.changed,
                    "daily question that you were the last to change",
                    "daily questions that you were the last to change",
                )
            }),
            (self.told_on > 0).then(|| {
                counted(self.told_on, "day on which Starling wrote to you", "days on which Starling wrote to you")
            }),
            (self.practice > 0).then(|| "what you chose for practice".to_owned()),
            (self.revisits > 0).then(|| counted(self.revisits, "question that comes back", "questions that come back")),
            (self.shares > 0).then(|| counted(self.shares, "answer that you share", "answers that you share")),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn said(number: u32, contents: Contents, more: bool) -> String {
    let words = contents.words();
    let what = match (number, more) {
        (1, false) => format!("All that is stored about you: {words}."),
        (number, true) => {
            format!("Part {number} of what is stored about you: {words}. **Next part** goes on after it.")
        }
        (number, false) => format!("Part {number} of what is stored about you, the last: {words}."),
    };
    let (json, markdown) = ("The .json file is for programs", "the .md file is for reading");
    format!("{what}\n{json}, {markdown}. {SAVE}")
}
