//! One good payload of each thing that somebody can do.

use jiff::Timestamp;
use serde_json::{Value, json};
use starling::custom_id::{CustomId, Scope, base_36};
use starling::domain::answer::{StarAnswer, Typed};
use starling::domain::attempt::{About, NewAnswer};
use starling::domain::export::PartAfter;
use starling::domain::id::{ChannelId, GuildId, InteractionId, UserId};
use starling::domain::question::QuestionKey;

/// What somebody may do who may send messages, and who may manage the server besides.
pub(super) const MEMBER: u64 = 2048;
pub(super) const ADMIN: u64 = 32 | MEMBER;

const ANSWER: InteractionId = InteractionId(9);
pub(super) const KEY: &str = "change-a-schema-in-production";

/// Where something is done, and by whom.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) guild: u64,
    pub(super) channel: u64,
    pub(super) user: u64,
    pub(super) permissions: u64,
}

fn user(id: u64) -> Value {
    json!({ "id": id.to_string(), "username": "ada", "discriminator": "0", "avatar": null, "global_name": "Ada" })
}

pub(super) fn interaction(place: Place, kind: u64, data: &Value) -> Value {
    let Place { guild, channel, .. } = place;
    json!({
        "id": "1500000000000000001", "application_id": "1", "type": kind, "token": "token", "version": 1, "data": data,
        "guild_id": guild.to_string(), "channel_id": channel.to_string(),
        "channel": { "id": channel.to_string(), "type": 0, "name": "general" },
        "member": { "user": user(place.user), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": false,
                    "mute": false, "flags": 0, "permissions": place.permissions.to_string() },
        "app_permissions": "84992", "locale": "en-US", "guild_locale": "en-US", "entitlements": [],
        "authorizing_integration_owners": { "0": guild.to_string() }, "context": 0, "attachment_size_limit": 10_485_760,
    })
}

fn text(name: &str, value: &str) -> Value {
    json!({ "type": 3, "name": name, "value": value })
}

pub(super) fn command(place: Place, name: &str, options: &[Value]) -> Value {
    interaction(place, 2, &json!({ "id": "5", "name": name, "type": 1, "options": options }))
}

fn subcommand(place: Place, name: &str, subcommand: &str, options: &[Value]) -> Value {
    command(place, name, &[json!({ "type": 1, "name": subcommand, "options": options })])
}

fn completion(place: Place, name: &str, options: &Value) -> Value {
    interaction(place, 4, &json!({ "id": "5", "name": name, "type": 1, "options": [options] }))
}

fn pressed(place: Place, custom_id: &str, kind: u64, values: &Value) -> Value {
    let mut pressed =
        interaction(place, 3, &json!({ "custom_id": custom_id, "component_type": kind, "values": values }));
    pressed["message"] = json!({
        "id": "9", "channel_id": place.channel.to_string(), "author": user(1), "content": "",
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
    });
    pressed
}

fn input(name: &str, value: &str) -> Value {
    json!({ "type": 1, "components": [{ "type": 4, "custom_id": name, "value": value }] })
}

fn sent(place: Place, custom_id: &str, inputs: &[Value]) -> Value {
    let components = [&[json!({ "type": 10, "id": 1 })], inputs].concat();
    interaction(place, 5, &json!({ "custom_id": custom_id, "components": components }))
}

/// One of each, in an order in which each finds what it is about.
pub(super) fn good(place: Place) -> Vec<Value> {
    let off = subcommand(place, "daily", "off", &[]);
    [of_members(place), of_admins(place), buttons(place), of_own_data(place), vec![off]].concat()
}

/// The answer that the buttons mean.
pub(super) fn answer(place: Place) -> NewAnswer {
    let typed = Typed { situation: "S".into(), task: "T".into(), action: "I did".into(), result: "5 %".into() };
    let question = QuestionKey::parse(KEY).unwrap();
    let about = About { user: UserId(place.user), question, guild: Some(GuildId(place.guild)), post: None };
    NewAnswer { id: ANSWER, about, answer: StarAnswer::parse(typed).unwrap(), at: Timestamp::UNIX_EPOCH }
}

fn of_members(place: Place) -> Vec<Value> {
    let parts = ["situation", "task", "action", "result"];
    let whole = parts.map(|part| text(part, "I did 5 things."));
    let inputs = parts.map(|part| input(part, "I did 5 things."));
    let focused = |name: &str, typed: &str| json!({ "type": 3, "name": name, "value": typed, "focused": true });
    let daily = |name: &str, typed: &str| json!({ "type": 1, "name": "setup", "options": [focused(name, typed)] });
    vec![
        command(place, "answer", &[whole.as_slice(), &[text("question", KEY)]].concat()),
        command(place, "answer", &[text("question", KEY), text("situation", "Half of it.")]),
        command(place, "question", &[text("topic", "databases")]),
        command(place, "history", &[text("search", "things")]),
        command(place, "help", &[]),
        completion(place, "question", &focused("question", "schema")),
        completion(place, "question", &focused("topic", "data")),
        completion(place, "history", &focused("question", "")),
        completion(place, "daily", &daily("timezone", "berlin")),
        completion(place, "daily", &daily("days", "mon")),
        sent(place, &format!("1:submit:{KEY}"), &inputs),
    ]
}

fn of_own_data(place: Place) -> Vec<Value> {
    vec![
        subcommand(place, "mydata", "export", &[]),
        subcommand(place, "mydata", "delete", &[]),
        sent(place, &CustomId::Forget(Scope::Everything).to_string(), &[input("word", "delete")]),
        sent(place, &CustomId::Forget(Scope::ThisGuild).to_string(), &[input("word", "delete")]),
        sent(place, &CustomId::Forget(Scope::ThisGuild).to_string(), &[input("word", "no")]),
    ]
}

fn of_admins(place: Place) -> Vec<Value> {
    let channel = json!({ "type": 7, "name": "channel", "value": place.channel.to_string() });
    let settings =
        [channel.clone(), text("time", "09:00"), text("timezone", "Europe/Berlin"), text("days", "weekdays")];
    let changes = [
        channel.clone(),
        text("time", "9pm"),
        text("level", "mid"),
        json!({ "type": 5, "name": "thread", "value": true }),
    ];
    let mut all = vec![
        subcommand(place, "daily", "setup", &settings),
        subcommand(place, "daily", "setup", &settings),
        subcommand(place, "daily", "change", &changes),
    ];
    for name in ["status", "pause", "resume", "skip", "post-now"] {
        all.push(subcommand(place, "daily", name, std::slice::from_ref(&channel)));
    }
    all
}

fn buttons(place: Place) -> Vec<Value> {
    let channel = ChannelId(place.channel);
    let at = "2026-05-04T07:00:00Z".parse().unwrap();
    let export = CustomId::Export(PartAfter { part: 2, at, answer: InteractionId(0) });
    let ids = ["answer", "guidance", "advice", "sample", "helpful", "unhelpful"].map(|word| format!("1:{word}:{KEY}"));
    let others = [
        CustomId::Preview(channel),
        CustomId::MentionNobody(channel),
        CustomId::Share(ANSWER),
        CustomId::ShareIt(ANSWER),
        CustomId::KeepPrivate,
        CustomId::TakeBack(ANSWER),
        CustomId::AskDelete(ANSWER),
        CustomId::Keep,
        CustomId::AskForget(Scope::Everything),
        CustomId::AskForget(Scope::ThisGuild),
        export,
        CustomId::Delete(ANSWER),
    ];
    let others = others.map(|id| id.to_string());
    let history = ["1:history:0::things".to_owned()];
    let buttons = history.into_iter().chain(ids).chain(others).map(|id| pressed(place, &id, 2, &json!([])));
    let menus = [
        pressed(place, "1:open", 3, &json!([base_36(ANSWER.0)])),
        pressed(place, &CustomId::Packs(channel).to_string(), 3, &json!(["backend"])),
    ];
    menus.into_iter().chain(buttons).collect()
}
