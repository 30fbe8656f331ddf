//! The answer modal: how it is built, and how what comes back is read. Both stand here, as one must fit the other.
//!
//! serenity reads text inputs in action rows only. Discord would also take the newer label form, but its texts would get lost on the way
//! back; so the older form it is, and a label that comes back is an error and never an empty answer.

use serde_json::{Value, json};
use serenity::model::application::{ActionRow, ActionRowComponent, ComponentType};

use crate::custom_id::{CustomId, Subject};
use crate::domain::answer::{Part, Typed};
use crate::domain::question::Question;

/// Discord's numbers for components (discord.com/developers/docs/components/reference).
const ACTION_ROW: u8 = 1;
const TEXT_INPUT: u8 = 4;
const TEXT_DISPLAY: u8 = 10;
const LABEL: u8 = 18;
const PARAGRAPH: u8 = 2;

/// The modal in which a question is answered.
#[derive(Clone, Debug)]
pub struct Modal {
    title: String,
    prompt: String,
    submits: CustomId,
    filled_in: Typed,
}

/// A submit that does not have the shape of the answer modal.
#[derive(Debug, thiserror::Error)]
#[error("a modal came back in a form whose texts can't be read")]
pub struct UnreadableModal;

impl Modal {
    /// The modal for a question, with what the person has of it filled in.
    #[must_use]
    pub fn answering(question: &Question, subject: Subject, filled_in: Typed) -> Modal {
        let (title, prompt) = (question.key.words(), question.prompt.clone());
        Modal { title, prompt, submits: CustomId::Submit(subject), filled_in }
    }

    /// What Discord reads. The prompt as a text display is the one part that it might refuse; without it the modal still works.
    #[must_use]
    pub fn body(&self, shows_prompt: bool) -> Value {
        let mut components = Vec::new();
        if shows_prompt {
            components.push(json!({ "type": TEXT_DISPLAY, "content": self.prompt }));
        }
        components.extend(
            Part::ALL.map(|part| json!({ "type": ACTION_ROW, "components": [input(part, self.filled_in.get(part))] })),
        );
        json!({ "title": self.title, "custom_id": self.submits.to_string(), "components": components })
    }
}

/// Not marked as required: half an answer can be put down.
fn input(part: Part, value: &str) -> Value {
    let mut input = json!({
        "type": TEXT_INPUT,
        "custom_id": part.key(),
        "label": part.label(),
        "style": PARAGRAPH,
        "placeholder": placeholder(part),
        "max_length": part.limit(),
        "required": false,
    });
    if let (false, Some(fields)) = (value.is_empty(), input.as_object_mut()) {
        fields.insert("value".to_owned(), value.into());
    }
    input
}

/// What belongs there, in at most 100 characters.
fn placeholder(part: Part) -> &'static str {
    match part {
        Part::Situation => "When and where was it, and what was going on? Two or three sentences.",
        Part::Task => "What was yours to do, or to decide?",
        Part::Action => "What did you do, step by step, and why that way? Say \"I\".",
        Part::Result => "What came of it? Give a number if you have one.",
    }
}

/// Reads a submit of the answer modal.
///
/// # Errors
/// When it has a component of the newer form, or none of ours at all.
pub fn read_modal(rows: &[ActionRow]) -> Result<Typed, UnreadableModal> {
    if rows.iter().any(|row| row.kind == ComponentType::Unknown(LABEL)) {
        return Err(UnreadableModal);
    }
    let mut typed = Typed::default();
    let mut found = false;
    for component in rows.iter().flat_map(|row| &row.components) {
        let ActionRowComponent::InputText(input) = component else { continue };
        let Some(part) = Part::ALL.into_iter().find(|part| part.key() == input.custom_id) else { continue };
        typed.set(part, input.value.clone().unwrap_or_default());
        found = true;
    }
    if found { Ok(typed) } else { Err(UnreadableModal) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(value: Value) -> Vec<ActionRow> {
        serde_json::from_value(value).unwrap()
    }

    fn row(id: &str, value: &str) -> Value {
        json!({ "type": 1, "components": [{ "type": 4, "custom_id": id, "value": value }] })
    }

    #[test]
    fn what_was_typed_comes_back_beside_an_echoed_prompt() {
        let echo = json!({ "type": 10, "id": 1 });
        let typed = read_modal(&rows(json!([echo, row("situation", "In May"), row("result", "")]))).unwrap();
        assert_eq!((typed.situation.as_str(), typed.result.as_str()), ("In May", ""));
    }

    #[test]
    fn the_newer_form_is_an_error_and_no_empty_answer() {
        let label = json!({ "type": 18, "component": { "type": 4, "custom_id": "situation", "value": "In May" } });
        assert!(read_modal(&rows(json!([label]))).is_err());
        assert!(read_modal(&[]).is_err());
    }

    #[test]
    fn placeholders_fit() {
        for part in Part::ALL {
            assert!(placeholder(part).chars().count() <= 100);
        }
    }
}
