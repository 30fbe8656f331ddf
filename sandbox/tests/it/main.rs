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
mod channels;
mod console;
mod forms;
mod gateway;
mod limits;
mod messages;
mod people;
mod troubles;
