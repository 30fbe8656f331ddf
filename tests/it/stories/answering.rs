//! Answering: by button, modal and slash command, and what one sees of it.

use sandbox::MessageView;

use super::world::{Story, WHOLE, filled, whole_with};

/// What is said above the guidance, which is the same for every answer.
fn opening(message: &MessageView) -> &str {
    &message.content
}

#[tokio::test(flavor = "multi_thread")]
async fn the_button_opens_the_form() {
    let story = Story::begins_with_a_post().await;
    let modal = story.ada.clicks("Answer").await.modal();
    insta::assert_snapshot!(modal, @r#"
    ┌ Protect user data
    │ How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?
    │ Situation (at most 600)
    │   … When and where was it, and what was going on? Two or three sentences.
    │ Task (at most 300)
    │   … What was yours to do, or to decide?
    │ Action (at most 1500)
    │   … What did you do, step by step, and why that way? Say "I".
    │ Result (at most 700)
    │   … What came of it? Give a number if you have one.
    └ [Cancel] [Submit]
    "#);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ada_answers_by_the_button_and_improves_her_answer() {
    let story = Story::begins_with_a_post().await;
    let modal = story.ada.clicks("Answer").await.modal();
    let reply = story.ada.sends(&filled(modal)).await.message();
    insta::assert_snapshot!(reply, @r#"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Saved as your attempt 1 at this question.
    │ From the coach
    │ - Your Action has 10 words: "I measured it, found a missing index and added it". What did you do, step by step?
    │ Worked out by plain rules, which can be wrong. There is no score.
    │ Do
    │ - Start with the data: what is sensitive, and what you stopped storing.
    │ - Say against whom each measure helps: a thief of disks, a curious colleague, a stranger on the network.
    │ - Count the people and services that could read it, before and after.
    │ - Show that you were ready for a leak: the access log, a drill, who calls whom.
    │ Don't
    │ - Don't stop at HTTPS and hashed passwords.
    │ - Don't tell details that would help somebody attack a former employer.
    │ - Don't present it as finished, or as the security team's business.
    │ One example, not the answer
    │ **Situation**
    │ Fourteen findings. In January 2022 the insurer behind a third of our 310,000 customers had us audited; Medivlinder sells medicines online from Utrecht, and an order there is health data. Backups lay unencrypted, 23 people could read the production database, and an error page had shown the auditor a line of SQL with an e-mail address in it.
    │
    │ **Task**
    │ As the senior back-end developer I had until 1 June to close the findings, or the contract was over.
    │
    │ **Action**
    │ I first listed every personal field with the person who needed it. Nobody did for 4 of 19, so we deleted those. In transit I ended plain HTTP, required TLS 1.2 or newer, with HSTS, and had our own services verify the database's certificate too. At rest, encrypted disks and backups stop a thief, but nobody with a login, so I also encrypted prescriptions and phone numbers field by field: AES-256-GCM, with data keys wrapped by the provider's key service. That cost support its search by part of a number. They protested, and rightly: callers were waiting. We settled on the last three digits in the clear, and a keyed hash for exact matches.
    │
    │ The 23 people became 4, through single sign-on, for eight hours at a time with a second person's approval, and every query is logged. Each service got its own database role with only the columns it needs. Errors now pass through one handler: the customer sees a plain sentence and a reference, the details go to a log that masks addresses and tokens. I wrote a test that makes each of our 64 endpoints fail and searches the answer for stack traces, SQL and host names. It found three that I had missed.
    │
    │ Then I staged a leak. Finding out whose data was concerned took us five hours, so I reworked the access log and we did it again.
    │
    │ **Result**
    │ At the second audit one low finding was left of 14, and the insurer renewed for 2.3 million euros a year. The repeated drill took 40 minutes. In October a courier lost a backup disk; because it was encrypted and its key elsewhere, our data protection officer recorded the loss and no customer had to be alarmed.
    │ What an interviewer would ask next
    │ - Where do your encryption keys live, and who can use them?
    │ - How would you learn that a colleague had copied the customer table?
    │ - What did security make harder for honest users?
    │ How did it feel? **Again**, **Fine** and **Solid** set when **/practice** brings this question back.
    [Improve this] [Share] [Helpful] [Not helpful]
    [Again] [Fine] [Solid]
    (only you can see this)
    "#);

    let modal = story.ada.clicks("Improve this").await.modal();
    assert_eq!(modal.value("Result"), "Searches went from 900 ms to 40 ms.");
    let reply =
        story.ada.sends(&modal.types("Result", "Searches went from 900 ms to 40 ms, and nobody complains.")).await;
    insta::assert_snapshot!(opening(&reply.message()), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Saved as your attempt 2 at this question.
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bob_answers_by_the_command_alone_and_nobody_sees_anothers_answer() {
    let story = Story::begins_with_a_post().await;
    let modal = story.ada.clicks("Answer").await.modal();
    story.ada.sends(&filled(modal).types("Situation", "Ada's secret.")).await.message();
    let reply = story.bob.runs_with("/answer", &whole_with("Bob's secret.")).await;
    insta::assert_snapshot!(opening(&reply.message()), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Saved as your attempt 1 at this question.
    ");

    let seen_by = |person: &sandbox::Person| person.sees().iter().map(ToString::to_string).collect::<String>();
    story.ada.runs("/history").await.message();
    story.bob.runs("/history").await.message();
    assert!(seen_by(&story.ada).contains("Ada's secret") && !seen_by(&story.ada).contains("Bob's secret"));
    assert!(seen_by(&story.bob).contains("Bob's secret") && !seen_by(&story.bob).contains("Ada's secret"));
    assert_eq!(seen_by(&story.grace).matches("secret").count(), 0);
    let status = story.grace.runs("/daily status").await.message().to_string();
    assert!(status.contains("2 people answered"), "{status}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_again_is_not_a_new_attempt() {
    let story = Story::begins_with_a_post().await;
    story.bob.runs_with("/answer", &WHOLE).await.message();
    let again = story.bob.runs_with("/answer", &WHOLE).await.message();
    insta::assert_snapshot!(opening(&again), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    This is the same as your attempt 1, which is saved. Change a part to save a new one.
    ");
    assert!(again.to_string().contains("In May our search was slow."));
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_to_another_post_is_said_not_to_count_for_it_until_it_is_improved() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer question:protect-user-data", &WHOLE).await.message();
    let modal = story.ada.clicks_on(&story.general.messages()[0], "Answer").await.modal();
    let again = story.ada.sends(&modal).await.message();
    insta::assert_snapshot!(opening(&again), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    This is the same as your attempt 1, which is saved. It does not count for this post; change a part to answer it.
    ");
    let status = story.grace.runs("/daily status").await.message().to_string();
    assert!(status.contains("0 people answered"), "{status}");
    let modal = story.ada.clicks_on(&again, "Improve this").await.modal();
    story.ada.sends(&modal.types("Result", "40 ms.")).await.message();
    let status = story.grace.runs("/daily status").await.message().to_string();
    assert!(status.contains("1 person answered"), "{status}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn options_win_over_what_is_on_file() {
    let story = Story::begins_with_a_post().await;
    story.bob.runs_with("/answer", &WHOLE).await.message();
    let modal = story.bob.runs("/answer situation:Last June it rained.").await.modal();
    assert_eq!((modal.value("Situation"), modal.value("Task")), ("Last June it rained.", "I had to make it fast."));
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_too_long_gives_all_the_text_back() {
    let story = Story::begins_with_a_post().await;
    let modal = story.ada.clicks("Answer").await.modal();
    let sent = filled(modal).types("Task", &"x".repeat(301));
    let reply = story.ada.forces_modal(&sent).await.message();
    insta::assert_snapshot!(opening(&reply), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Not saved. Too long: Task (301 of 300 characters). Shorten it, then press **Answer** to send it again. Here is all that you wrote, to be copied.
    ");
    assert!(reply.to_string().contains("found a missing index") && reply.to_string().contains(&"x".repeat(301)));
    insta::assert_snapshot!(story.ada.runs("/history").await.message(), @"
    You have no finished answer yet. Try **/answer**, or the Answer button under a daily question.
    (only you can see this)
    ");
    story.ends().await;
}

/// The four parts as long as they may be.
fn longest(letter: &str) -> Vec<(&'static str, String)> {
    [("Situation", 600), ("Task", 300), ("Action", 1500), ("Result", 700)]
        .map(|(label, limit)| (label, letter.chars().cycle().take(limit).collect()))
        .into()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_answers_come_back_whole() {
    let story = Story::begins_with_a_post().await;
    for letter in ["😀", "# <@1> @everyone `x` **b** [a](https://x.example)\n"] {
        let parts = longest(letter);
        let modal = story.ada.clicks_on(&story.general.messages()[0], "Answer").await.modal();
        let modal = parts.iter().fold(modal, |modal, (label, text)| modal.types(label, text));
        story.ada.sends(&modal).await.message();
        story.ada.runs("/history").await.message();
        let opened = story.ada.chooses("").await;
        let shown = shown_of(&opened).await;
        let disarm = starling::reply::disarm::disarm;
        let disarmed: Vec<_> = parts.iter().map(|(label, text)| format!("**{label}**\n{}", disarm(text))).collect();
        assert_eq!(without_breaks(&shown), without_breaks(&disarmed.concat()));
        let modal = story.ada.clicks("Improve this").await.modal();
        for (label, text) in &parts {
            assert_eq!(modal.value(label), text);
        }
    }
    story.ends().await;
}

/// What an opened answer shows of the four parts, over all of its messages.
async fn shown_of(opened: &sandbox::Reply) -> String {
    let mut messages = opened.messages();
    let parts = |messages: &[MessageView]| -> String {
        let embeds = messages.iter().flat_map(|message| &message.embeds);
        let embeds = embeds.filter(|embed| embed["title"] != "From the coach");
        embeds.map(|embed| embed["description"].as_str().unwrap_or_default()).collect()
    };
    if !parts(&messages).contains("**Result**") {
        messages.extend(opened.follow_ups(1).await);
    }
    parts(&messages)
}

fn without_breaks(text: &str) -> String {
    text.replace('\n', "")
}

#[tokio::test(flavor = "multi_thread")]
async fn guidance_is_there_for_who_looks_first() {
    let story = Story::begins_with_a_post().await;
    let guidance = story.ada.clicks("Show guidance").await.message();
    assert!(guidance.ephemeral);
    let embeds: Vec<_> = guidance.embeds.iter().map(|embed| embed["title"].as_str().unwrap()).collect();
    assert_eq!(embeds, ["Do", "Don't", "One example, not the answer", "What an interviewer would ask next"]);
    assert_eq!(guidance.buttons(), ["Answer", "Helpful", "Not helpful"]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_no_known_question_comes_back() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let refused = story.bob.runs_with("/answer", &WHOLE).await.message();
    insta::assert_snapshot!(refused, @"
    Not saved. This channel has no daily question. Pick a question with the option `question`, or use the command in a channel that has one. Here is all that you wrote.
    │ What you wrote
    │ **Situation**
    │ In May our search was slow.
    │
    │ **Task**
    │ I had to make it fast.
    │
    │ **Action**
    │ I measured it, found a missing index and added it.
    │
    │ **Result**
    │ Searches went from 900 ms to 40 ms.
    (only you can see this)
    ");
    let unknown = [WHOLE.as_slice(), &[("question", "zebra")]].concat();
    let refused = story.bob.runs_with("/answer", &unknown).await.message();
    assert!(refused.content.contains("zebra") && refused.to_string().contains("missing index"), "{refused}");
    story.ends().await;
}
