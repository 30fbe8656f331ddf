//! Starling: a Discord bot that trains people for interviews.

pub mod clock;
pub mod config;
pub mod domain;
pub mod logs;
pub mod store;
