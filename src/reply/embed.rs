//! Embeds, and how long texts are spread over them. Knows Discord's limits for them (discord.com/developers/docs/resources/message).

use super::disarm::disarm;
use crate::domain::answer::{Part, Typed};

/// Characters of an embed's text.
pub const TEXT_LIMIT: usize = 4096;

/// A person's text is cut into pieces of this many characters where it is longer: disarmed, a piece still fits.
const PIECE: usize = TEXT_LIMIT / 2 - 100;

/// A framed block of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// The headline, at most 256 characters; may be empty.
    pub title: String,
    /// The text, at most [`TEXT_LIMIT`] characters.
    pub text: String,
    /// A small line below, at most 2048 characters; may be empty.
    pub footer: String,
}

impl Embed {
    /// An embed with a headline and a text.
    #[must_use]
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Embed {
        Embed { title: title.into(), text: text.into(), footer: String::new() }
    }

    /// An embed that lists the points.
    #[must_use]
    pub fn list(title: &str, points: &[String]) -> Embed {
        Embed::new(title, points.iter().map(|point| format!("- {point}")).collect::<Vec<_>>().join("\n"))
    }

    /// How many characters count against the limit of a message.
    #[must_use]
    pub fn length(&self) -> usize {
        [&self.title, &self.text, &self.footer].map(|text| text.chars().count()).iter().sum()
    }
}

/// What a person wrote in the four parts, whole and disarmed; empty parts are left out.
#[must_use]
pub fn own_words(title: &str, typed: &Typed) -> Vec<Embed> {
    let written = Part::ALL.into_iter().filter(|part| !typed.get(*part).trim().is_empty());
    let sections = written.flat_map(|part| {
        let pieces = pieces(typed.get(part));
        pieces.into_iter().enumerate().map(move |(at, piece)| {
            let goes_on = if at == 0 { "" } else { " (goes on)" };
            format!("**{}{goes_on}**\n{}", part.label(), disarm(&piece))
        })
    });
    spread(title, sections.collect())
}

/// The sections in as few embeds as hold them; the headline stands over the first.
#[must_use]
pub fn spread(title: &str, sections: Vec<String>) -> Vec<Embed> {
    let mut embeds: Vec<Embed> = Vec::new();
    for section in sections {
        match embeds.last_mut() {
            Some(last) if last.text.chars().count() + 2 + section.chars().count() <= TEXT_LIMIT => {
                last.text.push_str("\n\n");
                last.text.push_str(&section);
            }
            _ => embeds.push(Embed::new(if embeds.is_empty() { title } else { "" }, section)),
        }
    }
    embeds
}

/// The text in pieces of at most [`PIECE`] characters, ended at a white space where there is one in a piece's second half.
fn pieces(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut rest = letters.as_slice();
    while rest.len() > PIECE {
        let (piece, _) = rest.split_at(PIECE);
        let end = piece.iter().rposition(|letter| letter.is_whitespace()).filter(|at| *at > PIECE / 2);
        let (piece, after) = rest.split_at(end.map_or(PIECE, |at| at + 1));
        pieces.push(piece.iter().collect());
        rest = after;
    }
    pieces.push(rest.iter().collect());
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn four_short_parts_stand_in_one_embed() {
        let typed = Typed { situation: "s".into(), task: "t".into(), action: "a".into(), result: "r".into() };
        let embeds = own_words("Your answer", &typed);
        let text = "**Situation**\ns\n\n**Task**\nt\n\n**Action**\na\n\n**Result**\nr";
        assert_eq!(embeds, [Embed::new("Your answer", text)]);
    }

    proptest! {
        #[test]
        fn no_text_is_too_long_and_nothing_is_lost(letters in "(@everyone|[😀 a\\n]){0,2000}") {
            let typed = Typed { action: letters.clone(), ..Typed::default() };
            for embed in own_words("Your answer", &typed) {
                prop_assert!(embed.text.chars().count() <= TEXT_LIMIT);
            }
            prop_assert_eq!(pieces(&letters).concat(), letters);
        }
    }
}
