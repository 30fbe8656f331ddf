//! What was answered in the days before today. Each text is in the first person, with a result that was measured.

/// The channel of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum In {
    Interviews,
    Evening,
}

/// Who answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    Ada,
    Bob,
}

/// One attempt.
pub(super) struct Answer {
    /// The channel's how many-th post it came after, the first being 1.
    pub(super) after: (In, usize),
    pub(super) by: By,
    /// The key of its question: that of the post, unless it is another attempt at an earlier one.
    pub(super) question: &'static str,
    /// Situation, task, action and result.
    pub(super) parts: [&'static str; 4],
}

const SLOW_TRIPS: &str = "fix-a-system-that-did-not-scale";
const STUNG: &str = "take-criticism-that-stung";

/// In the order in which they were given, as far as they belong to the same post.
pub(super) const GIVEN: [Answer; 6] = [
    Answer {
        after: (In::Evening, 1),
        by: By::Ada,
        question: "give-feedback-that-is-hard-to-hear",
        parts: [
            "In my second year at Skarvik, where people book ferries, I shared the on-call week with a colleague whom I'll call Per. Four times in two months I took over on a Monday and found an alarm that he had silenced without a note. The last one had hidden a full disk, and for 50 minutes nobody could pay.",
            "We had no lead at the time, so it was up to one of us. I had to tell him before the next change of shift, and I wanted to go on working with him.",
            "I had put it off for five weeks, and told two others meanwhile, which I am not proud of. I went through the log first and wrote the four dates down, so that I would speak of these and not of him.

I asked him for half an hour and began: \"Since August I have taken over four alarms that you had silenced, and I knew of none of them. On Sunday one cost us 50 minutes of payments. I need a line from you each time.\" He was silent for a while. Then he said that three of the four ring every night and mean nothing, that he had asked in June to have them removed, and that I had never answered. I looked it up, and it was so. I said sorry for that, and that the fourth had still been a real one. He said yes.

Together we deleted eleven alarms that had rung without cause, and made the tool refuse to silence one without a reason and an end. After a month I asked him how the talk had been for him. He would have liked it five weeks earlier.",
            "Alarms at night went from 31 to 6 a week. In the ten months after, none was silenced without a reason, and no handover began with a surprise. Per proposed the rule to the other two teams himself.",
        ],
    },
    Answer {
        after: (In::Interviews, 1),
        by: By::Ada,
        question: SLOW_TRIPS,
        parts: [
            "At Skarvik, where people book ferries, the page with a customer's past trips got slower every month. In spring it took 6 seconds for commuters, who have hundreds of trips.",
            "I had to make it quick again before the summer season, when we sell most of our tickets.",
            "I turned the slow query log on and saw that the page ran a query for each trip's ship and another for its harbour. I replaced these with one join, and showed 20 trips at a time instead of all.",
            "The page went from 6 seconds to 0.4, and nobody complained about it any more.",
        ],
    },
    Answer {
        after: (In::Evening, 2),
        by: By::Ada,
        question: "run-services-in-containers",
        parts: [
            "Skarvik's timetable service ran on one virtual machine that nobody dared to touch. A release took a colleague 90 minutes at night, from a list of 34 steps, and in 2022 three of eleven releases had to be undone.",
            "I had never run anything in a cluster. I was to move this one service into our new one, so that any of us could release it by day.",
            "I made the 34 steps into a Dockerfile; six of them turned out to be about a program that was long gone. The first image had 1.4 GB. With a build stage of its own it has 110 MB.

Before I set any limit I let it run beside the old machine for two weeks, on copied requests, and watched what it used: 180 MB most of the time, and 600 MB each morning at four, when the day's timetable is loaded. I would have guessed 300. So its memory is limited to 800 MB, and two replicas load ten minutes apart.

What I had not expected was the roll-out. Each time some 30 people got an error, as a pod was sent requests before it had its timetable. I gave it a readiness check that asks for one departure that must exist. Liveness I kept simple: if it asked for the timetable too, a late file would restart both pods.

The database stayed where it was. I could see no gain in moving it, and none of us would know how to mend it there at night.",
            "A release takes 7 minutes and happens about twice a week, at any hour. Of the 60 since then two were rolled back, each in under a minute, and no customer saw an error. All five of us have done one, and I am no longer asked how.",
        ],
    },
    Answer {
        after: (In::Interviews, 2),
        by: By::Bob,
        question: STUNG,
        parts: [
            "In my first spring at Tallow & Reed, which rents tools to builders, our designer Imani sent a screen of mine back for the third time and wrote: \"I don't think you look at it before you send it.\" The whole team could read that.",
            "I wanted to argue. But I had to know whether she was right, and the screen was due on Friday.",
            "I slept on it. Then I put my last ten screens beside her drawings and counted what differed: 37 things, such as a margin, or nothing to see where a list is empty. For 29 of them, opening the page once on a phone would have been enough.

I told Imani the numbers and asked for the five things that she looks at first. They are taped to my monitor now. Before I hand a screen over I go through them on a phone and send two pictures along, hers and mine. I also asked her to write to me alone when it is about how I work. She said that she was sorry for that part.",
            "Of my next ten screens one came back, where it had been seven. Going through the list takes me about ten minutes. In autumn she asked me to show it to our two new starters.",
        ],
    },
    Answer {
        after: (In::Interviews, 2),
        by: By::Ada,
        question: STUNG,
        parts: [
            "Two years ago, in my yearly talk at Skarvik, my lead Ragnhild said: \"Your reviews are right, and people are afraid of them.\" I had been proud of how thorough I was. I said nothing, went home early, and was angry for three days.",
            "I wanted to know whether it was true. If it was, I had to find as many mistakes as before without people dreading my name on their pull request.",
            "I read my last 30 reviews as if somebody else had written them. They held 214 comments, of which 9 said anything good. Most began with \"why not\" or \"just\". Then I asked Jonas, who was new, how he took them. He told me that he kept changes back until I was on holiday.

I changed three things. I marked each comment \"must\" or \"as you like\", and found that one in six was a must. Where I had more than ten, I walked over instead of typing. And I wrote down one thing that I had learned from the change, which on some days took longer than all the rest. I told Jonas and Ragnhild what I was trying, so that they could tell me when I slipped. Jonas did, twice in the first month.

One part I did not accept: that I should let more pass. I said so to Ragnhild, and showed her two faults that my reviews had kept from going live that spring. She took that back.",
            "Within half a year I went from 7 comments on a change to 3, and the faults found after a release did not grow: 4, after 5 in the half year before. Changes that were given to me waited 5 hours on average instead of 19. Jonas now asks for me.",
        ],
    },
    Answer {
        after: (In::Interviews, 3),
        by: By::Ada,
        question: SLOW_TRIPS,
        parts: [
            "At Skarvik, where people book ferries along the Norwegian coast, the page \"My trips\" got slower every month. In two years the trips had grown from 3 to 14 million rows. For commuters, who have some 400 each, the page had gone from 0.9 to 6 seconds. They are a fifth of our customers and half of our sales.",
            "I was one of three back-end developers, and the page was mine. It had to be quick again by June, before the season doubles our traffic, and without a night of downtime.",
            "I began with the curve and not with the code. Drawn over the trips of a customer, the time was a straight line, so the cost lay in each trip and not in the size of the table. The query log showed why: one query for the trips, then one for each trip's ship and one for its harbour, 801 for a commuter.

I replaced them with a join. That took 6 seconds down to 1.1, and I nearly stopped there. But the plan still sorted all 400 trips to show the newest, so I added an index on customer and departure, built without a lock on a Tuesday morning, and fetched 20 trips at a time from where the last page ended. A cache of the whole page I tried and dropped: it helped on the second visit only, and commuters come once a day.

The index takes 1.3 GB and makes saving a booking 3 ms slower. I told the team so before I merged it. Then I filled a copy with 28 million trips and measured again.",
            "The page takes 0.2 seconds at the 95th percentile, for commuters too, and took 0.22 on the copy with twice the data. Calls about it fell from some 40 a month to 3. A test now fails when that page needs more than five queries.",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::{StarAnswer, Typed};
    use crate::domain::bank::QuestionBank;
    use crate::domain::question::QuestionKey;

    #[test]
    fn each_is_a_whole_answer_to_a_question_that_there_is() {
        let bank = QuestionBank::built_in().unwrap();
        for Answer { question, parts, .. } in GIVEN {
            let [situation, task, action, result] = parts.map(str::to_owned);
            assert!(StarAnswer::parse(Typed { situation, task, action, result }).is_ok(), "{question}");
            assert!(bank.get(&QuestionKey::parse(question).unwrap()).is_some(), "{question}");
        }
    }
}
