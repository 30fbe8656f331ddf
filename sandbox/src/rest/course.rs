//! The course of a request: it comes, takes effect and is answered, or something goes wrong.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

use super::request::{Answer, Request};
use super::{limit, respond, take_effect};
use crate::clock::system_ms;
use crate::limits::{Scope, Verdict};
use crate::shared::Shared;
use crate::socket::Line;
use crate::trouble::{Canned, Gate, Harm, Met, Moment};
use crate::world::World;
use crate::world::journal::Call;

/// A request on its way.
struct Course {
    request: Request,
    /// Whether its body could be read.
    readable: bool,
    /// Its place in the journal.
    call: usize,
    verdict: Verdict,
    /// All that it is to meet.
    met: Vec<Met>,
}

/// How a course ends.
enum End {
    /// The response, and its body where that is JSON.
    Reply(Response, Option<Value>),
    Reset,
}

/// Takes a request from its arrival to its end.
pub(super) async fn run(shared: &Arc<Shared>, line: &Line, request: Request, readable: bool) -> Response {
    // In one go, so that nobody sees a call whose effect is still to come, unless it is held.
    let (course, answer) = shared.change(|world| {
        let course = Course::arrives(world, request, readable);
        let is_held = course.at(Moment::BeforeEffect).next().is_some();
        let answer = (!is_held).then(|| course.takes_effect(world));
        (course, answer)
    });
    let end = course.goes_on(shared, answer).await;
    course.leaves(shared, line, end)
}

impl Course {
    fn arrives(world: &mut World, request: Request, readable: bool) -> Course {
        let (method, path) = (&request.method, &request.path);
        let call = world.journal.begins(Call {
            method: method.clone(),
            path: path.clone(),
            query: request.query.clone(),
            status: 0,
            refusal: None,
            body: request.body.clone(),
            files: request.files.iter().map(|file| file.name.clone()).collect(),
            at: world.clock.now_ms(),
        });
        let verdict = world.limiter.admit(method, path, Instant::now());
        // What comes too soon is turned away at the door.
        let met = if verdict.refusal.is_none() { world.troubles.meet(method, path) } else { Vec::new() };
        Course { request, readable, call, verdict, met }
    }

    fn at(&self, moment: Moment) -> impl Iterator<Item = &Met> {
        self.met.iter().filter(move |met| met.moment == moment)
    }

    fn takes_effect(&self, world: &mut World) -> Answer {
        let answer = match self.verdict.refusal {
            Some(refusal) => Answer { status: 429, body: Some(limit::body(refusal)) },
            None => take_effect(world, &self.request, self.readable),
        };
        world.journal.ends(self.call, answer.status, answer.body.as_ref());
        answer
    }

    /// From the arrival, or from the effect when that has an answer already.
    async fn goes_on(&self, shared: &Shared, answer: Option<Answer>) -> End {
        if let Some(end) = self.passes(shared, Moment::BeforeEffect).await {
            return end;
        }
        let answer = answer.unwrap_or_else(|| shared.change(|world| self.takes_effect(world)));
        if let Some(end) = self.passes(shared, Moment::AfterEffect).await {
            return end;
        }
        limited(&self.verdict, answer)
    }

    /// Waits where it is held, then comes to harm if it must.
    async fn passes(&self, shared: &Shared, moment: Moment) -> Option<End> {
        let (holds, harms): (Vec<&Met>, Vec<&Met>) = self.at(moment).partition(|met| matches!(met.harm, Harm::Waits));
        reach(shared, &holds);
        for hold in holds {
            if is_cut(shared, hold.id).await {
                return Some(End::Reset);
            }
        }
        reach(shared, &harms);
        harms.first().and_then(|met| self.harmed(shared, &met.harm))
    }

    fn harmed(&self, shared: &Shared, harm: &Harm) -> Option<End> {
        match harm {
            Harm::Waits => None,
            Harm::Resets => Some(End::Reset),
            Harm::Answers(canned) => Some(End::Reply(canned_response(canned), canned.body.clone())),
            Harm::TooMany(scope, wait) => Some(self.too_many(shared, *scope, *wait)),
        }
    }

    fn too_many(&self, shared: &Shared, scope: Scope, wait: Duration) -> End {
        let (method, path) = (&self.request.method, &self.request.path);
        let verdict = shared.change(|world| world.limiter.order(scope, wait, method, path, Instant::now()));
        let body = verdict.refusal.map(limit::body);
        limited(&verdict, Answer { status: 429, body })
    }

    /// Hands the response over to be sent, or has the connection reset instead.
    fn leaves(&self, shared: &Arc<Shared>, line: &Line, end: End) -> Response {
        let (status, response, body) = match end {
            End::Reply(response, body) => (response.status().as_u16(), response, body),
            End::Reset => (0, ().into_response(), None),
        };
        shared.change(|world| world.journal.ends(self.call, status, body.as_ref()));
        if status == 0 {
            line.cut();
        } else {
            self.announces(shared, line);
        }
        response
    }

    /// Lets those know who wait for the reply to leave.
    fn announces(&self, shared: &Arc<Shared>, line: &Line) {
        let met: Vec<Met> = self.at(Moment::AfterReply).cloned().collect();
        if met.is_empty() {
            return;
        }
        let sent = line.sent();
        let shared = Arc::clone(shared);
        tokio::spawn(async move {
            if sent.await.is_ok() {
                reach(&shared, &met.iter().collect::<Vec<&Met>>());
            }
        });
    }
}

/// Notes that a request has come to the moment.
fn reach(shared: &Shared, met: &[&Met]) {
    if !met.is_empty() {
        shared.change(|world| met.iter().for_each(|met| world.troubles.reach(met.id)));
    }
}

/// Waits until a hold ends. Returns whether it ended by a cut.
async fn is_cut(shared: &Shared, id: usize) -> bool {
    let ended = |world: &World| Some(world.troubles.gate(id)).filter(|gate| *gate != Gate::Shut);
    shared.until(ended).await == Gate::Cut
}

fn limited(verdict: &Verdict, answer: Answer) -> End {
    let body = answer.body.clone();
    End::Reply((limit::headers(verdict, system_ms()), respond(answer)).into_response(), body)
}

fn canned_response(canned: &Canned) -> Response {
    let status = StatusCode::from_u16(canned.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut headers = HeaderMap::new();
    if let Some(wait) = canned.retry_after {
        limit::put(&mut headers, "retry-after", &limit::whole_seconds(wait));
    }
    match &canned.body {
        Some(body) => (status, headers, Json(body)).into_response(),
        None => (status, headers, Html(page(status))).into_response(),
    }
}

/// What a proxy shows a browser.
fn page(status: StatusCode) -> String {
    format!("<html>\n<head><title>{status}</title></head>\n<body><h1>{status}</h1></body>\n</html>\n")
}
