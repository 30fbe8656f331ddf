//! A question shown: as the daily post, privately, and with its guidance. Knows nothing of answers.

use super::embed::{Embed, spread};
use super::message::{Button, Message};
use crate::custom_id::{CustomId, Subject};
use crate::domain::answer::{Part, StarAnswer};
use crate::domain::id::RoleId;
use crate::domain::post::PostKey;
use crate::domain::question::{Level, Question, QuestionKey};

const PRIVACY: &str = "Nobody here sees your answer unless you share it.";

/// The daily post: public, without guidance or sample, as people learn by trying first.
#[must_use]
pub fn daily_post(question: &Question, post: PostKey, role: Option<RoleId>) -> Message {
    let subject = Subject { question: question.key.clone(), post: Some(post) };
    let content = role.map(|role| format!("<@&{role}>")).unwrap_or_default();
    Message::text(content).with([card(question)]).buttons(buttons(&subject))
}

/// The next daily post as members will see it, shown to an admin; its buttons are dead.
#[must_use]
pub fn preview(question: &Question, role: Option<RoleId>) -> Message {
    let mention = role.map(|role| format!(" It will mention <@&{role}>.")).unwrap_or_default();
    let said = format!(
        "A preview of the next post, for your eyes only. Nothing is used up, and its buttons do nothing.{mention}"
    );
    let subject = Subject { question: question.key.clone(), post: None };
    Message::text(said).with([card(question)]).buttons(buttons(&subject).map(|button| button.disabled(true)))
}

/// A question, shown to one person.
#[must_use]
pub fn shown(question: &Question, subject: &Subject) -> Message {
    Message::default().with([card(question)]).buttons(buttons(subject))
}

fn card(question: &Question) -> Embed {
    let levels: Vec<_> = question.levels.iter().copied().map(Level::as_str).collect();
    let footer = format!("Topic: {} · Level: {}", question.topic, levels.join(", "));
    Embed { footer, ..Embed::new(&question.prompt, format!("{}\n\n{PRIVACY}", question.why)) }
}

fn buttons(subject: &Subject) -> [Button; 2] {
    [
        Button::new("Answer", CustomId::Answer(subject.clone())).main(),
        Button::new("Show guidance", CustomId::Guidance(subject.clone())),
    ]
}

/// Everything that helps with a question, for somebody who looks before answering.
#[must_use]
pub fn guidance(question: &Question, subject: &Subject) -> Message {
    let answer = Button::new("Answer", CustomId::Answer(subject.clone())).main();
    let [helpful, not_helpful] = feedback(&question.key);
    Message::text(headline(question)).with(lesson(question)).buttons([answer, helpful, not_helpful])
}

/// Dos, don'ts and probes, beside an answer of one's own.
#[must_use]
pub fn advice(question: &Question) -> Message {
    Message::text(headline(question)).with([dos(question), donts(question), probes(question)])
}

/// The sample, beside an answer of one's own.
#[must_use]
pub fn sample(question: &Question) -> Message {
    Message::text(headline(question)).with(sample_embeds(&question.sample)).buttons(feedback(&question.key))
}

/// The buttons under every reply that shows a sample: whether it helped.
pub(super) fn feedback(key: &QuestionKey) -> [Button; 2] {
    [
        Button::new("Helpful", CustomId::Feedback(key.clone(), true)),
        Button::new("Not helpful", CustomId::Feedback(key.clone(), false)),
    ]
}

/// Somebody said whether a sample helped.
#[must_use]
pub fn thanks(question: &Question, helpful: bool) -> Message {
    let (said, other) = if helpful { ("helpful", "Not helpful") } else { ("not helpful", "Helpful") };
    Message::text(format!("{}\nThank you. You found the sample {said}; **{other}** changes that.", headline(question)))
}

/// The prompt, which opens every reply about a question.
pub(super) fn headline(question: &Question) -> String {
    format!("**{}**", question.prompt)
}

/// Dos, don'ts, sample and probes, in the order in which they are read.
pub(super) fn lesson(question: &Question) -> Vec<Embed> {
    let mut embeds = vec![dos(question), donts(question)];
    embeds.extend(sample_embeds(&question.sample));
    embeds.push(probes(question));
    embeds
}

fn dos(question: &Question) -> Embed {
    Embed::list("Do", &question.dos)
}

fn donts(question: &Question) -> Embed {
    Embed::list("Don't", &question.donts)
}

fn probes(question: &Question) -> Embed {
    Embed::list("What an interviewer would ask next", &question.probes)
}

fn sample_embeds(sample: &StarAnswer) -> Vec<Embed> {
    let parts = Part::ALL.map(|part| format!("**{}**\n{}", part.label(), sample.get(part)));
    spread("One example, not the answer", parts.into())
}
