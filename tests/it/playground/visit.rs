//! Somebody who starts a playground and is at its page.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout};
use std::time::Duration;

use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::process::{starling, terminate};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Visit {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// What it printed before it was ready.
    pub(super) printed: String,
    http: Client,
    url: String,
    /// What the first person saw first.
    first: Value,
}

impl Visit {
    /// Starts it on any free port, and reads what it prints.
    pub(super) async fn begins(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Visit {
        let arguments = [&["playground", "--no-open"], arguments].concat();
        let mut child = starling(folder, variables, &arguments).spawn().expect("the program");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut printed = String::new();
        while !printed.contains("Ctrl-C") {
            let read = stdout.read_line(&mut printed).expect("text");
            assert!(read > 0, "it ended: {}", rest(&mut child.stderr.take().expect("its log")));
        }
        let address = printed.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
        let url = address.expect("an address").trim_end_matches('/').to_owned();
        let mut visit = Visit { child, stdout, printed, http: Client::new(), url, first: Value::Null };
        visit.first = visit.looks("").await;
        visit
    }

    pub(super) fn person(&self, name: &str) -> String {
        named(&self.first["people"], name)
    }

    pub(super) fn channel(&self, name: &str) -> String {
        named(&self.first["guilds"][0]["channels"], name)
    }

    /// The status of a page.
    pub(super) async fn fetches(&self, path: &str) -> u16 {
        let response = self.http.get(format!("{}{path}", self.url)).timeout(PATIENCE).send().await;
        response.expect("an answer").status().as_u16()
    }

    async fn listens(&self, query: &str) -> Stream {
        let request = self.http.get(format!("{}/page/live{query}", self.url)).timeout(PATIENCE);
        Stream { response: request.send().await.expect("a stream"), rest: Vec::new() }
    }

    async fn looks(&self, query: &str) -> Value {
        self.listens(query).await.next().await
    }

    /// What a person sees in a channel.
    pub(super) async fn sees(&self, person: &str, channel: &str) -> Value {
        self.looks(&format!("?as={}&in={}", self.person(person), self.channel(channel))).await
    }

    /// The time there, in milliseconds UTC.
    pub(super) async fn now(&self) -> i64 {
        self.looks("").await["now"].as_i64().expect("a time")
    }

    /// Waits until what is to be seen is as wanted.
    pub(super) async fn waits_for(&self, is_wanted: impl Fn(&Value) -> bool) {
        let mut stream = self.listens("").await;
        while !is_wanted(&stream.next().await) {}
    }

    /// How many messages everybody sees in a channel; there the bot alone has written.
    pub(super) async fn posts_in(&self, channel: &str) -> usize {
        let seen = self.sees("Grace", channel).await;
        seen["messages"].as_array().expect("messages").len()
    }

    /// Waits until so many posts are in both channels together.
    pub(super) async fn waits_for_posts(&self, count: usize) {
        // Whatever changes in a channel changes the first person's view: where its newest message is.
        let mut stream = self.listens("").await;
        loop {
            stream.next().await;
            let there = self.posts_in("interviews").await + self.posts_in("evening-cohort").await;
            assert!(there <= count, "{there} posts came, not {count}");
            if there == count {
                return;
            }
        }
    }

    async fn tries(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.url)).timeout(PATIENCE).json(body);
        let response = request.send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.expect("JSON"))
    }

    /// Does something that must work.
    pub(super) async fn acts(&self, path: &str, body: &Value) -> Value {
        let (status, came) = self.tries(path, body).await;
        assert_eq!(status, 200, "{came}");
        came
    }

    /// Why the page can't do that.
    pub(super) async fn is_refused(&self, path: &str, body: &Value) -> String {
        let (status, came) = self.tries(path, body).await;
        assert_eq!(status, 400, "{came}");
        came["error"].as_str().expect("a sentence").to_owned()
    }

    /// What a person sees last in #general after a command.
    pub(super) async fn runs(&self, person: &str, command: &str) -> String {
        self.runs_with(person, command, &json!([])).await
    }

    pub(super) async fn runs_with(&self, person: &str, command: &str, options: &Value) -> String {
        let (who, place) = (self.person(person), self.channel("general"));
        let body = json!({"as": who, "in": place, "command": command, "options": options});
        assert_eq!(self.acts("/page/command", &body).await, json!({"came": "message"}));
        let seen = self.sees(person, "general").await;
        seen["messages"].as_array().and_then(|messages| messages.last()).expect("a message").to_string()
    }

    /// Tells it to end. Gives its exit code, and what it wrote besides.
    pub(super) fn ends(mut self) -> (Option<i32>, String) {
        terminate(&self.child);
        let written = rest(&mut self.stdout) + &rest(&mut self.child.stderr.take().expect("its log"));
        (self.child.wait().expect("its end").code(), written)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        // One that has ended can't be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Stream {
    response: Response,
    /// What came and was not read yet; a piece may end within a letter.
    rest: Vec<u8>,
}

impl Stream {
    async fn next(&mut self) -> Value {
        loop {
            if let Some(end) = self.rest.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = self.rest.drain(..end + 2).collect();
                let event = String::from_utf8(event).expect("text");
                // Anything else keeps the connection alive.
                if let Some(told) = event.strip_prefix("data: ") {
                    return serde_json::from_str(told).expect("JSON");
                }
                continue;
            }
            let chunk = self.response.chunk().await.expect("an open stream").expect("an event in time");
            self.rest.extend_from_slice(&chunk);
        }
    }
}

fn named(all: &Value, name: &str) -> String {
    let found = all.as_array().and_then(|all| all.iter().find(|one| one["name"] == name));
    found.and_then(|one| one["id"].as_str()).unwrap_or_else(|| panic!("there is no {name} in {all}")).to_owned()
}

fn rest(from: &mut impl Read) -> String {
    let mut text = String::new();
    from.read_to_string(&mut text).expect("text");
    text
}
