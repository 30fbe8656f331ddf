//! The limits of buttons and select menus.
//!
//! Source: <https://discord.com/developers/docs/components/reference>.

use std::collections::BTreeSet;

use serde_json::Value;

use super::at;
use crate::faults::Faults;
use crate::json::{flag, given, integer, list, text};

/// Most action rows of a message.
pub(crate) const ROWS: usize = 5;
/// Most buttons of a row.
pub(crate) const BUTTONS: usize = 5;
/// Longest label of a button.
pub(crate) const BUTTON_LABEL: usize = 80;
/// Longest custom id.
pub(crate) const CUSTOM_ID: usize = 100;
/// Most options of a select menu.
pub(crate) const OPTIONS: usize = 25;
/// Longest label, value and description of an option.
pub(crate) const OPTION_TEXT: usize = 100;
/// Longest placeholder of a select menu.
pub(crate) const SELECT_PLACEHOLDER: usize = 150;

/// Component types, as far as messages and modals of this sandbox hold them.
pub(crate) mod kind {
    /// A row of buttons, or of one select menu.
    pub(crate) const ROW: i64 = 1;
    /// A button.
    pub(crate) const BUTTON: i64 = 2;
    /// A select menu of texts.
    pub(crate) const SELECT: i64 = 3;
    /// A text input of a modal.
    pub(crate) const TEXT_INPUT: i64 = 4;
    /// The last of the select menus of users, roles, mentionables and channels, which follow 4.
    pub(crate) const LAST_ENTITY_SELECT: i64 = 8;
    /// A text that is only shown.
    pub(crate) const TEXT_DISPLAY: i64 = 10;
    /// A label round an input of a modal.
    pub(crate) const LABEL: i64 = 18;
}

/// The style of a button that opens a link.
pub(crate) const LINK_STYLE: i64 = 5;
/// The style of a button that sells something.
const PREMIUM_STYLE: i64 = 6;

/// Checks the components of a message.
pub(crate) fn check(faults: &mut Faults, message: &Value) {
    let rows = faults.array("", message, "components", &(0..=ROWS));
    let mut custom_ids = BTreeSet::new();
    for (position, row) in rows.iter().enumerate() {
        let path = at("components", position);
        if integer(row, "type") != Some(kind::ROW) {
            faults.not_modelled(&at(&path, "type"), "components outside an action row");
            continue;
        }
        one_row(faults, &path, row, &mut custom_ids);
    }
}

fn one_row<'v>(faults: &mut Faults, path: &str, row: &'v Value, seen: &mut BTreeSet<&'v str>) {
    let held = list(row, "components");
    let inner = at(path, "components");
    let selects = held.iter().filter(|component| integer(component, "type") != Some(kind::BUTTON)).count();
    if selects == 0 {
        faults.count(&inner, held.len(), &(1..=BUTTONS));
    } else if held.len() > 1 {
        let message = "A row holds up to five buttons or one select menu";
        faults.add(&inner, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
    }
    for (position, component) in held.iter().enumerate() {
        let path = at(&inner, position);
        match integer(component, "type") {
            Some(kind::BUTTON) => button(faults, &path, component),
            Some(kind::SELECT) => string_select(faults, &path, component),
            Some(5..=kind::LAST_ENTITY_SELECT) => select(faults, &path, component),
            _ => faults.choices(&at(&path, "type"), "2, 3, 5, 6, 7, 8"),
        }
        if let Some(custom_id) = text(component, "custom_id")
            && !seen.insert(custom_id)
        {
            let message = "Component custom id cannot be duplicated";
            faults.add(&at(&path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }
}

fn button(faults: &mut Faults, path: &str, button: &Value) {
    faults.text(path, button, "label", &(0..=BUTTON_LABEL));
    let has_label = text(button, "label").is_some_and(|label| !label.is_empty());
    let style = integer(button, "style");
    if style != Some(PREMIUM_STYLE) && !has_label && given(button, "emoji").is_none() {
        let message = "A button must have a label or an emoji";
        faults.add(path, "BUTTON_COMPONENT_INVALID", message);
    }
    match style {
        Some(LINK_STYLE) => {
            absent(faults, path, button, "custom_id");
            if given(button, "url").is_none() {
                faults.required(&at(path, "url"));
            }
            faults.link(path, button, "url", &["http", "https", "discord"]);
        }
        Some(1..=4) => {
            custom_id(faults, path, button);
            absent(faults, path, button, "url");
        }
        Some(PREMIUM_STYLE) => {}
        _ => faults.choices(&at(path, "style"), "1, 2, 3, 4, 5, 6"),
    }
}

/// A button has a link or a custom id; `key` is the one that its style rules out.
fn absent(faults: &mut Faults, path: &str, button: &Value, key: &str) {
    if given(button, key).is_some() {
        let message = "A custom id and url cannot both be specified";
        faults.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
    }
}

/// Checks a custom id that must be there.
pub(crate) fn custom_id(faults: &mut Faults, path: &str, component: &Value) {
    faults.required_text(path, component, "custom_id", &(1..=CUSTOM_ID));
}

/// What all select menus have.
fn select(faults: &mut Faults, path: &str, select: &Value) {
    custom_id(faults, path, select);
    faults.text(path, select, "placeholder", &(0..=SELECT_PLACEHOLDER));
    let most = i64::try_from(OPTIONS).unwrap_or(i64::MAX);
    let least = faults.integer(path, select, "min_values", &(0..=most));
    let most = faults.integer(path, select, "max_values", &(1..=most));
    if least.unwrap_or(1) > most.unwrap_or(1) {
        let message = "min_values must not exceed max_values";
        faults.add(&at(path, "min_values"), "SELECT_COMPONENT_INVALID_RANGE", message);
    }
}

fn string_select(faults: &mut Faults, path: &str, menu: &Value) {
    select(faults, path, menu);
    if given(menu, "options").is_none() {
        faults.required(&at(path, "options"));
    }
    let options = faults.array(path, menu, "options", &(1..=OPTIONS));
    let mut values = BTreeSet::new();
    for (position, option) in options.iter().enumerate() {
        let path = at(&at(path, "options"), position);
        faults.required_text(&path, option, "label", &(1..=OPTION_TEXT));
        faults.text(&path, option, "description", &(0..=OPTION_TEXT));
        let value = faults.required_text(&path, option, "value", &(1..=OPTION_TEXT));
        if value.is_some_and(|value| !values.insert(value)) {
            let message = "The specified option value is already used";
            faults.add(&at(&path, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
    let most = integer(menu, "max_values").unwrap_or(1);
    let chosen = options.iter().filter(|option| flag(option, "default"));
    if i64::try_from(chosen.count()).is_ok_and(|chosen| chosen > most) {
        let message = "The number of default options exceeds max_values";
        faults.add(&at(path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULT_OPTIONS", message);
    }
    let too_few = i64::try_from(options.len()).is_ok_and(|offered| offered < most);
    if too_few && !options.is_empty() {
        let message = "max_values must not exceed the number of options";
        faults.add(&at(path, "max_values"), "SELECT_COMPONENT_INVALID_RANGE", message);
    }
}
