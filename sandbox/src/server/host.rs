//! The seam to the program that runs the bot.

use tokio::sync::mpsc;

use super::Sandbox;
use crate::host::Asked;

impl Sandbox {
    /// Listens to what the page asks of the host; who listened before does no longer. Without
    /// anyone who listens, the page does not offer it. Dropping what is returned ends it.
    #[must_use]
    pub fn hosts(&self) -> mpsc::Receiver<Asked> {
        let wishes = self.shared.host().listens();
        self.shared.change(|_| ());
        wishes
    }

    /// Tells the page whether the host runs the bot, which it can't see: one that runs may be unable
    /// to connect.
    pub fn set_bot_running(&self, is_running: bool) {
        self.shared.host().tells_running(is_running);
        self.shared.change(|_| ());
    }
}
