//! How a daily question stands: its settings, what comes, what speaks against it, and the controls below. Set-up, change, resume and
//! status show it. Knows nothing of how permissions are found out.

use jiff::Timestamp;
use serenity::model::permissions::Permissions;

use super::embed::Embed;
use super::message::{Button, Message, Row, SelectOption};
use super::{counted, day_of, long_moment};
use crate::custom_id::CustomId;
use crate::domain::bank::{Pack, Packs};
use crate::domain::daily::{Daily, Pause};
use crate::domain::id::{ChannelId, RoleId};
use crate::domain::schedule::Occurrence;

/// How many coming posts are shown.
pub const UPCOMING: usize = 5;

/// With fewer matching questions than this it is said that there are few.
const FEW: usize = 10;

/// The value that stands for all packs; no pack's name looks like it.
pub const ALL_PACKS: &str = "*";

/// What a set-up, a resume or a status has found out about a daily question.
#[derive(Debug)]
pub struct Standing<'a> {
    /// The daily question as stored.
    pub daily: &'a Daily,
    /// What Starling may do in the channel now.
    pub access: Access,
    /// The slots that come next.
    pub upcoming: Vec<Occurrence>,
    /// Whether today's time has passed without a post.
    pub may_post_today: bool,
    /// All packs there are.
    pub packs: &'a [Pack],
    /// The chosen ones that are gone.
    pub lacks: Vec<&'a str>,
    /// How many questions the packs and the level leave.
    pub matching: usize,
    /// The time.
    pub now: Timestamp,
}

/// A role that a post can't ping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SilentRole {
    /// Its settings keep others from mentioning it.
    Quiet(RoleId),
    /// It was deleted.
    Gone,
}

/// What Starling may do in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Discord said.
    Known {
        /// What it needs and lacks; nothing where it may post.
        missing: Permissions,
        /// What it needs for threads and lacks.
        missing_for_threads: Permissions,
        /// The role that it is to mention and can't.
        silent_role: Option<SilentRole>,
    },
    /// There is no such channel any more.
    Gone,
    /// Discord did not say.
    Unknown,
}

impl Access {
    /// Whether nothing speaks against a post.
    #[must_use]
    pub fn is_granted(self) -> bool {
        match self {
            Access::Known { missing, .. } => missing.is_empty(),
            Access::Gone => false,
            Access::Unknown => true,
        }
    }
}

/// A command as an admin types it for a channel.
pub(super) fn command(subcommand: &str, channel: ChannelId) -> String {
    format!("**/daily {subcommand} channel:**<#{channel}>")
}

/// The channel of a daily question is gone.
#[must_use]
pub fn channel_gone() -> String {
    "That channel is gone, so nothing can be posted there. **/daily setup** makes a daily question elsewhere."
        .to_owned()
}

/// How to go on where a channel was deleted.
pub(super) const ANOTHER_CHANNEL: &str = "**/daily setup** gives another channel a daily question.";

/// What becomes of a daily question whose channel is gone.
pub(super) fn gone_note(daily: &Daily) -> String {
    let when = daily.forgotten_at().map_or_else(|| "after 30 days".to_owned(), |at| format!("on {}", day_of(at)));
    format!("<#{}> was deleted. Its settings are forgotten {when}; nothing is to be done.", daily.channel)
}

/// Why it does not post, and what would mend that.
pub(super) fn pause_note(standing: &Standing<'_>) -> Option<String> {
    let resume = command("resume", standing.daily.channel);
    match standing.daily.pause? {
        Pause::Admin => Some(format!("An admin paused it; {resume} starts it again.")),
        Pause::ChannelGone => Some(format!("{} {ANOTHER_CHANNEL}", gone_note(standing.daily))),
        Pause::MissingPermissions => Some(match standing.access {
            Access::Known { missing, .. } if !missing.is_empty() => format!(
                "Starling lacks permissions there: {}. Allow them in the channel's settings, then use {resume}. All settings are kept.",
                named(missing)
            ),
            Access::Known { .. } => {
                format!("It was paused for missing permissions. They are there now: {resume} starts it.")
            }
            Access::Gone | Access::Unknown => {
                format!("It was paused for missing permissions; {resume} checks them again.")
            }
        }),
    }
}

/// Everything else that an admin should know of it, a line each.
pub(super) fn notes(standing: &Standing<'_>) -> Vec<String> {
    let daily = standing.daily;
    let mut notes = access_notes(standing);
    if daily.schedule.zone.is_fixed() {
        let zone = daily.schedule.zone.name();
        notes.push(format!("{zone} has no summer time. Pick a city if posts should move with the clocks."));
    }
    if !standing.lacks.is_empty() {
        let names = standing.lacks.join(", ");
        notes.push(format!("These packs are gone, so they are left out: {names}. The menu below changes the choice."));
    }
    match standing.matching {
        0 => notes.push(
            "No question fits its packs and its level, so posts fail. Choose more packs in the menu below, or another level.".to_owned(),
        ),
        few if few < FEW => {
            let questions = counted(u32::try_from(few).unwrap_or(u32::MAX), "question fits", "questions fit");
            let round = if few == 1 { "it comes every time" } else { "each comes back soon" };
            notes.push(format!("Only {questions} its packs and its level, so {round}. More packs in the menu below help."));
        }
        _ => {}
    }
    notes
}

/// What speaks against the next post, its thread or its mention now, where the pause does not say it already.
fn access_notes(standing: &Standing<'_>) -> Vec<String> {
    let (missing, missing_for_threads, silent_role) = match standing.access {
        Access::Known { missing, missing_for_threads, silent_role } => (missing, missing_for_threads, silent_role),
        Access::Gone => return Vec::new(),
        Access::Unknown => {
            let said = "Discord did not say what Starling may do there. Try **/daily status** again in a minute.";
            return vec![said.to_owned()];
        }
    };
    let mut notes = Vec::new();
    if !missing.is_empty() && standing.daily.pause != Some(Pause::MissingPermissions) {
        let missing = named(missing);
        notes.push(format!("Starling lacks permissions there now: {missing}. Posts fail until they are allowed in the channel's settings."));
    }
    if standing.daily.opens_thread && !missing_for_threads.is_empty() {
        let missing = named(missing_for_threads);
        notes.push(format!("Starling can't open threads there; posts come without one until it has: {missing}."));
    }
    notes.extend(silent_role.map(|role| match role {
        SilentRole::Quiet(role) => format!(
            "<@&{role}> can't be mentioned, so nobody is pinged. In the role's settings, allow anyone to mention it."
        ),
        SilentRole::Gone => format!(
            "The role that it mentions was deleted, so nobody is pinged. {} takes another; **Mention nobody** takes none.",
            command("change", standing.daily.channel)
        ),
    }));
    notes
}

/// The permissions by the names that Discord's settings show.
pub(super) fn named(missing: Permissions) -> String {
    let names = missing.get_permission_names();
    names.iter().map(|name| format!("**{name}**")).collect::<Vec<_>>().join(", ")
}

pub(super) fn settings(standing: &Standing<'_>) -> Embed {
    let daily = standing.daily;
    let (schedule, now) = (&daily.schedule, daily.schedule.zone.local(standing.now));
    let role = daily.role.map_or_else(|| "nobody".to_owned(), |role| format!("<@&{role}>"));
    let clock = format!("{:02}:{:02}", now.hour(), now.minute());
    let lines = [
        format!("**Channel** <#{}>", daily.channel),
        format!("**Time** {} in {}, where it is {clock} now", schedule.time, schedule.zone.name()),
        format!("**Days** {}", schedule.days),
        format!("**Mentions** {role}"),
        format!("**Level** {}", daily.level.map_or("all", crate::domain::question::Level::as_str)),
        format!("**Packs** {}", packs(standing)),
        format!("**Thread under each post** {}", if daily.opens_thread { "yes" } else { "no" }),
    ];
    Embed::new("Settings", lines.join("\n"))
}

fn packs(standing: &Standing<'_>) -> String {
    if standing.daily.packs == Packs::All {
        return "all".to_owned();
    }
    let chosen = standing.packs.iter().filter(|pack| standing.daily.packs.contain(&pack.name));
    let titles: Vec<_> = chosen.map(|pack| pack.title.as_str()).collect();
    if titles.is_empty() { "none that is there".to_owned() } else { titles.join(", ") }
}

pub(super) fn coming(standing: &Standing<'_>) -> Embed {
    let lines = standing.upcoming.iter().map(|slot| format!("- {}", long_moment(slot.due_at)));
    let title = if standing.daily.pause.is_some() { "When it is on, it posts next" } else { "The next posts" };
    Embed::new(title, lines.collect::<Vec<_>>().join("\n"))
}

/// The same message with the controls below.
pub(super) fn with_controls(message: Message, standing: &Standing<'_>) -> Message {
    let channel = standing.daily.channel;
    let mut buttons = vec![Button::new("Preview", CustomId::Preview(channel))];
    if standing.daily.role.is_some() {
        buttons.push(Button::new("Mention nobody", CustomId::MentionNobody(channel)));
    }
    let mut message = message.buttons(buttons);
    message.rows.push(menu(standing));
    message
}

fn menu(standing: &Standing<'_>) -> Row {
    let is_all = standing.daily.packs == Packs::All;
    let all = SelectOption {
        label: "All packs".to_owned(),
        value: ALL_PACKS.to_owned(),
        description: "Every pack, also those of later releases".to_owned(),
        is_chosen: is_all,
    };
    let each = standing.packs.iter().map(|pack| SelectOption {
        label: pack.title.clone(),
        value: pack.name.clone(),
        description: pack.summary.clone(),
        is_chosen: !is_all && standing.daily.packs.contain(&pack.name),
    });
    let options: Vec<_> = std::iter::once(all).chain(each).take(super::CHOICES).collect();
    let does = CustomId::Packs(standing.daily.channel);
    Row::Menu { does, placeholder: "Packs of questions".to_owned(), most: options.len(), options }
}
