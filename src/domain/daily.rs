//! A daily question: a channel with its schedule, and what each moment asks of it. Knows nothing of how a post is sent.

use jiff::{SignedDuration, Timestamp};

use super::bank::Packs;
use super::id::{ChannelId, GuildId, RoleId, UserId};
use super::post::SkipReason;
use super::question::Level;
use super::schedule::{Occurrence, Schedule};

/// How many daily questions a guild may have.
pub const PER_GUILD: usize = 10;

/// For how long settings are kept whose channel is gone, or whose guild Starling was removed from.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What one `/daily setup` makes. A channel has one at most.
#[derive(Clone, Debug, PartialEq)]
pub struct Daily {
    /// The channel it posts to, which is its key.
    pub channel: ChannelId,
    /// The guild that the channel is of.
    pub guild: GuildId,
    /// When it posts.
    pub schedule: Schedule,
    /// Whom the post mentions.
    pub role: Option<RoleId>,
    /// Whom the questions suit; nobody in particular where there is none.
    pub level: Option<Level>,
    /// What the questions are of.
    pub packs: Packs,
    /// Whether a thread is opened under each post.
    pub opens_thread: bool,
    /// Why it does not post, where it does not.
    pub pause: Option<Pause>,
    /// Since when its channel is known to be gone.
    pub gone_at: Option<Timestamp>,
    /// Since when Starling is not in its guild: a pause of its own, beside that of an admin.
    pub removed_at: Option<Timestamp>,
    /// Who changed it last, unless that person's traces were deleted.
    pub changed_by: Option<UserId>,
    /// The slot that comes next, counted from when the settings were made: what was due before is no business of theirs.
    pub next: Option<Occurrence>,
}

/// Why a daily question does not post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// An admin said so.
    Admin,
    /// Starling may not post in the channel.
    MissingPermissions,
    /// The channel was deleted. It counts no more, and nothing brings it back.
    ChannelGone,
}

/// What a moment asks of a daily question whose next slot has come.
#[derive(Debug, PartialEq)]
pub struct Settlement {
    /// Slots that get no post, oldest first.
    pub skipped: Vec<(Occurrence, SkipReason)>,
    /// The slot to post now.
    pub post: Option<Occurrence>,
}

impl Daily {
    /// One that is on, with nothing chosen but its schedule.
    #[must_use]
    pub fn new(guild: GuildId, channel: ChannelId, schedule: Schedule) -> Daily {
        Daily {
            channel,
            guild,
            schedule,
            role: None,
            level: None,
            packs: Packs::All,
            opens_thread: false,
            pause: None,
            gone_at: None,
            removed_at: None,
            changed_by: None,
            next: None,
        }
    }

    /// Whether it posts: nobody paused it, and Starling is in its guild.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.pause.is_none() && self.removed_at.is_none()
    }

    /// When its settings will be forgotten, unless it comes back to life before.
    #[must_use]
    pub fn forgotten_at(&self) -> Option<Timestamp> {
        let since = [self.gone_at, self.removed_at].into_iter().flatten().min()?;
        since.checked_add(KEPT_FOR).ok()
    }

    /// Whether its channel was deleted.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.pause == Some(Pause::ChannelGone)
    }

    /// Whether another has the same settings, whoever made them and whatever comes next.
    #[must_use]
    pub fn has_settings_of(&self, other: &Daily) -> bool {
        *self == Daily { changed_by: self.changed_by, next: self.next, ..other.clone() }
    }

    /// Settles every slot up to `now`: only the newest may still be posted, and only within its window.
    #[must_use]
    pub fn settle(&self, now: Timestamp) -> Settlement {
        let mut passed = Vec::new();
        let mut next = self.next;
        while let Some(slot) = next.take_if(|slot| slot.due_at <= now) {
            next = self.schedule.next_after(slot.due_at);
            passed.push(slot);
        }
        let post = match passed.last() {
            Some(newest) if self.is_on() && now < self.schedule.window_ends_at(newest) => passed.pop(),
            _ => None,
        };
        let reason = if self.is_on() { SkipReason::Down } else { SkipReason::Paused };
        let skipped = passed.into_iter().map(|slot| (slot, reason)).collect();
        Settlement { skipped, post }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::{Days, LocalTime};
    use crate::domain::zone::Zone;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn nine_in_berlin(set_up_at: &str) -> Daily {
        let schedule = Schedule {
            time: LocalTime::parse("09:00").unwrap(),
            zone: Zone::parse("Europe/Berlin").unwrap(),
            days: Days::default(),
        };
        let next = schedule.next_after(at(set_up_at));
        let (channel, guild, changed_by) = (ChannelId(1), GuildId(2), Some(UserId(3)));
        Daily { changed_by, next, ..Daily::new(guild, channel, schedule) }
    }

    fn days(slots: &[(Occurrence, SkipReason)]) -> Vec<String> {
        slots.iter().map(|(slot, _)| slot.day.to_string()).collect()
    }

    #[test]
    fn nothing_is_asked_before_the_time() {
        let settled = nine_in_berlin("2026-05-04T00:00:00Z").settle(at("2026-05-04T06:59:59Z"));
        assert_eq!((settled.post, settled.skipped.len()), (None, 0));
    }

    #[test]
    fn a_slot_is_posted_at_its_time_and_up_to_six_hours_late() {
        let daily = nine_in_berlin("2026-05-04T00:00:00Z");
        for now in ["2026-05-04T07:00:00Z", "2026-05-04T12:59:59Z"] {
            let settled = daily.settle(at(now));
            assert_eq!(settled.post.unwrap().day.to_string(), "2026-05-04");
        }
        let settled = daily.settle(at("2026-05-04T13:00:00Z"));
        assert_eq!(settled.post, None);
        assert_eq!(days(&settled.skipped), ["2026-05-04"]);
    }

    #[test]
    fn after_days_of_silence_only_the_newest_slot_may_be_posted() {
        let settled = nine_in_berlin("2026-05-01T12:00:00Z").settle(at("2026-05-04T08:00:00Z"));
        assert_eq!(settled.post.unwrap().day.to_string(), "2026-05-04");
        assert_eq!(days(&settled.skipped), ["2026-05-02", "2026-05-03"]);
    }

    #[test]
    fn a_slot_that_passes_while_paused_is_skipped_for_that_reason() {
        let on = nine_in_berlin("2026-05-04T00:00:00Z");
        let paused = Daily { pause: Some(Pause::Admin), ..on.clone() };
        let removed = Daily { removed_at: Some(at("2026-05-03T00:00:00Z")), ..on };
        for daily in [paused, removed] {
            let settled = daily.settle(at("2026-05-04T07:00:00Z"));
            assert_eq!(settled.post, None);
            assert_eq!(settled.skipped.first().unwrap().1, SkipReason::Paused);
        }
    }

    #[test]
    fn settings_are_forgotten_thirty_days_after_the_first_loss() {
        let on = nine_in_berlin("2026-05-04T00:00:00Z");
        assert_eq!(on.forgotten_at(), None);
        let (gone_at, removed_at) = (Some(at("2026-05-05T12:00:00Z")), Some(at("2026-05-04T12:00:00Z")));
        let gone = Daily { gone_at, ..on };
        assert_eq!(gone.forgotten_at(), Some(at("2026-06-04T12:00:00Z")));
        assert_eq!(Daily { removed_at, ..gone }.forgotten_at(), Some(at("2026-06-03T12:00:00Z")));
    }
}
