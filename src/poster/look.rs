//! The look into a channel for a post that may have come: after a crash, and after an answer of Discord that got lost. Knows nothing of
//! what is then done.

use jiff::{SignedDuration, Timestamp};
use serenity::model::permissions::Permissions;

use crate::app::App;
use crate::custom_id::{CustomId, Subject};
use crate::domain::id::MessageId;
use crate::domain::post::Post;
use crate::permissions::{Unchecked, in_channel};
use crate::rest::{PAGE, Posted, RestError, code};

/// How far before the first try the look goes, as this clock may be ahead of Discord's.
const MARGIN: SignedDuration = SignedDuration::from_hours(24);

/// How many pages of messages are looked through: a channel that is busier than that is not read to its end.
const PAGES: usize = 20;

/// The first millisecond that Discord's ids count from (discord.com/developers/docs/reference, "Snowflakes").
const EPOCH: i64 = 1_420_070_400_000;

/// What a look finds.
#[derive(Debug)]
pub(super) enum Seen {
    /// The post is there.
    There {
        /// Its message.
        message: MessageId,
        /// When it came.
        at: Timestamp,
    },
    /// It is not.
    NotThere,
    /// Starling may not look.
    NotAllowed,
    /// The channel is gone.
    ChannelGone,
    /// Discord did not say; a later look may tell.
    NotNow,
}

/// Looks for a post among what came since its first try, from the newest message back.
pub(super) async fn look(app: &App, post: &Post, since: Timestamp) -> Seen {
    match find(app, post, since).await {
        Ok(seen) => seen,
        Err(error) => {
            tracing::warn!(channel = %post.key.channel, %error, "the channel can't be looked through");
            match error.code() {
                Some(code::UNKNOWN_CHANNEL) => Seen::ChannelGone,
                _ if error.may_pass() => Seen::NotNow,
                _ => Seen::NotAllowed,
            }
        }
    }
}

async fn find(app: &App, post: &Post, since: Timestamp) -> Result<Seen, RestError> {
    let Some(question) = post.question.clone() else { return Ok(Seen::NotThere) };
    let button = CustomId::Answer(Subject { question, post: Some(post.key) }).to_string();
    let oldest = first_id(since.saturating_sub(MARGIN).unwrap_or(since));
    let mut before = None;
    for round in 0..PAGES {
        let page = app.rest.messages_before(post.key.channel, before).await?;
        let is_it = |posted: &&Posted| posted.is_by(app.application.bot, &button);
        if let Some(found) = page.iter().find(is_it) {
            return Ok(Seen::There { message: MessageId(found.id.get()), at: came_at(found.id.get()) });
        }
        match page.last() {
            Some(last) if page.len() == PAGE && last.id.get() > oldest.0 => before = Some(MessageId(last.id.get())),
            None if round == 0 => return nothing_to_see(app, post).await,
            _ => return Ok(Seen::NotThere),
        }
    }
    Ok(Seen::NotAllowed)
}

/// An empty channel is one in which nothing came, or one whose history may not be read.
async fn nothing_to_see(app: &App, post: &Post) -> Result<Seen, RestError> {
    match in_channel(app, post.guild, post.key.channel).await {
        Ok(rights) if rights.missing().intersects(Permissions::READ_MESSAGE_HISTORY | Permissions::VIEW_CHANNEL) => {
            Ok(Seen::NotAllowed)
        }
        Ok(_) => Ok(Seen::NotThere),
        Err(Unchecked::NoTextChannel) => Ok(Seen::ChannelGone),
        Err(Unchecked::Unknown(error)) => Err(error),
    }
}

/// The lowest id that anything made at an instant can have.
fn first_id(at: Timestamp) -> MessageId {
    let since_epoch = u64::try_from(at.as_millisecond().saturating_sub(EPOCH)).unwrap_or(0);
    MessageId(since_epoch << 22)
}

/// When something with this id was made.
fn came_at(id: u64) -> Timestamp {
    let since_epoch = i64::try_from(id >> 22).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(since_epoch.saturating_add(EPOCH)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        let at: Timestamp = "2026-05-04T07:00:00.123Z".parse().unwrap();
        assert_eq!(came_at(first_id(at).0), at);
        assert_eq!(first_id("1999-01-01T00:00:00Z".parse().unwrap()).0, 0);
    }
}
