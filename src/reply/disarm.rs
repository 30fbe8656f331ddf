//! A person's text, safe to show: what would mention, link, or open a heading, a quote or a code fence is taken as plain characters,
//! and everything else is shown as typed. Knows nothing of who reads it.
//!
//! A backslash before a sign makes Discord's markdown show the sign itself. One that the person typed there already does so, and a
//! second one would undo it.

/// Starts of what Discord turns into a mention or another link of its own (discord.com/developers/docs/reference).
const MENTIONS: [&str; 6] = ["@everyone", "@here", "<@", "<#", "</", "<id:"];

/// How many characters of an option a sentence repeats.
const QUOTED: usize = 100;

/// The text with a backslash before each sign that would do something. At most two thirds longer.
#[must_use]
pub fn disarm(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        disarm_line(line, &mut shown);
    }
    shown
}

/// What somebody typed as an option, quoted in a sentence: its first hundred characters.
#[must_use]
pub fn quoted(typed: &str) -> String {
    let start: String = typed.chars().take(QUOTED).collect();
    let rest = if start.len() < typed.len() { " …" } else { "" };
    format!("\"{}{rest}\"", disarm(&start))
}

fn disarm_line(line: &str, shown: &mut String) {
    let mut is_opening = true;
    let mut is_escaped = false;
    let mut fence = Fence::default();
    let mut rest = line;
    while let Some(sign) = rest.chars().next() {
        let is_to_escape =
            fence.is_to_break(rest) || does_something(shown, rest) || (is_opening && opens_a_block(rest));
        if is_to_escape && !is_escaped {
            shown.push('\\');
        }
        shown.push(sign);
        is_escaped = sign == '\\' && !is_escaped;
        is_opening = is_opening && may_precede_a_block(sign);
        rest = rest.strip_prefix(sign).unwrap_or_default();
    }
}

/// A row of backticks. Three in a row would open a code fence, so in a row of three or more every second one is escaped.
#[derive(Default)]
struct Fence {
    signs: usize,
    is_long: bool,
}

impl Fence {
    /// Whether the sign that the text begins with here is one to escape.
    fn is_to_break(&mut self, rest: &str) -> bool {
        if !rest.starts_with('`') {
            self.signs = 0;
            return false;
        }
        if self.signs == 0 {
            self.is_long = rest.starts_with("```");
        }
        self.signs += 1;
        self.is_long && self.signs % 2 == 1
    }
}

/// Whether the text that begins here, after what is shown `before`, mentions or links, anywhere in a line. A link with words of its own is
/// none without its `](`, to whatever it leads. Of these two the second is escaped: among a link's words a backslash stands for itself.
fn does_something(before: &str, rest: &str) -> bool {
    let links = rest.starts_with("://") || (before.ends_with(']') && rest.starts_with('('));
    links || MENTIONS.iter().any(|start| rest.starts_with(start))
}

/// Whether the text that begins here makes a heading or a quote when it stands at the start of a line. The words of a heading may come
/// after any white space, line breaks too; so signs at the end would take in what is said below.
fn opens_a_block(rest: &str) -> bool {
    let after_signs = rest.trim_start_matches('#');
    let is_heading = after_signs.len() < rest.len() && after_signs.chars().next().is_none_or(is_white);
    is_heading || rest.starts_with('>')
}

/// White space and the marks of lists: what follows them still counts as the start of the line.
fn may_precede_a_block(sign: char) -> bool {
    is_white(sign) || matches!(sign, '-' | '*' | '+' | '.' | '0'..='9')
}

/// White space, also what only JavaScript calls so, in which the rules of Discord's client are written.
fn is_white(sign: char) -> bool {
    sign.is_whitespace() || sign == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_does_nothing_is_shown_as_typed() {
        for text in [
            "",
            "I cut p99 from 900 ms to 80 ms.",
            "**bold** _it_ `code` ~~no~~ ||x||",
            "a # b > c",
            "- one\n- two\n1. three",
            "me@example.org",
            "#tag",
            "a < b",
        ] {
            assert_eq!(disarm(text), text);
        }
    }

    #[test]
    fn what_would_do_something_is_disarmed() {
        let cases = [
            ("@everyone and @here", "\\@everyone and \\@here"),
            ("<@1> <@&2> <#3> </ask:4> <id:guide>", "\\<@1> \\<@&2> \\<#3> \\</ask:4> \\<id:guide>"),
            ("see https://x.example/a", "see https\\://x.example/a"),
            ("[free](https://x.example)", "[free]\\(https\\://x.example)"),
            (
                "[a](mailto:b@x.example) [[c]](tel:+49) [d\\](sms:+49)",
                "[a]\\(mailto:b@x.example) [[c]]\\(tel:+49) [d\\]\\(sms:+49)",
            ),
            ("[a]\\(discord:b) [c]\\\\(discord:d)", "[a]\\(discord:b) [c]\\\\(discord:d)"),
            ("# big\n  ## less\n- ### in a list\n-# small", "\\# big\n  \\## less\n- \\### in a list\n-\\# small"),
            (
                "#\na\n##\u{a0}b\n#\u{2003}c\n#\u{feff}d\n-#\n",
                "\\#\na\n\\##\u{a0}b\n\\#\u{2003}c\n\\#\u{feff}d\n-\\#\n",
            ),
            ("a\n#", "a\n\\#"),
            ("> said\n>>> all", "\\> said\n\\>>> all"),
            ("```rust\nfn\n```", "\\``\\`rust\nfn\n\\``\\`"),
            ("````", "\\``\\``"),
        ];
        for (typed, shown) in cases {
            assert_eq!(disarm(typed), shown);
        }
    }

    #[test]
    fn a_quotation_is_disarmed_and_short() {
        assert_eq!(quoted("@here"), "\"\\@here\"");
        assert_eq!(quoted(&"ü".repeat(100)), format!("\"{}\"", "ü".repeat(100)));
        assert_eq!(quoted(&"ü".repeat(101)), format!("\"{} …\"", "ü".repeat(100)));
    }

    #[test]
    fn a_typed_backslash_is_not_turned_against_us() {
        assert_eq!(disarm("\\<@1>"), "\\<@1>");
        assert_eq!(disarm("\\\\<@1>"), "\\\\\\<@1>");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_stands_unescaped(text in r"([<@#>:/`\\\[\]() a-z-]|@everyone|://|\]\(|#\n|\n){0,60}") {
            let shown = disarm(&text);
            prop_assert!(3 * shown.chars().count() <= 5 * text.chars().count() + 2);
            prop_assert!(!shown.contains("```") && !shown.contains("]("), "{shown:?}");
            for line in shown.lines().map(|line| line.trim_start_matches([' ', '-'])) {
                let after_signs = line.trim_start_matches('#');
                prop_assert!(after_signs == line || after_signs.starts_with(|sign| !char::is_whitespace(sign)), "{shown:?}");
            }
            for start in MENTIONS.iter().chain(&["://"]) {
                for (at, _) in shown.match_indices(start) {
                    let backslashes = shown.get(..at).unwrap().chars().rev().take_while(|sign| *sign == '\\').count();
                    prop_assert!(backslashes % 2 == 1, "{start} in {shown:?}");
                }
            }
        }
    }
}
