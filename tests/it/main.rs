//! The integration tests, in one binary: stories against a small Discord, the store's conformance suite, the migrations, the schedule
//! over the world's time zones, and the rules of the house.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod app;
mod browser;
mod child;
mod clock_changes;
mod coach;
mod crash;
mod environment;
mod hardening;
mod many_channels;
mod migrations;
mod page;
#[cfg(feature = "playground")]
mod playground;
mod postgres;
mod process;
mod schedule;
mod sentences;
mod store;
mod stories;
mod tidy;
mod two_processes;
