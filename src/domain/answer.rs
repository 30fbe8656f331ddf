//! A STAR answer: what a person typed, and what can be made of it.
//!
//! [`Submission::parse`] is the one gate: it tells a whole answer from a draft, from nothing at all
//! and from text that is too long. No rule about content lives here, and nothing here knows who
//! answered, which question, or where it is kept.
//!
//! What people type is private, so `Debug` prints the lengths of the parts and never their text.

use std::fmt;

/// One of the four parts of a STAR answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Where and when it happened.
    Situation,
    /// What had to be done.
    Task,
    /// What the person did.
    Action,
    /// What came of it.
    Result,
}

impl Part {
    /// All parts, in the order in which they are told.
    pub const ALL: [Part; 4] = [Part::Situation, Part::Task, Part::Action, Part::Result];

    /// The word that labels the part for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Part::Situation => "Situation",
            Part::Task => "Task",
            Part::Action => "Action",
            Part::Result => "Result",
        }
    }

    /// The part's name as a command option, a column and a key of a pack.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Part::Situation => "situation",
            Part::Task => "task",
            Part::Action => "action",
            Part::Result => "result",
        }
    }

    /// How long the part may be, in Unicode code points, as Discord counts.
    ///
    /// All four together (3100) fit the description of one embed (4096), and each fits a modal's
    /// text input (4000).
    #[must_use]
    pub fn limit(self) -> usize {
        match self {
            Part::Situation => 600,
            Part::Task => 300,
            Part::Action => 1500,
            Part::Result => 700,
        }
    }
}

/// What a person typed into the four parts, unchecked.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The situation, as typed.
    pub situation: String,
    /// The task, as typed.
    pub task: String,
    /// The action, as typed.
    pub action: String,
    /// The result, as typed.
    pub result: String,
}

impl Typed {
    /// The text of one part.
    #[must_use]
    pub fn get(&self, part: Part) -> &str {
        match part {
            Part::Situation => &self.situation,
            Part::Task => &self.task,
            Part::Action => &self.action,
            Part::Result => &self.result,
        }
    }

    /// Replaces the text of one part.
    pub fn set(&mut self, part: Part, text: String) {
        *self.slot(part) = text;
    }

    /// The same text without NUL characters, which Postgres can't keep in a text column.
    #[must_use]
    pub fn without_nul(mut self) -> Typed {
        for part in Part::ALL {
            self.slot(part).retain(|c| c != '\0');
        }
        self
    }

    fn slot(&mut self, part: Part) -> &mut String {
        match part {
            Part::Situation => &mut self.situation,
            Part::Task => &mut self.task,
            Part::Action => &mut self.action,
            Part::Result => &mut self.result,
        }
    }

    fn missing(&self) -> Vec<Part> {
        self.parts_where(|_, text| text.trim().is_empty())
    }

    fn too_long(&self) -> Vec<Part> {
        self.parts_where(|part, text| text.chars().count() > part.limit())
    }

    fn parts_where(&self, holds: impl Fn(Part, &str) -> bool) -> Vec<Part> {
        Part::ALL.into_iter().filter(|part| holds(*part, self.get(*part))).collect()
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lengths = f.debug_struct("Typed");
        for part in Part::ALL {
            lengths.field(part.key(), &self.get(part).chars().count());
        }
        lengths.finish()
    }
}

/// A whole answer: four parts, none missing, none too long. The only way to have one is to parse
/// one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarAnswer(Typed);

impl StarAnswer {
    /// Takes text that has to be a whole answer, such as a sample or a stored attempt.
    ///
    /// # Errors
    /// Names the parts that are too long, or else those that are missing.
    pub fn parse(typed: Typed) -> Result<StarAnswer, AnswerError> {
        match Submission::parse(typed) {
            Submission::Whole(answer) => Ok(answer),
            Submission::Partial(draft) => Err(AnswerError::Missing(draft.missing())),
            Submission::Empty => Err(AnswerError::Missing(Part::ALL.to_vec())),
            Submission::TooLong { parts, .. } => Err(AnswerError::TooLong(parts)),
        }
    }

    /// The text of one part.
    #[must_use]
    pub fn get(&self, part: Part) -> &str {
        self.0.get(part)
    }

    /// The text as it was typed.
    #[must_use]
    pub fn typed(&self) -> &Typed {
        &self.0
    }

    /// Gives the text up, to be changed.
    #[must_use]
    pub fn into_typed(self) -> Typed {
        self.0
    }
}

/// Half an answer: at least one part typed, at least one missing. [`Submission::parse`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft(Typed);

impl Draft {
    /// The text as it was typed.
    #[must_use]
    pub fn typed(&self) -> &Typed {
        &self.0
    }

    /// Gives the text up, to be changed.
    #[must_use]
    pub fn into_typed(self) -> Typed {
        self.0
    }

    /// The parts that are still to be written; never empty.
    #[must_use]
    pub fn missing(&self) -> Vec<Part> {
        self.0.missing()
    }
}

/// What a person's text turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    /// An answer that can be stored as an attempt.
    Whole(StarAnswer),
    /// Something to keep as a draft.
    Partial(Draft),
    /// Nothing but white space.
    Empty,
    /// Text to give back, because these parts are over their limits.
    TooLong {
        /// All of the text.
        typed: Typed,
        /// The parts to shorten.
        parts: Vec<Part>,
    },
}

impl Submission {
    /// Sorts out what was typed. NUL is taken out; the text is otherwise kept as it is, white space
    /// at its ends too. A part of only white space is missing. Too long wins over missing, for a
    /// draft must fit the modal again.
    #[must_use]
    pub fn parse(typed: Typed) -> Submission {
        let typed = typed.without_nul();
        let parts = typed.too_long();
        if !parts.is_empty() {
            return Submission::TooLong { typed, parts };
        }
        match typed.missing().len() {
            0 => Submission::Whole(StarAnswer(typed)),
            4 => Submission::Empty,
            _ => Submission::Partial(Draft(typed)),
        }
    }
}

/// Why text is not a whole answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// These parts are missing or only white space.
    #[error("an answer needs all four parts; still missing: {}", keys(.0))]
    Missing(Vec<Part>),
    /// These parts are over their limits.
    #[error("an answer keeps each part within its limit; too long: {}", keys(.0))]
    TooLong(Vec<Part>),
}

fn keys(parts: &[Part]) -> String {
    parts.iter().map(|part| part.key()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(texts: [&str; 4]) -> Typed {
        let [situation, task, action, result] = texts.map(str::to_owned);
        Typed { situation, task, action, result }
    }

    #[test]
    fn four_parts_are_an_answer_and_stay_as_typed() {
        let text = typed([" where ", "what\n", "I did", "done"]);
        let Submission::Whole(answer) = Submission::parse(text.clone()) else {
            panic!("four parts make an answer");
        };
        assert_eq!(answer.typed(), &text);
        assert_eq!(answer.get(Part::Situation), " where ");
        assert_eq!(answer.into_typed(), text);
    }

    #[test]
    fn a_part_of_white_space_is_missing() {
        let text = typed(["where", "", "\u{3000}\n ", "done"]);
        let Submission::Partial(draft) = Submission::parse(text.clone()) else {
            panic!("two parts make a draft");
        };
        assert_eq!(draft.missing(), [Part::Task, Part::Action]);
        assert_eq!(draft.typed(), &text);
        assert_eq!(draft.into_typed(), text);
    }

    #[test]
    fn white_space_alone_is_nothing() {
        assert_eq!(Submission::parse(typed([" ", "", "\t", "\n"])), Submission::Empty);
    }

    #[test]
    fn nul_is_taken_out_before_anything_is_judged() {
        let text = typed(["\0", "a\0b", "", ""]);
        let Submission::Partial(draft) = Submission::parse(text) else {
            panic!("one part is left");
        };
        assert_eq!(draft.typed(), &typed(["", "ab", "", ""]));
        let padded = format!("{}\0", "é".repeat(Part::Task.limit()));
        assert_eq!(
            StarAnswer::parse(typed(["a", &padded, "b", "c"])).map(|answer| answer.get(Part::Task).chars().count()),
            Ok(300)
        );
    }

    #[test]
    fn each_limit_counts_code_points() {
        for part in Part::ALL {
            let mut text = typed(["a", "b", "c", "d"]);
            text.set(part, "🐦".repeat(part.limit()));
            assert!(StarAnswer::parse(text.clone()).is_ok(), "{part:?} at its limit");
            text.set(part, "🐦".repeat(part.limit() + 1));
            assert_eq!(StarAnswer::parse(text), Err(AnswerError::TooLong(vec![part])));
        }
    }

    #[test]
    fn too_long_wins_over_missing_and_gives_all_text_back() {
        let text = typed(["where", &"a".repeat(301), "", ""]);
        assert_eq!(Submission::parse(text.clone()), Submission::TooLong { typed: text, parts: vec![Part::Task] });
    }

    #[test]
    fn an_error_names_the_parts() {
        let missing = StarAnswer::parse(typed(["where", "what", "", ""])).unwrap_err();
        assert_eq!(missing.to_string(), "an answer needs all four parts; still missing: action, result");
        let nothing = StarAnswer::parse(Typed::default()).unwrap_err();
        assert_eq!(nothing, AnswerError::Missing(Part::ALL.to_vec()));
    }

    #[test]
    fn debug_shows_lengths_and_no_text() {
        let lengths = "Typed { situation: 6, task: 6, action: 6, result: 6 }";
        let text = typed(["sécret"; 4]);
        assert_eq!(format!("{text:?}"), lengths);
        assert_eq!(format!("{:?}", Submission::parse(text)), format!("Whole(StarAnswer({lengths}))"));
    }
}
