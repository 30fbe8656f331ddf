//! Shared answers as messages in Discord: looked for, and taken down. Knows nothing of who may ask for that, nor of what they say.

use jiff::SignedDuration;

use crate::custom_id::CustomId;
use crate::domain::id::{ChannelId, MessageId, UserId};
use crate::domain::share::{Left, Share};
use crate::rest::{Found, Rest, RestError, code};
use crate::store::{Store, StoreError};

/// How far before and after a share its message is looked for, as this clock may differ from Discord's.
const MARGIN: SignedDuration = SignedDuration::from_hours(24);

/// What became of a shared message that was to be taken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Down {
    /// It is deleted.
    Deleted,
    /// It was not there any more.
    WasGone,
    /// It may still be there: Discord did not let Starling delete it, or look.
    Left {
        /// Whether its thread is archived and Starling may not open it.
        is_shut: bool,
    },
}

/// Looks for the message of a share that is not known, by its button.
///
/// # Errors
/// When Discord refuses it or can't be reached.
pub async fn find(rest: &Rest, bot: UserId, share: &Share) -> Result<Found, RestError> {
    let button = CustomId::TakeBack(share.answer).to_string();
    let oldest = MessageId::first_at(share.at.saturating_sub(MARGIN).unwrap_or(share.at));
    let before = MessageId::first_at(share.at.saturating_add(MARGIN).unwrap_or(share.at));
    rest.find_by_button(share.channel, bot, &button, oldest, Some(before)).await
}

/// Takes the message of a share down.
pub async fn take_down(rest: &Rest, bot: UserId, share: &Share) -> Down {
    match try_to_take_down(rest, bot, share).await {
        Ok(down) => down,
        Err(error) if is_gone(&error) => Down::WasGone,
        Err(error) => {
            tracing::warn!(answer = %share.answer, channel = %share.channel, %error, "a shared answer can't be taken down");
            Down::Left { is_shut: error.code() == Some(code::THREAD_ARCHIVED) }
        }
    }
}

async fn try_to_take_down(rest: &Rest, bot: UserId, share: &Share) -> Result<Down, RestError> {
    let message = match share.message {
        Some(message) => message,
        None => match find(rest, bot, share).await? {
            Found::There(message) => message,
            Found::NotThere => return Ok(Down::WasGone),
            Found::NothingToSee | Found::TooMuch => return Ok(Down::Left { is_shut: false }),
        },
    };
    delete(rest, share.channel, message).await.map(|()| Down::Deleted)
}

/// Deletes a message, for which a thread that was archived has to be open again. Where it may not be opened, the error is that it is archived.
async fn delete(rest: &Rest, channel: ChannelId, message: MessageId) -> Result<(), RestError> {
    let archived = match rest.delete_message(channel, message).await {
        Err(error) if error.code() == Some(code::THREAD_ARCHIVED) => error,
        other => return other,
    };
    match rest.unarchive(channel).await {
        Ok(()) => rest.delete_message(channel, message).await,
        Err(error) if error.code() == Some(code::MISSING_PERMISSIONS) => Err(archived),
        Err(error) => Err(error),
    }
}

/// Whether Discord says that the message, or all of its channel, is gone.
#[must_use]
pub fn is_gone(error: &RestError) -> bool {
    matches!(error.code(), Some(code::UNKNOWN_MESSAGE | code::UNKNOWN_CHANNEL))
}

/// Takes the messages of all these shares down, each before its row goes, so that a crash leaves no message whose share is forgotten.
/// Gives those that may still be there.
///
/// # Errors
/// When the database fails.
pub async fn end_all(rest: &Rest, bot: UserId, store: &Store, shares: Vec<Share>) -> Result<Vec<Left>, StoreError> {
    let mut left = Vec::new();
    for share in shares {
        match take_down(rest, bot, &share).await {
            Down::Left { is_shut } => left.push(Left { share, is_shut }),
            Down::Deleted | Down::WasGone => store.end_share(&share).await?,
        }
    }
    Ok(left)
}
