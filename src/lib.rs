//! Starling: a Discord bot that trains people for interviews.
//!
//! The modules, in the order in which they are best read:
//!
//! - [`domain`]: what a question, an answer, a schedule and a daily question are. No I/O.
//! - [`config`], [`logs`], [`clock`]: the environment, the log and the time.
//! - [`store`]: the database. [`rest`]: the one sender to Discord.
//! - [`app`]: what every command receives.
//! - [`custom_id`]: what buttons remember. [`reply`]: all words that a person reads.
//! - [`permissions`]: what Starling may do in a channel.
//! - [`poster`]: a round of daily posts.
//! - [`discord`]: interactions come in, replies go out.
//! - [`places`]: servers and channels come and go.
//! - [`cli`]: what the command line asks.
//! - `playground`, a feature: all of it against a small Discord of its own.
//!
//! [`run`] ties them together.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod custom_id;
pub mod discord;
pub mod domain;
pub mod logs;
pub mod permissions;
pub mod places;
#[cfg(feature = "playground")]
pub mod playground;
pub mod poster;
pub mod reply;
pub mod rest;
pub mod store;

mod running;

pub use self::running::run;
