//! The same to the end: what goes out is sent to a Discord, which refuses what is beyond its limits.

use std::time::Duration;

use sandbox::{MessageView, ModalView, Person, Sandbox};
use secrecy::SecretString;
use starling::discord::commands;
use starling::discord::deliver::serve;
use starling::discord::event::{Arrival, Event};
use starling::discord::gateway::{Link, QUEUE, keep};
use starling::domain::history::HistoryQuery;
use starling::domain::id::{GuildId, UserId};
use starling::domain::question::QuestionKey;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::time::Instant;

use super::payloads::{self, ADMIN, command};
use super::*;

/// How many payloads are served.
const SERVED: usize = 1500;

/// Somebody in a Discord, the bot's app there, and the interactions that reach it.
struct Served {
    app: Arc<App>,
    person: Person,
    waiting: mpsc::Receiver<Event>,
    message: MessageView,
    modal: ModalView,
}

/// The next interaction that reaches the app; whatever else happens is passed over.
async fn next(waiting: &mut mpsc::Receiver<Event>) -> Arrival {
    loop {
        if let Event::Interaction(arrival) = waiting.recv().await.unwrap() {
            return *arrival;
        }
    }
}

impl Served {
    /// The person does something; what reaches the app is answered.
    async fn begins(app: Arc<App>, person: Person, mut waiting: mpsc::Receiver<Event>) -> Served {
        let (reply, ()) = tokio::join!(person.runs("/help"), async {
            serve(Arc::clone(&app), next(&mut waiting).await).await;
        });
        let message = reply.message();
        let (reply, ()) = tokio::join!(person.runs("/answer question:protect-user-data"), async {
            serve(Arc::clone(&app), next(&mut waiting).await).await;
        });
        Served { app, person, waiting, message, modal: reply.modal() }
    }

    /// The person does something harmless of the payload's kind, and the payload comes in its place.
    async fn serves(&mut self, mut payload: Value, kind: &Value) {
        let (person, message, modal) = (self.person.clone(), self.message.clone(), self.modal.clone());
        let kind = kind.as_u64().unwrap();
        let does = async move {
            match kind {
                2 => drop(person.forces("/help").await),
                3 => drop(person.forces_click(&message, "1:keep").await),
                4 => drop(person.suggests("/question question:a").await),
                _ => drop(person.forces_modal(&modal).await),
            }
        };
        let answers = async {
            let mut came = next(&mut self.waiting).await;
            payload["id"] = json!(came.interaction.id.0.to_string());
            payload["token"] = json!(came.interaction.token);
            payload["type"] = json!(kind);
            came.interaction = read(&payload).unwrap_or(came.interaction);
            serve(Arc::clone(&self.app), came).await;
        };
        tokio::join!(does, answers);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_comes_in_discord_takes_what_goes_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let guild = sandbox.add_guild("Rustaceans");
    let general = guild.add_channel("general");
    let grace = guild.admin("Grace").in_channel(&general);
    let (app, _folder) = app_of(&sandbox.url(), sandbox.token(), sandbox.application_id()).await;
    let rest = &app.rest;
    rest.register(app.application.id, &commands::all()).await.unwrap();
    let (queue, waiting) = mpsc::channel(QUEUE);
    let link = Link { rest: sandbox.url(), token: SecretString::from(sandbox.token()) };
    let (closing, closed) = watch::channel(false);
    let gateway = tokio::spawn(keep(Arc::clone(&app), link, queue, closed));
    sandbox.ready().await.unwrap();
    let mut served = Served::begins(Arc::clone(&app), grace.clone(), waiting).await;

    let place = Place { guild: guild.id(), channel: general.id(), user: grace.id(), permissions: MEMBER };
    app.store.record_answer(answer(place)).await.unwrap();
    let good = [good(Place { permissions: ADMIN, ..place }), good(place)].concat();
    let mut chance = ChaCha8Rng::seed_from_u64(SEED);
    for number in 0..SERVED {
        let mut payload = good[number % good.len()].clone();
        let kind = payload["type"].clone();
        // Each comes whole once, before anything is changed.
        if number >= good.len() {
            mutate(&mut payload, &mut chance);
        }
        served.serves(payload, &kind).await;
    }
    served.serves(command(place, "help", &[]), &json!(2)).await;
    let calls = sandbox.calls();
    let answers = calls.iter().filter(|call| call.path.contains("/interactions/") || call.path.contains("/webhooks/"));
    let (accepted, refused): (Vec<_>, Vec<_>) = answers.partition(|call| call.status < 300);
    assert!(refused.is_empty(), "{refused:#?}");
    assert!(accepted.len() > SERVED, "only {} answers came", accepted.len());
    assert!(!general.messages().is_empty(), "no admin's command was carried out");
    closing.send_replace(true);
    gateway.await.unwrap().unwrap();
}

/// What came so long ago that Discord has said that the bot does not respond.
fn too_late(interaction: Interaction) -> Arrival {
    let at = Instant::now().checked_sub(Duration::from_secs(3)).unwrap();
    let room = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
    Arrival { interaction, at, room }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_too_long_is_not_answered_and_of_it_only_what_was_written_is_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    let (app, _folder) = app_of(&sandbox.url(), sandbox.token(), sandbox.application_id()).await;
    let place = Place { permissions: ADMIN, ..NOWHERE };
    for (number, payload) in good(place).into_iter().enumerate() {
        let text = payload.to_string().replace("5 things", &format!("{number} things"));
        let mut payload: Value = serde_json::from_str(&text).unwrap();
        payload["id"] = json!((1_000 + number).to_string());
        serve(Arc::clone(&app), too_late(read(&payload).unwrap())).await;
    }
    // The whole command and the modal; nothing was deleted, and nothing set up.
    let user = UserId(place.user);
    assert_eq!(app.store.history(user, &HistoryQuery::default()).await.unwrap().total, 2);
    assert_eq!(app.store.draft(user, &QuestionKey::parse(payloads::KEY).unwrap()).await.unwrap(), None);
    assert!(app.store.dailies_of(GuildId(place.guild)).await.unwrap().is_empty());
    assert!(sandbox.calls().is_empty(), "{:#?}", sandbox.calls());
}
