//! Files that the bot sends.

use serde_json::{Value, json};

use super::{LAST, ends, runs, sits};
use crate::browser::Browser;
use crate::stories::world::{Story, WHOLE};

/// What comes of an address on the page: the status, two headers, the text.
const FETCHED: &str = "Promise.all([...document.querySelectorAll('#messages a.file')].map(async (link) => {
    const response = await fetch(link.href);
    const header = (name) => response.headers.get(name);
    return [link.download, response.status, header('content-disposition'), header('content-type'), await response.text()];
}))";

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_two_files_to_be_saved() {
    let Some(browser) = Browser::opens().await else { return };
    let story = Story::begins_with_a_post().await;
    story.ada.runs_with("/answer", &WHOLE).await.message();
    let ada = sits(browser, &story, &story.ada).await;
    runs(&ada, "/mydata export").await;
    ada.finds(&format!("{LAST} a.file")).await;
    let files = ada.eval(FETCHED).await;
    let files = files.as_array().unwrap();
    for (file, name) in files.iter().zip(["starling.json", "starling.md"]) {
        assert_eq!((&file[0], &file[1]), (&json!(name), &json!(200)));
        let disposition = file[2].as_str().unwrap();
        assert!(disposition.starts_with("attachment;") && disposition.contains(name), "{disposition}");
        assert_eq!(file[3], "application/octet-stream");
    }
    assert_eq!(files.len(), 2);
    let export: Value = serde_json::from_str(files[0][4].as_str().unwrap()).unwrap();
    assert_eq!(export["user_id"], story.ada.id().to_string());
    assert_eq!(export["answers"][0]["result"], WHOLE[3].1);
    assert!(files[1][4].as_str().unwrap().contains(WHOLE[0].1));
    ends(story, &[&ada]).await;
}
