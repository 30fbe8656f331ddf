//! What a bot gets to do: many people who want the same, at several rates. Knows nothing of which bot it is.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use sandbox::{Answered, Crowd};
use tokio::sync::mpsc;
use tokio::time::{interval, timeout};

use crate::child::own_cpu;

/// Discord waits for so long for a first answer.
const IN_TIME: Duration = Duration::from_secs(3);
/// Whoever is not answered by then never is: in microseconds.
const LOST_AFTER_US: u64 = 20_000_000;

/// The id of the first of the people.
pub(crate) const PEOPLE_FROM: u64 = 1_000_000;

/// What the crowd does, in which words, and what an answer to it must say.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    pub(crate) crowd: Crowd,
    /// What each says: the parts of an answer, to which the number of the asking is added.
    pub(crate) words: Arc<Vec<Vec<String>>>,
    /// Among how many people it goes round.
    pub(crate) people: u64,
    /// What stands in each right answer.
    pub(crate) wanted: &'static str,
}

/// What came of it.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// How many were asked.
    pub(crate) asked: usize,
    /// How many got what they wanted, be it late.
    pub(crate) answered: usize,
    /// How many first heard something after three seconds, when Discord has told them that the bot does not respond.
    pub(crate) late: usize,
    /// How many never heard anything.
    pub(crate) lost: usize,
    /// How many got something else than they wanted.
    pub(crate) wrong: usize,
    /// From the first asking to the last answer.
    pub(crate) took: Duration,
    /// How much of a processor's time this process used meanwhile.
    pub(crate) own_cpu: Duration,
    /// How long each took until there was something to read, in microseconds.
    pub(crate) latencies: Histogram<u64>,
    /// The size of an answer, in bytes, as of the last one.
    pub(crate) bytes: usize,
}

impl Outcome {
    fn new() -> anyhow::Result<Outcome> {
        let latencies = Histogram::new_with_max(LOST_AFTER_US, 3)?;
        let (took, own_cpu) = (Duration::ZERO, Duration::ZERO);
        Ok(Outcome { asked: 0, answered: 0, late: 0, lost: 0, wrong: 0, took, own_cpu, latencies, bytes: 0 })
    }

    fn count(&mut self, answered: Option<Answered>, wanted: &str) {
        self.asked += 1;
        let Some(answered) = answered else {
            self.lost += 1;
            return;
        };
        if answered.first_after >= IN_TIME {
            self.late += 1;
        }
        self.latencies.saturating_record(u64::try_from(answered.after.as_micros()).unwrap_or(u64::MAX));
        if contains(&answered.body, wanted) {
            self.answered += 1;
            self.bytes = answered.body.len();
        } else if answered.first_after < IN_TIME {
            self.wrong += 1;
        }
    }

    /// How many are answered in a second.
    #[must_use]
    pub(crate) fn per_second(&self) -> f64 {
        count(self.answered) / self.took.as_secs_f64()
    }

    /// How long it takes at most for so many of a hundred.
    #[must_use]
    pub(crate) fn percentile(&self, of_hundred: f64) -> Duration {
        Duration::from_micros(self.latencies.value_at_percentile(of_hundred))
    }

    /// Which share of a processor this process used.
    #[must_use]
    pub(crate) fn own_share(&self) -> f64 {
        self.own_cpu.as_secs_f64() / self.took.as_secs_f64()
    }
}

/// As a number to reckon with.
pub(crate) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn contains(text: &[u8], words: &str) -> bool {
    text.windows(words.len()).any(|some| some == words.as_bytes())
}

/// The next of the people does it.
async fn ask(load: &Load, number: usize) -> Option<Answered> {
    let person = PEOPLE_FROM + u64::try_from(number).unwrap_or_default() % load.people;
    let own = load.words.get(number % load.words.len().max(1)).map_or(&[] as &[String], Vec::as_slice);
    let said: Vec<String> = own.iter().map(|words| format!("{words} {number}")).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    timeout(Duration::from_micros(LOST_AFTER_US), load.crowd.does(person, &said)).await.ok().flatten()
}

impl Load {
    /// So many at a time, each next one as soon as one is answered.
    ///
    /// # Errors
    /// When this system does not tell how much of the processor was used.
    pub(crate) async fn closed(&self, numbers: Range<usize>, in_flight: usize) -> anyhow::Result<Outcome> {
        let (tell, told) = mpsc::unbounded_channel();
        let (begun, next) = (Begun::now()?, Arc::new(AtomicUsize::new(numbers.start)));
        for _ in 0..in_flight {
            let (load, next, tell, end) = (self.clone(), Arc::clone(&next), tell.clone(), numbers.end);
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end || tell.send(ask(&load, number).await).is_err() {
                        return;
                    }
                }
            });
        }
        drop(tell);
        begun.ends(told, self.wanted).await
    }

    /// So many a second, evenly, whatever becomes of those before.
    ///
    /// # Errors
    /// As [`Load::closed`].
    pub(crate) async fn paced(&self, numbers: Range<usize>, per_second: u32) -> anyhow::Result<Outcome> {
        let ((tell, told), begun) = (mpsc::unbounded_channel(), Begun::now()?);
        let load = self.clone();
        tokio::spawn(async move {
            let mut ticks = interval(Duration::from_secs(1) / per_second);
            for number in numbers {
                ticks.tick().await;
                let (load, tell) = (load.clone(), tell.clone());
                tokio::spawn(async move { tell.send(ask(&load, number).await) });
            }
        });
        begun.ends(told, self.wanted).await
    }

    /// All at one instant.
    ///
    /// # Errors
    /// As [`Load::closed`].
    pub(crate) async fn burst(&self, numbers: Range<usize>) -> anyhow::Result<Outcome> {
        let at_once = numbers.len();
        self.closed(numbers, at_once).await
    }
}

/// When a load began, and what this process had used of the processor by then.
struct Begun {
    at: Instant,
    own_cpu: Duration,
}

impl Begun {
    fn now() -> anyhow::Result<Begun> {
        Ok(Begun { at: Instant::now(), own_cpu: own_cpu()? })
    }

    /// Counts all that comes of it.
    async fn ends(self, mut told: mpsc::UnboundedReceiver<Option<Answered>>, wanted: &str) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::new()?;
        while let Some(answered) = told.recv().await {
            outcome.count(answered, wanted);
        }
        outcome.took = self.at.elapsed();
        outcome.own_cpu = own_cpu()?.saturating_sub(self.own_cpu);
        Ok(outcome)
    }
}
