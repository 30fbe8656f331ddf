//! The sandbox by hand: lines that say what someone does, answered with what they then see.
//!
//! `ada: /history`, `ada clicks Answer`, `#general`, `clock +1h`. Nothing here ends the program:
//! a line that can't be done is answered with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

use crate::iso;
use crate::{Channel, Guild, MessageView, ModalView, Person, Reply, Sandbox};

/// The channels of the playground; everyone begins in the first.
const CHANNELS: [&str; 3] = ["general", "interviews", "random"];
/// The members of the playground, beside its admin.
const MEMBERS: [&str; 3] = ["ada", "bob", "cy"];
/// The one with the permission Manage Server.
const ADMIN: &str = "grace";

/// What can be said.
const HELP: &str = "\
ada: /command option:value      runs a slash command (#channel, @role and @person by name)
ada tabs /command option:part   shows what autocomplete offers for the last option
ada clicks Label                clicks the newest button with that label
ada chooses Label               chooses from the newest select menu that offers it
ada types Label: text           types into the open modal
ada sends                       sends the open modal
ada goes to #channel            stands in another channel or thread from now on; `dm` for the bot's
ada says text                   says something in public
ada looks                       shows what ada sees where she stands
#channel                        shows what everyone sees there
clock                           shows the time; clock +1h or clock 2026-05-04T09:00Z moves it
help, quit";

/// A playground with a few channels and people, and what they are in the middle of.
#[derive(Debug)]
pub struct Console {
    sandbox: Sandbox,
    guild: Guild,
    people: BTreeMap<String, Someone>,
    /// Posts that were told already.
    told: BTreeSet<u64>,
}

#[derive(Debug)]
struct Someone {
    person: Person,
    modal: Option<ModalView>,
}

/// What a line came to: text to show, or why it can't be done.
type Told = Result<String, String>;

impl Console {
    /// Sets the playground up.
    #[must_use]
    pub fn new(sandbox: Sandbox) -> Console {
        let guild = sandbox.add_guild("Playground");
        for name in CHANNELS {
            guild.add_channel(name);
        }
        let members = MEMBERS.map(|name| (name, guild.add_member(name)));
        let admin = (ADMIN, guild.admin(ADMIN));
        let people = members.into_iter().chain([admin]);
        let someone = |(name, person): (&str, Person)| (name.to_owned(), Someone { person, modal: None });
        Console { people: people.map(someone).collect(), sandbox, guild, told: BTreeSet::new() }
    }

    /// What stands at the beginning: where the sandbox is and how a bot finds it.
    #[must_use]
    pub fn greeting(&self) -> String {
        let people: Vec<&str> = self.people.keys().map(String::as_str).collect();
        format!(
            "A small Discord at {url}\n\
             Open {url}/ in a browser to take part there.\n\
             Start a bot in another terminal:\n\
             \n    DISCORD_API_URL={url} DISCORD_TOKEN={token} cargo run\n\n\
             Here are {people} ({ADMIN} may manage the server) in #{channels}.\n\
             Try `ada: /help`, or `help` for all that can be said.",
            url = self.sandbox.url(),
            token = self.sandbox.token(),
            people = people.join(", "),
            channels = CHANNELS.join(" #"),
        )
    }

    /// Does what a line says and returns what there is to see; nothing when it says `quit`.
    pub async fn obey(&mut self, line: &str) -> Option<String> {
        let line = line.trim();
        let told = match line.split_once(' ').unwrap_or((line, "")) {
            ("quit" | "exit", _) => return None,
            ("", _) => Ok(String::new()),
            ("help", _) => Ok(HELP.to_owned()),
            ("clock", to) => self.clock(to),
            _ => match line.strip_prefix('#') {
                Some(name) => self.public(name),
                None => self.someone(line).await,
            },
        };
        Some(told.unwrap_or_else(|why| format!("! {why}")))
    }

    /// What the bot posted of its own accord since this was last asked.
    pub fn news(&mut self) -> Vec<String> {
        let channels = self.channels();
        let posts = channels.iter().flat_map(|channel| {
            let posted = channel.messages().into_iter().filter(is_post);
            posted.map(|post| (post.id, format!("#{}:\n{}", channel.name(), indented(&post.to_string()))))
        });
        let fresh: Vec<(u64, String)> = posts.filter(|(id, _)| !self.told.contains(id)).collect();
        self.told.extend(fresh.iter().map(|(id, _)| *id));
        fresh.into_iter().map(|(_, text)| text).collect()
    }

    fn channels(&self) -> Vec<Channel> {
        let mut channels = self.guild.channels();
        channels.extend(self.guild.threads());
        channels
    }

    fn channel(&self, name: &str) -> Result<Channel, String> {
        let found = self.channels().into_iter().find(|channel| channel.name() == name);
        found.ok_or_else(|| format!("there is no channel #{name}"))
    }

    fn public(&self, name: &str) -> Told {
        let messages = self.channel(name)?.messages();
        Ok(listed(&messages))
    }

    /// Shows the time, or moves it.
    fn clock(&self, to: &str) -> Told {
        let clock = self.sandbox.clock();
        if let Some(by) = to.strip_prefix('+') {
            clock.advance(duration(by)?);
        } else if !to.is_empty() {
            let wrong = || format!("\"{to}\" is no time; say +90s, +10m, +1h, +2d or 2026-05-04T09:00Z");
            clock.set_ms(iso::parse(to).ok_or_else(wrong)?);
        }
        Ok(format!("it is {}", iso::text(clock.now_ms())))
    }

    async fn someone(&mut self, line: &str) -> Told {
        let unclear = || format!("\"{line}\" says nothing that I know; say help");
        let (name, deed) = line.split_once(' ').ok_or_else(unclear)?;
        let runs = name.strip_suffix(':');
        let name = runs.unwrap_or(name).to_lowercase();
        let known: Vec<String> = self.people.keys().cloned().collect();
        let nobody = || format!("there is no {name} here, but {}", known.join(", "));
        if runs.is_some() {
            let someone = self.people.get_mut(&name).ok_or_else(nobody)?;
            let reply = someone.person.try_runs(deed).await?;
            return Ok(someone.shows(&reply));
        }
        let (verb, rest) = deed.split_once(' ').unwrap_or((deed, ""));
        if verb == "goes" {
            return self.moves(&name, rest);
        }
        let someone = self.people.get_mut(&name).ok_or_else(nobody)?;
        match verb {
            "looks" => Ok(listed(&someone.person.sees())),
            "clicks" => {
                let reply = someone.person.try_clicks(rest).await?;
                Ok(someone.shows(&reply))
            }
            "chooses" => {
                let reply = someone.person.try_chooses(&[rest]).await?;
                Ok(someone.shows(&reply))
            }
            "tabs" => suggestions(&someone.person, rest).await,
            "says" => someone.person.try_says(rest).map(|_| String::new()),
            "types" => someone.types(rest),
            "sends" => someone.sends().await,
            _ => Err(unclear()),
        }
    }

    fn moves(&mut self, name: &str, rest: &str) -> Told {
        let place = rest.strip_prefix("to ").unwrap_or(rest);
        let channel = match place {
            "dm" => None,
            _ => Some(self.channel(place.trim_start_matches('#'))?),
        };
        let someone = self.people.get_mut(name).ok_or_else(|| format!("there is no {name} here"))?;
        someone.person = match &channel {
            Some(channel) => someone.person.in_channel(channel),
            None => someone.person.in_dm(),
        };
        Ok(String::new())
    }
}

impl Someone {
    /// What a reply shows, with the follow-ups so far; a modal stays open.
    fn shows(&mut self, reply: &Reply) -> String {
        self.modal = reply.opened();
        let mut shown = reply.to_string();
        let first_is_message = self.modal.is_none() && !reply.failed();
        for further in reply.messages().iter().skip(usize::from(first_is_message)) {
            shown.push_str("\n\n");
            shown.push_str(&further.to_string());
        }
        shown
    }

    fn types(&mut self, rest: &str) -> Told {
        let (label, text) = rest.split_once(':').ok_or("say `types Label: text`")?;
        let modal = self.modal.clone().ok_or("no modal is open")?;
        let modal = modal.try_types(label.trim(), text.trim_start())?;
        let shown = modal.to_string();
        self.modal = Some(modal);
        Ok(shown)
    }

    async fn sends(&mut self) -> Told {
        let modal = self.modal.as_ref().ok_or("no modal is open")?;
        let reply = self.person.try_sends(modal).await?;
        Ok(self.shows(&reply))
    }
}

async fn suggestions(person: &Person, line: &str) -> Told {
    let choices = person.try_suggests(line).await?;
    if choices.is_empty() {
        return Ok("(no suggestions)".to_owned());
    }
    let lines: Vec<String> = choices.iter().map(|choice| format!("{} → {}", choice.name, choice.value)).collect();
    Ok(lines.join("\n"))
}

/// Whether the bot wrote it of its own accord.
fn is_post(message: &MessageView) -> bool {
    let by_bot = message.raw.pointer("/author/bot") == Some(&true.into());
    by_bot && message.raw.get("interaction_metadata").is_none()
}

/// All messages, each with its author.
fn listed(messages: &[MessageView]) -> String {
    if messages.is_empty() {
        return "(nothing to see)".to_owned();
    }
    let one = |message: &MessageView| format!("{}:\n{}", message.author, indented(&message.to_string()));
    messages.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

/// Reads `90s`, `10m`, `1h`, `2d`.
fn duration(text: &str) -> Result<Duration, String> {
    let read = text.parse().and_then(|span: Span| span.to_duration(SpanRelativeTo::days_are_24_hours()));
    let forward = read.and_then(Duration::try_from);
    forward.map_err(|_| format!("\"{text}\" is no span of time; say 90s, 10m, 1h or 2d"))
}
