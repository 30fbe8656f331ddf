//! The look into a channel for a post that may have come: after a crash, and after an answer of Discord that got lost. Knows nothing of
//! what is then done.

use jiff::{SignedDuration, Timestamp};
use serenity::model::permissions::Permissions;

use crate::app::App;
use crate::custom_id::{CustomId, Subject};
use crate::domain::id::MessageId;
use crate::domain::post::Post;
use crate::permissions::{Unchecked, in_channel};
use crate::rest::{Found, RestError, code};

/// How far before the first try the look goes, as this clock may be ahead of Discord's.
const MARGIN: SignedDuration = SignedDuration::from_hours(24);

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
    let oldest = MessageId::first_at(since.saturating_sub(MARGIN).unwrap_or(since));
    match app.rest.find_by_button(post.key.channel, app.application.bot, &button, oldest, None).await? {
        Found::There(message) => Ok(Seen::There { message, at: message.made_at() }),
        Found::NotThere => Ok(Seen::NotThere),
        Found::NothingToSee => nothing_to_see(app, post).await,
        Found::TooMuch => Ok(Seen::NotAllowed),
    }
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
