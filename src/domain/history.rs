//! A person's own answers, a page at a time. Knows nothing of how they are found or shown.

use super::attempt::Attempt;
use super::question::QuestionKey;

/// How many answers a page has.
pub const PAGE_SIZE: u32 = 10;

/// How many characters can be searched for; they travel in the buttons of the pages.
pub const SEARCH_LIMIT: u16 = 30;

/// Which of a person's answers to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Only this question's.
    pub question: Option<QuestionKey>,
    /// Only those with these words, as typed, in any part and any case. Empty: all.
    pub search: String,
    /// The page, from 0.
    pub page: u32,
}

/// A page of a person's answers, newest first.
#[derive(Debug)]
pub struct HistoryPage {
    /// At most [`PAGE_SIZE`].
    pub attempts: Vec<Attempt>,
    /// How many there are on all pages.
    pub total: u32,
}

impl HistoryPage {
    /// The number of pages, at least one.
    #[must_use]
    pub fn pages(&self) -> u32 {
        self.total.div_ceil(PAGE_SIZE).max(1)
    }
}
