//! What every command and every round receives: the questions, the store, the clock, the sender. Knows nothing of interactions.

use jiff::Timestamp;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::clock::Clock;
use crate::domain::bank::QuestionBank;
use crate::domain::id::ChannelId;
use crate::domain::question::QuestionKey;
use crate::domain::zone::ZoneTable;
use crate::rest::{Application, Rest};
use crate::store::Store;

/// The running bot.
#[derive(Debug)]
pub struct App {
    /// All questions.
    pub bank: QuestionBank,
    /// Cities and their time zones.
    pub zones: ZoneTable,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The way to Discord.
    pub rest: Rest,
    /// Who Starling is there.
    pub application: Application,
    /// What the seeds of new cycles are drawn from.
    pub seed: u64,
}

impl App {
    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The seed of a channel's cycle, where it has none stored yet.
    #[must_use]
    pub fn fresh_seed(&self, channel: ChannelId) -> u64 {
        ChaCha8Rng::seed_from_u64(self.seed ^ channel.0).next_u64()
    }

    /// The questions that a daily question picks from.
    #[must_use]
    pub fn available(&self) -> Vec<QuestionKey> {
        self.bank.active().map(|question| question.key.clone()).collect()
    }
}
