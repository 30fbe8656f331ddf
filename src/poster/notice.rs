//! Tells whoever was the last to change a daily question that it failed: by a direct message, one a person and UTC day at most.

use std::collections::BTreeSet;

use crate::app::App;
use crate::domain::id::{ChannelId, UserId};
use crate::domain::trouble::{begin_of, utc_day};
use crate::reply::trouble::told;
use crate::rest::{RestError, code};
use crate::store::StoreError;

/// Tells of what is wrong in these channels, and of what else went wrong today.
pub async fn tell(app: &App, channels: &[ChannelId]) {
    let mut people = BTreeSet::new();
    for channel in channels {
        match app.store.daily(*channel).await {
            Ok(daily) => people.extend(daily.and_then(|daily| daily.changed_by)),
            Err(error) => tracing::error!(%channel, error = %error.in_full(), "whom to tell can't be read"),
        }
    }
    for person in people {
        if let Err(error) = tell_one(app, person).await {
            tracing::error!(user = %person, error = %error.in_full(), "somebody can't be told that a daily question failed");
        }
    }
}

async fn tell_one(app: &App, person: UserId) -> Result<(), StoreError> {
    let day = utc_day(app.now());
    if !app.store.claim_notice(person, day).await? {
        return Ok(());
    }
    let troubles = app.store.troubles_of(person, begin_of(day)).await?;
    match send(app, person, told(&troubles).direct_body()).await {
        Ok(()) => {}
        Err(error) if error.code() == Some(code::CLOSED_DMS) => {
            tracing::debug!(user = %person, "takes no direct messages");
        }
        Err(error) => {
            tracing::warn!(user = %person, %error, "a direct message did not get through");
            if error.may_pass() {
                app.store.take_back_notice(person, day).await?;
            }
        }
    }
    Ok(())
}

async fn send(app: &App, person: UserId, body: serde_json::Value) -> Result<(), RestError> {
    let channel = app.rest.direct_channel(person).await?;
    app.rest.create_message(channel, body).await.map(drop)
}
