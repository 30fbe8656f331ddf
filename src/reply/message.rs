//! A message as a value, how it is split where it is too long for one, and how it becomes what Discord reads.

use std::fmt;

use serde_json::Value;
use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use serenity::model::application::ButtonStyle;
use serenity::model::id::RoleId as SerenityRole;

use super::embed::Embed;
use crate::custom_id::CustomId;
use crate::domain::id::RoleId;

/// Characters of the text above the embeds.
const CONTENT_LIMIT: usize = 2000;

/// Characters over all embeds of a message (discord.com/developers/docs/resources/message).
pub const EMBEDS_LIMIT: usize = 6000;

/// Bytes of a file, where nobody pays for more (discord.com/developers/docs/reference).
pub const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// Characters of a file's description (discord.com/developers/docs/resources/message, "Attachment Object").
pub const FILE_DESCRIPTION: usize = 1024;

/// Embeds of a message.
pub const EMBEDS: usize = 10;

/// A message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// The text above the embeds, at most 2000 characters.
    pub content: String,
    /// The framed blocks.
    pub embeds: Vec<Embed>,
    /// Buttons and menus below, at most five rows.
    pub rows: Vec<Row>,
    /// Files, at most ten.
    pub files: Vec<File>,
}

/// A file of a message. It may hold what a person wrote, so `Debug` shows its size alone.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is read aloud in its place, at most [`FILE_DESCRIPTION`] characters; empty for a file that is no picture.
    pub description: String,
    /// What is in it, at most [`FILE_LIMIT`] bytes.
    pub content: Vec<u8>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.content.len())
    }
}

/// A row below a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// At most five buttons.
    Buttons(Vec<Button>),
    /// A menu with at most 25 options.
    Menu {
        /// What choosing does.
        does: CustomId,
        /// What the closed menu says.
        placeholder: String,
        /// What can be chosen.
        options: Vec<SelectOption>,
        /// How many can be chosen at once, at least one.
        most: usize,
    },
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    label: &'static str,
    does: CustomId,
    style: ButtonStyle,
    is_disabled: bool,
}

/// An option of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What it is called, at most 100 characters.
    pub label: String,
    /// What it stands for, at most 100 characters.
    pub value: String,
    /// A small line below the label, at most 100 characters.
    pub description: String,
    /// Whether it is chosen at first.
    pub is_chosen: bool,
}

impl Button {
    /// A button.
    #[must_use]
    pub fn new(label: &'static str, does: CustomId) -> Button {
        Button { label, does, style: ButtonStyle::Secondary, is_disabled: false }
    }

    /// The one that most people will want.
    #[must_use]
    pub fn main(self) -> Button {
        Button { style: ButtonStyle::Primary, ..self }
    }

    /// One that can't be taken back.
    #[must_use]
    pub fn danger(self) -> Button {
        Button { style: ButtonStyle::Danger, ..self }
    }

    /// Shown, and dead where `does_nothing`.
    #[must_use]
    pub fn disabled(self, does_nothing: bool) -> Button {
        Button { is_disabled: does_nothing, ..self }
    }
}

impl Message {
    /// A message that is only text.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Message {
        Message { content: content.into(), ..Message::default() }
    }

    /// With further embeds.
    #[must_use]
    pub fn with(mut self, embeds: impl IntoIterator<Item = Embed>) -> Message {
        self.embeds.extend(embeds);
        self
    }

    /// With a row of buttons.
    #[must_use]
    pub fn buttons(mut self, buttons: impl Into<Vec<Button>>) -> Message {
        self.rows.push(Row::Buttons(buttons.into()));
        self
    }

    /// With a line at the end: in the text, or below the framed blocks.
    #[must_use]
    pub fn ending_with(mut self, line: &str) -> Message {
        let is_short = self.content.chars().count() + line.chars().count() < CONTENT_LIMIT;
        if self.embeds.is_empty() && is_short {
            self.content = format!("{}\n{line}", self.content);
        } else {
            self.embeds.push(Embed::new("", line));
        }
        self
    }

    /// The same as messages that Discord takes: the embeds go into as many as they need, the rows stay under the last.
    #[must_use]
    pub fn fit(self) -> Vec<Message> {
        let mut messages = vec![Message::text(self.content)];
        let mut length = 0;
        for embed in self.embeds {
            let is_full = messages.last().is_some_and(|last| last.embeds.len() == EMBEDS);
            if is_full || length + embed.length() > EMBEDS_LIMIT {
                messages.push(Message::default());
                length = 0;
            }
            length += embed.length();
            if let Some(last) = messages.last_mut() {
                last.embeds.push(embed);
            }
        }
        if let Some(last) = messages.last_mut() {
            last.rows = self.rows;
            last.files = self.files;
        }
        messages
    }

    /// The body of a reply that only one person sees. Nobody is mentioned.
    #[must_use]
    pub fn private_body(&self) -> Value {
        self.with_attachments(serde_json::json!(self.build().ephemeral(true)))
    }

    /// The body of an edit of such a reply; who sees it can't change.
    #[must_use]
    pub fn edit_body(&self) -> Value {
        self.with_attachments(serde_json::json!(self.build()))
    }

    /// serenity's builders know files only together with its own sender, so what is said of them is written here.
    fn with_attachments(&self, mut body: Value) -> Value {
        if let (false, Some(fields)) = (self.files.is_empty(), body.as_object_mut()) {
            let told = |(id, file): (usize, &File)| match file.description.as_str() {
                "" => serde_json::json!({ "id": id, "filename": file.name }),
                description => serde_json::json!({ "id": id, "filename": file.name, "description": description }),
            };
            fields.insert("attachments".to_owned(), self.files.iter().enumerate().map(told).collect());
        }
        body
    }

    fn build(&self) -> CreateInteractionResponseMessage {
        CreateInteractionResponseMessage::new()
            .content(&self.content)
            .embeds(self.embeds.iter().map(build_embed).collect())
            .components(self.rows.iter().map(build_row).collect())
            .allowed_mentions(CreateAllowedMentions::new())
    }

    /// The body of a direct message. Nobody is mentioned.
    #[must_use]
    pub fn direct_body(&self) -> Value {
        let message = CreateMessage::new().content(&self.content).allowed_mentions(CreateAllowedMentions::new());
        serde_json::json!(message)
    }

    /// The body of a message in a channel, sent once for its nonce, that mentions the role and nobody else.
    #[must_use]
    pub fn public_body(&self, role: Option<RoleId>, nonce: String) -> Value {
        let mentions = CreateAllowedMentions::new().roles(role.map(|role| SerenityRole::new(role.0)));
        let message = CreateMessage::new()
            .content(&self.content)
            .embeds(self.embeds.iter().map(build_embed).collect())
            .components(self.rows.iter().map(build_row).collect())
            .allowed_mentions(mentions)
            .nonce(serenity::model::channel::Nonce::String(nonce))
            .enforce_nonce(true);
        serde_json::json!(message)
    }
}

fn build_embed(embed: &Embed) -> CreateEmbed {
    let mut built = CreateEmbed::new().description(&embed.text);
    if !embed.title.is_empty() {
        built = built.title(&embed.title);
    }
    if !embed.footer.is_empty() {
        built = built.footer(CreateEmbedFooter::new(&embed.footer));
    }
    built
}

fn build_row(row: &Row) -> CreateActionRow {
    match row {
        Row::Buttons(buttons) => CreateActionRow::Buttons(buttons.iter().map(build_button).collect()),
        Row::Menu { does, placeholder, options, most } => {
            let most = u8::try_from(*most).unwrap_or(u8::MAX);
            let options = options.iter().map(|option| {
                CreateSelectMenuOption::new(&option.label, &option.value)
                    .description(&option.description)
                    .default_selection(option.is_chosen)
            });
            let menu =
                CreateSelectMenu::new(does.to_string(), CreateSelectMenuKind::String { options: options.collect() });
            CreateActionRow::SelectMenu(menu.placeholder(placeholder).min_values(1).max_values(most))
        }
    }
}

fn build_button(button: &Button) -> CreateButton {
    CreateButton::new(button.does.to_string()).label(button.label).style(button.style).disabled(button.is_disabled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(length: usize) -> Embed {
        Embed::new("", "é".repeat(length))
    }

    #[test]
    fn what_fits_stays_one_message() {
        let message =
            Message::text("hello").with([block(3000), block(3000)]).buttons([Button::new("Go", CustomId::Open)]);
        assert_eq!(message.clone().fit(), [message]);
    }

    #[test]
    fn one_character_more_goes_on_in_a_second_message_with_the_buttons() {
        let message =
            Message::text("hello").with([block(3000), block(3001)]).buttons([Button::new("Go", CustomId::Open)]);
        let fitted = message.fit();
        let shape: Vec<_> =
            fitted.iter().map(|message| (message.content.as_str(), message.embeds.len(), message.rows.len())).collect();
        assert_eq!(shape, [("hello", 1, 0), ("", 1, 1)]);
    }

    #[test]
    fn ten_embeds_fit_and_eleven_do_not() {
        let count = |embeds: usize| Message::default().with((0..embeds).map(|_| block(1))).fit().len();
        assert_eq!((count(10), count(11)), (1, 2));
    }

    #[test]
    fn nobody_is_mentioned_but_the_role_that_is_meant() {
        let private = Message::text("@everyone").private_body();
        assert_eq!(private["allowed_mentions"]["parse"], serde_json::json!([]));
        let public = Message::text("<@&7>").public_body(Some(RoleId(7)), "n".to_owned());
        assert_eq!(public["allowed_mentions"]["roles"], serde_json::json!(["7"]));
        assert_eq!(public["allowed_mentions"]["parse"], serde_json::json!([]));
    }
}
