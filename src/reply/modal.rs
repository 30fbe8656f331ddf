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
const SHORT: u8 = 1;
const PARAGRAPH: u8 = 2;

/// A modal.
#[derive(Clone, Debug)]
pub enum Modal {
    /// The one in which a question is answered.
    Answer {
        /// The question's key in words.
        title: String,
        /// The question.
        prompt: String,
        /// What a submit is.
        submits: CustomId,
        /// What the person has of it.
        filled_in: Typed,
    },
    /// The one that asks for a word before something is deleted.
    Word {
        /// What is deleted.
        title: &'static str,
        /// What a submit is.
        submits: CustomId,
    },
}

/// The word that deletes, in any case.
pub const DELETE: &str = "delete";

/// The custom id of the input that takes it.
const WORD: &str = "word";

/// What was typed into a modal, by the inputs' custom ids.
#[derive(Clone, Default)]
pub struct Inputs(Vec<(String, String)>);

/// A submit that does not have the shape of the answer modal.
#[derive(Debug, thiserror::Error)]
#[error("a modal came back in a form whose texts can't be read")]
pub struct UnreadableModal;

impl Modal {
    /// The modal for a question, with what the person has of it filled in.
    #[must_use]
    pub fn answering(question: &Question, subject: Subject, filled_in: Typed) -> Modal {
        let (title, prompt) = (question.key.words(), question.prompt.clone());
        Modal::Answer { title, prompt, submits: CustomId::Submit(subject), filled_in }
    }

    /// What Discord reads. A prompt as a text display is the one part that it might refuse; without it the modal still works.
    #[must_use]
    pub fn body(&self, shows_prompt: bool) -> Value {
        let row = |input: Value| json!({ "type": ACTION_ROW, "components": [input] });
        match self {
            Modal::Answer { title, prompt, submits, filled_in } => {
                let prompt = shows_prompt.then(|| json!({ "type": TEXT_DISPLAY, "content": prompt }));
                let inputs = Part::ALL.map(|part| row(input(part, filled_in.get(part))));
                let components: Vec<_> = prompt.into_iter().chain(inputs).collect();
                json!({ "title": title, "custom_id": submits.to_string(), "components": components })
            }
            Modal::Word { title, submits } => {
                let input = json!({
                    "type": TEXT_INPUT,
                    "custom_id": WORD,
                    "label": "Type the word \"delete\" to confirm",
                    "style": SHORT,
                    "max_length": 20,
                    "required": false,
                });
                json!({ "title": title, "custom_id": submits.to_string(), "components": [row(input)] })
            }
        }
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

impl Inputs {
    /// How many bytes they take up.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|(custom_id, typed)| custom_id.len() + typed.len()).sum()
    }

    /// The four parts of an answer; nothing where none of them was asked for.
    #[must_use]
    pub fn answer(self) -> Option<Typed> {
        let mut typed = Typed::default();
        let mut found = false;
        for (name, text) in self.0 {
            let Some(part) = Part::ALL.into_iter().find(|part| part.key() == name) else { continue };
            typed.set(part, text);
            found = true;
        }
        found.then_some(typed)
    }

    /// Whether the word that deletes was typed, in any case.
    #[must_use]
    pub fn say_delete(&self) -> bool {
        self.0.iter().any(|(name, text)| name == WORD && text.trim().eq_ignore_ascii_case(DELETE))
    }
}

/// Reads a submit.
///
/// # Errors
/// When it has a component of the newer form.
pub fn read_modal(rows: &[ActionRow]) -> Result<Inputs, UnreadableModal> {
    if rows.iter().any(|row| row.kind == ComponentType::Unknown(LABEL)) {
        return Err(UnreadableModal);
    }
    let inputs = rows.iter().flat_map(|row| &row.components).filter_map(|component| match component {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    Ok(Inputs(inputs.collect()))
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
        let typed =
            read_modal(&rows(json!([echo, row("situation", "In May"), row("result", "")]))).unwrap().answer().unwrap();
        assert_eq!((typed.situation.as_str(), typed.result.as_str()), ("In May", ""));
    }

    #[test]
    fn the_newer_form_is_an_error_and_no_empty_answer() {
        let label = json!({ "type": 18, "component": { "type": 4, "custom_id": "situation", "value": "In May" } });
        assert!(read_modal(&rows(json!([label]))).is_err());
        assert!(read_modal(&[]).unwrap().answer().is_none());
    }

    #[test]
    fn only_the_word_deletes_in_any_case() {
        let typed = |word: &str| read_modal(&rows(json!([row("word", word)]))).unwrap();
        assert!(typed(" DELETE ").say_delete() && typed("delete").say_delete());
        assert!(!typed("").say_delete() && !typed("deleted").say_delete());
    }

    #[test]
    fn placeholders_fit() {
        for part in Part::ALL {
            assert!(placeholder(part).chars().count() <= 100);
        }
    }
}
