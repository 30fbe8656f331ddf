//! What happened at the REST interface, and what was wrong with it.

use serde_json::Value;

use crate::route::Pattern;

pub(crate) mod passed;

use passed::{Passed, What};

/// One REST call.
#[derive(Clone, Debug)]
pub struct Call {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path without `/api/v10` and without the query.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// The HTTP status of the answer; 0 as long as none was given, and when the connection was
    /// reset instead.
    pub status: u16,
    /// The JSON body of the answer when its status is 400 or above and it has one.
    pub refusal: Option<Value>,
    /// The JSON body of the request; `null` when there was none.
    pub body: Value,
    /// The names of the files that came along.
    pub files: Vec<String>,
    /// When it came, by the sandbox's clock, in milliseconds since 1970.
    pub at: i64,
}

/// Calls and problems, in order.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(crate) calls: Vec<Call>,
    pub(crate) passed: Passed,
    problems: Vec<Problem>,
}

#[derive(Debug)]
enum Problem {
    /// Something that a test can't have meant.
    Fault(String),
    /// A call that was refused, which a test may have meant.
    Refused(String),
}

impl Journal {
    /// Notes a call that has come. Returns its place.
    pub(crate) fn begins(&mut self, call: Call) -> usize {
        let place = self.calls.len();
        self.passed.add(call.at, What::Call { place, answered: false });
        self.calls.push(call);
        place
    }

    /// Notes the answer to a call, whose body is kept when it is a refusal.
    pub(crate) fn ends(&mut self, place: usize, status: u16, body: Option<&Value>) {
        if let Some(call) = self.calls.get_mut(place) {
            let refusal = body.filter(|_| status >= 400).cloned();
            // A call that is reset keeps the status 0.
            let is_news = status == 0 || call.status != status || call.refusal != refusal;
            (call.status, call.refusal) = (status, refusal);
            if is_news {
                self.passed.answers(place);
            }
        }
    }

    /// The calls that a pattern picks.
    pub(crate) fn picked<'a>(&'a self, pattern: &'a Pattern) -> impl Iterator<Item = &'a Call> {
        self.calls.iter().filter(|call| pattern.fits(&call.method, &call.path))
    }

    /// Notes what no test can have meant.
    pub(crate) fn fault(&mut self, line: String) {
        self.problems.push(Problem::Fault(line));
    }

    /// Notes a refusal.
    pub(crate) fn refused(&mut self, line: String) {
        self.problems.push(Problem::Refused(line));
    }

    pub(crate) fn problems(&self) -> Vec<String> {
        let line = |problem: &Problem| match problem {
            Problem::Fault(line) | Problem::Refused(line) => line.clone(),
        };
        self.problems.iter().map(line).collect()
    }

    /// Takes the refusals out.
    pub(crate) fn take_refusals(&mut self) -> Vec<String> {
        let mut refusals = Vec::new();
        let mut others = Vec::new();
        for problem in self.problems.drain(..) {
            match problem {
                Problem::Refused(line) => refusals.push(line),
                Problem::Fault(_) => others.push(problem),
            }
        }
        self.problems = others;
        refusals
    }
}
