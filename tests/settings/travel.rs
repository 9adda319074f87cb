//! Settings in the separate items that the browser's sync carries.

use attune::settings::sync::{ALL_MAX, HEAD, Items, head, items, join, left_over, split};
use attune::time::Timestamp;
use proptest::prelude::*;

use super::cases::holds;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn packed() -> impl Strategy<Value = String> {
    (1_usize..40_000, any::<u32>())
        .prop_map(|(length, seed)| (0..length).map(|at| char::from(b'A' + ((at as u32 ^ seed) % 26) as u8)).collect())
}

#[test]
fn settings_come_together_once_all_of_them_are_there() {
    holds((packed(), packed(), 0_usize..8), |(old, new, missing)| {
        let (before, after) = (split(&old, NOW).unwrap(), split(&new, Timestamp(NOW.0 + 1)).unwrap());
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
    let items = split(&"x".repeat(90_000), NOW).unwrap();
    assert!(items.iter().all(|(key, item)| key.len() + item.len() + 2 <= 8_192));
    assert_eq!(head(&items).map(|head| head.changed), Some(NOW));
    assert!(split(&"x".repeat(ALL_MAX), NOW).unwrap_err().bytes > ALL_MAX);
}

#[test]
fn nothing_that_is_damaged_is_taken_for_settings() {
    assert_eq!(join(&Items::new()), None);
    let mut there = split("abc", NOW).unwrap();
    there.insert(HEAD.to_owned(), "{\"parts\":1}".to_owned());
    assert_eq!(join(&there), None);
    // Other items may be stored beside them.
    let there = split("abc", NOW).unwrap();
    let mut all = serde_json::to_value(&there).unwrap();
    all["other"] = 7.into();
    all["settings.9"] = 7.into();
    assert_eq!(items(&all), there);
    assert_eq!(items(&"no object".into()), Items::new());
}
