//! A small Discord on loopback, to test a bot against.
//!
//! A bot connects to it as to Discord: REST under `/api/v10`, a gateway, one token. A test moves
//! its clock, speaks for the people in it, and reads what they then see:
//!
//! ```no_run
//! # async fn story() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = sandbox::Sandbox::start().await?;
//! let guild = sandbox.add_guild("Test");
//! let general = guild.add_channel("general");
//! let ada = guild.add_member("Ada").in_channel(&general);
//! // … start the bot with `sandbox.url()` and `sandbox.token()` …
//! sandbox.ready().await?;
//! let reply = ada.runs("/greet name:Bob").await;
//! assert_eq!(reply.to_string(), "Hello Bob\n[Wave back]\n(only you can see this)");
//! assert!(ada.clicks("Wave back").await.message().ephemeral);
//! assert!(sandbox.problems().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! It refuses what Discord refuses, in Discord's words, and knows nothing of any one bot.
//!
//! The modules in reading order: [`Sandbox`] (`server`), [`Clock`], [`Guild`] and [`Role`]
//! (`guild`), [`Channel`] (`channel`), [`Person`] (`person`), [`Reply`] (`reply`), what a person
//! sees (`view`); by hand the lines of the [`console`] and what a browser shows (`page`), and for whoever measures a bot the
//! [`Crowd`] (`crowd`); at the edge
//! what a bot talks to (`rest`, `gateway`, over a `socket`); below them the state (`shared`), what
//! happens to it and is told to the bot (`event`), how things are written (`wire`), the way to the
//! program that runs the bot (`host`), and at the ground the state itself and its rules (`world`,
//! `interaction`, `check`, `refusal`, `faults`, `session`, `limits`, `trouble`, `waiting`, `route`).

mod channel;
mod check;
mod clock;
pub mod console;
mod crowd;
mod event;
mod faults;
mod gateway;
mod guild;
mod host;
mod interaction;
mod iso;
mod json;
mod limits;
mod page;
pub mod permissions;
mod person;
mod refusal;
mod reply;
mod rest;
mod route;
mod server;
mod session;
mod shared;
mod snowflake;
mod socket;
mod trouble;
mod view;
mod waiting;
mod wire;
mod world;

pub use channel::Channel;
pub use clock::Clock;
pub use crowd::Crowd;
pub use guild::{Guild, Role};
pub use host::{Asked, Wish};
pub use limits::{Limits, Scope};
pub use person::{Choice, Person};
pub use reply::Reply;
pub use server::{Sandbox, Trouble};
pub use snowflake::{LAST_MS, made_at_ms};
pub use trouble::{Fault, Moment};
pub use view::{FileView, InputView, MessageView, ModalView};
pub use waiting::Answered;
pub use world::journal::Call;
