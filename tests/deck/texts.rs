//! Texts: how their characters are counted, and what does not count as a text.

use attune::deck::Deck;
use serde_json::json;

use super::{problems, put, sound};

#[test]
fn characters_are_counted_as_people_count_them() {
    let fits = |cue: &str| {
        let mut deck = sound();
        put(&mut deck, "prompts[0].cue", Some(json!(cue)));
        match Deck::from_json(&deck.to_string()) {
            Ok(read) => {
                assert_eq!(read.prompts[0].cue, cue);
                None
            }
            Err(found) => Some((found[0].message.key.clone(), found[0].message.args.first().cloned())),
        }
    };
    let long = |count: &str| Some(("deck_text_long".to_owned(), Some(count.to_owned())));
    for character in ["x", "é", "e\u{301}", "ß", "語", "👍🏽", "🇨🇭", "👨‍👩‍👧‍👦", "🏳️‍🌈", "ש", "ع", "한", "नी"]
    {
        assert_eq!(fits(&character.repeat(24)), None, "{character}");
        assert_eq!(fits(&character.repeat(25)), long("25"), "{character}");
        assert_eq!(fits(&character.repeat(1_000)), long("1000"), "{character}");
    }
    assert_eq!(fits("מה חשוב היום עבורך כאן?"), None);
    assert_eq!(fits("ما الذي يهمك اليوم هنا؟"), None);
}

#[test]
fn texts_that_only_look_like_one_line_are_refused() {
    let key = |cue: &str| {
        let mut deck = sound();
        put(&mut deck, "prompts[0].cue", Some(json!(cue)));
        problems(&deck.to_string())[0].message.key.clone()
    };
    for broken in ["a\nb", "a\rb", "a\tb", "a\0b", "a\u{2028}b", "a\u{2029}b", "a\u{85}b", "a\u{7f}b"] {
        assert_eq!(key(broken), "deck_line_break", "{broken:?}");
    }
    for empty in ["", "   ", "\u{a0}", "\u{200b}", "\u{200d}\u{feff}", " \u{200f} "] {
        assert_eq!(key(empty), "deck_empty_text", "{empty:?}");
    }
    let heap = format!("e{}", "\u{301}".repeat(100_000));
    assert_eq!(key(&heap), "deck_text_long", "one letter, and a heap of marks on it");
}
