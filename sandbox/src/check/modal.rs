//! The limits of modals: text inputs, in action rows or in labels, and text displays.
//!
//! Source: <https://discord.com/developers/docs/components/reference>.

use std::collections::BTreeSet;

use serde_json::Value;

use super::component::{self, kind};
use super::{at, length};
use crate::faults::Faults;
use crate::json::{given, integer, list, text};
use crate::refusal::Refusal;

/// Longest title.
pub(crate) const TITLE: usize = 45;
/// Most components at the top.
pub(crate) const COMPONENTS: usize = 5;
/// Longest label.
pub(crate) const LABEL: usize = 45;
/// Longest description under a label.
pub(crate) const LABEL_DESCRIPTION: usize = 100;
/// Longest placeholder of a text input.
pub(crate) const PLACEHOLDER: usize = 100;
/// Longest value of a text input.
pub(crate) const VALUE: usize = 4000;
/// Longest text display, and longest sum of them.
pub(crate) const TEXT_DISPLAY: usize = 4000;

/// Checks a modal: the `data` of a callback of type 9.
pub(crate) fn check(data: &Value) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.required_text("data", data, "title", &(1..=TITLE));
    component::custom_id(&mut faults, "data", data);
    if given(data, "components").is_none() {
        faults.required("data.components");
    }
    let parts = faults.array("data", data, "components", &(1..=COMPONENTS));
    let mut shown = 0;
    let mut custom_ids = BTreeSet::new();
    for (position, part) in parts.iter().enumerate() {
        let path = at("data.components", position);
        match integer(part, "type") {
            Some(kind::ROW) => row(&mut faults, &path, part, &mut custom_ids),
            Some(kind::LABEL) => label(&mut faults, &path, part, &mut custom_ids),
            Some(kind::TEXT_DISPLAY) => {
                let content = faults.required_text(&path, part, "content", &(1..=TEXT_DISPLAY));
                shown += content.map_or(0, length);
            }
            _ => faults.choices(&at(&path, "type"), "1, 10, 18"),
        }
    }
    if shown > TEXT_DISPLAY {
        let message = format!("Text displays exceed {TEXT_DISPLAY} in all");
        faults.add("data.components", "COMPONENT_MAX_TEXT_SIZE_EXCEEDED", message);
    }
    faults.verdict()
}

fn row<'v>(faults: &mut Faults, path: &str, row: &'v Value, seen: &mut BTreeSet<&'v str>) {
    let inner = at(path, "components");
    match list(row, "components") {
        [input] => {
            let path = at(&inner, 0);
            faults.required_text(&path, input, "label", &(1..=LABEL));
            text_input(faults, &path, input, seen);
        }
        held => faults.count(&inner, held.len(), &(1..=1)),
    }
}

fn label<'v>(faults: &mut Faults, path: &str, label: &'v Value, seen: &mut BTreeSet<&'v str>) {
    faults.required_text(path, label, "label", &(1..=LABEL));
    faults.text(path, label, "description", &(0..=LABEL_DESCRIPTION));
    let inner = at(path, "component");
    match given(label, "component") {
        Some(input) => text_input(faults, &inner, input, seen),
        None => faults.required(&inner),
    }
}

fn text_input<'v>(faults: &mut Faults, path: &str, input: &'v Value, seen: &mut BTreeSet<&'v str>) {
    if integer(input, "type") != Some(kind::TEXT_INPUT) {
        faults.not_modelled(&at(path, "type"), "inputs of a modal other than text inputs");
        return;
    }
    component::custom_id(faults, path, input);
    if text(input, "custom_id").is_some_and(|custom_id| !seen.insert(custom_id)) {
        let message = "Component custom id cannot be duplicated";
        faults.add(&at(path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
    if !matches!(integer(input, "style"), Some(1 | 2)) {
        faults.choices(&at(path, "style"), "1, 2");
    }
    faults.text(path, input, "placeholder", &(0..=PLACEHOLDER));
    let most = i64::try_from(VALUE).unwrap_or(i64::MAX);
    let least = faults.integer(path, input, "min_length", &(0..=most));
    let most = faults.integer(path, input, "max_length", &(1..=most));
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        let message = "min_length must not exceed max_length";
        faults.add(&at(path, "min_length"), "TEXT_INPUT_INVALID_RANGE", message);
    }
    let longest = most.and_then(|most| usize::try_from(most).ok());
    let range = 0..=longest.unwrap_or(VALUE).min(VALUE);
    faults.text(path, input, "value", &range);
}
