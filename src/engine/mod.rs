//! One verb for the shell: [`Engine::dispatch`] takes the time and an input and returns the view and the effects.
//!
//! The engine holds at most one session, the choices to offer at the next Start, and the rotation: a session counter
//! and, for each prompt id, the session in which it last came. It accepts anything that could have happened: an input
//! that no longer fits (an answer to a prompt that is gone, a hold without a session) changes nothing.

pub mod calls;
pub mod forecast;
mod input;
pub mod memory;
pub mod offer;
mod outcome;
pub mod picture;
pub mod snapshot;
pub mod stored;
pub mod view;

pub use input::Input;
pub use outcome::{Badge, Effects, Outcome, Save};

use std::rc::Rc;

use crate::deck::{Deck, Phase};
use crate::engine::memory::{Choices, Memory};
use crate::engine::offer::Offer;
use crate::engine::snapshot::{Current, Ended, Left, Prepared, Snapshot};
use crate::engine::view::{Popup, ProfileChoice, Ready, Strip, View};
use crate::hour::plan::{self, MINUTES_MAX, MINUTES_MIN};
use crate::hour::session::{CallChange, Event, Session, Start};
use crate::hour::table::Row;
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// The owner of all state that outlives a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Engine {
    pub(crate) deck: Deck,
    offer: Offer,
    pub(crate) memory: Memory,
    pub(crate) current: Current,
    /// The records as last saved.
    saved: Save,
}

/// How long the ready check keeps its ticks. If it is untouched for longer, it was for another session.
pub const PREPARED: Span = Span::minutes(120);

/// How long the therapist can go on with a session that has ended by itself.
pub const GO_ON: Span = Span::minutes(60);

impl Engine {
    /// An engine that has never run.
    pub fn new(deck: Deck) -> Engine {
        Engine {
            deck,
            offer: Offer::default(),
            memory: Memory::default(),
            current: Current::default(),
            saved: Save::default(),
        }
    }

    /// An engine that continues from a snapshot as if it had never stopped.
    pub fn restore(deck: Deck, Snapshot { memory, session: mut current }: Snapshot) -> Engine {
        current.fit(&deck, &memory);
        let saved = Save { memory: Some(memory.clone().into()), session: Some(current.clone().into()) };
        Engine { memory, current, saved, ..Engine::new(deck) }
    }

    /// Sets what Start offers instead of the last choices. Not part of the snapshot: set it whenever an engine is
    /// built.
    pub fn offer(&mut self, offer: Offer) {
        self.offer = offer;
    }

    /// Switches to another deck. A running session keeps its time and whatever the new deck still has.
    pub fn adopt(&mut self, deck: Deck) {
        self.current.fit(&deck, &self.memory);
        self.deck = deck;
    }

    /// The state to pass to [`Engine::restore`].
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { memory: self.memory.clone(), session: self.current.clone() }
    }

    /// When the engine should next be woken if nothing else happens.
    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let left = || Some(self.current.ended.as_ref()?.left.as_ref()?.at + GO_ON);
        self.current.running.as_ref().map_or_else(left, |session| session.poll_timeout(&self.deck))
    }

    /// The running session, if there is one.
    pub const fn session(&self) -> Option<&Session> {
        self.current.running.as_ref()
    }

    /// The deck in use.
    pub const fn deck(&self) -> &Deck {
        &self.deck
    }

    /// Takes an input at `now`: brings the session up to date, carries out the input, and returns the view and the
    /// effects.
    pub fn dispatch(&mut self, now: Timestamp, input: Input) -> Outcome {
        let problem = self.step(now, input);
        let view = self.view();
        let effects = Effects {
            save: self.save(),
            badge: self.badge(),
            alarm: view.wake_at,
            strip: self.current.running.is_some(),
        };
        Outcome { view, effects, problem }
    }

    /// The save to make, if anything has changed.
    fn save(&mut self) -> Option<Save> {
        let memory = changed(&mut self.saved.memory, &self.memory);
        let session = changed(&mut self.saved.session, &self.current);
        (memory.is_some() || session.is_some()).then_some(Save { memory, session })
    }

    /// Like [`Engine::dispatch`], but without the view and the effects. Returns why the input was refused, if it was.
    pub fn step(&mut self, now: Timestamp, input: Input) -> Option<Message> {
        let now = now.clamped();
        if let Some(session) = &mut self.current.running {
            session.advance(&self.deck, now);
            if matches!(input, Input::Start { .. } | Input::StartAutomatically(_) | Input::StartNext(_)) {
                session.lapse(&self.deck);
            }
            if session.over() {
                self.end(now, true);
            }
        }
        if self.current.prepared.as_ref().is_some_and(|prepared| now.since(prepared.at) >= PREPARED) {
            self.current.prepared = None;
        }
        if let Some(ended) = &mut self.current.ended {
            ended.left = ended.left.take().filter(|left| now < left.at + GO_ON);
        }
        let looks = input == Input::Look;
        let problem = self.carry_out(now, input);
        // A look changes nothing, so it cannot make anything possible.
        if let Some(session) = self.current.running.as_mut().filter(|_| !looks) {
            session.go_on(&self.deck);
        }
        self.remember(now);
        problem
    }

    fn carry_out(&mut self, now: Timestamp, input: Input) -> Option<Message> {
        if let Input::Start { choices, seed } = input {
            return self.begin(now, choices, seed);
        }
        let asks = |question: fn(&Session) -> bool| self.current.running.as_ref().is_some_and(question);
        let (over, another) =
            (input == Input::ConfirmEnd(true) && asks(Session::asks_if_over), asks(Session::asks_if_another));
        if let Input::StartAutomatically(seed) | Input::StartNext(seed) = input {
            if another && input == Input::StartNext(seed) {
                self.end(now, false);
            }
            // If a session runs, it was not asked whether another one begins, so nobody needs an explanation.
            if self.current.running.is_some() {
                return None;
            }
            let Ready { minutes, kind, channel, profile, .. } = self.ready();
            return self.begin(now, Choices { minutes, kind, channel, profile, intention: None }, seed);
        }
        if input == Input::GoOn {
            self.go_on(now);
        } else if input == Input::Dismiss {
            self.current.ended = None;
        } else if input == Input::End || over {
            self.end(now, false);
        }
        let deck = &self.deck;
        let Some(session) = &mut self.current.running else {
            if let Input::Allow(id) = &input {
                self.memory.allow(id);
            } else if let Input::Tick { item, done } = &input {
                self.tick(now, item, *done);
            }
            return None;
        };
        let again = input.key().is_some_and(|key| !session.press(key));
        match input {
            // A second press may be the alarm about the first, which has shown the strip: it hides, and never shows.
            Input::HideKey if again => session.hide(true),
            Input::SharingKey if again => session.declare_share(true),
            _ if again => {}
            Input::Look
            | Input::Start { .. }
            | Input::StartAutomatically(_)
            | Input::StartNext(_)
            | Input::GoOn
            | Input::Dismiss
            | Input::End => {}
            Input::CallBegan => session.call(deck, CallChange::Began),
            Input::CallOver => session.call(deck, CallChange::Over),
            Input::CallBack => session.call(deck, CallChange::Back),
            Input::ConfirmEnd(_) => session.confirm_goes_on(),
            Input::Glance => session.glance(deck),
            Input::NotNow => session.not_now(deck),
            Input::HoldKey if session.hold.is_some() => session.release(),
            Input::HoldKey => session.hold(Some(5)),
            Input::HideKey => session.hide(!session.hidden),
            Input::SharingKey => session.declare_share(!session.shares()),
            Input::SoundKey => session.sound_key(deck),
            Input::MomentKey => session.moment_key(deck),
            Input::CrisisKey => session.crisis_key(deck),
            Input::Answer { number, answer } => session.answer(deck, number, answer),
            Input::Open(number) => session.open(number),
            Input::Close(number) => session.close(number),
            Input::Linger(number) => session.linger(number),
            Input::Hold(Some(0)) | Input::Release => session.release(),
            Input::Hold(minutes) => session.hold(minutes.map(|minutes| minutes.min(MINUTES_MAX))),
            Input::Crisis(on) => session.crisis(deck, on),
            Input::Pause(on) => session.pause(now, on),
            Input::Hide(on) => session.hide(on),
            Input::ShareDetected(on) => session.detect_share(on),
            Input::ShareDeclared(on) => session.declare_share(on),
            Input::ExtendTo(minutes) => session.extend_to(deck, minutes),
            Input::Switch(channel) => session.switch(deck, channel),
            Input::Tick { item, done } => {
                if let Some(item) = deck.item(&item) {
                    session.tick(deck, item, done);
                }
            }
            Input::Moment(id) => {
                if let Some(prompt) = deck.prompt(&id) {
                    session.moment(deck, prompt);
                }
            }
            Input::CountSleep(yes) => session.count_sleep(yes),
            Input::Allow(id) => {
                if let Some(prompt) = deck.prompt(&id) {
                    session.allow(prompt);
                }
            }
        }
        None
    }

    fn begin(&mut self, now: Timestamp, choices: Choices, seed: u32) -> Option<Message> {
        if self.current.running.is_some() {
            return Some(Message::plain("problem_already_running"));
        }
        let choices = self.offer.hold(choices, &self.deck);
        let (min, max) = (MINUTES_MIN, MINUTES_MAX);
        if !(min..=max).contains(&choices.minutes) {
            return Some(Message::with("problem_minutes", [min.to_string(), max.to_string()]));
        }
        let Some(profile) = self.deck.profile(&choices.profile) else {
            return Some(Message::plain("problem_profile"));
        };
        self.memory.count_session();
        let mut ledger = self.memory.ledger(&self.deck, now);
        for item in self.current.prepared.take().into_iter().flat_map(|prepared| prepared.ticks) {
            if let Some(item) = self.deck.item(&item) {
                ledger.ticks[item] = Some(Offset::START);
            }
        }
        let intention = choices.intention.as_deref().and_then(|id| self.deck.prompt(id));
        let start = Start {
            minutes: choices.minutes,
            kind: choices.kind,
            channel: choices.channel,
            profile: Row::new(choices.profile.as_str().into(), profile),
            seed,
            intention: intention.map(|prompt| ledger.tallies.row(prompt)),
        };
        self.current.running = Some(Session::begin(now, start, ledger));
        // The intention is chosen separately for each session.
        self.memory.choices = Choices { intention: None, ..choices };
        self.current.ended = None;
        None
    }

    /// Ticks an item of the ready check, or one to do after the session.
    fn tick(&mut self, now: Timestamp, item: &str, done: bool) {
        let Some(index) = self.deck.item(item) else { return };
        let ticks = match (&mut self.current.ended, self.deck.checklist[index].phase) {
            (Some(ended), _) => &mut ended.ticks,
            (None, Phase::Before) => {
                let prepared = self.current.prepared.get_or_insert_with(|| Prepared { at: now, ticks: Vec::new() });
                prepared.at = now;
                &mut prepared.ticks
            }
            (None, _) => return,
        };
        ticks.retain(|ticked| ticked != item);
        if done {
            ticks.push(item.into());
        }
    }

    fn end(&mut self, now: Timestamp, by_itself: bool) {
        if let Some(session) = &mut self.current.running {
            session.end();
        }
        self.remember(now);
        if let Some(mut session) = self.current.running.take() {
            let minutes = session.elapsed().since(Offset::START).minutes_down();
            let (kind, channel, log) = (session.start.kind, session.channel, std::mem::take(&mut session.log));
            session.over = false;
            let left = by_itself.then_some(Left { at: now, session });
            self.current.ended = Some(Ended { minutes, by_itself, kind, channel, log, ticks: Vec::new(), left });
        }
    }

    /// Takes up the session that has ended by itself.
    fn go_on(&mut self, now: Timestamp) {
        let Some(Ended { left: Some(Left { mut session, .. }), log, .. }) =
            self.current.ended.take_if(|ended| ended.left.is_some())
        else {
            return;
        };
        session.log = log;
        session.ledger.past = self.memory.past(&self.deck);
        session.go_on_after_all(now);
        self.current.running = Some(session);
    }

    fn remember(&mut self, now: Timestamp) {
        let Some(session) = &mut self.current.running else { return };
        for event in session.take_events() {
            let id = |prompt: usize| session.ledger.tallies.row(prompt).id().clone();
            match event {
                Event::Came(prompt) => self.memory.came(&id(prompt)),
                Event::Taught(prompt, lesson) => {
                    session.ledger.past[prompt].fading = self.memory.learn(&id(prompt), lesson, now);
                }
                Event::Banned(prompt) => self.memory.ban(&id(prompt)),
                Event::Allowed(prompt) => self.memory.allow(&id(prompt)),
            }
        }
    }

    /// The complete view of the current state.
    pub fn view(&self) -> View {
        let popup = match (&self.current.running, &self.current.ended) {
            (Some(session), _) => Popup::Running(Box::new(picture::running(&self.deck, session))),
            (None, Some(ended)) => Popup::Ended(picture::ended(&self.deck, ended)),
            (None, None) => Popup::Ready(self.ready()),
        };
        let strip = self.current.running.as_ref().map_or(Strip::Clear, |session| picture::strip(&self.deck, session));
        View { strip, popup, resting: picture::resting(&self.deck, &self.memory), wake_at: self.poll_timeout() }
    }

    fn ready(&self) -> Ready {
        let profiles: Vec<ProfileChoice> = self
            .deck
            .profiles
            .iter()
            .map(|profile| ProfileChoice {
                id: profile.id.to_string(),
                label: profile.label.clone(),
                for_whom: profile.for_whom.clone(),
                timed_per_50: profile.timed_per_50,
            })
            .collect();
        let offered = self.offer.over(&self.memory.choices, &self.deck);
        // The deck may have changed since, and may no longer have the last profile.
        let known = profiles.iter().find(|profile| profile.id == offered.profile).or(profiles.first());
        let profile = known.map_or_else(String::new, |profile| profile.id.to_string());
        Ready {
            minutes: offered.minutes,
            kind: offered.kind,
            channel: offered.channel,
            profile,
            profiles,
            locks: self.offer.locks.clone(),
            checklist: picture::ready_check(&self.deck, self.current.prepared.as_ref()),
            skills: picture::skills(&self.deck, &self.memory),
            faded: picture::faded(&self.deck, &self.memory),
        }
    }

    fn badge(&self) -> Badge {
        let Some(session) = &self.current.running else {
            return Badge { text: String::new(), title: Message::plain("name") };
        };
        if session.asks_if_over() || session.asks_if_another() {
            let title = if session.asks_if_over() { "badge_over" } else { "badge_another" };
            return Badge { text: "?".to_owned(), title: Message::plain(title) };
        }
        let text = if session.paused.is_some() {
            "II".to_owned()
        } else {
            plan::badge_minutes(session.elapsed(), session.hour(&self.deck).end()).to_string()
        };
        Badge { text, title: Message::plain("badge_running") }
    }
}

/// Returns the current value if it differs from the saved one, and records it as saved.
fn changed<T: Clone + PartialEq>(saved: &mut Option<Rc<T>>, now: &T) -> Option<Rc<T>> {
    if saved.as_deref() == Some(now) {
        return None;
    }
    *saved = Some(Rc::new(now.clone()));
    saved.clone()
}
