//! An answer shown to everyone by its author, and all that is said around it. What is public opens with who shares it; a member's words
//! stand in frames of their own, disarmed, so that none of them passes for Starling's.

use serenity::model::permissions::Permissions;

use super::disarm::disarm;
use super::embed::Embed;
use super::history::prompt;
use super::message::{Button, Message};
use super::standing::named;
use crate::custom_id::{CustomId, base_36};
use crate::domain::answer::Part;
use crate::domain::attempt::Attempt;
use crate::domain::id::{ChannelId, InteractionId, UserId};
use crate::domain::question::Question;
use crate::domain::share::{Left, Share};

/// How many links a reply lists, so that it stays one message.
const LINKS: usize = 15;

/// What everyone sees. It fits into one message whatever was typed: disarmed, the four parts have at most 5,200 characters.
#[must_use]
pub fn shared(question: Option<&Question>, attempt: &Attempt, post: &str) -> Message {
    public(question, attempt, post).buttons([take_back(attempt.id)])
}

fn public(question: Option<&Question>, attempt: &Attempt, post: &str) -> Message {
    let (author, prompt) = (attempt.about.user, prompt(question, attempt));
    let parts = Part::ALL.map(|part| Embed::new(part.label(), disarm(attempt.answer.get(part))));
    Message::text(format!("<@{author}> shares an answer to {post}\n{prompt}")).with(parts)
}

/// Who shares an answer, by a message of [`shared`]; what its author typed is in no content.
#[must_use]
pub fn author_of(content: &str) -> Option<UserId> {
    let (id, rest) = content.strip_prefix("<@")?.split_once('>')?;
    rest.starts_with(" shares an answer to ").then(|| id.parse().ok().map(UserId))?
}

/// The nonce of a share: the answer, and when it was shared, as one that was taken back may be shared again.
#[must_use]
pub fn nonce(share: &Share) -> String {
    format!("{}.{}", base_36(share.answer.0), base_36(share.at.as_millisecond().unsigned_abs()))
}

/// The button that asks whether an answer is to be shared.
pub(super) fn share(attempt: &Attempt) -> Option<Button> {
    let belongs = attempt.about.post.is_some() && attempt.about.guild.is_some();
    belongs.then(|| Button::new("Share", CustomId::Share(attempt.id)))
}

fn take_back(answer: InteractionId) -> Button {
    Button::new("Take back", CustomId::TakeBack(answer))
}

/// Exactly what will be seen, and where, before it is.
#[must_use]
pub fn confirm(question: Option<&Question>, attempt: &Attempt, post: &str, place: ChannelId) -> Message {
    let mut message = public(question, attempt, post);
    message.content = format!(
        "Share this in <#{place}>? Everyone there will see exactly what follows, under your name, with a button **Take back** \
         that only you can use. Nobody is pinged.\n\n{}",
        message.content
    );
    message.buttons([
        Button::new("Share it", CustomId::ShareIt(attempt.id)).main(),
        Button::new("Keep it private", CustomId::KeepPrivate),
    ])
}

/// It stays as it was.
#[must_use]
pub fn kept_private() -> Message {
    Message::text("Kept private. Only you see this answer.")
}

/// It is shared.
#[must_use]
pub fn done(share: &Share) -> Message {
    let said = format!("Shared: {}\n**Take back** deletes that message, now or at any later time.", share.link());
    Message::text(said).buttons([take_back(share.answer)])
}

/// It was shared before.
#[must_use]
pub fn already(share: &Share) -> Message {
    let said = format!(
        "You share this answer already: {}\n**Take back** deletes that message. An improved attempt can be shared on its own.",
        share.link()
    );
    Message::text(said).buttons([take_back(share.answer)])
}

/// Nobody knows whether Discord took it.
#[must_use]
pub fn unclear(share: &Share) -> Message {
    let said = format!(
        "Discord did not say whether it took your answer in <#{}>. Press **Share** again in a few minutes: it won't be there twice.",
        share.channel
    );
    Message::text(said).buttons([take_back(share.answer)])
}

/// It is gone again; the answer `is_kept` unless it was deleted before.
#[must_use]
pub fn taken_back(is_kept: bool) -> Message {
    let kept = if is_kept { " The answer stays in your **/history**." } else { "" };
    Message::text(format!("Taken back: the message is deleted.{kept}"))
}

/// The share was ended before its message was there.
#[must_use]
pub fn ended_meanwhile() -> String {
    "This answer is not shared: its share was ended while the message was on its way, so the message is deleted again. The answer stays \
     in your **/history**, from where it can be shared anew."
        .to_owned()
}

/// There is no such message.
#[must_use]
pub fn was_gone() -> Message {
    Message::text("That answer is no longer shared; its message was gone already.")
}

/// What could not be taken down, and what to do.
#[must_use]
pub fn left(left: &[Left]) -> String {
    let links: Vec<_> = left.iter().take(LINKS).map(|left| format!("- {}", left.share.link())).collect();
    let more = match left.len().saturating_sub(LINKS) {
        0 => String::new(),
        more => format!("\n- and {more} more"),
    };
    let open = "\nPress **Take back** there, or ask somebody with the permission **Manage Messages** to delete it.";
    let shut = "\nWhere the thread is archived and Starling may not open it, ask a moderator to delete the message, or to unlock the thread \
                so that **Take back** works.";
    format!(
        "Starling could not delete what you shared here:\n{}{more}{}{}",
        links.join("\n"),
        if left.iter().any(|left| !left.is_shut) { open } else { "" },
        if left.iter().any(|left| left.is_shut) { shut } else { "" }
    )
}

/// What the deletion of a shared answer takes along.
#[must_use]
pub fn goes_too(share: &Share) -> String {
    format!("It is shared: {}. That message is deleted too.", share.link())
}

/// Somebody else's button.
#[must_use]
pub fn not_yours() -> String {
    "Only the person who shared this answer can take it back. If it should not be here, tell a moderator.".to_owned()
}

/// An answer that belongs to no post.
#[must_use]
pub fn no_post() -> String {
    "This answer belongs to no daily post, so there is no place to share it. An answer to a daily question can be shared.".to_owned()
}

/// The post is gone.
#[must_use]
pub fn post_gone() -> String {
    "The post that this answer belongs to can't be found; it may have been deleted. So the answer can't be shared, and stays private.".to_owned()
}

/// The channel is gone.
#[must_use]
pub fn channel_gone() -> String {
    "The channel of the post that this answer belongs to is gone. So the answer can't be shared, and stays private."
        .to_owned()
}

/// The person is not in the server.
#[must_use]
pub fn not_a_member() -> String {
    "You are not in that server any more, so you can't share your answer there. It stays private.".to_owned()
}

/// The person may not write there.
#[must_use]
pub fn you_may_not(place: ChannelId) -> String {
    format!(
        "You can't write in <#{place}> right now, so your answer can't be shared there. It stays private; try again once you can."
    )
}

/// Starling may not write there.
#[must_use]
pub fn starling_may_not(place: ChannelId, lacks: Permissions) -> String {
    let lacks = named(lacks);
    format!(
        "Starling can't share your answer in <#{place}>, because it has no permission there to: {lacks}. \
         It stays private. Ask somebody who manages the server, then press **Share** again."
    )
}

/// Moderators have locked the thread.
#[must_use]
pub fn locked(place: ChannelId) -> String {
    format!(
        "The thread <#{place}> is locked, so your answer can't be shared there. It stays private; try again once it is open."
    )
}

/// Discord did not take it.
#[must_use]
pub fn not_sent() -> String {
    "Discord did not take the message, so your answer is not shared. Press **Share** to try again.".to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::answer::{StarAnswer, Typed};
    use crate::domain::attempt::About;
    use crate::domain::id::{GuildId, MessageId};
    use crate::domain::question::QuestionKey;
    use crate::reply::message::EMBEDS_LIMIT;

    fn attempt(text: &str) -> Attempt {
        let part = |part: Part| text.chars().cycle().take(part.limit()).collect();
        let typed = Typed {
            situation: part(Part::Situation),
            task: part(Part::Task),
            action: part(Part::Action),
            result: part(Part::Result),
        };
        let question = QuestionKey::parse(&"k".repeat(40)).unwrap();
        let about = About { user: UserId(u64::MAX), question, guild: Some(GuildId(u64::MAX)), post: None };
        let answer = StarAnswer::parse(typed).unwrap();
        Attempt { id: InteractionId(u64::MAX), about, number: 1, answer, at: jiff::Timestamp::UNIX_EPOCH }
    }

    fn share_at(at: jiff::Timestamp) -> Share {
        let (channel, guild, message) = (ChannelId(u64::MAX), GuildId(u64::MAX), None);
        Share { answer: InteractionId(u64::MAX), user: UserId(1), guild, channel, message, at }
    }

    proptest! {
        #[test]
        fn whatever_was_typed_is_whole_and_fits_into_one_message(text in r"[`<@#>:/\[\]() a\n]{0,12}[a`>]") {
            let attempt = attempt(&text);
            let message = shared(None, &attempt, &"p".repeat(90));
            let length: usize = message.embeds.iter().map(Embed::length).sum();
            prop_assert!(length <= EMBEDS_LIMIT, "{length}");
            prop_assert!(confirm(None, &attempt, &"p".repeat(90), ChannelId(u64::MAX)).content.chars().count() <= 2000);
            prop_assert_eq!(message.fit().len(), 1);
        }
    }

    #[test]
    fn the_author_is_read_back_and_from_nothing_else() {
        let attempt = attempt("a");
        assert_eq!(author_of(&shared(None, &attempt, "p").content), Some(UserId(u64::MAX)));
        for other in ["", "<@&7> shares an answer to p", "<@7>", "<@7> says", "x <@7> shares an answer to p"] {
            assert_eq!(author_of(other), None, "{other}");
        }
    }

    #[test]
    fn the_longest_nonce_fits() {
        let longest = nonce(&share_at("9999-12-30T21:59:59Z".parse().unwrap()));
        assert!(longest.len() <= 25, "{longest}");
    }

    #[test]
    fn many_links_are_told_in_one_message() {
        let share = share_at(jiff::Timestamp::UNIX_EPOCH);
        let share = Share { message: Some(MessageId(u64::MAX)), ..share };
        let all: Vec<_> = (0..100).map(|number| Left { share, is_shut: number == 0 }).collect();
        assert!(left(&all).chars().count() < 1900);
        assert!(left(&all).contains("and 85 more"));
    }
}
