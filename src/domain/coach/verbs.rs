//! The deeds in a text: verbs whose subject is the person who tells, in the past where they are, and the verbs that open sentences
//! without a subject, as in notes and lists. English only, by word order and lists, without a grammar.

use super::lists::{ADVERBS, FUNCTION, IRREGULAR, LEADING, MODALS, PRONOUNS, UNPAST};
use super::text::{Break, PartText};

/// How many adverbs and helping verbs may stand between a subject and its verb.
const BETWEEN: usize = 5;

/// A verb and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Deed {
    /// The place of the verb.
    pub(super) at: usize,
    /// The place of the subject, or of the verb where there is none.
    pub(super) from: usize,
    /// Whether another verb helps it: "would write", "have written".
    pub(super) is_helped: bool,
    /// Whether it is certainly in the past: "wrote", but not "put", "would write" or "have written".
    pub(super) is_past: bool,
}

/// The deeds of the teller, in their order: "I measured, found the join and added an index" has three.
pub(super) fn deeds(part: &PartText<'_>) -> Vec<Deed> {
    let mut deeds: Vec<Deed> = Vec::new();
    // Whether a verb that is joined on is the teller's, and whether a clause about something else stands between.
    let (mut is_tellers, mut is_aside) = (false, false);
    let mut at = 0;
    while let Some(word) = part.words.get(at) {
        let opens_sentence = word.after == Break::Sentence;
        is_tellers &= !opens_sentence;
        is_aside &= word.after == Break::Nothing;
        let found = if is_teller(&word.text) {
            is_tellers = true;
            verb_after(part, at)
        } else if opens_sentence && is_past(&word.text) {
            is_tellers = true;
            Some(Deed::plain(part, at))
        } else if continues(part, at) && is_tellers && !is_aside {
            is_tellers = !PRONOUNS.has(&word.text);
            coordinated(part, at)
        } else {
            None
        };
        is_aside |= matches!(&*word.text, "who" | "which");
        at = found.map_or(at, |deed| deed.at) + 1;
        deeds.extend(found);
    }
    deeds
}

/// Whether somebody tells of another person in the past: "she drew a plan".
pub(super) fn others_past(part: &PartText<'_>) -> bool {
    let others = (0..part.words.len()).filter(|at| matches!(part.word(*at), "he" | "she" | "they"));
    others.filter_map(|at| verb_after(part, at)).any(|deed| deed.is_past && !deed.is_condition(part))
}

impl Deed {
    /// A verb that nothing helps.
    fn plain(part: &PartText<'_>, at: usize) -> Deed {
        Deed { at, from: at, is_helped: false, is_past: is_surely_past(part.word(at)) }
    }

    /// The word before the subject.
    fn opening<'a>(&self, part: &'a PartText<'_>) -> &'a str {
        self.from.checked_sub(1).map_or("", |before| part.word(before))
    }

    /// Whether it is only what would have to be the case: "if I noticed that", "whenever they hung on a street".
    pub(super) fn is_condition(&self, part: &PartText<'_>) -> bool {
        matches!(self.opening(part), "if" | "whenever" | "what" | "that")
    }

    /// Whether it is only what was said or meant: "that I was sorry", "why I disagreed", "all I did".
    pub(super) fn is_reported(&self, part: &PartText<'_>) -> bool {
        matches!(self.opening(part), "that" | "what" | "why" | "how" | "all" | "as" | "if" | "whether")
    }
}

fn is_teller(word: &str) -> bool {
    word.starts_with(['i', 'w']) && matches!(word.split('\'').next(), Some("i" | "we"))
}

/// The verb that follows a subject; none where the next word is no verb that anything is done by ("I, the only nurse").
fn verb_after(part: &PartText<'_>, subject: usize) -> Option<Deed> {
    let mut is_helped = part.word(subject).contains('\'');
    let mut at = subject + 1;
    while at <= subject + BETWEEN {
        let word = part.words.get(at).filter(|word| word.after != Break::Sentence)?;
        let (text, next) = (&*word.text, part.word(at + 1));
        let has_it_done = has_it_done(part, at);
        if LEADING.has(text) && next == "to" {
            is_helped = true;
            at += 1;
        } else if (MODALS.has(text) && !has_it_done) || (text == "did" && next == "not") {
            is_helped = true;
        } else if !ADVERBS.has(text) && !text.ends_with("ly") {
            let is_verb =
                has_it_done || text == "did" || !FUNCTION.has(text) && !matches!(text, "a" | "an" | "in" | "no");
            let is_past = !is_helped && is_surely_past(text);
            return is_verb.then_some(Deed { at, from: subject, is_helped, is_past });
        }
        at += 1;
    }
    None
}

/// "had the bed moved" is a deed, "had no time" is none.
fn has_it_done(part: &PartText<'_>, at: usize) -> bool {
    part.word(at) == "had" && matches!(part.word(at + 1), "the" | "them" | "him" | "her" | "it")
}

/// Whether a clause goes on here: after a comma, or after "and", "then", "but", "or".
fn continues(part: &PartText<'_>, at: usize) -> bool {
    let after_comma = part.words.get(at).is_some_and(|word| word.after == Break::Clause);
    let joins = |word: &str| matches!(word, "and" | "then" | "but" | "or");
    after_comma || at.checked_sub(1).is_some_and(|before| joins(part.word(before)))
}

/// A past tense here, perhaps after adverbs: "and later wrote".
fn coordinated(part: &PartText<'_>, from: usize) -> Option<Deed> {
    let skipped =
        (from..from + BETWEEN).take_while(|at| ADVERBS.has(part.word(*at)) || part.word(*at).ends_with("ly")).count();
    let at = from + skipped;
    let is_deed = is_past(part.word(at)) && (part.word(at) != "had" || has_it_done(part, at));
    is_deed.then(|| Deed::plain(part, at))
}

/// Whether a word can be a past tense.
pub(super) fn is_past(word: &str) -> bool {
    IRREGULAR.contains_key(word) || (word.ends_with("ed") && word.len() > 3 && !UNPAST.has(word))
}

/// Whether a word is a past tense and nothing else: "put" is not, and "had" is no deed.
fn is_surely_past(word: &str) -> bool {
    is_past(word) && IRREGULAR.get(word).is_none_or(|base| *base != word && *base != "have")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{StarAnswer, Typed};
    use crate::domain::coach::text::Reading;

    /// The verbs of an action, the certain past with a star.
    fn verbs(action: &str) -> String {
        let [situation, task, result] = ["s", "t", "r"].map(str::to_owned);
        let answer = StarAnswer::parse(Typed { situation, task, action: action.to_owned(), result }).unwrap();
        let action = &Reading::of(&answer).action;
        let verb = |deed: &Deed| format!("{}{}", action.word(deed.at), if deed.is_past { "*" } else { "" });
        action.deeds().iter().map(verb).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn deeds_are_the_tellers_own() {
        let cases = [
            ("I measured, found the join and later added an index.", "measured* found* added*"),
            ("We put it live, and the vendor rebuilt it.", "put"),
            ("I asked him, and he said no. She shrugged.", "asked*"),
            ("I rang the priest, who was shaving, and asked him.", "rang* asked*"),
            ("- Read the logs\n- Ruled out the network", "read ruled*"),
            ("I would ask them. I have seen it. I'd go.", "ask seen go"),
            ("I tried to stop it, and I did not stop it.", "stop stop"),
            ("I, the only nurse, had no time. I had the bed moved.", "had"),
            ("I use tokens and check them.", "use"),
        ];
        for (action, expected) in cases {
            assert_eq!(verbs(action), expected, "{action}");
        }
    }
}
