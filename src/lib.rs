//! Starling: a Discord bot that trains people for interviews.

pub mod domain;
