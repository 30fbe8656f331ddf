//! Servers and channels come and go: what that means for their daily questions, and when their settings are forgotten. Knows nothing of
//! posts and interactions.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::app::App;
use crate::discord::event::Event;
use crate::domain::id::{ChannelId, GuildId};
use crate::poster::tell;
use crate::rest::code;
use crate::store::StoreError;

/// How often it is looked for settings to forget.
const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Takes up what happens, one event after the other, as a removal and a return must not change places; and forgets settings whose time
/// is over, at the start and then with the clock. Ends when `news` does.
pub async fn attend(app: Arc<App>, mut news: UnboundedReceiver<Event>) {
    let (mut looked_at, mut compared) = (None, Compared::default());
    loop {
        let now = app.now();
        if looked_at.is_none_or(|looked_at| now.duration_since(looked_at).abs() >= LOOK_EVERY) {
            looked_at = Some(now);
            forget(&app, &compared, now).await;
        }
        tokio::select! {
            event = news.recv() => match event {
                Some(event) => if take_up(&app, &event, &news).await && compared.completes(&event) {
                    looked_at = None;
                }
                None => break,
            },
            () = app.clock.passes(now) => {}
        }
    }
}

/// The shards whose guilds were compared with those that are stored. Until all were, a guild that is stored as left may have been joined
/// again while Starling did not listen.
#[derive(Default)]
struct Compared {
    shards: HashSet<u32>,
    are_all: bool,
}

impl Compared {
    /// Takes note of a comparison. Says whether it was the last that was missing.
    fn completes(&mut self, event: &Event) -> bool {
        let Event::Present { shard, shards, .. } = event else { return false };
        self.shards.insert(*shard);
        let were_all = self.are_all;
        self.are_all |= (0..*shards).all(|shard| self.shards.contains(&shard));
        self.are_all && !were_all
    }
}

async fn forget(app: &App, compared: &Compared, now: Timestamp) {
    report(app.store.forget_gone_channels(now).await);
    if compared.are_all {
        report(app.store.forget_left_guilds(now).await);
    }
}

fn report(forgotten: Result<u64, StoreError>) {
    match forgotten {
        Ok(0) => {}
        Ok(dailies) => {
            tracing::info!(dailies, "settings are forgotten, thirty days after their channel or server was lost");
        }
        Err(error) => {
            tracing::error!(error = %error.in_full(), "settings can't be forgotten; the next look is in an hour");
        }
    }
}

/// Notes what happened, and says whether it could. While somebody else holds the database, or it is out of reach, it is tried again each
/// time that the clock goes on: nothing tells of it a second time.
async fn take_up(app: &App, event: &Event, news: &UnboundedReceiver<Event>) -> bool {
    loop {
        let now = app.now();
        match note(app, event, now).await {
            Ok(()) => return true,
            Err(error) if error.may_pass() && !news.is_closed() => app.clock.passes(now).await,
            Err(error) => {
                tracing::error!(?event, error = %error.in_full(), "what happened to a server or a channel can't be noted");
                return false;
            }
        }
    }
}

async fn note(app: &App, event: &Event, now: Timestamp) -> Result<(), StoreError> {
    match event {
        Event::Present { guilds, shard, shards } => compare(app, guilds, (*shard, *shards), now).await,
        Event::Joined { guild, channels } => {
            come_back(app, *guild, now).await?;
            miss(app, *guild, channels, now).await
        }
        Event::Removed(guild) => leave(app, *guild, now).await,
        Event::ChannelDeleted(channel) => lose(app, *channel, now).await,
        Event::Interaction(_) => Ok(()),
    }
}

/// Compares the guilds that are stored with those that a shard is told of, for what was missed while Starling did not listen.
async fn compare(
    app: &App,
    present: &[GuildId],
    (shard, shards): (u32, u32),
    now: Timestamp,
) -> Result<(), StoreError> {
    let present: HashSet<_> = present.iter().copied().collect();
    let known = app.store.known_guilds().await?;
    for known in known.into_iter().filter(|known| known.guild.is_of_shard(shard, shards)) {
        if present.contains(&known.guild) {
            come_back(app, known.guild, now).await?;
        } else if known.is_in {
            leave(app, known.guild, now).await?;
        }
    }
    Ok(())
}

async fn leave(app: &App, guild: GuildId, now: Timestamp) -> Result<(), StoreError> {
    let dailies = app.store.record_removal(guild, now).await?;
    if dailies > 0 {
        tracing::info!(%guild, dailies, "Starling was removed from a server; its settings are kept for thirty days");
    }
    Ok(())
}

async fn come_back(app: &App, guild: GuildId, now: Timestamp) -> Result<(), StoreError> {
    let dailies = app.store.record_return(guild, now).await?;
    if dailies > 0 {
        tracing::info!(%guild, dailies, "Starling is back in a server");
    }
    Ok(())
}

/// Looks which daily questions of a guild have no channel any more, for what was missed while Starling did not listen. The gateway's client
/// leaves out a channel that it can't read, and one may be newer than what it was told, so Discord is asked.
async fn miss(app: &App, guild: GuildId, present: &[ChannelId], now: Timestamp) -> Result<(), StoreError> {
    for daily in app.store.living_dailies_of(guild).await? {
        if !present.contains(&daily.channel) && is_unknown(app, daily.channel).await {
            lose(app, daily.channel, now).await?;
        }
    }
    Ok(())
}

/// Whether Discord says so. Where it says nothing, the next post finds out.
async fn is_unknown(app: &App, channel: ChannelId) -> bool {
    app.rest.channel(channel).await.is_err_and(|error| error.code() == Some(code::UNKNOWN_CHANNEL))
}

async fn lose(app: &App, channel: ChannelId, now: Timestamp) -> Result<(), StoreError> {
    if app.store.record_gone_channel(channel, now).await? {
        tracing::info!(%channel, "a channel with a daily question was deleted");
        tell(app, &[channel]).await;
    }
    Ok(())
}
