//! The buttons Share and Take back: an answer shown where its post was, by its author, for as long as they want.

use jiff::SignedDuration;

use super::history::own;
use crate::app::App;
use crate::discord::error::{CommandError, CommandResult, refuse};
use crate::discord::interaction::{Origin, Stood};
use crate::domain::attempt::Attempt;
use crate::domain::id::{ChannelId, GuildId, InteractionId, UserId};
use crate::domain::post::{Outcome, Post};
use crate::domain::share::{Left, Share};
use crate::permissions::{Unchecked, beside};
use crate::reply::{Message, Reply, post_now, refusal, share as words};
use crate::rest::{Found, RestError};
use crate::sharing::{self, Down};
use crate::store::StoreError;

/// For how long after a share was begun a repetition is left to the nonce. Discord remembers it for "a few minutes", of which two can be
/// counted on.
const NONCE_HOLDS: SignedDuration = SignedDuration::from_secs(90);

/// Where an answer is shared.
struct Place {
    guild: GuildId,
    /// The post's thread, or else its channel.
    channel: ChannelId,
    /// The link to the post.
    post: String,
}

/// How a share stands in Discord.
enum Standing {
    /// The answer is not shared.
    Nowhere,
    /// It was begun, and its message may be on its way.
    Begun(Share),
    /// Nothing at all is seen where it went: it is not there, or Starling may not look, and then sharing is refused for that.
    Unseen(Share),
    /// Its message is there.
    There(Share),
    /// Its message may be there; Starling can't look.
    Unknown(Share),
}

/// Shows what would be seen, and asks.
pub(in crate::discord) async fn ask(app: &App, origin: &Origin, answer: InteractionId) -> CommandResult {
    let attempt = own(app, origin.user, answer).await?;
    match standing(app, &attempt).await? {
        Standing::There(share) => Ok(Reply::Say(words::already(&share))),
        Standing::Unknown(share) => Ok(Reply::Say(words::unclear(&share))),
        Standing::Nowhere | Standing::Begun(_) | Standing::Unseen(_) => {
            let place = place(app, &attempt).await?;
            let question = app.bank.get(&attempt.about.question);
            Ok(Reply::Say(words::confirm(question, &attempt, &place.post, place.channel)))
        }
    }
}

/// Shares it, unless it is shared already. All is looked at anew: the question may have been asked long ago.
pub(in crate::discord) async fn share(app: &App, origin: &Origin, answer: InteractionId) -> CommandResult {
    let attempt = own(app, origin.user, answer).await?;
    let standing = standing(app, &attempt).await?;
    match standing {
        Standing::There(share) => return Ok(Reply::Replace(words::already(&share))),
        Standing::Unknown(share) => return Ok(Reply::Replace(words::unclear(&share))),
        Standing::Nowhere | Standing::Begun(_) | Standing::Unseen(_) => {}
    }
    let place = place(app, &attempt).await?;
    if let Standing::Unseen(share) = standing {
        // Starling may look, so there was nothing.
        app.store.end_share(&share).await?;
    }
    let share = match standing {
        Standing::Begun(share) => share,
        _ => begin(app, &attempt, &place).await?,
    };
    if share.message.is_some() {
        return Ok(Reply::Replace(words::already(&share)));
    }
    if share.channel != place.channel {
        // On its way elsewhere, as into a thread that was deleted meanwhile: it is told of once that is known.
        return Ok(Reply::Replace(words::unclear(&share)));
    }
    send(app, &attempt, &place, share).await
}

/// Notes the share before it is sent; where the button was pressed twice at once, the first one's.
async fn begin(app: &App, attempt: &Attempt, place: &Place) -> Result<Share, CommandError> {
    let (answer, user) = (attempt.id, attempt.about.user);
    let Place { guild, channel, .. } = *place;
    let share = Share { answer, user, guild, channel, message: None, at: app.now() };
    if app.store.begin_share(&share).await? {
        return Ok(share);
    }
    match app.store.share(answer).await? {
        Some(first) => Ok(first),
        None => refuse(refusal::no_such_answer()),
    }
}

/// Sends it, and notes which message it is.
async fn send(app: &App, attempt: &Attempt, place: &Place, share: Share) -> CommandResult {
    let shown = words::shared(app.bank.get(&attempt.about.question), attempt, &place.post);
    match app.rest.create_message_now(share.channel, shown.public_body(None, words::nonce(&share))).await {
        Ok(message) => {
            let share = Share { message: Some(message), ..share };
            match app.store.complete_share(&share, message).await {
                Ok(true) => {}
                // It was taken back meanwhile, or deleted with its answer.
                Ok(false) => return ended_meanwhile(app, share).await,
                Err(error) => {
                    tracing::error!(answer = %share.answer, error = %error.in_full(), "which message a share is can't be stored");
                }
            }
            Ok(Reply::Replace(words::done(&share)))
        }
        Err(error) => not_taken(app, attempt, share, error).await,
    }
}

async fn ended_meanwhile(app: &App, share: Share) -> CommandResult {
    match sharing::take_down(&app.rest, app.application.bot, &share).await {
        Down::Left { is_shut } => refuse(words::left(&[Left { share, is_shut }])),
        Down::Deleted | Down::WasGone => {
            own(app, share.user, share.answer).await?;
            refuse(words::ended_meanwhile())
        }
    }
}

/// What Discord may have taken stays noted, so that its author can take it back and nothing is sent twice.
async fn not_taken(app: &App, attempt: &Attempt, share: Share, error: RestError) -> CommandResult {
    tracing::warn!(answer = %share.answer, channel = %share.channel, %error, "a shared answer did not get through");
    if error.may_pass() {
        return Ok(Reply::Replace(words::unclear(&share)));
    }
    app.store.end_unsent_share(&share).await?;
    if let Some(there) = app.store.share(share.answer).await? {
        // Pressed twice at once, and the other press got through.
        return Ok(Reply::Replace(words::already(&there)));
    }
    place(app, attempt).await?;
    refuse(words::not_sent())
}

/// Takes a shared answer back. Whose it is, the store knows; where it forgot the answer, the message itself still tells.
pub(in crate::discord) async fn take_back(
    app: &App,
    origin: &Origin,
    answer: InteractionId,
    stood: Option<Stood>,
) -> CommandResult {
    let share = app.store.share(answer).await?;
    let author = share.as_ref().map(|share| share.user).or(stood.and_then(|stood| stood.author));
    if author.is_some_and(|author| author != origin.user) || (author.is_none() && stood.is_some()) {
        return refuse(words::not_yours());
    }
    let (mut down, mut left) = (Down::WasGone, Vec::new());
    for each in messages(origin, answer, share.as_ref(), stood) {
        match sharing::take_down(&app.rest, app.application.bot, &each).await {
            Down::Left { is_shut } => left.push(Left { share: each, is_shut }),
            Down::Deleted => down = Down::Deleted,
            Down::WasGone => {}
        }
    }
    if !left.is_empty() {
        return refuse(words::left(&left));
    }
    if let Some(share) = share {
        app.store.end_share(&share).await?;
    }
    let is_kept = app.store.attempt(origin.user, answer).await?.is_some();
    Ok(Reply::Say(if down == Down::Deleted { words::taken_back(is_kept) } else { words::was_gone() }))
}

/// The messages that show an answer: the one that the store knows of, and the one whose button was pressed, mostly the same.
fn messages(origin: &Origin, answer: InteractionId, share: Option<&Share>, stood: Option<Stood>) -> Vec<Share> {
    let pressed = stood.filter(|stood| stood.author == Some(origin.user)).map(|stood| {
        let (user, guild) = (origin.user, origin.guild.unwrap_or(GuildId(0)));
        let at = stood.message.made_at();
        Share { answer, user, guild, channel: origin.place, message: Some(stood.message), at }
    });
    let noted = share.copied().filter(|share| match pressed {
        Some(pressed) => share.message.is_some() && share.message != pressed.message,
        None => true,
    });
    noted.into_iter().chain(pressed).collect()
}

/// Takes down what a person shared of something that is deleted. Called before the deletion, so that a crash leaves no message that its
/// author can't take back; and after it with what it found, for what was shared at that moment and for what did not work the first time.
pub(super) async fn end_all(app: &App, shares: Vec<Share>) -> Result<Vec<Left>, StoreError> {
    sharing::end_all(&app.rest, app.application.bot, &app.store, shares).await
}

/// The same with what could not be taken down.
pub(super) fn with_left(message: Message, left: &[Left]) -> Message {
    if left.is_empty() { message } else { message.ending_with(&words::left(left)) }
}

/// Leaves it private.
pub(in crate::discord) fn keep_private() -> Reply {
    Reply::Replace(words::kept_private())
}

/// How an answer's share stands. One whose message somebody deleted is over.
async fn standing(app: &App, attempt: &Attempt) -> Result<Standing, CommandError> {
    let Some(share) = app.store.share(attempt.id).await? else { return Ok(Standing::Nowhere) };
    let standing = match share.message {
        Some(message) => match app.rest.message(share.channel, message).await {
            Err(error) if sharing::is_gone(&error) => Standing::Nowhere,
            Ok(_) | Err(_) => Standing::There(share),
        },
        None => begun(app, share).await,
    };
    match standing {
        Standing::Nowhere => app.store.end_share(&share).await?,
        Standing::There(found) if share.message.is_none() => {
            if let Some(message) = found.message {
                app.store.complete_share(&share, message).await?;
            }
        }
        _ => {}
    }
    Ok(standing)
}

/// How a share stands whose message is not known.
async fn begun(app: &App, share: Share) -> Standing {
    let is_new = app.now().duration_since(share.at) < NONCE_HOLDS;
    match sharing::find(&app.rest, app.application.bot, &share).await {
        Ok(Found::There(message)) => Standing::There(Share { message: Some(message), ..share }),
        Err(error) if sharing::is_gone(&error) => Standing::Nowhere,
        _ if is_new => Standing::Begun(share),
        Ok(Found::NotThere) => Standing::Nowhere,
        Ok(Found::NothingToSee) => Standing::Unseen(share),
        Ok(Found::TooMuch) | Err(_) => Standing::Unknown(share),
    }
}

/// Where an answer is shared, if both its author and Starling may send there now.
async fn place(app: &App, attempt: &Attempt) -> Result<Place, CommandError> {
    let Some(key) = attempt.about.post else { return refuse(words::no_post()) };
    let Some(post) = app.store.post(key).await? else { return refuse(words::post_gone()) };
    let Outcome::Sent { message, .. } = post.outcome else { return refuse(words::post_gone()) };
    let channel = post.moved_from.unwrap_or(key.channel);
    let place = may_both_send(app, &post, channel, attempt.about.user).await?;
    match app.rest.message(channel, message).await {
        Ok(_) => Ok(Place { guild: post.guild, channel: place, post: post_now::link(&post, message.0) }),
        Err(error) if sharing::is_gone(&error) => refuse(words::post_gone()),
        Err(error) => Err(Unchecked::from(error).into()),
    }
}

async fn may_both_send(app: &App, post: &Post, channel: ChannelId, user: UserId) -> Result<ChannelId, CommandError> {
    let Outcome::Sent { message, .. } = post.outcome else { return refuse(words::post_gone()) };
    let saying = match beside(app, post.guild, channel, message, user).await {
        Ok(saying) => saying,
        Err(Unchecked::NoTextChannel) => return refuse(words::channel_gone()),
        Err(unchecked) => return Err(unchecked.into()),
    };
    if !saying.starling_lacks.is_empty() {
        return refuse(words::starling_may_not(saying.place, saying.starling_lacks));
    }
    match saying.person_lacks {
        None => refuse(words::not_a_member()),
        Some(lacks) if !lacks.is_empty() => refuse(words::you_may_not(saying.place)),
        Some(_) if saying.is_locked => refuse(words::locked(saying.place)),
        Some(_) => Ok(saying.place),
    }
}
