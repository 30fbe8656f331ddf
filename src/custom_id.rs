//! Typed custom ids: all that a button, a menu or a modal remembers, printed into at most 100 characters and parsed again. They are
//! the only state of a conversation, so that a button works after a restart and after a year. No person's id is ever in one: whose a
//! thing is, the store knows.
//!
//! An id opens with a version. A shape that was ever sent stays readable; a new shape gets a new word or a new version.

use std::fmt;

use jiff::civil::{Date, date};
use jiff::{Span, Timestamp, Unit};

use crate::domain::export::PartAfter;
use crate::domain::history::HistoryQuery;
use crate::domain::id::{ChannelId, InteractionId};
use crate::domain::post::PostKey;
use crate::domain::practice::{Felt, Stand};
use crate::domain::question::QuestionKey;

const VERSION: &str = "1";

/// What follows a rung from which Solid does not climb.
const STAYS: &str = ".";

/// What a component does when it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomId {
    /// Opens the answer modal: the buttons Answer, Improve this and Continue.
    Answer(Subject),
    /// The answer modal itself.
    Submit(Subject),
    /// Shows dos, don'ts, sample and probes to somebody who may not have answered yet.
    Guidance(Subject),
    /// Turns to a page of one's own answers.
    History(HistoryQuery),
    /// The menu that opens an answer in full; which one is its value.
    Open,
    /// The menu that compares two attempts at a question; which ones are its values.
    Compare,
    /// Turns to a page of the attempts that one of them can be compared with.
    CompareWith(InteractionId, u32),
    /// The menu on such a page; which one is its value.
    CompareTo(InteractionId),
    /// Shows dos, don'ts and probes beside one's own answer.
    Advice(QuestionKey),
    /// Shows the sample beside one's own answer.
    Sample(QuestionKey),
    /// Shows an admin the next post of a channel.
    Preview(ChannelId),
    /// Stops a channel's posts from mentioning its role.
    MentionNobody(ChannelId),
    /// The menu of a channel's packs; which ones are its values.
    Packs(ChannelId),
    /// Says whether a question's sample helped.
    Feedback(QuestionKey, bool),
    /// Says how one's answer to a question felt, for somebody who stood on a rung of the ladder, or on none, when it was asked: so a
    /// second press changes the first instead of climbing once more.
    Felt(QuestionKey, Felt, Option<Stand>),
    /// Asks whether an answer is to be shared.
    Share(InteractionId),
    /// Shares it.
    ShareIt(InteractionId),
    /// Leaves it unshared.
    KeepPrivate,
    /// Takes a shared answer back, for its author alone.
    TakeBack(InteractionId),
    /// Asks whether an answer is to be deleted.
    AskDelete(InteractionId),
    /// Deletes an answer.
    Delete(InteractionId),
    /// Leaves an answer as it is.
    Keep,
    /// Asks for the word that deletes what is stored of a person.
    AskForget(Scope),
    /// The modal with that word.
    Forget(Scope),
    /// Gives the next part of one's own export.
    Export(PartAfter),
}

/// What of a person is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything, everywhere.
    Everything,
    /// What was written in the guild where it is asked.
    ThisGuild,
}

impl Scope {
    fn word(self) -> &'static str {
        match self {
            Scope::Everything => "everything",
            Scope::ThisGuild => "here",
        }
    }

    fn parse(word: &str) -> Option<Scope> {
        [Scope::Everything, Scope::ThisGuild].into_iter().find(|scope| scope.word() == word)
    }
}

/// A question, and the post that asked it, where one did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The question.
    pub question: QuestionKey,
    /// The post.
    pub post: Option<PostKey>,
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:")?;
        match self {
            CustomId::Answer(subject) => write!(f, "answer:{subject}"),
            CustomId::Submit(subject) => write!(f, "submit:{subject}"),
            CustomId::Guidance(subject) => write!(f, "guidance:{subject}"),
            CustomId::History(HistoryQuery { question, search, page }) => {
                let question = question.as_ref().map(QuestionKey::as_str).unwrap_or_default();
                write!(f, "history:{page}:{question}:{search}")
            }
            CustomId::Open => f.write_str("open"),
            CustomId::Compare => f.write_str("compare"),
            CustomId::CompareWith(answer, page) => write!(f, "compare-with:{page}:{}", base_36(answer.0)),
            CustomId::CompareTo(answer) => write!(f, "compare-to:{}", base_36(answer.0)),
            CustomId::Advice(question) => write!(f, "advice:{question}"),
            CustomId::Sample(question) => write!(f, "sample:{question}"),
            CustomId::Preview(channel) => write!(f, "preview:{}", base_36(channel.0)),
            CustomId::MentionNobody(channel) => write!(f, "nobody:{}", base_36(channel.0)),
            CustomId::Packs(channel) => write!(f, "packs:{}", base_36(channel.0)),
            CustomId::Share(answer) => write!(f, "share:{}", base_36(answer.0)),
            CustomId::ShareIt(answer) => write!(f, "share-it:{}", base_36(answer.0)),
            CustomId::KeepPrivate => f.write_str("keep-private"),
            CustomId::TakeBack(answer) => write!(f, "take-back:{}", base_36(answer.0)),
            CustomId::AskDelete(answer) => write!(f, "ask-delete:{}", base_36(answer.0)),
            CustomId::Delete(answer) => write!(f, "delete:{}", base_36(answer.0)),
            CustomId::Keep => f.write_str("keep"),
            CustomId::AskForget(scope) => write!(f, "ask-forget:{}", scope.word()),
            CustomId::Forget(scope) => write!(f, "forget:{}", scope.word()),
            CustomId::Export(PartAfter { part, at, answer }) => {
                let at = base_36(at.as_millisecond().unsigned_abs());
                write!(f, "export:{part}.{at}.{}", base_36(answer.0))
            }
            CustomId::Felt(question, felt, stand) => {
                let stays = |stand: &Stand| if stand.may_climb { "" } else { STAYS };
                let stand = stand.map(|stand| format!("{}{}", stand.rung, stays(&stand))).unwrap_or_default();
                write!(f, "felt:{}:{stand}:{question}", felt_word(*felt))
            }
            CustomId::Feedback(question, true) => write!(f, "helpful:{question}"),
            CustomId::Feedback(question, false) => write!(f, "unhelpful:{question}"),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.post {
            Some(post) => write!(f, "{}:{}", self.question, short_post(post)),
            None => self.question.fmt(f),
        }
    }
}

impl CustomId {
    /// Reads what was printed, by this or an earlier version. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<CustomId> {
        let known = text.strip_prefix(VERSION)?.strip_prefix(':')?;
        let (word, rest) = known.split_once(':').unwrap_or((known, ""));
        match word {
            "open" if rest.is_empty() => Some(CustomId::Open),
            "compare" if rest.is_empty() => Some(CustomId::Compare),
            "compare-with" => {
                let (page, answer) = rest.split_once(':')?;
                Some(CustomId::CompareWith(InteractionId(parse_base_36(answer)?), page.parse().ok()?))
            }
            "compare-to" => parse_base_36(rest).map(|id| CustomId::CompareTo(InteractionId(id))),
            "keep" if rest.is_empty() => Some(CustomId::Keep),
            "share" => parse_base_36(rest).map(|id| CustomId::Share(InteractionId(id))),
            "share-it" => parse_base_36(rest).map(|id| CustomId::ShareIt(InteractionId(id))),
            "keep-private" if rest.is_empty() => Some(CustomId::KeepPrivate),
            "take-back" => parse_base_36(rest).map(|id| CustomId::TakeBack(InteractionId(id))),
            "ask-delete" => parse_base_36(rest).map(|id| CustomId::AskDelete(InteractionId(id))),
            "delete" => parse_base_36(rest).map(|id| CustomId::Delete(InteractionId(id))),
            "ask-forget" => Scope::parse(rest).map(CustomId::AskForget),
            "forget" => Scope::parse(rest).map(CustomId::Forget),
            "export" => parse_part(rest).map(CustomId::Export),
            "answer" => parse_subject(rest).map(CustomId::Answer),
            "submit" => parse_subject(rest).map(CustomId::Submit),
            "guidance" => parse_subject(rest).map(CustomId::Guidance),
            "history" => parse_history(rest).map(CustomId::History),
            "advice" => QuestionKey::parse(rest).ok().map(CustomId::Advice),
            "sample" => QuestionKey::parse(rest).ok().map(CustomId::Sample),
            "preview" => parse_channel(rest).map(CustomId::Preview),
            "nobody" => parse_channel(rest).map(CustomId::MentionNobody),
            "packs" => parse_channel(rest).map(CustomId::Packs),
            "felt" => {
                let (word, rest) = rest.split_once(':')?;
                let (rung, key) = rest.split_once(':')?;
                let felt = Felt::ALL.into_iter().find(|felt| felt_word(*felt) == word)?;
                let (may_climb, rung) = rung.strip_suffix(STAYS).map_or((true, rung), |rung| (false, rung));
                let stand = |rung| Stand { rung, may_climb };
                let stand = if rung.is_empty() { None } else { Some(stand(rung.parse().ok()?)) };
                Some(CustomId::Felt(QuestionKey::parse(key).ok()?, felt, stand))
            }
            "helpful" => QuestionKey::parse(rest).ok().map(|key| CustomId::Feedback(key, true)),
            "unhelpful" => QuestionKey::parse(rest).ok().map(|key| CustomId::Feedback(key, false)),
            _ => None,
        }
    }
}

fn felt_word(felt: Felt) -> &'static str {
    match felt {
        Felt::Again => "again",
        Felt::Fine => "fine",
        Felt::Solid => "solid",
    }
}

fn parse_subject(text: &str) -> Option<Subject> {
    match text.split_once(':') {
        Some((question, post)) => {
            Some(Subject { question: QuestionKey::parse(question).ok()?, post: Some(parse_short_post(post)?) })
        }
        None => Some(Subject { question: QuestionKey::parse(text).ok()?, post: None }),
    }
}

fn parse_channel(text: &str) -> Option<ChannelId> {
    parse_base_36(text).map(ChannelId)
}

fn parse_history(text: &str) -> Option<HistoryQuery> {
    let (page, rest) = text.split_once(':')?;
    // The words come last, as they may hold a colon themselves.
    let (question, search) = rest.split_once(':')?;
    let question = if question.is_empty() { None } else { Some(QuestionKey::parse(question).ok()?) };
    Some(HistoryQuery { question, search: search.to_owned(), page: page.parse().ok()? })
}

fn parse_part(text: &str) -> Option<PartAfter> {
    let (part, rest) = text.split_once('.')?;
    let (at, answer) = rest.split_once('.')?;
    let at = Timestamp::from_millisecond(parse_base_36(at)?.try_into().ok()?).ok()?;
    Some(PartAfter { part: part.parse().ok()?, at, answer: InteractionId(parse_base_36(answer)?) })
}

const DAY_ZERO: Date = date(1970, 1, 1);

/// A post's key in at most 19 characters: the channel and the number of the day since 1970, in base 36.
#[must_use]
pub fn short_post(post: PostKey) -> String {
    let days = post.day.since((Unit::Day, DAY_ZERO)).map_or(0, |span| span.get_days());
    format!("{}.{}", base_36(post.channel.0), base_36(u64::from(days.unsigned_abs())))
}

fn parse_short_post(text: &str) -> Option<PostKey> {
    let (channel, days) = text.split_once('.')?;
    let channel = ChannelId(parse_base_36(channel)?);
    let days = i64::try_from(parse_base_36(days)?).ok()?;
    let day = DAY_ZERO.checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(PostKey { channel, day })
}

/// A number in base 36, lower case.
#[must_use]
pub fn base_36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// A number from base 36.
#[must_use]
pub fn parse_base_36(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 36).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn longest_key() -> QuestionKey {
        QuestionKey::parse(&"k".repeat(40)).unwrap()
    }

    fn longest_ids() -> Vec<CustomId> {
        let post = Some(PostKey { channel: ChannelId(u64::MAX), day: date(9999, 12, 31) });
        let subject = Subject { question: longest_key(), post };
        let search = "é".repeat(30);
        vec![
            CustomId::Answer(subject.clone()),
            CustomId::Submit(subject.clone()),
            CustomId::Guidance(subject),
            CustomId::History(HistoryQuery { question: Some(longest_key()), search, page: 999_999 }),
            CustomId::Open,
            CustomId::Compare,
            CustomId::CompareWith(InteractionId(u64::MAX), u32::MAX),
            CustomId::CompareTo(InteractionId(u64::MAX)),
            CustomId::Advice(longest_key()),
            CustomId::Sample(longest_key()),
            CustomId::Preview(ChannelId(u64::MAX)),
            CustomId::MentionNobody(ChannelId(u64::MAX)),
            CustomId::Packs(ChannelId(u64::MAX)),
            CustomId::Felt(longest_key(), Felt::Again, None),
            CustomId::Felt(longest_key(), Felt::Solid, Some(Stand { rung: usize::MAX, may_climb: false })),
            CustomId::Feedback(longest_key(), true),
            CustomId::Feedback(longest_key(), false),
            CustomId::Share(InteractionId(u64::MAX)),
            CustomId::ShareIt(InteractionId(u64::MAX)),
            CustomId::KeepPrivate,
            CustomId::TakeBack(InteractionId(u64::MAX)),
            CustomId::AskDelete(InteractionId(u64::MAX)),
            CustomId::Delete(InteractionId(u64::MAX)),
            CustomId::Keep,
            CustomId::AskForget(Scope::Everything),
            CustomId::Forget(Scope::ThisGuild),
            CustomId::Export(PartAfter {
                part: u32::MAX,
                at: "9999-12-30T21:59:59Z".parse().unwrap(),
                answer: InteractionId(u64::MAX),
            }),
        ]
    }

    #[test]
    fn the_longest_ids_fit_and_come_back() {
        for id in longest_ids() {
            let printed = id.to_string();
            assert!(printed.chars().count() <= 100, "{printed}");
            assert_eq!(CustomId::parse(&printed), Some(id));
        }
    }

    #[test]
    fn ids_that_were_sent_once_stay_readable() {
        let key = QuestionKey::parse("push-back-on-a-deadline").unwrap();
        let post = PostKey { channel: ChannelId(1_234_567_890), day: date(2026, 5, 4) };
        let subject = Subject { question: key, post: Some(post) };
        assert_eq!(CustomId::parse("1:answer:push-back-on-a-deadline:kf12oi.fvl"), Some(CustomId::Answer(subject)));
        assert_eq!(CustomId::parse("1:take-back:kf12oi"), Some(CustomId::TakeBack(InteractionId(1_234_567_890))));
        let query = HistoryQuery { question: None, search: "at 3:1".to_owned(), page: 2 };
        assert_eq!(CustomId::parse("1:history:2::at 3:1"), Some(CustomId::History(query)));
        let after = PartAfter {
            part: 2,
            at: "2026-05-04T06:52:14.208Z".parse().unwrap(),
            answer: InteractionId(1_234_567_890),
        };
        assert_eq!(CustomId::parse("1:export:2.moqudp1c.kf12oi"), Some(CustomId::Export(after)));
        let felt = |stand| Some(CustomId::Felt(QuestionKey::parse("move-a-table").unwrap(), Felt::Fine, stand));
        assert_eq!(CustomId::parse("1:felt:fine:2:move-a-table"), felt(Some(Stand { rung: 2, may_climb: true })));
        assert_eq!(CustomId::parse("1:felt:fine:2.:move-a-table"), felt(Some(Stand { rung: 2, may_climb: false })));
        assert_eq!(CustomId::parse("1:felt:fine::move-a-table"), felt(None));
    }

    #[test]
    fn what_was_never_sent_is_nothing() {
        for text in [
            "",
            "1",
            "1:",
            "2:open",
            "1:answer",
            "1:answer:",
            "1:answer:A b",
            "1:answer:key:x",
            "1:history:-1::",
            "1:felt:fine:key",
            "1:felt:fine:-1:key",
            "1:felt:grand:1:key",
            "open",
        ] {
            assert_eq!(CustomId::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_parsing_panic(text in ".{0,120}") {
            let _ = CustomId::parse(&text);
            let _ = CustomId::parse(&format!("1:answer:{text}"));
            let _ = CustomId::parse(&format!("1:history:{text}"));
        }

        #[test]
        fn a_number_comes_back_from_base_36(number: u64) {
            prop_assert_eq!(parse_base_36(&base_36(number)), Some(number));
        }
    }
}
