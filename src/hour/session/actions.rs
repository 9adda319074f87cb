//! What happens to a session from outside: answers, moments, ticks, and news about the call.

use super::{AGAIN, Answer, CARD, CallChange, CallQuestion, Event, LINGER, Outcome, QUESTION, Session, Showing, Stage};
use crate::deck::{Anchor, Channel, Deck, Prompt, Trigger};
use crate::hour::fading::Fading;
use crate::hour::pacing::{Cause, Next};
use crate::hour::plan::MINUTES_MAX;
use crate::hour::reason;
use crate::text::Message;

impl Session {
    /// Handles news about the call. A call that seems to be over raises the question of the end once. One that begins
    /// later than a client takes to come back, or after the planned end, may be another client's.
    pub fn call(&mut self, deck: &Deck, news: CallChange) {
        let now = self.elapsed();
        let is_another = match self.call_question {
            CallQuestion::Over(at) => now >= at + QUESTION,
            CallQuestion::Another(_) => true,
            CallQuestion::NotAsked | CallQuestion::GoesOn => false,
        } || now >= self.hour(deck).end();
        let question = match (news, self.call_question) {
            (CallChange::Began, _) if is_another => CallQuestion::Another(now),
            (CallChange::Began, _) | (CallChange::Back, CallQuestion::Over(_)) => CallQuestion::NotAsked,
            (CallChange::Over, CallQuestion::NotAsked) => CallQuestion::Over(now),
            (CallChange::Back | CallChange::Over, before) => before,
        };
        let asks = question != self.call_question && question != CallQuestion::NotAsked;
        if asks && !self.crisis {
            self.end_showing(Outcome::Silenced);
        }
        self.call_question = question;
    }

    /// Records that this session goes on, whatever happened to the call.
    pub const fn confirm_goes_on(&mut self) {
        self.call_question = match self.call_question {
            CallQuestion::Over(_) => CallQuestion::GoesOn,
            CallQuestion::Another(_) => CallQuestion::NotAsked,
            before @ (CallQuestion::NotAsked | CallQuestion::GoesOn) => before,
        };
    }

    /// The glance key, for what is on the strip: turns a dot into words, answers words with *did it*, answers the
    /// question after a sleep with yes, and otherwise shows the time left. It never ends a session: the therapist may
    /// have pressed it for a cue that has just gone.
    pub fn glance(&mut self, deck: &Deck) {
        if self.shows_sleep_question() {
            return self.count_sleep(true);
        }
        if self.shows_call_question() {
            return;
        }
        match self.on_strip().map(|showing| (showing.number, showing.stage)) {
            Some((_, Stage::Dot(_))) => self.reveal(deck),
            Some((number, Stage::Words(_) | Stage::Card(_))) => self.answer(deck, number, Answer::DidIt),
            None => self.notify(None),
        }
    }

    /// The not-now key: puts off the prompt on the strip, dot or words; answers a question with no.
    pub fn not_now(&mut self, deck: &Deck) {
        if self.shows_sleep_question() {
            return self.count_sleep(false);
        }
        if self.shows_call_question() {
            return self.confirm_goes_on();
        }
        if let Some(showing) = self.on_strip() {
            self.answer(deck, showing.number, Answer::NotNow);
        }
    }

    /// Answers showing `number`. Does nothing if it is no longer on screen or does not accept this answer.
    pub fn answer(&mut self, deck: &Deck, number: u32, answer: Answer) {
        let Some(prompt) = self.showing_of(number).map(|showing| showing.prompt.at()) else { return };
        if answer == Answer::Never && !deck.prompts[prompt].can_be_put_away() {
            return;
        }
        self.end_showing(Outcome::Answered(answer));
        let tally = &mut self.ledger.tallies[prompt];
        match answer {
            Answer::DidIt => {}
            Answer::Already => tally.rests = true,
            Answer::NotNow if tally.put_off => tally.rests = true,
            Answer::NotNow => {
                tally.put_off = true;
                tally.returning = true;
            }
            Answer::Never => {
                self.ledger.past[prompt].never = true;
                self.banned = Some(self.ledger.tallies.row(prompt));
                self.events.push(Event::Banned(prompt));
                self.notify(Some(Message::plain("notice_never")));
            }
        }
        let done = matches!(answer, Answer::DidIt | Answer::Already);
        if let (true, Some(item)) = (done, deck.prompts[prompt].unless_ticked) {
            self.ledger.ticks[item].get_or_insert(self.clock.elapsed());
        }
    }

    fn showing_of(&mut self, number: u32) -> Option<&mut Showing> {
        self.showing.as_mut().filter(|showing| showing.number == number)
    }

    /// Opens the card of showing `number`, or keeps it open for longer.
    pub fn open(&mut self, number: u32) {
        let until = self.elapsed() + CARD;
        if let Some(showing) = self.showing_of(number) {
            showing.stage = Stage::Card(until);
        }
    }

    /// Closes the card of showing `number` and ends the showing.
    pub fn close(&mut self, number: u32) {
        if matches!(self.showing_of(number), Some(Showing { stage: Stage::Card(_), .. })) {
            self.end_showing(Outcome::Faded);
        }
    }

    /// Keeps the words of showing `number` a little longer because the pointer is on them.
    pub fn linger(&mut self, number: u32) {
        let stay = self.elapsed() + LINGER;
        if let Some(Showing { stage: Stage::Words(until), .. }) = self.showing_of(number) {
            *until = stay.max(*until);
        }
    }

    /// Declares a moment: its prompt comes at once, as a card. Does nothing during a pause, if the therapist has answered
    /// this prompt *never*, if it does not suit the call, or if it has just come.
    pub fn moment(&mut self, deck: &Deck, prompt: usize) {
        let Trigger::Moment(moment) = &deck.prompts[prompt].trigger else { return };
        let now = self.elapsed();
        let just_came = |showing: &Showing| showing.prompt.at() == prompt && now.since(showing.since) < AGAIN;
        let may_come = self.paused.is_none() && self.has_moment(deck, prompt);
        if !may_come || self.showing.as_ref().is_some_and(just_came) {
            return;
        }
        if moment.crisis {
            self.crisis(deck, true);
        }
        // In a new session there are moments, too.
        if self.asks_if_over() {
            self.confirm_goes_on();
        }
        self.end_showing(Outcome::Silenced);
        self.attend();
        let next = Next { prompt, at: now, until: now, cause: Cause::Moment };
        let why = reason::why(deck, &self.hour(deck), &self.ledger, now, &next);
        self.show(next, Stage::Card(now + CARD), why);
    }

    /// The moment key: declares the first of the deck's moments that is not a crisis.
    pub fn moment_key(&mut self, deck: &Deck) {
        if let Some(prompt) = self.first_moment(deck, false) {
            self.moment(deck, prompt);
        }
    }

    /// The crisis key: declares the deck's crisis moment, or just silences everything if the deck has none or the
    /// session is paused. Pressed during a crisis, it ends the crisis.
    pub fn crisis_key(&mut self, deck: &Deck) {
        match self.first_moment(deck, true) {
            Some(prompt) if !self.crisis && self.paused.is_none() => self.moment(deck, prompt),
            Some(_) | None => self.crisis(deck, !self.crisis),
        }
    }

    fn first_moment(&self, deck: &Deck, crisis: bool) -> Option<usize> {
        let is = |(index, prompt): &(usize, &Prompt)| match &prompt.trigger {
            Trigger::Moment(moment) => moment.crisis == crisis && self.has_moment(deck, *index),
            Trigger::Timer(_) | Trigger::Checklist(_) => false,
        };
        deck.prompts.iter().enumerate().find(is).map(|(index, _)| index)
    }

    /// Whether the moment of this prompt can be declared, as the call is now.
    pub(crate) fn has_moment(&self, deck: &Deck, prompt: usize) -> bool {
        deck.prompts[prompt].channels.has(self.channel) && !self.ledger.past[prompt].never
    }

    /// The sound key: goes on without pictures, or with them again.
    pub fn sound_key(&mut self, deck: &Deck) {
        self.switch(deck, self.channel.other());
    }

    /// Goes on with or without pictures. What does not suit the call as it is now goes at once.
    pub fn switch(&mut self, deck: &Deck, channel: Channel) {
        if channel == self.channel {
            return;
        }
        self.channel = channel;
        if self.showing.as_ref().is_some_and(|showing| !deck.prompts[showing.prompt.at()].channels.has(channel)) {
            self.end_showing(Outcome::Silenced);
        }
        self.notify(Some(Message::plain(match channel {
            Channel::Video => "notice_video",
            Channel::Sound => "notice_sound",
        })));
    }

    /// Extends the session to `minutes` in total. Never shortens it. What has come for the old end comes again for the
    /// new one, if that is far enough away; what was ticked for the old end is open again.
    pub fn extend_to(&mut self, deck: &Deck, minutes: u16) {
        let minutes = minutes.min(MINUTES_MAX);
        if minutes > self.length {
            self.length = minutes;
            let (hour, now) = (self.hour(deck), self.elapsed());
            for (index, prompt) in deck.prompts.iter().enumerate() {
                let tally = &mut self.ledger.tallies[index];
                let is_ahead =
                    prompt.timing().is_some_and(|timing| timing.anchor == Anchor::End && hour.window(timing).0 > now);
                if is_ahead && tally.shown > 0 {
                    (tally.shown, tally.put_off, tally.returning) = (0, false, false);
                    if let Some(item) = prompt.unless_ticked {
                        self.ledger.ticks[item] = None;
                    }
                }
            }
            self.confirm_goes_on();
            self.notify(None);
        }
    }

    /// Ticks or unticks checklist item `item`. A prompt that reminds of it goes at once.
    pub fn tick(&mut self, deck: &Deck, item: usize, done: bool) {
        let tick = &mut self.ledger.ticks[item];
        *tick = if done { tick.or(Some(self.clock.elapsed())) } else { None };
        let chased = |showing: &Showing| deck.prompts[showing.prompt.at()].unless_ticked == Some(item);
        if done && self.showing.as_ref().is_some_and(chased) {
            self.end_showing(Outcome::Ticked);
        }
    }

    /// Lets a prompt come again that was answered *never* or is resting.
    pub fn allow(&mut self, prompt: usize) {
        let past = &mut self.ledger.past[prompt];
        (past.never, past.fading) = (false, Fading::default());
        self.events.push(Event::Allowed(prompt));
        if self.banned.as_ref().is_some_and(|banned| banned.at() == prompt) {
            self.banned = None;
        }
    }

    /// Ends the current showing.
    pub fn end(&mut self) {
        self.end_showing(Outcome::Silenced);
    }
}
