//! Finding a question by a few typed words, as autocomplete needs it: the words may be half typed.
//! It knows nothing of packs.

use crate::domain::question::Question;

/// How a question was found, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    WholeKey,
    Key,
    Topic,
    Prompt,
}

/// Those of the questions in which every typed word was found, best first; equals keep their order.
pub(super) fn best_first<'a>(questions: impl Iterator<Item = &'a Question>, typed: &str) -> Vec<&'a Question> {
    let words = words(typed);
    let mut found: Vec<(Found, &Question)> =
        questions.filter_map(|question| Some((find(question, &words)?, question))).collect();
    found.sort_by_key(|(how, _)| *how);
    found.into_iter().map(|(_, question)| question).collect()
}

/// How the question was found: as well as its worst found word.
fn find(question: &Question, typed: &[String]) -> Option<Found> {
    let key = question.key.as_str();
    if typed.join("-") == key {
        return Some(Found::WholeKey);
    }
    let topic = words(&question.topic);
    let prompt = words(&question.prompt);
    let place = |word: &String| {
        if key.contains(word) {
            Some(Found::Key)
        } else if begins_any(word, &topic) {
            Some(Found::Topic)
        } else if begins_any(word, &prompt) {
            Some(Found::Prompt)
        } else {
            None
        }
    };
    let places: Option<Vec<Found>> = typed.iter().map(place).collect();
    Some(places?.into_iter().max().unwrap_or(Found::WholeKey))
}

fn begins_any(start: &str, words: &[String]) -> bool {
    words.iter().any(|word| word.starts_with(start))
}

/// Runs of letters and digits, in lower case: a key splits at its hyphens, and `can't` into `can`
/// and `t`, however it was typed.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::bank::QuestionBank;
    use crate::domain::bank::tests::{pack, question};

    /// The keys that a search over four questions finds, in order.
    fn found(typed: &str) -> Vec<String> {
        let source = pack(&[
            question("push-back", "communication", "When did you say no to a Deadline? That can't be easy."),
            question("hard-choice", "deadlines", "What did you choose?"),
            question("late-deadline", "planning", "When were you late?"),
            question("deadline", "planning", "Which date slipped in Malmö?"),
        ]);
        let bank = QuestionBank::parse(&[("people.toml", &source)]).unwrap();
        bank.search(typed).iter().map(|question| question.key.to_string()).collect()
    }

    #[test]
    fn the_best_find_comes_first() {
        assert_eq!(found("deadline"), ["deadline", "late-deadline", "hard-choice", "push-back"]);
    }

    #[test]
    fn nothing_typed_finds_all_in_their_order() {
        let all = ["push-back", "hard-choice", "late-deadline", "deadline"];
        assert_eq!(found(""), all);
        assert_eq!(found("  "), all);
    }

    #[test]
    fn every_word_has_to_be_found() {
        assert_eq!(found("when dead"), ["push-back", "late-deadline"]);
        assert_eq!(found("planning back"), Vec::<String>::new());
    }

    #[test]
    fn words_may_be_half_typed_in_any_case_with_any_mark() {
        assert_eq!(found("WHEN didn"), Vec::<String>::new());
        assert_eq!(found("WHEN did"), ["push-back"]);
        assert_eq!(found("MALMÖ?"), ["deadline"]);
        assert_eq!(found("can\u{2019}t"), ["push-back"]);
        assert_eq!(found("lipped"), Vec::<String>::new());
        assert_eq!(found("eadl"), ["late-deadline", "deadline"]);
    }

    #[test]
    fn a_key_is_found_as_it_is_and_as_words() {
        assert_eq!(found("late-deadline"), ["late-deadline"]);
        assert_eq!(found("Late deadline"), ["late-deadline"]);
        assert_eq!(found(" push-ba"), ["push-back"]);
    }
}
