//! The command line, yet to come.

fn main() {}
