//! Answering: by button, modal and slash command, and what one sees of it.

use sandbox::MessageView;

use super::world::{Story, WHOLE, filled, whole_with};

/// What is said above the guidance, which is the same for every answer.
fn opening(message: &MessageView) -> &str {
    &message.content
}

#[tokio::test(flavor = "multi_thread")]
async fn ada_answers_by_the_button_and_improves_her_answer() {
    let story = Story::begins_with_a_post().await;
    let modal = story.ada.clicks("Answer").await.modal();
    insta::assert_snapshot!(modal, @r#"
    ┌ Move to a cloud platform
    │ Which cloud platforms have you worked with, such as AWS, Google Cloud or Azure? Tell me about a system you built or ran on one.
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
    let reply = story.ada.sends(&filled(modal)).await.message();
    insta::assert_snapshot!(reply, @"
    **Which cloud platforms have you worked with, such as AWS, Google Cloud or Azure? Tell me about a system you built or ran on one.**
    Saved as your attempt 1 at this question.
    │ Do
    │ - Match each service you name to the need that it met.
    │ - Say which providers you compared, with which of your own workloads, and what decided.
    │ - Tell about a failure you rehearsed: a zone lost, a database failing over, a restore.
    │ - Put the cost in figures, before and after, surprises included.
    │ Don't
    │ - Don't list certificates or service names without a system around them.
    │ - Don't call it cheaper if you only compare machines and leave out traffic, storage and people.
    │ - Don't take the provider's promise for your own availability.
    │ One example, not the answer
    │ **Situation**
    │ In May 2018, in the busiest week of the year, our disk array failed for 11 hours. Maple Lane prints school yearbooks in Halifax, Canada. Its rack of nine servers cost 9,800 dollars a month, idled for ten months of the year, and was too small in May and June.
    │
    │ **Task**
    │ My manager asked the two of us in back-end work for a platform that would grow and shrink with the season. The choice and the move were mine, to be done by April.
    │
    │ **Action**
    │ I rebuilt our page renderer on two providers and ran one peak day's jobs on each. They came within 8 % of one another in price. Both could keep pupils' photographs in Canada. AWS won because my colleague had run it for three years; I wrote that down, so that nobody would take it for magic.
    │
    │ Web servers went to EC2 in two zones behind a load balancer, 2 to 16 of them, scaled by requests per server; the two permanent ones we reserved for a year. Renderers run on Spot instances, because a page can simply be rendered again. Photographs, 14 TB, went to S3: schools upload straight to it by presigned URL, public access is blocked for the whole account, and after 90 days a photo moves to a cheaper class. The database became RDS for PostgreSQL, Multi-AZ. I forced a failover on a quiet Tuesday. RDS was back in 74 s; our connection pool sat on dead sockets for 15 minutes, until I set socket time-outs. I would rather learn that in February than in June. I also restored one backup a month, by hand, with a stopwatch.
    │
    │ The first bill was 610 dollars over my estimate, and I had to explain it. Renderers in private subnets fetched their photos through the NAT gateway, which charges by the gigabyte. A gateway endpoint for S3 costs nothing, and ended that.
    │
    │ **Result**
    │ Averaged over the year we pay 5,600 dollars a month instead of 9,800, 43 % less. In June 2019 we grew from 2 to 13 web servers and had no outage; the one real failover that year cost us 80 s. A copy of everything for testing takes 25 minutes, where a new server used to take three weeks, and we release weekly instead of monthly.
    │ What an interviewer would ask next
    │ - Which part of it would be hardest to move to another provider?
    │ - How did you keep the account itself safe?
    │ - What did the first bill teach you?
    [Improve this] [Helpful] [Not helpful]
    (only you can see this)
    ");

    let modal = story.ada.clicks("Improve this").await.modal();
    assert_eq!(modal.value("Result"), "Searches went from 900 ms to 40 ms.");
    let reply =
        story.ada.sends(&modal.types("Result", "Searches went from 900 ms to 40 ms, and nobody complains.")).await;
    insta::assert_snapshot!(opening(&reply.message()), @"
    **Which cloud platforms have you worked with, such as AWS, Google Cloud or Azure? Tell me about a system you built or ran on one.**
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
    **Which cloud platforms have you worked with, such as AWS, Google Cloud or Azure? Tell me about a system you built or ran on one.**
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
    **Which cloud platforms have you worked with, such as AWS, Google Cloud or Azure? Tell me about a system you built or ran on one.**
    This is the same as your attempt 1, which is saved. Change a part to save a new one.
    ");
    assert!(again.to_string().contains("In May our search was slow."));
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
    **Which cloud platforms have you worked with, such as AWS, Google Cloud or Azure? Tell me about a system you built or ran on one.**
    Not saved: Task has 301 characters, the limit is 300. Here is all that you wrote; shorten it and send it again with **/answer**.
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
    This channel has no daily question. Pick a question with the option `question`, or use the command in a channel that has one. Here is all that you wrote.
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
