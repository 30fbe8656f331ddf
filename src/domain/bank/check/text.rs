//! Texts and lists of texts in a pack: there, not empty, not too long, not too many. What they are
//! about is not its concern.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::Check;
use crate::domain::bank::problem::Problem;
use crate::domain::bank::shape::{Text, Texts};
use crate::domain::question::POINT_LIMIT;

impl Check<'_> {
    /// A list of sentences; `one` says what to call an entry.
    pub(super) fn points(
        &mut self,
        at: usize,
        name: &str,
        one: &str,
        texts: Texts,
        counts: RangeInclusive<usize>,
    ) -> Option<Vec<String>> {
        let texts = self.list(at, name, texts, counts)?;
        let points =
            texts.into_iter().filter_map(|text| self.sound(one, text, POINT_LIMIT)).map(Spanned::into_inner).collect();
        Some(points)
    }

    /// A list that is there. A wrong number of entries is noted, and the entries still given, so
    /// that they are looked at too.
    pub(super) fn list(
        &mut self,
        at: usize,
        name: &str,
        texts: Texts,
        counts: RangeInclusive<usize>,
    ) -> Option<Vec<Spanned<String>>> {
        let (least, most) = counts.into_inner();
        let Some(texts) = texts else {
            self.note(at, format!("the {name} are missing; add {least} to {most} of them"));
            return None;
        };
        let count = texts.get_ref().len();
        if count < least || count > most {
            self.note(texts.span().start, format!("the {name} are {count}; make them {least} to {most}"));
        }
        Some(texts.into_inner())
    }

    /// A text that has to be there; `at` is where to note its absence.
    pub(super) fn text(&mut self, at: usize, name: &str, text: Text, limit: usize) -> Option<Spanned<String>> {
        if let Some(text) = text {
            self.sound(&format!("the {name}"), text, limit)
        } else {
            self.note(at, format!("the {name} is missing; add it"));
            None
        }
    }

    /// Text that is there, with something in it and within its limit in code points.
    fn sound(&mut self, what: &str, text: Spanned<String>, limit: usize) -> Option<Spanned<String>> {
        let at = text.span().start;
        let count = text.get_ref().chars().count();
        if text.get_ref().trim().is_empty() {
            self.note(at, format!("{what} is empty; write it"));
            None
        } else if count > limit {
            self.note(at, format!("{what} has {count} characters; shorten it to {limit}"));
            None
        } else {
            Some(text)
        }
    }

    /// Notes what to mend at a byte of the file.
    pub(super) fn note(&mut self, at: usize, remedy: impl Into<String>) {
        self.problems.push(Problem { file: self.file.to_owned(), line: self.line(at), remedy: remedy.into() });
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = self.source.bytes().take(at);
        1 + before.filter(|byte| *byte == b'\n').count()
    }
}
