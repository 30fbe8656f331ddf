//! The life of the bot: start, the two loops, a clean stop. Production and tests go through [`run`].

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;

use crate::app::App;
use crate::config::Config;
use crate::discord::commands;
use crate::discord::deliver::serve;
use crate::discord::event::Event;
use crate::discord::gateway::{Link, QUEUE, keep};
use crate::domain::bank::QuestionBank;
use crate::domain::zone::ZoneTable;
use crate::permissions::{NEEDED, NEEDED_FOR_THREADS};
use crate::places::attend;
use crate::poster::{Round, post_due};
use crate::rest::{Application, Rest, RestError};
use crate::store::{Database, Found, Presence, Store};

/// How long a stop waits for the gateway to close, and then for what is under way.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);
const END_WITHIN: Duration = Duration::from_secs(6);

/// How long it then waits for the database's connections to close, which those to a server that is gone never do.
const LET_GO_WITHIN: Duration = Duration::from_secs(1);

/// How many interactions are worked on at the same time; the others wait as small values.
const AT_ONCE: usize = 256;

/// How many rounds of posts may be under way: one that hangs must not hold up what is due meanwhile.
const ROUNDS: usize = 8;

/// Runs the bot until `stop` is there, or until it can't go on.
///
/// # Errors
/// When the questions, the database or Discord don't let it start, or the gateway ends for good.
pub async fn run(config: Config, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let (bank, zones) = (QuestionBank::built_in()?, ZoneTable::built_in()?);
    let store = open(&config).await?;
    let outcome = serve_until(config, bank, zones, store.clone(), pin!(stop)).await;
    if timeout(LET_GO_WITHIN, store.close()).await.is_err() {
        tracing::warn!("the database's connections did not close in time");
    }
    tracing::info!("stopped");
    outcome
}

/// Greets Discord and works. Whatever comes of it, the store is to be closed after.
async fn serve_until(
    config: Config,
    bank: QuestionBank,
    zones: ZoneTable,
    store: Store,
    mut stop: Pin<&mut impl Future<Output = ()>>,
) -> anyhow::Result<()> {
    let _presence = join(&config, &store).await?;
    let rest = Rest::new(&config.discord, config.token.clone())?;
    let application = tokio::select! {
        () = &mut stop => return Ok(()),
        greeted = greet(&rest) => greeted?,
    };
    let link = Link { rest: config.discord, token: config.token };
    let app = App { bank, zones, store, clock: config.clock, rest, application, seed: config.seed };
    work(&Arc::new(app), link, stop).await
}

/// Opens the database and says which one it is.
async fn open(config: &Config) -> anyhow::Result<Store> {
    let (store, found) = Store::connect(&config.database).await?;
    let database = &config.database;
    match found {
        Found::Created => tracing::info!("the database {database} was created"),
        Found::Holding { dailies, answers, copy } => {
            tracing::info!("the database {database} holds daily questions: {dailies}, answers: {answers}");
            if let Some(copy) = copy {
                tracing::info!("it was brought up to date; as it was before, it is in {}", copy.display());
            }
        }
    }
    Ok(store)
}

/// Joins those who work on the same SQLite file. Where there is nobody else, what a predecessor has left under way is taken over.
async fn join(config: &Config, store: &Store) -> anyhow::Result<Option<Presence>> {
    let Database::Sqlite(file) = &config.database else { return Ok(None) };
    let (presence, is_alone) = match Presence::join(file) {
        Ok(joined) => joined,
        Err(error) => {
            // Without it a predecessor's claims are taken up when their leases are over.
            tracing::warn!(%error, "the file beside the database can't be locked");
            return Ok(None);
        }
    };
    if is_alone {
        store.take_over(config.clock.now()).await?;
    }
    Ok(Some(presence))
}

/// Learns from Discord who the bot is, and tells it the commands.
async fn greet(rest: &Rest) -> anyhow::Result<Application> {
    let application = rest.application().await.map_err(explain)?;
    tracing::info!("to invite Starling to a server: {}", invite(application));
    rest.register(application.id, &commands::all()).await.context("the commands can't be registered")?;
    Ok(application)
}

/// Posts and answers until it is time to stop, then ends what is under way.
async fn work(app: &Arc<App>, link: Link, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let (queue, waiting) = mpsc::channel(QUEUE);
    let (closing, closed) = watch::channel(false);
    let (stopping, stopped) = watch::channel(false);
    let (mut gateway, mut loops) = (JoinSet::new(), JoinSet::new());
    gateway.spawn(keep(Arc::clone(app), link, queue, closed));
    loops.spawn(post(Arc::clone(app), stopped.clone()));
    loops.spawn(answer(Arc::clone(app), waiting, stopped));
    let failure = tokio::select! {
        biased;
        () = stop => None,
        () = app.rest.halted() => Some(RestError::TokenRefused.into()),
        Some(ended) = gateway.join_next() => {
            // It ends by itself only where Discord will have nothing to do with this bot.
            app.rest.halt();
            Some(why(ended))
        }
        Some(ended) = loops.join_next() => Some(why(ended)),
    };
    // The gateway first: what it brought before is answered, and nothing comes after.
    closing.send_replace(true);
    if timeout(CLOSE_WITHIN, all(&mut gateway)).await.is_err() {
        tracing::warn!("the gateway did not close in time");
        gateway.shutdown().await;
    }
    stopping.send_replace(true);
    if timeout(END_WITHIN, all(&mut loops)).await.is_err() {
        tracing::warn!("what was under way did not end in time");
    }
    failure.map_or(Ok(()), Err)
}

async fn all(tasks: &mut JoinSet<anyhow::Result<()>>) {
    while tasks.join_next().await.is_some() {}
}

/// Why a loop ended that should go on for ever.
fn why(ended: Result<anyhow::Result<()>, JoinError>) -> anyhow::Error {
    match ended {
        Ok(Ok(())) => anyhow::anyhow!("a loop ended by itself"),
        Ok(Err(error)) => error,
        Err(died) => anyhow::Error::from(died).context("a loop died"),
    }
}

/// Does a round of posts each time that the clock goes on.
async fn post(app: Arc<App>, mut stopped: watch::Receiver<bool>) -> anyhow::Result<()> {
    let (mut rounds, heard) = (JoinSet::new(), stopped.clone());
    let mut seen = app.now();
    rounds.spawn(round(Arc::clone(&app), seen, heard.clone()));
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => break,
            Some(done) = rounds.join_next() => done.context("a round of posts died")?,
            () = app.clock.passes(seen) => {
                seen = app.now();
                if rounds.len() < ROUNDS {
                    rounds.spawn(round(Arc::clone(&app), seen, heard.clone()));
                }
            }
        }
    }
    while let Some(done) = rounds.join_next().await {
        done.context("a round of posts died")?;
    }
    Ok(())
}

async fn round(app: Arc<App>, now: jiff::Timestamp, stopped: watch::Receiver<bool>) {
    match post_due(&app, now, &stopped).await {
        Ok(round) if round == Round::default() => {}
        Ok(Round { sent, failed, put_off }) => tracing::info!(sent, failed, put_off, "a round of posts"),
        Err(error) => {
            tracing::error!(error = %error.in_full(), "a round of posts can't be done");
        }
    }
    app.store.fold_if_owed().await;
}

/// Answers interactions as they come, and hands on what happens to servers and channels.
async fn answer(
    app: Arc<App>,
    mut waiting: mpsc::Receiver<Event>,
    mut stopped: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let mut open = JoinSet::new();
    let (places, news) = mpsc::unbounded_channel();
    open.spawn(attend(Arc::clone(&app), news));
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => break,
            Some(done) = open.join_next() => done.context("an answer died")?,
            Some(event) = waiting.recv(), if open.len() < AT_ONCE => {
                take_up(&app, event, &mut open, &places);
            }
        }
    }
    waiting.close();
    while let Some(event) = waiting.recv().await {
        take_up(&app, event, &mut open, &places);
    }
    drop(places);
    while let Some(done) = open.join_next().await {
        done.context("an answer died")?;
    }
    Ok(())
}

/// Interactions side by side; what happens to servers and channels one after the other.
fn take_up(app: &Arc<App>, event: Event, open: &mut JoinSet<()>, places: &UnboundedSender<Event>) {
    match event {
        Event::Interaction(arrival) => drop(open.spawn(serve(Arc::clone(app), *arrival))),
        // It ends only when this sender is dropped, or dies, which ends the program.
        event => drop(places.send(event)),
    }
}

/// The page on which an admin adds Starling to a server, with the rights that it needs and no others.
fn invite(application: Application) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&permissions={}",
        application.id,
        NEEDED.union(NEEDED_FOR_THREADS).bits()
    )
}

fn explain(error: RestError) -> anyhow::Error {
    match error {
        RestError::TokenRefused => error.into(),
        _ => anyhow::Error::from(error)
            .context("Discord could not be asked whose token this is; check the connection and DISCORD_API_URL"),
    }
}
