//! The limits of autocomplete's choices, and of a command option's own.
//!
//! Source: <https://discord.com/developers/docs/interactions/application-commands>. Discord's
//! machine-readable description allows more in places; the stricter rule is kept here.

use serde_json::Value;

use super::at;
use crate::faults::Faults;
use crate::json::given;
use crate::refusal::Refusal;

/// Most choices.
pub(crate) const CHOICES: usize = 25;
/// Longest name, and longest value that is a text.
pub(crate) const CHOICE_TEXT: usize = 100;

/// Checks the answer to an autocomplete interaction.
pub(crate) fn check(data: &Value) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if given(data, "choices").is_none() {
        faults.required("data.choices");
    }
    list(&mut faults, "data", data);
    faults.verdict()
}

/// Checks the choices of `parent`.
pub(crate) fn list(faults: &mut Faults, path: &str, parent: &Value) {
    let choices = faults.array(path, parent, "choices", &(0..=CHOICES));
    for (position, choice) in choices.iter().enumerate() {
        let path = at(&at(path, "choices"), position);
        faults.required_text(&path, choice, "name", &(1..=CHOICE_TEXT));
        match choice.get("value") {
            Some(Value::String(value)) => {
                faults.text_length(&at(&path, "value"), value, &(1..=CHOICE_TEXT));
            }
            Some(Value::Number(_)) => {}
            _ => faults.required(&at(&path, "value")),
        }
    }
}
