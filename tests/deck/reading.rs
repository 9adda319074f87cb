//! Files that are not a deck at all, or more than one.

use attune::deck::{self, Deck, FILE_MAX, Problem};
use serde_json::{Value, json};

use super::{SHIPPED, problems, put, runs, sound, written};

#[test]
fn a_sound_deck_is_read() {
    Deck::from_json(&written(&sound()).0).unwrap();
    Deck::from_json(SHIPPED).unwrap();
}

#[test]
fn the_deck_in_the_guide_is_sound() {
    let guide = include_str!("../../docs/decks.md");
    let (_, rest) = guide.split_once("```json\n").unwrap();
    Deck::from_json(rest.split_once("```").unwrap().0).unwrap();
}

/// The one problem that a file has as a whole: its key, its line and its arguments.
fn told(text: &str) -> (String, usize, Vec<String>) {
    let found = problems(text);
    assert_eq!((found.len(), found[0].place.as_str()), (1, ""));
    (found[0].message.key.clone(), found[0].line, found[0].message.args.clone())
}

fn told_is(text: &str, key: &str, line: usize, args: &[&str]) {
    assert_eq!(told(text), (key.to_owned(), line, args.iter().map(|arg| (*arg).to_owned()).collect()));
}

#[test]
fn a_file_that_is_no_json_is_told_with_its_line_and_column() {
    told_is("{\n  \"format\": \"attune-deck/1\"\n  \"title\"", "deck_not_json", 3, &["3"]);
    told_is(&format!("{}\n}}", SHIPPED.trim_end()), "deck_not_json", SHIPPED.trim_end().lines().count() + 1, &["1"]);
    told_is("{\"title\": \"a \\x b\"}", "deck_not_json", 1, &["15"]);
    told_is("{\"title\": \"\\ud83d\"}", "deck_not_json", 1, &["18"]);
    told_is("{\"title\": 'a'}", "deck_not_json", 1, &["11"]);
    told_is("{\"notes\": [1,]}", "deck_not_json", 1, &["14"]);
    told_is("// a deck\n{}", "deck_not_json", 1, &["1"]);
    assert_eq!(told("{\"notes\": 1e999}").0, "deck_not_json");
    // As an editor counts, not in bytes: ten characters of Hebrew take twenty.
    told_is("{\"title\": \"שלוםשלוםשל\" 1}", "deck_not_json", 1, &["24"]);
}

#[test]
fn a_file_that_was_cut_off_says_so() {
    told_is("", "deck_ends_early", 1, &[]);
    told_is("{\n", "deck_ends_early", 2, &[]);
    let short = &SHIPPED[..SHIPPED.floor_char_boundary(SHIPPED.len() / 2)];
    assert_eq!(told(short).0, "deck_ends_early");
}

#[test]
fn brackets_without_end_are_refused_where_they_are_too_many() {
    told_is(&"[\n".repeat(100_000), "deck_too_deep", 17, &["16"]);
    told_is(&"{\"notes\":".repeat(100_000), "deck_too_deep", 1, &["16"]);
    let mut deck = sound();
    deck["notes"] = (0..13).fold(json!("deep"), |inner, _| json!([inner]));
    assert_eq!(problems(&deck.to_string())[0].message.key, "deck_not_text");
    deck["notes"] = (0..16).fold(json!("deep"), |inner, _| json!([inner]));
    assert_eq!(told(&deck.to_string()).0, "deck_too_deep");
}

#[test]
fn a_file_is_text_and_keeps_its_bytes() {
    let bytes = SHIPPED.as_bytes();
    assert_eq!(deck::text_of(bytes).unwrap().as_bytes(), bytes);
    let marked = [b"\xef\xbb\xbf", bytes].concat();
    let text = &*deck::text_of(&marked).unwrap();
    assert_eq!(text.as_bytes(), marked);
    assert_eq!(Deck::from_json(text).unwrap(), Deck::from_json(SHIPPED).unwrap(), "the mark says nothing");
    let mut mistaken = text.replacen("\"title\"", "\"titel\"", 1);
    assert_eq!(problems(&mistaken)[1].line, problems(mistaken.split_off(3).as_str())[1].line);

    let key = |bytes: &[u8]| deck::text_of(bytes).map_err(|problem| (problem.message.key, problem.line)).unwrap_err();
    assert_eq!(key(b"{\n\"title\": \"caf\xe9\"}"), ("deck_not_utf".to_owned(), 2), "Latin 1");
    assert_eq!(key(&vec![b' '; FILE_MAX + 1]), ("deck_file_big".to_owned(), 0));
}

/// PowerShell and Notepad write it, with or without a mark.
#[test]
fn a_file_in_utf_16_is_read_as_well() {
    for mark in ["\u{feff}", ""] {
        for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
            let text = [mark, SHIPPED].concat();
            let mut bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
            assert_eq!(deck::text_of(&bytes).unwrap(), text);
            assert_eq!(Deck::from_json(&deck::text_of(&bytes).unwrap()).unwrap(), Deck::from_json(SHIPPED).unwrap());
            bytes.pop();
            assert!(deck::text_of(&bytes).is_err(), "half a character is left");
        }
    }
}

#[test]
fn what_other_programs_make_of_a_deck_is_named() {
    let key = |bytes: &[u8]| deck::text_of(bytes).map_err(|problem| (problem.message.key, problem.line)).unwrap_err();
    assert_eq!(key(b"PK\x03\x04\x14\0"), ("deck_is_packed".to_owned(), 0));
    assert_eq!(key(b"{\n\"title\": \"a\"\n\0\0\0"), ("deck_damaged".to_owned(), 3));
    told_is("{“title”: 1}", "deck_curly", 1, &["2", "“"]);
    told_is("{\n\"title\": ‘a’}", "deck_curly", 2, &["10", "‘"]);
    told_is("{\"wait_s\": 1,5}", "deck_decimal_comma", 1, &["14"]);
    told_is("{\"notes\": [1,x]}", "deck_not_json", 1, &["14"]);
    told_is("{}\n{}", "deck_two", 2, &[]);
    told_is("{}\n}", "deck_not_json", 2, &["1"]);
}

#[test]
fn a_field_that_comes_twice_is_told_at_the_second() {
    for (line, place) in [
        ("\"cue\": \"Lean in a little\"", "prompts[0].cue"),
        ("\"wait_s\": 20", "rules.wait_s"),
        ("\"from_min\": 4", "prompts[0].timing.from_min"),
        ("\"title\": \"Small\"", "title"),
    ] {
        let (text, _) = written(&sound());
        assert_eq!(text.matches(line).count(), 1, "{line}");
        // The same name, however it is written, and whether it says the same or not.
        let escaped = format!("\"\\u{:04x}{}", u32::from(line.as_bytes()[1]), &line[2..]);
        for second in [line.to_owned(), escaped] {
            let twice = text.replacen(line, &format!("{line},\n{second}"), 1);
            let found = problems(&twice);
            let at = twice.lines().position(|it| it.starts_with(&second)).unwrap() + 1;
            let at = if second == line { at + 1 } else { at };
            let name = place.rsplit('.').next().unwrap();
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].place.as_str(), found[0].line, found[0].message.args[0].as_str()), (place, at, name));
            assert_eq!(found[0].message.key, "deck_field_twice");
        }
    }
}

#[test]
fn a_file_of_another_shape_is_told_at_its_top() {
    for text in ["[]", "7", "null", "\"attune-deck/1\""] {
        let found = problems(text);
        assert_eq!((found[0].message.key.as_str(), found[0].place.as_str(), found[0].line), ("deck_not_object", "", 1));
    }
    assert_eq!(problems("\n\n []")[0].line, 3, "where it begins");
}

#[test]
fn a_list_or_a_file_without_end_is_refused() {
    let mut deck = sound();
    let row = deck["elements"][0].clone();
    deck["elements"] = Value::Array(vec![row; 20_001]);
    let found = problems(&deck.to_string());
    let long: Vec<&Problem> = found.iter().filter(|problem| problem.message.key == "deck_list_long").collect();
    assert_eq!(long.len(), 1);
    assert_eq!(
        (long[0].place.as_str(), &long[0].message.args),
        ("elements", &vec!["20001".to_owned(), "20000".to_owned()])
    );
    let found = problems(&" ".repeat(FILE_MAX + 1));
    assert_eq!((found[0].message.key.as_str(), &found[0].message.args), ("deck_file_big", &vec!["8".to_owned()]));
}

#[test]
fn mistakes_without_number_are_told_as_far_as_helps() {
    let mut deck = sound();
    let mut row = deck["prompts"][0].clone();
    row["cue"] = json!(7);
    row["id"] = json!("No Id");
    deck["prompts"] = Value::Array(vec![row; 3_000]);
    let text = deck.to_string();
    assert!(text.len() > 1_000_000);
    assert_eq!(problems(&text).len(), 200);
}

#[test]
fn a_name_without_end_is_cut_where_it_is_told() {
    let mut deck = sound();
    put(&mut deck, &"x".repeat(1_000_000), Some(json!(1)));
    put(&mut deck, "prompts[0].element", Some(json!("x".repeat(1_000_000))));
    let found = problems(&deck.to_string());
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|problem| problem.place.len() < 100 && problem.message.args.concat().len() < 100));
}

#[test]
fn more_profiles_than_there_can_be_are_refused() {
    let mut deck = sound();
    let row = deck["profiles"][0].clone();
    for index in 2..40 {
        let mut row = row.clone();
        row["id"] = json!(format!("profile{index}"));
        put(&mut deck, &format!("profiles[{index}]"), Some(row));
    }
    put(&mut deck, "prompts[0].enabled_in[2]", Some(json!("profile39")));
    let (text, lines) = written(&deck);
    let found = problems(&text);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].message.key.as_str(), found[0].line), ("deck_profiles_count", lines["profiles"]));
    let profiles = deck["profiles"].as_array_mut().unwrap();
    profiles.truncate(32);
    put(&mut deck, "prompts[0].enabled_in[2]", Some(json!("profile31")));
    Deck::from_json(&deck.to_string()).unwrap();
}

#[test]
fn a_megabyte_of_prompts_is_a_deck_that_runs() {
    let mut deck = sound();
    let row = deck["prompts"][0].clone();
    for index in 3..3_000 {
        let mut row = row.clone();
        row["id"] = json!(format!("lean{index}"));
        deck["prompts"].as_array_mut().unwrap().push(row);
    }
    let text = deck.to_string();
    assert!(text.len() > 1_000_000);
    runs(Deck::from_json(&text).unwrap(), 1, 50);
}

/// A megabyte of anything is read or refused.
#[test]
fn a_megabyte_of_anything_is_refused() {
    let garbage = ["[", "]", "{\"a\":", "\"", "\\", "0", "1e9,", "null,", "\u{1f469}\u{200d}", "{\"prompts\":[", "\n"];
    for piece in garbage {
        assert!(!problems(&piece.repeat(1_000_000 / piece.len())).is_empty());
    }
    let mut deck = sound();
    put(&mut deck, "title", Some(json!("x".repeat(1_000_000))));
    assert_eq!(problems(&deck.to_string())[0].message.args, ["1000000", "40"]);
    let mut deck = sound();
    put(&mut deck, &"x".repeat(1_000_000), Some(json!(1)));
    assert_eq!(problems(&deck.to_string())[0].message.key, "deck_unknown_field");
}
