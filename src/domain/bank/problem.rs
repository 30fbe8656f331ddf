//! What is wrong with a pack: where, and how to mend it. It knows nothing of what makes a pack
//! right.

use std::fmt;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named to the bank.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, and what to do about it.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, remedy } = self;
        write!(f, "{file}:{line}: {remedy}")
    }
}

/// All that is wrong with the packs, one a line, in the order of the files and of their lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", one_a_line(.problems))]
pub struct BankError {
    /// What to mend; never empty.
    pub problems: Vec<Problem>,
}

fn one_a_line(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}
