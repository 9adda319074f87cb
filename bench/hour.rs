//! The native side of the measurements: carries out requests from standard input and answers with microseconds.
//!
//! Each line is one [`Ask`] as JSON, and each answer is a number. `bench/native.mjs` asks, so that native, wasm and
//! JavaScript samples can take turns.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "it measures, and it may fail loudly")]

use std::hint::black_box;
use std::io::{Write as _, stdin, stdout};
use std::time::{Duration, Instant};

use attune::deck::{Deck, DeckFile};
use attune::engine::{Engine, Input};
use attune::time::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Ask {
    /// Read this file and use it as the deck.
    Deck(String),
    /// Use this as the hour: timed inputs.
    Hour(Vec<(Timestamp, Input)>),
    /// Do this job this many times and answer the median time, which other load on the machine hardly affects.
    Time(Job, u32),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Job {
    /// Read the deck from JSON.
    Read,
    /// Resolve the deck from its file as the background has it.
    Resolve,
    /// Play the hour, asking after each input when to come back.
    Step,
    /// The same, with the view and the snapshot.
    Dispatch,
}

fn main() {
    let mut text = String::new();
    let mut deck = None;
    let mut hour = Vec::new();
    for line in stdin().lines() {
        let took = match serde_json::from_str(&line.unwrap()).unwrap() {
            Ask::Deck(path) => {
                text = std::fs::read_to_string(path).unwrap();
                deck = Deck::from_json(&text).ok();
                Duration::ZERO
            }
            Ask::Hour(script) => {
                hour = script;
                Duration::ZERO
            }
            Ask::Time(job, times) => {
                let deck = deck.as_ref().unwrap();
                let file = DeckFile::from_json(&text).unwrap();
                let mut took: Vec<_> = (0..times).map(|_| once(&job, &text, &file, deck, &hour)).collect();
                took.sort();
                took[took.len() / 2]
            }
        };
        println!("{}", took.as_secs_f64() * 1e6);
        stdout().flush().unwrap();
    }
}

fn once(job: &Job, text: &str, file: &DeckFile, deck: &Deck, hour: &[(Timestamp, Input)]) -> Duration {
    // A new engine for each hour, because an engine learns from one to the next.
    let mut engine = Engine::new(deck.clone());
    let inputs = hour.to_vec();
    let start = Instant::now();
    match job {
        Job::Read => drop(black_box(Deck::from_json(text))),
        Job::Resolve => drop(black_box(Deck::from_file(file))),
        Job::Step => {
            for (now, input) in inputs {
                black_box(engine.step(now, input));
                black_box(engine.poll_timeout());
            }
        }
        Job::Dispatch => {
            for (now, input) in inputs {
                black_box(engine.dispatch(now, input));
            }
        }
    }
    start.elapsed()
}
