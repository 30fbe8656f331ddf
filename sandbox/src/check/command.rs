//! The limits of application commands.
//!
//! Source: <https://discord.com/developers/docs/interactions/application-commands>.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{at, choice, length};
use crate::faults::Faults;
use crate::json::{flag, given, integer, list, text};
use crate::refusal::Refusal;

/// Most commands of an application.
pub(crate) const COMMANDS: usize = 100;
/// Longest name of a command or an option.
pub(crate) const NAME: usize = 32;
/// Longest description of a command or an option.
pub(crate) const DESCRIPTION: usize = 100;
/// Most options of a command, and of a subcommand.
pub(crate) const OPTIONS: usize = 25;
/// Most characters of a command: names, descriptions and values, options and choices included.
pub(crate) const TOTAL: usize = 8000;
/// Longest text that an option may ask for.
const OPTION_LENGTH: i64 = 6000;

/// Types of options.
pub(crate) mod option {
    /// A subcommand, with options of its own.
    pub(crate) const SUBCOMMAND: i64 = 1;
    /// A group of subcommands.
    pub(crate) const GROUP: i64 = 2;
    /// A text.
    pub(crate) const STRING: i64 = 3;
    /// A whole number.
    pub(crate) const INTEGER: i64 = 4;
    /// Yes or no.
    pub(crate) const BOOLEAN: i64 = 5;
    /// A person.
    pub(crate) const USER: i64 = 6;
    /// A channel.
    pub(crate) const CHANNEL: i64 = 7;
    /// A role.
    pub(crate) const ROLE: i64 = 8;
    /// A number.
    pub(crate) const NUMBER: i64 = 10;
    /// A file, the last type there is.
    pub(crate) const ATTACHMENT: i64 = 11;
}

/// Checks the commands of a bulk overwrite.
pub(crate) fn check(commands: &[Value]) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.count("commands", commands.len(), &(0..=COMMANDS));
    let mut names = BTreeSet::new();
    for (position, command) in commands.iter().enumerate() {
        let path = position.to_string();
        one(&mut faults, &path, command);
        let identity = (integer(command, "type").unwrap_or(1), text(command, "name"));
        if !names.insert(identity) {
            let message = "Application command names must be unique";
            faults.add(&at(&path, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
    faults.verdict()
}

fn one(faults: &mut Faults, path: &str, command: &Value) {
    name(faults, path, command);
    if !matches!(integer(command, "type"), None | Some(1)) {
        faults.not_modelled(&at(path, "type"), "commands of a context menu");
    }
    faults.required_text(path, command, "description", &(1..=DESCRIPTION));
    options(faults, path, command, Level::Command);
    if size(command) > TOTAL {
        let message = format!("Command exceeds maximum size ({TOTAL})");
        faults.add(path, "APPLICATION_COMMAND_TOO_LARGE", message);
    }
    match given(command, "default_member_permissions") {
        Some(Value::String(bits)) if bits.parse::<u64>().is_ok() => {}
        None => {}
        Some(_) => {
            let path = at(path, "default_member_permissions");
            faults.add(&path, "NUMBER_TYPE_COERCE", "Value is not a string of digits.");
        }
    }
    number_set(faults, path, command, "contexts", 2);
    number_set(faults, path, command, "integration_types", 1);
}

/// Checks an array of numbers from 0 to `most`, each at most once.
fn number_set(faults: &mut Faults, path: &str, command: &Value, key: &str, most: i64) {
    let values = faults.array(path, command, key, &(1..=3));
    let mut seen = BTreeSet::new();
    for (position, value) in values.iter().enumerate() {
        let path = at(&at(path, key), position);
        match value.as_i64() {
            Some(number) if (0..=most).contains(&number) => {
                if !seen.insert(number) {
                    faults.add(&path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "Duplicate value");
                }
            }
            _ => faults.choices(&path, &format!("0 to {most}")),
        }
    }
}

/// Lower case where there is one: letters and digits of any script, `-`, `_` and `'`.
fn name(faults: &mut Faults, path: &str, named: &Value) {
    let Some(name) = faults.required_text(path, named, "name", &(1..=NAME)) else {
        return;
    };
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    if !name.chars().all(allowed) || name.to_lowercase() != name {
        let message = "Command name is invalid";
        faults.add(&at(path, "name"), "APPLICATION_COMMAND_INVALID_NAME", message);
    }
}

/// How deep an option stands: what kinds may stand there.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    Command,
    Group,
    Subcommand,
}

fn options(faults: &mut Faults, path: &str, parent: &Value, level: Level) {
    let options = faults.array(path, parent, "options", &(0..=OPTIONS));
    let nested = |option: &Value| matches!(integer(option, "type"), Some(option::SUBCOMMAND | option::GROUP));
    let mut names = BTreeSet::new();
    let mut optional_before = false;
    for (position, held) in options.iter().enumerate() {
        let path = at(&at(path, "options"), position);
        if text(held, "name").is_some_and(|name| !names.insert(name)) {
            let message = "Option name already exists";
            faults.add(&at(&path, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message);
        }
        if flag(held, "required") && optional_before {
            let message = "Required options must be placed before non-required options";
            faults.add(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_before |= !flag(held, "required");
        one_option(faults, &path, held, level);
    }
    if options.iter().any(nested) && !options.iter().all(nested) {
        let message = "Subcommands and options cannot stand side by side";
        faults.add(&at(path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
}

fn one_option(faults: &mut Faults, path: &str, held: &Value, level: Level) {
    name(faults, path, held);
    faults.required_text(path, held, "description", &(1..=DESCRIPTION));
    match integer(held, "type") {
        Some(option::SUBCOMMAND) if level != Level::Subcommand => {
            options(faults, path, held, Level::Subcommand);
        }
        Some(option::GROUP) if level == Level::Command => options(faults, path, held, Level::Group),
        Some(kind @ option::STRING..=option::ATTACHMENT) if level != Level::Group => {
            value_option(faults, path, held, kind);
        }
        _ => faults.choices(&at(path, "type"), "1 to 11, as the level allows"),
    }
}

/// Checks an option that asks for a value.
fn value_option(faults: &mut Faults, path: &str, held: &Value, kind: i64) {
    choice::list(faults, path, held);
    let has_choices = !list(held, "choices").is_empty();
    let completes = flag(held, "autocomplete");
    let chooses = matches!(kind, option::STRING | option::INTEGER | option::NUMBER);
    if has_choices && completes {
        let message = "Autocomplete and choices cannot both be given";
        faults.add(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", message);
    }
    if (has_choices || completes) && !chooses {
        let message = "Options of this type have neither choices nor autocomplete";
        faults.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", message);
    }
    faults.integer(path, held, "min_length", &(0..=OPTION_LENGTH));
    faults.integer(path, held, "max_length", &(1..=OPTION_LENGTH));
    if kind != option::STRING && given(held, "max_length").is_some() {
        let message = "Only options of texts have a length";
        faults.add(&at(path, "max_length"), "APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID", message);
    }
}

/// The characters that count for a command's total.
fn size(held: &Value) -> usize {
    let own = ["name", "description", "value"].iter().filter_map(|key| text(held, key)).map(length).sum::<usize>();
    let nested = ["options", "choices"].iter().flat_map(|key| list(held, key)).map(size).sum::<usize>();
    own + nested
}
