//! The pure core: what Starling knows about interviews, days and answers. No async, no I/O, nothing of Discord's library and nothing
//! of the database.

pub mod answer;
pub mod attempt;
pub mod bank;
pub mod coach;
pub mod compare;
pub mod daily;
pub mod export;
pub mod history;
pub mod id;
pub mod post;
pub mod practice;
pub mod progress;
pub mod question;
pub mod rotation;
pub mod schedule;
pub mod share;
pub mod trouble;
pub mod zone;
