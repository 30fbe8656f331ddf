//! From a pack's file to its questions: what a pack must be, and what to say where it is not.
//!
//! Each check notes its problem and goes on, so that one reading names everything there is to mend.

mod elements;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use toml::Spanned;

use super::problem::Problem;
use super::shape::{PackShape, QuestionShape, SampleShape, Text, Texts};
use super::{LANGUAGE, NAME_LIMIT, Pack, SUMMARY_LIMIT, TITLE_LIMIT};
use crate::domain::answer::{Part, StarAnswer, Typed};
use crate::domain::question::{Level, PROMPT_LIMIT, Question, QuestionKey, TOPIC_LIMIT, WHY_LIMIT, is_kebab_case};

/// What the files before this one have taken.
#[derive(Default)]
pub(super) struct Seen {
    names: HashSet<String>,
    /// Each key with the place that has it, as `file:line`.
    keys: HashMap<QuestionKey, String>,
}

/// Reads one file; all its problems in the order of its lines when it has any.
pub(super) fn read(file: &str, source: &str, seen: &mut Seen) -> Result<(Pack, Vec<Question>), Vec<Problem>> {
    let mut check = Check { file, source, seen, problems: Vec::new() };
    let read = match toml::from_str::<PackShape>(source) {
        Ok(shape) => check.pack(shape),
        Err(error) => {
            check.unreadable(&error);
            None
        }
    };
    match read {
        Some(read) if check.problems.is_empty() => Ok(read),
        _ => {
            check.problems.sort_by_key(|problem| problem.line);
            Err(check.problems)
        }
    }
}

/// One file under inspection. A method gives `None` once it has noted why; what it gives otherwise
/// counts only if nothing was noted at the end.
struct Check<'a> {
    file: &'a str,
    source: &'a str,
    seen: &'a mut Seen,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn pack(&mut self, shape: PackShape) -> Option<(Pack, Vec<Question>)> {
        let name = self.name();
        let title = self.text(0, "title", shape.title, TITLE_LIMIT);
        let title = title.and_then(|title| self.without_comma(title));
        let summary = self.text(0, "summary", shape.summary, SUMMARY_LIMIT);
        let language = self.language(shape.language);
        if shape.question.is_empty() {
            self.note(0, "the pack has no question; add a [[question]]");
        }
        let questions: Vec<Question> = shape.question.into_iter().filter_map(|shape| self.question(shape)).collect();
        let pack = Pack {
            name: name?,
            title: title?.into_inner(),
            summary: summary?.into_inner(),
            language: language?,
            questions: questions.iter().map(|question| question.key.clone()).collect(),
        };
        Some((pack, questions))
    }

    /// A file that TOML, or serde with the shape, gave up on.
    fn unreadable(&mut self, error: &toml::de::Error) {
        let at = error.span().map_or(0, |span| span.start);
        let reason = error.message().replace('\n', ", ");
        self.note(at, format!("{reason}; see data/README.md for what a pack holds"));
    }

    fn name(&mut self) -> Option<String> {
        let stem = Path::new(self.file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if !is_kebab_case(stem) || stem.len() > NAME_LIMIT {
            let rule = format!("lower-case words joined by hyphens, at most {NAME_LIMIT} characters");
            self.note(0, format!("the file's name is the pack's name; make it {rule}"));
            return None;
        }
        if !self.seen.names.insert(stem.to_owned()) {
            self.note(0, format!("there is another pack named {stem}; rename one of the files"));
            return None;
        }
        Some(stem.to_owned())
    }

    fn without_comma(&mut self, title: Spanned<String>) -> Option<Spanned<String>> {
        if title.get_ref().contains(',') {
            self.note(title.span().start, "the title has a comma; take it out");
            return None;
        }
        Some(title)
    }

    fn language(&mut self, text: Text) -> Option<String> {
        let at = text.as_ref().map_or(0, |text| text.span().start);
        let language = text.map(Spanned::into_inner).filter(|language| language == LANGUAGE);
        if language.is_none() {
            self.note(at, format!("the language is not \"{LANGUAGE}\", the only one so far; write that"));
        }
        language
    }

    fn question(&mut self, shape: Spanned<QuestionShape>) -> Option<Question> {
        let at = shape.span().start;
        let shape = shape.into_inner();
        let key = self.key(at, shape.key);
        let prompt = self.text(at, "prompt", shape.prompt, PROMPT_LIMIT);
        let topic = self.text(at, "topic", shape.topic, TOPIC_LIMIT);
        let levels = self.levels(at, shape.levels);
        let why = self.text(at, "why", shape.why, WHY_LIMIT);
        let dos = self.points(at, "dos", "this do", shape.dos, 3..=5);
        let donts = self.points(at, "donts", "this don't", shape.donts, 3..=5);
        let sample = self.sample(at, shape.sample);
        let probes = self.points(at, "probes", "this probe", shape.probes, 1..=3);
        let elements = self.elements(at, shape.elements);
        Some(Question {
            key: key?,
            prompt: prompt?.into_inner(),
            topic: topic?.into_inner(),
            levels: levels?,
            why: why?.into_inner(),
            dos: dos?,
            donts: donts?,
            sample: sample?,
            probes: probes?,
            elements: elements?,
            retired: shape.retired,
        })
    }

    fn key(&mut self, at: usize, text: Text) -> Option<QuestionKey> {
        let Some(text) = text else {
            self.note(at, "the key is missing; add one that no pack has");
            return None;
        };
        let at = text.span().start;
        let key = match QuestionKey::parse(text.get_ref()) {
            Ok(key) => key,
            Err(error) => {
                self.note(at, format!("the key is of no use: {error}; rewrite it"));
                return None;
            }
        };
        let here = format!("{}:{}", self.file, self.line(at));
        if let Some(there) = self.seen.keys.get(&key) {
            let remedy = format!("the key {key} is taken by {there}; choose another");
            self.note(at, remedy);
            return None;
        }
        self.seen.keys.insert(key.clone(), here);
        Some(key)
    }

    fn levels(&mut self, at: usize, texts: Texts) -> Option<Vec<Level>> {
        let texts = self.list(at, "levels", texts, 1..=Level::ALL.len())?;
        let mut levels = Vec::new();
        for text in texts {
            let at = text.span().start;
            match Level::parse(text.get_ref()) {
                Some(level) if levels.contains(&level) => {
                    self.note(at, format!("the level {level} stands twice; keep one"));
                }
                Some(level) => levels.push(level),
                None => self.note(at, format!("{:?} is no level; write junior, mid or senior", text.get_ref())),
            }
        }
        Some(levels)
    }

    fn sample(&mut self, at: usize, shape: Option<Spanned<SampleShape>>) -> Option<StarAnswer> {
        let Some(shape) = shape else {
            self.note(at, "the sample is missing; add a [question.sample]");
            return None;
        };
        let at = shape.span().start;
        let shape = shape.into_inner();
        let situation = self.part(at, Part::Situation, shape.situation);
        let task = self.part(at, Part::Task, shape.task);
        let action = self.part(at, Part::Action, shape.action);
        let result = self.part(at, Part::Result, shape.result);
        self.demand(action.as_ref(), says_i, "the action of the sample never says \"I\"; say what one person did");
        self.demand(result.as_ref(), has_number, "the result of the sample has no number; say what was measured");
        let typed = Typed {
            situation: situation?.into_inner(),
            task: task?.into_inner(),
            action: action?.into_inner(),
            result: result?.into_inner(),
        };
        let answer = StarAnswer::parse(typed);
        answer.map_err(|error| self.note(at, format!("{error}; mend the sample"))).ok()
    }

    /// Notes the remedy where the text is there and lacks what it must have.
    fn demand(&mut self, text: Option<&Spanned<String>>, holds: fn(&str) -> bool, remedy: &str) {
        if let Some(text) = text.filter(|text| !holds(text.get_ref())) {
            self.note(text.span().start, remedy);
        }
    }

    fn part(&mut self, at: usize, part: Part, text: Text) -> Option<Spanned<String>> {
        self.text(at, &format!("{} of the sample", part.key()), text, part.limit())
    }
}

fn says_i(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "I")
}

fn has_number(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
}
