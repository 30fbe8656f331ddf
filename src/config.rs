//! The only reader of the environment and of `.env`. Every problem is reported at once; secrets never show in `Debug`.

mod logs;

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use self::logs::{FILTER, FORMAT, parse_filter, parse_format};
pub use self::logs::{LogConfig, LogFormat};

use crate::clock::Clock;
use crate::store::Database;

/// Discord's own address, to which `/api/v10/…` is appended.
pub const DISCORD: &str = "https://discord.com";

const DATABASE: &str = "sqlite://starling.db";

/// Stands for a `$` where dotenvy must not see one: a sign that no text has.
const HIDDEN_DOLLAR: &str = "\u{1}";

const DOLLAR: &str =
    ".env has a $ outside single quotes, where it would be replaced; put that value into them, as in NAME='…'";

/// What the environment asks for.
#[derive(Debug)]
pub struct Config {
    /// The bot's token.
    pub token: SecretString,
    /// The database; a file's path is absolute.
    pub database: Database,
    /// The base URL of Discord, without a slash at its end.
    pub discord: String,
    /// How logs are written.
    pub logs: LogConfig,
    /// Where the time comes from: the system, but in tests.
    pub clock: Clock,
    /// What the order of questions is drawn from: chance, but in tests.
    pub seed: u64,
}

/// Everything that is wrong with the environment.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<String>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join("\n"))
    }
}

impl std::error::Error for ConfigError {}

/// What a start without a token is told.
const NO_TOKEN: &str = "\
DISCORD_TOKEN is missing. To get one: https://discord.com/developers/applications, New Application, Bot, Reset Token.
Then put the line DISCORD_TOKEN=… into a file named .env in this folder, or into the environment, and start Starling again.
No token at hand? starling playground (from the sources: cargo run --release -- playground) needs none; it has a small Discord of its own.";

/// The process's environment and, for what that lacks, the file `.env` in the working directory.
struct Environment {
    folder: PathBuf,
    file: HashMap<String, String>,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the environment")]
    fn get(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().or_else(|| self.file.get(name).cloned())
    }

    fn read() -> Result<Environment, ConfigError> {
        let file = dot_env(Path::new(".env"))?;
        let folder = std::env::current_dir().map_err(|error| ConfigError {
            problems: vec![format!(
                "the working directory can't be read ({error}); start Starling in a folder that exists"
            )],
        })?;
        Ok(Environment { folder, file })
    }
}

/// What each variable asks for, or what is wrong with it: for commands that need only some of them.
#[derive(Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: Result<SecretString, String>,
    /// The database; a file's path is absolute.
    pub database: Result<Database, String>,
    /// The base URL of Discord, without a slash at its end.
    pub discord: Result<String, String>,
    format: Result<LogFormat, String>,
    filter: Result<String, String>,
}

impl Settings {
    /// Reads the process's environment and, for what that lacks, the file `.env` in the working directory.
    ///
    /// # Errors
    /// When the file or the working directory can't be read; what is wrong with a variable stands in its place.
    pub fn from_env() -> Result<Settings, ConfigError> {
        let environment = Environment::read()?;
        Ok(Settings::from_lookup(&environment.folder, |name| environment.get(name)))
    }

    fn from_lookup(folder: &Path, lookup: impl Fn(&str) -> Option<String>) -> Settings {
        let get = |name: &str| lookup(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        Settings {
            token: get("DISCORD_TOKEN").ok_or_else(|| NO_TOKEN.to_owned()).and_then(|token| parse_token(&token)),
            database: parse_database(folder, get("DATABASE_URL").as_deref().unwrap_or(DATABASE)),
            discord: parse_discord(get("DISCORD_API_URL").as_deref().unwrap_or(DISCORD)),
            format: parse_format(get(FORMAT).as_deref()),
            filter: parse_filter(get(FILTER), "info"),
        }
    }

    /// What is wrong with any of them, each with its remedy; a missing token too.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let wrong = [
            self.token.as_ref().err(),
            self.database.as_ref().err(),
            self.discord.as_ref().err(),
            self.format.as_ref().err(),
            self.filter.as_ref().err(),
        ];
        wrong.into_iter().flatten().cloned().collect()
    }

    /// The database alone.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn into_database(self) -> Result<Database, ConfigError> {
        self.database.map_err(|problem| ConfigError { problems: vec![problem] })
    }
}

impl Config {
    /// Reads the process's environment and, for what that lacks, the file `.env` in the working directory.
    ///
    /// # Errors
    /// Names everything that is missing or malformed.
    pub fn from_env() -> Result<Config, ConfigError> {
        Config::whole(Settings::from_env()?)
    }

    /// Reads what `lookup` gives for each variable; a relative path of the database starts at `folder`.
    ///
    /// # Errors
    /// Names everything that is missing or malformed.
    pub fn from_lookup(folder: &Path, lookup: impl Fn(&str) -> Option<String>) -> Result<Config, ConfigError> {
        Config::whole(Settings::from_lookup(folder, lookup))
    }

    fn whole(settings: Settings) -> Result<Config, ConfigError> {
        let problems = settings.problems();
        match settings {
            Settings {
                token: Ok(token),
                database: Ok(database),
                discord: Ok(discord),
                format: Ok(format),
                filter: Ok(filter),
            } => {
                let logs = LogConfig { format, filter };
                Ok(Config { token, database, discord, logs, clock: Clock::System, seed: rand::random() })
            }
            _ => Err(ConfigError { problems }),
        }
    }
}

fn dot_env(file: &Path) -> Result<HashMap<String, String>, ConfigError> {
    match fs::read_to_string(file) {
        Ok(text) => parse_dot_env(&text).map_err(|problem| ConfigError { problems: vec![problem] }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(HashMap::new()),
        Err(_) => {
            Err(ConfigError { problems: vec![".env can't be read; make it readable text, or remove it".to_owned()] })
        }
    }
}

/// dotenvy puts variables in where a `$` stands, and nothing where there is no such variable, so a password or a path would be another.
/// Whether it did shows when each `$` is kept from its eyes.
fn parse_dot_env(text: &str) -> Result<HashMap<String, String>, String> {
    let lines = |text: &str| dotenvy::from_read_iter(text.as_bytes()).collect::<Result<HashMap<_, _>, _>>();
    let literal = lines(&text.replace('$', HIDDEN_DOLLAR)).map(|hidden| {
        let shown = hidden.into_iter().map(|(name, value)| (name, value.replace(HIDDEN_DOLLAR, "$")));
        shown.collect::<HashMap<_, _>>()
    });
    match (lines(text), literal) {
        (Ok(read), Ok(literal)) if read == literal => Ok(read),
        (Err(error), Err(_)) => Err(explain_dot_env(&error)),
        _ => Err(DOLLAR.to_owned()),
    }
}

/// What is wrong with `.env`. The line itself is not repeated: it may be the one with the token.
fn explain_dot_env(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(_, column) => {
            format!(".env has a line that is not NAME=value (it goes wrong at column {column}); mend or remove it")
        }
        _ => ".env can't be read; make it readable text, or remove it".to_owned(),
    }
}

fn parse_token(value: &str) -> Result<SecretString, String> {
    // It travels in a header, which takes visible ASCII.
    if value.chars().all(|letter| letter.is_ascii_graphic()) {
        return Ok(SecretString::from(value));
    }
    Err("DISCORD_TOKEN has spaces or letters that no token has; copy it again, alone".to_owned())
}

fn parse_database(folder: &Path, url: &str) -> Result<Database, String> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let wrong = "DATABASE_URL names Postgres but is no URL; it looks like postgres://USER:PASSWORD@HOST:5432/DATABASE, \
                     with %2f for a / in the password";
        // A slash in a password that is not written %2f ends the host: what follows it would be taken for the path, and shown.
        let is_whole = reqwest::Url::parse(url).is_ok_and(|url| url.has_host() && !url.path().contains('@'));
        return if is_whole { Ok(Database::Postgres(SecretString::from(url))) } else { Err(wrong.to_owned()) };
    }
    let Some(path) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) else {
        return Err(format!("DATABASE_URL must begin with sqlite:// or postgres://, as in {DATABASE}"));
    };
    if path.is_empty() || path.contains('?') || path.contains(":memory:") {
        return Err(format!("DATABASE_URL must name a file and nothing else, as in {DATABASE}"));
    }
    // Without what names the same folder in a roundabout way.
    let file = std::path::absolute(folder.join(path));
    file.map(Database::Sqlite).map_err(|error| format!("DATABASE_URL names no file ({error}), as {DATABASE} does"))
}

fn parse_discord(url: &str) -> Result<String, String> {
    let wrong =
        || format!("DISCORD_API_URL must be a base URL such as http://127.0.0.1:8080 ({DISCORD} when it is left out)");
    let parsed = reqwest::Url::parse(url).map_err(|_| wrong())?;
    let is_base = matches!(parsed.scheme(), "http" | "https")
        && parsed.has_host()
        && parsed.path() == "/"
        && parsed.query().is_none()
        && parsed.fragment().is_none();
    if is_base { Ok(parsed.as_str().trim_end_matches('/').to_owned()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, String> {
        let lookup = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::from_lookup(Path::new("/srv/bot"), lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn a_token_alone_is_enough() {
        let config = read(&[("DISCORD_TOKEN", "abc.def")]).unwrap();
        assert_eq!(config.database.to_string(), "/srv/bot/starling.db");
        assert_eq!(config.discord, "https://discord.com");
        assert_eq!(config.logs, LogConfig { format: LogFormat::Text, filter: "info".to_owned() });
    }

    #[test]
    fn the_token_never_shows() {
        let config = read(&[("DISCORD_TOKEN", "very-secret")]).unwrap();
        assert!(!format!("{config:?}").contains("very-secret"));
    }

    #[test]
    fn a_missing_token_is_explained_in_three_lines() {
        let told = read(&[]).unwrap_err();
        assert_eq!(told.lines().count(), 3);
        assert!(told.contains("https://discord.com/developers/applications") && told.contains("starling playground"));
    }

    #[test]
    fn all_problems_are_named_at_once() {
        let told = read(&[
            ("DATABASE_URL", "mysql://db"),
            ("DISCORD_API_URL", "discord.com"),
            ("LOG_FORMAT", "xml"),
            ("RUST_LOG", "starling=loud"),
        ])
        .unwrap_err();
        for name in ["DISCORD_TOKEN", "DATABASE_URL", "DISCORD_API_URL", "LOG_FORMAT", "RUST_LOG"] {
            assert!(told.contains(name), "{name} is not named in: {told}");
        }
    }

    #[test]
    fn a_database_is_a_file_of_sqlite_or_a_server_of_postgres() {
        let place =
            |url| read(&[("DISCORD_TOKEN", "t"), ("DATABASE_URL", url)]).map(|config| config.database.to_string());
        assert_eq!(place("sqlite:///var/lib/bot.db").unwrap(), "/var/lib/bot.db");
        assert_eq!(place("sqlite:bot.db").unwrap(), "/srv/bot/bot.db");
        assert_eq!(place("postgres://bot:s3cret@db/starling").unwrap(), "postgres://db/starling");
        for url in ["sqlite://", "sqlite::memory:", "sqlite://bot.db?mode=ro", "bot.db", "postgres://", "mysql://db"] {
            assert!(place(url).unwrap_err().starts_with("DATABASE_URL"), "{url}");
        }
    }

    #[test]
    fn a_path_is_told_without_detours() {
        for url in ["sqlite://./starling.db", "sqlite:.//starling.db", "sqlite:///srv/./bot/starling.db"] {
            let config = read(&[("DISCORD_TOKEN", "t"), ("DATABASE_URL", url)]).unwrap();
            assert_eq!(config.database.to_string(), "/srv/bot/starling.db", "{url}");
        }
    }

    #[test]
    fn a_slash_in_a_password_is_refused_as_the_rest_of_it_would_be_shown() {
        let told =
            read(&[("DISCORD_TOKEN", "t"), ("DATABASE_URL", "postgres://bot:12/s3cret@db/starling")]).unwrap_err();
        assert!(told.contains("%2f") && !told.contains("s3cret"), "{told}");
    }

    #[test]
    fn a_dollar_is_itself_in_single_quotes_and_refused_elsewhere() {
        let read = parse_dot_env("# costs $5\nA='sqlite://a$b.db' # $\nB=plain\n").unwrap();
        assert_eq!((read["A"].as_str(), read["B"].as_str()), ("sqlite://a$b.db", "plain"));
        for line in ["A=sqlite://a$b.db", "A=\"a$b\"", "A=a$", "A=${HOME}", "A='a'$b", "A=a\\$b"] {
            assert!(parse_dot_env(line).unwrap_err().contains("outside single quotes"), "{line}");
        }
    }

    #[test]
    fn a_password_never_shows() {
        let config = read(&[("DISCORD_TOKEN", "t"), ("DATABASE_URL", "postgres://bot:s3cret@db/starling")]).unwrap();
        assert!(!format!("{config:?}").contains("s3cret"));
    }

    #[test]
    fn the_base_url_of_discord_has_no_path() {
        let base = |url| read(&[("DISCORD_TOKEN", "t"), ("DISCORD_API_URL", url)]).map(|config| config.discord);
        assert_eq!(base("http://127.0.0.1:8080/").unwrap(), "http://127.0.0.1:8080");
        for url in ["127.0.0.1:8080", "ftp://discord.com", "https://discord.com/api", "https://"] {
            assert!(base(url).unwrap_err().starts_with("DISCORD_API_URL"), "{url}");
        }
    }
}
