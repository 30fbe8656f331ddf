//! Any sequence of an admin's commands and steps of the clock, against a plain model of what is promised: a date of a daily question has
//! one post at most, and has it where the daily question was on when its time came.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/Nuuk", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Niue", "UTC"];

/// Shortly before the clocks change in some of them, and when they do in none.
const BEGINS: [&str; 3] = ["2026-03-27T12:00:00Z", "2026-10-23T12:00:00Z", "2026-05-04T00:00:00Z"];

/// What comes next. Half hours are of the day for a time, and pass otherwise.
#[derive(Clone, Copy, Debug)]
enum Step {
    SetUp {
        half_hours: u16,
        zone: usize,
        elsewhere: bool,
    },
    ChangeTime {
        half_hours: u16,
    },
    ChangeZone {
        zone: usize,
    },
    Pause,
    Resume,
    Off,
    Skip,
    PostNow,
    Move,
    /// Time passes, then there is a round. After more than six hours Starling was down.
    Passes {
        half_hours: i64,
    },
    /// The clock is set back.
    Back {
        half_hours: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let (time, zone) = (0..48_u16, 0..ZONES.len());
    prop_oneof![
        3 => (time.clone(), zone.clone(), any::<bool>())
            .prop_map(|(half_hours, zone, elsewhere)| Step::SetUp { half_hours, zone, elsewhere }),
        2 => time.prop_map(|half_hours| Step::ChangeTime { half_hours }),
        2 => zone.prop_map(|zone| Step::ChangeZone { zone }),
        1 => Just(Step::Pause),
        1 => Just(Step::Resume),
        1 => Just(Step::Off),
        1 => Just(Step::Skip),
        2 => Just(Step::PostNow),
        2 => Just(Step::Move),
        8 => (1..11_i64).prop_map(|half_hours| Step::Passes { half_hours }),
        1 => (11..200_i64).prop_map(|half_hours| Step::Passes { half_hours }),
        1 => (1..6_i64).prop_map(|half_hours| Step::Back { half_hours }),
    ]
}

/// A schedule at so many half hours after midnight.
fn schedule(half_hours: u16, zone: usize) -> Schedule {
    let time = LocalTime::from_minute_of_day(half_hours * 30).unwrap();
    Schedule { time, zone: Zone::parse(ZONES[zone]).unwrap(), days: Days::EVERY_DAY }
}

/// What is promised.
#[derive(Default)]
struct Promised {
    /// Where it is, when it posts, and whether it is on.
    daily: Option<(ChannelId, Schedule, bool)>,
    /// Slots up to here are settled, or were before it was made so.
    settled_until: Timestamp,
    /// The dates that are taken in each channel.
    taken: BTreeMap<ChannelId, BTreeSet<Date>>,
    posts: BTreeSet<(ChannelId, Date)>,
}

impl Promised {
    fn post(&mut self, channel: ChannelId, day: Date) {
        if self.taken.entry(channel).or_default().insert(day) {
            self.posts.insert((channel, day));
        }
    }

    /// A round: only the newest slot that came may be posted, in its window.
    fn round(&mut self, now: Timestamp) {
        let Some((channel, schedule, is_on)) = self.daily.clone() else { return };
        let came = schedule.upcoming(self.settled_until).take_while(|slot| slot.due_at <= now).last();
        let Some(newest) = came else { return };
        self.settled_until = now;
        if is_on && now < schedule.window_ends_at(&newest) {
            self.post(channel, newest.day);
        }
    }
}

/// The store as it is, and what was promised of it.
struct Play<'s> {
    store: &'s Store,
    bank: &'s QuestionBank,
    places: [ChannelId; 2],
    now: Timestamp,
    promised: Promised,
    posts: BTreeMap<(ChannelId, Date), usize>,
}

impl Play<'_> {
    fn choice(&self) -> Choice<'_> {
        Choice { bank: self.bank, fresh_seed: 7 }
    }

    async fn sent(&mut self, post: &Post) {
        let sent = Outcome::Sent { message: MessageId(1), at: self.now };
        self.store.record_outcome(post.key, sent).await.unwrap();
        *self.posts.entry((post.key.channel, post.key.day)).or_default() += 1;
    }

    async fn round(&mut self) {
        let mut due = self.store.due_channels(self.now).await.unwrap();
        due.retain(|channel| self.places.contains(channel));
        for channel in due {
            let claimed = self.store.settle(channel, self.choice(), self.now).await.unwrap();
            if let Some((_, post)) = claimed {
                self.sent(&post).await;
            }
        }
        self.promised.round(self.now);
    }

    /// Makes it so, and promises it.
    async fn change(&mut self, channel: ChannelId, schedule: Schedule, is_on: bool) {
        let pause = if is_on { None } else { Some(Pause::Admin) };
        let guild = GuildId(self.places[0].0);
        let made = Daily { channel, guild, schedule: schedule.clone(), pause, ..daily(0) };
        self.store.change_daily((guild, channel), self.now, |_| Some(made)).await.unwrap();
        self.promised.daily = Some((channel, schedule, is_on));
        self.promised.settled_until = self.now;
    }

    async fn post_now(&mut self, channel: ChannelId, schedule: &Schedule) {
        let is = self.store.daily(channel).await.unwrap().unwrap();
        if let Some(post) = self.store.claim_today(&is, self.choice(), self.now).await.unwrap() {
            self.sent(&post).await;
        }
        self.store.move_on(channel, self.now).await.unwrap();
        self.promised.post(channel, schedule.today(self.now));
        self.promised.settled_until = self.now;
    }

    async fn moves(&mut self, from: ChannelId, schedule: Schedule, is_on: bool) {
        let to = if from == self.places[0] { self.places[1] } else { self.places[0] };
        let is = self.store.daily(from).await.unwrap().unwrap();
        assert_eq!(self.store.move_daily(&is, to, self.now).await.unwrap(), Moved::There);
        let dates = self.promised.taken.get(&from).cloned().unwrap_or_default();
        self.promised.taken.entry(to).or_default().extend(dates);
        self.promised.daily = Some((to, schedule, is_on));
        self.promised.settled_until = self.now;
    }

    async fn does(&mut self, step: Step) {
        match (step, self.promised.daily.clone()) {
            (Step::Passes { half_hours }, _) => {
                self.now += SignedDuration::from_mins(30 * half_hours);
                self.round().await;
            }
            (Step::Back { half_hours }, _) => {
                self.now -= SignedDuration::from_mins(30 * half_hours);
                self.round().await;
            }
            (Step::SetUp { half_hours, zone, elsewhere }, None) => {
                self.change(self.places[usize::from(elsewhere)], schedule(half_hours, zone), true).await;
            }
            (Step::SetUp { half_hours, zone, .. }, Some((channel, _, is_on))) => {
                self.change(channel, schedule(half_hours, zone), is_on).await;
            }
            (Step::ChangeTime { half_hours }, Some((channel, was, is_on))) => {
                self.change(channel, Schedule { zone: was.zone, ..schedule(half_hours, 0) }, is_on).await;
            }
            (Step::ChangeZone { zone }, Some((channel, was, is_on))) => {
                self.change(channel, Schedule { zone: schedule(0, zone).zone, ..was }, is_on).await;
            }
            (Step::Resume, Some((channel, was, false))) => self.change(channel, was, true).await,
            (Step::Pause, Some((channel, was, _))) => {
                self.store.pause_daily(channel, Pause::Admin).await.unwrap();
                self.promised.daily = Some((channel, was, false));
            }
            (Step::Off, Some((channel, ..))) => {
                self.store.delete_daily(channel).await.unwrap();
                self.promised.daily = None;
            }
            (Step::Skip, Some((channel, ..))) => {
                let is = self.store.daily(channel).await.unwrap().unwrap();
                self.store.skip_question(&is, self.choice()).await.unwrap();
            }
            (Step::PostNow, Some((channel, was, _))) => self.post_now(channel, &was).await,
            (Step::Move, Some((channel, was, is_on))) => self.moves(channel, was, is_on).await,
            (_, _) => {}
        }
    }
}

/// Plays one sequence in channels of its own.
async fn plays(
    store: &Store,
    bank: &QuestionBank,
    first: u64,
    begins: usize,
    steps: Vec<Step>,
) -> Result<(), TestCaseError> {
    let places = [ChannelId(first), ChannelId(first + 1)];
    let (now, promised) = (at(BEGINS[begins]), Promised::default());
    let mut play = Play { store, bank, places, now, promised, posts: BTreeMap::new() };
    for step in steps {
        play.does(step).await;
        let came: BTreeSet<_> = play.posts.keys().copied().collect();
        prop_assert_eq!(&came, &play.promised.posts, "after {:?} at {}", step, play.now);
    }
    let twice: Vec<_> = play.posts.iter().filter(|(_, count)| **count > 1).collect();
    prop_assert!(twice.is_empty(), "more than once: {:?}", twice);
    for place in places {
        store.delete_daily(place).await.unwrap();
    }
    Ok(())
}

#[test]
fn whatever_admins_and_clocks_do_a_date_has_one_post_at_most_and_exactly_one_when_it_was_on() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (opened, bank, first) = (runtime.block_on(open()), bank(&["a", "b", "c"]), Cell::new(1_000));
    let config = Config { cases: 96, failure_persistence: None, ..Config::default() };
    let sequences = (0..BEGINS.len(), proptest::collection::vec(step(), 10..40));
    let played = TestRunner::new(config).run(&sequences, |(begins, steps)| {
        first.set(first.get() + 2);
        runtime.block_on(plays(&opened.store, &bank, first.get(), begins, steps))
    });
    played.unwrap();
}
