//! A deck in any language comes through unchanged: in its file, in the engine, and on the strip.

use attune::deck::{self, CUE_MAX, Deck, SessionKind};
use attune::engine::memory::Choices;
use attune::engine::view::Strip;
use attune::engine::{Engine, Input};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::cases::holds;
use super::support::NINE;
use super::{SHIPPED, runs, sound, stored};

/// A small real deck, as a supervisor might write it.
const SPANISH: &str = include_str!("../decks/es.json");

/// The small deck with other texts.
fn worded(language: &str, cue: &str, label: &str, text: &str) -> Value {
    let mut deck = sound();
    deck["language"] = json!(language);
    deck["title"] = json!(label);
    for row in deck["prompts"].as_array_mut().unwrap() {
        row["cue"] = json!(cue);
        row["text"] = json!(text);
        row["say"] = json!(text);
        row["reason"] = json!(text);
    }
    deck["prompts"][2]["moment"]["label"] = json!(label);
    for table in ["elements", "profiles", "checklist"] {
        for row in deck[table].as_array_mut().unwrap() {
            row["label"] = json!(label);
        }
    }
    deck["checklist"][0]["explanation"] = json!(text);
    deck
}

pub fn decks() -> Vec<Value> {
    vec![
        serde_json::from_str(SPANISH).unwrap(),
        worded("es", "¿Cómo está siendo hoy?", "Privacidad y ¡calma!", "Pregunta con calma; «¿le va bien así?»"),
        worded("he", "מה חשוב לך היום?", "פרטיות וביטחון", "שאלי בעדינות: „האם נוח לך כך?” (וידאו / video)"),
        worded("ar", "ما الذي يهمك اليوم؟", "الخصوصيّة والثقة", "اسأل بهدوء: «هل يناسبك هذا؟» ثمّ انتظر ١٠ ثوانٍ"),
        worded("ur-PK", "آج کیسا لگ رہا ہے؟", "رازداری", "نرمی سے پوچھیں۔"),
        worded("de-CH-1996", "👨‍👩‍👧‍👦 Familie im Bild?", "🇨🇭 Grüezi", "Nick 👍🏽, 🧑🏿‍🦽‍➡️ und 🏳️‍🌈 sind je ein Zeichen."),
        worded("hi", "आज कैसा लग रहा है?", "गोपनीयता", "धीरे से पूछें।"),
        worded(
            "en-XA",
            "e\u{301}".repeat(CUE_MAX).as_str(),
            "Z̈a̋l̂g̃o̧",
            "Combining marks stay where they are: é is not e\u{301}.",
        ),
        // A bidirectional override, a joiner and a mark: odd, and kept.
        worded("en", "\u{202e}desrever\u{202c}", "\u{feff}mark\u{200d}ed", "<b>&amp;</b> <script>alert(1)</script>"),
    ]
}

#[test]
fn a_deck_comes_through_as_it_was_written() {
    for value in decks() {
        for text in [value.to_string(), format!("{value:#}"), format!("\u{feff}{value:#}").replace('\n', "\r\n")] {
            assert_eq!(deck::text_of(text.as_bytes()).unwrap(), text, "what is stored and exported");
            let deck = Deck::from_json(&text).unwrap();
            assert_eq!(stored(&text), deck);
            let written: Vec<&str> =
                value["prompts"].as_array().unwrap().iter().map(|it| it["cue"].as_str().unwrap()).collect();
            let read: Vec<&str> = deck.prompts.iter().map(|prompt| prompt.cue.as_str()).collect();
            assert_eq!(read, written, "code point for code point");
            runs(deck, 1, 50);
        }
    }
}

#[test]
fn the_strip_shows_the_very_words() {
    for value in decks() {
        let deck = Deck::from_json(&value.to_string()).unwrap();
        let cues: Vec<String> = deck.prompts.iter().map(|prompt| prompt.cue.clone()).collect();
        // In the other profiles, the words wait for the glance key.
        let profile = deck.profiles.iter().find(|profile| profile.words_by_themselves).unwrap().id.to_string();
        let choices = Choices { minutes: 50, kind: SessionKind::First, profile, intention: None, ..Choices::default() };
        let mut engine = Engine::new(stored(&value.to_string()));
        engine.dispatch(NINE, Input::Start { choices, seed: 1 });
        let (mut now, mut shown) = (NINE, 0);
        while let Some(wake) = engine.poll_timeout() {
            assert!(wake > now);
            now = wake;
            if let Strip::Words { cue, .. } = engine.dispatch(now, Input::Look).view.strip {
                assert!(cues.contains(&cue), "{cue}");
                assert!(cue.graphemes(true).count() <= CUE_MAX);
                shown += 1;
            }
        }
        assert!(shown > 0, "nothing of {} was shown", value["title"]);
    }
}

#[test]
fn a_spanish_deck_is_a_deck() {
    let deck = Deck::from_json(SPANISH).unwrap();
    assert_eq!((deck.language.as_str(), deck.title.as_str()), ("es", "Cerca, también por pantalla"));
    assert_eq!(deck::text_of(SPANISH.as_bytes()).unwrap(), SPANISH);
    let own = SPANISH.len();
    assert!(own < SHIPPED.len());
}

/// Texts of all kinds, made of pieces that are one character each.
#[test]
fn any_text_that_is_read_comes_through() {
    let piece = select(vec![
        "a",
        "ñ",
        "é",
        "e\u{301}",
        " ",
        "¿",
        "ß",
        "ש",
        "שׁ",
        "ع",
        "عّ",
        "ﷺ",
        "한",
        "語",
        "नी",
        "👍🏽",
        "🇲🇽",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "1️⃣",
        "\u{200f}",
        "\u{202b}",
        "\"",
        "\\",
        "/",
        "<",
        "&",
        "$1",
        "\u{fffd}",
        "\u{10ffff}",
        "\t",
        "\n",
        "\0",
        "\u{85}",
    ]);
    let text = |max: usize| prop::collection::vec(piece.clone(), 0..max).prop_map(|pieces| pieces.concat());
    holds((text(30), text(45), text(60), any::<bool>()), |(cue, label, text, escaped)| {
        let value = worded("es", &cue, &label, &text);
        let mut file = value.to_string();
        if escaped {
            file = file.chars().map(|c| if c.is_ascii() { c.to_string() } else { utf16(c) }).collect();
        }
        match Deck::from_json(&file) {
            Ok(deck) => {
                let prompt = &deck.prompts[2];
                assert_eq!((&prompt.cue, &prompt.text, &deck.title), (&cue, &text, &label));
                assert!(cue.graphemes(true).count() <= CUE_MAX);
                assert_eq!(stored(&file), deck);
                let again = value.to_string();
                assert_eq!(Deck::from_json(&again).unwrap(), deck, "however it is written");
            }
            Err(found) => {
                let keys = ["deck_empty_text", "deck_line_break", "deck_text_long"];
                assert!(found.iter().all(|problem| keys.contains(&problem.message.key.as_str())), "{found:?}");
                let broken = |text: &str, max: usize| {
                    let seen = text.chars().any(|c| !c.is_whitespace() && !('\u{200b}'..='\u{2069}').contains(&c));
                    !seen || text.chars().any(char::is_control) || text.graphemes(true).count() > max
                };
                assert!(broken(&cue, 24) || broken(&label, 40) || broken(&text, 400));
            }
        }
    });
}

/// A character as JSON can write it in ASCII.
fn utf16(c: char) -> String {
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}
