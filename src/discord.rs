//! The edge to Discord: what comes in by the gateway, which command answers it, and how the answer goes out.

pub mod commands;
pub mod deliver;
pub mod error;
pub mod event;
pub mod gateway;
pub mod interaction;
pub mod router;
