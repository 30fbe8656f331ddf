//! The steps of a test: each panics with a clear sentence where a person could not take it.

use super::{Choice, Person, Step};
use crate::reply::Reply;
use crate::view::{MessageView, ModalView};

/// What came of a step that a person could take.
#[expect(clippy::panic, reason = "a step of a test that no person could take")]
fn taken<T>(step: Step<T>) -> T {
    match step {
        Ok(came) => came,
        Err(why) => panic!("{why}"),
    }
}

/// Each of these panics when a client would not let a person do it.
impl Person {
    /// Runs a slash command: `/daily setup channel:#general time:09:00`. A value runs until the
    /// next option's name; channels are written `#name`, roles and people `@name`.
    pub async fn runs(&self, line: &str) -> Reply {
        taken(self.try_runs(line).await)
    }

    /// As [`runs`](Self::runs), for values with line breaks, or that hold an option's name.
    pub async fn runs_with(&self, command: &str, options: &[(&str, &str)]) -> Reply {
        taken(self.try_runs_with(command, options).await)
    }

    /// As [`runs`](Self::runs), but nothing is checked: a forged call, or one by an admin's
    /// override.
    pub async fn forces(&self, line: &str) -> Reply {
        taken(self.try_forces(line).await)
    }

    /// What autocomplete offers for the last option of the line, which may be unfinished.
    pub async fn suggests(&self, line: &str) -> Vec<Choice> {
        taken(self.try_suggests(line).await)
    }

    /// Clicks a button of the newest message in sight that has one with this label.
    pub async fn clicks(&self, label: &str) -> Reply {
        taken(self.try_clicks(label).await)
    }

    /// Clicks a button of this message, as it stands now.
    pub async fn clicks_on(&self, message: &MessageView, label: &str) -> Reply {
        taken(self.try_clicks_on(message, label).await)
    }

    /// Clicks a button that the message does not have: one with a forged custom id.
    pub async fn forces_click(&self, message: &MessageView, custom_id: &str) -> Reply {
        taken(self.try_forces_click(message, custom_id).await)
    }

    /// Chooses one option of the newest select menu in sight that offers it. The beginning of
    /// its label is enough.
    pub async fn chooses(&self, option_label: &str) -> Reply {
        taken(self.try_chooses(&[option_label]).await)
    }

    /// Chooses several options of one select menu. As on screen, what such a menu has ticked stays ticked, and choosing
    /// it takes the tick away.
    pub async fn chooses_all(&self, option_labels: &[&str]) -> Reply {
        taken(self.try_chooses(option_labels).await)
    }

    /// Sends a modal as it stands.
    pub async fn sends(&self, modal: &ModalView) -> Reply {
        taken(self.try_sends(modal).await)
    }

    /// As [`sends`](Self::sends), but nothing is checked.
    pub async fn forces_modal(&self, modal: &ModalView) -> Reply {
        taken(self.submits(modal).await)
    }

    /// Says something in public. Returns the message's id.
    #[expect(clippy::must_use_candidate, reason = "often called for its effect")]
    pub fn says(&self, content: &str) -> u64 {
        taken(self.try_says(content))
    }
}
