//! A person's attempts at a question, compared: after another one, and any two from their history.

use sandbox::{MessageView, Person};
use serde_json::Value;

use super::world::{Story, WHOLE, whole_with};

/// Chooses from the menu with this placeholder.
async fn chooses(person: &Person, message: &MessageView, placeholder: &str, labels: &[&str]) -> MessageView {
    let menus = message.components.iter().filter_map(|row| row.pointer("/components/0"));
    let menu = menus.into_iter().find(|menu| menu["placeholder"] == placeholder).expect("that menu");
    let options = menu["options"].as_array().expect("options");
    let value =
        |label: &&str| options.iter().find(|option| option["label"] == *label).expect("that option")["value"].clone();
    let values: Vec<Value> = labels.iter().map(value).collect();
    let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let custom_id = menu["custom_id"].as_str().expect("a custom id");
    person.try_presses(message.id, custom_id, Some(&values)).await.expect("a client lets that through").message()
}

/// Ada has three attempts at one question.
async fn begins_with_three_attempts() -> Story {
    let story = Story::begins_with_a_post().await;
    for situation in
        ["It was slow.", "In May our search was slow.", "In May 2024 our search took 900 ms, and people left."]
    {
        story.ada.runs_with("/answer", &whole_with(situation)).await.message();
    }
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn two_attempts_are_compared_in_full_the_earlier_one_first() {
    let story = begins_with_three_attempts().await;
    let page = story.ada.runs("/history question:protect-user-data").await.message();
    let labels = ["Protect user data · attempt 3", "Protect user data · attempt 1"];
    let compared = chooses(&story.ada, &page, "Compare two attempts", &labels).await;
    insta::assert_snapshot!(compared, @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Your attempt 1, from 2026-05-04 07:00 UTC, and your attempt 3, from 2026-05-04 07:00 UTC.
    │ From attempt 1 to attempt 3
    │ **Words** Situation 3 → 11 · Task 6 · Action 10 · Result 8
    │ **Said aloud** about 11 s → 15 s
    │ **Numbers** 2 → 4
    │ **The coach no longer asks about** when and where it was
    │ Attempt 1
    │ **Situation**
    │ It was slow.
    │
    │ **Task**
    │ I had to make it fast.
    │
    │ **Action**
    │ I measured it, found a missing index and added it.
    │
    │ **Result**
    │ Searches went from 900 ms to 40 ms.
    │ Attempt 3
    │ **Situation**
    │ In May 2024 our search took 900 ms, and people left.
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
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_chosen_alone_is_compared_with_another_of_any_page() {
    let story = Story::begins_with_a_post().await;
    for number in 1..=12 {
        story.ada.runs_with("/answer", &whole_with(&format!("Story number {number}."))).await.message();
    }
    let page = story.ada.runs("/history question:protect-user-data").await.message();
    let asked = chooses(&story.ada, &page, "Compare two attempts", &["Protect user data · attempt 9"]).await;
    assert!(asked.content.contains("your attempt 9") && asked.content.ends_with("Page 1 of 2."), "{asked}");
    let turned = story.ada.clicks("Next").await.message();
    assert_eq!(turned.id, asked.id);
    assert!(turned.content.ends_with("Page 2 of 2."), "{turned}");
    let compared = chooses(&story.ada, &turned, "Compare with", &["Protect user data · attempt 2"]).await;
    let text = compared.to_string();
    assert!(text.contains("From attempt 2 to attempt 9"), "{text}");
    assert!(text.find("Story number 2.") < text.find("Story number 9."), "{text}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_pair_of_ones_own_attempts_is_refused() {
    let story = begins_with_three_attempts().await;
    story.ada.runs_with("/answer question:make-a-slow-database-fast", &WHOLE).await.message();
    let page = story.ada.runs("/history question:protect-user-data").await.message();
    let label = "Protect user data · attempt 2";
    let asked = chooses(&story.ada, &page, "Compare two attempts", &[label]).await;
    let refused = chooses(&story.ada, &asked, "Compare with", &[label]).await;
    assert!(refused.content.starts_with("Those are not two attempts"), "{refused}");
    let turning = asked.components[0].to_string();
    let first = turning.split("compare-to:").nth(1).and_then(|rest| rest.split('"').next()).expect("the answer's id");
    let forged = format!("1:compare-with:0:{first}");
    let refused = story.bob.forces_click(&story.general.messages()[0], &forged).await.message();
    assert!(refused.content.starts_with("That answer is no longer there."), "{refused}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_several_questions_or_of_one_answer_compares_nothing() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &WHOLE).await.message();
    for line in ["/history", "/history question:protect-user-data"] {
        let page = story.ada.runs(line).await.message();
        assert!(!page.to_string().contains("Compare two attempts"), "{page}");
    }
    story.ends().await;
}
