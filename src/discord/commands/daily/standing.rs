//! How a daily question stands, gathered for whoever shows it.

use jiff::Timestamp;

use crate::app::App;
use crate::domain::daily::Daily;
use crate::reply::standing::{Access, Standing, UPCOMING};
use crate::store::StoreError;

pub(super) async fn standing<'a>(
    app: &'a App,
    daily: &'a Daily,
    access: Access,
    now: Timestamp,
) -> Result<Standing<'a>, StoreError> {
    let schedule = &daily.schedule;
    let after = daily.next.iter().flat_map(|next| schedule.upcoming(next.due_at));
    let upcoming = daily.next.iter().copied().chain(after).take(UPCOMING).collect();
    let today = schedule.today(now);
    let todays = app.store.posts_since(daily.channel, today).await?;
    let is_taken = todays.iter().any(|post| post.key.day == today && post.takes_its_date());
    let has_passed =
        schedule.days.contains(today.weekday()) && schedule.due_at(today).is_some_and(|due_at| due_at <= now);
    Ok(Standing {
        daily,
        access,
        upcoming,
        may_post_today: has_passed && !is_taken,
        packs: app.bank.packs(),
        lacks: app.bank.lacks(&daily.packs),
        matching: app.bank.available(&daily.packs, daily.level).len(),
        now,
    })
}
