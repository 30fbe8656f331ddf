//! The small run: nobody is answered late, twice or not at all, in any phase.

use std::path::Path;
use std::process::Command;

#[test]
fn in_a_small_run_the_counts_add_up() {
    // Built with the tests of the workspace; a build of its own would take as long as all of them.
    let starling = Path::new(env!("CARGO_BIN_EXE_bench")).with_file_name("starling");
    assert!(starling.exists(), "cargo build makes {}, which this measures", starling.display());
    let mut bench = Command::new(env!("CARGO_BIN_EXE_bench"));
    let output = bench.arg("--small").arg("--starling").arg(starling).output().unwrap();
    let (table, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{table}{errors}");
    for measured in [
        "1 in flight",
        "32 in flight",
        "the library alone",
        "the disk alone",
        "256 in flight",
        "50 a second",
        "100 at one instant",
        "fan-out",
        "answers meanwhile",
        "a round over 20",
        "idle in 1 server",
        "idle in 10 servers",
        "start with 100",
        "/history over 1000",
        "/history with a search over 1000",
        "the second 100 of 200",
    ] {
        assert!(table.lines().any(|line| line.starts_with(measured)), "{measured} is not in:\n{table}");
    }
    assert!(table.ends_with("\n0 missed\n"), "{table}");
}
