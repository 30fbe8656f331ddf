//! How admins hear that a daily question is in trouble: in a line below each private reply, and in a direct message.

use super::listed;
use super::message::Message;
use super::post_now::why_failed;
use super::standing::command;
use crate::domain::daily::Pause;
use crate::domain::id::ChannelId;
use crate::domain::trouble::Trouble;

/// The line for whoever may manage the server. There is at least one trouble.
#[must_use]
pub fn line(troubles: &[(ChannelId, Trouble)]) -> String {
    match troubles {
        [(channel, Trouble::Paused(Pause::ChannelGone))] => format!(
            "For admins: the daily question of <#{channel}> is paused, as that channel was deleted. **/daily setup** gives another \
             channel one."
        ),
        [(channel, trouble)] => {
            let status = command("status", *channel);
            format!("For admins: the daily question of <#{channel}> {}. {status} tells more.", what(*trouble))
        }
        several => {
            let channels = listed(several.iter().map(|(channel, _)| format!("<#{channel}>")));
            format!("For admins: the daily questions of {channels} are in trouble. **/daily status** tells more.")
        }
    }
}

fn what(trouble: Trouble) -> String {
    match trouble {
        Trouble::Paused(_) => "is paused, as Starling may not post there".to_owned(),
        Trouble::Failed(reason) => format!("did not come last time, as {}", why_failed(reason)),
        Trouble::Unknown => "may not have come last time, as Discord's answer got lost".to_owned(),
    }
}

/// How many troubles a direct message names, so that it stays one message.
const TOLD: usize = 15;

/// The direct message to whoever was the last to change daily questions that are in trouble since this morning.
#[must_use]
pub fn told(troubles: &[(ChannelId, Trouble)]) -> Message {
    let line = |(channel, trouble): &(ChannelId, Trouble)| {
        let why = match trouble {
            Trouble::Paused(_) => "the channel was deleted, so the daily question is paused",
            Trouble::Failed(reason) => why_failed(*reason),
            Trouble::Unknown => "Discord's answer got lost, so it may or may not have come",
        };
        format!("- <#{channel}>: {why}")
    };
    let mut lines: Vec<_> = troubles.iter().take(TOLD).map(line).collect();
    if troubles.len() > TOLD {
        lines.push(format!("- and {} more", troubles.len() - TOLD));
    }
    Message::text(format!(
        "These daily questions need a look; you were the last to change their settings:\n{}\n\
         **/daily status** there tells more. Starling writes to you about this once a day at most.",
        lines.join("\n")
    ))
}
