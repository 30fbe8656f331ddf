//! `/practice`, what brings a question back, and the switch of the coach.

use sandbox::{MessageView, Person};

use super::world::{Story, WHOLE, whole_with};

/// The first line of a question that is offered: why it is this one.
fn why(offered: &MessageView) -> &str {
    offered.content.lines().next().unwrap_or_default()
}

/// The prompt of a question that is offered.
fn prompt(offered: &MessageView) -> String {
    offered.embeds[0]["title"].as_str().expect("a headline").to_owned()
}

/// Answers the question that is offered, by its button, and says how it felt.
async fn answers(person: &Person, offered: &MessageView, felt: &str) -> MessageView {
    let modal = person.clicks_on(offered, "Answer").await.modal();
    let stored = person.sends(&super::world::filled(modal)).await.message();
    person.clicks_on(&stored, felt).await.message()
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_offers_what_is_new_and_never_the_same_twice_in_a_row() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let mut before = String::new();
    for _ in 0..30 {
        let offered = story.ada.runs("/practice").await.message();
        assert!(offered.ephemeral);
        assert_eq!(why(&offered), "New to you: you have not answered it yet.");
        assert_ne!(prompt(&offered), before);
        before = prompt(&offered);
    }
    let offered = story.ada.runs("/practice topic:conflict").await.message();
    assert_eq!(offered.buttons(), ["Answer", "Show guidance"]);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_sent_twice_at_once_brings_two_questions() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    for _ in 0..10 {
        let (one, other) = tokio::join!(story.ada.runs("/practice"), story.ada.runs("/practice"));
        assert_ne!(prompt(&one.message()), prompt(&other.message()));
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_felt_fine_is_due_after_ten_days_and_only_every_second_time() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let first = story.ada.runs("/practice topic:conflict").await.message();
    let told = answers(&story.ada, &first, "Fine").await;
    insta::assert_snapshot!(told, @"
    **Describe a time you disagreed with your manager about something that mattered. How did you say so, and what did you do once it was decided?**
    Fine: **/practice** brings it back in 10 days, from 2026-05-14 06:00 UTC on. Press another of the three buttons to change that.
    (only you can see this)
    ");
    story.clock_reaches("2026-05-04T06:05:00Z");
    let second = story.ada.runs("/practice topic:feedback").await.message();
    answers(&story.ada, &second, "Fine").await;

    story.clock_reaches("2026-05-14T05:59:59Z");
    assert_eq!(why(&story.ada.runs("/practice").await.message()), "New to you: you have not answered it yet.");
    story.clock_reaches("2026-05-14T06:00:00Z");
    let due = story.ada.runs("/practice").await.message();
    assert_eq!(why(&due), "Due again: you said that this one should come back.");
    assert_eq!(prompt(&due), prompt(&first));
    assert_eq!(why(&story.ada.runs("/practice").await.message()), "New to you: you have not answered it yet.");
    assert_eq!(prompt(&story.ada.runs("/practice").await.message()), prompt(&first));
    // Left unanswered, it does not keep the other from coming back.
    for (minute, offered) in [(6, &first), (7, &second), (8, &first), (9, &second)] {
        story.clock_reaches(&format!("2026-05-14T06:{minute:02}:00Z"));
        assert_eq!(why(&story.ada.runs("/practice").await.message()), "New to you: you have not answered it yet.");
        assert_eq!(prompt(&story.ada.runs("/practice").await.message()), prompt(offered));
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_changes_the_first_and_does_not_climb_once_more() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let stored = story.ada.runs_with("/answer question:protect-user-data", &WHOLE).await.message();
    for (felt, days) in [("Solid", "30 days"), ("Solid", "30 days"), ("Again", "3 days"), ("Fine", "10 days")] {
        let told = story.ada.clicks_on(&stored, felt).await.message();
        assert!(told.content.contains(&format!("brings it back in {days}")), "{told}");
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_improved_at_once_climbs_once_and_a_day_later_once_more() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    for (number, now, days) in [
        (1, "2026-05-04T06:00:00Z", "30 days"),
        (2, "2026-05-04T06:20:00Z", "30 days"),
        (3, "2026-05-05T06:19:59Z", "30 days"),
        (4, "2026-05-06T06:19:59Z", "90 days"),
    ] {
        story.clock_reaches(now);
        let parts = whole_with(["One.", "Two.", "Three.", "Four."][number - 1]);
        let stored = story.ada.runs_with("/answer question:protect-user-data", &parts).await.message();
        for _ in 0..2 {
            let told = story.ada.clicks_on(&stored, "Solid").await.message();
            assert!(told.content.contains(&format!("brings it back in {days}")), "attempt {number}: {told}");
        }
    }
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_it_felt_is_asked_also_where_the_answer_is_sent_unchanged() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let stored = story.ada.runs_with("/answer question:protect-user-data", &WHOLE).await.message();
    story.ada.clicks_on(&stored, "Again").await.message();
    story.clock_reaches("2026-05-07T06:00:00Z");
    let due = story.ada.runs("/practice").await.message();
    assert_eq!(why(&due), "Due again: you said that this one should come back.");
    let modal = story.ada.clicks_on(&due, "Answer").await.modal();
    let unchanged = story.ada.sends(&modal).await.message();
    assert!(unchanged.content.contains("This is the same as your attempt 1"), "{unchanged}");
    let told = story.ada.clicks_on(&unchanged, "Solid").await.message();
    assert!(told.content.contains("brings it back in 10 days"), "{told}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topic_and_level_are_completed_kept_to_and_refused_where_nothing_fits() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let topics = story.ada.suggests("/practice topic:con").await;
    assert!(topics.iter().any(|topic| topic.value == "conflict"), "{topics:?}");
    let offered = story.ada.runs("/practice topic:Conflict level:senior").await.message();
    let footer = offered.embeds[0]["footer"]["text"].as_str().expect("a line below");
    assert!(footer.contains("Topic: conflict") && footer.contains("senior"), "{footer}");
    let refused = story.ada.runs("/practice topic:juggling").await.message();
    assert!(refused.content.starts_with("No question has the topic \"juggling\". Topics are:"), "{refused}");
    let refused = story.ada.runs("/practice topic:architecture level:junior").await.message();
    insta::assert_snapshot!(refused, @r#"
    No question with the topic "architecture" is for the level junior; there are some for mid and senior. Choose one of those, or leave `level` or `topic` out.
    (only you can see this)
    "#);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_question_of_a_topic_is_not_offered_twice_in_a_row() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.ada.runs("/practice topic:ethics").await.message();
    let refused = story.ada.runs("/practice topic:ethics").await.message();
    insta::assert_snapshot!(refused, @"
    The question you got last is the only one of this kind, and **/practice** brings none twice in a row. Choose another `topic` or `level`, or try that one again: press **Answer** under it, or **Improve this** under your answer in **/history**.
    (only you can see this)
    ");
    story.ada.runs("/practice topic:conflict").await.message();
    assert_eq!(
        why(&story.ada.runs("/practice topic:ethics").await.message()),
        "New to you: you have not answered it yet."
    );
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_coach_is_switched_off_and_on_everywhere() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let is_coached = |stored: &MessageView| stored.to_string().contains("From the coach");
    let stored = story.ada.runs_with("/answer question:protect-user-data", &WHOLE).await.message();
    assert!(is_coached(&stored), "{stored}");
    insta::assert_snapshot!(story.ada.runs("/coach off").await.message(), @"
    The coach is off: you still get dos, don'ts and a sample. **/coach on** brings its questions back.
    (only you can see this)
    ");
    let stored = story.ada.runs_with("/answer question:protect-user-data", &whole_with("Another.")).await.message();
    assert!(!is_coached(&stored), "{stored}");
    story.ada.runs("/history").await.message();
    let opened = story.ada.chooses("Protect user data · attempt 1").await.message();
    assert!(!is_coached(&opened), "{opened}");
    insta::assert_snapshot!(story.ada.in_dm().runs("/coach on").await.message(), @"
    The coach is on: after each answer it asks up to three questions about your words, and names one good thing where it finds one. **/coach off** stops that.
    (only you can see this)
    ");
    story.ada.runs("/history").await.message();
    let opened = story.ada.chooses("Protect user data · attempt 1").await.message();
    assert!(is_coached(&opened), "{opened}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_should_come_again_is_due_after_three_days_and_only_for_whoever_answered_it() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let stored = story.ada.runs_with("/answer question:protect-user-data", &WHOLE).await.message();
    story.ada.clicks_on(&stored, "Again").await.message();
    let again = stored.components[1]["components"][0]["custom_id"].as_str().expect("a custom id").to_owned();
    let offered = story.bob.runs("/practice").await.message();
    let refused = story.bob.forces_click(&offered, &again).await.message();
    assert!(refused.content.starts_with("That answer is no longer there."), "{refused}");
    story.clock_reaches("2026-05-07T05:59:59Z");
    assert_eq!(why(&story.ada.runs("/practice").await.message()), "New to you: you have not answered it yet.");
    story.clock_reaches("2026-05-07T06:00:00Z");
    assert_eq!(
        why(&story.ada.runs("/practice").await.message()),
        "Due again: you said that this one should come back."
    );
    assert_eq!(why(&story.bob.runs("/practice").await.message()), "New to you: you have not answered it yet.");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_from_practice_belongs_to_no_post_and_what_practice_keeps_is_exported_and_deleted() {
    let story = Story::begins_with_a_post().await;
    let offered = story.ada.runs("/practice topic:ethics").await.message();
    answers(&story.ada, &offered, "Solid").await;
    story.ada.runs("/coach off").await.message();
    let export = story.ada.runs("/mydata export").await.message();
    insta::assert_snapshot!(export.content.lines().next().unwrap_or_default(), @"All that is stored about you: 1 answer, what you chose for practice, 1 question that comes back.");
    let told: serde_json::Value = serde_json::from_slice(&export.files[0].bytes).expect("JSON");
    assert_eq!(told["answers"][0]["post"], serde_json::Value::Null);
    insta::assert_snapshot!(told["practice"], @r#"{"coached":false,"last_offered":"speak-up-when-something-feels-wrong","was_due_again":false}"#);
    insta::assert_snapshot!(told["revisits"], @r#"[{"due_at":"2026-06-03T07:00:00Z","question":"speak-up-when-something-feels-wrong","rung":2}]"#);
    let markdown = String::from_utf8(export.files[1].bytes.clone()).expect("text");
    insta::assert_snapshot!(markdown.split("## Answers").next().unwrap_or_default().split_once("\n\n## ").expect("sections").1, @"
    Practice
    - the coach is off
    - the last question that you were offered: Speak up when something feels wrong

    ## Questions that come back
    - Speak up when something feels wrong, from 2026-06-03 07:00 UTC on
    ");

    story.ada.runs("/mydata delete").await.message();
    let modal = story.ada.clicks("Everything").await.modal();
    let label = modal.inputs[0].label.clone();
    story.ada.sends(&modal.types(&label, "delete")).await.message();
    let export = story.ada.runs("/mydata export").await.message();
    assert!(export.content.starts_with("Nothing is stored about you."), "{export}");
    let stored = story.ada.runs_with("/answer", &WHOLE).await.message();
    assert!(stored.to_string().contains("From the coach"), "that the coach was off is forgotten too: {stored}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_goes_with_the_last_answer() {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    let stored = story.ada.runs_with("/answer question:protect-user-data", &WHOLE).await.message();
    story.ada.clicks_on(&stored, "Fine").await.message();
    story.ada.runs("/history").await.message();
    story.ada.chooses("Protect user data · attempt 1").await.message();
    story.ada.clicks("Delete").await.message();
    story.ada.clicks("Delete").await.message();
    let told = story.ada.clicks_on(&stored, "Fine").await.message();
    assert!(told.content.starts_with("That answer is no longer there."), "{told}");
    story.ends().await;
}
