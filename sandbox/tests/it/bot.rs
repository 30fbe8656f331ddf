//! A bot of a few lines, which shares no code with any library for Discord.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use sandbox::{Channel, Guild, Person, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// 2026-05-04, nine o'clock UTC.
pub(crate) const MONDAY_MS: i64 = 1_777_885_200_000;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(10);

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
        let response = self.try_call(method, path, body).await.expect("the sandbox answers");
        let status = response.status().as_u16();
        let text = response.text().await.expect("a body");
        Answer { status, body: serde_json::from_str(&text).unwrap_or_default() }
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

/// One connection to the gateway.
#[derive(Debug)]
pub(crate) struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Gateway {
    pub(crate) async fn opens(sandbox: &Sandbox) -> Gateway {
        let url = Rest::of(sandbox).get("/gateway").await.body["url"].as_str().expect("a URL").to_owned();
        let (socket, _) = connect_async(format!("{url}?v=10&encoding=json")).await.expect("a socket");
        let mut gateway = Gateway { socket };
        assert_eq!(gateway.next().await["op"], 10);
        gateway
    }

    pub(crate) async fn sends_text(&mut self, text: &str) {
        self.socket.send(Message::text(text.to_owned())).await.expect("a connection");
    }

    pub(crate) async fn sends(&mut self, payload: Value) {
        self.sends_text(&payload.to_string()).await;
    }

    pub(crate) async fn identifies(&mut self, token: &str, intents: Value, shard: Value) {
        let body = json!({"token": token, "intents": intents, "shard": shard, "properties": {}, "compress": true});
        self.sends(json!({"op": 2, "d": body})).await;
    }

    async fn frame(&mut self) -> Message {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame in time");
            match frame.expect("an open socket").expect("a whole frame") {
                Message::Ping(_) | Message::Pong(_) => {}
                frame => return frame,
            }
        }
    }

    /// The next payload.
    pub(crate) async fn next(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("not a payload: {other:?}"),
        }
    }

    /// The code with which the connection was closed.
    pub(crate) async fn closing(&mut self) -> u16 {
        match self.frame().await {
            Message::Close(Some(frame)) => frame.code.into(),
            other => panic!("not a close frame: {other:?}"),
        }
    }

    /// The body of the next event of that name; others are passed over.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            let payload = self.next().await;
            if payload["t"] == name {
                return payload["d"].clone();
            }
        }
    }
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
