//! Many channels that are due at nine in Berlin, set up in the database itself: by commands it would take as long as the posts.

use jiff::Timestamp;
use sandbox::{Channel, Sandbox};
use starling::domain::daily::{Daily, PER_GUILD};
use starling::domain::id::{ChannelId, GuildId};
use starling::domain::schedule::{Days, LocalTime, Schedule};
use starling::domain::zone::Zone;
use starling::store::{Database, Store};

/// Makes so many channels, ten to a guild, each with a daily question from now on.
pub(crate) async fn set_up(sandbox: &Sandbox, database: &Database, count: usize) -> anyhow::Result<Vec<Channel>> {
    let now = Timestamp::from_millisecond(sandbox.clock().now_ms())?;
    let (store, _) = Store::connect(database).await?;
    let mut channels = Vec::new();
    while channels.len() < count {
        let guild = sandbox.add_guild(&format!("Guild {}", channels.len()));
        for number in 0..PER_GUILD.min(count - channels.len()) {
            let channel = guild.add_channel(&format!("daily-{number}"));
            let daily = nine_in_berlin(GuildId(guild.id()), ChannelId(channel.id()))?;
            store.change_daily((daily.guild, daily.channel), now, |_| Some(daily)).await?;
            channels.push(channel);
        }
    }
    store.close().await;
    Ok(channels)
}

fn nine_in_berlin(guild: GuildId, channel: ChannelId) -> anyhow::Result<Daily> {
    let schedule =
        Schedule { time: LocalTime::parse("09:00")?, zone: Zone::parse("Europe/Berlin")?, days: Days::EVERY_DAY };
    Ok(Daily::new(guild, channel, schedule))
}
