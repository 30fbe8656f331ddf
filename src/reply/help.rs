//! What `/help` says.

use super::embed::Embed;
use super::message::Message;

/// What STAR is, the commands, and who sees what.
#[must_use]
pub fn help(application: u64) -> Message {
    Message::text("Starling helps you get ready for interviews, one question a day.").with([
        Embed::new("What STAR is", STAR),
        Embed::new("What you can do", MEMBER),
        Embed::new("For admins", ADMIN),
        Embed::new("Who sees what", PRIVACY),
        Embed::new("Take it along", take_along(application)),
    ])
}

const ALONG: &str =
    "Install Starling to your own account, and you can open your history in any server, also after you leave this one:";

/// Where and why somebody installs the application to their own account (discord.com/developers/docs/resources/application).
#[must_use]
pub fn take_along(application: u64) -> String {
    let link = "https://discord.com/oauth2/authorize";
    format!("{ALONG}\n{link}?client_id={application}&integration_type=1&scope=applications.commands")
}

const STAR: &str = "\
Interviewers ask for a story: \"Tell me about a time when …\". STAR is a way to tell one so that nothing important is left out.
- **Situation**: where and when it was, and what was going on. Two or three sentences.
- **Task**: what was yours to do, or to decide.
- **Action**: what you did, step by step, and why. This is most of the answer. Say \"I\".
- **Result**: what came of it, with a number if you have one.
Spoken aloud, an answer takes two or three minutes.";

const MEMBER: &str = "\
- **Answer** under a daily question, or **/answer**, opens the form; `question` picks a different question. Half an answer is kept as a draft.
- **Show guidance** gives tips and a sample before you try.
- **/question** shows a question with why interviewers ask it. `topic` picks one of that topic.
- **/practice** picks the question that you should do next; `topic` and `level` narrow it down. After an answer, press **Again**, \
**Fine** or **Solid** to set when its question comes back.
- After an answer, the coach asks up to three questions about your words. **/coach off** stops that, **/coach on** brings it back.
- **/history** shows your own answers. `search` finds text in them, `question` lets you compare two attempts; an answer that you open \
can be shared or deleted.
- **/progress** shows your streak, your answers by topic, and a picture of the last half year.
- **/mydata export** gives you everything stored about you as files; **/mydata delete** deletes it.
After an answer you get dos, don'ts and a sample, and **Improve this** to try again. Every attempt is kept.";

const ADMIN: &str = "\
With the permission Manage Server:
- **/daily setup** gives a channel a daily question; each group can have its own channel and time.
- **/daily status** shows when the next one comes and what became of the last seven days.
- **/daily change** changes or moves it, **pause** and **resume** stop and restart it, **skip** swaps the next question for another, \
**post-now** makes today's post, **off** ends it.";

const PRIVACY: &str = "\
Your answers and drafts are private: what you send and what Starling replies is shown to you alone, unless you share an answer. \
What you share is shown under your name where its daily question is, and **Take back** deletes it there. \
Admins see how many people answered a daily question, not who, and never what they wrote. \
Whoever hosts this bot can read its file, your answers included, as with any bot that keeps what you write.";
