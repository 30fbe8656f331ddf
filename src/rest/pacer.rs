//! Whose turn it is: 45 requests a second at most, spread evenly, those that somebody waits for first. Knows nothing of what is sent.

use std::num::NonZeroU32;
use std::time::Duration;

use super::pace::Pace;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

/// After so many turns of those that somebody waits for, a post goes that waits too.
const IN_A_ROW: u32 = 3;

/// How many may stand in a line before whoever comes next waits to get into it.
const LINE: usize = 1024;

/// Which line a request stands in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lane {
    /// None: callbacks and follow-ups are outside Discord's limit.
    Exempt,
    /// None any more: its turn was called.
    Called,
    /// Somebody waits for it.
    Interactive,
    /// A post of a round.
    Posts,
}

type Ticket = oneshot::Sender<()>;

#[derive(Clone, Debug)]
pub(super) struct Pacer {
    interactive: mpsc::Sender<Ticket>,
    posts: mpsc::Sender<Ticket>,
    held_until: watch::Sender<Instant>,
}

impl Pacer {
    /// Starts the loop that calls the turns. It ends with the last clone.
    pub(super) fn start() -> Pacer {
        let (interactive, interactive_line) = mpsc::channel(LINE);
        let (posts, posts_line) = mpsc::channel(LINE);
        let (held_until, hold) = watch::channel(Instant::now());
        tokio::spawn(call_turns(interactive_line, posts_line, hold));
        Pacer { interactive, posts, held_until }
    }

    /// Waits for a turn.
    pub(super) async fn turn(&self, lane: Lane) {
        let queue = match lane {
            Lane::Exempt | Lane::Called => return,
            Lane::Interactive => &self.interactive,
            Lane::Posts => &self.posts,
        };
        let (ticket, called) = oneshot::channel();
        if queue.send(ticket).await.is_ok() {
            // The loop drops a ticket only when the program ends.
            let _ = called.await;
        }
    }

    /// Lets nobody go for a while, as Discord asked for a pause of everything.
    pub(super) fn hold(&self, pause: Duration) {
        let until = Instant::now() + pause;
        self.held_until.send_if_modified(|held| {
            let longer = until > *held;
            *held = until.max(*held);
            longer
        });
    }
}

async fn call_turns(
    mut interactive: mpsc::Receiver<Ticket>,
    mut posts: mpsc::Receiver<Ticket>,
    hold: watch::Receiver<Instant>,
) {
    let mut pace = Pace::new();
    let mut limiter = limiter(&pace);
    let (mut in_a_row, mut last) = (0, Instant::now());
    loop {
        limiter.until_ready().await;
        let passed_over = if in_a_row < IN_A_ROW { None } else { posts.try_recv().ok() };
        let ticket = if let Some(ticket) = passed_over {
            in_a_row = 0;
            ticket
        } else {
            tokio::select! {
                biased;
                Some(ticket) = interactive.recv() => {
                    in_a_row += 1;
                    ticket
                }
                Some(ticket) = posts.recv() => {
                    in_a_row = 0;
                    ticket
                }
                else => return,
            }
        };
        let held_until = *hold.borrow();
        let changed = if held_until > Instant::now() {
            sleep_until(held_until).await;
            pace.give_way();
            true
        } else {
            pace.goes_well(last.elapsed())
        };
        last = Instant::now();
        if changed {
            limiter = self::limiter(&pace);
        }
        // Whoever gave up waiting has dropped the other end.
        let _ = ticket.send(());
    }
}

/// Evenly spread: the plain quota would let all of a second go at once, and all of the next within the same second.
fn limiter(pace: &Pace) -> DefaultDirectRateLimiter {
    RateLimiter::direct(Quota::per_second(pace.per_second()).allow_burst(NonZeroU32::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In which order requests of these lanes go that come one after the other.
    async fn order_of(lanes: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
        let pacer = Pacer::start();
        let (order, mut gone) = mpsc::unbounded_channel();
        for name in lanes {
            let (pacer, order) = (pacer.clone(), order.clone());
            let lane = if name == "post" { Lane::Posts } else { Lane::Interactive };
            tokio::spawn(async move {
                pacer.turn(lane).await;
                order.send(name)
            });
        }
        drop(order);
        let mut names = Vec::new();
        while let Some(name) = gone.recv().await {
            names.push(name);
        }
        names
    }

    /// Ten posts stand in line when a request comes that somebody waits for; it must not go last.
    #[tokio::test]
    async fn what_somebody_waits_for_goes_first() {
        let names = order_of(["post"; 10].into_iter().chain(["interactive"])).await;
        let place = names.iter().position(|name| *name == "interactive").unwrap();
        assert!(place < 3, "it went as number {place} of {names:?}");
    }

    /// Twenty requests that somebody waits for stand in line when a post comes; it must not go last.
    #[tokio::test]
    async fn a_post_is_not_passed_over_for_ever() {
        let names = order_of(["interactive"; 20].into_iter().chain(["post"])).await;
        let place = names.iter().position(|name| *name == "post").unwrap();
        assert!(place < 8, "it went as number {place} of {names:?}");
    }

    #[tokio::test]
    async fn forty_five_in_a_second_are_let_through_at_most() {
        let pacer = Pacer::start();
        let start = Instant::now();
        for _ in 0..10 {
            pacer.turn(Lane::Posts).await;
        }
        assert!(start.elapsed() >= Duration::from_millis(190), "nine pauses of 22 ms took {:?}", start.elapsed());
    }

    #[tokio::test]
    async fn a_hold_stops_every_counted_request() {
        let pacer = Pacer::start();
        pacer.hold(Duration::from_millis(120));
        let start = Instant::now();
        pacer.turn(Lane::Interactive).await;
        assert!(start.elapsed() >= Duration::from_millis(120));
    }
}
