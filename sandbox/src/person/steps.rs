//! The steps themselves: commands, suggestions, buttons, menus and modals.

use std::sync::Arc;

use serde_json::{Value, json};

use super::line::Typed;
use super::scene::{Client, Scene};
use super::{Choice, Person, Step, client, name, parts};
use crate::check::component::kind as component;
use crate::event::deed::Deed;
use crate::interaction::{Answer, Kind};
use crate::json::{text, words};
use crate::reply::{self, Reply};
use crate::view::{MessageView, ModalView};
use crate::world::World;

impl Person {
    pub(super) async fn acts(&self, make: impl FnOnce(&World) -> Step<Deed>) -> Step<Reply> {
        let id = self.shared.change(|world| {
            let deed = make(world)?;
            Ok::<u64, String>(world.act(deed))
        })?;
        Ok(Reply::to(Arc::clone(&self.shared), id).await)
    }

    pub(super) fn deed(&self, world: &World, kind: Kind, channel: u64, words: &str, data: Value) -> Deed {
        Deed { kind, user: self.id, channel, words: format!("{} {words}", name(world, self.id)), data }
    }

    async fn sends_command(&self, typed: Step<Typed>, client: Client, words: &str) -> Step<Reply> {
        let typed = typed?;
        self.acts(|world| {
            let channel = self.place(world)?;
            let data = client::command(&Scene { world, person: self.id, channel, client }, &typed)?;
            Ok(self.deed(world, Kind::Command, channel, &format!("runs {words}"), data))
        })
        .await
    }

    /// As [`runs`](Self::runs).
    ///
    /// # Errors
    /// Says what the client would not let through.
    pub async fn try_runs(&self, line: &str) -> Step<Reply> {
        let typed = self.reads(line, Client::Checks);
        self.sends_command(typed, Client::Checks, line).await
    }

    /// As [`runs_with`](Self::runs_with).
    ///
    /// # Errors
    /// Says what the client would not let through.
    pub async fn try_runs_with(&self, command: &str, options: &[(&str, &str)]) -> Step<Reply> {
        let typed = self.reads(command, Client::Checks).map(|typed| typed.with(options));
        self.sends_command(typed, Client::Checks, command).await
    }

    /// As [`forces`](Self::forces).
    ///
    /// # Errors
    /// When the line is no command at all.
    pub async fn try_forces(&self, line: &str) -> Step<Reply> {
        let typed = self.reads(line, Client::Forged);
        self.sends_command(typed, Client::Forged, line).await
    }

    fn reads(&self, line: &str, client: Client) -> Step<Typed> {
        self.shared.read(|world| match (&world.commands, client) {
            (None, Client::Checks) => Err("no bot has registered its commands yet; start one".to_owned()),
            (commands, _) => Typed::read(commands.as_deref().unwrap_or_default(), line, client),
        })
    }

    /// As [`suggests`](Self::suggests).
    ///
    /// # Errors
    /// When the option does not complete, or the bot did not respond.
    pub async fn try_suggests(&self, line: &str) -> Step<Vec<Choice>> {
        self.completes(&self.reads(line, Client::Checks)?, line).await
    }

    /// As [`try_suggests`](Self::try_suggests), for values with line breaks, or that hold an option's name. The last
    /// option is the one that is typed in.
    ///
    /// # Errors
    /// When the option does not complete, or the bot did not respond.
    pub async fn try_suggests_with(&self, command: &str, options: &[(&str, &str)]) -> Step<Vec<Choice>> {
        self.completes(&self.reads(command, Client::Checks)?.with(options), command).await
    }

    async fn completes(&self, typed: &Typed, line: &str) -> Step<Vec<Choice>> {
        let id = self.shared.change(|world| {
            let channel = self.place(world)?;
            let scene = Scene { world, person: self.id, channel, client: Client::Checks };
            let data = client::completion(&scene, typed)?;
            let words = format!("types {line}");
            let deed = self.deed(world, Kind::Autocomplete, channel, &words, data);
            Ok::<u64, String>(world.act(deed))
        })?;
        reply::answered(&self.shared, id).await;
        self.shared.note(|world| {
            world.look_at_answer(id);
            match world.interactions.get(&id).map(|held| &held.answer) {
                Some(Some(Answer::Choices(choices))) => Ok(choices.iter().map(choice).collect()),
                _ => Err(format!("no suggestions came for {line}; type on, or see whether the bot is connected")),
            }
        })
    }

    /// As [`clicks`](Self::clicks).
    ///
    /// # Errors
    /// When no such button is to be seen.
    pub async fn try_clicks(&self, label: &str) -> Step<Reply> {
        self.acts(|world| {
            let channel = self.place(world)?;
            let found = self.seen(world, channel).rev().find_map(|message| {
                let custom_id = parts::button(&message.components, label).ok()?;
                Some((message.id, custom_id.to_owned()))
            });
            let (message, custom_id) = found.ok_or_else(|| self.no_button(world, channel, label))?;
            Ok(self.click(world, channel, message, &custom_id, label))
        })
        .await
    }

    /// As [`clicks_on`](Self::clicks_on).
    ///
    /// # Errors
    /// When the message has no such button by now.
    pub async fn try_clicks_on(&self, message: &MessageView, label: &str) -> Step<Reply> {
        self.acts(|world| {
            let held = self.still_sees(world, message)?;
            let custom_id = parts::button(&held.components, label)?;
            Ok(self.click(world, message.channel_id, message.id, custom_id, label))
        })
        .await
    }

    /// As [`forces_click`](Self::forces_click).
    ///
    /// # Errors
    /// When the message is gone.
    pub async fn try_forces_click(&self, message: &MessageView, custom_id: &str) -> Step<Reply> {
        self.acts(|world| {
            self.still_sees(world, message)?;
            let words = format!("{custom_id} (forged)");
            Ok(self.click(world, message.channel_id, message.id, custom_id, &words))
        })
        .await
    }

    fn click(&self, world: &World, channel: u64, message: u64, custom_id: &str, label: &str) -> Deed {
        let data = json!({"custom_id": custom_id, "component_type": component::BUTTON, "id": 1});
        let kind = Kind::Component { message };
        self.deed(world, kind, channel, &format!("clicks {label}"), data)
    }

    /// As [`chooses`](Self::chooses).
    ///
    /// # Errors
    /// When no such option is to be seen.
    pub async fn try_chooses(&self, labels: &[&str]) -> Step<Reply> {
        self.acts(|world| {
            let channel = self.place(world)?;
            let mut why = format!("no select menu is to be seen that offers {}", labels.join(", "));
            for message in self.seen(world, channel).rev() {
                match parts::choice(&message.components, labels) {
                    Ok(Some((custom_id, values))) => {
                        let data = json!({
                            "custom_id": custom_id,
                            "component_type": component::SELECT,
                            "id": 1,
                            "values": values,
                        });
                        let kind = Kind::Component { message: message.id };
                        let words = format!("chooses {}", labels.join(", "));
                        return Ok(self.deed(world, kind, channel, &words, data));
                    }
                    Ok(None) => {}
                    Err(flaw) => why = flaw,
                }
            }
            Err(why)
        })
        .await
    }

    /// As [`sends`](Self::sends).
    ///
    /// # Errors
    /// Says what the client would not let through.
    pub async fn try_sends(&self, modal: &ModalView) -> Step<Reply> {
        match modal.flaw() {
            Some(flaw) => Err(flaw),
            None => self.submits(modal).await,
        }
    }

    pub(super) async fn submits(&self, modal: &ModalView) -> Step<Reply> {
        self.acts(|world| {
            let kind = Kind::Modal { message: modal.message };
            let words = format!("sends {}", modal.title);
            Ok(self.deed(world, kind, modal.channel_id, &words, modal.submission()))
        })
        .await
    }
}

fn choice(choice: &Value) -> Choice {
    Choice {
        name: text(choice, "name").unwrap_or_default().to_owned(),
        value: choice.get("value").map(words).unwrap_or_default(),
    }
}
