//! The elements of a question: starts of words, so few and so plain that the coach can look for them in any answer.

use super::Check;
use crate::domain::bank::shape::Texts;
use crate::domain::question::{ELEMENT_LEAST, ELEMENTS};

impl Check<'_> {
    /// The elements, or none where the field is left out.
    pub(super) fn elements(&mut self, at: usize, texts: Texts) -> Option<Vec<String>> {
        if texts.is_none() {
            return Some(Vec::new());
        }
        let texts = self.list(at, "elements", texts, ELEMENTS)?;
        let mut elements: Vec<String> = Vec::new();
        for text in texts {
            let (at, element) = (text.span().start, text.into_inner());
            if !is_element(&element) {
                let rule = format!("the start of a word, at least {ELEMENT_LEAST} lower-case letters and nothing else");
                self.note(at, format!("{element:?} is no element; write {rule}"));
            } else if elements.contains(&element) {
                self.note(at, format!("the element {element} stands twice; keep one"));
            } else {
                elements.push(element);
            }
        }
        Some(elements)
    }
}

fn is_element(text: &str) -> bool {
    text.chars().count() >= ELEMENT_LEAST && text.chars().all(char::is_lowercase)
}
