//! What a therapist experiences in an hour with Attune, behaviour by behaviour, in virtual time.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

mod a_call_that_ends;
mod a_changed_deck;
mod a_fading_prompt;
mod a_key;
mod a_moment;
mod a_pause;
mod a_prompt;
mod a_ready_check;
mod a_share;
mod a_silence;
mod a_sleep;
mod a_snapshot;
mod a_start;
mod a_tick;
mod an_answer;
mod an_extension;
mod an_intention;
mod rotation;
mod sound_only;
#[path = "../support/mod.rs"]
mod support;
mod the_clock;
mod the_end;
mod the_picture_of_the_hour;
mod the_time_left;
mod the_timing;

use attune::deck::{Channel, Deck, Phase, SessionKind};
use attune::engine::memory::Choices;
use attune::engine::offer::{Locks, Offer, Setting};
use attune::engine::view::{Banned, Card, Ended, Mark, Popup, Ready, Running, Silence, Strip, View};
use attune::engine::{Engine, Input};
use attune::hour::session::Answer;
use attune::text::Message;
use attune::time::{Offset, Timestamp};
use serde_json::{Value, json};
use support::{NINE, Pair, Words};

const MINUTE: u64 = 60;

/// A small, predictable deck: no jitter, and timed prompts fall due in the middle of six slots.
///
/// The slots of a 50-minute hour start at 3:00 and are 6:10 wide, so they fall due at 6:05, 12:15, 18:25, 24:35, 30:45
/// and 36:55. The gap is five minutes.
fn rows() -> Value {
    let timing = |anchor: &str, from: f64, to: f64, expires: f64| {
        json!({
            "anchor": anchor, "from_min": from, "to_min": to, "repeat_every_min": null,
            "max_per_session": 1, "cooldown_min": 0, "expires_after_min": expires
        })
    };
    let often = |repeat: f64, max: u32, expires: f64| {
        let mut timing = timing("start", 4.0, 40.0, expires);
        timing["repeat_every_min"] = json!(repeat);
        timing["max_per_session"] = json!(max);
        timing
    };
    let all = json!(["plain", "quiet"]);
    json!({
        "format": "attune-deck/1", "title": "Small", "language": "en",
        "rules": {
            "opening_quiet_min": 3, "closing_min": 10, "closing_quiet_min": 1, "checklist_gap_min": 1.5,
            "jitter_s": 0, "wait_s": 20, "dot_s": 60
        },
        "elements": [{"id": "trust", "label": "Trust", "about": "Being consistent."}],
        "profiles": [
            {"id": "plain", "label": "Plain", "for_whom": "Anyone", "timed_per_50_min": 6, "checklist_per_50_min": 8,
             "gap_min": 5, "same_kind_in_a_row": 10, "closing_priority": 5, "words_by_themselves": true},
            {"id": "quiet", "label": "Quiet", "for_whom": "Some", "timed_per_50_min": 6, "checklist_per_50_min": 8,
             "gap_min": 5, "same_kind_in_a_row": 10, "closing_priority": 5, "words_by_themselves": false}
        ],
        "checklist": [
            {"id": "place", "phase": "opening", "label": "Place confirmed", "explanation": "Where they are.",
             "applies": "every", "core": true, "element": "trust", "basis": "none"},
            {"id": "ending", "phase": "closing", "label": "Ending begun", "explanation": "Time to close.",
             "applies": "every", "core": true, "element": "trust", "basis": "none"}
        ],
        "prompts": [
            {"id": "place", "kind": "verbal", "cue": "Where are you today?", "text": "Ask where they are.",
             "say": "Where are you calling from?", "element": "trust", "trigger": "checklist", "priority": 5,
             "timing": {"anchor": "start", "from_min": 1, "to_min": 8, "repeat_every_min": 3, "max_per_session": 2,
                        "cooldown_min": 2, "expires_after_min": 4},
             "dwell_s": 7, "enabled_in": all, "unless_ticked": "place", "basis": "none"},
            {"id": "lean", "kind": "nonverbal", "cue": "Lean in a little", "text": "A hand's width, then back.",
             "element": "trust", "trigger": "timer", "priority": 3, "timing": often(12.0, 4, 5.0),
             "dwell_s": 7, "enabled_in": all, "basis": "none"},
            {"id": "pace", "kind": "nonverbal", "cue": "Match their pace", "text": "Slow as they are slow.",
             "element": "trust", "trigger": "timer", "priority": 2, "timing": often(12.0, 4, 5.0),
             "dwell_s": 10, "enabled_in": all, "basis": "none"},
            {"id": "ending", "kind": "verbal", "cue": "Start winding down", "text": "Name the time that is left.",
             "element": "trust", "trigger": "checklist", "priority": 5, "timing": timing("end", 10.0, 8.0, 3.0),
             "dwell_s": 7, "enabled_in": all, "unless_ticked": "ending", "basis": "none"}
        ]
    })
}

fn read(rows: &Value) -> Deck {
    Deck::from_json(&serde_json::to_string_pretty(rows).unwrap()).unwrap()
}

/// The same with one prompt that comes only every fourth session.
fn with_rare() -> Value {
    let mut rows = rows();
    let mut rare = rows["prompts"][1].clone();
    rare["id"] = json!("rare");
    rare["cue"] = json!("How is video for you?");
    rare["priority"] = json!(5);
    rare["ongoing_every"] = json!(4);
    rare["timing"]["max_per_session"] = json!(1);
    rare["timing"]["repeat_every_min"] = Value::Null;
    rows["prompts"].as_array_mut().unwrap().push(rare);
    rows
}

/// A running hour.
struct Hour {
    pair: Pair,
    view: View,
}

impl Hour {
    fn of(deck: Deck, minutes: u16, kind: SessionKind, profile: &str) -> Hour {
        Hour::seeded(deck, minutes, kind, profile, 1)
    }

    fn seeded(deck: Deck, minutes: u16, kind: SessionKind, profile: &str, seed: u32) -> Hour {
        let mut pair = Pair::new(deck);
        let view = pair.start(minutes, kind, profile, seed);
        Hour { pair, view }
    }

    /// Before the first Start.
    fn before(deck: Deck) -> Hour {
        let mut pair = Pair::new(deck);
        let view = pair.send(Input::Look);
        Hour { pair, view }
    }

    /// Fifty minutes with a client whom the therapist knows.
    fn plain() -> Hour {
        Hour::of(read(&rows()), 50, SessionKind::Ongoing, "plain")
    }

    /// The same with the location ticked, which leaves only the timed prompts and the closing.
    fn ticked() -> Hour {
        let mut hour = Hour::plain();
        hour.send(Input::Tick { item: "place".to_owned(), done: true });
        hour
    }

    fn tick(&mut self, item: &str, done: bool) -> &View {
        self.send(Input::Tick { item: item.to_owned(), done })
    }

    /// Kills the worker and restores it from what it saved; nothing may change.
    fn restart(&mut self) {
        let (view, saved) = (self.pair.engine.view(), self.pair.engine.snapshot());
        let text = support::saved(&self.pair.engine);
        self.pair.engine = support::restored(self.pair.engine.deck().clone(), &text).unwrap();
        assert_eq!((self.pair.engine.view(), self.pair.engine.snapshot()), (view, saved));
    }

    fn send(&mut self, input: Input) -> &View {
        self.view = self.pair.send(input);
        &self.view
    }

    /// Lets this many seconds pass, with every wake-up on time.
    fn pass(&mut self, seconds: u64) -> &View {
        self.go_to(Timestamp(self.pair.now.0 + seconds * 1_000))
    }

    /// Advances to a minute and second of the wall clock, counted from Start.
    fn to(&mut self, minute: u64, second: u64) -> &View {
        self.go_to(at(minute, second))
    }

    fn go_to(&mut self, time: Timestamp) -> &View {
        self.view = self.pair.drive_bounded(time);
        &self.view
    }

    /// Lets this many seconds pass without a wake-up.
    fn sleep(&mut self, seconds: u64) -> &View {
        self.pair.now = Timestamp(self.pair.now.0 + seconds * 1_000);
        self.send(Input::Look)
    }

    /// The computer's clock steps back.
    fn back(&mut self, seconds: u64) -> &View {
        self.pair.now = Timestamp(self.pair.now.0 - seconds * 1_000);
        self.send(Input::Look)
    }

    /// Advances until the strip is as wanted, at most to the end.
    fn until(&mut self, wanted: impl Fn(&Strip) -> bool) -> &View {
        for _ in 0..500 {
            if wanted(&self.view.strip) {
                return &self.view;
            }
            self.view = self.pair.step(Timestamp(u64::MAX));
            assert!(matches!(self.view.popup, Popup::Running(_)), "the session ended before");
        }
        panic!("it never came");
    }

    fn until_dot(&mut self) -> u32 {
        self.until(|strip| matches!(strip, Strip::Dot { .. }));
        self.number()
    }

    fn until_words(&mut self) -> u32 {
        self.until(|strip| matches!(strip, Strip::Words { .. }));
        self.number()
    }

    fn number(&self) -> u32 {
        match &self.view.strip {
            Strip::Dot { number } | Strip::Words { number, .. } => *number,
            Strip::Card(card) => card.number,
            other => panic!("no prompt is on screen but {other:?}"),
        }
    }

    fn running(&self) -> &Running {
        match &self.view.popup {
            Popup::Running(running) => running,
            other => panic!("no session runs, but {other:?}"),
        }
    }

    fn ended(&self) -> &Ended {
        match &self.view.popup {
            Popup::Ended(ended) => ended,
            other => panic!("no session has ended, but {other:?}"),
        }
    }

    fn ready(&self) -> &Ready {
        match &self.view.popup {
            Popup::Ready(ready) => ready,
            other => panic!("this is no choice of sessions: {other:?}"),
        }
    }

    fn card(&self) -> &Card {
        self.running().cue.as_ref().expect("a prompt is due")
    }

    /// What the therapist reads on the strip.
    fn strip(&self) -> String {
        support::seen(&self.view.strip, &Words::shipped()).unwrap_or_default()
    }

    /// Everything that came: session time, cue, and how it ended (the name of that text).
    fn came(&self) -> Vec<String> {
        let marks = match &self.view.popup {
            Popup::Running(running) => &running.marks,
            Popup::Ended(ended) => &ended.marks,
            Popup::Ready(_) => &Vec::new(),
        };
        marks.iter().map(line).collect()
    }

    /// What comes from now to `minute` if nobody does anything.
    fn comes_until(&mut self, minute: u64) -> Vec<String> {
        let before = self.came().len();
        self.to(minute, 0);
        self.came().split_off(before)
    }

    fn badge(&mut self) -> String {
        self.pair.engine.dispatch(self.pair.now, Input::Look).effects.badge.text
    }
}

fn at(minute: u64, second: u64) -> Timestamp {
    Timestamp(NINE.0 + (minute * MINUTE + second) * 1_000)
}

fn line(mark: &Mark) -> String {
    let seconds = mark.at.0 / 1_000;
    format!(
        "{}:{:02} {}, {}",
        seconds / 60,
        seconds % 60,
        mark.cue,
        mark.outcome.key.trim_start_matches("outcome_").replace('_', " ")
    )
}

fn said(message: &Message) -> String {
    Words::shipped().say(message)
}

fn start(minutes: u16, kind: SessionKind, profile: &str) -> Input {
    Input::Start {
        choices: Choices { minutes, kind, profile: profile.to_owned(), intention: None, ..Choices::default() },
        seed: 1,
    }
}
