//! The look of a cue survives saving, and every look can be read.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/cases.rs"]
mod cases;

use attune::deck::{Deck, DeckFile};
use attune::settings::look::{Contrast, Look, OPACITIES, Size};
use attune::settings::{Policy, Settings, make};
use cases::config;
use proptest::prelude::*;

const SHIPPED: &str = include_str!("../extension/decks/en.json");
const STYLE: &str = include_str!("../extension/strip.css");
const THEME: &str = include_str!("../extension/theme.css");

/// The value of a custom property in the first rule for a selector.
fn property<'a>(sheet: &'a str, selector: &str, name: &str) -> Option<&'a str> {
    let (_, rest) = sheet.split_once(&format!("{selector} {{"))?;
    let (rule, _) = rest.split_once('}')?;
    let (_, value) = rule.split_once(&format!("--{name}: "))?;
    Some(value.split_once(';')?.0)
}

fn of_look(look: &str, name: &str) -> &'static str {
    let own = property(STYLE, &format!("[data-look~=\"{look}\"]"), name);
    own.or_else(|| property(STYLE, ":root", name)).or_else(|| property(THEME, ":root", name)).unwrap()
}

fn colour(text: &str) -> [f64; 3] {
    let Some(hex) = text.strip_prefix('#') else {
        let parts: Vec<f64> = text.split(' ').map(|part| part.parse().unwrap()).collect();
        return parts.try_into().unwrap();
    };
    let digits = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()))
}

/// The contrast ratio of two colours, as in WCAG 2; channels are 0 to 255.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let linear = |channel: f64| {
        let part = channel / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |colour: [f64; 3]| {
        let [red, green, blue] = colour.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (luminance(one), luminance(other));
    (one / other).max(other / one)
}

fn looks() -> impl Strategy<Value = Look> {
    let size = prop_oneof![Just(Size::Dot), Just(Size::Line), Just(Size::Large)];
    let stands = prop_oneof![Just(Contrast::Soft), Just(Contrast::Strong)];
    (size, prop::sample::select(&OPACITIES[..]), stands, any::<bool>())
        .prop_map(|(size, opacity, contrast, aloud)| Look { size, opacity, contrast, aloud, ..Look::default() })
}

/// Text needs a contrast of 4.5 to 1 and graphics 3 to 1 over any picture, because the background lets some of it
/// through.
#[test]
fn every_look_can_be_read_over_white_and_over_black() {
    for stands in ["soft", "strong"] {
        let ground = colour(of_look(stands, "black"));
        for opacity in OPACITIES {
            let share: f64 = of_look(&opacity.to_string(), "opaque").parse().unwrap();
            assert_eq!(share, f64::from(opacity) / 100.0, "{opacity} % is as opaque as it says");
            for behind in [0.0, 255.0] {
                let over = |share: f64| ground.map(|channel| channel * share + behind * (1.0 - share));
                for (name, share, least) in
                    [("words", share, 4.5), ("text", share, 4.5), ("glow", share, 3.0), ("soft", share.max(0.96), 4.5)]
                {
                    let ratio = contrast(colour(of_look(stands, name)), over(share));
                    assert!(ratio >= least, "{stands}, {opacity} %, over {behind}: {name} has {ratio:.1}");
                }
            }
        }
    }
}

#[test]
fn strong_stands_out_more_than_soft() {
    let of = |stands| contrast(colour(of_look(stands, "words")), colour(of_look(stands, "black")));
    assert!(of("strong") > of("soft") + 1.0);
}

#[test]
fn the_dot_alone_leaves_the_words_to_the_glance_key() {
    let policy = Policy::default();
    let by_themselves =
        |deck: &Deck| deck.profiles.iter().map(|profile| profile.words_by_themselves).collect::<Vec<_>>();
    let shipped = DeckFile::from_json(SHIPPED).unwrap();
    let plain = make(&Settings::default(), &policy, &shipped).unwrap();
    assert!(plain.is_plain && by_themselves(&plain.deck).contains(&true));
    let look = Look { size: Size::Large, ..Look::default() };
    let mut settings = Settings { look, ..Settings::default() };
    assert!(make(&settings, &policy, &shipped).unwrap().is_plain, "letters of another size are no other deck");
    settings.look.size = Size::Dot;
    let made = make(&settings, &policy, &shipped).unwrap();
    assert!(!made.is_plain && !by_themselves(&made.deck).contains(&true));
}

#[test]
fn it_is_kept_with_the_settings_and_put_back_with_them() {
    let look = Look { size: Size::Large, opacity: 70, contrast: Contrast::Strong, aloud: true, ..Look::default() };
    let mut settings = Settings { look, ..Settings::default() };
    assert_eq!(Settings::from_json(&settings.to_json()), Some(settings.clone()));
    let damaged = settings.to_json().replace("\"opacity\":70", "\"opacity\":7");
    assert_eq!(Settings::from_json(&damaged), None, "words on it could not be read");
    settings.reset();
    assert_eq!(settings.look, Look::default());
}

/// The look that these words make of the usual one.
fn of_words(words: &str) -> Look {
    let mut look = Look::default();
    words.split(' ').for_each(|word| look.take(word));
    look
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_was_written_is_read_again(look in looks()) {
        prop_assert_eq!(of_words(&look.written()), look);
        let stored = serde_json::to_string(&look).unwrap();
        prop_assert_eq!(serde_json::from_str::<Look>(&stored).unwrap(), look);
    }

    #[test]
    fn any_text_is_a_look_that_can_be_read(text in "[a-z0-9 ]{0,40}") {
        let look = of_words(&text);
        prop_assert!(OPACITIES.contains(&look.opacity));
    }
}
