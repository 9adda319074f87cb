//! Two hundred broken decks, made from the shipped one with a fixed seed: each is refused, with a place and a text that
//! exist, or it is a correct deck. A session that is running meanwhile does not notice.

use std::collections::BTreeMap;
use std::time::Duration;

use attune::deck::{Deck, FILE_MAX, Problem};
use attune::engine::memory::Choices;
use attune::engine::{Engine, Input};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};

use super::support::{NINE, Words};
use super::{SHIPPED, runs, stored};

const DECKS: usize = 200;

/// What the dice say: a few places as fractions, and a number.
#[derive(Clone, Debug)]
struct Dice {
    at: Index,
    other: Index,
    pick: usize,
}

impl Dice {
    /// Where a cut can be made.
    fn boundary(&self, text: &str) -> usize {
        text.floor_char_boundary(self.at.index(text.len()))
    }

    fn row<'a>(&self, deck: &'a mut Value, table: &str) -> &'a mut Value {
        let rows = deck[table].as_array_mut().unwrap();
        let index = self.at.index(rows.len());
        &mut rows[index]
    }

    /// One of a few.
    fn of<T: Clone>(&self, few: &[T]) -> T {
        few[self.pick % few.len()].clone()
    }
}

/// The places of all values of the deck, as JSON pointers.
fn pointers(value: &Value, path: &str, all: &mut Vec<String>) {
    let mut below = |name: String, value: &Value| {
        let path = format!("{path}/{name}");
        all.push(path.clone());
        pointers(value, &path, all);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| below(name.clone(), value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| below(index.to_string(), value)),
        _ => {}
    }
}

/// The places of all values that `of` picks.
fn places(deck: &Value, of: impl Fn(&Value) -> bool) -> Vec<String> {
    let mut all = Vec::new();
    pointers(deck, "", &mut all);
    all.retain(|path| of(deck.pointer(path).unwrap()));
    all
}

/// One of the values that `of` picks.
fn value<'a>(deck: &'a mut Value, dice: &Index, of: impl Fn(&Value) -> bool) -> &'a mut Value {
    let all = places(deck, of);
    deck.pointer_mut(&all[dice.index(all.len())]).unwrap()
}

fn timing<'a>(deck: &'a mut Value, dice: &Dice) -> &'a mut Value {
    value(deck, &dice.at, |value| value.get("from_min").is_some())
}

/// One way to break the shipped deck.
type Kind = (&'static str, fn(&mut Value, &Dice) -> Option<String>);

/// Each changes the deck, or returns a text made from it.
const KINDS: [Kind; 25] = [
    ("cut short", |_, dice| Some(SHIPPED[..dice.boundary(SHIPPED)].to_owned())),
    ("a stretch twice", |_, dice| {
        let from = dice.boundary(SHIPPED);
        let to = SHIPPED.floor_char_boundary((from + 1 + dice.pick % 2_000).min(SHIPPED.len()));
        Some(format!("{}{}", &SHIPPED[..to], &SHIPPED[from..]))
    }),
    ("a stretch lost", |_, dice| {
        let from = dice.boundary(SHIPPED);
        let to = SHIPPED.floor_char_boundary((from + 1 + dice.pick % 200).min(SHIPPED.len()));
        Some(format!("{}{}", &SHIPPED[..from], &SHIPPED[to..]))
    }),
    ("a field twice", |_, dice| {
        let lines: Vec<&str> = SHIPPED.lines().filter(|line| line.contains("\"id\": \"")).collect();
        let line = lines[dice.at.index(lines.len())];
        let (start, _) = line.match_indices('"').nth(dice.pick % 2 * 4).unwrap();
        let end = start + line[start..].find(", \"").unwrap();
        Some(SHIPPED.replacen(line, &format!("{}{}, {}", &line[..start], &line[start..end], &line[start..]), 1))
    }),
    ("a row twice", |deck, dice| {
        let table = dice.of(&["elements", "profiles", "checklist", "prompts"]);
        let row = dice.row(deck, table).clone();
        deck[table].as_array_mut().unwrap().push(row);
        None
    }),
    ("another type", |deck, dice| {
        let other = dice.of(&[json!(7), json!("seven"), json!([]), json!({}), json!(true), json!(null), json!([[7]])]);
        *value(deck, &dice.at, |_| true) = other;
        None
    }),
    ("a field lost", |deck, dice| {
        let fields = value(deck, &dice.at, Value::is_object).as_object_mut().unwrap();
        let name = fields.keys().nth(dice.other.index(fields.len())).unwrap().clone();
        fields.remove(&name);
        None
    }),
    ("a field too many", |deck, dice| {
        let name = dice.of(&["colour", "__proto__", "Cue", "", "toString", "😀", "\u{0}"]);
        value(deck, &dice.at, Value::is_object)[name] = json!("red");
        None
    }),
    ("a field under another's name", |deck, dice| {
        let fields = value(deck, &dice.at, |value| value.as_object().is_some_and(|fields| fields.len() > 1));
        let fields = fields.as_object_mut().unwrap();
        let name = |index: &Index| fields.keys().nth(index.index(fields.len())).unwrap().clone();
        let (one, other) = (name(&dice.at), name(&dice.other));
        let (first, second) = (fields[&one].clone(), fields[&other].clone());
        fields[&one] = second;
        fields[&other] = first;
        None
    }),
    ("a table in another's place", |deck, dice| {
        let tables = ["elements", "profiles", "checklist", "prompts", "rules", "notes"];
        let (one, other) = (dice.of(&tables), tables[dice.other.index(tables.len())]);
        deck[one] = deck[other].clone();
        None
    }),
    ("a huge text", |deck, dice| {
        let size = dice.of(&[401, 10_000, 900_000]);
        *value(deck, &dice.at, Value::is_string) = json!(dice.of(&["x", "é ", "👨‍👩‍👧‍👦"]).repeat(size / 2));
        None
    }),
    ("a huge table", |deck, dice| {
        let table = dice.of(&["elements", "profiles", "checklist", "prompts"]);
        let row = dice.row(deck, table).clone();
        let rows = (0..1_500).map(|number| {
            let mut row = row.clone();
            row["id"] = json!(format!("row-{number}"));
            row
        });
        deck[table].as_array_mut().unwrap().extend(rows);
        None
    }),
    ("a megabyte of mistakes", |deck, dice| {
        let mut row = dice.row(deck, "prompts").clone();
        row["cue"] = json!(dice.pick);
        row["element"] = json!("nothing");
        deck["prompts"] = Value::Array(vec![row; 1_500]);
        None
    }),
    ("deep", |deck, dice| {
        let depth = dice.of(&[3, 15, 100]);
        let inner =
            (0..depth).fold(json!("deep"), |inner, n| if n % 2 == 0 { json!([inner]) } else { json!({"a": inner}) });
        *value(deck, &dice.at, |_| true) = inner;
        None
    }),
    ("deeper than a stack", |_, dice| {
        let piece = dice.of(&["[", "{\"notes\":", "[{\"a\":[", "[["]);
        Some(piece.repeat(500_000 / piece.len()))
    }),
    ("a script for a text", |deck, dice| {
        let script = dice.of(&["<script>alert(1)</script>", "<img src=x onerror=a>", "{{7*7}}", "$1 &lt; %s", "';--"]);
        *value(deck, &dice.at, Value::is_string) = json!(script);
        None
    }),
    ("a script for a cue", |deck, dice| {
        dice.row(deck, "prompts")["cue"] =
            json!(dice.of(&["<b>now</b>", "javascript:alert(1)", "<svg onload=a()>", "&#60;"]));
        None
    }),
    ("control characters", |deck, dice| {
        let text = dice.of(&["a\nb", "a\tb", "a\0b", "\u{2028}", "\u{200b}", "a\u{7f}", "  "]);
        *value(deck, &dice.at, Value::is_string) = json!(text);
        None
    }),
    ("a reference to nothing", |deck, dice| {
        let row = dice.row(deck, "prompts");
        match dice.pick % 5 {
            0 => row["element"] = json!("love"),
            1 => row["enabled_in"] = json!(["standard", "love"]),
            2 => row["unless_ticked"] = json!("love"),
            3 => row["also_serves"] = json!(["love"]),
            _ => row["enabled_in"] = json!([]),
        }
        None
    }),
    ("what others refer to lost", |deck, dice| {
        let table = dice.of(&["elements", "profiles", "checklist"]);
        let rows = deck[table].as_array_mut().unwrap();
        rows.remove(dice.at.index(rows.len()));
        None
    }),
    ("an impossible time", |deck, dice| {
        let number = dice.of(&[json!(-1), json!(51), json!(1e308), json!(0.000_000_1), json!(u64::MAX), json!(49.5)]);
        let names = ["from_min", "to_min", "repeat_every_min", "max_per_session", "cooldown_min", "expires_after_min"];
        timing(deck, dice)[names[dice.other.index(names.len())]] = number;
        None
    }),
    ("a window backwards", |deck, dice| {
        let timing = timing(deck, dice);
        let from = timing["from_min"].clone();
        timing["from_min"] = std::mem::replace(&mut timing["to_min"], from);
        None
    }),
    ("an impossible budget", |deck, dice| {
        let number = dice.of(&[json!(0), json!(-3), json!(41), json!(2.5), json!(1e9), json!("6"), json!(1)]);
        let names = ["timed_per_50_min", "checklist_per_50_min", "gap_min", "same_kind_in_a_row", "closing_priority"];
        dice.row(deck, "profiles")[names[dice.other.index(names.len())]] = number;
        None
    }),
    ("a mark or a byte before it", |_, dice| {
        Some(format!("{}{SHIPPED}", dice.of(&["\u{feff}", "\u{feff}\u{feff}", "\u{0}", "// deck\n", "\n\n"])))
    }),
    ("an escape that is none", |_, dice| {
        let texts: Vec<usize> = SHIPPED.match_indices(": \"").map(|(at, found)| at + found.len()).collect();
        let at = texts[dice.at.index(texts.len())];
        let escape = dice.of(&["\\x", "\\u12", "\\ud83d", "\\", "\\u0000", "\\'", "\\u00e9"]);
        Some(format!("{}{escape}{}", &SHIPPED[..at], &SHIPPED[at..]))
    }),
];

/// The two hundred: equally many of each kind, the same in every run.
fn broken() -> Vec<(&'static str, String)> {
    let config = Config { rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let dice = (any::<Index>(), any::<Index>(), any::<usize>()).prop_map(|(at, other, pick)| Dice { at, other, pick });
    let shipped: Value = serde_json::from_str(SHIPPED).unwrap();
    let make = |number: usize| {
        let (kind, breaks) = KINDS[number % KINDS.len()];
        // Each kind goes through its few ways in turn.
        let dice = Dice { pick: number / KINDS.len(), ..dice.new_tree(&mut runner).unwrap().current() };
        let mut deck = shipped.clone();
        let text = breaks(&mut deck, &dice);
        (kind, text.unwrap_or_else(|| deck.to_string()))
    };
    (0..DECKS).map(make).collect()
}

#[test]
fn two_hundred_broken_decks_are_refused_at_their_places_or_right() {
    let words = Words::shipped();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut slowest = (Duration::ZERO, "", 0);
    for (kind, text) in broken() {
        let (read, took) = timed(|| Deck::from_json(&text));
        slowest = slowest.max((took, kind, text.len()));
        let (refused, accepted) = kinds.entry(kind).or_default();
        match read {
            Ok(deck) => {
                *accepted += 1;
                is_right(&deck, &text);
            }
            Err(found) => {
                *refused += 1;
                assert!(!found.is_empty());
                found.iter().for_each(|problem| is_told(problem, &text, &words));
            }
        }
    }
    for (kind, (refused, accepted)) in &kinds {
        println!("{kind:<30} {refused:>3} refused {accepted:>3} accepted");
    }
    let refused: usize = kinds.values().map(|(refused, _)| refused).sum();
    let (took, kind, bytes) = slowest;
    println!("{refused} of {DECKS} refused; the slowest, {kind} of {bytes} bytes, took {} ms", took.as_millis());
    assert!(refused > DECKS / 2 && refused < DECKS, "{refused} were refused");
}

/// Only for the table; nothing passes or fails because of it.
#[expect(clippy::disallowed_methods, reason = "it says how long the slowest took")]
fn timed<T>(job: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    (job(), start.elapsed())
}

/// A problem has a line of the file, unless the file is too big to be read, a place that exists, and words in which every
/// blank is filled.
fn is_told(problem: &Problem, text: &str, words: &Words) {
    let Problem { place, line, message } = problem;
    let lines = text.lines().count().max(1) + 1;
    assert!((1..=lines).contains(line) || (*line, text.len() > FILE_MAX) == (0, true), "{problem:?}");
    assert_eq!(words.blanks(&message.key), message.args.len(), "{problem:?}");
    assert!(message.args.iter().all(|arg| arg.len() < 2_000), "{problem:?}");
    if place.is_empty() {
        return;
    }
    // What is missing or unknown is reported with what it should be in.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let deck: Value = serde_json::from_str(text).unwrap();
    let pointer: String = place.split(['.', '[']).map(|step| format!("/{}", step.trim_end_matches(']'))).collect();
    let (parent, _) = pointer.rsplit_once('/').unwrap();
    assert!(deck.pointer(&pointer).or_else(|| deck.pointer(parent)).is_some(), "no {place}");
}

/// A deck that was accepted says what its file says, can be stored, and runs in every profile.
fn is_right(deck: &Deck, text: &str) {
    assert_eq!(&stored(text), deck);
    let value: Value = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).unwrap();
    let rows = value["prompts"].as_array().unwrap();
    assert_eq!(rows.len(), deck.prompts.len());
    for (row, prompt) in rows.iter().zip(&deck.prompts) {
        assert_eq!((row["cue"].as_str(), row["text"].as_str()), (Some(&*prompt.cue), Some(&*prompt.text)));
    }
    for seed in 0..deck.profiles.len().min(4) {
        runs(deck.clone(), seed as u32, 50);
    }
}

/// An hour that continues while decks are refused is the same hour, and its deck the same deck.
#[test]
fn a_running_session_and_its_deck_do_not_notice_a_refused_deck() {
    let mut refused = broken().into_iter().map(|(_, text)| text).filter(|text| Deck::from_json(text).is_err()).cycle();
    let hour = |mut meanwhile: Box<dyn FnMut()>| {
        let deck = Deck::from_json(SHIPPED).unwrap();
        let profile = deck.profiles[1].id.to_string();
        let mut engine = Engine::new(deck);
        let choices = Choices {
            minutes: 50,
            kind: attune::deck::SessionKind::Ongoing,
            profile,
            intention: None,
            ..Choices::default()
        };
        engine.dispatch(NINE, Input::Start { choices, seed: 1 });
        let mut seen = Vec::new();
        while let Some(wake) = engine.poll_timeout() {
            meanwhile();
            seen.push(format!("{:?}", engine.dispatch(wake, Input::Look)));
        }
        (seen, engine.deck().clone())
    };
    let disturbed = hour(Box::new(move || assert!(Deck::from_json(&refused.next().unwrap()).is_err())));
    let quiet = hour(Box::new(|| {}));
    assert!(disturbed.0.len() > 20);
    assert!(disturbed == quiet);
}
