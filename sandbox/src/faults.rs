//! The wrong fields of a payload, and how Discord tells of them.
//!
//! Knows no rule that a field could break: those are in `check`.

use std::fmt;

use serde_json::{Map, Value, json};

/// The wrong fields of one payload.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    found: Vec<Fault>,
}

#[derive(Debug)]
struct Fault {
    /// Where, as in `embeds.0.title`.
    path: String,
    code: &'static str,
    message: String,
}

impl Faults {
    /// Notes a fault.
    pub(crate) fn add(&mut self, path: &str, code: &'static str, message: impl Into<String>) {
        self.found.push(Fault { path: path.to_owned(), code, message: message.into() });
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The nested tree of the field names, with `_errors` at the leaves.
    pub(crate) fn tree(&self) -> Value {
        let mut root = Map::new();
        for fault in &self.found {
            let mut branch = &mut root;
            for key in fault.path.split('.').filter(|key| !key.is_empty()) {
                let child = branch.entry(key).or_insert_with(|| Value::Object(Map::new()));
                let Value::Object(fields) = child else {
                    return Value::Null;
                };
                branch = fields;
            }
            let leaf = branch.entry("_errors").or_insert_with(|| json!([]));
            if let Value::Array(errors) = leaf {
                errors.push(json!({ "code": fault.code, "message": fault.message }));
            }
        }
        Value::Object(root)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.found.iter().enumerate() {
            let gap = if position == 0 { "" } else { "; " };
            write!(f, "{gap}{}: {} ({})", fault.path, fault.message, fault.code)?;
        }
        Ok(())
    }
}
