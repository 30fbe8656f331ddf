//! Prints how well the coach's rules agree with the gold set.
//!
//! `cargo run --example coach_table`; names of files of `tests/it/coach/gold` behind `--` keep it to those.

#[path = "../tests/it/coach/table.rs"]
mod table;

use std::io::{self, Write};

use table::{FILES, disagreements, labelled, rows};

fn main() -> anyhow::Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let files = FILES.into_iter().filter(|file| named.is_empty() || named.iter().any(|name| name == file));
    let answers = labelled(&files.collect::<Vec<_>>())?;
    let mut out = io::stdout().lock();
    writeln!(out, "{:<16} {:>9} {:>6} {:>10} {:>7}", "rule", "positives", "fired", "precision", "recall")?;
    for row in rows(&answers) {
        let (precision, recall) = (row.precision(), row.recall());
        writeln!(
            out,
            "{:<16} {:>9} {:>6} {precision:>10.3} {recall:>7.3}",
            row.rule.as_str(),
            row.positives,
            row.fired
        )?;
    }
    writeln!(out, "\n{} answers. Where coach and label differ:", answers.len())?;
    for line in disagreements(&answers) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
