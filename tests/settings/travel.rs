//! Settings in the separate items that the browser's sync carries.

use attune::settings::sync::{ALL_MAX, HEAD, Items, head, items, join, left_over, split};
use attune::settings::{History, Order};
use proptest::prelude::*;

use super::cases::holds;

const CHANGE: u32 = 1_800_000_000;

fn packed() -> impl Strategy<Value = String> {
    (1_usize..40_000, any::<u32>())
        .prop_map(|(length, seed)| (0..length).map(|at| char::from(b'A' + ((at as u32 ^ seed) % 26) as u8)).collect())
}

#[test]
fn settings_come_together_once_all_of_them_are_there() {
    holds((packed(), packed(), 0_usize..8), |(old, new, missing)| {
        let (before, after) = (split(&old, CHANGE).unwrap(), split(&new, CHANGE + 1).unwrap());
        assert_eq!(join(&after), Some(new.clone()));
        // All items but one of the new version replace those of the old one.
        let mut there = before.clone();
        let late = after.keys().nth(missing % after.len()).unwrap().to_owned();
        for (key, item) in after.iter().filter(|(key, _)| **key != late) {
            there.insert(key.to_owned(), item.clone());
        }
        let found = join(&there);
        assert!(found.is_none() || found == Some(old.clone()), "never a mixture");
        there.insert(late.clone(), after.get(&late).unwrap().clone());
        assert_eq!(join(&there), Some(new.clone()));
        for key in left_over(&there) {
            assert!(!after.contains_key(&key) && key != HEAD);
            there.remove(&key);
        }
        assert_eq!(there, after);
    });
}

#[test]
fn each_item_has_room_in_the_browser() {
    let items = split(&"x".repeat(90_000), CHANGE).unwrap();
    assert!(items.iter().all(|(key, item)| key.len() + item.len() + 2 <= 8_192));
    assert_eq!(head(&items).map(|head| head.change), Some(CHANGE));
    assert!(split(&"x".repeat(ALL_MAX), CHANGE).unwrap_err().bytes > ALL_MAX);
    let longest = (0..ALL_MAX).rev().find_map(|length| split(&"x".repeat(length), CHANGE).ok()).unwrap();
    assert_eq!(longest.iter().map(|(key, item)| key.len() + item.len()).sum::<usize>(), ALL_MAX);
    assert!(join(&longest).is_some_and(|text| text.bytes().all(|byte| byte == b'x')), "and comes together again");
}

#[test]
fn nothing_that_is_damaged_is_taken_for_settings() {
    assert_eq!(join(&Items::new()), None);
    let mut there = split("abc", CHANGE).unwrap();
    there.insert(HEAD.to_owned(), "{\"parts\":1}".to_owned());
    assert_eq!(join(&there), None);
    there.insert(HEAD.to_owned(), format!("{CHANGE}:14"));
    assert_eq!(head(&there), None, "more parts than there is room for");
    // Other items may be stored beside them.
    let there = split("abc", CHANGE).unwrap();
    let mut all = serde_json::to_value(&there).unwrap();
    all["other"] = 7.into();
    all["settings.9"] = 7.into();
    assert_eq!(items(&all), there);
    assert_eq!(items(&"no object".into()), Items::new());
}

/// Settings on two computers that sync, and the order in which things happen to them.
#[derive(Clone, Debug)]
enum Step {
    Change { here: bool },
    Take { here: bool },
}

/// Whatever their clocks say: a change is never lost by taking settings that do not know of it.
#[test]
fn what_follows_from_a_change_knows_of_it() {
    let steps = proptest::collection::vec(
        (any::<bool>(), any::<bool>()).prop_map(|(change, here)| match change {
            true => Step::Change { here },
            false => Step::Take { here },
        }),
        1..40,
    );
    holds((steps,), |(steps,)| {
        // The history of each, and the changes that its settings really contain.
        let mut computers = [(History::default(), Vec::new()), (History::default(), Vec::new())];
        for (number, step) in (1..).zip(steps) {
            match step {
                Step::Change { here } => {
                    let (history, changes) = &mut computers[usize::from(here)];
                    *history = History::following(history, history, number);
                    changes.push(number);
                }
                Step::Take { here } => {
                    let there = computers[usize::from(!here)].clone();
                    let own = &mut computers[usize::from(here)];
                    match own.0.order(&there.0) {
                        Order::Later => *own = there,
                        Order::Same => assert_eq!(own.1, there.1),
                        Order::Earlier => assert!(there.1.iter().all(|change| own.1.contains(change))),
                        Order::Apart => {
                            assert!(
                                own.1.iter().any(|change| !there.1.contains(change)),
                                "this has a change of its own"
                            );
                            assert!(there.1.iter().any(|change| !own.1.contains(change)), "and so has that");
                        }
                    }
                }
            }
            let [one, other] = &computers;
            if one.0.order(&other.0) == Order::Later {
                assert!(one.1.iter().all(|change| other.1.contains(change)), "nothing is lost by taking it");
            }
        }
    });
}

#[test]
fn an_answer_to_the_question_which_settings_count_is_taken_by_both() {
    let first = History::following(&History::default(), &History::default(), 1);
    let [here, there] = [2, 3].map(|number| History::following(&first, &first, number));
    assert_eq!(here.order(&there), Order::Apart);
    // One's own, or the other's, or an older state brought back by an undo.
    for (before, other) in [(&here, &there), (&there, &here)] {
        let answer = History::following(before, other, 4);
        assert_eq!([here.order(&answer), there.order(&answer)], [Order::Later; 2]);
        let undone = History::following(&answer, before, 5);
        assert_eq!([here.order(&undone), there.order(&undone), answer.order(&undone)], [Order::Later; 3]);
    }
    assert_eq!(History::default().order(&History::default()), Order::Same);
    assert_eq!(here.order(&History::default()), Order::Earlier, "a new installation has nothing to lose");
}

/// After very many changes a computer asks rather than takes.
#[test]
fn a_history_stays_short() {
    let first = History::following(&History::default(), &History::default(), 0);
    let mut now = first.clone();
    for number in 1..1_000 {
        now = History::following(&now, &now, number);
    }
    assert_eq!(first.order(&now), Order::Apart);
    let text = serde_json::to_string(&now).unwrap();
    assert_eq!(serde_json::from_str::<History>(&text).unwrap(), now);
    assert_eq!(text.matches(',').count(), 63);
    assert!(serde_json::from_str::<History>(&text.replace('[', "[7,")).is_err());
}
