//! A person's own history.

use super::world::{Story, whole_with};

/// Ada answers 25 times, once a minute; the thirteenth stands out.
async fn begins_with_25_answers() -> Story {
    let story = Story::begins_with_a_post().await;
    for number in 1..=25 {
        story.clock_reaches(&format!("2026-05-04T07:{number:02}:00Z"));
        let about = if number == 13 { "a Straße at 100%" } else { "search" };
        let situation = format!("Story number {number}, about {about}.");
        story.ada.runs_with("/answer", &whole_with(&situation)).await.message();
    }
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_five_answers_are_shown_ten_a_page_newest_first() {
    let story = begins_with_25_answers().await;
    let page = story.ada.runs("/history").await.message();
    insta::assert_snapshot!(page, @"
    You have 25 answers, page 1 of 3. Only you see this.
    │ **Protect user data** · attempt 25 · 2026-05-04 07:25 UTC
    │ Story number 25, about search.
    │
    │ **Protect user data** · attempt 24 · 2026-05-04 07:24 UTC
    │ Story number 24, about search.
    │
    │ **Protect user data** · attempt 23 · 2026-05-04 07:23 UTC
    │ Story number 23, about search.
    │
    │ **Protect user data** · attempt 22 · 2026-05-04 07:22 UTC
    │ Story number 22, about search.
    │
    │ **Protect user data** · attempt 21 · 2026-05-04 07:21 UTC
    │ Story number 21, about search.
    │
    │ **Protect user data** · attempt 20 · 2026-05-04 07:20 UTC
    │ Story number 20, about search.
    │
    │ **Protect user data** · attempt 19 · 2026-05-04 07:19 UTC
    │ Story number 19, about search.
    │
    │ **Protect user data** · attempt 18 · 2026-05-04 07:18 UTC
    │ Story number 18, about search.
    │
    │ **Protect user data** · attempt 17 · 2026-05-04 07:17 UTC
    │ Story number 17, about search.
    │
    │ **Protect user data** · attempt 16 · 2026-05-04 07:16 UTC
    │ Story number 16, about search.
    (Previous) [Next]
    [Open one in full ▾]
      ○ Protect user data · attempt 25: Story number 25, about search.
      ○ Protect user data · attempt 24: Story number 24, about search.
      ○ Protect user data · attempt 23: Story number 23, about search.
      ○ Protect user data · attempt 22: Story number 22, about search.
      ○ Protect user data · attempt 21: Story number 21, about search.
      ○ Protect user data · attempt 20: Story number 20, about search.
      ○ Protect user data · attempt 19: Story number 19, about search.
      ○ Protect user data · attempt 18: Story number 18, about search.
      ○ Protect user data · attempt 17: Story number 17, about search.
      ○ Protect user data · attempt 16: Story number 16, about search.
    (only you can see this)
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_turn_in_place_and_stop_at_the_ends() {
    let story = begins_with_25_answers().await;
    let first = story.ada.runs("/history").await.message();
    let page = story.ada.clicks("Next").await.message();
    assert!(page.content.contains("page 2 of 3"), "{page}");
    assert_eq!(page.id, first.id);
    let page = story.ada.clicks("Next").await.message();
    assert!(page.content.contains("page 3 of 3") && page.to_string().contains("Story number 1,"), "{page}");
    assert_eq!(page.buttons(), ["Previous"]);
    let page = story.ada.clicks("Previous").await.message();
    assert!(page.content.contains("page 2 of 3"), "{page}");

    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_found_by_words_in_any_case_and_opened_in_full() {
    let story = begins_with_25_answers().await;
    let found = story.ada.runs("/history search:STRASSE AT 100%").await.message();
    assert!(found.content.starts_with("None of your answers has"), "{found}");
    let found = story.ada.runs("/history search:straße AT 100%").await.message();
    insta::assert_snapshot!(found, @r#"
    You have 1 answer with "straße AT 100%". Only you see this.
    │ **Protect user data** · attempt 13 · 2026-05-04 07:13 UTC
    │ Story number 13, about a Straße at 100%.
    [Open one in full ▾]
      ○ Protect user data · attempt 13: Story number 13, about a Straße at 100%.
    (only you can see this)
    "#);
    let opened = story.ada.chooses(&found_label(&found)).await.message();
    insta::assert_snapshot!(opened, @r#"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Your attempt 13, from 2026-05-04 07:13 UTC.
    │ **Situation**
    │ Story number 13, about a Straße at 100%.
    │
    │ **Task**
    │ I had to make it fast.
    │
    │ **Action**
    │ I measured it, found a missing index and added it.
    │
    │ **Result**
    │ Searches went from 900 ms to 40 ms.
    │ From the coach
    │ - Your Action has 10 words: "I measured it, found a missing index and added it". What did you do, step by step?
    │ Worked out by plain rules, which can be wrong. There is no score.
    [Improve this] [Show guidance] [Show sample] [Share] [Delete]
    (only you can see this)
    "#);
    let guidance = story.ada.clicks_on(&opened, "Show guidance").await.message();
    assert_eq!(guidance.embeds.len(), 3);
    let sample = story.ada.clicks_on(&opened, "Show sample").await.message();
    assert_eq!(sample.embeds.len(), 1);
    story.ends().await;
}

/// The label of the one option of the menu.
fn found_label(page: &sandbox::MessageView) -> String {
    page.components[0]["components"][0]["options"][0]["label"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn history_of_one_question_is_offered_for_those_that_were_answered() {
    let story = Story::begins_with_a_post().await;
    let key = "change-a-schema-in-production";
    story
        .ada
        .runs_with("/answer", &[whole_with("About schemas.").as_slice(), &[("question", key)]].concat())
        .await
        .message();
    story.ada.runs_with("/answer", &whole_with("About today's.")).await.message();
    let offered = story.ada.suggests("/history question:schema").await;
    assert_eq!(offered.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>(), [key]);
    let page = story.ada.runs(&format!("/history question:{key}")).await.message();
    assert!(page.to_string().contains("About schemas.") && !page.to_string().contains("About today's."), "{page}");
    let page = story.ada.runs("/history question:schema").await.message();
    assert!(page.content.starts_with("You have 1 answer"), "typed and not picked: {page}");
    insta::assert_snapshot!(story.ada.runs("/history question:zebra").await.message(), @r#"
    "zebra" fits none, or more than one, of the questions you have answered. Pick one from the list while you type.
    (only you can see this)
    "#);
    assert!(story.bob.suggests("/history question:schema").await.is_empty());
    let nothing = story.bob.runs(&format!("/history question:{key}")).await.message();
    insta::assert_snapshot!(nothing, @r#"
    You have no answer to "Change a schema in production" yet. **/history** alone shows all your answers.
    (only you can see this)
    "#);
    story.ends().await;
}
