//! The days before today: daily questions were set up, posts came, and people answered. All of it by the bot that runs, as commands and by
//! the clock, so that nothing is there which could not have come so.

mod answers;

use std::time::Duration;

use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use sandbox::{Channel, Person};
use tokio::time::timeout;

use self::answers::{Answer, By, GIVEN, In};
use super::steps::{next_due, stirs};
use super::world::World;
use crate::domain::answer::Part;
use crate::domain::id::{ChannelId, MessageId};
use crate::domain::post::Outcome;
use crate::domain::question::QuestionKey;
use crate::store::{Database, Store, StoreError};

/// How long ago it begins. The hour more is for a day that a clock change makes longer, so that three posts come to each channel at least.
const AGO: SignedDuration = SignedDuration::from_hours(3 * 24 + 1);

const SET_UP: [&str; 2] = [
    "/daily setup channel:#interviews time:09:00 timezone:Europe/Berlin thread:true",
    "/daily setup channel:#evening-cohort time:18:00 timezone:America/New_York",
];

/// How long somebody takes to answer.
const THOUGHT: Duration = Duration::from_mins(14);

/// How long all of it may take in real time.
const MADE_WITHIN: Duration = Duration::from_secs(30);

pub(super) fn begins_at(now: Timestamp) -> Timestamp {
    now.checked_sub(AGO).unwrap_or(Timestamp::MIN)
}

/// Goes through the days up to `now`. Where the newest post was answered a little later than that, the clock is at that.
pub(super) async fn make(world: &World, database: &Database, now: Timestamp) -> anyhow::Result<()> {
    for line in SET_UP {
        runs(&world.grace, line, &[]).await?;
    }
    let store = Store::peek(database).await?;
    let played = timeout(MADE_WITHIN, play(world, &store, now)).await;
    store.close().await;
    played.context("posts or threads did not come")??;
    world.reaches(world.now().max(now));
    Ok(())
}

async fn play(world: &World, store: &Store, until: Timestamp) -> anyhow::Result<()> {
    let (mut mornings, mut evenings) = (0, 0);
    while let Some((channel, due_at)) = next_due(store, world.guild(), world.now()).await?
        && due_at <= until
    {
        world.reaches(due_at);
        let (message, question) = posted(world, store, channel, due_at).await?;
        if channel.0 == world.interviews.id() {
            mornings += 1;
            let thread = world.thread_under(message.0).await;
            answer(world, &thread, (In::Interviews, mornings), question.as_ref()).await?;
        } else {
            evenings += 1;
            answer(world, &world.evening, (In::Evening, evenings), question.as_ref()).await?;
        }
    }
    Ok(())
}

/// The post of a slot, once the bot has noted that it came.
async fn posted(
    world: &World,
    store: &Store,
    channel: ChannelId,
    due_at: Timestamp,
) -> Result<(MessageId, Option<QuestionKey>), StoreError> {
    let mut changes = world.sandbox.changes();
    loop {
        if let Some(post) = store.last_post(channel).await?
            && post.due_at == due_at
            && let Outcome::Sent { message, .. } = post.outcome
        {
            return Ok((message, post.question));
        }
        stirs(&mut changes).await;
    }
}

/// Gives the answers that come after a post, each some time after the one before: in the post's place, and in #general where they are not
/// about it.
async fn answer(world: &World, place: &Channel, post: (In, usize), posted: Option<&QuestionKey>) -> anyhow::Result<()> {
    for given in GIVEN.iter().filter(|given| given.after == post) {
        world.sandbox.clock().advance(THOUGHT);
        let person = match given.by {
            By::Ada => &world.ada,
            By::Bob => &world.bob,
        };
        let is_of_post = posted.is_some_and(|posted| posted.as_str() == given.question);
        let place = if is_of_post { place } else { &world.general };
        runs(&person.in_channel(place), "/answer", &options(given, is_of_post)).await?;
    }
    Ok(())
}

/// The four parts, and the question where the post has another: for a second attempt, or since questions came to the packs and the order is
/// not what it was.
fn options(given: &Answer, is_of_post: bool) -> Vec<(&'static str, &'static str)> {
    let parts = Part::ALL.map(Part::key).into_iter().zip(given.parts);
    parts.chain((!is_of_post).then_some(("question", given.question))).collect()
}

async fn runs(person: &Person, command: &str, options: &[(&str, &str)]) -> anyhow::Result<()> {
    let reply = person.try_runs_with(command, options).await.map_err(anyhow::Error::msg)?;
    if reply.failed() {
        bail!("{} got no reply to {command}", person.name());
    }
    Ok(())
}
