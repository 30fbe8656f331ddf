//! Days as people type them: what is read, refused and suggested.

use proptest::prelude::*;

use super::*;

fn shown(typed: &str) -> String {
    Days::parse(typed).unwrap().to_string()
}

#[test]
fn days_are_read_in_the_ways_that_people_write_them() {
    for (typed, days) in [
        ("every day", "every day"),
        ("Daily", "every day"),
        ("everyday", "every day"),
        ("mon-sun", "every day"),
        ("weekdays", "weekdays"),
        ("every weekday", "weekdays"),
        ("Mon - Fri", "weekdays"),
        ("monday to friday", "weekdays"),
        ("mon–fri", "weekdays"),
        ("weekend", "weekends"),
        ("sat & sun", "weekends"),
        ("mon wed fri", "Monday, Wednesday and Friday"),
        ("Friday, Wednesday and Monday", "Monday, Wednesday and Friday"),
        ("tu/th", "Tuesday and Thursday"),
        ("tues thurs", "Tuesday and Thursday"),
        ("Mondays", "Monday"),
        ("weds", "Wednesday"),
        ("fri-mon", "Monday, Friday, Saturday and Sunday"),
        ("mon-wed, sat", "Monday, Tuesday, Wednesday and Saturday"),
        ("weekdays and sat", "Monday, Tuesday, Wednesday, Thursday, Friday and Saturday"),
        ("thu-thu", "Thursday"),
        ("mon mon", "Monday"),
    ] {
        assert_eq!(shown(typed), days, "{typed}");
    }
}

#[test]
fn what_names_no_day_is_refused() {
    for typed in ["", "  ", ",", "every", "and"] {
        assert_eq!(Days::parse(typed), Err(DaysError::Empty), "{typed:?}");
    }
    for word in ["m", "t", "s", "mo2", "5", "mondayss", "weekly", "lundi", "montag", "é", "s."] {
        let refused = Days::parse(&format!("tue {word}"));
        assert!(matches!(refused, Err(DaysError::UnknownWord { .. })), "{word}: {refused:?}");
    }
    for typed in ["mon-", "-fri", "mon--fri", "-", "weekdays-sat", "mon-weekends", "mon-tue-wed"] {
        assert_eq!(Days::parse(typed), Err(DaysError::BrokenRange), "{typed:?}");
    }
}

#[test]
fn bits_count_from_monday_and_are_never_none() {
    assert_eq!(Days::parse("mon").unwrap().bits(), 1);
    assert_eq!(Days::parse("sun").unwrap().bits(), 64);
    assert_eq!(Days::from_bits(0), None);
    assert_eq!(Days::from_bits(127), Some(Days::default()));
    assert_eq!(Days::from_bits(128), None);
}

#[test]
fn exactly_the_named_days_are_contained() {
    let days = Days::parse("mon wed").unwrap();
    let contained: Vec<Weekday> = WEEK.into_iter().filter(|day| days.contains(*day)).collect();
    assert_eq!(contained, [Weekday::Monday, Weekday::Wednesday]);
}

#[test]
fn suggestions_are_what_is_typed_so_far_and_what_its_last_word_may_become() {
    for (typed, values) in [
        ("", vec!["every day", "weekdays", "weekends", "mon wed fri", "tue thu"]),
        ("week", vec!["weekdays", "weekends"]),
        ("every d", vec!["every day"]),
        ("mon wed", vec!["mon wed"]),
        ("mon w", vec!["mon wed"]),
        ("Mon t", vec!["mon tue", "mon thu"]),
        ("mon ", vec!["mon", "mon tue", "mon wed", "mon thu", "mon fri", "mon sat", "mon sun"]),
        ("fri-s", vec!["fri sat", "fri sat sun"]),
        ("mon-fr", vec!["weekdays"]),
        ("nonsense", vec![]),
        ("mon nonsense", vec![]),
    ] {
        let offered: Vec<String> = Days::suggestions(typed).into_iter().map(Days::value).collect();
        assert_eq!(offered, values, "{typed}");
    }
}

proptest! {
    #[test]
    fn every_set_of_days_is_read_back_from_its_value_and_from_what_is_shown(bits in 1u8..128) {
        let days = Days::from_bits(bits).unwrap();
        prop_assert_eq!(Days::parse(&days.value()), Ok(days));
        prop_assert_eq!(Days::parse(&days.to_string()), Ok(days));
        prop_assert!(days.value().len() <= 100);
    }

    #[test]
    fn no_text_can_break_the_readers(typed in any::<String>()) {
        let offered = Days::suggestions(&typed);
        prop_assert!(offered.len() <= 25);
        if let Ok(days) = Days::parse(&typed) {
            prop_assert_eq!(offered.first(), Some(&days));
        }
    }
}
