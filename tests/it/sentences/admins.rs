//! What admins read.

use jiff::Timestamp;
use jiff::civil::date;
use serenity::model::permissions::Permissions;
use starling::domain::bank::Pack;
use starling::domain::daily::{Daily, Pause};
use starling::domain::id::{ChannelId, GuildId, MessageId, RoleId};
use starling::domain::post::{FailReason, Outcome, Post, PostKey, SkipReason};
use starling::domain::question::Level;
use starling::domain::schedule::{Days, LocalTime, Occurrence, Schedule};
use starling::domain::trouble::Trouble;
use starling::domain::zone::{Zone, ZoneTable};
use starling::reply::daily::Done;
use starling::reply::standing::{Access, SilentRole, Standing};
use starling::reply::status::DayReport;
use starling::reply::{choices, daily, daily_refusal, post_now, question, standing, status, trouble};

use super::page::Page;
use super::{AT, at, bank};

const GRANTED: Access =
    Access::Known { missing: Permissions::empty(), missing_for_threads: Permissions::empty(), silent_role: None };

fn occurrence(day: i8) -> Occurrence {
    let due_at: Timestamp = format!("2026-05-{day:02}T07:00:00Z").parse().unwrap();
    Occurrence { due_at, day: date(2026, 5, day) }
}

fn daily(channel: u64) -> Daily {
    let schedule = Schedule {
        time: LocalTime::parse("9:00").unwrap(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        days: Days::parse("weekdays").unwrap(),
    };
    Daily { next: Some(occurrence(5)), ..Daily::new(GuildId(1), ChannelId(channel), schedule) }
}

fn stands<'a>(daily: &'a Daily, packs: &'a [Pack]) -> Standing<'a> {
    Standing {
        daily,
        access: GRANTED,
        upcoming: vec![occurrence(5), occurrence(6)],
        may_post_today: false,
        packs,
        lacks: Vec::new(),
        matching: 27,
        now: at(AT),
    }
}

fn post(day: i8, outcome: Outcome) -> Post {
    Post {
        key: PostKey { channel: ChannelId(10), day: date(2026, 5, day) },
        guild: GuildId(1),
        question: None,
        due_at: occurrence(day).due_at,
        window_ends_at: occurrence(day + 1).due_at,
        attempts: 1,
        outcome,
        thread_failed: false,
        moved_from: None,
        was_left_alone: false,
        lease_until: None,
        unclear_since: None,
        zone: None,
    }
}

fn sent(day: i8) -> Post {
    post(day, Outcome::Sent { message: MessageId(77), at: occurrence(day).due_at })
}

pub(super) fn settings(page: &mut Page) {
    page.chapter("Setting up");
    let bank = bank();
    let packs = bank.packs();
    let plain = daily(10);
    let rich = Daily { role: Some(RoleId(5)), level: Some(Level::Senior), opens_thread: true, ..daily(10) };
    let standing = stands(&plain, packs);
    let late = Standing { may_post_today: true, ..stands(&rich, packs) };
    page.message("/daily setup", &daily::done(&late, Done::SetUp, &[daily(11)]));
    page.message("/daily setup, beside several", &daily::done(&standing, Done::SetUp, &[daily(11), daily(12)]));
    page.message("/daily change", &daily::done(&standing, Done::Changed, &[]));
    page.message("/daily change, to what it was", &daily::done(&standing, Done::Unchanged, &[]));
    page.message("/daily change to", &daily::done(&standing, Done::MovedFrom(ChannelId(11)), &[]));
    page.message("/daily resume", &daily::done(&standing, Done::Resumed, &[]));
    page.message("/daily pause", &daily::paused(&plain));
    page.text("/daily pause, again", daily::paused_already(&plain));
    page.text("/daily resume, again", daily::on_already(&plain));
    page.message("/daily off", &daily::ended(&standing));
    let questions: Vec<_> = bank.active().take(2).collect();
    page.message("/daily skip", &daily::skipped(&plain, questions[0], questions[1]));
    page.message("/daily skip, of the last", &daily::skipped(&plain, questions[0], questions[0]));
    page.message("Preview", &question::preview(questions[0], Some(RoleId(5))));
    page.choices("days:", &choices::days(&Days::suggestions("")));
    let zones = ZoneTable::built_in().unwrap();
    page.choices("timezone:munich", &choices::zones(&zones.search("munich", at(AT))));
    page.choices("timezone:GMT", &choices::zones(&zones.search("GMT", at(AT))));
}

/// What stands on top of a status, for each reason to say more than "on".
pub(super) fn pauses_and_notes(page: &mut Page) {
    page.chapter("Pauses and notes");
    let bank = bank();
    let packs = bank.packs();
    let mut tells = |when: &str, daily: &Daily, change: &dyn Fn(Standing<'_>) -> Standing<'_>| {
        let standing = change(stands(daily, packs));
        page.text(when, status::one(&standing, &[], standing.matching.min(7)).content);
    };
    let lacking = Access::Known {
        missing: Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS,
        missing_for_threads: Permissions::empty(),
        silent_role: None,
    };
    let quiet = Access::Known {
        missing: Permissions::empty(),
        missing_for_threads: Permissions::CREATE_PUBLIC_THREADS,
        silent_role: Some(SilentRole::Quiet(RoleId(5))),
    };
    let paused = |pause| Daily { pause: Some(pause), ..daily(10) };
    let threaded = Daily { opens_thread: true, role: Some(RoleId(5)), ..daily(10) };
    let fixed = Daily { schedule: Schedule { zone: Zone::parse("UTC").unwrap(), ..daily(10).schedule }, ..daily(10) };
    tells("paused by an admin", &paused(Pause::Admin), &|it| it);
    tells("paused for permissions", &paused(Pause::MissingPermissions), &|it| Standing { access: lacking, ..it });
    tells("paused for permissions that are back", &paused(Pause::MissingPermissions), &|it| it);
    tells("paused for permissions, unknown now", &paused(Pause::MissingPermissions), &|it| Standing {
        access: Access::Unknown,
        ..it
    });
    let deleted = Daily { gone_at: Some(at(AT)), ..paused(Pause::ChannelGone) };
    tells("its channel is gone", &deleted, &|it| Standing { access: Access::Gone, ..it });
    tells("on, without permissions", &daily(10), &|it| Standing { access: lacking, ..it });
    tells("no thread, no mention", &threaded, &|it| Standing { access: quiet, ..it });
    let gone = Access::Known {
        missing: Permissions::empty(),
        missing_for_threads: Permissions::empty(),
        silent_role: Some(SilentRole::Gone),
    };
    tells("the role was deleted", &threaded, &|it| Standing { access: gone, ..it });
    tells("a fixed zone", &fixed, &|it| it);
    tells("packs that are gone", &daily(10), &|it| Standing { lacks: vec!["old-pack"], ..it });
    tells("no question fits", &daily(10), &|it| Standing { matching: 0, ..it });
    tells("one question fits", &daily(10), &|it| Standing { matching: 1, ..it });
    tells("few questions fit", &daily(10), &|it| Standing { matching: 9, ..it });
    tells("today's time has passed", &daily(10), &|it| Standing { may_post_today: true, ..it });
    page.text("a command for a channel that is gone", standing::channel_gone());
    let held = paused(Pause::MissingPermissions);
    let still = Standing { access: lacking, ..stands(&held, packs) };
    page.message("/daily resume, without permissions", &daily::done(&still, Done::Resumed, &[]));
}

pub(super) fn status(page: &mut Page) {
    page.chapter("Status");
    let bank = bank();
    let plain = daily(10);
    let late = Outcome::Sent { message: MessageId(77), at: occurrence(5).due_at };
    let posts = [
        sent(12),
        Post { outcome: late, ..sent(4) },
        Post { thread_failed: true, ..sent(10) },
        Post { moved_from: Some(ChannelId(11)), ..sent(9) },
        post(8, Outcome::Claimed),
        post(8, Outcome::Deleted { at: occurrence(8).due_at }),
        post(8, Outcome::Unknown),
        post(7, Outcome::Skipped(SkipReason::Down)),
        post(6, Outcome::Skipped(SkipReason::Paused)),
        post(5, Outcome::Skipped(SkipReason::Ended)),
        Post { attempts: 3, ..post(3, Outcome::Failed(FailReason::Unreachable)) },
        post(3, Outcome::Failed(FailReason::NoQuestion)),
        post(3, Outcome::Failed(FailReason::ChannelGone)),
        post(3, Outcome::Failed(FailReason::NotAllowed)),
        post(2, Outcome::Failed(FailReason::Refused)),
    ];
    let of_post = |post: &Post| DayReport { day: post.key.day, post: Some(post.clone()), people: 1, is_to_come: false };
    let without = |is_to_come| DayReport { day: date(2026, 5, 13), post: None, people: 0, is_to_come };
    let mut days: Vec<_> = posts.iter().map(of_post).collect();
    days.extend([without(true), without(false)]);
    page.message("/daily status, of one", &status::one(&stands(&plain, bank.packs()), &days, 1));
    let failed = [
        Post { attempts: 40, ..post(7, Outcome::Failed(FailReason::Unreachable)) },
        post(6, Outcome::Failed(FailReason::NotAllowed)),
        post(5, Outcome::Failed(FailReason::NotAllowed)),
        post(4, Outcome::Failed(FailReason::Refused)),
        Post { attempts: 40, ..post(3, Outcome::Failed(FailReason::Unreachable)) },
        post(2, Outcome::Failed(FailReason::NoQuestion)),
        sent(1),
    ];
    let days: Vec<_> = failed.iter().map(of_post).collect();
    page.message("/daily status, after failures", &status::one(&stands(&plain, bank.packs()), &days, 27));
    let gone = Daily { pause: Some(Pause::ChannelGone), gone_at: Some(at(AT)), ..daily(12) };
    let paused = Daily { pause: Some(Pause::Admin), ..daily(11) };
    let last = [&posts[0], &posts[1], &posts[4], &posts[5], &posts[8]];
    let mut all = vec![(paused, None), (gone, None)];
    all.extend(last.map(|post| (daily(10), Some(post.clone()))));
    page.message("/daily status, of several", &status::several(&all));
    page.message("/daily status, of none but a gone one", &status::several(&all[1..2]));
}

pub(super) fn posts(page: &mut Page) {
    page.chapter("Posting now");
    let bank = bank();
    let question = bank.active().next();
    let (on, paused) = (daily(10), Daily { pause: Some(Pause::Admin), ..daily(10) });
    page.message("/daily post-now", &post_now::posted_now(&on, question, &sent(4)));
    page.message("/daily post-now, while paused", &post_now::posted_now(&paused, question, &sent(4)));
    page.message(
        "/daily post-now, and it is unclear",
        &post_now::posted_now(&on, question, &post(4, Outcome::Claimed)),
    );
    page.message(
        "/daily post-now, and the answer is lost",
        &post_now::posted_now(&on, question, &post(4, Outcome::Unknown)),
    );
    for reason in [
        FailReason::NoQuestion,
        FailReason::ChannelGone,
        FailReason::NotAllowed,
        FailReason::Refused,
        FailReason::Unreachable,
    ] {
        let failed = post(4, Outcome::Failed(reason));
        page.message("/daily post-now, and it fails", &post_now::posted_now(&on, question, &failed));
    }
    page.text("/daily post-now, after today's", post_now::posted_already(&on, true));
    page.text("/daily post-now, during today's", post_now::posted_already(&on, false));
}

pub(super) fn refusals(page: &mut Page) {
    page.chapter("Refusals to admins");
    let two = [daily(10), daily(11)];
    page.text("which of several", daily_refusal::which_channel(&two));
    page.text("none in the server", daily_refusal::none_there(None, &[]));
    page.text("none in that channel", daily_refusal::none_there(Some(ChannelId(12)), &two[..1]));
    page.text("one too many", daily_refusal::too_many(&[10; 10].map(daily)));
    page.text("a voice channel", daily_refusal::not_a_text_channel());
    page.text("role:@everyone", daily_refusal::not_everyone());
    for typed in ["soon", "25:00", "9"] {
        let problem = LocalTime::parse(typed).unwrap_err().to_string();
        page.text(&format!("time:{typed}"), daily_refusal::unreadable_time(typed, &problem));
    }
    for typed in ["someday", "mon-", "-"] {
        let problem = Days::parse(typed).unwrap_err().to_string();
        page.text(&format!("days:{typed}"), daily_refusal::unreadable_days(typed, &problem));
    }
    let zones = ZoneTable::built_in().unwrap();
    for typed in ["quux", "CET", "london"] {
        if let Err(error) = zones.resolve(typed, at(AT)) {
            page.text(&format!("timezone:{typed}"), daily_refusal::unclear_zone(&error));
        }
    }
    page.text("/daily change alone", daily_refusal::nothing_to_change());
    page.text("/daily change to a channel that has one", daily_refusal::has_one_already(ChannelId(11)));
    page.text("/daily change to, while today's is sent", daily_refusal::being_sent(ChannelId(10)));
    page.text("/daily skip with nothing to ask", daily_refusal::no_question(&two[0]));
}

pub(super) fn troubles(page: &mut Page) {
    page.chapter("Troubles");
    let all = [
        Trouble::Paused(Pause::ChannelGone),
        Trouble::Paused(Pause::MissingPermissions),
        Trouble::Failed(FailReason::Unreachable),
        Trouble::Unknown,
    ];
    for one in all {
        page.text("below a reply to an admin", trouble::line(&[(ChannelId(10), one)]));
    }
    let several = [(ChannelId(10), all[0]), (ChannelId(11), all[2])];
    page.text("below a reply to an admin, of several", trouble::line(&several));
    let today = [Trouble::Failed(FailReason::NotAllowed), Trouble::Unknown, Trouble::Paused(Pause::ChannelGone)];
    page.message("in a direct message", &trouble::told(&today.map(|trouble| (ChannelId(10), trouble))));
}
