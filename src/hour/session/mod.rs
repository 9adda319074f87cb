//! One hour from Start to End, as a state machine: time and actions go in, and surfaces read the state.
//!
//! ```text
//!            due                     glance, or the wait is over              answered, faded
//!  nothing ───────► dot ─────────────────────────────────────────► words ───────────────────► nothing
//!                    │ lapsed, silenced, ticked                      │ opened ▲ │
//!                    └──────────────► nothing                        └► card ─┘ └► nothing
//! ```
//!
//! Only one prompt shows at a time. A silence (hold, crisis, hidden, sharing, pause) ends the current showing and
//! blocks new ones. A wake-up is a hint: [`Session::advance`] may be called early, late or twice. If something was due
//! and no wake-up came for minutes, the computer slept: the session drops what was due and asks the therapist whether
//! the hour went on. The step that finds this out never ends the session.

mod actions;
mod parts;
mod press;
mod silence;
mod sleep;

pub use parts::{
    Answer, CallChange, CallQuestion, Entry, Event, Gap, Hold, Notice, Outcome, Sharing, Showing, Stage, Start,
};
pub use press::{AGAIN, Key, Press};
pub(crate) use silence::SILENCES;

use crate::deck::lists::list;
use crate::deck::{Channel, Deck};
use crate::hour::pacing::{Age, Cause, Ledger, Next, Pacing};
use crate::hour::plan::{self, Hour, Slot, Slots};
use crate::hour::reason;
use crate::hour::table::Row;
use crate::text::Message;
use crate::time::{Clock, Offset, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// If a wake-up is this late, assume the computer slept. Browsers delay timers by a minute at most.
pub const SLEPT: Span = Span::minutes(3);
/// How long a question stays on the strip. After a sleep, no answer means that the session went on.
pub const QUESTION: Span = Span::minutes(2);
/// How long no cue comes after a sleep, after the strip was hidden, and after a screen was shared.
pub const SETTLE: Span = Span::minutes(1);
/// How long an open card stays if nobody touches it.
pub const CARD: Span = Span::minutes(1);
/// How long words stay once the pointer is on them, so that they do not vanish under it.
pub const LINGER: Span = Span::seconds(5);
/// How long a short notice (the time left, a hold) stays.
pub const NOTICE: Span = Span::seconds(4);
/// A session ends by itself this long after its planned end, or after a pause this long.
pub const LEFT_RUNNING: Span = Span::minutes(60);
/// How many finished showings are kept for the timeline. The densest deck brings 288 prompts in the longest session; the
/// rest are moments.
pub(crate) const LOG: usize = 1_000;
/// More than any session counts of anything. A count stays there.
pub(crate) const COUNT: u32 = 100_000;

fn one_more(count: u32) -> u32 {
    (count + 1).min(COUNT)
}

/// One therapy hour that Attune accompanies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub(crate) start: Start,
    pub(crate) clock: Clock,
    pub(crate) length: u16,
    /// What the call carries now.
    #[serde(default, skip_serializing_if = "Channel::is_video")]
    pub(crate) channel: Channel,
    pub(crate) ledger: Ledger,
    #[serde(deserialize_with = "list::<LOG, _, _>")]
    pub(crate) log: Vec<Entry>,
    pub(crate) showing: Option<Showing>,
    pub(crate) shown: u32,
    pub(crate) hold: Option<Hold>,
    pub(crate) crisis: bool,
    pub(crate) hidden: bool,
    pub(crate) sharing: Sharing,
    pub(crate) paused: Option<Timestamp>,
    pub(crate) settle: Offset,
    /// Until when nothing at all comes by itself, because a screen was shared.
    #[serde(default)]
    pub(crate) calm: Offset,
    pub(crate) gap: Option<Gap>,
    /// When the therapist last answered the question about a sleep.
    #[serde(default)]
    pub(crate) attended: Offset,
    #[serde(deserialize_with = "list::<SILENCES, _, _>")]
    pub(crate) silences: Vec<(Offset, Option<Offset>)>,
    pub(crate) notice: Option<Notice>,
    pub(crate) banned: Option<Row>,
    /// The last key. Words that come by themselves count as a glance.
    #[serde(default)]
    pub(crate) pressed: Option<Press>,
    /// The engine takes these before it saves.
    #[serde(skip)]
    pub(crate) events: Vec<Event>,
    /// Set only until the engine ends it.
    #[serde(skip)]
    pub(crate) over: bool,
    pub(crate) call_question: CallQuestion,
}

impl Session {
    /// Starts a session. `ledger` holds what earlier sessions left behind and is otherwise empty.
    pub fn begin(now: Timestamp, start: Start, ledger: Ledger) -> Session {
        Session {
            clock: Clock::start(now),
            length: start.minutes,
            channel: start.channel,
            start,
            ledger,
            log: Vec::new(),
            showing: None,
            shown: 0,
            hold: None,
            crisis: false,
            hidden: false,
            sharing: Sharing::default(),
            paused: None,
            // A session begins by showing the time left, so no cue comes until that notice has gone.
            settle: Offset::START + NOTICE,
            calm: Offset::START,
            gap: None,
            attended: Offset::START,
            silences: Vec::new(),
            notice: Some(Notice { message: None, until: now + NOTICE }),
            banned: None,
            pressed: None,
            events: Vec::new(),
            over: false,
            call_question: CallQuestion::NotAsked,
        }
    }

    /// Finds every row in `deck`, after reading and when the engine switches decks. Rows that the deck does not have
    /// are dropped; if the session's profile is gone, the deck's first one replaces it (every deck has one).
    pub(crate) fn fit(&mut self, deck: &Deck) {
        let prompt = |row: Row| row.fitted(|id| deck.prompt(id));
        let first = || deck.profiles.first().map_or("", |profile| &profile.id);
        let profile = self.start.profile.clone().fitted(|id| deck.profile(id));
        self.start.profile = profile.unwrap_or_else(|| Row::new(first().into(), 0));
        self.start.intention = self.start.intention.take().and_then(prompt);
        self.banned = self.banned.take().and_then(prompt);
        self.showing =
            self.showing.take().and_then(|showing| Some(Showing { prompt: prompt(showing.prompt)?, ..showing }));
        let fit = |entry: Entry| Some(Entry { prompt: prompt(entry.prompt)?, ..entry });
        self.log = std::mem::take(&mut self.log).into_iter().filter_map(fit).collect();
        self.ledger.tallies.fit(deck.prompts.iter().map(|prompt| prompt.id.clone()));
        self.ledger.ticks.fit(deck.checklist.iter().map(|item| item.id.clone()));
    }

    /// Session time.
    pub const fn elapsed(&self) -> Offset {
        self.clock.elapsed()
    }

    /// The current frame of the hour.
    pub fn hour(&self, deck: &Deck) -> Hour {
        Hour::new(self.start.minutes, self.length, &deck.rules)
    }

    /// Whether the session has ended by itself.
    pub const fn over(&self) -> bool {
        self.over
    }

    /// Takes the events since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Brings the session to `now`. Calling it early, late or twice does no harm.
    pub fn advance(&mut self, deck: &Deck, now: Timestamp) {
        // A wake-up can be this late only if this much time has passed.
        let long = now.since(self.clock.now()) >= SLEPT;
        let expected = if long { self.poll_timeout(deck) } else { None };
        self.clock.observe(now);
        // A notice with more time left than it was given was set before the clock stepped back.
        if self.notice.as_ref().is_some_and(|notice| now >= notice.until || notice.until.since(now) > NOTICE) {
            self.notice = None;
        }
        let late = expected.map(|expected| now.since(expected)).filter(|late| *late >= SLEPT);
        if let Some(since) = self.paused {
            // If the computer slept, the pause counts from when it woke: nothing ends in the step that finds that out.
            let since = if late.is_some() { now } else { since.min(now) };
            self.paused = Some(since);
            if now.since(since) >= LEFT_RUNNING {
                self.leave();
            }
            return;
        }
        if let Some(late) = late {
            self.wake_after(deck, late);
        }
        if self.elapsed() >= self.left_running_at(deck) {
            return self.leave();
        }
        self.expire(deck);
        self.pace(deck);
    }

    /// Acts at once on what the last action made possible.
    pub fn go_on(&mut self, deck: &Deck) {
        if self.paused.is_none() && !self.over {
            self.mark_silence(self.elapsed());
            self.expire(deck);
            self.pace(deck);
        }
    }

    /// The unused slots, from now on: stretches in each of which one timed prompt may come.
    pub fn may(&self, deck: &Deck) -> Vec<(Offset, Offset)> {
        let open = |slot: Slot| (slot.open.max(self.elapsed()), slot.close);
        self.slots(deck).after(self.ledger.slots_used).map(open).filter(|(from, to)| from < to).collect()
    }

    fn slots(&self, deck: &Deck) -> Slots {
        Slots::new(&self.hour(deck), &deck.profiles[self.start.profile.at()], &deck.rules, self.start.seed)
    }

    /// When the session next has to act if nobody does anything. Always later than the last [`Session::advance`].
    pub fn poll_timeout(&self, deck: &Deck) -> Option<Timestamp> {
        let notice = self.notice.as_ref().map(|notice| notice.until);
        if let Some(since) = self.paused {
            return notice.into_iter().chain([since + LEFT_RUNNING]).min();
        }
        let stage = self.showing.as_ref().map(|showing| match showing.stage {
            Stage::Dot(until) | Stage::Words(until) | Stage::Card(until) => until,
        });
        let hold = match self.hold {
            Some(Hold::Until(until)) => Some(until),
            Some(Hold::ToTheEnd) | None => None,
        };
        let about_call = self.asked_about_call().filter(|_| self.shows_call_question());
        let question = about_call.or(self.gap.map(|gap| gap.at)).map(|at| at + QUESTION);
        let next = self.next(deck).map(|next| next.at);
        let asks = (self.gap.is_some() || self.asked_about_call().is_some()) && !self.is_held();
        let waits = asks || self.showing.as_ref().is_some_and(|showing| self.is_kept_back(showing));
        let calm = Some(self.calm).filter(|calm| waits && *calm > self.elapsed());
        let left = self.left_running_at(deck);
        let badge = plan::badge_changes(self.elapsed(), self.hour(deck).end());
        let soonest = [stage, hold, question, calm, next, badge].into_iter().flatten().fold(left, Offset::min);
        notice.into_iter().chain([self.clock.wall(soonest)]).min()
    }

    /// The next prompt, unless something blocks it.
    fn next(&self, deck: &Deck) -> Option<Next> {
        let blocked = self.showing.is_some()
            || self.gap.is_some()
            || self.shows_call_question()
            || self.crisis
            || self.is_out_of_sight()
            || self.hold == Some(Hold::ToTheEnd);
        if blocked {
            return None;
        }
        let mut from = self.elapsed().max(self.settle);
        if let Some(Hold::Until(until)) = self.hold {
            from = from.max(until);
        }
        self.pacing(deck).next(from)
    }

    fn pacing<'a>(&'a self, deck: &'a Deck) -> Pacing<'a> {
        let Start { kind, seed, .. } = self.start;
        let (profile, intention) = (self.start.profile.at(), self.start.intention.as_ref().map(Row::at));
        let (channel, hour, ledger) = (self.channel, self.hour(deck), &self.ledger);
        Pacing { deck, profile, kind, channel, seed, hour, intention, ledger }
    }

    /// Ends holds, questions and showings whose time is up.
    fn expire(&mut self, deck: &Deck) {
        let now = self.elapsed();
        if let Some(Hold::Until(until)) = self.hold
            && now >= until
        {
            self.hold = None;
            self.mark_silence(until);
        }
        if self.gap.is_some_and(|gap| now >= gap.at + QUESTION) {
            self.gap = None;
        }
        let Some(showing) = &self.showing else { return };
        match showing.stage {
            Stage::Dot(until) if now >= until => {
                if deck.profiles[self.start.profile.at()].words_by_themselves && now <= showing.until + deck.rules.wait
                {
                    self.reveal(deck);
                } else {
                    self.end_showing(Outcome::Unread);
                }
            }
            Stage::Words(until) | Stage::Card(until) if now >= until => self.end_showing(Outcome::Faded),
            Stage::Dot(_) | Stage::Words(_) | Stage::Card(_) => {}
        }
    }

    /// Shows the next prompt if its time has come.
    fn pace(&mut self, deck: &Deck) {
        let now = self.elapsed();
        let Some(next) = self.next(deck).filter(|next| next.at <= now) else { return };
        let prompt = &deck.prompts[next.prompt];
        let profile = &deck.profiles[self.start.profile.at()];
        let stays = if profile.words_by_themselves { deck.rules.wait } else { deck.rules.dot };
        let why = reason::why(deck, &self.hour(deck), &self.ledger, now, &next);
        self.show(next, Stage::Dot(now + stays), why);
        match next.cause {
            Cause::Moment => {}
            Cause::Checklist => self.ledger.checklist_shown = one_more(self.ledger.checklist_shown),
            Cause::Slot(number) => {
                self.ledger.slots_used = self.slots(deck).slot(number).close;
                self.ledger.run = match self.ledger.run {
                    Some((kind, length)) if kind == prompt.kind => Some((kind, one_more(length))),
                    _ => Some((prompt.kind, 1)),
                };
            }
        }
        if stays == Span::ZERO {
            self.reveal(deck);
        }
    }

    fn show(&mut self, Next { prompt, until, cause, .. }: Next, stage: Stage, why: Message) {
        let since = self.elapsed();
        self.shown = one_more(self.shown);
        self.showing = Some(Showing {
            number: self.shown,
            prompt: self.ledger.tallies.row(prompt),
            cause,
            since,
            until,
            stage,
            why,
        });
        self.notice = None;
        let tally = &mut self.ledger.tallies[prompt];
        tally.shown = one_more(tally.shown);
        tally.last = since;
        tally.returning = false;
        self.ledger.past[prompt].age = Age::CAME;
        self.ledger.last = Some(since);
        self.events.push(Event::Came(prompt));
    }

    /// Turns the dot into words. A glance that was meant for the dot but comes a moment too late does not answer them.
    fn reveal(&mut self, deck: &Deck) {
        self.press(Key::Glance);
        let now = self.clock.elapsed();
        if let Some(showing) = &mut self.showing {
            showing.stage = Stage::Words(now + deck.prompts[showing.prompt.at()].dwell);
        }
    }

    fn end_showing(&mut self, outcome: Outcome) {
        let Some(Showing { prompt, cause, since, .. }) = self.showing.take() else { return };
        let at = prompt.at();
        if self.log.len() < LOG {
            self.log.push(Entry { prompt, at: since, outcome });
        }
        // A checklist reminder is silenced by its tick; being done every time is no reason to drop it.
        if let (Cause::Slot(_), Some(lesson)) = (cause, outcome.lesson()) {
            self.events.push(Event::Taught(at, lesson));
        }
    }

    fn notify(&mut self, message: Option<Message>) {
        if !self.is_out_of_sight() {
            self.notice = Some(Notice { message, until: self.clock.now() + NOTICE });
        }
    }

    /// Whether something keeps the strip silent until the therapist ends it, or until its time is up.
    const fn is_held(&self) -> bool {
        self.is_out_of_sight() || self.crisis || self.paused.is_some() || self.hold.is_some()
    }

    /// Whether a question may come to the strip by itself.
    fn may_ask(&self) -> bool {
        !self.is_held() && self.elapsed() >= self.calm
    }

    /// Whether it is asked if the session is over. The popup asks for as long as there is no answer.
    pub const fn asks_if_over(&self) -> bool {
        matches!(self.call_question, CallQuestion::Over(_))
    }

    /// Whether it is asked if a new session begins. The popup asks for as long as there is no answer.
    pub const fn asks_if_another(&self) -> bool {
        matches!(self.call_question, CallQuestion::Another(_))
    }

    /// Since when a question about the call is open.
    const fn asked_about_call(&self) -> Option<Offset> {
        match self.call_question {
            CallQuestion::Over(at) | CallQuestion::Another(at) => Some(at),
            CallQuestion::NotAsked | CallQuestion::GoesOn => None,
        }
    }

    /// Whether the strip shows that question: only for a while, and not during a silence, another question or a moment.
    pub fn shows_call_question(&self) -> bool {
        let is_free = self.may_ask() && self.gap.is_none() && self.showing.is_none();
        is_free && self.asked_about_call().is_some_and(|at| self.elapsed() < at + QUESTION)
    }
}
