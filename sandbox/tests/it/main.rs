//! The sandbox from outside: a bot of a few lines over real sockets, and people who speak to it.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on has failed"
)]

mod answers;
mod bot;
mod browser;
mod channels;
mod console;
mod crowd;
mod files;
mod forms;
mod gateway;
mod gateway_counts;
mod gateway_faults;
mod guilds;
mod installs;
mod limits;
mod messages;
mod odd_events;
mod page;
mod page_acts;
mod page_control;
mod page_inspector;
mod people;
mod resume;
mod troubles;
