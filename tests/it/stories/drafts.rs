//! Half an answer: kept, continued, and gone once it is whole.

use super::world::{Story, filled};

#[tokio::test(flavor = "multi_thread")]
async fn cy_puts_half_an_answer_down_and_goes_on_the_next_day() {
    let story = Story::begins_with_a_post().await;
    let cy = story.guild.add_member("Cy");
    let modal = cy.clicks("Answer").await.modal();
    let kept = cy.sends(&modal.types("Situation", "In May our search was slow.")).await.message();
    insta::assert_snapshot!(kept, @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Kept as a draft that only you see. Still missing: Task, Action and Result. **Continue** opens it where you left off.
    [Continue]
    (only you can see this)
    ");

    story.clock_reaches("2026-05-05T06:00:00Z");
    let modal = cy.runs("/answer").await.modal();
    assert_eq!((modal.value("Situation"), modal.value("Task")), ("In May our search was slow.", ""));
    let kept = cy.sends(&modal.types("Task", "  ")).await.message();
    assert!(kept.content.contains("Still missing: Task, Action and Result"), "{kept}");
    insta::assert_snapshot!(cy.runs("/history").await.message(), @"
    You have no finished answer yet. Try **/answer**, or the Answer button under a daily question.
    (only you can see this)
    ");

    let modal = cy.clicks("Continue").await.modal();
    assert_eq!(modal.value("Situation"), "In May our search was slow.");
    let saved = cy.sends(&filled(modal)).await.message();
    assert!(saved.content.contains("Saved as your attempt 1"), "{saved}");
    let modal = cy.clicks("Continue").await.modal();
    assert_eq!(modal.value("Result"), "Searches went from 900 ms to 40 ms.");
    let status = story.grace.runs("/daily status").await.message().to_string();
    assert!(status.contains("1 person answered"), "{status}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_typed_nothing_is_kept() {
    let story = Story::begins_with_a_post().await;
    let modal = story.ada.clicks("Answer").await.modal();
    insta::assert_snapshot!(story.ada.sends(&modal.types("Action", " \n ")).await.message(), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    All four parts were empty, so nothing new was saved. **Answer** opens the form again; one sentence is enough to begin with.
    [Answer]
    (only you can see this)
    ");
    let modal = story.ada.runs("/answer").await.modal();
    assert_eq!(modal.value("Action"), "");
    story.ends().await;
}
