//! What people say here: the sample answers of all questions, as long and as good as what people write at their best.

use starling::domain::answer::Part;
use starling::domain::bank::QuestionBank;
use starling::domain::question::Question;

/// A sample answer of a question.
pub(crate) struct Sample {
    pub(crate) question: String,
    pub(crate) parts: [String; 4],
}

impl Sample {
    /// As Starling stores it to be searched.
    pub(crate) fn folded(&self) -> String {
        self.parts.join("\n").to_lowercase()
    }
}

/// The samples of all questions.
pub(crate) fn samples() -> anyhow::Result<Vec<Sample>> {
    let bank = QuestionBank::built_in()?;
    let sample = |question: &Question| Sample {
        question: question.key.as_str().to_owned(),
        parts: Part::ALL.map(|part| question.sample.get(part).to_owned()),
    };
    Ok(bank.active().map(sample).collect())
}
