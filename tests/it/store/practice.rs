//! What a person is offered to practise, and when a question comes back.

use starling::domain::practice::{Felt, Offer, Revisit};

use super::*;

fn offer(question: &str, was_due: bool) -> Offer {
    Offer { question: key(question), was_due }
}

#[tokio::test]
async fn of_two_offers_that_follow_the_same_one_the_first_is_noted() {
    for opened in every_database().await {
        let (store, ada) = (&opened.store, UserId(2));
        let (a, b, due) = (offer("a", false), offer("b", false), offer("a", true));
        // Of somebody who only chose, nothing was offered.
        store.set_coached(ada, false).await.unwrap();
        for (before, offered, is_noted) in [
            (None, &a, true),
            (None, &b, false),
            (Some(&b), &b, false),
            (Some(&due), &b, false),
            (Some(&a), &b, true),
            (Some(&a), &due, false),
            (Some(&b), &due, true),
        ] {
            let last = store.last_offer(ada).await.unwrap();
            let noted = store.record_offer(ada, before, offered, at("2026-05-04T06:00:00Z")).await.unwrap();
            let expected = if is_noted { Some(offered.clone()) } else { last };
            assert_eq!((noted, store.last_offer(ada).await.unwrap()), (is_noted, expected), "{before:?}");
        }
        assert!(!store.is_coached(ada).await.unwrap());
    }
}

#[tokio::test]
async fn what_is_offered_as_due_waits_behind_what_is_due_for_longer() {
    for opened in every_database().await {
        let (store, ada) = (&opened.store, UserId(2));
        for (number, question) in [(1, "a"), (2, "b"), (3, "c")] {
            store.record_answer(answer(number, about(2, question), "Whole")).await.unwrap();
            let revisit = Revisit::after(Felt::Again, None, key(question), at(&format!("2026-05-0{number}T06:00:00Z")));
            assert!(store.put_revisit(ada, &revisit).await.unwrap());
        }
        let due = async || {
            let revisits = store.revisits(ada).await.unwrap();
            revisits.into_iter().map(|revisit| revisit.question.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(due().await, ["a", "b", "c"]);
        let now = at("2026-05-05T06:01:00Z");
        assert!(store.record_offer(ada, None, &offer("b", false), now).await.unwrap());
        assert!(!store.record_offer(ada, None, &offer("a", true), now).await.unwrap());
        assert_eq!(due().await, ["a", "b", "c"], "it was not offered as due");
        assert!(store.record_offer(ada, Some(&offer("b", false)), &offer("a", true), now).await.unwrap());
        assert_eq!(due().await, ["b", "a", "c"], "the third is not due yet");
    }
}
