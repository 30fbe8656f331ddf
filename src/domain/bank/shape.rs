//! A pack as TOML spells it, unchecked. Everything carries its place in the file, for the sake of
//! errors.
//!
//! Whatever may be forgotten is optional here, so that the check can name all that is missing at
//! once. A misspelt name is refused here.

use serde::Deserialize;
use toml::Spanned;

pub(super) type Text = Option<Spanned<String>>;
pub(super) type Texts = Option<Spanned<Vec<Spanned<String>>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackShape {
    pub(super) title: Text,
    pub(super) summary: Text,
    pub(super) language: Text,
    #[serde(default)]
    pub(super) question: Vec<Spanned<QuestionShape>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionShape {
    pub(super) key: Text,
    pub(super) prompt: Text,
    pub(super) topic: Text,
    pub(super) levels: Texts,
    pub(super) why: Text,
    pub(super) dos: Texts,
    pub(super) donts: Texts,
    pub(super) sample: Option<Spanned<SampleShape>>,
    pub(super) probes: Texts,
    /// `None` where the field is left out, as it may be.
    pub(super) elements: Texts,
    #[serde(default)]
    pub(super) retired: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleShape {
    pub(super) situation: Text,
    pub(super) task: Text,
    pub(super) action: Text,
    pub(super) result: Text,
}
