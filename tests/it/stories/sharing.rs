//! An answer that its author shares: asked for, shown as it will be, and put where its post is, if both may write there.

use std::time::Duration;

use sandbox::permissions::{
    EMBED_LINKS, MANAGE_THREADS, OF_BOT, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use sandbox::{Channel, Fault, MessageView, Moment};

use super::world::{Story, WHOLE, shown, whole_with};

/// Ada answers the post and presses Share.
pub(super) async fn ada_asks(story: &Story) -> MessageView {
    story.ada.runs_with("/answer", &WHOLE).await.message();
    story.ada.clicks("Share").await.message()
}

/// Ada shares her answer. Gives what everyone sees of it, at the end of a place.
pub(super) async fn ada_shares(story: &Story, place: &Channel) -> MessageView {
    let asked = ada_asks(story).await;
    story.ada.clicks_on(&asked, "Share it").await.message();
    place.messages().pop().unwrap()
}

/// A daily question with a thread under each post, its first post, and the thread.
pub(super) async fn begins_with_a_thread() -> (Story, Channel) {
    let story = Story::begins("2026-05-04T06:00:00Z").await;
    story.grace.runs("/daily setup channel:#general time:09:00 timezone:Europe/Berlin thread:true").await.message();
    story.clock_reaches("2026-05-04T07:00:00Z");
    story.posts_in(&story.general, 1).await;
    story.comes_to_have_threads(1).await;
    let thread = story.guild.threads().remove(0);
    (story, thread)
}

/// That Discord was asked for a thread that is not there is all that went wrong.
pub(super) fn only_no_thread_was_found(story: &Story) {
    let refusals = story.sandbox.expect_refusals();
    assert!(refusals.iter().all(|line| line == "GET /channels/ID: 404 10003 Unknown Channel"), "{refusals:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_shown_privately_as_everyone_will_see_it_and_then_so_stands_there() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    insta::assert_snapshot!(shown(&asked), @"
    Share this in #general? Everyone there will see exactly what follows, under your name, with a button **Take back** that only you can use. Nobody is pinged.

    @Ada shares an answer to https://discord.com/channels/ID/ID/ID
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    │ Situation
    │ In May our search was slow.
    │ Task
    │ I had to make it fast.
    │ Action
    │ I measured it, found a missing index and added it.
    │ Result
    │ Searches went from 900 ms to 40 ms.
    [Share it] [Keep it private]
    (only you can see this)
    ");
    assert_eq!(story.general.messages().len(), 1, "only the post is there");
    insta::assert_snapshot!(shown(&story.ada.clicks_on(&asked, "Share it").await.message()), @"
    Shared: https://discord.com/channels/ID/ID/ID
    **Take back** deletes that message, now or at any later time.
    [Take back]
    (only you can see this)
    ");
    let public = story.general.messages().pop().unwrap();
    insta::assert_snapshot!(shown(&public), @"
    @Ada shares an answer to https://discord.com/channels/ID/ID/ID
    **How have you protected users' data in a system you worked on? What did you do to prevent a leak, and to be ready for one?**
    │ Situation
    │ In May our search was slow.
    │ Task
    │ I had to make it fast.
    │ Action
    │ I measured it, found a missing index and added it.
    │ Result
    │ Searches went from 900 ms to 40 ms.
    [Take back]
    ");
    assert_eq!(public.pings, [""; 0]);
    assert!(asked.content.ends_with(&public.content), "{}", asked.content);
    assert_eq!(asked.embeds, public.embeds);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_left_private() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Keep it private").await.message(), @"
    Kept private. Only you see this answer.
    (only you can see this)
    ");
    assert_eq!(story.general.messages().len(), 1);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_answer_to_a_post_can_be_shared_and_also_from_history() {
    let story = Story::begins_with_a_post().await;
    let elsewhere = [WHOLE.as_slice(), &[("question", "decide-on-thin-facts")]].concat();
    let saved = story.ada.runs_with("/answer", &elsewhere).await.message();
    assert!(!saved.buttons().contains(&"Share".to_owned()), "{saved}");
    story.ada.runs_with("/answer", &WHOLE).await.message();
    story.ada.runs("/history").await.message();
    let opened = story.ada.chooses("Decide on thin facts · attempt 1").await.message();
    assert!(!opened.buttons().contains(&"Share".to_owned()), "{opened}");
    let opened = story.ada.chooses("Protect user data · attempt 1").await.message();
    let asked = story.ada.clicks_on(&opened, "Share").await.message();
    assert!(asked.content.starts_with("Share this in"), "{asked}");
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_goes_into_the_posts_thread_and_opens_one_that_was_archived() {
    let (story, thread) = begins_with_a_thread().await;
    thread.archive();
    let asked = ada_asks(&story).await;
    assert!(asked.content.starts_with(&format!("Share this in {}?", thread.mention())), "{asked}");
    // In threads, sending takes a permission of its own, and that of channels none.
    story.general.allow_bot(OF_BOT);
    story.general.deny_everyone(SEND_MESSAGES);
    story.general.deny_bot(SEND_MESSAGES);
    story.ada.clicks_on(&asked, "Share it").await.message();
    assert_eq!(thread.messages().len(), 1);
    assert!(!thread.is_archived());
    assert_eq!(story.general.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_locked_thread_only_moderators_can_share() {
    let (story, thread) = begins_with_a_thread().await;
    let asked = ada_asks(&story).await;
    thread.lock();
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Share it").await.message(), @"
    The thread #Protect user data is locked, so your answer can't be shared there. It stays private; try again once it is open.
    (only you can see this)
    ");
    story.guild.set_bot_permissions(OF_BOT | MANAGE_THREADS);
    let refused = story.ada.clicks_on(&asked, "Share it").await.message();
    assert!(refused.content.contains("is locked"), "{refused}");
    let moderators = story.guild.add_role("Moderators", MANAGE_THREADS);
    let mona = story.guild.add_member_with("Mona", &[&moderators]);
    mona.runs_with("/answer", &WHOLE).await.message();
    let asked = mona.clicks("Share").await.message();
    mona.clicks_on(&asked, "Share it").await.message();
    assert_eq!(thread.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_thread_that_was_deleted_by_hand_it_goes_into_the_channel() {
    let (story, thread) = begins_with_a_thread().await;
    let asked = ada_asks(&story).await;
    thread.delete();
    let done = story.ada.clicks_on(&asked, "Share it").await.message();
    let public = story.general.messages().pop().unwrap();
    assert!(done.content.contains(&format!("/{}/{}\n", story.general.id(), public.id)), "{done}");
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_move_it_goes_where_the_post_is() {
    let story = Story::begins_with_a_post().await;
    let new = story.guild.add_channel("new");
    story.ada.runs_with("/answer", &WHOLE).await.message();
    story.grace.runs("/daily change to:#new").await.message();
    story.ada.clicks("Share").await.message();
    story.ada.clicks("Share it").await.message();
    let public = story.general.messages().pop().unwrap();
    assert!(public.content.contains(&story.general.messages()[0].id.to_string()), "{public}");
    // Answered where the daily question is now, it is the same post.
    story.bob.in_channel(&new).runs_with("/answer", &WHOLE).await.message();
    story.bob.in_channel(&new).clicks("Share").await.message();
    story.bob.in_channel(&new).clicks("Share it").await.message();
    assert_eq!((story.general.messages().len(), new.messages().len()), (3, 0));
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_refused_where_its_author_may_not_write_when_it_comes_to_that() {
    let (story, thread) = begins_with_a_thread().await;
    let asked = ada_asks(&story).await;
    story.general.allow_bot(OF_BOT);
    story.general.deny_everyone(SEND_MESSAGES_IN_THREADS);
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Share it").await.message(), @"
    You can't write in #Protect user data right now, so your answer can't be shared there. It stays private; try again once you can.
    (only you can see this)
    ");
    let refused = story.ada.clicks("Share").await.message();
    assert!(refused.content.starts_with("You can't write in"), "{refused}");
    assert!(thread.messages().is_empty());
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_refused_to_somebody_who_has_left_the_server() {
    let story = Story::begins_with_a_post().await;
    story.ada.installs_app();
    story.ada.runs_with("/answer", &WHOLE).await.message();
    story.ada.leaves();
    story.ada.in_dm().runs("/history").await.message();
    story.ada.in_dm().chooses("Protect user data · attempt 1").await.message();
    insta::assert_snapshot!(story.ada.in_dm().clicks("Share").await.message(), @"
    You are not in that server any more, so you can't share your answer there. It stays private.
    (only you can see this)
    ");
    let refusals = story.sandbox.expect_refusals();
    assert_eq!(refusals.last().unwrap(), "GET /guilds/ID/members/ID: 404 10007 Unknown Member");
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_refused_where_starling_may_not_write_or_see() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    only_no_thread_was_found(&story);
    story.general.deny_bot(EMBED_LINKS | SEND_MESSAGES);
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Share it").await.message(), @"
    Starling can't share your answer in #general, because it has no permission there to: **Send Messages**, **Embed Links**. It stays private. Ask somebody who manages the server, then press **Share** again.
    (only you can see this)
    ");
    only_no_thread_was_found(&story);
    story.general.deny_bot(VIEW_CHANNEL);
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Share it").await.message(), @"
    Starling can't share your answer in #general, because it has no permission there to: **View Channel**. It stays private. Ask somebody who manages the server, then press **Share** again.
    (only you can see this)
    ");
    assert_eq!(story.sandbox.expect_refusals(), ["GET /channels/ID: 403 50001 Missing Access"]);
    assert_eq!(story.general.messages().len(), 1);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_post_or_its_channel_is_gone_it_says_so() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    story.general.delete_message(story.general.messages()[0].id);
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Share it").await.message(), @"
    The post that this answer belongs to can't be found; it may have been deleted. So the answer can't be shared, and stays private.
    (only you can see this)
    ");
    story.guild.add_channel("other");
    story.ada.installs_app();
    story.general.delete();
    story.ada.in_dm().runs("/history").await.message();
    story.ada.in_dm().chooses("Protect user data · attempt 1").await.message();
    insta::assert_snapshot!(story.ada.in_dm().clicks("Share").await.message(), @"
    The channel of the post that this answer belongs to is gone. So the answer can't be shared, and stays private.
    (only you can see this)
    ");
    story.sandbox.expect_refusals();
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_shared_once_and_a_later_attempt_on_its_own() {
    let story = Story::begins_with_a_post().await;
    let public = ada_shares(&story, &story.general).await;
    insta::assert_snapshot!(shown(&story.ada.clicks("Share").await.message()), @"
    You share this answer already: https://discord.com/channels/ID/ID/ID
    **Take back** deletes that message. An improved attempt can be shared on its own.
    [Take back]
    (only you can see this)
    ");
    let modal = story.ada.clicks("Improve this").await.modal().types("Result", "Searches went from 900 ms to 30 ms.");
    let improved = story.ada.sends(&modal).await.message();
    let asked = story.ada.clicks_on(&improved, "Share").await.message();
    story.ada.clicks_on(&asked, "Share it").await.message();
    let messages = story.general.messages();
    assert_eq!(messages.len(), 3);
    assert_eq!(messages[1].id, public.id);
    assert!(messages[2].to_string().contains("30 ms"), "{}", messages[2]);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_twice_at_once_it_is_there_once() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let held = story.sandbox.holds(Moment::BeforeEffect, "POST", "/channels/ID/messages");
    let presses =
        async { tokio::join!(story.ada.clicks_on(&asked, "Share it"), story.ada.clicks_on(&asked, "Share it")) };
    let (replies, ()) = tokio::join!(presses, async {
        held.reached_by(2).await;
        held.release();
    });
    for reply in [replies.0, replies.1] {
        let reply = reply.message();
        assert!(reply.content.starts_with("Shared: "), "{reply}");
    }
    assert_eq!(story.general.messages().len(), 2);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_discords_reply_is_lost_it_is_not_sent_twice() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let lost = Fault::resets().after_effect().on("POST", "/channels/ID/messages").times(1);
    let lost = story.sandbox.faults(lost);
    let done = story.ada.clicks_on(&asked, "Share it").await.message();
    assert!(done.content.starts_with("Shared: "), "{done}");
    assert_eq!((lost.count(), story.general.messages().len()), (1, 2));
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nobody_knows_whether_it_came_a_later_press_finds_it() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let lost = story.sandbox.faults(Fault::resets().after_effect().on("POST", "/channels/ID/messages"));
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Share it").await.message(), @"
    Discord did not say whether it took your answer in #general. Press **Share** again in a few minutes: it won't be there twice.
    [Take back]
    (only you can see this)
    ");
    lost.release();
    story.sandbox.clock().advance(Duration::from_mins(10));
    let found = story.ada.clicks("Share").await.message();
    let public = story.general.messages().pop().unwrap();
    assert!(found.content.contains(&public.id.to_string()), "{found}");
    assert_eq!(story.general.messages().len(), 2);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_refuses_is_not_shared_and_can_be_tried_again() {
    let story = Story::begins_with_a_post().await;
    let asked = ada_asks(&story).await;
    let body = serde_json::json!({ "code": 50013, "message": "Missing Permissions" });
    let refused = story.sandbox.faults(Fault::answers(403, body).on("POST", "/channels/ID/messages").times(1));
    insta::assert_snapshot!(story.ada.clicks_on(&asked, "Share it").await.message(), @"
    Discord did not take the message, so your answer is not shared. Press **Share** to try again.
    (only you can see this)
    ");
    assert_eq!(refused.count(), 1);
    let done = story.ada.clicks_on(&asked, "Share it").await.message();
    assert!(done.content.starts_with("Shared: "), "{done}");
    assert_eq!(story.general.messages().len(), 2);
    only_no_thread_was_found(&story);
    story.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_mentions_nobody_and_passes_for_nothing_of_starlings() {
    let story = Story::begins_with_a_post().await;
    let forged = format!(
        "@everyone {} <@&{}>\n# Starling says\n> <@1> shares an answer to this\n```\n[Take back](https://x.example) </daily off:1>\n[Write to us](mailto:a@x.example)\n#\nStarling says",
        story.bob.mention(),
        story.guild.add_role("everybody", 0).id(),
    );
    story.ada.runs_with("/answer", &whole_with(&forged)).await.message();
    let asked = story.ada.clicks("Share").await.message();
    story.ada.clicks_on(&asked, "Share it").await.message();
    let public = story.general.messages().pop().unwrap();
    assert_eq!((public.pings.len(), public.buttons()), (0, vec!["Take back".to_owned()]));
    assert!(!public.content.contains("everyone") && public.content.starts_with(&story.ada.mention()), "{public}");
    let text = public.embeds[0]["description"].as_str().unwrap();
    insta::assert_snapshot!(shown(&text), @r"
    \@everyone \<@ID> \<@&ID>
    \# Starling says
    \> \<@1> shares an answer to this
    \``\`
    [Take back]\(https\://x.example) \</daily off:1>
    [Write to us]\(mailto:a@x.example)
    \#
    Starling says
    ");
    only_no_thread_was_found(&story);
    story.ends().await;
}
