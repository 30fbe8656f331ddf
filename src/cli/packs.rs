//! `starling questions check FILE…`: whether files of questions could join the built-in ones. Knows nothing of what makes a pack right.

use std::fs;
use std::path::PathBuf;

use anyhow::bail;

use super::say;
use crate::domain::bank::QuestionBank;

/// Reads all files, and names everything that is to be mended in any of them.
pub(super) fn check(files: &[PathBuf]) -> anyhow::Result<()> {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        match fs::read_to_string(file) {
            Ok(text) => read.push((file.to_string_lossy(), text)),
            Err(error) => problems.push(format!("{} can't be read ({error}); name a file of text", file.display())),
        }
    }
    let packs: Vec<_> = read.iter().map(|(file, text)| (file.as_ref(), text.as_str())).collect();
    match QuestionBank::parse_beside_built_in(&packs) {
        Ok(bank) if problems.is_empty() => say(&sound(&bank, packs.len())),
        Ok(_) => bail!(problems.join("\n")),
        Err(error) => {
            problems.push(error.to_string());
            bail!(problems.join("\n"))
        }
    }
}

/// Counts the packs that were given: the last ones of the bank.
fn sound(bank: &QuestionBank, given: usize) -> String {
    let questions: usize = bank.packs().iter().rev().take(given).map(|pack| pack.questions.len()).sum();
    format!("all sound: {}, {}", counted(questions, "question"), counted(given, "pack"))
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
