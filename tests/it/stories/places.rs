//! Which question a bare command means, by the place where it is typed.

use super::world::{Story, WHOLE, filled};

fn prompt(message: &sandbox::MessageView) -> String {
    message.embeds[0]["title"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_thread_under_mondays_post_mondays_question_is_meant_on_wednesday() {
    let story = Story::begins_with_a_post().await;
    let monday = story.general.messages().remove(0);
    let thread = story.general.open_thread(monday.id, "Monday's talk");
    story.clock_reaches("2026-05-05T07:00:00Z");
    story.posts_in(&story.general, 2).await;
    story.clock_reaches("2026-05-06T07:00:00Z");
    let wednesday = story.posts_in(&story.general, 3).await.remove(2);
    assert_ne!(prompt(&monday), prompt(&wednesday));

    let modal = story.ada.in_channel(&thread).runs("/answer").await.modal();
    assert_eq!(modal.texts, [prompt(&monday)]);
    let modal = story.ada.runs("/answer").await.modal();
    assert_eq!(modal.texts, [prompt(&wednesday)]);
    let shown = story.ada.in_channel(&thread).runs("/question").await.message();
    assert_eq!(prompt(&shown), prompt(&monday));

    story.ada.in_channel(&thread).runs_with("/answer", &WHOLE).await.message();
    let status = story.grace.runs("/daily status").await.message().to_string();
    assert!(status.contains("1 person answered"), "{status}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_the_servers_only_daily_question_is_meant_and_of_two_none() {
    let story = Story::begins_with_a_post().await;
    let random = story.guild.add_channel("random");
    let other = story.guild.add_channel("other");
    let monday = story.general.messages().remove(0);
    let modal = story.ada.in_channel(&random).runs("/answer").await.modal();
    assert_eq!(modal.texts, [prompt(&monday)]);

    story.grace.runs("/daily setup channel:#other time:09:00 timezone:Europe/Berlin").await.message();
    insta::assert_snapshot!(story.ada.in_channel(&random).runs("/answer").await.message(), @"
    This channel has no daily question. Pick a question with the option `question`, or use the command in a channel that has one.
    (only you can see this)
    ");
    insta::assert_snapshot!(story.ada.in_channel(&other).runs("/answer").await.message(), @"
    No daily question was posted yet. Pick a question with the option `question`, or wait for the first post.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_found_by_words_by_topic_or_by_chance_of_the_topic() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let offered = story.ada.suggests("/question question:schema").await;
    let names: Vec<_> = offered.iter().map(|choice| choice.name.as_str()).collect();
    insta::assert_snapshot!(names.join("\n"), @"Change a schema in production (databases)");
    let shown = story.ada.runs("/question question:change-a-schema-in-production").await.message();
    insta::assert_snapshot!(shown, @"
    │ Describe a schema change you made to a database that was in use. How did you avoid downtime and lost data?
    │ A migration is where a small mistake becomes an outage or a lost row. The interviewer wants steps that can each be undone, a rehearsal on real volumes, and proof that nothing went missing.
    │
    │ Nobody here sees your answer unless you share it.
    │ Topic: databases · Level: mid, senior
    [Answer] [Show guidance]
    (only you can see this)
    ");
    let typed_by_hand = story.ada.runs("/question question:schema production").await.message();
    assert_eq!(prompt(&typed_by_hand), prompt(&shown));
    insta::assert_snapshot!(story.ada.runs("/question question:zebra").await.message(), @r#"
    No question was found for "zebra". Type a word of the question or a topic and pick one from the list.
    (only you can see this)
    "#);
    let topic = story.ada.runs("/question topic:databases").await.message();
    assert!(topic.to_string().contains("Topic: databases"), "{topic}");
    insta::assert_snapshot!(story.ada.runs("/question").await.message(), @"
    This channel has no daily question. Pick a question with the option `question`, or use the command in a channel that has one.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn help_says_what_star_is_and_who_sees_what() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    insta::assert_snapshot!(story.ada.runs("/help").await.message(), @r#"
    Starling helps you get ready for interviews, one question a day.
    │ What STAR is
    │ Interviewers ask for a story: "Tell me about a time when …". STAR is a way to tell one so that nothing important is left out.
    │ - **Situation**: where and when it was, and what was going on. Two or three sentences.
    │ - **Task**: what was yours to do, or to decide.
    │ - **Action**: what you did, step by step, and why. This is most of the answer. Say "I".
    │ - **Result**: what came of it, with a number if you have one.
    │ Spoken aloud, an answer takes two or three minutes.
    │ What you can do
    │ - **Answer** under a daily question, or **/answer**, opens the form; `question` picks a different question. Half an answer is kept as a draft.
    │ - **Show guidance** gives tips and a sample before you try.
    │ - **/question** shows a question with why interviewers ask it. `topic` picks one of that topic.
    │ - **/practice** picks the question that you should do next; `topic` and `level` narrow it down. After an answer, **Again**, **Fine** and **Solid** say when its question comes back.
    │ - **/coach off** stops the coach's questions about your answers, **/coach on** brings them back.
    │ - **/history** shows your own answers. `search` finds text in them; an answer that you open can be deleted.
    │ - **/progress** shows your streak, your answers by topic, and a picture of the last half year.
    │ - **/mydata export** gives you everything stored about you as files; **/mydata delete** deletes it.
    │ After an answer you get dos, don'ts and a sample, and **Improve this** to try again. Every attempt is kept.
    │ For admins
    │ With the permission Manage Server:
    │ - **/daily setup** gives a channel a daily question; each group can have its own channel and time.
    │ - **/daily status** shows when the next one comes and what became of the last seven days.
    │ - **/daily change** changes or moves it, **pause** and **resume** stop and restart it, **skip** swaps the next question for another, **post-now** makes today's post, **off** ends it.
    │ Who sees what
    │ Your answers and drafts are private: what you send and what Starling replies is shown to you alone, unless you share an answer. What you share is shown under your name where its daily question is, and **Take back** deletes it there. Admins see how many people answered a daily question, not who, and never what they wrote. Whoever hosts this bot can read its file, your answers included, as with any bot that keeps what you write.
    │ Take it along
    │ Install Starling to your own account, and you can open your history in any server, also after you leave this one:
    │ https://discord.com/oauth2/authorize?client_id=1000000000000000001&integration_type=1&scope=applications.commands
    (only you can see this)
    "#);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_installs_it_to_their_account_has_it_in_a_server_without_it_and_among_friends() {
    let story = Story::begins_with_a_post().await;
    let elsewhere = story.sandbox.add_guild_without_bot("Elsewhere");
    let eve = elsewhere.add_member("Eve").in_channel(&elsewhere.add_channel("hall"));
    eve.installs_app();
    let offered = eve.suggests("/question question:schema").await;
    assert_eq!(offered[0].value, "change-a-schema-in-production");
    let mut refusals = Vec::new();
    for place in [eve.clone(), eve.in_dm_with(&story.bob), eve.in_dm()] {
        assert!(place.try_runs("/daily status").await.is_err(), "an admin command is offered there");
        refusals.push(place.runs("/answer").await.message().content);
        place.runs("/question question:change-a-schema-in-production").await.message();
        let modal = place.clicks("Answer").await.modal();
        let saved = place.sends(&filled(modal)).await.message();
        assert!(saved.ephemeral && saved.to_string().contains("aved"), "{saved}");
        place.clicks("Helpful").await.message();
        let page = place.runs("/history").await.message();
        assert!(page.content.starts_with("You have 1 answer"), "{page}");
        let export = place.runs("/mydata export").await.message();
        assert_eq!(export.files.len(), 2);
        place.runs("/help").await.message();
    }
    insta::assert_snapshot!(refusals.join("\n"), @"
    This channel has no daily question. Pick a question with the option `question`, or use the command in a channel that has one.
    There is no daily question in a direct message. Pick a question with the option `question`.
    There is no daily question in a direct message. Pick a question with the option `question`.
    ");
    let export = eve.runs("/mydata export").await.message();
    let told: serde_json::Value = serde_json::from_slice(&export.files[0].bytes).unwrap();
    assert_eq!(told["answers"][0]["server_id"], elsewhere.id().to_string());
    assert!(eve.in_dm_with(&story.bob).sees().iter().all(|message| message.ephemeral));
    story.ends().await;
}
