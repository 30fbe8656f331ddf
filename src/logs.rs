//! Where log lines go and which are let through. No answer's text and no token may ever be among them.
//!
//! What Starling itself logs is ids, lengths and outcomes. What its libraries log is not in its hands: some print whole frames and
//! bodies, answers and tokens included. So there is a ceiling that `RUST_LOG` can't lift: libraries only warn, and the one that prints
//! frames as warnings is silent.

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{EnvFilter, FilterExt, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

use crate::config::{LogConfig, LogFormat};

/// Starts logging to standard error, for the life of the process.
///
/// # Errors
/// When logging was started before.
pub fn start(config: &LogConfig) -> anyhow::Result<()> {
    let subscriber = subscriber(config, std::io::stderr);
    tracing::subscriber::set_global_default(subscriber)?;
    Ok(())
}

fn subscriber<W>(config: &LogConfig, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(&config.filter).and(ceiling());
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false);
    match config.format {
        LogFormat::Text => Box::new(Registry::default().with(lines.with_filter(filter))),
        LogFormat::Json => Box::new(Registry::default().with(lines.json().with_filter(filter))),
    }
}

fn ceiling() -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("starling", LevelFilter::TRACE)
        .with_target("serenity::gateway::ws", LevelFilter::OFF)
        // It warns of how it closes a connection that it was told to close. What it makes of lost ones, the gateway's watch tells.
        .with_target("serenity::gateway::bridge", LevelFilter::ERROR)
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: &str) -> String {
        let written = Written::default();
        let sink = written.clone();
        let config = LogConfig { format: LogFormat::Text, filter: filter.to_owned() };
        tracing::subscriber::with_default(subscriber(&config, move || sink.clone()), || {
            tracing::trace!(target: "starling::poster", "ours, in detail");
            tracing::info!(target: "starling::poster", "ours");
            tracing::info!(target: "serenity::http", "theirs, with a body");
            tracing::warn!(target: "serenity::http", "theirs, a warning");
            tracing::error!(target: "serenity::gateway::ws", "theirs, with a frame");
            tracing::warn!(target: "serenity::gateway::bridge::shard_runner", "theirs, at a clean stop");
        });
        String::from_utf8(written.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn rust_log_chooses_below_the_ceiling() {
        let at_info = logged("info");
        assert!(at_info.contains("ours") && !at_info.contains("in detail"));
        assert!(logged("starling=trace").contains("in detail"));
    }

    #[test]
    fn rust_log_cannot_lift_the_ceiling() {
        for filter in ["trace", "serenity=trace", "serenity::gateway::ws=trace,serenity::http=trace"] {
            let lines = logged(filter);
            assert!(lines.contains("a warning"), "{filter}");
            assert!(!lines.contains("with a body") && !lines.contains("with a frame"), "{filter}");
            assert!(!lines.contains("at a clean stop"), "{filter}");
        }
    }
}
