//! Checks a deck and compiles it for the engine.
//!
//! ```text
//! deck DECK.json             checks a deck and reports every mistake
//! deck DECK.json OUT.deck    checks it and compiles it for the engine
//! deck --schema              writes the JSON Schema of the format
//! ```

use std::process::ExitCode;

use attune::deck::{self, Deck, Problem};
use attune::text::Message;

/// The extension's own texts.
const WORDS: &str = include_str!("../extension/_locales/en/messages.json");

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["--schema"] => {
            print!("{}", deck::schema());
            ExitCode::SUCCESS
        }
        [path] => check(path, None),
        [path, out] => check(path, Some(out)),
        _ => {
            eprintln!("usage: deck DECK.json [OUT.deck]\n       deck --schema");
            ExitCode::from(2)
        }
    }
}

fn check(path: &str, out: Option<&str>) -> ExitCode {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(path, &error.to_string()),
    };
    let read = deck::text_of(&bytes).map_err(|problem| vec![problem]).and_then(Deck::from_json);
    match (read, out) {
        (Ok(deck), Some(out)) => match std::fs::write(out, deck.compile()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => refuse(out, &error.to_string()),
        },
        (Ok(deck), None) => {
            println!("{path}: sound, {} prompts, {} checklist items", deck.prompts.len(), deck.checklist.len());
            ExitCode::SUCCESS
        }
        (Err(problems), _) => {
            let words = serde_json::from_str(WORDS).unwrap_or_default();
            for Problem { place, line, message } in problems {
                let place = if place.is_empty() { place } else { format!(" {place}:") };
                eprintln!("{path}:{line}:{place} {}", say(&words, &message));
            }
            ExitCode::FAILURE
        }
    }
}

fn say(words: &serde_json::Value, message: &Message) -> String {
    let entry = &words[&message.key];
    let mut text = entry["message"].as_str().unwrap_or(&message.key).to_owned();
    for (name, placeholder) in entry["placeholders"].as_object().into_iter().flatten() {
        text = text.replace(&format!("${name}$"), placeholder["content"].as_str().unwrap_or_default());
    }
    let numbered = (1..).zip(&message.args);
    numbered.fold(text, |text, (number, arg)| text.replace(&format!("${number}"), arg))
}

fn refuse(path: &str, why: &str) -> ExitCode {
    eprintln!("{path}: {why}");
    ExitCode::FAILURE
}
