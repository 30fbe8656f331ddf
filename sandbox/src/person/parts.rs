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
    let is_meant = |part: &&Value| {
        let emoji = part.pointer("/emoji/name").and_then(Value::as_str);
        integer(part, "type") == Some(kind::BUTTON)
            && text(part, "label").filter(|label| !label.is_empty()).or(emoji) == Some(label)
    };
    let meant: Vec<&Value> = parts(components).filter(is_meant).collect();
    let enabled = meant.iter().find(|part| !flag(part, "disabled"));
    match (meant.is_empty(), enabled) {
        (true, _) => Err(format!("there is no button {label}")),
        (false, None) => Err(format!("the button {label} is disabled")),
        (false, Some(part)) if integer(part, "style") == Some(LINK_STYLE) => {
            Err(format!("the button {label} opens a link"))
        }
        (false, Some(part)) => text(part, "custom_id").ok_or_else(|| format!("the button {label} has no custom id")),
    }
}

/// The custom id and the values of the select menu that offers all of `labels`; the beginning of
/// a label is enough. Nothing where none does; an error where one does but can't be used so.
pub(super) fn choice<'c>(components: &'c [Value], labels: &[&str]) -> Step<Option<(&'c str, Vec<&'c str>)>> {
    for menu in parts(components).filter(|part| integer(part, "type") == Some(kind::SELECT)) {
        let Some(values) = values(menu, labels) else {
            continue;
        };
        if flag(menu, "disabled") {
            return Err("the select menu is disabled".to_owned());
        }
        let least = integer(menu, "min_values").unwrap_or(1);
        let most = integer(menu, "max_values").unwrap_or(1);
        let values = if most > 1 { ticked(menu, &values) } else { values };
        let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        if !(least..=most).contains(&count) {
            return Err(format!("the select menu takes {least} to {most} options, not {count}"));
        }
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
