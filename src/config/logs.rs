//! What the environment says of the log. Knows nothing of how a line is written.

use std::collections::HashMap;
use std::path::PathBuf;

use tracing_subscriber::EnvFilter;

use super::{ConfigError, Environment};

pub(super) const FORMAT: &str = "LOG_FORMAT";
pub(super) const FILTER: &str = "RUST_LOG";

/// How logs are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// As lines for people, or as JSON for machines.
    pub format: LogFormat,
    /// What `RUST_LOG` asks for.
    pub filter: String,
}

/// The shape of a line of log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl LogConfig {
    /// Reads the process's environment and no file: for what leaves a bot's `.env` alone. Without `RUST_LOG`, `filter` is taken.
    ///
    /// # Errors
    /// Names what is malformed.
    pub fn from_env(filter: &str) -> Result<LogConfig, ConfigError> {
        let environment = Environment { folder: PathBuf::new(), file: HashMap::new() };
        LogConfig::from_lookup(filter, |name| environment.get(name))
    }

    fn from_lookup(filter: &str, lookup: impl Fn(&str) -> Option<String>) -> Result<LogConfig, ConfigError> {
        let get = |name: &str| lookup(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        match (parse_format(get(FORMAT).as_deref()), parse_filter(get(FILTER), filter)) {
            (Ok(format), Ok(filter)) => Ok(LogConfig { format, filter }),
            (format, filter) => Err(ConfigError { problems: format.err().into_iter().chain(filter.err()).collect() }),
        }
    }
}

pub(super) fn parse_format(word: Option<&str>) -> Result<LogFormat, String> {
    match word.unwrap_or("text") {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        word => Err(format!("{FORMAT} is {word:?}; it can be text or json")),
    }
}

pub(super) fn parse_filter(directives: Option<String>, left_out: &str) -> Result<String, String> {
    let directives = directives.unwrap_or_else(|| left_out.to_owned());
    match EnvFilter::try_new(&directives) {
        Ok(_) => Ok(directives),
        Err(error) => {
            Err(format!("{FILTER} is malformed ({error}); use a level, as in info, or pairs, as in starling=debug"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<LogConfig, String> {
        let lookup = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        LogConfig::from_lookup("warn", lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_left_out_is_as_the_caller_wants_it() {
        assert_eq!(read(&[("RUST_LOG", " ")]), Ok(LogConfig { format: LogFormat::Text, filter: "warn".to_owned() }));
        let both = read(&[("RUST_LOG", "starling=debug"), ("LOG_FORMAT", "json")]);
        assert_eq!(both, Ok(LogConfig { format: LogFormat::Json, filter: "starling=debug".to_owned() }));
    }

    #[test]
    fn both_are_named_where_both_are_wrong() {
        let told = read(&[("RUST_LOG", "starling=loud"), ("LOG_FORMAT", "xml")]).unwrap_err();
        assert!(told.contains("RUST_LOG") && told.contains("LOG_FORMAT"), "{told}");
    }
}
