//! What somebody reads who has just answered: that it is saved, or why not, with nothing of their text lost.

use super::embed::own_words;
use super::message::{Button, Message};
use super::question::{self, headline, lesson};
use super::share::share;
use super::{coach, compare, refusal};
use crate::custom_id::{CustomId, Subject};
use crate::domain::answer::{Draft, Part, Typed};
use crate::domain::attempt::{Attempt, Recorded};
use crate::domain::coach::Feedback;
use crate::domain::compare::Comparison;
use crate::domain::post::PostKey;
use crate::domain::question::Question;

/// An answer is stored, or was already. `sent_from` is the post whose form brought it; `feedback` is the coach's, where this person is
/// coached; `since` is the attempt before and what changed, where there is one.
#[must_use]
pub fn recorded(
    question: &Question,
    recorded: &Recorded,
    sent_from: Option<PostKey>,
    feedback: Option<&Feedback>,
    since: Option<&(Attempt, Comparison)>,
) -> Message {
    let (Recorded::Stored(attempt) | Recorded::Unchanged(attempt)) = recorded;
    let is_of_another_post = sent_from.is_some() && sent_from != attempt.about.post;
    let said = match recorded {
        Recorded::Stored(_) => format!("Saved as your attempt {} at this question.", attempt.number),
        Recorded::Unchanged(_) => {
            let next = if is_of_another_post {
                "It does not count for this post; change a part to answer it."
            } else {
                "Change a part to save a new one."
            };
            format!("This is the same as your attempt {}, which is saved. {next}", attempt.number)
        }
    };
    let mut message = Message::text(format!("{}\n{said}", headline(question)));
    if matches!(recorded, Recorded::Unchanged(_)) {
        message = message.with(own_words(&format!("Your attempt {}", attempt.number), attempt.answer.typed()));
    }
    let [helpful, not_helpful] = question::feedback(&question.key);
    let since = since.map(|(earlier, comparison)| compare::since(earlier, comparison));
    let subject = Subject { question: question.key.clone(), post: sent_from.or(attempt.about.post) };
    let buttons: Vec<_> =
        [improving(subject)].into_iter().chain(share(attempt)).chain([helpful, not_helpful]).collect();
    message.with(feedback.and_then(coach::feedback)).with(since).with(lesson(question)).buttons(buttons)
}

/// The button that opens the modal again, filled in.
pub(super) fn improve(attempt: &Attempt) -> Button {
    improving(Subject { question: attempt.about.question.clone(), post: attempt.about.post })
}

fn improving(subject: Subject) -> Button {
    Button::new("Improve this", CustomId::Answer(subject)).main()
}

/// Half an answer is put down.
#[must_use]
pub fn draft_kept(question: &Question, draft: &Draft, subject: &Subject) -> Message {
    let missing = listed(&draft.missing());
    let said = format!(
        "Kept as a draft that only you see. Still missing: {missing}. **Continue** opens it where you left off."
    );
    Message::text(format!("{}\n{said}", headline(question))).buttons([continuing(subject)])
}

fn continuing(subject: &Subject) -> Button {
    Button::new("Continue", CustomId::Answer(subject.clone())).main()
}

/// Nothing was typed.
#[must_use]
pub fn empty(question: &Question, subject: &Subject) -> Message {
    let said = "All four parts were empty, so nothing new was saved. **Answer** opens the form again; one sentence is enough to begin with.";
    let answer = Button::new("Answer", CustomId::Answer(subject.clone())).main();
    Message::text(format!("{}\n{said}", headline(question))).buttons([answer])
}

/// A part is longer than it may be.
#[must_use]
pub fn too_long(question: &Question, typed: &Typed, parts: &[Part], subject: &Subject) -> Message {
    let each = parts
        .iter()
        .map(|part| format!("{} ({} of {} characters)", part.label(), typed.get(*part).chars().count(), part.limit()));
    let each = each.collect::<Vec<_>>().join(", ");
    let said = format!("Not saved. Too long: {each}. Shorten it, then press **Answer** to send it again.");
    given_back(question, &said, typed, subject)
}

/// Nothing of it is lost: all the text, to be copied, and the button to send it again.
fn given_back(question: &Question, said: &str, typed: &Typed, subject: &Subject) -> Message {
    let again = Button::new("Answer", CustomId::Answer(subject.clone())).main();
    let said = format!("{}\n{said} Here is all that you wrote, to be copied.", headline(question));
    Message::text(said).with(own_words("What you wrote", typed)).buttons([again])
}

/// Storing failed. `incident` is the fault's id where it is one of ours to look into.
#[must_use]
pub fn not_stored(question: &Question, typed: &Typed, subject: &Subject, incident: Option<&str>) -> Message {
    let said = match incident {
        None => {
            "Not saved: Starling is busy right now. Please press **Answer** in a minute to send it again.".to_owned()
        }
        Some(incident) => format!(
            "Sorry, your answer could not be saved. Please press **Answer** later to send it again. \
             If it happens again, tell whoever runs this bot: incident {incident}."
        ),
    };
    given_back(question, &said, typed, subject)
}

/// The question is not in the bank any more, so there is nothing to store an answer to.
#[must_use]
pub fn question_gone(typed: &Typed) -> Message {
    refused(&refusal::question_gone(), typed)
}

/// There is no telling which question is answered. What was typed comes back.
#[must_use]
pub fn refused(said: &str, typed: &Typed) -> Message {
    if *typed == Typed::default() {
        return Message::text(said);
    }
    Message::text(format!("Not saved. {said} Here is all that you wrote.")).with(own_words("What you wrote", typed))
}

/// The form is of a version that this program does not know.
#[must_use]
pub fn unknown_form(typed: &Typed) -> Message {
    let said = "Not saved: this form is from another version of Starling. Here is all that you wrote; press **Answer** under the question again, or use **/answer** with `question`.";
    Message::text(said).with(own_words("What you wrote", typed))
}

/// "Task, Action and Result".
fn listed(parts: &[Part]) -> String {
    super::listed(parts.iter().map(|part| part.label().to_owned()))
}
