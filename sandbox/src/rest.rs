//! The REST interface under `/api/v10`: from a request to the rule that answers it.
//!
//! The one place that knows HTTP. What a route does is in the files below; each gets the world
//! and the request and returns an answer or a refusal.

use std::sync::Arc;

use axum::extract::{self as http, ConnectInfo, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::socket::Line;
use crate::waiting::id_of;
use crate::world::World;

mod application;
mod callback;
mod channel;
mod course;
mod crowd;
pub(crate) mod file;
mod guild;
mod limit;
mod read;
mod request;
mod webhook;

use request::{Answer, Request};

/// What becomes of a request.
type Outcome = Result<Answer, Refusal>;

/// Answers any request that is not for the gateway.
pub(crate) async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: http::Request,
) -> Response {
    if !request.uri().path().starts_with("/api") {
        // Nothing that a bot would ask for by mistake; a browser does.
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(id) = id_of(request.uri().path()) {
        return crowd::answer(&shared, id, request).await;
    }
    let (request, readable) = read::read(request).await;
    course::run(&shared, &line, request, readable).await
}

/// Does what a request asks for.
fn take_effect(world: &mut World, request: &Request, readable: bool) -> Answer {
    let outcome = if readable { route(world, request) } else { Err(Refusal::unreadable_body()) };
    settle(world, request, outcome)
}

/// Notes what went wrong, and makes an answer of it.
fn settle(world: &mut World, request: &Request, outcome: Outcome) -> Answer {
    outcome.unwrap_or_else(|refusal| {
        let line = format!("{} {}: {}", request.method, request.shape(), refusal.line());
        if refusal.status == 404 && refusal.code == 0 {
            world.journal.fault(format!("unknown route: {line}"));
        } else {
            world.journal.refused(line);
        }
        Answer { status: refusal.status, body: Some(refusal.body()) }
    })
}

fn respond(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match answer.body {
        Some(body) => (status, axum::Json(body)).into_response(),
        None => status.into_response(),
    }
}

/// Finds the route. Those of interactions carry their own token; all others need the bot's.
fn route(world: &mut World, request: &Request) -> Outcome {
    if !request.known_prefix {
        return Err(Refusal::unknown_route());
    }
    let segments = request.segments();
    match segments.as_slice() {
        ["interactions" | "webhooks", ..] => of_interactions(world, request, &segments),
        _ if !request.authorized => Err(Refusal::unauthorized()),
        ["channels", ..] => of_channels(world, request, &segments),
        _ => of_the_rest(world, request, &segments),
    }
}

fn of_interactions(world: &mut World, request: &Request, segments: &[&str]) -> Outcome {
    match (request.method.as_str(), segments) {
        ("POST", ["interactions", id, token, "callback"]) => callback::answer(world, request, id, token),
        ("POST", ["webhooks", app, token]) => webhook::follow_up(world, request, app, token),
        ("GET", ["webhooks", app, token, "messages", id]) => webhook::get(world, app, token, id),
        ("PATCH", ["webhooks", app, token, "messages", id]) => webhook::edit(world, request, app, token, id),
        ("DELETE", ["webhooks", app, token, "messages", id]) => webhook::delete(world, app, token, id),
        _ => Err(Refusal::unknown_route()),
    }
}

fn of_channels(world: &mut World, request: &Request, segments: &[&str]) -> Outcome {
    match (request.method.as_str(), segments) {
        ("GET", ["channels", id]) => channel::get(world, id),
        ("PATCH", ["channels", id]) => channel::unarchive(world, request, id),
        ("GET", ["channels", id, "messages"]) => channel::messages(world, request, id),
        ("POST", ["channels", id, "messages"]) => channel::send(world, request, id),
        ("GET", ["channels", id, "messages", message]) => channel::message(world, id, message),
        ("PATCH", ["channels", id, "messages", message]) => channel::edit(world, request, id, message),
        ("DELETE", ["channels", id, "messages", message]) => channel::delete(world, id, message),
        ("POST", ["channels", id, "messages", message, "threads"]) => channel::open_thread(world, request, id, message),
        _ => Err(Refusal::unknown_route()),
    }
}

fn of_the_rest(world: &mut World, request: &Request, segments: &[&str]) -> Outcome {
    match (request.method.as_str(), segments) {
        ("GET", ["gateway"]) => Ok(application::gateway(world)),
        ("GET", ["gateway", "bot"]) => Ok(application::gateway_bot(world)),
        ("GET", ["users", "@me"]) => Ok(application::current_user(world)),
        ("POST", ["users", "@me", "channels"]) => channel::open_direct(world, request),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => Ok(application::application(world)),
        ("GET", ["applications", id, "commands"]) => application::commands(world, id),
        ("PUT", ["applications", id, "commands"]) => application::register(world, request, id),
        ("GET", ["guilds", id]) => guild::get(world, id),
        ("GET", ["guilds", id, "channels"]) => guild::channels(world, id),
        ("GET", ["guilds", id, "members", user]) => guild::member(world, id, user),
        _ => Err(Refusal::unknown_route()),
    }
}
