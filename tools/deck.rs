//! Checks decks and writes the schema of their format.
//!
//! ```text
//! deck DECK.json...    checks decks and reports every mistake
//! deck --schema        writes the JSON Schema of the format
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
        [] => {
            eprintln!("usage: deck DECK.json...\n       deck --schema");
            ExitCode::from(2)
        }
        paths => {
            // All of them are checked, even after one that is broken.
            let broken = paths.iter().filter(|path| !is_sound(path)).count();
            if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
    }
}

/// Whether the deck at `path` is sound; says what is in it, or what is wrong with it.
fn is_sound(path: &str) -> bool {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return false;
        }
    };
    match deck::text_of(&bytes).map_err(|problem| vec![problem]).and_then(|text| Deck::from_json(&text)) {
        Ok(deck) => {
            println!("{path}: sound, {} prompts, {} checklist items", deck.prompts.len(), deck.checklist.len());
            true
        }
        Err(problems) => {
            let words = serde_json::from_str(WORDS).unwrap_or_default();
            for Problem { place, line, message } in problems {
                let line = if line == 0 { String::new() } else { format!(":{line}") };
                let place = if place.is_empty() { place } else { format!(" {place}:") };
                eprintln!("{path}{line}:{place} {}", say(&words, &message));
            }
            false
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
