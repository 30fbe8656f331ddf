//! Rate limits: how many requests may come, and what is left.
//!
//! Arithmetic alone: it is told the time and knows neither HTTP nor the world. Real time, since
//! what paces a bot runs on real time. A window begins with its first request, and a request that
//! was refused takes nothing from it.
//!
//! Source: <https://discord.com/developers/docs/topics/rate-limits>.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

use crate::route::{self, Pattern};

mod bucket;

use bucket::Bucket;

/// The rate limits of the sandbox. By default there are none.
///
/// ```
/// # use std::time::Duration;
/// let limits = sandbox::Limits::default()
///     .global_per_second(50)
///     .route("POST", "/channels/ID/messages", 5, Duration::from_secs(5));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Limits {
    global_per_second: Option<u32>,
    routes: Vec<RouteLimit>,
}

#[derive(Clone, Debug)]
struct RouteLimit {
    pattern: Pattern,
    count: u32,
    per: Duration,
}

impl Limits {
    /// How many requests a second there may be over all routes; Discord's is 50. Callbacks of
    /// interactions and their webhooks are not counted.
    #[must_use]
    pub fn global_per_second(mut self, count: u32) -> Limits {
        self.global_per_second = Some(count);
        self
    }

    /// How many requests there may be to a route in `per`, for each channel, guild or webhook
    /// apart. The path may hold `ID` and `TOKEN`, which stand for any. The first
    /// limit that fits a request is the one that counts it.
    #[must_use]
    pub fn route(mut self, method: &str, path: &str, count: u32, per: Duration) -> Limits {
        self.routes.push(RouteLimit { pattern: Pattern::new(method, path), count, per });
        self
    }
}

/// Whom a rate limit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The bot, on one route.
    User,
    /// The bot, on all routes.
    Global,
    /// All who use the channel, guild or webhook.
    Shared,
}

/// Says of each request whether it comes too soon.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    limits: Limits,
    global: Option<Bucket>,
    routes: BTreeMap<String, Bucket>,
    /// Until when a route, or all of them under [`EVERYWHERE`], was ordered to pause.
    pauses: BTreeMap<String, (Scope, Instant)>,
    refused: usize,
}

/// Where a global pause is kept; no route has this name.
const EVERYWHERE: &str = "";

/// What the limits say of a request.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// Set where the request came too soon.
    pub(crate) refusal: Option<TooMany>,
    /// What is left on its route; `None` where that has no limit.
    pub(crate) window: Option<Window>,
}

/// A request that came too soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany {
    pub(crate) scope: Scope,
    /// When to come again.
    pub(crate) wait: Duration,
}

/// What is left on a route.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) resets_in: Duration,
    /// A name of the limit, the same for all channels.
    pub(crate) bucket: String,
}

impl Limiter {
    pub(crate) fn new(limits: Limits) -> Limiter {
        let global = limits.global_per_second.map(|count| Bucket::new(count, Duration::from_secs(1)));
        Limiter { limits, global, ..Limiter::default() }
    }

    /// How many requests came too soon. Those that were refused on demand are not among them.
    pub(crate) fn refused(&self) -> usize {
        self.refused
    }

    /// Counts a request, or refuses it.
    pub(crate) fn admit(&mut self, method: &str, path: &str, now: Instant) -> Verdict {
        let key = key(method, path);
        let refusal = self.paused(&key, path, now).or_else(|| self.exhausted(&key, method, path, now));
        if refusal.is_some() {
            self.refused += 1;
        } else {
            if counts_globally(path) {
                self.global.iter_mut().for_each(|bucket| bucket.take(now));
            }
            self.routes.get_mut(&key).into_iter().for_each(|bucket| bucket.take(now));
        }
        let window = self.routes.get(&key).map(|bucket| bucket.window(name(method, path), now));
        Verdict { refusal, window }
    }

    /// Refuses a request on demand, and all others that this concerns until `wait` is over.
    pub(crate) fn order(&mut self, scope: Scope, wait: Duration, method: &str, path: &str, now: Instant) -> Verdict {
        let place = if scope == Scope::Global { EVERYWHERE.to_owned() } else { key(method, path) };
        self.pauses.insert(place, (scope, now + wait));
        let bucket = name(method, path);
        let window = match scope {
            Scope::Global => None,
            Scope::User => Some(Window { limit: 5, remaining: 0, resets_in: wait, bucket }),
            Scope::Shared => Some(Window { limit: 10, remaining: 9, resets_in: wait, bucket }),
        };
        Verdict { refusal: Some(TooMany { scope, wait }), window }
    }

    /// Ends all pauses that were ordered.
    pub(crate) fn heal(&mut self) {
        self.pauses.clear();
    }

    fn paused(&mut self, key: &str, path: &str, now: Instant) -> Option<TooMany> {
        self.pauses.retain(|_, (_, until)| *until > now);
        let everywhere = self.pauses.get(EVERYWHERE).filter(|_| counts_globally(path));
        let (scope, until) = everywhere.or_else(|| self.pauses.get(key))?;
        Some(TooMany { scope: *scope, wait: until.duration_since(now) })
    }

    fn exhausted(&mut self, key: &str, method: &str, path: &str, now: Instant) -> Option<TooMany> {
        let global = self.global.as_ref().filter(|_| counts_globally(path));
        if let Some(wait) = global.and_then(|bucket| bucket.wait(now)) {
            return Some(TooMany { scope: Scope::Global, wait });
        }
        let limit = self.limits.routes.iter().find(|limit| limit.pattern.fits(method, path))?;
        let bucket = self.routes.entry(key.to_owned()).or_insert_with(|| Bucket::new(limit.count, limit.per));
        bucket.wait(now).map(|wait| TooMany { scope: Scope::User, wait })
    }
}

/// Interactions must be answered in time, so Discord leaves them out of the global limit.
fn counts_globally(path: &str) -> bool {
    !matches!(route::segments(path).first(), Some(&("interactions" | "webhooks")))
}

/// One route in one channel, guild or webhook.
fn key(method: &str, path: &str) -> String {
    format!("{method} {} {}", route::shape(path), route::place(path))
}

/// The name of a route's bucket: it tells nothing, as on Discord.
fn name(method: &str, path: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (method, route::shape(path)).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const HERE: &str = "/channels/1/messages";
    const THERE: &str = "/channels/2/messages";

    fn refusal(limiter: &mut Limiter, method: &str, path: &str, now: Instant) -> Option<(Scope, Duration)> {
        limiter.admit(method, path, now).refusal.map(|refusal| (refusal.scope, refusal.wait))
    }

    #[test]
    fn each_channel_and_each_route_has_a_window_of_its_own() {
        let now = Instant::now();
        let mut limiter = Limiter::new(Limits::default().route("POST", "/channels/ID/messages", 2, 5 * SECOND));
        for remaining in [1, 0] {
            let window = limiter.admit("POST", HERE, now).window.unwrap();
            assert_eq!((window.limit, window.remaining, window.resets_in), (2, remaining, 5 * SECOND));
        }
        assert_eq!(refusal(&mut limiter, "POST", HERE, now + SECOND), Some((Scope::User, 4 * SECOND)));
        assert_eq!(refusal(&mut limiter, "POST", THERE, now + SECOND), None);
        assert_eq!(refusal(&mut limiter, "GET", HERE, now + SECOND), None);
        assert_eq!(refusal(&mut limiter, "POST", HERE, now + 5 * SECOND), None);
        assert_eq!(limiter.refused(), 1);
    }

    #[test]
    fn the_global_limit_counts_all_routes_but_those_of_interactions() {
        let now = Instant::now();
        let mut limiter = Limiter::new(Limits::default().global_per_second(2));
        assert_eq!(refusal(&mut limiter, "POST", "/interactions/1/x/callback", now), None);
        assert_eq!(refusal(&mut limiter, "POST", HERE, now), None);
        assert_eq!(refusal(&mut limiter, "GET", "/users/@me", now), None);
        assert_eq!(refusal(&mut limiter, "POST", THERE, now + SECOND / 4), Some((Scope::Global, SECOND * 3 / 4)));
        assert_eq!(refusal(&mut limiter, "POST", "/webhooks/1/x", now), None);
        assert_eq!(refusal(&mut limiter, "POST", THERE, now + SECOND), None);
    }

    #[test]
    fn a_request_refused_by_one_limit_takes_nothing_from_the_other() {
        let now = Instant::now();
        let limits = Limits::default().global_per_second(2).route("POST", "/channels/ID/messages", 1, 5 * SECOND);
        let mut limiter = Limiter::new(limits);
        assert_eq!(refusal(&mut limiter, "POST", HERE, now), None);
        assert_eq!(refusal(&mut limiter, "POST", HERE, now), Some((Scope::User, 5 * SECOND)));
        assert_eq!(refusal(&mut limiter, "GET", "/users/@me", now), None);
    }

    #[test]
    fn an_ordered_pause_holds_for_those_it_concerns_until_it_is_over() {
        let now = Instant::now();
        let mut limiter = Limiter::default();
        let verdict = limiter.order(Scope::Shared, 2 * SECOND, "POST", HERE, now);
        assert_eq!(verdict.refusal, Some(TooMany { scope: Scope::Shared, wait: 2 * SECOND }));
        assert_eq!(limiter.refused(), 0);
        assert_eq!(refusal(&mut limiter, "POST", HERE, now + SECOND), Some((Scope::Shared, SECOND)));
        assert_eq!(refusal(&mut limiter, "POST", THERE, now + SECOND), None);
        assert_eq!(refusal(&mut limiter, "POST", HERE, now + 2 * SECOND), None);

        limiter.order(Scope::Global, 2 * SECOND, "POST", HERE, now);
        assert_eq!(refusal(&mut limiter, "POST", THERE, now), Some((Scope::Global, 2 * SECOND)));
        assert_eq!(refusal(&mut limiter, "POST", "/webhooks/1/x", now), None);
        limiter.heal();
        assert_eq!(refusal(&mut limiter, "POST", THERE, now), None);
        assert_eq!(limiter.refused(), 2);
    }
}
