//! What every command and every round receives: the questions, the store, the clock, the sender. Knows nothing of interactions.

use jiff::Timestamp;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::clock::Clock;
use crate::domain::bank::QuestionBank;
use crate::domain::id::ChannelId;
use crate::domain::zone::ZoneTable;
use crate::rest::{Application, Rest};
use crate::store::{Choice, Store};

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

    /// What a channel's daily question picks from.
    #[must_use]
    pub fn choice(&self, channel: ChannelId) -> Choice<'_> {
        let fresh_seed = ChaCha8Rng::seed_from_u64(self.seed ^ channel.0).next_u64();
        Choice { bank: &self.bank, fresh_seed }
    }
}
