//! A modal, as a person sees it and types into it.

use std::fmt;

use serde_json::{Value, json};

use super::{framed, line, names, without_last_break};
use crate::check::component::kind;
use crate::json::{flag, integer, list, text};
use crate::world::World;

/// A modal, filled in so far. It remembers what opened it, so that it can be sent.
#[derive(Clone, Debug)]
pub struct ModalView {
    /// The title.
    pub title: String,
    /// The custom id that the bot gave it.
    pub custom_id: String,
    /// The texts that are only shown.
    pub texts: Vec<String>,
    /// What can be typed into, in order.
    pub inputs: Vec<InputView>,
    /// The modal as the bot sent it.
    pub raw: Value,
    /// The channel, and the message of the component, that it was opened from.
    pub(crate) channel_id: u64,
    pub(crate) message: Option<u64>,
    shown_texts: Vec<String>,
}

/// A text input.
#[derive(Clone, Debug)]
pub struct InputView {
    /// The words above it.
    pub label: String,
    /// The custom id that the bot gave it.
    pub custom_id: String,
    /// What stands in it while it is empty.
    pub placeholder: String,
    /// What is in it.
    pub value: String,
    /// The fewest characters that a client sends.
    pub min_length: usize,
    /// The most characters that a client lets one type; 4000 where the bot says nothing.
    pub max_length: usize,
    /// Whether a client sends it only when filled in; so where the bot says nothing.
    pub required: bool,
    /// Whether it has more than one line.
    pub paragraph: bool,
}

impl ModalView {
    pub(crate) fn of(world: &World, modal: &Value, channel_id: u64, message: Option<u64>) -> Self {
        let parts = list(modal, "components");
        let texts: Vec<String> = parts
            .iter()
            .filter(|part| integer(part, "type") == Some(kind::TEXT_DISPLAY))
            .filter_map(|part| text(part, "content"))
            .map(str::to_owned)
            .collect();
        ModalView {
            title: text(modal, "title").unwrap_or_default().to_owned(),
            custom_id: text(modal, "custom_id").unwrap_or_default().to_owned(),
            shown_texts: texts.iter().map(|text| names::readable(world, text)).collect(),
            texts,
            inputs: parts.iter().filter_map(InputView::of).collect(),
            raw: modal.clone(),
            channel_id,
            message,
        }
    }

    /// Puts `typed` into the input with this label, in place of what is in it.
    ///
    /// # Panics
    /// When there is no such input.
    #[must_use]
    #[expect(clippy::panic, reason = "a step of a test that no person could take")]
    pub fn types(self, label: &str, typed: &str) -> ModalView {
        match self.try_types(label, typed) {
            Ok(modal) => modal,
            Err(why) => panic!("{why}"),
        }
    }

    /// As [`types`](Self::types).
    ///
    /// # Errors
    /// When there is no such input.
    pub fn try_types(mut self, label: &str, typed: &str) -> Result<ModalView, String> {
        let labels = self.labels();
        let input = self.inputs.iter_mut().find(|input| input.label == label);
        let input =
            input.ok_or_else(|| format!("the modal \"{}\" has no input {label}; it has {labels}", self.title))?;
        typed.clone_into(&mut input.value);
        Ok(self)
    }

    /// As [`try_types`](Self::try_types), by the input's custom id.
    ///
    /// # Errors
    /// When there is no such input.
    pub(crate) fn try_fills(mut self, custom_id: &str, typed: &str) -> Result<ModalView, String> {
        let input = self.inputs.iter_mut().find(|input| input.custom_id == custom_id);
        let input = input.ok_or_else(|| format!("this form has no input {custom_id}; open it again"))?;
        typed.clone_into(&mut input.value);
        Ok(self)
    }

    /// What is in the input with this label.
    ///
    /// # Panics
    /// When there is no such input.
    #[must_use]
    #[expect(clippy::panic, reason = "a step of a test that no person could take")]
    pub fn value(&self, label: &str) -> &str {
        match self.inputs.iter().find(|input| input.label == label) {
            Some(input) => &input.value,
            None => panic!("the modal has no input {label}; it has {}", self.labels()),
        }
    }

    fn labels(&self) -> String {
        let labels: Vec<&str> = self.inputs.iter().map(|input| input.label.as_str()).collect();
        labels.join(", ")
    }

    /// What a client would not let a person send.
    pub(crate) fn flaw(&self) -> Option<String> {
        self.inputs.iter().find_map(InputView::flaw)
    }

    /// The `data` of the interaction that sends it: the inputs' values and, by their kind alone,
    /// the texts.
    pub(crate) fn submission(&self) -> Value {
        let mut inputs = self.inputs.iter();
        let mut id = 0;
        let mut next_id = || {
            id += 1;
            id
        };
        let mut components = Vec::new();
        for part in list(&self.raw, "components") {
            let part_id = next_id();
            let kind = integer(part, "type").unwrap_or(0);
            if kind == kind::TEXT_DISPLAY {
                components.push(json!({"type": kind, "id": part_id}));
                continue;
            }
            let Some(input) = inputs.next() else {
                continue;
            };
            let typed = json!({
                "type": kind::TEXT_INPUT,
                "id": next_id(),
                "custom_id": input.custom_id,
                "value": input.value,
            });
            components.push(if kind == kind::ROW {
                json!({"type": kind, "id": part_id, "components": [typed]})
            } else {
                json!({"type": kind, "id": part_id, "component": typed})
            });
        }
        json!({"custom_id": self.custom_id, "components": components})
    }
}

impl InputView {
    /// The input in a row or a label, if `part` is one.
    fn of(part: &Value) -> Option<InputView> {
        let (input, label) = match integer(part, "type") {
            Some(kind::ROW) => {
                let input = list(part, "components").first()?;
                (input, text(input, "label"))
            }
            Some(kind::LABEL) => (part.get("component")?, text(part, "label")),
            _ => return None,
        };
        let said = |key: &str| text(input, key).unwrap_or_default().to_owned();
        let length = |key: &str| integer(input, key).and_then(|said| usize::try_from(said).ok());
        Some(InputView {
            label: label.unwrap_or_default().to_owned(),
            custom_id: said("custom_id"),
            placeholder: said("placeholder"),
            value: said("value"),
            min_length: length("min_length").unwrap_or(0),
            max_length: length("max_length").unwrap_or(crate::check::modal::VALUE),
            required: input.get("required").is_none_or(Value::is_null) || flag(input, "required"),
            paragraph: integer(input, "style") == Some(2),
        })
    }

    fn flaw(&self) -> Option<String> {
        let InputView { label, min_length, max_length, .. } = self;
        let typed = crate::check::length(&self.value);
        if self.required && typed == 0 {
            Some(format!("the input {label} is required and empty; fill it in"))
        } else if typed > *max_length {
            Some(format!("the input {label} takes {max_length} characters, not {typed}; shorten it"))
        } else if typed > 0 && typed < *min_length {
            Some(format!("the input {label} needs {min_length} characters, not {typed}; write more"))
        } else {
            None
        }
    }
}

impl fmt::Display for ModalView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        line(&mut out, format_args!("┌ {}", self.title));
        for text in &self.shown_texts {
            framed(&mut out, "│ ", text);
        }
        for input in &self.inputs {
            let required = if input.required { ", required" } else { "" };
            let (label, most) = (&input.label, input.max_length);
            line(&mut out, format_args!("│ {label} (at most {most}{required})"));
            if input.value.is_empty() {
                framed(&mut out, "│   … ", &input.placeholder);
            } else {
                framed(&mut out, "│   > ", &input.value);
            }
        }
        line(&mut out, format_args!("└ [Cancel] [Submit]"));
        without_last_break(f, &out)
    }
}
