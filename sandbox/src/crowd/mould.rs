//! An interaction with holes in it: for its id, for who did it, and for their words.

use serde_json::Value;

use crate::json::text;
use crate::waiting::token;

/// Its text, cut at the holes: what stands before each, and what behind the last.
#[derive(Debug)]
pub(super) struct Mould {
    before: Vec<(String, Hole)>,
    rest: String,
}

#[derive(Clone, Copy, Debug)]
enum Hole {
    Id,
    Token,
    Person,
    Words(usize),
}

impl Mould {
    /// Takes an interaction, in which each of `words` stands for what one of many says in its place.
    pub(super) fn of(interaction: &Value, words: &[&str]) -> Option<Mould> {
        let person = interaction.pointer("/member/user").or_else(|| interaction.get("user"))?;
        let mut holes = vec![
            (quoted(text(interaction, "token")?), Hole::Token),
            (quoted(text(interaction, "id")?), Hole::Id),
            (quoted(text(person, "id")?), Hole::Person),
        ];
        holes.extend(words.iter().enumerate().map(|(place, words)| (quoted(words), Hole::Words(place))));
        let (mut before, text) = (Vec::new(), interaction.to_string());
        let mut rest = text.as_str();
        while let Some((start, end, hole)) = first(rest, &holes) {
            before.push((start.to_owned(), hole));
            rest = end;
        }
        Some(Mould { before, rest: rest.to_owned() })
    }

    /// The text of an interaction. Words that are not given are empty.
    pub(super) fn pour(&self, id: u64, person: u64, words: &[&str]) -> String {
        let mut text = String::new();
        for (before, hole) in &self.before {
            text.push_str(before);
            text.push_str(&match hole {
                Hole::Id => quoted(&id.to_string()),
                Hole::Token => quoted(&token(id)),
                Hole::Person => quoted(&person.to_string()),
                Hole::Words(place) => quoted(words.get(*place).unwrap_or(&"")),
            });
        }
        text + &self.rest
    }
}

/// As it stands in JSON.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// What stands before the first hole, what behind it, and which it is.
fn first<'t>(text: &'t str, holes: &[(String, Hole)]) -> Option<(&'t str, &'t str, Hole)> {
    let cut = |(words, hole): &(String, Hole)| text.split_once(words.as_str()).map(|(start, end)| (start, end, *hole));
    holes.iter().filter_map(cut).min_by_key(|(start, ..)| start.len())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_is_poured_anew_and_words_may_hold_anything() {
        let interaction = json!({
            "id": "1", "token": "of-1", "member": {"user": {"id": "2"}}, "data": {"a": "WORDS", "b": "2 WORDS", "id": 1},
        });
        let mould = Mould::of(&interaction, &["WORDS"]).unwrap();
        let poured: Value = serde_json::from_str(&mould.pour(7, 8, &["\"so\"\n"])).unwrap();
        let data = json!({"a": "\"so\"\n", "b": "2 WORDS", "id": 1});
        assert_eq!(poured, json!({"id": "7", "token": token(7), "member": {"user": {"id": "8"}}, "data": data}));
    }
}
