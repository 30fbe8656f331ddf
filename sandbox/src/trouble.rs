//! What goes wrong because a test asked for it, and which requests have met it.
//!
//! Records alone: they are carried out where requests are answered. (What is wrong with a form is
//! in `faults`.)

use serde_json::json;

mod fault;

pub(crate) use fault::{Canned, Harm};
pub use fault::{Fault, Moment};

use fault::Which;

/// All that was ordered, in order; an id is a place in it.
#[derive(Debug, Default)]
pub(crate) struct Troubles {
    all: Vec<Trouble>,
    /// The one that lets all requests fail.
    outage: Option<usize>,
}

#[derive(Debug)]
struct Trouble {
    fault: Fault,
    gate: Gate,
    /// How many requests the pattern picked.
    picked: usize,
    /// How many requests it met, and these have come to its moment.
    reached: usize,
}

/// Whether requests are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// They are held, and new ones are met.
    Shut,
    /// All go on.
    Open,
    /// Those that were held lose their connection; new ones go on.
    Cut,
}

/// What a request has met.
#[derive(Clone, Debug)]
pub(crate) struct Met {
    pub(crate) id: usize,
    pub(crate) moment: Moment,
    pub(crate) harm: Harm,
}

impl Troubles {
    pub(crate) fn add(&mut self, fault: Fault) -> usize {
        self.all.push(Trouble { fault, gate: Gate::Shut, picked: 0, reached: 0 });
        self.all.len() - 1
    }

    /// Begins or ends an outage: all requests are answered with 500.
    pub(crate) fn set_outage(&mut self, on: bool) {
        if on && !self.has_outage() {
            let body = json!({"message": "500: Internal Server Error", "code": 0});
            self.outage = Some(self.add(Fault::answers(500, body)));
        } else if let Some(id) = self.outage.filter(|_| !on) {
            self.end(id, Gate::Open);
        }
    }

    /// Whether there is an outage.
    pub(crate) fn has_outage(&self) -> bool {
        self.outage.is_some_and(|id| self.gate(id) == Gate::Shut)
    }

    /// What a request meets: all that hold it, and last the first that harms it. The others do not
    /// count it.
    pub(crate) fn meet(&mut self, method: &str, path: &str) -> Vec<Met> {
        let mut holds = Vec::new();
        let mut harm = None;
        for (id, trouble) in self.all.iter_mut().enumerate() {
            let waits = matches!(trouble.fault.harm, Harm::Waits);
            if (waits || harm.is_none()) && trouble.meets(method, path) {
                let met = Met { id, moment: trouble.fault.moment, harm: trouble.fault.harm.clone() };
                if waits { holds.push(met) } else { harm = Some(met) }
            }
        }
        holds.extend(harm);
        holds
    }

    /// Notes that a request has come to the moment.
    pub(crate) fn reach(&mut self, id: usize) {
        self.all.get_mut(id).into_iter().for_each(|trouble| trouble.reached += 1);
    }

    /// How many requests have come to the moment.
    pub(crate) fn reached(&self, id: usize) -> usize {
        self.all.get(id).map_or(0, |trouble| trouble.reached)
    }

    pub(crate) fn gate(&self, id: usize) -> Gate {
        self.all.get(id).map_or(Gate::Open, |trouble| trouble.gate)
    }

    /// Ends it, unless that was done before.
    pub(crate) fn end(&mut self, id: usize, gate: Gate) {
        if let Some(trouble) = self.all.get_mut(id).filter(|trouble| trouble.gate == Gate::Shut) {
            trouble.gate = gate;
        }
    }

    /// Ends all.
    pub(crate) fn heal(&mut self) {
        (0..self.all.len()).for_each(|id| self.end(id, Gate::Open));
    }
}

impl Trouble {
    fn meets(&mut self, method: &str, path: &str) -> bool {
        if self.gate != Gate::Shut || !self.fault.pattern.fits(method, path) {
            return false;
        }
        self.picked += 1;
        match self.fault.which {
            Which::All => true,
            Which::First(count) => self.picked <= count,
            Which::Every(nth) => self.picked.is_multiple_of(nth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(troubles: &mut Troubles, count: usize) -> Vec<Vec<usize>> {
        let ids = |met: Vec<Met>| met.into_iter().map(|met| met.id).collect();
        (0..count).map(|_| ids(troubles.meet("GET", "/users/@me"))).collect()
    }

    #[test]
    fn a_fault_meets_the_first_few_or_every_nth() {
        let mut first = Troubles::default();
        first.add(Fault::resets().times(2));
        assert_eq!(met(&mut first, 4), [vec![0], vec![0], vec![], vec![]]);
        let mut third = Troubles::default();
        third.add(Fault::resets().every(3));
        assert_eq!(met(&mut third, 6), [vec![], vec![], vec![0], vec![], vec![], vec![0]]);
    }

    #[test]
    fn a_request_is_harmed_once_after_all_that_hold_it() {
        let mut troubles = Troubles::default();
        troubles.add(Fault::resets().times(1));
        troubles.add(Fault::page(502).times(1));
        troubles.add(Fault::hangs());
        assert_eq!(met(&mut troubles, 3), [vec![2, 0], vec![2, 1], vec![2]]);
    }

    #[test]
    fn what_was_ended_meets_nothing_and_ends_once() {
        let mut troubles = Troubles::default();
        let id = troubles.add(Fault::hangs());
        troubles.end(id, Gate::Cut);
        troubles.heal();
        assert_eq!(troubles.gate(id), Gate::Cut);
        assert!(troubles.meet("GET", "/users/@me").is_empty());
    }
}
