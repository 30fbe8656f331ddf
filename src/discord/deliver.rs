//! The one sender of replies. What may be slow and takes longer than a moment is deferred, so that Discord's three seconds don't run
//! out, and edited in when it is there.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;
use tokio::time::timeout_at;

use super::event::Arrival;
use super::router::{Deferral, brings_text, deferral, route};
use crate::app::App;
use crate::domain::id::InteractionId;
use crate::reply::{File, Message, Modal, Reply};
use crate::rest::{Payload, RestError, Upload};

/// So long after it came a slow answer is deferred: half of what Discord allows.
const MOMENT: Duration = Duration::from_millis(1500);

/// How many answers with files are built and sent at the same time. Each may hold some 30 MiB.
static FILES_AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Discord's numbers for first answers, and the flag of a private one (discord.com/developers/docs/interactions/receiving-and-responding).
const SAY: u8 = 4;
const SAY_LATER: u8 = 5;
const REPLACE_LATER: u8 = 6;
const REPLACE: u8 = 7;
const SUGGEST: u8 = 8;
const OPEN: u8 = 9;
const EPHEMERAL: u8 = 64;

/// How many interactions waited too long to be answered.
static TOO_LATE: AtomicU64 = AtomicU64::new(0);

/// Answers an interaction and sends the answer. It takes up its room until then.
///
/// Of what waited too long Discord has said by then that the bot does not respond, so whoever did it will do it again. What they wrote is
/// stored all the same, where that works; nothing else of it is done.
pub async fn serve(app: Arc<App>, arrival: Arrival) {
    let is_too_late = arrival.is_too_late();
    let Arrival { interaction, at, room: _room } = arrival;
    let (id, token, kind) = (interaction.id, interaction.token.clone(), interaction.ask.kind());
    let sender = Sender { app: &app, id, token: &token };
    let (deferral, brings_text) = (deferral(&interaction.ask), brings_text(&interaction.ask));
    tracing::debug!(interaction = %id, user = %interaction.origin.user, kind, "an interaction");
    let mut answering = pin!(route(&app, interaction));
    if is_too_late {
        let count = TOO_LATE.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::warn!(interaction = %id, kind, brings_text, count, "an interaction waited too long to be answered");
        if brings_text {
            answering.await;
        }
        return;
    }
    let sent = match deferral {
        Deferral::AtOnce => sender.in_two_steps(deferral, answering).await,
        Deferral::No => sender.first(answering.await).await,
        Deferral::Message | Deferral::InPlace => match timeout_at(at + MOMENT, answering.as_mut()).await {
            Ok(reply) => sender.first(reply).await,
            Err(_) => sender.in_two_steps(deferral, answering).await,
        },
    };
    if let Err(error) = sent {
        tracing::error!(interaction = %id, %error, "an answer did not get through");
    }
}

struct Sender<'a> {
    app: &'a App,
    id: InteractionId,
    token: &'a str,
}

impl Sender<'_> {
    async fn first(&self, reply: Reply) -> Result<(), RestError> {
        match reply {
            Reply::Say(message) => {
                let mut messages = message.fit().into_iter();
                let first = messages.next().unwrap_or_default();
                self.answer(SAY, private(first)).await?;
                self.follow(messages).await
            }
            Reply::Replace(message) => self.answer(REPLACE, edit(message)).await,
            Reply::Suggest(choices) => {
                let choices: Vec<_> =
                    choices.iter().map(|choice| json!({ "name": choice.name, "value": choice.value })).collect();
                self.answer(SUGGEST, json!({ "choices": choices }).into()).await
            }
            Reply::Open(modal) => self.open(&modal).await,
        }
    }

    /// The prompt as a text display beside text inputs is a mix that Discord documents but may refuse; a refusal uses nothing up.
    async fn open(&self, modal: &Modal) -> Result<(), RestError> {
        match self.answer(OPEN, modal.body(true).into()).await {
            Err(error) if error.status() == Some(400) => {
                tracing::warn!(interaction = %self.id, %error, "a modal goes without its prompt");
                self.answer(OPEN, modal.body(false).into()).await
            }
            other => other,
        }
    }

    async fn in_two_steps(&self, deferral: Deferral, answering: impl Future<Output = Reply>) -> Result<(), RestError> {
        let (kind, data) = match deferral {
            Deferral::InPlace => (REPLACE_LATER, json!({})),
            Deferral::Message | Deferral::AtOnce | Deferral::No => (SAY_LATER, json!({ "flags": EPHEMERAL })),
        };
        let answering = async {
            // What is built here stays in memory until it is sent.
            let turn = if deferral == Deferral::AtOnce { FILES_AT_ONCE.acquire().await.ok() } else { None };
            (answering.await, turn)
        };
        let (deferred, (reply, _turn)) = tokio::join!(self.answer(kind, data.into()), answering);
        match deferred {
            // Discord may have taken it all the same, and then somebody looks at a reply that never comes.
            Err(error) if error.may_pass() => tracing::warn!(interaction = %self.id, %error, "a deferral is unclear"),
            other => other?,
        }
        match reply {
            // What was deferred in place is no message of its own, so a refusal follows it.
            Reply::Say(message) if deferral == Deferral::InPlace => self.follow(message.fit().into_iter()).await,
            Reply::Say(message) => {
                let mut messages = message.fit().into_iter();
                self.edit(messages.next().unwrap_or_default()).await?;
                self.follow(messages).await
            }
            Reply::Replace(message) => self.edit(message).await,
            Reply::Open(_) | Reply::Suggest(_) => {
                tracing::error!(interaction = %self.id, "what was deferred must be a message");
                Ok(())
            }
        }
    }

    async fn edit(&self, message: Message) -> Result<(), RestError> {
        self.app.rest.edit_answer(self.app.application.id, self.token, edit(message)).await
    }

    async fn follow(&self, messages: impl Iterator<Item = Message>) -> Result<(), RestError> {
        for message in messages {
            self.app.rest.follow_up(self.app.application.id, self.token, private(message)).await?;
        }
        Ok(())
    }

    async fn answer(&self, kind: u8, payload: Payload) -> Result<(), RestError> {
        let fields = json!({ "type": kind, "data": payload.fields });
        self.app.rest.answer(self.id, self.token, Payload { fields, ..payload }).await
    }
}

fn private(message: Message) -> Payload {
    Payload { fields: message.private_body(), files: uploads(message.files) }
}

fn edit(message: Message) -> Payload {
    Payload { fields: message.edit_body(), files: uploads(message.files) }
}

fn uploads(files: Vec<File>) -> Vec<Upload> {
    files.into_iter().map(|File { name, content, .. }| Upload { name, content: content.into() }).collect()
}
