//! Finding the button or the option that a person means, among a message's components.

use serde_json::Value;

use super::Step;
use crate::check::component::{LINK_STYLE, kind};
use crate::json::{flag, integer, list, text};

fn parts(components: &[Value]) -> impl Iterator<Item = &Value> {
    components.iter().flat_map(|row| list(row, "components"))
}

/// The custom id of the button with this label; of several, the first that can be clicked.
pub(super) fn button<'c>(components: &'c [Value], label: &str) -> Step<&'c str> {
    let is_meant = |part: &&Value| integer(part, "type") == Some(kind::BUTTON) && self::label(part) == Some(label);
    let meant: Vec<&Value> = parts(components).filter(is_meant).collect();
    let enabled = meant.iter().find(|part| !flag(part, "disabled"));
    match (meant.first(), enabled) {
        (None, _) => Err(format!("there is no button {label}")),
        (Some(part), None) | (Some(_), Some(part)) => clickable(part, label),
    }
}

/// The custom id of a button, if it can be clicked.
fn clickable<'c>(button: &'c Value, label: &str) -> Step<&'c str> {
    if flag(button, "disabled") {
        return Err(format!("the button {label} is disabled; use another"));
    }
    if integer(button, "style") == Some(LINK_STYLE) {
        return Err(format!("the button {label} opens a link"));
    }
    text(button, "custom_id").ok_or_else(|| format!("the button {label} has no custom id"))
}

/// A button or a select menu, as it is used.
pub(super) struct Used {
    /// Discord's number of its kind.
    pub(super) kind: i64,
    /// What the person did, in words.
    pub(super) words: String,
    /// The values that were chosen from a menu.
    pub(super) values: Option<Vec<String>>,
}

/// What using the component with this custom id comes to: a click, or a choice of `values`.
pub(super) fn used(components: &[Value], custom_id: &str, values: Option<&[&str]>) -> Step<Used> {
    let part = parts(components).find(|part| text(part, "custom_id") == Some(custom_id));
    let part =
        part.ok_or_else(|| "that message has no such button or menu any more; use one that it shows now".to_owned())?;
    match (integer(part, "type"), values) {
        (Some(kind::BUTTON), None) => {
            let label = label(part).unwrap_or_default();
            clickable(part, label)?;
            Ok(Used { kind: kind::BUTTON, words: format!("clicks {label}"), values: None })
        }
        (Some(kind::SELECT), Some(values)) => {
            let labels = chosen(part, values)?;
            takes(part, values.len())?;
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            Ok(Used { kind: kind::SELECT, words: format!("chooses {}", labels.join(", ")), values: Some(values) })
        }
        (Some(kind::BUTTON), Some(_)) => Err("a button takes no values".to_owned()),
        (Some(kind::SELECT), None) => Err("a select menu takes values".to_owned()),
        _ => Err("menus of people, roles and channels can't be used here yet".to_owned()),
    }
}

/// What a button says: its label, or without one its emoji.
fn label(button: &Value) -> Option<&str> {
    let emoji = button.pointer("/emoji/name").and_then(Value::as_str);
    text(button, "label").filter(|label| !label.is_empty()).or(emoji)
}

/// The labels of the options with these values, each of which the menu must offer.
fn chosen<'c>(menu: &'c Value, values: &[&str]) -> Step<Vec<&'c str>> {
    let find = |(position, value): (usize, &&str)| {
        if values.iter().take(position).any(|other| other == value) {
            return Err(format!("\"{value}\" is chosen twice; choose it once"));
        }
        let option = list(menu, "options").iter().find(|option| text(option, "value") == Some(*value));
        let option =
            option.ok_or_else(|| format!("the select menu does not offer \"{value}\"; choose what it shows"))?;
        Ok(text(option, "label").unwrap_or_default())
    };
    values.iter().enumerate().map(find).collect()
}

/// Whether so many options can be chosen from the menu.
fn takes(menu: &Value, count: usize) -> Step<()> {
    if flag(menu, "disabled") {
        return Err("the select menu is disabled; use another".to_owned());
    }
    let least = integer(menu, "min_values").unwrap_or(1);
    let most = integer(menu, "max_values").unwrap_or(1);
    if i64::try_from(count).is_ok_and(|count| (least..=most).contains(&count)) {
        return Ok(());
    }
    Err(format!("the select menu takes {least} to {most} options, not {count}; choose as many"))
}

/// The custom id and the values of the select menu that offers all of `labels`; the beginning of
/// a label is enough. Nothing where none does; an error where one does but can't be used so.
pub(super) fn choice<'c>(components: &'c [Value], labels: &[&str]) -> Step<Option<(&'c str, Vec<&'c str>)>> {
    for menu in parts(components).filter(|part| integer(part, "type") == Some(kind::SELECT)) {
        let Some(values) = values(menu, labels) else {
            continue;
        };
        let takes_several = integer(menu, "max_values").is_some_and(|most| most > 1);
        let values = if takes_several { ticked(menu, &values) } else { values };
        takes(menu, values.len())?;
        let custom_id = text(menu, "custom_id").unwrap_or_default();
        return Ok(Some((custom_id, values)));
    }
    Ok(None)
}

/// What is ticked in a menu that takes several: what was ticked at first, with each of `values` the other way round.
fn ticked<'c>(menu: &'c Value, values: &[&'c str]) -> Vec<&'c str> {
    let options = list(menu, "options").iter();
    let is_ticked = |option: &&'c Value| {
        let is_meant = text(option, "value").is_some_and(|value| values.contains(&value));
        flag(option, "default") != is_meant
    };
    options.filter(is_ticked).filter_map(|option| text(option, "value")).collect()
}

/// The values of the options with these labels, if the menu offers them all. A whole label wins
/// over the beginning of another.
fn values<'c>(menu: &'c Value, labels: &[&str]) -> Option<Vec<&'c str>> {
    let options = list(menu, "options");
    let said = |option: &'c Value| text(option, "label").unwrap_or_default();
    let find = |label: &&str| {
        let whole = options.iter().find(|option| said(option) == *label);
        let begun = || options.iter().find(|option| said(option).starts_with(*label));
        text(whole.or_else(begun)?, "value")
    };
    labels.iter().map(find).collect()
}
