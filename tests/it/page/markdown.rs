//! Discord's markdown, as the page reads it.

use sandbox::Sandbox;
use serde_json::json;

use crate::browser::Browser;

/// A text, and the HTML that it becomes. A link is written without what all links have.
const TEXTS: &[(&str, &str)] = &[
    (
        "*a* _b_ **c** __d__ ~~e~~ `f`",
        "<p><em>a</em> <em>b</em> <strong>c</strong> <u>d</u> <s>e</s> <code>f</code></p>",
    ),
    ("***a***", "<p><em><strong>a</strong></em></p>"),
    ("***a** b*", "<p><em><strong>a</strong> b</em></p>"),
    ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"),
    ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"),
    ("__**a**__ ~~*b*~~", "<p><u><strong>a</strong></u> <s><em>b</em></s></p>"),
    ("snake_case_name and __init__.py", "<p>snake_case_name and <u>init</u>.py</p>"),
    ("2 * 3 * 4 and a*b", "<p>2 * 3 * 4 and a*b</p>"),
    ("** a", "<p>** a</p>"),
    (r"\*a\* \_b\_ \`c\` \# \\ \n", r"<p>*a* _b_ `c` # \ \n</p>"),
    (r"**a \** b**", "<p><strong>a ** b</strong></p>"),
    (r"¯\_(ツ)_/¯", r"<p>¯\_(ツ)_/¯</p>"),
    ("`*a*` ``b ` c`` `<@1>`", "<p><code>*a*</code> <code>b ` c</code> <code>&lt;@1&gt;</code></p>"),
    ("`a", "<p>`a</p>"),
    ("a\nb\n\nc", "<p>a\nb\n\nc</p>"),
    // Fences.
    ("```rust\nlet **a** = 1;\n\n  b\n```", "<pre><code>let **a** = 1;\n\n  b</code></pre>"),
    ("a\n```\nb\n```\nc", "<p>a</p><pre><code>b</code></pre><p>c</p>"),
    ("a ```b``` c", "<p>a </p><pre><code>b</code></pre><p> c</p>"),
    ("```\n\n# a\n\n```", "<pre><code># a</code></pre>"),
    (r"\```a```", "<p>```a```</p>"),
    // Headings and small print; the page's own headings are above them.
    ("# a\n## b\n### *c*\n#### d\n#e", "<h3>a</h3><h4>b</h4><h5><em>c</em></h5><p>#### d\n#e</p>"),
    ("a\n# b\nc # d", "<p>a</p><h3>b</h3><p>c # d</p>"),
    ("  # a\n\\# b\n-# #", "<h3>a</h3><p># b</p><small>#</small>"),
    ("#\na\n##\u{a0}b\n#\u{2003}c\n#\u{feff}d", "<h3>a</h3><h4>b</h4><h3>c</h3><h3>d</h3>"),
    ("a\n#\n\n \nb\nc\n#", "<p>a</p><h3>b</h3><p>c\n#</p>"),
    ("-# a **b**\n-#c", "<small>a <strong>b</strong></small><p>-#c</p>"),
    // Quotes.
    ("> a\n> *b*\nc", "<blockquote><p>a\n<em>b</em></p></blockquote><p>c</p>"),
    ("a\n> b\n\n> c", "<p>a</p><blockquote><p>b</p></blockquote><blockquote><p>c</p></blockquote>"),
    (">>> a\nb\n# c", "<blockquote><p>a\nb</p><h3>c</h3></blockquote>"),
    ("> > a", "<blockquote><p>&gt; a</p></blockquote>"),
    (">a\nb > c", "<p>&gt;a\nb &gt; c</p>"),
    ("> ```\n> a\n> ```\nb", "<blockquote><pre><code>a</code></pre></blockquote><p>b</p>"),
    ("```\n> a\n```", "<pre><code>&gt; a</code></pre>"),
    // Lists.
    ("- a\n* **b**\nc", "<ul><li>a</li><li><strong>b</strong></li></ul><p>c</p>"),
    ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
    ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"),
    ("- a\n  1. b", "<ul><li>a<ol start=\"1\"><li>b</li></ol></li></ul>"),
    ("-a\n1.b", "<p>-a\n1.b</p>"),
    ("> - a\n> - b", "<blockquote><ul><li>a</li><li>b</li></ul></blockquote>"),
    // Links.
    ("[*a*](https://b.example/c)", "<p><a href=\"https://b.example/c\"><em>a</em></a></p>"),
    ("[a](<https://b.example> \"title\")", "<p><a href=\"https://b.example\">a</a></p>"),
    ("[a](https://b.example/c_(d))", "<p><a href=\"https://b.example/c_(d)\">a</a></p>"),
    ("[https://a.example](https://b.example)", "<p><a href=\"https://b.example\">https://a.example</a></p>"),
    ("<https://a.example>", "<p><a href=\"https://a.example\">https://a.example</a></p>"),
    ("(https://a.example/b_c_d).", "<p>(<a href=\"https://a.example/b_c_d\">https://a.example/b_c_d</a>).</p>"),
    ("https://a.example/b_(c), d", "<p><a href=\"https://a.example/b_(c)\">https://a.example/b_(c)</a>, d</p>"),
    ("**https://a.example**", "<p><strong><a href=\"https://a.example\">https://a.example</a></strong></p>"),
    ("https://discord.com/channels/4/5/6 https://discord.com/channels/4/5", "<p>((#general)) ((#general))</p>"),
    (
        "https://discord.com/channels/4/9/6",
        "<p><a href=\"https://discord.com/channels/4/9/6\">https://discord.com/channels/4/9/6</a></p>",
    ),
    (
        "[a](mailto:b@c.example) [d](tel:+49) [e](sms:+49) [f](discord://-/g)",
        "<p><a href=\"mailto:b@c.example\">a</a> <a href=\"tel:+49\">d</a> <a href=\"sms:+49\">e</a> \
         <a href=\"discord://-/g\">f</a></p>",
    ),
    (r"[a\](mailto:b@c.example)", r#"<p><a href="mailto:b@c.example">a\</a></p>"#),
    (r"\[a](mailto:b@c.example) [a]\(https:b)", "<p>[a](mailto:b@c.example) [a](https:b)</p>"),
    ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
    ("[a](data:text/html,b) <javascript:c>", "<p>[a](data:text/html,b) &lt;javascript:c&gt;</p>"),
    (
        "<script>alert(1)</script><img src=x onerror=y>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=y&gt;</p>",
    ),
    // Mentions.
    ("<@1> <@!2> <@9>", "<p>[[@Ada me]] [[@Bob]] [[@unknown-user]]</p>"),
    ("<@&3> <@&4> <@&9>", "<p>[[@mods]] [[@everyone]] [[@unknown-role]]</p>"),
    ("<#5> <#9>", "<p>((#general)) [[#unknown]]</p>"),
    ("</daily setup:6> @everyone @here a@here", "<p>[[/daily setup]] [[@everyone]] [[@here]] a[[@here]]</p>"),
    ("<:wave:7> <a:spin:8>", "<p>:wave: :spin:</p>"),
    // Instants.
    ("<t:1777878000>", "<p>{{4 May 2026 09:00}}</p>"),
    ("<t:1777878000:t> <t:1777878000:T>", "<p>{{09:00}} {{09:00:00}}</p>"),
    ("<t:1777878000:d> <t:1777878000:D>", "<p>{{04/05/2026}} {{4 May 2026}}</p>"),
    ("<t:1777878000:F>", "<p>{{Monday 4 May 2026 09:00}}</p>"),
    ("<t:1777878000:R> <t:1777867200:R>", "<p>{{in 2 hours}} {{1 hour ago}}</p>"),
    ("<t:x> <t:9999999999999:f>", "<p>&lt;t:x&gt; <span>Invalid date</span></p>"),
    // Spoilers.
    ("||a **b**|| | c", "<p>((a <strong>b</strong> | Spoiler: press to show)) | c</p>"),
];

/// Writes the HTML of a text down in short. Where a comma stands in a date is the browser's.
const READ: &str = r#"
    import("/page/markdown.js").then(({ block }) => TEXTS.map((text) => {
        const names = { users: { 1: "Ada", 2: "Bob" }, roles: { 3: "mods", 4: "@everyone" }, channels: { 5: "general" } };
        const home = document.createElement("div");
        home.append(block(text, { names, now: 1777870800000, me: "1", visits() {} }));
        for (const button of home.querySelectorAll("button")) {
            const name = button.getAttribute("aria-label");
            button.replaceWith("((", ...button.childNodes, name ? ` | ${name}))` : "))");
        }
        for (const mention of home.querySelectorAll(".mention")) {
            mention.replaceWith(`[[${mention.textContent}${mention.classList.contains("me") ? " me" : ""}]]`);
        }
        for (const time of home.querySelectorAll("time")) time.replaceWith(`{{${time.textContent.replace(/,| at/g, "")}}}`);
        for (const link of home.querySelectorAll("a")) {
            if (link.rel === "noreferrer noopener" && link.target === "_blank") {
                link.removeAttribute("rel");
                link.removeAttribute("target");
            }
        }
        return home.innerHTML
            .replace(/<div class="lines">([\s\S]*?)<\/div>/g, "<p>$1</p>")
            .replace(/<div class="small">([\s\S]*?)<\/div>/g, "<small>$1</small>");
    }))"#;

#[tokio::test(flavor = "multi_thread")]
async fn markdown_is_read_by_the_rules_of_discord() {
    let Some(browser) = Browser::opens().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.lives_in("Europe/Berlin", "en-GB").await;
    browser.goes_to(&sandbox.url()).await;
    let texts: Vec<&str> = TEXTS.iter().map(|(text, _)| *text).collect();
    let read = browser.eval(&READ.replace("TEXTS", &json!(texts).to_string())).await;
    let wrong: Vec<String> = TEXTS
        .iter()
        .zip(read.as_array().unwrap())
        .filter(|((_, wanted), html)| *html != wanted)
        .map(|((text, wanted), html)| format!("{text}\nbecomes {}\nand not {wanted}", html.as_str().unwrap()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(browser.console().await, [""; 0]);
}
