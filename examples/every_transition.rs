//! Compares schedules with a plain search around every clock change of every zone from 2020 to 2040.
//!
//! `cargo run --release --example every_transition`; names of zones behind `--` keep it to those. Fails when anything
//! differs, or when there was nothing to compare.

#[path = "../tests/every_transition/plain_search.rs"]
mod plain_search;

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

use plain_search::{Change, Comparison, compare, every_change};

fn main() -> io::Result<ExitCode> {
    let only: Vec<String> = std::env::args().skip(1).collect();
    let mut changes = every_change();
    if !only.is_empty() {
        changes.retain(|change| only.contains(&change.zone));
    }
    let result = compare_all(&changes);
    let mut out = io::stdout().lock();
    for difference in &result.differences {
        writeln!(out, "{difference}")?;
    }
    let zones = changes.chunk_by(|one, next| one.zone == next.zone).count();
    writeln!(
        out,
        "{zones} zones that differ, {} changes of their clocks, {} slots, {} differences",
        changes.len(),
        result.slots,
        result.differences.len()
    )?;
    let is_right = result.differences.is_empty() && result.slots > 0;
    Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// On all cores; a thread that dies takes the program down with it.
fn compare_all(changes: &[Change]) -> Comparison {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = changes.len().div_ceil(threads).max(1);
    let mut all = Comparison::default();
    thread::scope(|scope| {
        let running: Vec<_> = changes.chunks(share).map(|part| scope.spawn(move || compare_part(part))).collect();
        for thread in running {
            match thread.join() {
                Ok(part) => all.add(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    all
}

fn compare_part(changes: &[Change]) -> Comparison {
    let mut part = Comparison::default();
    for change in changes {
        part.add(compare(change));
    }
    part
}
