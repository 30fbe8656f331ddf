//! `starling check`: everything that a start depends on, a line each, with what to mend. It changes nothing anywhere.

use anyhow::bail;
use jiff::SignedDuration;

use super::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::bank::QuestionBank;
use crate::domain::zone::ZoneTable;
use crate::rest::Rest;
use crate::store::{Database, Look, Store};

/// How far the clock may be from Discord's. Posts go by it.
const APART: SignedDuration = SignedDuration::from_secs(30);

/// A point that was looked at: what is so, or what to mend.
type Point = Result<String, String>;

/// Looks at each point and says how it is.
pub(super) async fn check() -> anyhow::Result<()> {
    let mut wrong = tell("packs", &packs())?;
    // Without a configuration nothing else can be asked; what is wrong with it is told at the end.
    let config = Config::from_env()?;
    wrong += tell("database", &database(&config.database).await)?;
    let rest = Rest::new(&config.discord, config.token)?;
    for (name, point) in discord(&rest).await {
        wrong += tell(name, &point)?;
    }
    match wrong {
        0 => say("nothing is to be mended"),
        _ => bail!("to be mended: {wrong}"),
    }
}

fn tell(name: &str, point: &Point) -> anyhow::Result<u32> {
    match point {
        Ok(so) => say(&format!("ok    {name}: {so}")).map(|()| 0),
        Err(mend) => say(&format!("mend  {name}: {mend}")).map(|()| 1),
    }
}

fn packs() -> Point {
    let bank = QuestionBank::built_in().map_err(|error| error.to_string())?;
    ZoneTable::built_in().map_err(|error| error.to_string())?;
    let questions = bank.active().count();
    Ok(format!("{} with {questions} questions", bank.packs().len()))
}

async fn database(database: &Database) -> Point {
    match Store::look(database).await {
        Ok(Look::Absent) => Ok(format!("{database} will be created")),
        Ok(Look::Behind) => Ok(format!("{database} will be brought up to date at the next start, after a copy")),
        Ok(Look::Ready) => Ok(format!("{database} is up to date")),
        Ok(Look::Newer) => {
            Err(format!("{database} was made by a newer Starling; start that version, or put an earlier copy back"))
        }
        Err(error) => Err(format!("{database} can't be read ({:#}); put a copy back", anyhow::Error::from(error))),
    }
}

async fn discord(rest: &Rest) -> [(&'static str, Point); 4] {
    let application = rest.application().await;
    let token = match &application {
        Ok(application) => Ok(format!("it is that of application {}", application.id)),
        Err(error) if error.status() == Some(401) => {
            Err("Discord does not know it; reset it on the application's Bot page".to_owned())
        }
        Err(error) => Err(format!("Discord could not be asked ({error}); check the connection and DISCORD_API_URL")),
    };
    let accounts = match &application {
        Ok(application) if application.installs_to_accounts => {
            Ok("people can install it to their own account".to_owned())
        }
        Ok(_) => {
            Err("on the application's Installation page switch User Install on, so that history stays in reach"
                .to_owned())
        }
        Err(_) => Err("it could not be asked for; see the token".to_owned()),
    };
    let gateway = match rest.gateway().await {
        Ok(gateway) => Ok(format!("{} with {} shards", gateway.url, gateway.shards)),
        Err(error) => Err(format!("Discord does not say where it is ({error}); try again")),
    };
    [("token", token), ("accounts", accounts), ("gateway", gateway), ("clock", clock(rest).await)]
}

async fn clock(rest: &Rest) -> Point {
    let Ok(there) = rest.time().await else { return Err("Discord's could not be asked for; try again".to_owned()) };
    let apart = Clock::System.now().duration_since(there).abs();
    if apart > APART {
        return Err(format!("it is {} s from Discord's; let the system keep it by NTP", apart.as_secs()));
    }
    Ok(format!("it is {} s from Discord's", apart.as_secs()))
}
