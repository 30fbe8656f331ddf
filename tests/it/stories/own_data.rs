//! What is stored of a person, in that person's own hands.

use std::collections::BTreeSet;

use sandbox::{FileView, MessageView};
use serde_json::Value;
use sqlx::{Connection as _, SqliteConnection};

use super::world::{Story, WHOLE, shown, whole_with};

const SECRET: &str = "Quetzalcoatl in the cellar.";

/// Every byte of the database's files.
fn bytes(story: &Story) -> Vec<u8> {
    let file = story.database();
    let log = file.with_extension("db-wal");
    let mut bytes = std::fs::read(file).unwrap();
    bytes.extend(std::fs::read(log).unwrap_or_default());
    bytes
}

fn holds(story: &Story, text: &str) -> bool {
    bytes(story).windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_is_deleted_to_its_last_byte_and_the_others_stay() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &whole_with(SECRET)).await.message();
    story.ada.runs_with("/answer", &WHOLE).await.message();
    assert!(holds(&story, SECRET));
    let page = story.ada.runs("/history").await.message();
    let options = page.components[0]["components"][0]["options"].as_array().unwrap();
    let oldest = options.last().unwrap()["label"].as_str().unwrap().to_owned();
    story.ada.chooses(&oldest).await.message();
    insta::assert_snapshot!(story.ada.clicks("Delete").await.message(), @"
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    Delete your attempt 1 for good? Your other attempts and your draft stay as they are.
    [Delete] [Keep]
    (only you can see this)
    ");
    insta::assert_snapshot!(story.ada.clicks("Keep").await.message(), @"
    Kept. Nothing was deleted.
    (only you can see this)
    ");
    assert!(holds(&story, SECRET));
    let opened = story.ada.chooses(&oldest).await.message();
    let asked = story.ada.clicks_on(&opened, "Delete").await.message();
    let custom_id = asked.components[0]["components"][0]["custom_id"].as_str().unwrap().to_owned();
    let refused = story.bob.forces_click(&story.general.messages()[0], &custom_id).await.message();
    assert!(refused.content.contains("no longer there"), "{refused}");
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Delete").await.message(), @"
    That attempt is deleted for good. Your other attempts and your draft stay, with what they share with it.
    (only you can see this)
    ");
    assert!(!holds(&story, SECRET), "a byte of it is still in the file");
    let page = story.ada.runs("/history").await.message();
    assert!(page.content.starts_with("You have 1 answer"), "{page}");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_deleted_for_the_word_and_for_nothing_else() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &whole_with(SECRET)).await.message();
    story.ada.clicks("Helpful").await.message();
    story.ada.clicks_on(&story.general.messages()[0], "Show guidance").await.message();
    story.bob.runs_with("/answer", &WHOLE).await.message();
    insta::assert_snapshot!(story.ada.runs("/mydata delete").await.message(), @"
    What should Starling delete? You are asked once more first.
    **Everything**: your answers, drafts and feedback from all servers, which guidance you opened, what is kept for your practice, what you shared, and that you were the last to change a daily question. The daily question itself stays.
    **This server**: only the answers and drafts that you wrote here, and what you shared of them.
    [Everything] [This server]
    (only you can see this)
    ");
    let modal = story.ada.clicks("Everything").await.modal();
    insta::assert_snapshot!(modal, @r#"
    ┌ Delete everything
    │ Type the word "delete" to confirm (at most 20)
    └ [Cancel] [Submit]
    "#);
    let label = modal.inputs[0].label.clone();
    insta::assert_snapshot!(story.ada.sends(&modal.clone().types(&label, "no")).await.message(), @r#"
    Nothing was deleted, because the word that you typed was not "delete". **/mydata delete** asks again.
    (only you can see this)
    "#);
    assert!(holds(&story, SECRET));
    insta::assert_snapshot!(story.ada.sends(&modal.types(&label, "Delete")).await.message(), @"
    Deleted. Nothing about you is stored any more.
    (only you can see this)
    ");
    assert!(!holds(&story, SECRET), "a byte of it is still in the file");
    assert!(story.ada.runs("/history").await.message().content.starts_with("You have no finished answer"));
    assert!(story.bob.runs("/history").await.message().content.starts_with("You have 1 answer"));
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_backup_reads_the_reply_says_that_traces_stay_and_then_they_go() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &whole_with(SECRET)).await.message();
    let mut backup = SqliteConnection::connect(&format!("sqlite://{}", story.database().display())).await.unwrap();
    let mut snapshot = backup.begin().await.unwrap();
    sqlx::query("select * from answer").fetch_all(&mut *snapshot).await.unwrap();
    story.ada.runs("/mydata delete").await.message();
    let modal = story.ada.clicks("Everything").await.modal();
    let label = modal.inputs[0].label.clone();
    let gone = story.ada.sends(&modal.types(&label, "delete")).await.message();
    insta::assert_snapshot!(gone.content, @"Deleted. Its last traces in the database's files go within minutes, once a backup or whatever else reads them is done.");
    assert!(holds(&story, SECRET), "the reader keeps nothing, so this shows nothing");
    snapshot.rollback().await.unwrap();
    story.clock_reaches("2026-05-04T07:00:01Z");
    let mut rounds = 0;
    while holds(&story, SECRET) && rounds < 200 {
        story.ada.runs("/help").await.message();
        rounds += 1;
    }
    assert!(!holds(&story, SECRET), "a byte of it is still in the file");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_servers_answers_are_deleted_and_those_of_elsewhere_stay() {
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &WHOLE).await.message();
    let elsewhere = [whole_with("Elsewhere.").as_slice(), &[("question", "protect-user-data")]].concat();
    story.ada.in_dm().runs_with("/answer", &elsewhere).await.message();
    story.ada.runs("/mydata delete").await.message();
    let modal = story.ada.clicks("This server").await.modal();
    let label = modal.inputs[0].label.clone();
    let gone = story.ada.sends(&modal.types(&label, "delete")).await.message();
    insta::assert_snapshot!(gone.content, @"Deleted. Nothing that you wrote in this server is stored any more.");
    let page = story.ada.runs("/history").await.message();
    assert!(page.content.starts_with("You have 1 answer") && page.to_string().contains("Elsewhere."), "{page}");
    let asked = story.ada.in_dm().runs("/mydata delete").await.message();
    assert_eq!(asked.buttons(), ["Everything"]);
    story.ends().await;
}

/// What an export's JSON says.
fn json(message: &MessageView) -> Value {
    serde_json::from_slice(&message.files[0].bytes).expect("JSON")
}

fn text(file: &FileView) -> String {
    String::from_utf8(file.bytes.clone()).expect("text")
}

/// The fields of an export that `docs/EXPORT.md` does not name.
fn fields_without_documentation(told: &Value) -> Vec<String> {
    let documentation = include_str!("../../../docs/EXPORT.md");
    let fields =
        |held: &Value| held.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let held = told.as_object().into_iter().flatten().filter_map(|(_, held)| held.get(0).or(Some(held)));
    let inner = held.flat_map(|held| [fields(held), fields(&held["post"])].concat());
    let all = fields(told).into_iter().chain(inner);
    all.filter(|name| !documentation.contains(&format!("`{name}`"))).collect()
}

/// A story in which something of each kind is stored of Grace, and her export.
async fn export_of_grace() -> (Story, MessageView) {
    let story = Story::begins_with_a_post().await;
    story.grace.runs_with("/answer", &whole_with("It said:\n# no heading")).await.message();
    story.grace.clicks("Not helpful").await.message();
    story.grace.clicks_on(&story.general.messages()[0], "Show guidance").await.message();
    let half = [("situation", "Half of it."), ("question", "decide-on-thin-facts")];
    let modal = story.grace.runs_with("/answer", &half).await.modal();
    story.grace.sends(&modal).await.message();
    story.bob.runs_with("/answer", &whole_with("Bob's.")).await.message();
    let export = story.grace.runs("/mydata export").await;
    assert!(export.was_deferred());
    let export = export.message();
    assert!(export.ephemeral);
    (story, export)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_stored_comes_as_files() {
    let (story, export) = export_of_grace().await;
    insta::assert_snapshot!(export.content, @"
    All that is stored about you: 1 answer, 1 draft, 1 question whose guidance you opened, 1 sample that you judged, 1 daily question that you were the last to change.
    The .json file is for programs, the .md file is for reading. Save the files now: only you see this message, and it is gone once Discord restarts.
    Install Starling to your own account, and you can open your history in any server, also after you leave this one:
    https://discord.com/oauth2/authorize?client_id=1000000000000000001&integration_type=1&scope=applications.commands
    ");
    let names: Vec<_> = export.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["starling.json", "starling.md"]);
    insta::assert_snapshot!(shown(&text(&export.files[1])), @"
    # What Starling has stored about you

    User ID, exported 2026-05-04 07:00 UTC.

    ## Drafts

    ### Decide on thin facts

    Tell me about a decision you had to take before you had the facts you would have liked. What did you go by, and how did it turn out?

    *put down 2026-05-04 07:00 UTC*

    **Situation**

    > Half of it.

    ## Guidance that you opened
    - Protect user data, first 2026-05-04 07:00 UTC

    ## Samples that you judged
    - Protect user data: not helpful, 2026-05-04 07:00 UTC

    ## Daily questions that you were the last to change
    - channel ID of server ID

    ## Answers

    ### Protect user data

    How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?

    *attempt 1, answered 2026-05-04 07:00 UTC*

    **Situation**

    > It said:
    > # no heading

    **Task**

    > I had to make it fast.

    **Action**

    > I measured it, found a missing index and added it.

    **Result**

    > Searches went from 900 ms to 40 ms.
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_json_of_an_export_has_the_fields_that_its_documentation_names() {
    let (story, export) = export_of_grace().await;
    assert_eq!(fields_without_documentation(&json(&export)), Vec::<String>::new());
    let a_field_a_line = text(&export.files[0]).replace(",\"", ",\n\"");
    insta::assert_snapshot!(shown(&a_field_a_line), @r#"
    {"format":"starling-export",
    "version":1,
    "part":1,
    "exported_at":"2026-05-04T07:00:00Z",
    "user_id":"ID",
    "drafts":[{"typed_at":"2026-05-04T07:00:00Z",
    "question":"decide-on-thin-facts",
    "prompt":"Tell me about a decision you had to take before you had the facts you would have liked. What did you go by, and how did it turn out?",
    "server_id":"ID",
    "post":null,
    "situation":"Half of it.",
    "task":"",
    "action":"",
    "result":""}],
    "guidance_views":[{"question":"protect-user-data",
    "first_viewed_at":"2026-05-04T07:00:00Z"}],
    "feedback":[{"question":"protect-user-data",
    "helpful":false,
    "said_at":"2026-05-04T07:00:00Z"}],
    "daily_questions_changed":[{"server_id":"ID",
    "channel_id":"ID"}],
    "told_on":[],
    "practice":null,
    "revisits":[],
    "shares":[],
    "answers":[{"id":"ID",
    "attempt":1,
    "answered_at":"2026-05-04T07:00:00Z",
    "question":"protect-user-data",
    "prompt":"How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?",
    "server_id":"ID",
    "post":{"channel_id":"ID",
    "date":"2026-05-04"},
    "situation":"It said:\n# no heading",
    "task":"I had to make it fast.",
    "action":"I measured it, found a missing index and added it.",
    "result":"Searches went from 900 ms to 40 ms."}]}
    "#);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_whom_nothing_is_stored_is_told_so() {
    let story = Story::begins_with_a_post().await;
    let export = story.ada.runs("/mydata export").await.message();
    assert!(export.files.is_empty());
    insta::assert_snapshot!(export.content, @"
    Nothing is stored about you.
    Install Starling to your own account, and you can open your history in any server, also after you leave this one:
    https://discord.com/oauth2/authorize?client_id=1000000000000000001&integration_type=1&scope=applications.commands
    ");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_of_the_longest_answers_come_in_parts_of_which_none_is_too_large() {
    const ANSWERS: usize = 10_000;
    let story = Story::begins_with_a_post().await;
    story.stores_longest_answers(&story.ada, ANSWERS).await;
    let mut message = story.ada.runs("/mydata export").await.message();
    insta::assert_snapshot!(message.content, @"
    Part 1 of what is stored about you: 1610 answers. **Next part** goes on after it.
    The .json file is for programs, the .md file is for reading. Save the files now: only you see this message, and it is gone once Discord restarts.
    Install Starling to your own account, and you can open your history in any server, also after you leave this one:
    https://discord.com/oauth2/authorize?client_id=1000000000000000001&integration_type=1&scope=applications.commands
    ");
    let (mut seen, mut part) = (BTreeSet::new(), 1);
    loop {
        assert_eq!(
            message.files.iter().map(|file| &file.name).collect::<Vec<_>>(),
            [&format!("starling-{part}.json"), &format!("starling-{part}.md")]
        );
        let told = json(&message);
        assert_eq!(told["part"], part);
        let answers = told["answers"].as_array().unwrap();
        assert_eq!(text(&message.files[1]).matches("**Result**").count(), answers.len());
        for answer in answers {
            assert!(seen.insert(answer["id"].as_str().unwrap().to_owned()), "an answer came twice");
        }
        if message.buttons().is_empty() {
            break;
        }
        message = story.ada.clicks_on(&message, "Next part").await.message();
        part += 1;
    }
    assert_eq!(seen.len(), ANSWERS);
    insta::assert_snapshot!(message.content, @"
    Part 7 of what is stored about you, the last: 340 answers.
    The .json file is for programs, the .md file is for reading. Save the files now: only you see this message, and it is gone once Discord restarts.
    Install Starling to your own account, and you can open your history in any server, also after you leave this one:
    https://discord.com/oauth2/authorize?client_id=1000000000000000001&integration_type=1&scope=applications.commands
    ");
    story.ends().await;
}
