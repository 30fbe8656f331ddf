//! What nothing can go below: a bot of the same library that stores nothing, and a disk that stores without a bot.

pub mod disk;
pub mod library;
