//! What a person is offered to practise, and when a question comes back.

use starling::domain::practice::Offer;

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
            let noted = store.record_offer(ada, before, offered).await.unwrap();
            let expected = if is_noted { Some(offered.clone()) } else { last };
            assert_eq!((noted, store.last_offer(ada).await.unwrap()), (is_noted, expected), "{before:?}");
        }
        assert!(!store.is_coached(ada).await.unwrap());
    }
}
