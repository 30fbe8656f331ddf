//! A bot of a few lines, which shares no code with any library for Discord.

use std::time::Duration;

use reqwest::Response;
use reqwest::multipart::{Form, Part};
use sandbox::{Channel, Guild, Person, Sandbox};
use serde_json::{Value, json};

mod gateway;

pub(crate) use gateway::{Ending, Gateway};

/// 2026-05-04, nine o'clock UTC.
pub(crate) const MONDAY_MS: i64 = 1_777_885_200_000;

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// An answer of the REST interface.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    /// Discord's code of a refusal.
    pub(crate) fn code(&self) -> (u16, u64) {
        (self.status, self.body["code"].as_u64().unwrap_or_default())
    }

    pub(crate) fn id(&self) -> String {
        self.body["id"].as_str().expect("an id").to_owned()
    }

    /// The paths of the fields that were refused.
    pub(crate) fn refused_fields(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.body["errors"], "", &mut found);
        found
    }
}

fn walk(tree: &Value, path: &str, found: &mut Vec<String>) {
    for (key, branch) in tree.as_object().into_iter().flatten() {
        match key.as_str() {
            "_errors" => found.push(path.to_owned()),
            _ if path.is_empty() => walk(branch, key, found),
            _ => walk(branch, &format!("{path}.{key}"), found),
        }
    }
}

/// The bot's side of REST.
#[derive(Clone, Debug)]
pub(crate) struct Rest {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

impl Rest {
    pub(crate) fn of(sandbox: &Sandbox) -> Rest {
        let base = format!("{}/api/v10", sandbox.url());
        Rest { http: reqwest::Client::new(), base, token: Some(format!("Bot {}", sandbox.token())) }
    }

    pub(crate) fn with_token(self, token: Option<&str>) -> Rest {
        Rest { token: token.map(str::to_owned), ..self }
    }

    /// The answer as it comes, or why none came.
    pub(crate) async fn try_call(&self, method: &str, path: &str, body: &Value) -> reqwest::Result<reqwest::Response> {
        let method = method.parse().expect("a method");
        let mut request = self.http.request(method, format!("{}{path}", self.base)).timeout(PATIENCE);
        if let Some(token) = &self.token {
            request = request.header("authorization", token);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        request.send().await
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        read(self.try_call(method, path, body).await).await
    }

    /// Sends a body with files, each a name and its bytes.
    pub(crate) async fn uploads(&self, method: &str, path: &str, body: &Value, files: &[(&str, Vec<u8>)]) -> Answer {
        let mut form = Form::new().text("payload_json", body.to_string());
        for (number, (name, bytes)) in files.iter().enumerate() {
            let part = Part::bytes(bytes.clone()).file_name((*name).to_owned());
            form = form.part(format!("files[{number}]"), part);
        }
        let method = method.parse().expect("a method");
        let request = self.http.request(method, format!("{}{path}", self.base)).timeout(PATIENCE).multipart(form);
        let token = self.token.as_deref().unwrap_or_default();
        read(request.header("authorization", token).send().await).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, &body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, &body).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, &Value::Null).await
    }
}

pub(crate) async fn read(response: reqwest::Result<Response>) -> Answer {
    let response = response.expect("the sandbox answers");
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    Answer { status, body: serde_json::from_str(&text).unwrap_or_default() }
}

/// A bot that is connected and has its commands registered.
#[derive(Debug)]
pub(crate) struct Bot {
    pub(crate) rest: Rest,
    pub(crate) gateway: Gateway,
    application: u64,
}

impl Bot {
    async fn connects(sandbox: &Sandbox, commands: Value) -> Bot {
        let rest = Rest::of(sandbox);
        let mut gateway = Gateway::opens(sandbox).await;
        gateway.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
        gateway.event("READY").await;
        let application = sandbox.application_id();
        let registered = rest.call("PUT", &format!("/applications/{application}/commands"), &commands).await;
        assert_eq!(registered.status, 200, "{registered:?}");
        Bot { rest, gateway, application }
    }

    /// Waits for the next interaction.
    pub(crate) async fn hears(&mut self) -> Value {
        self.gateway.event("INTERACTION_CREATE").await
    }

    /// Answers an interaction.
    pub(crate) async fn answers(&self, interaction: &Value, callback: Value) -> Answer {
        let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
        self.rest.post(&format!("/interactions/{id}/{token}/callback"), callback).await
    }

    /// Waits for the next interaction and answers it. Returns the interaction.
    pub(crate) async fn hears_and_answers(&mut self, callback: Value) -> Value {
        let interaction = self.hears().await;
        let answer = self.answers(&interaction, callback).await;
        assert_eq!(answer.status, 204, "{answer:?}");
        interaction
    }

    /// The path of follow-ups, or of what comes behind it.
    pub(crate) fn webhook(&self, interaction: &Value, behind: &str) -> String {
        let token = interaction["token"].as_str().unwrap();
        format!("/webhooks/{}/{token}{behind}", self.application)
    }
}

/// A sandbox with a guild, a channel, two people, and a bot with one command.
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    pub(crate) guild: Guild,
    pub(crate) general: Channel,
    pub(crate) ada: Person,
    pub(crate) bob: Person,
    pub(crate) bot: Bot,
}

impl Scene {
    /// The command is `/greet`, with an option of each kind that people type.
    pub(crate) async fn begins() -> Scene {
        Scene::begins_with(json!([{
            "name": "greet",
            "description": "Says hello",
            "contexts": [0, 1],
            "options": [
                {"name": "name", "description": "Whom", "type": 3, "max_length": 5, "autocomplete": true},
                {"name": "tone", "description": "How", "type": 3, "choices": [
                    {"name": "Friendly", "value": "f"}, {"name": "Curt", "value": "c"},
                ]},
                {"name": "times", "description": "How often", "type": 4, "min_value": 1, "max_value": 3},
                {"name": "loud", "description": "Loudly", "type": 5},
                {"name": "where", "description": "Where", "type": 7, "channel_types": [0, 5]},
                {"name": "role", "description": "To whom", "type": 8},
            ],
        }]))
        .await
    }

    pub(crate) async fn begins_with(commands: Value) -> Scene {
        let sandbox = Sandbox::start_at(MONDAY_MS).await.expect("a free port");
        let guild = sandbox.add_guild("Test");
        let general = guild.add_channel("general");
        let ada = guild.add_member("Ada");
        let bob = guild.add_member("Bob");
        let bot = Bot::connects(&sandbox, commands).await;
        Scene { sandbox, guild, general, ada, bob, bot }
    }

    /// The path of the messages of #general.
    pub(crate) fn messages(&self) -> String {
        format!("/channels/{}/messages", self.general.id())
    }

    /// Sends a message into #general.
    pub(crate) async fn posts(&self, body: Value) -> Answer {
        self.bot.rest.post(&self.messages(), body).await
    }
}

/// A callback with a message for everyone's eyes.
pub(crate) fn says(content: &str) -> Value {
    json!({"type": 4, "data": {"content": content}})
}

/// A callback with a message for one person's eyes.
pub(crate) fn whispers(content: &str) -> Value {
    json!({"type": 4, "data": {"content": content, "flags": 64}})
}

/// A row with one button.
pub(crate) fn button(label: &str) -> Value {
    json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": label, "custom_id": label}]}])
}
