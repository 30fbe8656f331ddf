//! The bot's side of the gateway, frame by frame.

use futures_util::{SinkExt, StreamExt};
use sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::{PATIENCE, Rest};

/// One connection to the gateway.
#[derive(Debug)]
pub(crate) struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// How a connection came to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Ending {
    Code(u16),
    WithoutCode,
    /// There was no close frame.
    Cut,
}

impl Gateway {
    pub(crate) async fn opens(sandbox: &Sandbox) -> Gateway {
        let mut gateway = Gateway::connects(sandbox).await.expect("a socket");
        assert_eq!(gateway.next().await["op"], 10);
        gateway
    }

    /// A connection without a word on it, or the status with which it was refused.
    pub(crate) async fn connects(sandbox: &Sandbox) -> Result<Gateway, u16> {
        let url = Rest::of(sandbox).get("/gateway").await.body["url"].as_str().expect("a URL").to_owned();
        match connect_async(format!("{url}?v=10&encoding=json")).await {
            Ok((socket, _)) => Ok(Gateway { socket }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no answer: {error}"),
        }
    }

    /// A connection with a new session for all guilds, and the session's id.
    pub(crate) async fn signs_in(sandbox: &Sandbox) -> (Gateway, String) {
        let mut gateway = Gateway::opens(sandbox).await;
        gateway.identifies(sandbox.token(), json!(1), json!([0, 1])).await;
        let session = gateway.event("READY").await["session_id"].as_str().expect("an id").to_owned();
        (gateway, session)
    }

    /// A connection on which a session is taken up again after the event numbered `seq`.
    pub(crate) async fn resumes(sandbox: &Sandbox, session: &str, seq: u64) -> Gateway {
        let mut gateway = Gateway::opens(sandbox).await;
        gateway.asks_to_resume(sandbox.token(), session, json!(seq)).await;
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

    pub(crate) async fn asks_to_resume(&mut self, token: &str, session: &str, seq: Value) {
        self.sends(json!({"op": 6, "d": {"token": token, "session_id": session, "seq": seq}})).await;
    }

    /// Closes the connection, and waits until the other side did too.
    pub(crate) async fn closes(mut self, code: u16) {
        let frame = CloseFrame { code: code.into(), reason: "".into() };
        self.socket.close(Some(frame)).await.expect("a connection");
        while let Some(Ok(_)) = self.socket.next().await {}
    }

    async fn frame(&mut self) -> Result<Message, Error> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame in time");
            match frame.expect("an open socket") {
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                frame => return frame,
            }
        }
    }

    /// The next payload.
    pub(crate) async fn next(&mut self) -> Value {
        match self.frame().await {
            Ok(Message::Text(text)) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("not a payload: {other:?}"),
        }
    }

    /// How the connection ends, which it must do next.
    pub(crate) async fn ends(&mut self) -> Ending {
        match self.frame().await {
            Ok(Message::Close(Some(frame))) => Ending::Code(frame.code.into()),
            Ok(Message::Close(None)) => Ending::WithoutCode,
            Ok(other) => panic!("not the end: {other:?}"),
            Err(_) => Ending::Cut,
        }
    }

    /// The code with which the connection was closed.
    pub(crate) async fn closing(&mut self) -> u16 {
        match self.ends().await {
            Ending::Code(code) => code,
            other => panic!("no code: {other:?}"),
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
