//! Prints how well the coach's rules agree with the gold set, which of the defects put into its strong answers the coach sees, and how long
//! it takes.
//!
//! `cargo run --example coach_table`; names of files of `tests/it/coach/gold` behind `--` keep it to those.

#[path = "../tests/it/coach/injection.rs"]
mod injection;
#[path = "../tests/it/coach/table.rs"]
mod table;

use std::io::{self, Write};
use std::time::Instant;

use injection::DEFECTS;
use starling::domain::coach::coach;
use table::{FILES, Labelled, disagreements, labelled, rows};

fn main() -> anyhow::Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let files = FILES.into_iter().filter(|file| named.is_empty() || named.iter().any(|name| name == file));
    let answers = labelled(&files.collect::<Vec<_>>())?;
    let mut out = io::stdout().lock();
    agreement(&mut out, &answers)?;
    defects(&mut out, &answers)?;
    let begun = Instant::now();
    answers.iter().for_each(|answer| drop(coach(&answer.question, &answer.answer)));
    let took = begun.elapsed().as_micros() / u128::try_from(answers.len().max(1))?;
    writeln!(out, "\n{took} microseconds for each of {} answers.", answers.len())?;
    for line in disagreements(&answers) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn agreement(out: &mut impl Write, answers: &[Labelled]) -> io::Result<()> {
    writeln!(out, "{:<16} {:>9} {:>6} {:>10} {:>7}", "rule", "positives", "fired", "precision", "recall")?;
    for row in rows(answers) {
        let (rule, precision, recall) = (row.rule.as_str(), row.precision(), row.recall());
        writeln!(out, "{rule:<16} {:>9} {:>6} {precision:>10.3} {recall:>7.3}", row.positives, row.fired)?;
    }
    Ok(())
}

fn defects(out: &mut impl Write, answers: &[Labelled]) -> io::Result<()> {
    writeln!(out, "\n{:<24} {:>7} {:>6} {:>9}", "defect", "answers", "seen", "unrelated")?;
    for defect in DEFECTS {
        let strong = answers.iter().filter(|answer| answer.is_strong);
        let tried = defect.tried(strong.map(|answer| (answer.name.as_str(), &answer.question, &answer.answer)));
        writeln!(out, "{:<24} {:>7} {:>6} {:>9}", defect.name, tried.answers, tried.seen, tried.unrelated)?;
        for line in &tried.wrong {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}
