//! `starling playground`: what it can be told, and which database it takes. Of a bot's environment only how logs are written counts here.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Signals, database};
use crate::config::LogConfig;
use crate::playground::{Place, Playground};

/// Whoever tries the bot looks at the page; the log is for what goes wrong.
const FILTER: &str = "warn";

#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// The port of the page, on this machine alone [default: any that is free].
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Do not open the page in the browser.
    #[arg(long)]
    no_open: bool,
    /// Keep daily questions and answers in this file, made where it is absent [default: one that is gone at the end].
    #[arg(long, value_name = "FILE", value_parser = file)]
    database: Option<PathBuf>,
}

/// A path where a file is or can be. A server is none: the playground alone works on its database.
fn file(named: &str) -> Result<PathBuf, &'static str> {
    if named.contains("://") {
        return Err("the playground keeps all in a file of its own; name its path, without scheme or server");
    }
    if Path::new(named).is_dir() {
        return Err("this is a folder; name a file in it");
    }
    Ok(PathBuf::from(named))
}

pub(super) async fn playground(wanted: Wanted) -> anyhow::Result<()> {
    let logs = LogConfig::from_env(FILTER)?;
    crate::logs::start(&logs)?;
    let signals = Signals::heard()?;
    let place = match wanted.database {
        Some(file) => Place::kept(&file)?,
        None => Place::temporary()?,
    };
    database::refuse_broken(&place.database).await?;
    let playground = Playground { port: wanted.port, opens: !wanted.no_open, place, logs };
    signals.end(|stopped| playground.run(async { _ = stopped.await })).await
}
