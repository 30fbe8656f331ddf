//! A typed command line, taken apart with the help of the registered commands.

use serde_json::Value;

use super::Step;
use super::scene::Client;
use crate::check::command::option;
use crate::json::{integer, list, text};

/// A command as typed: which one, which of its subcommands, which options.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// The registered command; a forged one may be unknown.
    pub(super) command: Option<Value>,
    pub(super) name: String,
    /// The names of the group and the subcommand.
    pub(super) path: Vec<String>,
    /// Names and values, in the order in which they were typed.
    pub(super) options: Vec<(String, String)>,
}

impl Typed {
    /// Reads `/name [group] [subcommand] option:value option:value`.
    pub(super) fn read(commands: &[Value], line: &str, client: Client) -> Step<Typed> {
        let line = line.trim_start().strip_prefix('/');
        let line = line.ok_or_else(|| "a command begins with /".to_owned())?;
        let mut words = line.split(' ').peekable();
        let name = words.next().unwrap_or_default().to_owned();
        let command = commands.iter().find(|held| text(held, "name") == Some(&name));
        if command.is_none() && client == Client::Checks {
            let known: Vec<_> = commands.iter().filter_map(|held| text(held, "name")).collect();
            return Err(format!("there is no command /{name}; there are: {}", known.join(", ")));
        }
        let mut path = Vec::new();
        let mut level = command;
        while let Some(held) = level.filter(|held| list(held, "options").iter().any(is_nested)) {
            let word = words.next().unwrap_or_default();
            let below =
                list(held, "options").iter().find(|nested| is_nested(nested) && text(nested, "name") == Some(word));
            if below.is_none() {
                let known: Vec<_> = list(held, "options").iter().filter_map(|nested| text(nested, "name")).collect();
                return Err(format!("/{name} has the subcommands {}, not \"{word}\"", known.join(", ")));
            }
            path.push(word.to_owned());
            level = below;
        }
        let names: Vec<&str> = level
            .map(|held| list(held, "options"))
            .unwrap_or_default()
            .iter()
            .filter_map(|held| text(held, "name"))
            .collect();
        Ok(Typed { options: values(words, &names, client)?, command: command.cloned(), name, path })
    }

    /// Adds options, whose values may hold anything.
    pub(super) fn with(mut self, options: &[(&str, &str)]) -> Typed {
        let given = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.options.extend(given);
        self
    }

    /// The options that the command, or the subcommand, has.
    pub(super) fn offered(&self) -> &[Value] {
        let mut level = self.command.as_ref();
        for name in &self.path {
            level =
                level.and_then(|held| list(held, "options").iter().find(|nested| text(nested, "name") == Some(name)));
        }
        level.map(|held| list(held, "options")).unwrap_or_default()
    }

    /// `/name group subcommand`.
    pub(super) fn title(&self) -> String {
        let mut title = format!("/{}", self.name);
        for name in &self.path {
            title.push(' ');
            title.push_str(name);
        }
        title
    }
}

fn is_nested(held: &Value) -> bool {
    matches!(integer(held, "type"), Some(option::SUBCOMMAND | option::GROUP))
}

/// Splits the words into options: a value runs until the next word that begins with the name of
/// an option.
fn values<'l>(words: impl Iterator<Item = &'l str>, names: &[&str], client: Client) -> Step<Vec<(String, String)>> {
    let mut options: Vec<(String, String)> = Vec::new();
    for word in words {
        let begins = word
            .split_once(':')
            .filter(|(name, _)| names.contains(name) || client == Client::Forged && names.is_empty());
        match (begins, options.last_mut()) {
            (Some((name, value)), _) => options.push((name.to_owned(), value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) if word.is_empty() => {}
            (None, None) => match (client, word.split_once(':')) {
                (Client::Forged, Some((name, value))) => {
                    options.push((name.to_owned(), value.to_owned()));
                }
                _ => return Err(format!("\"{word}\" is none of the options {}", names.join(", "))),
            },
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn commands() -> Vec<Value> {
        let text = |name: &str| json!({"name": name, "type": 3});
        vec![
            json!({"name": "answer", "options": [text("situation"), text("task")]}),
            json!({"name": "daily", "options": [
                {"name": "setup", "type": 1, "options": [text("time"), text("zone")]},
                {"name": "off", "type": 1},
            ]}),
        ]
    }

    fn read(line: &str) -> Step<Typed> {
        Typed::read(&commands(), line, Client::Checks)
    }

    fn pairs(typed: &Typed) -> Vec<(&str, &str)> {
        let pairs = typed.options.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_value_runs_until_the_next_option() {
        let typed = read("/answer situation:We had: two  days task:ship it").unwrap();
        assert_eq!(pairs(&typed), [("situation", "We had: two  days"), ("task", "ship it")]);
    }

    #[test]
    fn subcommands_are_followed() {
        let typed = read("/daily setup time:09:00 zone:Europe/Berlin").unwrap();
        assert_eq!(typed.title(), "/daily setup");
        assert_eq!(pairs(&typed), [("time", "09:00"), ("zone", "Europe/Berlin")]);
        assert_eq!(typed.offered().len(), 2);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let why = |line: &str| read(line).unwrap_err();
        assert_eq!(why("/nope"), "there is no command /nope; there are: answer, daily");
        assert_eq!(why("/daily on"), "/daily has the subcommands setup, off, not \"on\"");
        assert_eq!(why("/answer foo:x"), "\"foo:x\" is none of the options situation, task");
        assert_eq!(why("answer"), "a command begins with /");
    }

    #[test]
    fn a_forged_line_may_name_what_is_not_there() {
        let typed = Typed::read(&commands(), "/answer foo:x task:y", Client::Forged).unwrap();
        assert_eq!(pairs(&typed), [("foo", "x"), ("task", "y")]);
        let typed = Typed::read(&commands(), "/nope a:1", Client::Forged).unwrap();
        assert!(typed.command.is_none());
    }
}
