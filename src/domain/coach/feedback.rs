//! What the coach gives back: findings and something good, each with the words that it is about. Knows neither how they are found nor how
//! they are said.

use std::fmt;
use std::ops::Range;

use super::text::PartText;
use crate::domain::answer::Part;

/// How many findings are put before a person at once; more would not be read.
const PROMPTS: usize = 3;

/// What the coach has to say of one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// One thing that is there and good. `None` rather than praise for nothing.
    pub good: Option<Good>,
    /// All that was found, each rule at most once, in the order of [`Rule::ALL`].
    pub findings: Vec<Finding>,
}

impl Feedback {
    /// The findings to ask about: the first three at most, of those about the same words only the first.
    #[must_use]
    pub fn prompts(&self) -> Vec<&Finding> {
        let mut prompts: Vec<&Finding> = Vec::new();
        for finding in &self.findings {
            if !prompts.iter().any(|asked| (asked.part, &asked.quote) == (finding.part, &finding.quote)) {
                prompts.push(finding);
            }
        }
        prompts.truncate(PROMPTS);
        prompts
    }
}

/// What a rule found in an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: Rule,
    /// The part that it is about.
    pub part: Part,
    /// The person's words that it is about.
    pub quote: Quote,
    /// What the rule counted, where it counts: the part's words ([`Rule::Stub`]), the part's share of all words in per cent
    /// ([`Rule::OutOfBalance`]), seconds of speaking ([`Rule::Length`]), how many hedges ([`Rule::Hedges`]), how often the quoted words come
    /// ([`Rule::Repeats`]); 0 for the others.
    pub count: usize,
}

impl Finding {
    /// What a rule found in these words of a part.
    pub(super) fn of(rule: Rule, part: &PartText<'_>, words: Range<usize>, count: usize) -> Finding {
        Finding { rule, part: part.part, quote: Quote::new(part.quote(words)), count }
    }
}

/// A rule of the coach, in the order in which its finding is put before a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// An e-mail address, a phone number, a key, or something said to be confidential.
    PrivateData,
    /// A part of a few words.
    Stub,
    /// What one would do, or usually does, and nothing that was done.
    NotAnEvent,
    /// Too much setting, or too little of what was done or came of it.
    OutOfBalance,
    /// A result in which nothing is measured.
    NoMeasure,
    /// An action of "we" without any "I".
    NoI,
    /// Too short or too long to say aloud.
    Length,
    /// A situation without a when, a where, a role or a named thing.
    NoAnchor,
    /// An action of one deed.
    OneAction,
    /// Many hedges and absolutes.
    Hedges,
    /// The same words again and again.
    Repeats,
    /// Nothing of what the question is about.
    OffQuestion,
}

impl Rule {
    /// All rules in their order.
    pub const ALL: [Rule; 12] = [
        Rule::PrivateData,
        Rule::Stub,
        Rule::NotAnEvent,
        Rule::OutOfBalance,
        Rule::NoMeasure,
        Rule::NoI,
        Rule::Length,
        Rule::NoAnchor,
        Rule::OneAction,
        Rule::Hedges,
        Rule::Repeats,
        Rule::OffQuestion,
    ];

    /// Its name in kebab case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::PrivateData => "private-data",
            Rule::Stub => "stub",
            Rule::NotAnEvent => "not-an-event",
            Rule::OutOfBalance => "out-of-balance",
            Rule::NoMeasure => "no-measure",
            Rule::NoI => "no-i",
            Rule::Length => "length",
            Rule::NoAnchor => "no-anchor",
            Rule::OneAction => "one-action",
            Rule::Hedges => "hedges",
            Rule::Repeats => "repeats",
            Rule::OffQuestion => "off-question",
        }
    }
}

/// One thing in an answer that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Good {
    /// The result compares before and after, in these words.
    BeforeAndAfter(Quote),
    /// The result measures something, in these words.
    Measured(Quote),
    /// The action tells several deeds in the first person; these words are the first of them.
    OwnDeeds(Quote),
    /// The situation names a year, a month, a weekday, a name, a tool or a role, in these words.
    Anchored(Quote),
    /// Most words are about what was done: so many per cent.
    Balanced(usize),
}

/// Some of a person's own words, as typed. `Debug` prints how long they are and never the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Quote(String);

impl Quote {
    /// These words, without white space around them.
    #[must_use]
    pub fn new(text: &str) -> Quote {
        Quote(text.trim().to_owned())
    }

    /// The words, not yet disarmed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quote({})", self.0.chars().count())
    }
}
