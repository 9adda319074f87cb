//! What a clinic sets through the browser's own policy (`storage.managed`).
//!
//! A policy is written by hand, by somebody else in the clinic: what is wrong with it is reported in the options, and
//! the rest counts.

use serde::Deserialize;
use serde_json::Value;

use crate::deck::{Deck, Problem, SessionKind, shown};
use crate::engine::offer::{Locks, Setting};
use crate::hour::plan::{MINUTES_MAX, MINUTES_MIN, SessionMinutes};
use crate::text::Message;

/// The most problems that are told, and the longest list of what is locked: far more than there is to lock.
const TOLD: usize = 100;

/// What a clinic sets. The default is nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// The planned length in minutes.
    pub minutes: Option<u16>,
    /// The kind of session.
    pub kind: Option<SessionKind>,
    /// The id of the profile.
    pub profile: Option<String>,
    /// The text of a deck.
    pub deck: Option<String>,
    /// Whether settings go through the browser's sync.
    pub sync: Option<bool>,
    /// What cannot be changed, and who decided that.
    pub locks: Locks,
    /// What is wrong with it; the place of each problem is the name of its setting.
    pub problems: Vec<Problem>,
}

impl Policy {
    /// Reads a policy as the browser provides it. Anything but an object sets nothing.
    pub fn read(said: &Value) -> Policy {
        let mut policy = Policy::default();
        for (name, value) in said.as_object().into_iter().flatten() {
            if let Err(message) = policy.take(name, value) {
                policy.tell(name, message);
            }
        }
        // What is locked without being set cannot be enforced.
        let Policy { minutes, kind, profile, deck, sync, locks, .. } = &mut policy;
        locks.settings.retain(|setting| match setting {
            Setting::Minutes => minutes.is_some(),
            Setting::SessionKind => kind.is_some(),
            Setting::Profile => profile.is_some(),
            // A clinic may want everyone to use the shipped deck.
            Setting::Deck => deck.is_some() || said.get("deck").is_none(),
            Setting::Sync => sync.is_some(),
        });
        policy
    }

    fn take(&mut self, name: &str, value: &Value) -> Result<(), Message> {
        let text = || value.as_str().map(str::to_owned).ok_or(Message::plain("policy_not_text"));
        match name {
            "managed_by" => self.locks.by = text()?,
            "minutes" => {
                let range = |_| Message::with("problem_minutes", [MINUTES_MIN.to_string(), MINUTES_MAX.to_string()]);
                self.minutes = Some(SessionMinutes::deserialize(value).map_err(range)?.get() as u16);
            }
            "session_kind" => {
                let kind = value.as_str().and_then(SessionKind::called);
                self.kind = Some(kind.ok_or_else(|| Message::with("policy_unknown_value", [told(value)]))?);
            }
            "profile" => self.profile = Some(text()?),
            "deck" => {
                let text = text()?;
                Deck::from_json(&text).map_err(|problems| {
                    let first = problems.first().map_or_else(String::new, |problem| problem.place.clone());
                    Message::with("policy_deck", [problems.len().to_string(), first])
                })?;
                self.deck = Some(text);
            }
            "sync" => self.sync = Some(value.as_bool().ok_or(Message::plain("policy_not_flag"))?),
            "locked" => self.lock(value)?,
            _ => return Err(Message::plain("policy_unknown")),
        }
        Ok(())
    }

    fn lock(&mut self, value: &Value) -> Result<(), Message> {
        let names = value.as_array().ok_or(Message::plain("policy_not_list"))?;
        if names.len() > TOLD {
            return Err(Message::with("deck_list_long", [names.len().to_string(), TOLD.to_string()]));
        }
        for name in names {
            match Setting::ALL.iter().find(|(known, _)| Some(*known) == name.as_str()) {
                Some((_, setting)) if self.locks(*setting) => {}
                Some((_, setting)) => self.locks.settings.push(*setting),
                None => self.tell("locked", Message::with("policy_unknown_value", [told(name)])),
            }
        }
        Ok(())
    }

    /// Notes a problem, as long as somebody would read it.
    fn tell(&mut self, name: &str, message: Message) {
        if self.problems.len() < TOLD {
            self.problems.push(Problem { place: shown(name), line: 0, message });
        }
    }

    /// Whether a setting is locked.
    pub fn locks(&self, setting: Setting) -> bool {
        self.locks.hold(setting)
    }

    /// The same for the deck in use: a profile that it does not have is reported, and not enforced.
    #[must_use]
    pub fn with(mut self, deck: &Deck) -> Policy {
        if let Some(profile) = self.profile.take_if(|profile| deck.profile(profile).is_none()) {
            self.locks.settings.retain(|setting| *setting != Setting::Profile);
            self.tell("profile", Message::with("deck_no_such_id", [shown(&profile)]));
        }
        self
    }
}

/// A value as it is told; a list or an object would be too long.
fn told(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text),
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
