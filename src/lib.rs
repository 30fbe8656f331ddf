//! Starling: a Discord bot that trains people for interviews.

pub mod app;
pub mod clock;
pub mod config;
pub mod custom_id;
pub mod domain;
pub mod logs;
pub mod poster;
pub mod reply;
pub mod rest;
pub mod store;
