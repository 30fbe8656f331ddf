//! The bank: every question there is, read from packs, looked up and searched.
//!
//! A pack is one TOML file, described in `data/README.md`; the built-in ones are compiled in. What
//! is broken in any of them is refused as a whole, with all its problems named at once. The bank
//! knows nothing of servers, people or Discord.

mod check;
mod problem;
mod search;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use check::Seen;
pub use problem::{BankError, Problem};

use super::question::{Level, Question, QuestionKey};

/// The built-in packs: where each file stands in the repository, and its text.
const BUILT_IN: &[(&str, &str)] = &[
    ("data/backend.toml", include_str!("../../data/backend.toml")),
    ("data/people.toml", include_str!("../../data/people.toml")),
];

/// Which packs a daily question asks from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Packs {
    /// All of them, those of later releases too.
    #[default]
    All,
    /// Those of these names, of which some may be gone.
    Only(Vec<String>),
}

impl Packs {
    /// What a menu means in which All packs and single ones can be ticked, and in which `before` was ticked at first: whichever of the two
    /// is new wins, as the other was only left ticked.
    #[must_use]
    pub fn ticked(before: &Packs, all: bool, names: Vec<String>) -> Packs {
        let all_is_new = all && *before != Packs::All;
        if names.is_empty() || all_is_new { Packs::All } else { Packs::Only(names) }
    }

    /// Whether a pack of this name is among them.
    #[must_use]
    pub fn contain(&self, name: &str) -> bool {
        match self {
            Packs::All => true,
            Packs::Only(names) => names.iter().any(|chosen| chosen == name),
        }
    }
}

/// A set of questions that an admin can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its file's name without the ending: kebab case, at most [`NAME_LIMIT`].
    pub name: String,
    /// What people call it; at most [`TITLE_LIMIT`].
    pub title: String,
    /// What is in it, in a sentence; at most [`SUMMARY_LIMIT`].
    pub summary: String,
    /// The language of its questions; only [`LANGUAGE`] for now.
    pub language: String,
    /// Its questions in the file's order, the retired ones too.
    pub questions: Vec<QuestionKey>,
}

/// The longest name of a pack, in characters. A select option's value holds 100.
pub const NAME_LIMIT: usize = 40;
/// The longest title of a pack, in code points. A select option's label holds 100. No commas:
/// titles are listed with commas between.
pub const TITLE_LIMIT: usize = 60;
/// The longest summary of a pack, in code points, as a select option's description holds.
pub const SUMMARY_LIMIT: usize = 100;
/// The one language that packs are in.
pub const LANGUAGE: &str = "en";

/// All packs and their questions, in the order in which the files were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionBank {
    packs: Vec<Pack>,
    questions: Vec<Question>,
}

impl QuestionBank {
    /// The packs that come with Starling.
    ///
    /// # Errors
    /// As [`QuestionBank::parse`].
    pub fn built_in() -> Result<QuestionBank, BankError> {
        QuestionBank::parse(BUILT_IN)
    }

    /// Reads packs from pairs of a file's path, which also names the pack and stands in errors, and
    /// the file's text.
    ///
    /// # Errors
    /// All problems of all files. Of a file that is not TOML, or not of a pack's shape, only the
    /// first place where it departs.
    pub fn parse(files: &[(&str, &str)]) -> Result<QuestionBank, BankError> {
        let mut bank = QuestionBank::default();
        let mut problems = Vec::new();
        let mut seen = Seen::default();
        for (file, source) in files {
            match check::read(file, source, &mut seen) {
                Ok((pack, questions)) => {
                    bank.packs.push(pack);
                    bank.questions.extend(questions);
                }
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(bank) } else { Err(BankError { problems }) }
    }

    /// Reads packs as [`QuestionBank::parse`] does, as they would stand beside the built-in ones, which come first. A built-in pack gives
    /// way to a file of its name, so that whoever edits it can have it checked.
    ///
    /// # Errors
    /// As [`QuestionBank::parse`].
    pub fn parse_beside_built_in(files: &[(&str, &str)]) -> Result<QuestionBank, BankError> {
        let stem = |file| Path::new(file).file_stem();
        let gives_way = |built_in| files.iter().any(|(file, _)| stem(file) == stem(built_in));
        let built_in = BUILT_IN.iter().filter(|(file, _)| !gives_way(file));
        QuestionBank::parse(&built_in.chain(files).copied().collect::<Vec<_>>())
    }

    /// The question of this key, retired or not: the buttons of a retired question go on working.
    #[must_use]
    pub fn get(&self, key: &QuestionKey) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == *key)
    }

    /// The questions that are not retired, in the bank's order.
    pub fn active(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| !question.retired)
    }

    /// All packs.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The active questions of these packs that suit a level, in the bank's order.
    #[must_use]
    pub fn available(&self, packs: &Packs, level: Option<Level>) -> Vec<QuestionKey> {
        let chosen = self.packs.iter().filter(|pack| packs.contain(&pack.name)).flat_map(|pack| &pack.questions);
        let chosen: HashSet<&QuestionKey> = chosen.collect();
        let suits = |question: &&Question| level.is_none_or(|level| question.levels.contains(&level));
        let active = self.active().filter(|question| chosen.contains(&question.key)).filter(suits);
        active.map(|question| question.key.clone()).collect()
    }

    /// The chosen packs that are not there any more.
    #[must_use]
    pub fn lacks<'a>(&self, packs: &'a Packs) -> Vec<&'a str> {
        let Packs::Only(names) = packs else { return Vec::new() };
        let is_there = |name: &str| self.packs.iter().any(|pack| pack.name == name);
        names.iter().map(String::as_str).filter(|name| !is_there(name)).collect()
    }

    /// The topics of the active questions, in alphabetical order, each once.
    #[must_use]
    pub fn topics(&self) -> Vec<&str> {
        let topics: BTreeSet<&str> = self.active().map(|question| question.topic.as_str()).collect();
        topics.into_iter().collect()
    }

    /// The active questions that fit what somebody typed, best first; all of them for nothing
    /// typed.
    ///
    /// Every typed word, in any case, must be in the key or begin a word of the topic or the
    /// prompt. First comes the question whose key was typed whole (with hyphens or as words), then
    /// those found by key, by topic, by prompt; equals keep the bank's order.
    #[must_use]
    pub fn search(&self, typed: &str) -> Vec<&Question> {
        search::best_first(self.active(), typed)
    }
}
