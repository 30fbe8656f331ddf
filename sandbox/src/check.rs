//! What Discord refuses of a payload: each limit a constant, each fault at its field.
//!
//! All lengths are counted in Unicode code points. These rules know the payload alone: neither
//! who sends it nor where to.

use std::fmt;
use std::ops::RangeInclusive;

use serde_json::Value;

use crate::faults::Faults;
use crate::json::given;
use crate::refusal::Refusal;

pub(crate) mod choice;
pub(crate) mod command;
pub(crate) mod component;
pub(crate) mod embed;
pub(crate) mod file;
pub(crate) mod message;
pub(crate) mod modal;

/// Longest link.
const LINK: usize = 2048;

/// The path of `key` inside `path`.
pub(crate) fn at(path: &str, key: impl fmt::Display) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

/// The length of a text as Discord counts it.
pub(crate) fn length(text: &str) -> usize {
    text.chars().count()
}

impl Faults {
    /// Nothing when there is no fault, else the refusal that names them all.
    pub(crate) fn verdict(self) -> Result<(), Refusal> {
        if self.is_empty() { Ok(()) } else { Err(Refusal::invalid_form(self)) }
    }

    /// A field that must be there.
    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// A value outside a closed set.
    pub(crate) fn choices(&mut self, path: &str, allowed: &str) {
        let message = format!("Value must be one of {{{allowed}}}.");
        self.add(path, "BASE_TYPE_CHOICES", message);
    }

    /// Something that Discord may take and the sandbox does not know.
    pub(crate) fn not_modelled(&mut self, path: &str, what: &str) {
        let message = format!("The sandbox does not know {what}.");
        self.add(path, "SANDBOX_NOT_MODELLED", message);
    }

    /// Checks the length of a text.
    pub(crate) fn text_length(&mut self, path: &str, text: &str, range: &RangeInclusive<usize>) {
        self.count(path, length(text), range);
    }

    /// Checks the length of the text under `key`, where there is one. Returns it.
    pub(crate) fn text<'v>(
        &mut self,
        path: &str,
        parent: &'v Value,
        key: &str,
        range: &RangeInclusive<usize>,
    ) -> Option<&'v str> {
        let value = given(parent, key)?;
        let Some(text) = value.as_str() else {
            let message = format!("Could not interpret \"{value}\" as string.");
            self.add(&at(path, key), "STRING_TYPE_CONVERT", message);
            return None;
        };
        self.text_length(&at(path, key), text, range);
        Some(text)
    }

    /// As `text`, for a field that must be there.
    pub(crate) fn required_text<'v>(
        &mut self,
        path: &str,
        parent: &'v Value,
        key: &str,
        range: &RangeInclusive<usize>,
    ) -> Option<&'v str> {
        if given(parent, key).is_none() {
            self.required(&at(path, key));
            return None;
        }
        self.text(path, parent, key, range)
    }

    /// Checks the integer under `key`, where there is one. Returns it.
    pub(crate) fn integer(
        &mut self,
        path: &str,
        parent: &Value,
        key: &str,
        range: &RangeInclusive<i64>,
    ) -> Option<i64> {
        let value = given(parent, key)?;
        let path = at(path, key);
        let Some(number) = value.as_i64() else {
            self.add(&path, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int."));
            return None;
        };
        if number < *range.start() {
            let message = format!("int value should be greater than or equal to {}.", range.start());
            self.add(&path, "NUMBER_TYPE_MIN", message);
        } else if number > *range.end() {
            let message = format!("int value should be less than or equal to {}.", range.end());
            self.add(&path, "NUMBER_TYPE_MAX", message);
        }
        Some(number)
    }

    /// The elements of the array under `key`, whose number is checked; none when it is absent.
    pub(crate) fn array<'v>(
        &mut self,
        path: &str,
        parent: &'v Value,
        key: &str,
        range: &RangeInclusive<usize>,
    ) -> &'v [Value] {
        let Some(value) = given(parent, key) else {
            return &[];
        };
        let Some(elements) = value.as_array() else {
            let message = "Only iterables may be used in a ListType";
            self.add(&at(path, key), "LIST_TYPE_CONVERT", message);
            return &[];
        };
        self.count(&at(path, key), elements.len(), range);
        elements
    }

    /// Checks how many elements, or characters, there are.
    pub(crate) fn count(&mut self, path: &str, count: usize, range: &RangeInclusive<usize>) {
        if range.contains(&count) {
            return;
        }
        let (least, most) = (range.start(), range.end());
        if *least == 0 {
            let message = format!("Must be {most} or fewer in length.");
            self.add(path, "BASE_TYPE_MAX_LENGTH", message);
        } else {
            let message = format!("Must be between {least} and {most} in length.");
            self.add(path, "BASE_TYPE_BAD_LENGTH", message);
        }
    }

    /// Checks that a link has a scheme that Discord opens; `attachment` where files may be shown.
    pub(crate) fn link(&mut self, path: &str, parent: &Value, key: &str, schemes: &[&str]) {
        let Some(link) = self.text(path, parent, key, &(0..=LINK)) else {
            return;
        };
        let scheme = link.split_once("://").map_or("", |(scheme, _)| scheme);
        if !schemes.contains(&scheme) {
            let allowed = schemes.join("', '");
            let message = format!("Scheme \"{scheme}\" must be one of ('{allowed}').");
            self.add(&at(path, key), "URL_TYPE_INVALID_SCHEME", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn faults_become_a_tree_that_names_the_fields() {
        let mut faults = Faults::default();
        faults.required("embeds.0.fields.1.name");
        faults.text_length("content", "four", &(0..=3));
        assert_eq!(
            faults.tree(),
            json!({
                "embeds": {"0": {"fields": {"1": {"name": {"_errors": [
                    {"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}
                ]}}}}},
                "content": {"_errors": [
                    {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 3 or fewer in length."}
                ]},
            })
        );
    }
}
