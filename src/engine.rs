//! One verb for the shell: [`Engine::dispatch`] takes the time and an input, and gives back the view and what to do.
//!
//! The engine holds at most one session, the choices to offer at the next Start, and the rotation: a counter of
//! sessions and, by prompt id, the session in which each last came. It refuses nothing that could have happened: an
//! input that no longer fits (an answer to a prompt that is gone, a hold without a session) changes nothing.

use serde::{Deserialize, Serialize};

use crate::deck::Deck;
use crate::memory::{Choices, Memory};
use crate::message::Message;
use crate::plan::{self, MINUTES_MAX, MINUTES_MIN};
use crate::session::{Answer, Entry, Event, Session, Start};
use crate::snapshot;
use crate::time::{Offset, Timestamp};
use crate::view::{self, Ended, Popup, ProfileChoice, Ready, Strip, View};

/// What a surface asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Nothing but the view: a wake-up, or a surface that has just opened.
    Look,
    /// Start a session.
    Start {
        /// What was chosen.
        choices: Choices,
        /// What makes this session's timing its own.
        seed: u32,
    },
    /// The glance key.
    Glance,
    /// The not-now key.
    NotNow,
    /// The hold key: five minutes of quiet, or the end of a hold.
    HoldKey,
    /// The hide key: hides the strip, or lets it come back.
    HideKey,
    /// An answer to a showing.
    Answer {
        /// The number of the showing.
        number: u32,
        /// The answer.
        answer: Answer,
    },
    /// Open the card of a showing.
    Open(u32),
    /// Close the card of a showing.
    Close(u32),
    /// The pointer has come to the words of a showing.
    Linger(u32),
    /// Silence for so many minutes, or to the end if there is no number.
    Hold(Option<u16>),
    /// End a hold.
    Release,
    /// Silence everything but the clock, or end that.
    Crisis(bool),
    /// Pause or resume.
    Pause(bool),
    /// Hide the strip or let it come back.
    Hide(bool),
    /// Extend to so many minutes in all.
    ExtendTo(u16),
    /// Tick or untick a checklist item.
    Tick {
        /// The id of the item.
        item: String,
        /// Whether it is done.
        done: bool,
    },
    /// Whether the session went on while the computer slept.
    WentOn(bool),
    /// Let a banned prompt come again, by its id.
    Allow(String),
    /// End the session.
    End,
    /// Put away the picture of the session that has ended.
    Dismiss,
}

/// What to do in the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Save this text in place of the last one.
    Save(String),
    /// Show this on the toolbar button.
    Badge {
        /// At most four characters; empty for none.
        text: String,
        /// What a pointer or a screen reader gets.
        title: Message,
    },
    /// Wake the engine at this time, or not at all.
    Alarm(Option<Timestamp>),
    /// Have the strip beside the call, or not.
    Strip(bool),
}

/// What a dispatch comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The whole picture.
    pub view: View,
    /// What to do.
    pub effects: Vec<Effect>,
    /// Why the input was refused.
    pub problem: Option<Message>,
}

/// The owner of everything that lasts longer than a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Engine {
    pub(crate) deck: Deck,
    pub(crate) choices: Choices,
    pub(crate) memory: Memory,
    pub(crate) session: Option<Session>,
    pub(crate) ended: Option<(u64, Vec<Entry>, bool)>,
    saved: String,
}

impl Engine {
    /// An engine that has never run.
    pub fn new(deck: Deck) -> Engine {
        Engine {
            deck,
            choices: Choices::default(),
            memory: Memory::default(),
            session: None,
            ended: None,
            saved: String::new(),
        }
    }

    /// The engine that wrote `saved`, as if it had never stopped.
    ///
    /// # Errors
    /// If the text is no snapshot of this program.
    pub fn restore(deck: Deck, saved: &str) -> Result<Engine, snapshot::Unreadable> {
        let mut engine = Engine::new(deck);
        engine.recall(saved).map(|()| engine)
    }

    /// Takes in a snapshot, as if this engine had written it and never stopped.
    ///
    /// # Errors
    /// If the text is no snapshot of this program; nothing of it is used then.
    pub fn recall(&mut self, saved: &str) -> Result<(), snapshot::Unreadable> {
        snapshot::read(self, saved)
    }

    /// What [`Engine::restore`] takes.
    pub fn snapshot(&self) -> String {
        snapshot::write(self)
    }

    /// When the engine wants to be asked again, if nothing else happens.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        self.session.as_ref().and_then(|session| session.poll_timeout(&self.deck))
    }

    /// The running session.
    pub const fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The deck in use.
    pub const fn deck(&self) -> &Deck {
        &self.deck
    }

    /// Takes an input at `now`: brings the session up to date, carries the input out, and says what to draw and do.
    pub fn dispatch(&mut self, now: Timestamp, input: Input) -> Outcome {
        let problem = self.step(now, input);
        let view = self.view();
        let mut effects = Vec::new();
        let saved = self.snapshot();
        if saved != self.saved {
            effects.push(Effect::Save(saved.clone()));
            self.saved = saved;
        }
        effects.push(self.badge());
        effects.push(Effect::Alarm(view.wake_at));
        effects.push(Effect::Strip(self.session.is_some()));
        Outcome { view, effects, problem }
    }

    /// What a dispatch does, without the picture of it.
    pub fn step(&mut self, now: Timestamp, input: Input) -> Option<Message> {
        if let Some(session) = &mut self.session {
            session.advance(&self.deck, now);
            if session.over() {
                self.end(true);
            }
        }
        let looks = input == Input::Look;
        let problem = self.carry_out(now, input);
        // A look has changed nothing that could let something happen.
        if let Some(session) = self.session.as_mut().filter(|_| !looks) {
            session.go_on(&self.deck);
        }
        self.remember();
        problem
    }

    fn carry_out(&mut self, now: Timestamp, input: Input) -> Option<Message> {
        if let Input::Start { choices, seed } = input {
            return self.begin(now, choices, seed);
        }
        if input == Input::Dismiss {
            self.ended = None;
        } else if input == Input::End {
            self.end(false);
        }
        let deck = &self.deck;
        if let (Input::Allow(id), None) = (&input, &self.session) {
            self.memory.ban(id, false);
        }
        let session = self.session.as_mut()?;
        match input {
            Input::Look | Input::Start { .. } | Input::Dismiss | Input::End => {}
            Input::Glance => session.glance(deck),
            Input::NotNow => session.not_now(deck),
            Input::HoldKey if session.hold.is_some() => session.release(),
            Input::HoldKey => session.hold(Some(5)),
            Input::HideKey => session.hide(!session.hidden),
            Input::Answer { number, answer } => session.answer(deck, number, answer),
            Input::Open(number) => session.open(number),
            Input::Close(number) => session.close(number),
            Input::Linger(number) => session.linger(number),
            Input::Hold(minutes) => session.hold(minutes.map(|minutes| minutes.min(MINUTES_MAX))),
            Input::Release => session.release(),
            Input::Crisis(on) => session.crisis(on),
            Input::Pause(on) => session.pause(now, on),
            Input::Hide(on) => session.hide(on),
            Input::ExtendTo(minutes) => session.extend_to(minutes),
            Input::Tick { item, done } => {
                if let Some(item) = deck.item(&item) {
                    session.tick(deck, item, done);
                }
            }
            Input::WentOn(yes) => session.went_on(yes),
            Input::Allow(id) => {
                if let Some(prompt) = deck.prompt(&id) {
                    session.allow(prompt);
                }
            }
        }
        None
    }

    fn begin(&mut self, now: Timestamp, choices: Choices, seed: u32) -> Option<Message> {
        if self.session.is_some() {
            return Some(Message::plain("problem_already_running"));
        }
        let (min, max) = (MINUTES_MIN, MINUTES_MAX);
        if !(min..=max).contains(&choices.minutes) {
            return Some(Message::with("problem_minutes", [min.to_string(), max.to_string()]));
        }
        let Some(profile) = self.deck.profile(&choices.profile) else {
            return Some(Message::plain("problem_profile"));
        };
        self.memory.sessions += 1;
        let start = Start { minutes: choices.minutes, kind: choices.kind, profile, seed };
        self.session = Some(Session::begin(now, start, self.memory.ledger(&self.deck)));
        self.choices = choices;
        self.ended = None;
        None
    }

    fn end(&mut self, by_itself: bool) {
        self.remember();
        if let Some(session) = self.session.take() {
            let minutes = session.elapsed().since(Offset::START).minutes_down();
            self.ended = Some((minutes, session.end(), by_itself));
        }
    }

    fn remember(&mut self) {
        let Some(session) = &mut self.session else { return };
        for event in session.take_events() {
            match event {
                Event::Came(prompt) => self.memory.came_in(&self.deck.prompts[prompt].id, self.memory.sessions),
                Event::Banned(prompt) => self.memory.ban(&self.deck.prompts[prompt].id, true),
                Event::Allowed(prompt) => self.memory.ban(&self.deck.prompts[prompt].id, false),
            }
        }
    }

    /// The whole picture as it stands.
    pub fn view(&self) -> View {
        let popup = match (&self.session, &self.ended) {
            (Some(session), _) => Popup::Running(Box::new(view::running(&self.deck, session))),
            (None, Some((minutes, log, by_itself))) => {
                Popup::Ended(Ended { minutes: *minutes, marks: view::marks(&self.deck, log), by_itself: *by_itself })
            }
            (None, None) => Popup::Ready(self.ready()),
        };
        let strip = self.session.as_ref().map_or(Strip::Clear, |session| view::strip(&self.deck, session));
        View { strip, popup, wake_at: self.poll_timeout() }
    }

    fn ready(&self) -> Ready {
        let profiles: Vec<ProfileChoice> = self
            .deck
            .profiles
            .iter()
            .map(|profile| ProfileChoice {
                id: profile.id.clone(),
                label: profile.label.clone(),
                for_whom: profile.for_whom.clone(),
                timed_per_50: profile.timed_per_50,
            })
            .collect();
        // The last profile may be missing from a deck that has been changed since.
        let known = profiles.iter().find(|profile| profile.id == self.choices.profile).or(profiles.first());
        let profile = known.map_or_else(String::new, |profile| profile.id.clone());
        Ready { minutes: self.choices.minutes, kind: self.choices.kind, profile, profiles }
    }

    fn badge(&self) -> Effect {
        let Some(session) = &self.session else {
            return Effect::Badge { text: String::new(), title: Message::plain("name") };
        };
        let text = if session.paused.is_some() {
            "II".to_owned()
        } else {
            plan::badge_minutes(session.elapsed(), session.hour(&self.deck).end()).to_string()
        };
        Effect::Badge { text, title: Message::plain("badge_running") }
    }
}
