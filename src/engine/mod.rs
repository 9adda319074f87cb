//! One verb for the shell: [`Engine::dispatch`] takes the time and an input, and gives back the view and what to do.
//!
//! The engine holds at most one session, the choices to offer at the next Start, and the rotation: a counter of
//! sessions and, by prompt id, the session in which each last came. It refuses nothing that could have happened: an
//! input that no longer fits (an answer to a prompt that is gone, a hold without a session) changes nothing.

pub mod calls;
pub mod forecast;
pub mod memory;
pub mod offer;
pub mod snapshot;
pub mod view;

use serde::{Deserialize, Serialize};

use crate::deck::{Deck, Phase, SessionKind};
use crate::engine::calls::News;
use crate::engine::memory::{Choices, Memory};
use crate::engine::offer::Offer;
use crate::engine::view::{Popup, ProfileChoice, Ready, Strip, View};
use crate::hour::plan::{self, MINUTES_MAX, MINUTES_MIN};
use crate::hour::session::{Answer, Entry, Event, Session, Start};
use crate::text::Message;
use crate::time::{Offset, Span, Timestamp};

/// What a surface asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
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
    /// Start a session as Start offers it, where she has allowed that. The number makes its timing its own.
    StartAutomatically(u32),
    /// A call has begun beside which the session runs.
    CallBegan,
    /// It has probably ended.
    CallOver,
    /// It has not ended after all.
    CallBack,
    /// The answer to the question whether the session is over, because the call seems to be.
    ConfirmEnd(bool),
    /// The glance key.
    Glance,
    /// The not-now key.
    NotNow,
    /// The hold key: five minutes of quiet, or the end of a hold.
    HoldKey,
    /// The hide key: hides the strip, or lets it come back.
    HideKey,
    /// The sharing key: says that her screen is shared, or that it is not.
    SharingKey,
    /// The key for what can happen: the deck's first moment that is no crisis.
    MomentKey,
    /// The crisis key: silences everything, with what the deck has to say in a crisis, or ends that.
    CrisisKey,
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
    /// The guard has noticed that a share has begun, or that the last one is over.
    ShareDetected(bool),
    /// Her own word: her screen is shared, or nothing is.
    ShareDeclared(bool),
    /// Extend to so many minutes in all.
    ExtendTo(u16),
    /// One of the deck's moments has come, by the id of its prompt.
    Moment(String),
    /// Tick or untick a checklist item: before the call in the ready check, during the session, after its end.
    Tick {
        /// The id of the item.
        item: String,
        /// Whether it is done.
        done: bool,
    },
    /// Whether the session went on while the computer slept.
    CountSleep(bool),
    /// Let a prompt come again that was never to, or that rests, by its id.
    Allow(String),
    /// End the session.
    End,
    /// Put away the picture of the session that has ended.
    Dismiss,
}

/// What to do in the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
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
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(missing_as_null, hashmap_as_object))]
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
    offer: Offer,
    pub(crate) choices: Choices,
    pub(crate) memory: Memory,
    pub(crate) prepared: Option<Prepared>,
    pub(crate) session: Option<Session>,
    pub(crate) ended: Option<Ended>,
    saved: String,
}

/// What has been ticked in the ready check, before a session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// When something was last ticked.
    pub(crate) at: Timestamp,
    /// The indices of the items.
    pub(crate) ticks: Vec<usize>,
}

/// What is left of a session that is over, until it is put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub(crate) minutes: u64,
    pub(crate) by_itself: bool,
    pub(crate) kind: SessionKind,
    pub(crate) log: Vec<Entry>,
    pub(crate) ticks: Vec<usize>,
}

/// A ready check that was left alone for so long was for another session.
pub const PREPARED: Span = Span::minutes(120);

impl Engine {
    /// An engine that has never run.
    pub fn new(deck: Deck) -> Engine {
        Engine {
            deck,
            offer: Offer::default(),
            choices: Choices::default(),
            memory: Memory::default(),
            prepared: None,
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

    /// What Start offers from now on, in place of last time's choices. It is told anew wherever an engine is built.
    pub fn offer(&mut self, offer: Offer) {
        self.offer = offer;
    }

    /// Goes on with another deck. A session that runs keeps its time, and what the new deck knows of it.
    pub fn adopt(&mut self, deck: Deck) {
        let saved = self.snapshot();
        let mut engine = Engine::new(deck);
        // An engine can read what an engine has written.
        if engine.recall(&saved).is_ok() {
            *self = Engine { offer: std::mem::take(&mut self.offer), ..engine };
        }
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
                self.end(now, true);
            }
        }
        if self.prepared.as_ref().is_some_and(|prepared| now.since(prepared.at) >= PREPARED) {
            self.prepared = None;
        }
        let looks = input == Input::Look;
        let problem = self.carry_out(now, input);
        // A look has changed nothing that could let something happen.
        if let Some(session) = self.session.as_mut().filter(|_| !looks) {
            session.go_on(&self.deck);
        }
        self.remember(now);
        problem
    }

    fn carry_out(&mut self, now: Timestamp, input: Input) -> Option<Message> {
        if let Input::Start { choices, seed } = input {
            return self.begin(now, choices, seed);
        }
        if let Input::StartAutomatically(seed) = input {
            // Nobody has asked for it by hand, and so nobody is told why not.
            if self.session.is_some() {
                return None;
            }
            let Ready { minutes, kind, profile, .. } = self.ready();
            return self.begin(now, Choices { minutes, kind, profile, intention: None }, seed);
        }
        let over = input == Input::ConfirmEnd(true) && self.session.as_ref().is_some_and(Session::over_asked);
        if input == Input::Dismiss {
            self.ended = None;
        } else if input == Input::End || over {
            self.end(now, false);
        }
        let deck = &self.deck;
        let Some(session) = &mut self.session else {
            if let Input::Allow(id) = &input {
                self.memory.allow(id);
            } else if let Input::Tick { item, done } = &input {
                self.tick(now, item, *done);
            }
            return None;
        };
        match input {
            Input::Look | Input::Start { .. } | Input::StartAutomatically(_) | Input::Dismiss | Input::End => {}
            Input::CallBegan => session.call(News::Began),
            Input::CallOver => session.call(News::Over),
            Input::CallBack => session.call(News::Back),
            Input::ConfirmEnd(_) => session.keep_on(),
            Input::Glance => session.glance(deck),
            Input::NotNow => session.not_now(deck),
            Input::HoldKey if session.hold.is_some() => session.release(),
            Input::HoldKey => session.hold(Some(5)),
            Input::HideKey => session.hide(!session.hidden),
            Input::SharingKey => session.say_share(!session.shares()),
            Input::MomentKey => session.moment_key(deck),
            Input::CrisisKey => session.crisis_key(deck),
            Input::Answer { number, answer } => session.answer(deck, number, answer),
            Input::Open(number) => session.open(number),
            Input::Close(number) => session.close(number),
            Input::Linger(number) => session.linger(number),
            Input::Hold(minutes) => session.hold(minutes.map(|minutes| minutes.min(MINUTES_MAX))),
            Input::Release => session.release(),
            Input::Crisis(on) => session.crisis(deck, on),
            Input::Pause(on) => session.pause(now, on),
            Input::Hide(on) => session.hide(on),
            Input::ShareDetected(on) => session.notice_share(on),
            Input::ShareDeclared(on) => session.say_share(on),
            Input::ExtendTo(minutes) => session.extend_to(minutes),
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
            Input::CountSleep(yes) => session.went_on(yes),
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
        let choices = self.offer.hold(choices, &self.deck);
        let (min, max) = (MINUTES_MIN, MINUTES_MAX);
        if !(min..=max).contains(&choices.minutes) {
            return Some(Message::with("problem_minutes", [min.to_string(), max.to_string()]));
        }
        let Some(profile) = self.deck.profile(&choices.profile) else {
            return Some(Message::plain("problem_profile"));
        };
        self.memory.sessions += 1;
        let intention = choices.intention.as_deref().and_then(|id| self.deck.prompt(id));
        let start = Start { minutes: choices.minutes, kind: choices.kind, profile, seed, intention };
        let mut ledger = self.memory.ledger(&self.deck, now);
        for item in self.prepared.take().into_iter().flat_map(|prepared| prepared.ticks) {
            ledger.ticks[item] = Some(Offset::START);
        }
        self.session = Some(Session::begin(now, start, ledger));
        // What is practised is chosen anew for each hour.
        self.choices = Choices { intention: None, ..choices };
        self.ended = None;
        None
    }

    /// Ticks an item of the ready check, or of what is to be done after the end.
    fn tick(&mut self, now: Timestamp, item: &str, done: bool) {
        let Some(item) = self.deck.item(item) else { return };
        let ticks = match (&mut self.ended, self.deck.checklist[item].phase) {
            (Some(ended), _) => &mut ended.ticks,
            (None, Phase::Before) => {
                let prepared = self.prepared.get_or_insert_with(|| Prepared { at: now, ticks: Vec::new() });
                prepared.at = now;
                &mut prepared.ticks
            }
            (None, _) => return,
        };
        ticks.retain(|ticked| *ticked != item);
        if done {
            ticks.push(item);
        }
    }

    fn end(&mut self, now: Timestamp, by_itself: bool) {
        if let Some(session) = &mut self.session {
            session.end();
        }
        self.remember(now);
        if let Some(session) = self.session.take() {
            let minutes = session.elapsed().since(Offset::START).minutes_down();
            self.ended =
                Some(Ended { minutes, by_itself, kind: session.start.kind, log: session.log, ticks: Vec::new() });
        }
    }

    fn remember(&mut self, now: Timestamp) {
        let Some(session) = &mut self.session else { return };
        for event in session.take_events() {
            let id = |prompt: usize| self.deck.prompts[prompt].id.as_str();
            match event {
                Event::Came(prompt) => self.memory.came(id(prompt)),
                Event::Taught(prompt, lesson) => {
                    session.ledger.fading[prompt] = self.memory.learn(id(prompt), lesson, now);
                }
                Event::Banned(prompt) => self.memory.ban(id(prompt)),
                Event::Allowed(prompt) => self.memory.allow(id(prompt)),
            }
        }
    }

    /// The whole picture as it stands.
    pub fn view(&self) -> View {
        let popup = match (&self.session, &self.ended) {
            (Some(session), _) => Popup::Running(Box::new(view::running(&self.deck, session))),
            (None, Some(ended)) => Popup::Ended(view::ended(&self.deck, ended)),
            (None, None) => Popup::Ready(self.ready()),
        };
        let strip = self.session.as_ref().map_or(Strip::Clear, |session| view::strip(&self.deck, session));
        View { strip, popup, resting: view::resting(&self.deck, &self.memory), wake_at: self.poll_timeout() }
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
        let offered = self.offer.over(&self.choices, &self.deck);
        // The last profile may be missing from a deck that has been changed since.
        let known = profiles.iter().find(|profile| profile.id == offered.profile).or(profiles.first());
        let profile = known.map_or_else(String::new, |profile| profile.id.clone());
        Ready {
            minutes: offered.minutes,
            kind: offered.kind,
            profile,
            profiles,
            locks: self.offer.locks.clone(),
            checklist: view::ready_check(&self.deck, self.prepared.as_ref()),
            skills: view::skills(&self.deck, &self.memory),
        }
    }

    fn badge(&self) -> Effect {
        let Some(session) = &self.session else {
            return Effect::Badge { text: String::new(), title: Message::plain("name") };
        };
        if session.over_asked() {
            return Effect::Badge { text: "?".to_owned(), title: Message::plain("badge_over") };
        }
        let text = if session.paused.is_some() {
            "II".to_owned()
        } else {
            plan::badge_minutes(session.elapsed(), session.hour(&self.deck).end()).to_string()
        };
        Effect::Badge { text, title: Message::plain("badge_running") }
    }
}
