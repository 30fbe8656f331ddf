//! The program that runs the bot: what the page asks of it, and the way there.
//!
//! Knows nothing of the bot, nor how the program starts and stops it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, oneshot};

/// How many wishes may wait. People click; more than a few would be a mistake.
const WAITING: usize = 16;

/// What the page asks of the program that runs the bot.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wish {
    /// The bot is to run.
    BotStarts,
    /// The bot is to stop, as when its process ends.
    BotStops,
    /// The clock is to be moved to the moment at which the bot posts next.
    NextPost,
    /// The clock is to be moved forward to this time, in milliseconds since 1970 (UTC), so that
    /// the bot does what is due on the way.
    MovesTo(i64),
}

/// A wish, and who waits for it to come true.
#[derive(Debug)]
pub struct Asked {
    /// What is wished for.
    pub wish: Wish,
    reply: oneshot::Sender<Result<(), String>>,
}

impl Asked {
    /// Says that it came true, or why it did not, in a sentence for the person who asked.
    pub fn answers(self, outcome: Result<(), String>) {
        // Nobody may wait any more, which is no fault.
        let _ = self.reply.send(outcome);
    }
}

/// The way to the host, if one listens.
#[derive(Debug, Default)]
pub(crate) struct Host {
    ear: Mutex<Option<mpsc::Sender<Asked>>>,
    /// What it said last of whether the bot runs.
    runs_bot: Mutex<Option<bool>>,
}

impl Host {
    fn ear(&self) -> MutexGuard<'_, Option<mpsc::Sender<Asked>>> {
        locked(&self.ear)
    }

    /// The host runs the bot, or does not.
    pub(crate) fn tells_running(&self, is_running: bool) {
        *locked(&self.runs_bot) = Some(is_running);
    }

    /// Whether the host runs the bot. None while nobody listens, or nothing was told.
    pub(crate) fn runs_bot(&self) -> Option<bool> {
        locked(&self.runs_bot).filter(|_| self.is_there())
    }

    /// Listens; who did so before does no longer.
    pub(crate) fn listens(&self) -> mpsc::Receiver<Asked> {
        let (sender, receiver) = mpsc::channel(WAITING);
        *self.ear() = Some(sender);
        receiver
    }

    /// Whether anyone listens.
    pub(crate) fn is_there(&self) -> bool {
        self.ear().as_ref().is_some_and(|ear| !ear.is_closed())
    }

    /// Asks the host and waits for its answer.
    pub(crate) async fn asks(&self, wish: Wish) -> Result<(), String> {
        let gone = || "no program that runs the bot listens here; start and stop the bot yourself".to_owned();
        let ear = self.ear().clone().ok_or_else(gone)?;
        let (reply, answer) = oneshot::channel();
        ear.send(Asked { wish, reply }).await.map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }
}

fn locked<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wish_is_answered_by_who_listens_last() {
        let host = Host::default();
        assert!(!host.is_there());
        assert!(host.asks(Wish::NextPost).await.is_err());
        let mut earlier = host.listens();
        let mut wishes = host.listens();
        let says = async {
            let asked = wishes.recv().await.unwrap();
            assert_eq!(asked.wish, Wish::BotStops);
            asked.answers(Err("it does not run".to_owned()));
        };
        let (told, ()) = tokio::join!(host.asks(Wish::BotStops), says);
        assert_eq!(told, Err("it does not run".to_owned()));
        assert!(earlier.recv().await.is_none());
        drop(wishes);
        assert!(!host.is_there());
    }

    #[tokio::test]
    async fn a_wish_that_is_dropped_is_an_error() {
        let host = Host::default();
        let mut wishes = host.listens();
        let (told, asked) = tokio::join!(host.asks(Wish::BotStarts), async { drop(wishes.recv().await) });
        assert_eq!((told.is_err(), asked), (true, ()));
    }
}
