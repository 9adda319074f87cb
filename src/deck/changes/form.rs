//! Rows as a form shows them: what is in its fields, and which changes, or which own row, follow from them. An own row
//! is one that the therapist has added.
//!
//! A field that is left as in the deck changes nothing, so that a later version of the deck can improve it. The same
//! goes for an empty number.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Changes, ItemChange, PromptChange, own_id};
use crate::deck::{Anchor, Applies, Channel, Deck, Item, Kind, Phase, Prompt, REFERENCE_MINUTES, Set, Trigger};

/// What a form says about a prompt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromptForm {
    /// The few words under the camera.
    pub cue: String,
    /// The longer text.
    pub text: String,
    /// An example of how to say it; empty for none.
    pub say: String,
    /// The label of a moment's button; empty if it is not for a moment.
    pub label: String,
    /// When it may come, if it comes by a clock.
    pub timing: TimingForm,
}

/// Numbers in a form; an empty one changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimingForm {
    /// Where its window opens, in minutes.
    pub from_min: Option<f64>,
    /// Where its window closes, in minutes.
    pub to_min: Option<f64>,
    /// After how many minutes it may come again.
    pub repeat_every_min: Option<f64>,
    /// How often in one session.
    pub max_per_session: Option<f64>,
}

impl TimingForm {
    /// The timing of an own prompt as it would be in the deck.
    fn row(&self, expires: f64) -> Value {
        without_null(json!({
            "anchor": Anchor::Start,
            "from_min": number(self.from_min),
            "to_min": number(self.to_min),
            "repeat_every_min": number(self.repeat_every_min),
            "max_per_session": number(Some(self.max_per_session.unwrap_or(1.0))),
            "cooldown_min": 0,
            "expires_after_min": number(Some(expires)),
        }))
    }
}

/// A number as people write it: 5, not 5.0.
fn number(number: Option<f64>) -> Value {
    match number {
        Some(number) if number.fract() == 0.0 && number.abs() < 1e9 => json!(number as i64),
        number => json!(number),
    }
}

/// A row without fields that are null: a deck leaves them out.
fn without_null(mut row: Value) -> Value {
    if let Value::Object(fields) = &mut row {
        fields.retain(|_, value| !value.is_null());
    }
    row
}

impl PromptForm {
    /// A prompt in a form.
    pub fn of(prompt: &Prompt) -> PromptForm {
        let label = match &prompt.trigger {
            Trigger::Moment(moment) => moment.label.clone(),
            Trigger::Timer(_) | Trigger::Checklist(_) => String::new(),
        };
        let timing = prompt.timing().map_or_else(TimingForm::default, |timing| TimingForm {
            from_min: Some(timing.from.as_minutes()),
            to_min: Some(timing.to.as_minutes()),
            repeat_every_min: timing.repeat.map(|repeat| repeat.as_minutes()),
            max_per_session: Some(timing.max.into()),
        });
        let say = prompt.say.clone().unwrap_or_default();
        PromptForm { cue: prompt.cue.clone(), text: prompt.text.clone(), say, label, timing }
    }

    /// What this form changes about the prompt in the deck.
    fn change(&self, prompt: &Prompt, off: bool) -> PromptChange {
        let (deck, timing) = (PromptForm::of(prompt), self.timing);
        PromptChange {
            off,
            cue: other(&self.cue, &deck.cue),
            text: other(&self.text, &deck.text),
            say: other(&self.say, &deck.say),
            label: other(&self.label, &deck.label),
            from_min: timing.from_min.filter(|_| timing.from_min != deck.timing.from_min),
            to_min: timing.to_min.filter(|_| timing.to_min != deck.timing.to_min),
            repeat_every_min: timing
                .repeat_every_min
                .filter(|_| timing.repeat_every_min != deck.timing.repeat_every_min),
            max_per_session: timing.max_per_session.filter(|_| timing.max_per_session != deck.timing.max_per_session),
        }
    }
}

fn other<T: PartialEq + Clone>(form: &T, deck: &T) -> Option<T> {
    (form != deck).then(|| form.clone())
}

/// What triggers an own prompt.
#[derive(Clone, Debug, PartialEq)]
pub enum OwnTrigger {
    /// Its turn.
    Turn,
    /// A checklist item that is not ticked, by its id.
    Item(String),
    /// A moment that the therapist reports.
    Moment,
}

/// An own prompt, in a form.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPrompt {
    /// Its words and times.
    pub form: PromptForm,
    /// What it asks of the therapist.
    pub kind: Kind,
    /// The id of the element it serves.
    pub element: String,
    /// What triggers it.
    pub trigger: OwnTrigger,
    /// From 1 (low) to 5 (high).
    pub priority: u8,
    /// The kinds of call it belongs to.
    pub channels: Set<Channel>,
}

/// How long the words of an own prompt stay, in seconds; those of a moment stay twice as long.
const DWELL_S: u32 = 7;
/// How many minutes an own prompt waits for its turn.
const EXPIRES_AFTER_MIN: f64 = 3.0;
/// The source of an own row.
const BASIS: &str = "Own";

impl OwnPrompt {
    /// An own prompt in a form.
    pub fn of(prompt: &Prompt, deck: &Deck) -> OwnPrompt {
        let id = |item: usize| deck.checklist.get(item).map_or_else(String::new, |item| item.id.to_string());
        OwnPrompt {
            form: PromptForm::of(prompt),
            kind: prompt.kind,
            element: deck.elements.get(prompt.element).map_or_else(String::new, |element| element.id.to_string()),
            trigger: match &prompt.trigger {
                Trigger::Timer(_) => OwnTrigger::Turn,
                Trigger::Checklist(_) => OwnTrigger::Item(prompt.unless_ticked.map(id).unwrap_or_default()),
                Trigger::Moment(_) => OwnTrigger::Moment,
            },
            priority: prompt.priority,
            channels: prompt.channels,
        }
    }

    /// The row as it would be in the deck. It belongs to every profile that could show it.
    fn row(&self, id: &str, deck: &Deck) -> Value {
        let form = &self.form;
        let (trigger, item, is_moment, dwell) = match &self.trigger {
            OwnTrigger::Turn => ("timer", None, false, DWELL_S),
            OwnTrigger::Item(item) => ("checklist", Some(item), false, DWELL_S),
            OwnTrigger::Moment => ("moment", None, true, 2 * DWELL_S),
        };
        without_null(json!({
            "id": id,
            "kind": self.kind,
            "cue": form.cue,
            "text": or(&form.text, &form.cue),
            "say": Some(&form.say).filter(|say| !say.is_empty()),
            "element": self.element,
            "trigger": trigger,
            "priority": self.priority,
            "timing": (!is_moment).then(|| form.timing.row(self.expires())),
            "moment": is_moment.then(|| json!({"label": form.label})),
            "dwell_s": dwell,
            "enabled_in": self.profiles(deck),
            "channels": only(self.channels),
            "unless_ticked": item,
            "basis": BASIS,
        }))
    }

    /// A prompt that asks for an item does so for as long as its window is open.
    fn expires(&self) -> f64 {
        let TimingForm { from_min, to_min, .. } = self.form.timing;
        match (&self.trigger, from_min, to_min) {
            (OwnTrigger::Item(_), Some(from), Some(to)) => {
                (to - from).clamp(EXPIRES_AFTER_MIN, REFERENCE_MINUTES as f64)
            }
            _ => EXPIRES_AFTER_MIN,
        }
    }

    fn profiles(&self, deck: &Deck) -> Vec<String> {
        let closing = (REFERENCE_MINUTES as f64) - deck.rules.closing.as_minutes();
        let late = self.form.timing.from_min.is_some_and(|from| from >= closing);
        let shows = |profile: &&crate::deck::Profile| {
            let budget = match self.trigger {
                OwnTrigger::Turn => profile.timed_per_50,
                OwnTrigger::Item(_) => profile.checklist_per_50,
                OwnTrigger::Moment => return true,
            };
            budget > 0 && !(late && self.priority < profile.closing_priority)
        };
        let able: Vec<String> = deck.profiles.iter().filter(shows).map(|profile| profile.id.to_string()).collect();
        match (able.is_empty(), deck.profiles.first()) {
            // Why none could show it is reported when it is checked.
            (true, Some(first)) => vec![first.id.to_string()],
            _ => able,
        }
    }
}

/// An own checklist item, in a form.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnItem {
    /// Its label.
    pub label: String,
    /// One or two more sentences.
    pub explanation: String,
    /// When it belongs.
    pub phase: Phase,
    /// The id of its element.
    pub element: String,
    /// Whether it belongs to first sessions only.
    pub first: bool,
    /// Whether it is one of the few that should not be missed.
    pub core: bool,
    /// The kinds of call it belongs to.
    pub channels: Set<Channel>,
}

impl OwnItem {
    /// An own item in a form.
    pub fn of(item: &Item, deck: &Deck) -> OwnItem {
        OwnItem {
            label: item.label.clone(),
            explanation: item.explanation.clone(),
            phase: item.phase,
            element: deck.elements.get(item.element).map_or_else(String::new, |element| element.id.to_string()),
            first: item.applies == Applies::First,
            core: item.core,
            channels: item.channels,
        }
    }

    /// The row as it would be in the deck.
    fn row(&self, id: &str) -> Value {
        without_null(json!({
            "id": id,
            "phase": self.phase,
            "label": self.label,
            "explanation": or(&self.explanation, &self.label),
            "applies": if self.first { Applies::First } else { Applies::Every },
            "channels": only(self.channels),
            "core": self.core,
            "element": self.element,
            "basis": BASIS,
        }))
    }
}

/// The kinds of call that a row names; nothing if it belongs to all of them.
fn only(channels: Set<Channel>) -> Option<Vec<Channel>> {
    (channels != Set::all()).then(|| channels.values().collect())
}

/// A text, or another one if it is empty.
fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}

/// What the ids of own rows begin with.
const OWN: &str = "own.";

impl Changes {
    /// Turns a prompt on or off.
    pub fn turn_prompt(&mut self, id: &str, on: bool) {
        self.prompts.entry(id.into()).or_default().off = !on;
    }

    /// Turns a checklist item on or off.
    pub fn turn_item(&mut self, id: &str, on: bool) {
        self.items.entry(id.into()).or_default().off = !on;
    }

    /// Applies what a form says about a prompt of the deck.
    pub fn word_prompt(&mut self, prompt: &Prompt, form: &PromptForm) {
        let change = self.prompts.entry(prompt.id.clone()).or_default();
        *change = form.change(prompt, change.off);
    }

    /// Applies what a form says about a checklist item of the deck.
    pub fn word_item(&mut self, item: &Item, label: &str, explanation: &str) {
        let change = self.items.entry(item.id.clone()).or_default();
        *change = ItemChange {
            off: change.off,
            label: other(&label.to_owned(), &item.label),
            explanation: other(&explanation.to_owned(), &item.explanation),
        };
    }

    /// Adds an own prompt, or replaces the one with this id. Returns its index among them.
    pub fn put_prompt(&mut self, id: Option<&str>, prompt: &OwnPrompt, deck: &Deck) -> usize {
        let id = id.map_or_else(|| self.next_id(), str::to_owned);
        put(&mut self.own_prompts, prompt.row(&id, deck))
    }

    /// Adds an own checklist item, or replaces one, in the same way.
    pub fn put_item(&mut self, id: Option<&str>, item: &OwnItem) -> usize {
        let id = id.map_or_else(|| self.next_id(), str::to_owned);
        put(&mut self.own_items, item.row(&id))
    }

    /// Removes an own row, with what was changed about it and the own prompts that ask for it.
    pub fn take_own(&mut self, id: &str) {
        let asks = |row: &Value| row.get("unless_ticked").and_then(Value::as_str) == Some(id);
        self.own_prompts.retain(|row| own_id(row) != Some(id) && !asks(row));
        self.own_items.retain(|row| own_id(row) != Some(id));
        self.prompts.remove(id);
        self.items.remove(id);
    }

    /// Whether a row is an own one.
    pub fn is_own(&self, id: &str) -> bool {
        self.own_prompts.iter().chain(&self.own_items).any(|row| own_id(row) == Some(id))
    }

    /// The same with everything turned on, for listing.
    #[must_use]
    pub fn all_on(mut self) -> Changes {
        self.prompts.values_mut().for_each(|change| change.off = false);
        self.items.values_mut().for_each(|change| change.off = false);
        self.profiles = BTreeMap::new();
        self.tidied()
    }

    fn next_id(&self) -> String {
        let taken = |number: &usize| self.is_own(&format!("{OWN}{number}"));
        let number = (1..).find(|number| !taken(number)).unwrap_or_default();
        format!("{OWN}{number}")
    }
}

/// Adds a row, or replaces the one with its id, and returns its index.
fn put(rows: &mut Vec<Value>, row: Value) -> usize {
    let known = rows.iter().position(|known| own_id(known) == own_id(&row)).unwrap_or(rows.len());
    if known < rows.len() {
        rows[known] = row;
    } else {
        rows.push(row);
    }
    known
}
