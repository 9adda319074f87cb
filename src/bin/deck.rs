//! Checks a deck and compiles it for the engine.
//!
//! ```text
//! deck DECK.json             says what is wrong with it, if anything
//! deck DECK.json OUT.deck    and writes it as the engine reads it
//! ```

use std::process::ExitCode;

use attune::deck::{Deck, Problem};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, rest @ ..] = args.as_slice() else {
        eprintln!("usage: deck DECK.json [OUT.deck]");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return refuse(path, &error.to_string()),
    };
    match Deck::from_json(&text) {
        Ok(deck) => match rest {
            [out, ..] => match std::fs::write(out, deck.compile()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => refuse(out, &error.to_string()),
            },
            [] => {
                println!("{path}: sound, {} prompts, {} checklist items", deck.prompts.len(), deck.checklist.len());
                ExitCode::SUCCESS
            }
        },
        Err(problems) => {
            for Problem { place, line, message } in problems {
                eprintln!("{path}:{line}: {place}: {} {}", message.key, message.args.join(", "));
            }
            ExitCode::FAILURE
        }
    }
}

fn refuse(path: &str, why: &str) -> ExitCode {
    eprintln!("{path}: {why}");
    ExitCode::FAILURE
}
