//! What members read.

use serenity::model::permissions::Permissions;
use starling::custom_id::{CustomId, Scope, Subject};
use starling::domain::answer::{Part, StarAnswer, Submission, Typed};
use starling::domain::attempt::{About, Attempt, Recorded};
use starling::domain::coach::{Feedback, Finding, Good, Quote, Rule};
use starling::domain::compare::compare as changes;
use starling::domain::export::{Belongings, PartAfter};
use starling::domain::history::{HistoryPage, HistoryQuery};
use starling::domain::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use starling::domain::post::PostKey;
use starling::domain::practice::{Felt, Revisit, Wanted, Why};
use starling::domain::question::{Level, Question, QuestionKey};
use starling::domain::share::{Left, Share};
use starling::reply::export::Part as ExportPart;
use starling::reply::{
    Message, Modal, answer, choices, coach, compare, help, history, own_data, practice, question, refusal, share,
};

use super::page::Page;
use super::{AT, at, bank};

fn key() -> QuestionKey {
    QuestionKey::parse("mend-a-slow-search").unwrap()
}

fn one() -> Question {
    bank().get(&key()).unwrap().clone()
}

fn subject() -> Subject {
    Subject { question: key(), post: None }
}

fn typed() -> Typed {
    let [situation, task, action, result] =
        ["In May our search was slow.", "I had to mend it.", "I added an index.", "It took 40 ms."].map(str::to_owned);
    Typed { situation, task, action, result }
}

fn long() -> Typed {
    Typed { task: "mend ".repeat(61), ..typed() }
}

fn attempt(number: u32) -> Attempt {
    let about = About { user: UserId(1), question: key(), guild: Some(GuildId(2)), post: None };
    let answer = StarAnswer::parse(typed()).unwrap();
    Attempt { id: InteractionId(u64::from(number)), about, number, answer, at: at(AT) }
}

pub(super) fn questions(page: &mut Page) {
    page.chapter("Questions");
    let question = one();
    page.message("/question, and the daily post", &question::shown(&question, &subject()));
    page.message("Show guidance, before an answer", &question::guidance(&question, &subject()));
    page.message("Show guidance, beside one's answer", &question::advice(&question));
    page.message("Show sample, beside one's answer", &question::sample(&question));
    page.message("Helpful", &question::thanks(&question, true));
    page.message("Not helpful", &question::thanks(&question, false));
    page.choices("question:table", &choices::questions(&bank().search("table")));
    page.choices("topic:da", &choices::topics(&bank().topics(), "da"));
    page.message("/help", &help::help(3));
}

pub(super) fn answers(page: &mut Page) {
    page.chapter("Answers");
    let question = one();
    page.modal("Answer", &Modal::answering(&question, subject(), Typed::default()));
    page.message("sent", &answer::recorded(&question, &Recorded::Stored(attempt(2)), None, None, None));
    let better = StarAnswer::parse(Typed { result: "It went from 900 ms to 40 ms.".to_owned(), ..typed() }).unwrap();
    let since = (attempt(1), changes(Some(&question), &attempt(1).answer, &better));
    let again = Recorded::Stored(Attempt { answer: better, ..attempt(2) });
    page.message("what changed, alone", &Message::text("").with([compare::since(&since.0, &since.1)]));
    page.message("sent once more, changed", &answer::recorded(&question, &again, None, None, Some(&since)));
    let unchanged = Recorded::Unchanged(attempt(2));
    page.message("sent again, unchanged", &answer::recorded(&question, &unchanged, None, None, None));
    let elsewhere = Some(PostKey { channel: ChannelId(5), day: jiff::civil::date(2026, 5, 4) });
    let said = answer::recorded(&question, &unchanged, elsewhere, None, None);
    page.text("sent again, unchanged, from a post that it does not answer", said.content);
    let half = Typed { situation: "In May.".to_owned(), ..Typed::default() };
    let Submission::Partial(draft) = Submission::parse(half) else { panic!("half an answer is a draft") };
    page.message("half of it sent", &answer::draft_kept(&question, &draft, &subject()));
    page.message("nothing sent", &answer::empty(&question, &subject()));
    page.message("too long", &answer::too_long(&question, &long(), &[Part::Task], &subject()));
    page.message("the database is held", &answer::not_stored(&question, &typed(), &subject(), None));
    page.message("storing failed", &answer::not_stored(&question, &typed(), &subject(), Some("x1y2z3")));
    page.message("to a question that is gone", &answer::question_gone(&typed()));
    page.message("to no question that could be told", &answer::refused(&refusal::which_question(), &typed()));
    page.message("a form of another version", &answer::unknown_form(&typed()));
}

/// Each rule, and each thing that is praised, about the same few words.
pub(super) fn coached(page: &mut Page) {
    page.chapter("The coach");
    let mut says = |when: &str, good: Option<Good>, findings: &[(Rule, Part, usize)]| {
        let finding = |(rule, part, count)| Finding { rule, part, quote: Quote::new("we sorted it out"), count };
        let findings = findings.iter().copied().map(finding).collect();
        let embed = coach::feedback(&Feedback { good, findings }).unwrap();
        page.message(when, &Message::text("").with([embed]));
    };
    let praised = || Quote::new("from 9 s to 40 ms");
    says("a before and after", Some(Good::BeforeAndAfter(praised())), &[]);
    says("a measure", Some(Good::Measured(praised())), &[]);
    says("deeds", Some(Good::OwnDeeds(Quote::new("I sorted it out"))), &[]);
    says("an anchor", Some(Good::Anchored(Quote::new("in May at Fernbank"))), &[]);
    says("a balance", Some(Good::Balanced(61)), &[]);
    let (stub, balance, length) = (Rule::Stub, Rule::OutOfBalance, Rule::Length);
    says("stubs", None, &[(stub, Part::Situation, 1), (stub, Part::Task, 4), (stub, Part::Action, 20)]);
    says(
        "stub, no balance",
        None,
        &[(stub, Part::Result, 4), (balance, Part::Situation, 50), (balance, Part::Action, 40)],
    );
    says(
        "no balance, no length",
        None,
        &[(balance, Part::Result, 5), (length, Part::Action, 31), (length, Part::Situation, 200)],
    );
    for rule in Rule::ALL.into_iter().filter(|rule| ![stub, balance, length].contains(rule)) {
        says(rule.as_str(), None, &[(rule, Part::Action, 4)]);
    }
}

pub(super) fn practice(page: &mut Page) {
    page.chapter("Practice");
    let question = one();
    for (when, why) in [("due again", Why::Due), ("never tried", Why::New), ("tried before", Why::LongestAgo)] {
        page.message(&format!("/practice, {when}"), &practice::offered(&question, &subject(), why));
    }
    page.message("an answer is stored", &practice::asking(Message::text("(what is said of it)"), &question, None));
    for felt in Felt::ALL {
        let revisit = Revisit::after(felt, None, key(), at(AT));
        page.message(&format!("{felt:?}"), &practice::comes_back(&question, felt, &revisit));
    }
    page.message("/coach on", &practice::coached(true));
    page.message("/coach off", &practice::coached(false));
    let of = |topic: Option<&str>, level| Wanted { topic: topic.map(str::to_owned), level };
    let bank = bank();
    let mut refused = |when: &str, wanted: &Wanted, levels: &[Level]| {
        page.text(when, refusal::nothing_to_practise(wanted, &bank.topics(), levels));
    };
    refused("topic:quux", &of(Some("quux"), None), &[]);
    refused("topic:databases level:mid", &of(Some("databases"), Some(Level::Mid)), &[Level::Junior, Level::Senior]);
    refused("level:mid", &of(None, Some(Level::Mid)), &[Level::Junior, Level::Senior]);
    page.text("nothing else there is", refusal::only_that_one(&Wanted::default()));
    page.text("nothing else of this kind", refusal::only_that_one(&of(Some("databases"), None)));
}

pub(super) fn history(page: &mut Page) {
    page.chapter("History");
    let all = HistoryQuery::default();
    let of_one = HistoryQuery { question: Some(key()), ..HistoryQuery::default() };
    let found = HistoryQuery { search: "index".to_owned(), page: 1, ..HistoryQuery::default() };
    page.message("none yet", &history::nothing(&all));
    page.message("none to this question", &history::nothing(&of_one));
    page.message("none with these words", &history::nothing(&found));
    page.message("one", &history::page(&of_one, &HistoryPage { attempts: vec![attempt(1)], total: 1 }));
    page.message(
        "many, found by words",
        &history::page(&found, &HistoryPage { attempts: vec![attempt(1)], total: 30 }),
    );
    let twelve = HistoryPage { attempts: vec![attempt(2), attempt(1)], total: 12 };
    page.message("two of several to one question", &history::page(&of_one, &twelve));
    page.message("one chosen to be compared", &history::compare_with(&attempt(2), 0, &twelve));
    let better = StarAnswer::parse(Typed { result: "It went from 900 ms to 40 ms.".to_owned(), ..typed() }).unwrap();
    let later = Attempt { answer: better, ..attempt(2) };
    let comparison = changes(Some(&one()), &attempt(1).answer, &later.answer);
    page.message("two compared", &compare::side_by_side(Some(&one()), [&attempt(1), &later], &comparison));
    page.message("one opened", &history::in_full(Some(&one()), &attempt(2), None));
    page.message("one opened whose question is gone", &history::in_full(None, &attempt(2), None));
    page.choices("question:", &choices::answered(&[key()], ""));
}

pub(super) fn sharing(page: &mut Page) {
    page.chapter("Sharing");
    let (question, place) = (one(), ChannelId(3));
    let day = "2026-05-04".parse().unwrap();
    let post = Some(PostKey { channel: place, day });
    let mut attempt = attempt(2);
    attempt.about.post = post;
    let link = "https://discord.com/channels/2/3/4";
    let (guild, message) = (GuildId(2), Some(MessageId(5)));
    let shared = Share { answer: attempt.id, user: UserId(1), guild, channel: place, message, at: at(AT) };
    page.message("one opened that can be shared", &history::in_full(Some(&question), &attempt, None));
    page.message("Share", &share::confirm(Some(&question), &attempt, link, place));
    page.message("Share it: what everyone sees", &share::shared(Some(&question), &attempt, link));
    page.message("Share it: what its author sees", &share::done(&shared));
    page.message("Keep it private", &share::kept_private());
    page.message("shared already", &share::already(&shared));
    page.message("nobody knows whether it came", &share::unclear(&shared));
    page.message("Take back", &share::taken_back(true));
    page.message("Take back, of an answer that was deleted", &share::taken_back(false));
    page.text("Take back, while it was on its way", share::ended_meanwhile());
    page.message("Take back, and it was gone", &share::was_gone());
    page.text("Take back by somebody else", share::not_yours());
    page.text("Delete, of what is shared", share::goes_too(&shared));
    let left = |is_shut| Left { share: shared, is_shut };
    page.text("what could not be taken down", share::left(&[left(false), left(false)]));
    page.text("what could not be, in a thread that is archived and locked", share::left(&[left(true)]));
    page.text("an answer to no post", share::no_post());
    page.text("the post is gone", share::post_gone());
    page.text("its channel is gone", share::channel_gone());
    page.text("the author has left", share::not_a_member());
    page.text("the author may not write there", share::you_may_not(place));
    let lacks = Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
    page.text("Starling may not write there", share::starling_may_not(place, lacks));
    page.text("the thread is locked", share::locked(place));
    page.text("Discord refuses it", share::not_sent());
}

pub(super) fn own_data(page: &mut Page) {
    page.chapter("Own data");
    page.message("Delete, of an answer", &own_data::ask_delete(Some(&one()), &attempt(2)));
    page.message("deleted", &own_data::deleted_one(false));
    page.message("deleted, while a backup is made", &own_data::deleted_one(true));
    page.message("kept", &own_data::kept());
    page.message("/mydata delete, in a server", &own_data::ask_forget(true));
    page.message("/mydata delete, in a direct message", &own_data::ask_forget(false));
    for scope in [Scope::Everything, Scope::ThisGuild] {
        let (title, submits) = (own_data::delete_title(scope), CustomId::Forget(scope));
        page.modal("asked for the word", &Modal::Word { title, submits });
    }
    page.text("another word typed", own_data::not_the_word());
    for (scope, word) in [(Scope::Everything, "everything"), (Scope::ThisGuild, "this server")] {
        page.message(&format!("{word} deleted"), &own_data::forgotten(scope, 3, false));
        page.message(&format!("{word} to be deleted, and there is nothing"), &own_data::forgotten(scope, 0, false));
    }
    let bank = bank();
    let changed = Belongings { changed: vec![(GuildId(1), ChannelId(2))], ..Belongings::default() };
    let mut export = |when: &str, number, belongings: &Belongings, answers, next| {
        let mut part = ExportPart::new(&bank, UserId(1), at(AT), number, belongings).unwrap();
        for number in 0..answers {
            assert!(part.push(&attempt(number + 1)).unwrap());
        }
        page.message(when, &part.finish(3, next).unwrap());
    };
    let next = Some(PartAfter::after(3, &attempt(2)));
    export("/mydata export, of nothing", 1, &Belongings::default(), 0, None);
    export("/mydata export, in one part", 1, &changed, 2, None);
    export("/mydata export, a part of several", 2, &Belongings::default(), 2, next);
    export("/mydata export, the last part", 3, &Belongings::default(), 1, None);
}

pub(super) fn refusals(page: &mut Page) {
    page.chapter("Refusals");
    let bank = bank();
    page.text("a fault", refusal::fault("x1y2z3"));
    page.text("an unreadable interaction", refusal::unreadable());
    page.text("the database is held", refusal::busy());
    page.text("a button of another version", refusal::unknown_component());
    page.text("a question that is gone", refusal::question_gone());
    page.text("question:quux", refusal::no_such_question("quux"));
    page.text("question:e", refusal::several_questions("e", &bank.search("e")));
    page.text("topic:quux", refusal::no_such_topic("quux", &bank.topics()));
    page.text("/answer before the first post", refusal::nothing_posted());
    page.text("/answer where no question can be told", refusal::which_question());
    page.text("/answer in a direct message", refusal::no_daily_question_in_a_message());
    page.text("/history question:quux", refusal::not_one_answered("quux"));
    page.text("/daily by a member", refusal::not_an_admin());
    page.text("/daily in a direct message", refusal::servers_only());
    page.text("an answer that is gone", refusal::no_such_answer());
    page.text("not two attempts to compare", refusal::not_two_attempts());
    page.text("Discord does not answer", refusal::discord_is_away());
}
