//! What came of it, as lines of one table.

use std::fmt;
use std::time::Duration;

/// One figure, and what it should be.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// What came of it.
    pub value: f64,
    /// In what.
    pub unit: &'static str,
    /// What it should be, where it matters.
    pub bar: Option<Bar>,
}

/// What a figure should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
    /// Something like this on two shared cores: for orientation, as machines differ.
    About(f64),
}

impl Figure {
    /// A figure without a bar.
    #[must_use]
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Figure {
        Figure { name: name.into(), value, unit, bar: None }
    }

    /// A time, in milliseconds.
    #[must_use]
    pub fn time(name: impl Into<String>, value: Duration) -> Figure {
        Figure::new(name, value.as_secs_f64() * 1000.0, "ms")
    }

    /// Memory, in mebibytes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no process holds more bytes than a float counts")]
    pub fn memory(name: impl Into<String>, bytes: u64) -> Figure {
        Figure::new(name, bytes as f64 / 1024.0 / 1024.0, "MiB")
    }

    /// The same with what it should be.
    #[must_use]
    pub fn should_be(self, bar: Bar) -> Figure {
        Figure { bar: Some(bar), ..self }
    }

    /// Whether it counts what must never happen: that holds however little is measured, and on however slow a machine.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.bar == Some(Bar::AtMost(0.0))
    }

    /// Whether it is what it should be.
    #[must_use]
    pub fn is_met(&self) -> bool {
        match self.bar {
            Some(Bar::AtMost(most)) => self.value <= most,
            Some(Bar::AtLeast(least)) => self.value >= least,
            Some(Bar::About(_)) | None => true,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = format!("{} {}", shown(self.value), self.unit);
        let bar = match self.bar {
            None => String::new(),
            Some(Bar::AtMost(most)) => format!("at most {}", shown(most)),
            Some(Bar::AtLeast(least)) => format!("at least {}", shown(least)),
            Some(Bar::About(about)) => format!("about {}", shown(about)),
        };
        let missed = if self.is_met() { "" } else { "   MISSED" };
        write!(f, "{:<58} {value:>16}   {bar}{missed}", self.name)
    }
}

/// Three digits that tell something.
fn shown(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_met_at_it_and_missed_past_it() {
        let figure = |value, bar| Figure::new("", value, "").should_be(bar).is_met();
        assert!(figure(1.6, Bar::AtMost(1.6)) && !figure(1.601, Bar::AtMost(1.6)));
        assert!(figure(45.0, Bar::AtLeast(45.0)) && !figure(44.9, Bar::AtLeast(45.0)));
        assert!(figure(1.0, Bar::About(6000.0)));
    }

    #[test]
    fn a_line_says_what_was_measured_and_what_it_should_be() {
        let figure = Figure::time("answers, p99", Duration::from_micros(17_250)).should_be(Bar::AtMost(15.0));
        let line = figure.to_string();
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words, ["answers,", "p99", "17.2", "ms", "at", "most", "15.0", "MISSED"]);
    }
}
