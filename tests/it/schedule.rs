//! Schedules at the clock changes of the world, compared with a plain search: a sample, another one at each run.
//!
//! `cargo run --release --example every_transition` goes through every change.

#[path = "../every_transition/plain_search.rs"]
mod plain_search;

use std::hash::{BuildHasher, RandomState};

use plain_search::{Comparison, compare, every_change};

/// One change of so many; prime, so that a sample holds changes of spring and of autumn.
const EACH: u64 = 31;

#[test]
fn schedules_are_right_around_a_sample_of_the_worlds_clock_changes() {
    let seed = RandomState::new().hash_one("sample") % EACH;
    let mut sample = Comparison::default();
    for (number, change) in (0..).zip(&every_change()) {
        if number % EACH == seed {
            sample.add(compare(change));
        }
    }
    let differences = sample.differences.join("\n");
    assert!(differences.is_empty(), "seed {seed} of {EACH}:\n{differences}");
    assert!(sample.slots > 10_000, "seed {seed} of {EACH}: {} slots", sample.slots);
}
