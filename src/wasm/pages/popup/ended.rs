//! After the end: what came, and what became of it. Nothing is counted up against anybody.

use web_sys::Element;

use crate::view::{Ended, Mark};
use crate::wasm::pages::dom::{self, Done};
use crate::wasm::pages::words;

/// The outcomes in the order in which they are told.
const OUTCOMES: [&str; 8] = [
    "outcome_did_it",
    "outcome_already",
    "outcome_not_now",
    "outcome_never",
    "outcome_ticked",
    "outcome_faded",
    "outcome_unread",
    "outcome_silenced",
];

/// Draws a session that is over.
pub fn draw(ended: &Ended) -> Done {
    dom::write_to("length-was", &words::count("minutes_long", ended.minutes as u32, &[]))?;
    dom::write_to("came", &summary(&ended.marks))?;
    dom::show_by_id("by-itself", ended.by_itself)?;
    let list: Element = dom::by_id("entries")?;
    for (row, mark) in dom::rows(&list, "entry", ended.marks.len())?.iter().zip(&ended.marks) {
        dom::write(&dom::find::<Element>(row, "td")?, &mark.at.minute().to_string());
        dom::write(&dom::find::<Element>(row, ".words")?, &mark.cue);
        dom::write(&dom::find::<Element>(row, ".outcome")?, &words::word(&mark.outcome));
    }
    dom::show_by_id("log", !ended.marks.is_empty())
}

fn summary(marks: &[Mark]) -> String {
    if marks.is_empty() {
        return words::say("cues_came_none");
    }
    let tell = |key: &&str| {
        let number = marks.iter().filter(|mark| mark.outcome.key == **key).count();
        (number > 0).then(|| [&number.to_string(), " ", &words::say(key)].concat())
    };
    let told: Vec<String> = OUTCOMES.iter().filter_map(tell).collect();
    words::count("cues_came", marks.len() as u32, &[&told.join(", ")])
}
