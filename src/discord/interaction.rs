//! An interaction as a small value of our own: who, where, and what was asked. Knows nothing of commands.
//!
//! Many of them may wait at once, so it holds what is needed and no more. It holds a person's text and the token that answers it:
//! neither shows in `Debug`.

use std::fmt;

use serde_json::Value;
use serenity::model::application::{
    ActionRowComponent, Button, ButtonKind, CommandDataOption, CommandDataOptionValue, CommandInteraction,
    ComponentInteraction, ComponentInteractionDataKind, Interaction as Event, ModalInteraction,
};
use serenity::model::channel::{ChannelType, Message, MessageFlags, PartialChannel};
use serenity::model::guild::Member;
use serenity::model::id as model;
use serenity::model::permissions::Permissions;

use crate::domain::id::{ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};
use crate::reply::modal::{Inputs, UnreadableModal, read_modal};
use crate::reply::share::author_of;

/// Discord's number for an autocomplete (discord.com/developers/docs/interactions/receiving-and-responding).
const AUTOCOMPLETE: u64 = 4;

/// Something that a person did and that wants an answer.
pub struct Interaction {
    /// Its id.
    pub id: InteractionId,
    /// What answers it; good for fifteen minutes.
    pub token: String,
    /// Who and where.
    pub origin: Origin,
    /// What was asked.
    pub ask: Ask,
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interaction").field("id", &self.id).field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// Who did something, and where.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The person.
    pub user: UserId,
    /// The guild, unless it was in a direct message.
    pub guild: Option<GuildId>,
    /// The channel or thread.
    pub place: ChannelId,
    /// The channel that a thread is of.
    pub thread_of: Option<ChannelId>,
    /// What the person may do there; nothing outside a guild.
    pub permissions: Permissions,
}

impl Origin {
    /// Whether the person may manage the server.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR)
    }

    /// The channel, also from inside one of its threads.
    #[must_use]
    pub fn channel(&self) -> ChannelId {
        self.thread_of.unwrap_or(self.place)
    }
}

/// A public message of Starling's on which a component stands, as far as it tells of an answer that somebody shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stood {
    /// The message.
    pub message: MessageId,
    /// Who shares an answer by it, where it does that.
    pub author: Option<UserId>,
}

impl Stood {
    /// `None` for a private message, and for one that has no such component: then the press is forged.
    fn read(message: &Message, custom_id: &str) -> Option<Stood> {
        let is_private = message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
        let has_it = message.components.iter().flat_map(|row| &row.components).any(|component| match component {
            ActionRowComponent::Button(Button { data: ButtonKind::NonLink { custom_id: id, .. }, .. }) => {
                id == custom_id
            }
            _ => false,
        });
        (has_it && !is_private)
            .then(|| Stood { message: MessageId(message.id.get()), author: author_of(&message.content) })
    }
}

/// What was asked.
pub enum Ask {
    /// A command was sent.
    Command(Command),
    /// An option is being typed.
    Autocomplete {
        /// The command as far as it is typed.
        command: Command,
        /// The option's name.
        option: String,
        /// What it holds so far.
        typed: String,
    },
    /// A button was pressed, or a menu's options were chosen.
    Component {
        /// The component's custom id.
        custom_id: String,
        /// What was chosen.
        values: Vec<String>,
        /// The public message that it stands on.
        stood: Option<Stood>,
    },
    /// A modal was sent.
    Modal {
        /// The modal's custom id.
        custom_id: String,
        /// What was typed, where it can be read.
        inputs: Result<Inputs, UnreadableModal>,
    },
    /// Something of a shape that can't be read; it can be answered all the same.
    Unreadable {
        /// Whether it wants choices and no message.
        wants_choices: bool,
    },
}

impl Ask {
    /// What kind of thing it is, for the log: without anything that was typed.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Ask::Command(_) => "command",
            Ask::Autocomplete { .. } => "autocomplete",
            Ask::Component { .. } => "component",
            Ask::Modal { .. } => "modal",
            Ask::Unreadable { .. } => "unreadable",
        }
    }
}

/// A command with its options.
#[derive(Default)]
pub struct Command {
    /// Its name.
    pub name: String,
    /// The name of its subcommand; empty where it has none.
    pub subcommand: String,
    options: Vec<(String, CommandDataOptionValue)>,
}

impl Command {
    /// A text option.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.option(name).and_then(CommandDataOptionValue::as_str)
    }

    /// A yes-or-no option.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.option(name).and_then(CommandDataOptionValue::as_bool)
    }

    /// A channel option.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<ChannelId> {
        self.option(name).and_then(CommandDataOptionValue::as_channel_id).map(|channel| ChannelId(channel.get()))
    }

    /// A role option.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.option(name).and_then(CommandDataOptionValue::as_role_id).map(|role| RoleId(role.get()))
    }

    fn option(&self, name: &str) -> Option<&CommandDataOptionValue> {
        self.options.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn bytes(&self) -> usize {
        let of = |(name, value): &(String, CommandDataOptionValue)| {
            size_of::<CommandDataOptionValue>() + name.len() + value.as_str().map_or(0, str::len)
        };
        self.name.len() + self.subcommand.len() + self.options.iter().map(of).sum::<usize>()
    }

    fn read(name: &str, options: &[CommandDataOption]) -> Command {
        let (subcommand, options) = match options {
            [CommandDataOption { name, value: CommandDataOptionValue::SubCommand(inner), .. }] => {
                (name.clone(), inner.as_slice())
            }
            _ => (String::new(), options),
        };
        let options = options.iter().map(|option| (option.name.clone(), option.value.clone())).collect();
        Command { name: name.to_owned(), subcommand, options }
    }

    fn focused(&self) -> Option<(String, String)> {
        self.options.iter().find_map(|(name, value)| match value {
            CommandDataOptionValue::Autocomplete { value, .. } => Some((name.clone(), value.clone())),
            _ => None,
        })
    }
}

impl Interaction {
    /// How many bytes it takes up, with all that was typed.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let held = match &self.ask {
            Ask::Command(command) => command.bytes(),
            Ask::Autocomplete { command, option, typed } => command.bytes() + option.len() + typed.len(),
            Ask::Component { custom_id, values, .. } => custom_id.len() + values.iter().map(String::len).sum::<usize>(),
            Ask::Modal { custom_id, inputs } => custom_id.len() + inputs.as_ref().map_or(0, Inputs::bytes),
            Ask::Unreadable { .. } => 0,
        };
        size_of::<Interaction>() + self.token.len() + held
    }

    /// Takes over what the gateway brought; `None` for a kind that Starling never asked for.
    #[must_use]
    pub fn read(event: Event) -> Option<Interaction> {
        match event {
            Event::Command(command) => Some(Interaction::of_command(command)),
            Event::Autocomplete(command) => Interaction::of_autocomplete(command),
            Event::Component(component) => Some(Interaction::of_component(component)),
            Event::Modal(modal) => Some(Interaction::of_modal(modal)),
            _ => None,
        }
    }

    /// Takes over what serenity could not read, where it carries what an answer needs.
    #[must_use]
    pub fn read_unreadable(event: &Value) -> Option<Interaction> {
        let snowflake = |value: &Value| value.as_str().and_then(|id| id.parse().ok());
        let id = event.get("id").and_then(snowflake).filter(|id| *id != 0)?;
        let token = event.get("token").and_then(Value::as_str).filter(|token| !token.is_empty())?;
        let channel = event.get("channel_id").and_then(snowflake).unwrap_or_default();
        let origin = Origin {
            user: UserId(0),
            guild: None,
            place: ChannelId(channel),
            thread_of: None,
            permissions: Permissions::empty(),
        };
        let wants_choices = event.get("type").and_then(Value::as_u64) == Some(AUTOCOMPLETE);
        let ask = Ask::Unreadable { wants_choices };
        Some(Interaction { id: InteractionId(id), token: token.to_owned(), origin, ask })
    }

    fn of_command(event: CommandInteraction) -> Interaction {
        let origin =
            origin(event.user.id, event.guild_id, event.channel_id, event.channel.as_ref(), event.member.as_deref());
        let ask = Ask::Command(Command::read(&event.data.name, &event.data.options));
        Interaction { id: id(event.id), token: event.token, origin, ask }
    }

    fn of_autocomplete(event: CommandInteraction) -> Option<Interaction> {
        let origin =
            origin(event.user.id, event.guild_id, event.channel_id, event.channel.as_ref(), event.member.as_deref());
        let command = Command::read(&event.data.name, &event.data.options);
        let (option, typed) = command.focused()?;
        let ask = Ask::Autocomplete { command, option, typed };
        Some(Interaction { id: id(event.id), token: event.token, origin, ask })
    }

    fn of_component(event: ComponentInteraction) -> Interaction {
        let origin =
            origin(event.user.id, event.guild_id, event.channel_id, event.channel.as_ref(), event.member.as_ref());
        let values = match event.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => values,
            _ => Vec::new(),
        };
        let stood = Stood::read(&event.message, &event.data.custom_id);
        let ask = Ask::Component { custom_id: event.data.custom_id, values, stood };
        Interaction { id: id(event.id), token: event.token, origin, ask }
    }

    fn of_modal(event: ModalInteraction) -> Interaction {
        let origin =
            origin(event.user.id, event.guild_id, event.channel_id, event.channel.as_ref(), event.member.as_ref());
        let inputs = read_modal(&event.data.components);
        let ask = Ask::Modal { custom_id: event.data.custom_id, inputs };
        Interaction { id: id(event.id), token: event.token, origin, ask }
    }
}

fn id(id: model::InteractionId) -> InteractionId {
    InteractionId(id.get())
}

fn origin(
    user: model::UserId,
    guild: Option<model::GuildId>,
    place: model::ChannelId,
    channel: Option<&PartialChannel>,
    member: Option<&Member>,
) -> Origin {
    let is_thread =
        |kind| matches!(kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread);
    let thread = channel.filter(|channel| is_thread(channel.kind));
    Origin {
        user: UserId(user.get()),
        guild: guild.map(|guild| GuildId(guild.get())),
        place: ChannelId(place.get()),
        thread_of: thread.and_then(|thread| thread.parent_id).map(|parent| ChannelId(parent.get())),
        permissions: member.and_then(|member| member.permissions).unwrap_or_default(),
    }
}
