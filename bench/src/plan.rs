//! How much of what is measured.

use std::path::PathBuf;
use std::time::Duration;

/// Which Starling, and how much of each thing.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The program.
    pub starling: PathBuf,
    /// This program, of which the floors are children.
    pub own: PathBuf,
    /// Answers of a closed loop, besides those before it that warm the bot up.
    pub closed: usize,
    /// Answers that warm it up.
    pub warm_up: usize,
    /// Answers a second at a steady rate.
    pub per_second: u32,
    /// For how long they come.
    pub paced: Duration,
    /// Answers at one instant.
    pub burst: usize,
    /// Posts that are due at one instant.
    pub fan_out: usize,
    /// Servers of an idle bot.
    pub guilds: usize,
    /// Answers that are stored when it starts.
    pub stored_at_start: usize,
    /// Answers that are stored when people look back.
    pub stored: usize,
    /// How many people those are of.
    pub people: u64,
    /// How often people look back.
    pub looks: usize,
    /// Daily questions of which none is due.
    pub dailies: usize,
    /// Answers over which memory and the processor's time are watched.
    pub slope: usize,
}

impl Plan {
    /// All of it, which takes a quarter of an hour.
    #[must_use]
    pub fn whole(starling: PathBuf, own: PathBuf) -> Plan {
        Plan {
            starling,
            own,
            closed: 20_000,
            warm_up: 2_000,
            per_second: 300,
            paced: Duration::from_secs(10),
            burst: 10_000,
            fan_out: 10_000,
            guilds: 2_400,
            stored_at_start: 100_000,
            stored: 1_000_000,
            people: 10_000,
            looks: 2_000,
            dailies: 10_000,
            slope: 200_000,
        }
    }

    /// So little of it that it shows whether the counts add up, and nothing else.
    #[must_use]
    pub fn small(starling: PathBuf, own: PathBuf) -> Plan {
        Plan {
            closed: 200,
            warm_up: 20,
            per_second: 50,
            paced: Duration::from_secs(1),
            burst: 100,
            fan_out: 20,
            guilds: 10,
            stored_at_start: 100,
            stored: 1_000,
            people: 100,
            looks: 20,
            dailies: 20,
            slope: 200,
            ..Plan::whole(starling, own)
        }
    }
}
