//! A browser at the page: it asks, acts, and listens to streams.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder, Response};
use sandbox::{Channel, Person, Sandbox};
use serde_json::{Value, json};

use crate::bot::{Answer, PATIENCE, read};

/// Asks the page of one sandbox.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    http: Client,
    url: String,
}

impl Browser {
    pub(crate) fn of(sandbox: &Sandbox) -> Browser {
        Browser { http: Client::new(), url: sandbox.url() }
    }

    /// A request that is still to be sent.
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().expect("a method");
        self.http.request(method, format!("{}{path}", self.url)).timeout(PATIENCE)
    }

    /// What comes back as it is: its status, its headers and its text.
    pub(crate) async fn fetches(&self, path: &str) -> (u16, HeaderMap, String) {
        let response = self.request("GET", path).send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, response.text().await.expect("a text"))
    }

    pub(crate) async fn asks(&self, path: &str) -> Value {
        let answer = read(self.request("GET", path).send().await).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    /// Does something at the page.
    pub(crate) async fn tries(&self, path: &str, body: Value) -> Answer {
        read(self.request("POST", path).json(&body).send().await).await
    }

    /// Does something at the page, which must work.
    pub(crate) async fn acts(&self, path: &str, body: Value) -> Value {
        let answer = self.tries(path, body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    /// Why the page can't do that.
    pub(crate) async fn is_refused(&self, path: &str, body: Value) -> String {
        let answer = self.tries(path, body).await;
        assert_eq!(answer.status, 400, "{answer:?}");
        answer.body["error"].as_str().expect("a sentence").to_owned()
    }

    /// Listens to a stream of events.
    pub(crate) async fn listens(&self, path: &str) -> Listener {
        let response = self.request("GET", path).send().await.expect("a stream");
        assert_eq!(response.headers()[CONTENT_TYPE], HeaderValue::from_static("text/event-stream"));
        Listener { response, rest: String::new() }
    }

    /// Listens to what a person sees in a channel.
    pub(crate) async fn looks(&self, person: &Person, channel: &Channel) -> Listener {
        self.listens(&format!("/page/live?as={}&in={}", person.id(), channel.id())).await
    }
}

/// A stream of events.
#[derive(Debug)]
pub(crate) struct Listener {
    response: Response,
    /// What came and was not read yet.
    rest: String,
}

impl Listener {
    /// The next event.
    pub(crate) async fn next(&mut self) -> Value {
        loop {
            if let Some(end) = self.rest.find("\n\n") {
                let event: String = self.rest.drain(..end + 2).collect();
                // Anything else keeps the connection alive.
                if let Some(told) = event.strip_prefix("data: ") {
                    return serde_json::from_str(told).expect("JSON");
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk()).await.expect("an event in time");
            let chunk = chunk.expect("an open stream").expect("an event");
            self.rest.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    /// The next event that is as wanted; those before it are passed over.
    pub(crate) async fn waits_for(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next().await;
            if is_wanted(&event) {
                return event;
            }
        }
    }
}

/// The texts of the messages in a snapshot.
pub(crate) fn contents(snapshot: &Value) -> Vec<&str> {
    let messages = snapshot["messages"].as_array().expect("messages");
    messages.iter().map(|message| message["content"].as_str().expect("a text")).collect()
}

/// Who acts where, with more fields.
pub(crate) fn by(person: &Person, channel: &Channel, more: &Value) -> Value {
    let mut body = json!({"as": person.id().to_string(), "in": channel.id().to_string()});
    let fields = body.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("an object").clone());
    body
}
