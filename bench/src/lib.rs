//! How fast Starling is, measured from outside: a release build of it as a child on one processor, and on another one a small Discord with
//! many people, who all want something at once.
//!
//! The modules in reading order: `plan` (how much of what), `phase` (what is measured), `table` (what came of it); below them the
//! `ground` that a bot stands on, the bot itself as a `child`, the `load` that it gets and the `sample`s that are said and what is
//! `seed`ed into its database; and the two
//! floors that it is compared with, which are children as well (`floor`).
//!
//! Figures are compared with floors of the same run, so that they mean the same on every machine.

mod child;
pub mod floor;
mod ground;
mod load;
pub mod phase;
pub mod plan;
mod sample;
mod seed;
pub mod table;
