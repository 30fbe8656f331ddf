//! What a person has stored: attempts at questions, and the one draft of each. Knows nothing of how they are stored.

use jiff::Timestamp;

use super::answer::StarAnswer;
use super::id::{GuildId, InteractionId, UserId};
use super::post::PostKey;
use super::practice::Coaching;
use super::question::QuestionKey;

/// What an answer or a draft belongs to.
#[derive(Clone, Debug)]
pub struct About {
    /// Who wrote it.
    pub user: UserId,
    /// The question.
    pub question: QuestionKey,
    /// The guild where it was written, where it was one.
    pub guild: Option<GuildId>,
    /// The post that it answers, where it answers one.
    pub post: Option<PostKey>,
}

/// A whole answer, as it comes in.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    /// The interaction that brought it; it is stored once for that, however often it is delivered.
    pub id: InteractionId,
    /// What it belongs to.
    pub about: About,
    /// The four parts.
    pub answer: StarAnswer,
    /// When it came.
    pub at: Timestamp,
}

/// A stored answer.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its key: the interaction that brought it.
    pub id: InteractionId,
    /// What it belongs to.
    pub about: About,
    /// Which of the person's attempts at the question, from 1.
    pub number: u32,
    /// The four parts.
    pub answer: StarAnswer,
    /// When it came.
    pub at: Timestamp,
}

/// What came of storing an answer.
#[derive(Debug)]
pub enum Recorded {
    /// It is a new attempt, or the one that this interaction brought before.
    Stored(Attempt),
    /// The person's newest attempt says the same; nothing was stored.
    Unchanged(Attempt),
}

/// What a person is told of an answer that they sent.
#[derive(Debug)]
pub struct Receipt {
    /// What came of storing it.
    pub recorded: Recorded,
    /// Where it is a new attempt, the one before it, if there is any.
    pub before: Option<Attempt>,
    /// What of their practice goes with it.
    pub coaching: Coaching,
}
