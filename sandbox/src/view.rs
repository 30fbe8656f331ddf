//! What a person sees: messages and modals, as stable plain text.

use std::fmt::{self, Write as _};

mod embed;
mod message;
mod modal;
mod names;

pub use message::{FileView, MessageView};
pub use modal::{InputView, ModalView};

/// Writes each line of `text` behind `margin`, without trailing blanks.
fn framed(out: &mut String, margin: &str, text: &str) {
    for line in text.lines() {
        let line = format!("{margin}{line}");
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// Writes a text that ends in a line break, without it.
fn without_last_break(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str(text.trim_end_matches('\n'))
}

/// Adds a formatted line.
fn line(out: &mut String, text: fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = writeln!(out, "{text}");
}
