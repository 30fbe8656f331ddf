//! Messages that stand in channels: sent, looked for, read and deleted. Knows nothing of what they say.

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::pacer::Lane;
use super::{Call, Patience, Posted, Rest, RestError, parse};
use crate::domain::id::{ChannelId, MessageId, UserId};

/// How many messages Discord gives at once.
const PAGE: usize = 100;

/// How many pages of messages are looked through: a channel that is busier than that is not read to its end.
const PAGES: usize = 20;

/// What a look through a channel finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The message.
    There(MessageId),
    /// It is not there.
    NotThere,
    /// Nothing at all: it is not there, or Starling may not read the channel's history.
    NothingToSee,
    /// More came since than is looked through.
    TooMuch,
}

impl Rest {
    /// Sends a message, if it is still wanted when its turn has come, which may be long after; `None` if not. Its turn comes after every
    /// call that somebody waits for. Tries once: whoever calls knows the window of time and the nonce.
    ///
    /// # Errors
    /// When Discord refuses it, can't be reached, or leaves open whether it took it.
    pub async fn create_message_if(
        &self,
        channel: ChannelId,
        body: Value,
        is_wanted: impl FnOnce() -> bool,
    ) -> Result<Option<MessageId>, RestError> {
        self.pacer.turn(Lane::Posts).await;
        if !is_wanted() {
            return Ok(None);
        }
        self.create_in(channel, body, Lane::Called, Patience::Once).await.map(Some)
    }

    /// Sends a message, after every call that somebody waits for. Tries once, as for [`Rest::create_message_if`].
    ///
    /// # Errors
    /// As for [`Rest::create_message_if`].
    pub async fn create_message(&self, channel: ChannelId, body: Value) -> Result<MessageId, RestError> {
        self.create_in(channel, body, Lane::Posts, Patience::Once).await
    }

    /// Sends a message that somebody waits for, and tries again where Discord may not have taken it: its body must enforce a nonce.
    ///
    /// # Errors
    /// As for [`Rest::create_message_if`].
    pub async fn create_message_now(&self, channel: ChannelId, body: Value) -> Result<MessageId, RestError> {
        self.create_in(channel, body, Lane::Interactive, Patience::Waiting).await
    }

    async fn create_in(
        &self,
        channel: ChannelId,
        body: Value,
        lane: Lane,
        patience: Patience,
    ) -> Result<MessageId, RestError> {
        #[derive(Deserialize)]
        struct Body {
            id: serenity::model::id::MessageId,
        }
        let call = Call::new(Method::POST, format!("/channels/{channel}/messages"), lane, patience).with(body);
        let body: Body = parse(&self.send(&call).await?)?;
        Ok(MessageId(body.id.get()))
    }

    /// A message of a channel, for somebody who waits.
    ///
    /// # Errors
    /// When there is none that Starling may read, or Discord can't be reached.
    pub async fn message(&self, channel: ChannelId, message: MessageId) -> Result<Posted, RestError> {
        self.get(format!("/channels/{channel}/messages/{message}")).await
    }

    /// Deletes a message, for somebody who waits. In an archived thread Discord refuses it.
    ///
    /// # Errors
    /// When it is gone, Discord refuses it or can't be reached.
    pub async fn delete_message(&self, channel: ChannelId, message: MessageId) -> Result<(), RestError> {
        let path = format!("/channels/{channel}/messages/{message}");
        self.send(&Call::new(Method::DELETE, path, Lane::Interactive, Patience::Waiting)).await.map(drop)
    }

    /// Looks for a message of `author` with a button of this custom id, from what is older than `before`, or else a channel's newest message,
    /// back to those that are older than `oldest`. Each page is tried once.
    ///
    /// # Errors
    /// When Discord refuses it or can't be reached.
    pub async fn find_by_button(
        &self,
        channel: ChannelId,
        author: UserId,
        custom_id: &str,
        oldest: MessageId,
        mut before: Option<MessageId>,
    ) -> Result<Found, RestError> {
        for round in 0..PAGES {
            let page = self.messages_before(channel, before).await?;
            if let Some(found) = page.iter().find(|posted| posted.is_by(author, custom_id)) {
                return Ok(Found::There(MessageId(found.id.get())));
            }
            match page.last() {
                Some(last) if page.len() == PAGE && last.id.get() > oldest.0 => before = Some(MessageId(last.id.get())),
                None if round == 0 => return Ok(Found::NothingToSee),
                _ => return Ok(Found::NotThere),
            }
        }
        Ok(Found::TooMuch)
    }

    /// The newest messages of a channel, or those before another, the newest first and at most a hundred.
    async fn messages_before(&self, channel: ChannelId, before: Option<MessageId>) -> Result<Vec<Posted>, RestError> {
        let before = before.map(|before| format!("&before={before}")).unwrap_or_default();
        let path = format!("/channels/{channel}/messages?limit={PAGE}{before}");
        let call = Call::new(Method::GET, path, Lane::Posts, Patience::Once);
        let mut page: Vec<Posted> = parse(&self.send(&call).await?)?;
        page.sort_by_key(|posted| std::cmp::Reverse(posted.id));
        Ok(page)
    }

    /// Opens an archived thread again, for somebody who waits: as whoever may write in it may, but moderators alone where it is locked
    /// (discord.com/developers/docs/topics/threads).
    ///
    /// # Errors
    /// When Discord refuses it or can't be reached.
    pub async fn unarchive(&self, thread: ChannelId) -> Result<(), RestError> {
        let call = Call::new(Method::PATCH, format!("/channels/{thread}"), Lane::Interactive, Patience::Waiting);
        self.send(&call.with(serde_json::json!({ "archived": false }))).await.map(drop)
    }

    /// Opens a public thread under a message.
    ///
    /// # Errors
    /// When Discord refuses it, can't be reached, or leaves open whether it did.
    pub async fn open_thread(&self, channel: ChannelId, message: MessageId, name: &str) -> Result<(), RestError> {
        let path = format!("/channels/{channel}/messages/{message}/threads");
        let call = Call::new(Method::POST, path, Lane::Posts, Patience::Hurried);
        self.send(&call.with(serde_json::json!({ "name": name }))).await.map(drop)
    }
}
