//! The JSON of an export. `docs/EXPORT.md` tells of every field; a change to one needs a new [`VERSION`].

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::domain::answer::{Part, Typed};
use crate::domain::attempt::{About, Attempt};
use crate::domain::bank::QuestionBank;
use crate::domain::export::{Belongings, KeptDraft, KeptPractice};
use crate::domain::id::UserId;
use crate::domain::{practice, share};

/// The version of the schema.
const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct Document {
    format: &'static str,
    version: u32,
    part: u32,
    exported_at: String,
    user_id: String,
    drafts: Vec<Box<RawValue>>,
    guidance_views: Vec<GuidanceView>,
    feedback: Vec<Feedback>,
    daily_questions_changed: Vec<DailyQuestion>,
    told_on: Vec<String>,
    practice: Option<Practice>,
    revisits: Vec<Revisit>,
    shares: Vec<Share>,
    answers: Vec<Box<RawValue>>,
    /// The bytes of all this.
    #[serde(skip)]
    length: usize,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: String,
    attempt: u32,
    answered_at: String,
    #[serde(flatten)]
    text: Text<'a>,
}

#[derive(Serialize)]
struct Draft<'a> {
    typed_at: String,
    #[serde(flatten)]
    text: Text<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    question: &'a str,
    prompt: Option<&'a str>,
    server_id: Option<String>,
    post: Option<Post>,
    situation: &'a str,
    task: &'a str,
    action: &'a str,
    result: &'a str,
}

#[derive(Serialize)]
struct Post {
    channel_id: String,
    date: String,
}

#[derive(Serialize)]
struct GuidanceView {
    question: String,
    first_viewed_at: String,
}

#[derive(Serialize)]
struct Feedback {
    question: String,
    helpful: bool,
    said_at: String,
}

#[derive(Serialize)]
struct DailyQuestion {
    server_id: String,
    channel_id: String,
}

#[derive(Serialize)]
struct Practice {
    coached: bool,
    last_offered: Option<String>,
    was_due_again: Option<bool>,
}

#[derive(Serialize)]
struct Revisit {
    question: String,
    rung: usize,
    due_at: String,
}

#[derive(Serialize)]
struct Share {
    answer_id: String,
    server_id: String,
    channel_id: String,
    message_id: Option<String>,
    shared_at: String,
}

impl Document {
    pub(super) fn new(
        bank: &QuestionBank,
        user: UserId,
        at: Timestamp,
        part: u32,
        belongings: &Belongings,
    ) -> Result<Document, serde_json::Error> {
        let views = belongings.guidance_views.iter();
        let feedback = belongings.feedback.iter();
        let changed = belongings.changed.iter();
        let mut document = Document {
            format: "starling-export",
            version: VERSION,
            part,
            exported_at: at.to_string(),
            user_id: user.to_string(),
            drafts: belongings.drafts.iter().map(|kept| draft(bank, kept)).collect::<Result<_, _>>()?,
            guidance_views: views
                .map(|(key, at)| GuidanceView { question: key.to_string(), first_viewed_at: at.to_string() })
                .collect(),
            feedback: feedback
                .map(|(key, helpful, at)| Feedback {
                    question: key.to_string(),
                    helpful: *helpful,
                    said_at: at.to_string(),
                })
                .collect(),
            daily_questions_changed: changed
                .map(|(guild, channel)| DailyQuestion { server_id: guild.to_string(), channel_id: channel.to_string() })
                .collect(),
            told_on: belongings.told_on.iter().map(ToString::to_string).collect(),
            practice: belongings.practice.as_ref().map(practice),
            revisits: belongings.revisits.iter().map(revisit).collect(),
            shares: belongings.shares.iter().map(share).collect(),
            answers: Vec::new(),
            length: 0,
        };
        document.length = serde_json::to_vec(&document)?.len();
        Ok(document)
    }

    /// Takes an answer in, unless that makes more than `limit` bytes. Says whether it did.
    pub(super) fn push(
        &mut self,
        bank: &QuestionBank,
        attempt: &Attempt,
        limit: usize,
    ) -> Result<bool, serde_json::Error> {
        let answer = to_raw_value(&Answer {
            id: attempt.id.to_string(),
            attempt: attempt.number,
            answered_at: attempt.at.to_string(),
            text: text(bank, &attempt.about, attempt.answer.typed()),
        })?;
        let length = self.length + answer.get().len() + ",".len();
        let fits = length <= limit;
        if fits {
            self.length = length;
            self.answers.push(answer);
        }
        Ok(fits)
    }

    pub(super) fn into_bytes(self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = Vec::with_capacity(self.length);
        serde_json::to_writer(&mut bytes, &self)?;
        Ok(bytes)
    }
}

fn practice(kept: &KeptPractice) -> Practice {
    let last = kept.last_offer.as_ref();
    Practice {
        coached: kept.is_coached,
        last_offered: last.map(|offer| offer.question.to_string()),
        was_due_again: last.map(|offer| offer.was_due),
    }
}

fn revisit(kept: &practice::Revisit) -> Revisit {
    Revisit { question: kept.question.to_string(), rung: kept.rung, due_at: kept.due_at.to_string() }
}

fn share(kept: &share::Share) -> Share {
    Share {
        answer_id: kept.answer.to_string(),
        server_id: kept.guild.to_string(),
        channel_id: kept.channel.to_string(),
        message_id: kept.message.map(|message| message.to_string()),
        shared_at: kept.at.to_string(),
    }
}

fn draft(bank: &QuestionBank, kept: &KeptDraft) -> Result<Box<RawValue>, serde_json::Error> {
    to_raw_value(&Draft { typed_at: kept.at.to_string(), text: text(bank, &kept.about, kept.draft.typed()) })
}

fn text<'a>(bank: &'a QuestionBank, about: &'a About, typed: &'a Typed) -> Text<'a> {
    Text {
        question: about.question.as_str(),
        prompt: bank.get(&about.question).map(|question| question.prompt.as_str()),
        server_id: about.guild.map(|guild| guild.to_string()),
        post: about.post.map(|post| Post { channel_id: post.channel.to_string(), date: post.day.to_string() }),
        situation: typed.get(Part::Situation),
        task: typed.get(Part::Task),
        action: typed.get(Part::Action),
        result: typed.get(Part::Result),
    }
}
