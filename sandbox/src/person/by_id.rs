//! Steps of a client that shows what is there: what a person means is known by its id.

use serde_json::{Value, json};

use super::scene::{Client, Scene};
use super::{Person, Step, client, name, parts};
use crate::interaction::{Answer, Interaction, Kind};
use crate::reply::Reply;
use crate::view::ModalView;
use crate::wire;
use crate::world::World;

impl Person {
    /// The registered commands that the client offers where the person stands.
    pub(crate) fn offered(&self) -> Vec<Value> {
        self.shared.read(|world| {
            let Ok(channel) = self.place(world) else {
                return Vec::new();
            };
            let scene = Scene { world, person: self.id, channel, client: Client::Checks };
            let is_offered = |command: &&Value| client::may_use(&scene, command).is_ok();
            world.commands.iter().flatten().filter(is_offered).cloned().collect()
        })
    }

    /// Uses the component of a message that has this custom id: clicks a button, or with `values`
    /// chooses exactly these from a select menu.
    ///
    /// # Errors
    /// When the message is not to be seen where the person stands, or the client would not let
    /// that through.
    pub async fn try_presses(&self, message: u64, custom_id: &str, values: Option<&[&str]>) -> Step<Reply> {
        self.acts(|world| {
            let channel = self.place(world)?;
            let held = world.message(channel, message).filter(|held| held.is_seen_by(self.id));
            let held =
                held.ok_or_else(|| format!("{} does not see that message; look at another", name(world, self.id)))?;
            let used = parts::used(&held.components, custom_id, values)?;
            let data = json!({"custom_id": custom_id, "component_type": used.kind, "id": 1});
            let data = match used.values {
                Some(values) => wire::with(data, json!({ "values": values })),
                None => data,
            };
            Ok(self.deed(world, Kind::Component { message }, channel, &used.words, data))
        })
        .await
    }

    /// Fills in the modal that answered an interaction, and sends it. What `values` leaves out
    /// stays as it is.
    ///
    /// # Errors
    /// When that modal is not open before the person, or the client would not let that through.
    pub(crate) async fn try_fills_in(&self, interaction: u64, values: &[(&str, &str)]) -> Step<Reply> {
        let modal = self.shared.read(|world| self.open_modal(world, interaction))?;
        let modal = values.iter().try_fold(modal, |modal, (custom_id, text)| modal.try_fills(custom_id, text))?;
        self.try_sends(&modal).await
    }

    /// The modal, unless another one came over it since.
    fn open_modal(&self, world: &World, interaction: u64) -> Step<ModalView> {
        let modal = |held: &Interaction| match &held.answer {
            Some(Answer::Modal(raw)) if held.user_id == self.id => {
                Some((held.id, ModalView::of(world, raw, held.channel_id, held.kind.message())))
            }
            _ => None,
        };
        let newest = world.interactions.values().rev().find_map(modal);
        let found = newest.filter(|(id, _)| *id == interaction).map(|(_, modal)| modal);
        found.ok_or_else(|| "this form is no longer open; open it again".to_owned())
    }
}
