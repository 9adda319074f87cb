//! One hour from Start to End, as a state machine: time and actions in, a state to look at out.
//!
//! ```text
//!            due                     glance, or the wait is over              answered, faded
//!  nothing ───────► dot ─────────────────────────────────────────► words ───────────────────► nothing
//!                    │ lapsed, silenced, ticked                      │ opened ▲ │
//!                    └──────────────► nothing                        └► card ─┘ └► nothing
//! ```
//!
//! One prompt at a time. A silence (hold, crisis, hidden, sharing, pause) ends what is shown and lets nothing come. A wake-up
//! is a hint: [`Session::advance`] may be called early, late or twice. When nobody woke the session for minutes although
//! something was due, the computer slept: what was due is dropped, and the therapist is asked whether the hour went on.

mod parts;

pub use parts::{Answer, Entry, Event, Gap, Hold, Notice, Outcome, Over, Sharing, Showing, Stage, Start};

use crate::deck::{Deck, Prompt, Trigger};
use crate::engine::calls::News;
use crate::hour::fading::Fading;
use crate::hour::pacing::{Cause, Ledger, Next, Pacing};
use crate::hour::plan::{self, Hour, MINUTES_MAX, Slot, Slots};
use crate::hour::reason;
use crate::text::Message;
use crate::time::{Clock, Offset, Span, Timestamp};

/// Woken this much too late, the computer must have slept. Browsers delay timers by a minute at most.
pub const SLEPT: Span = Span::minutes(3);
/// How long a question waits on the strip: whether the session went on, unanswered, it did; whether it is over.
pub const QUESTION: Span = Span::minutes(2);
/// Quiet after a sleep, after the strip was hidden, and after a screen was shared.
pub const SETTLE: Span = Span::minutes(1);
/// How long an opened card stays without being touched.
pub const CARD: Span = Span::minutes(1);
/// How long words stay after the pointer has come to them, so that they do not vanish under it.
pub const LINGER: Span = Span::seconds(5);
/// How long a short notice (the time left, a hold) stays.
pub const NOTICE: Span = Span::seconds(4);
/// So many stretches of silence are kept for the picture of the hour; more would not be told apart.
pub(crate) const SILENCES: usize = 50;
/// A session ends by itself this long after its planned end, or after a pause of this length.
pub const LEFT_RUNNING: Span = Span::minutes(60);

/// One therapy hour that Attune accompanies.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub(crate) start: Start,
    pub(crate) clock: Clock,
    pub(crate) length: u16,
    pub(crate) ledger: Ledger,
    pub(crate) log: Vec<Entry>,
    pub(crate) showing: Option<Showing>,
    pub(crate) shown: u32,
    pub(crate) hold: Option<Hold>,
    pub(crate) crisis: bool,
    pub(crate) hidden: bool,
    pub(crate) sharing: Sharing,
    pub(crate) paused: Option<Timestamp>,
    pub(crate) settle: Offset,
    pub(crate) gap: Option<Gap>,
    pub(crate) silences: Vec<(Offset, Option<Offset>)>,
    pub(crate) notice: Option<Notice>,
    pub(crate) banned: Option<usize>,
    pub(crate) events: Vec<Event>,
    pub(crate) over: bool,
    pub(crate) call: Over,
}

impl Session {
    /// Starts a session. `ledger` is empty but for what earlier sessions left behind.
    pub fn begin(now: Timestamp, start: Start, ledger: Ledger) -> Session {
        Session {
            start,
            clock: Clock::start(now),
            length: start.minutes,
            ledger,
            log: Vec::new(),
            showing: None,
            shown: 0,
            hold: None,
            crisis: false,
            hidden: false,
            sharing: Sharing::default(),
            paused: None,
            // What a session begins with on the strip is the time, and it is to be seen.
            settle: Offset::START + NOTICE,
            gap: None,
            silences: Vec::new(),
            notice: Some(Notice { message: None, until: now + NOTICE }),
            banned: None,
            events: Vec::new(),
            over: false,
            call: Over::No,
        }
    }

    /// Session time.
    pub const fn elapsed(&self) -> Offset {
        self.clock.elapsed()
    }

    /// The frame of the hour as it stands.
    pub fn hour(&self, deck: &Deck) -> Hour {
        Hour::new(self.start.minutes, self.length, &deck.rules)
    }

    /// Whether the session has ended by itself.
    pub const fn over(&self) -> bool {
        self.over
    }

    /// Hands out what has happened since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Brings the session to `now`. Calling it early, late or twice does no harm.
    pub fn advance(&mut self, deck: &Deck, now: Timestamp) {
        // Nothing can be so late unless so much has passed.
        let long = now.since(self.clock.now()) >= SLEPT;
        let expected = if long { self.poll_timeout(deck) } else { None };
        self.clock.observe(now);
        // A notice that has more time than it was given comes from before the clock stepped back.
        if self.notice.as_ref().is_some_and(|notice| now >= notice.until || notice.until.since(now) > NOTICE) {
            self.notice = None;
        }
        if let Some(since) = self.paused {
            self.over = now.since(since) >= LEFT_RUNNING;
            self.paused = Some(since.min(now));
            return;
        }
        if let Some(late) = expected.map(|expected| now.since(expected)).filter(|late| *late >= SLEPT) {
            self.wake_after(late);
        }
        self.over = self.elapsed() >= self.hour(deck).end() + LEFT_RUNNING;
        if self.over {
            return;
        }
        self.expire(deck);
        self.pace(deck);
    }

    /// Lets what an action has made possible happen at once.
    pub fn go_on(&mut self, deck: &Deck) {
        if self.paused.is_none() && !self.over {
            self.mark_silence(self.elapsed());
            self.expire(deck);
            self.pace(deck);
        }
    }

    /// The stretches, from now on, in each of which a timed prompt may come: the slots that have not been used.
    pub fn may(&self, deck: &Deck) -> Vec<(Offset, Offset)> {
        let (hour, profile) = (self.hour(deck), &deck.profiles[self.start.profile]);
        let slots = Slots::new(&hour, profile, &deck.rules, self.start.seed);
        let open = |slot: Slot| (slot.open.max(self.elapsed()), slot.close);
        slots.from(self.ledger.next_slot).map(open).filter(|(from, to)| from < to).collect()
    }

    /// Keeps the stretches in which nothing was allowed to come, for the picture of the hour.
    fn mark_silence(&mut self, at: Offset) {
        let silent = self.hold.is_some() || self.crisis || self.is_out_of_sight();
        if let Some((_, end @ None)) = self.silences.last_mut() {
            *end = (!silent).then_some(at);
        } else if silent && self.silences.len() < SILENCES {
            self.silences.push((at, None));
        }
    }

    /// When something happens next, if nobody does anything. Always later than the last [`Session::advance`].
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
        let question = match self.call {
            Over::Asked(at) if self.asks_over() => Some(at + QUESTION),
            Over::Asked(_) | Over::No | Over::KeptOn => self.gap.map(|gap| gap.at + QUESTION),
        };
        let next = self.next(deck).map(|next| next.at);
        let left = self.hour(deck).end() + LEFT_RUNNING;
        let badge = plan::badge_changes(self.elapsed(), self.hour(deck).end());
        let soonest = [stage, hold, question, next, badge].into_iter().flatten().fold(left, Offset::min);
        notice.into_iter().chain([self.clock.wall(soonest)]).min()
    }

    /// The next prompt, if the way is free for one.
    fn next(&self, deck: &Deck) -> Option<Next> {
        let blocked = self.showing.is_some()
            || self.gap.is_some()
            || self.asks_over()
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
        let Start { kind, profile, seed, intention, .. } = self.start;
        Pacing { deck, profile, kind, seed, hour: self.hour(deck), intention, ledger: &self.ledger }
    }

    /// After a sleep: nothing that was due comes, and the therapist is asked.
    ///
    /// `late` is the part of the sleep that is certain: when the lid was closed, nobody knows.
    fn wake_after(&mut self, late: Span) {
        self.end_showing(Outcome::Silenced);
        self.notice = None;
        self.settle = self.elapsed() + SETTLE;
        if self.crisis || self.is_out_of_sight() {
            return;
        }
        // A second sleep before the first was answered adds to it.
        let before = self.gap.map_or(Span::ZERO, |gap| gap.length);
        self.gap = Some(Gap { at: self.elapsed(), length: before + late });
    }

    /// Ends what has had its time.
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
                if deck.profiles[self.start.profile].words_by_themselves && now <= showing.until + deck.rules.wait {
                    self.say(deck);
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
        let profile = &deck.profiles[self.start.profile];
        let stays = if profile.words_by_themselves { deck.rules.wait } else { deck.rules.dot };
        let why = reason::why(deck, &self.hour(deck), &self.ledger, now, &next);
        self.show(next, Stage::Dot(now + stays), why);
        let ledger = &mut self.ledger;
        match next.cause {
            Cause::Moment => {}
            Cause::Checklist => ledger.checklist_shown += 1,
            Cause::Slot(number) => {
                ledger.next_slot = number + 1;
                ledger.run = match ledger.run {
                    Some((kind, length)) if kind == prompt.kind => Some((kind, length + 1)),
                    _ => Some((prompt.kind, 1)),
                };
            }
        }
        if stays == Span::ZERO {
            self.say(deck);
        }
    }

    fn show(&mut self, Next { prompt, until, cause, .. }: Next, stage: Stage, why: Message) {
        let since = self.elapsed();
        self.shown += 1;
        self.showing = Some(Showing { number: self.shown, prompt, cause, since, until, stage, why });
        self.notice = None;
        let tally = &mut self.ledger.tallies[prompt];
        tally.shown += 1;
        tally.last = since;
        tally.returning = false;
        self.ledger.last = Some(since);
        self.events.push(Event::Came(prompt));
    }

    /// Turns the dot into words.
    fn say(&mut self, deck: &Deck) {
        let now = self.clock.elapsed();
        if let Some(showing) = &mut self.showing {
            showing.stage = Stage::Words(now + deck.prompts[showing.prompt].dwell);
        }
    }

    fn end_showing(&mut self, outcome: Outcome) {
        let Some(Showing { prompt, cause, since, .. }) = self.showing.take() else { return };
        self.log.push(Entry { prompt, at: since, outcome });
        // What chases an item is silenced by its tick. That it is always done is no reason to leave it out.
        if let (Cause::Slot(_), Some(lesson)) = (cause, outcome.lesson()) {
            self.events.push(Event::Taught(prompt, lesson));
        }
    }

    fn notify(&mut self, message: Option<Message>) {
        if !self.is_out_of_sight() {
            self.notice = Some(Notice { message, until: self.clock.now() + NOTICE });
        }
    }

    /// Whether the question after a sleep is on the strip. A silence keeps it off; the popup has it all the same.
    pub const fn asks(&self) -> bool {
        self.gap.is_some() && !self.is_out_of_sight() && self.paused.is_none() && self.hold.is_none()
    }

    /// Whether it is asked if the session is over. The popup has the question for as long as it is asked.
    pub const fn over_asked(&self) -> bool {
        matches!(self.call, Over::Asked(_))
    }

    /// Whether that question is on the strip: for a while, and where nothing else has been asked for.
    pub fn asks_over(&self) -> bool {
        let silent = self.is_out_of_sight() || self.crisis || self.paused.is_some() || self.hold.is_some();
        matches!(self.call, Over::Asked(at) if self.elapsed() < at + QUESTION) && !silent && self.gap.is_none()
    }

    /// Takes in what has happened to the call. That it seems to be over is asked once for each call.
    pub fn call(&mut self, news: News) {
        self.call = match (news, self.call) {
            (News::Began, _) | (News::Back, Over::Asked(_)) => Over::No,
            (News::Over, Over::No) => {
                if !self.crisis {
                    self.end_showing(Outcome::Silenced);
                }
                Over::Asked(self.elapsed())
            }
            (News::Back | News::Over, before) => before,
        };
    }

    /// The session goes on, whatever has become of the call.
    pub const fn keep_on(&mut self) {
        if self.over_asked() {
            self.call = Over::KeptOn;
        }
    }

    /// The glance key: brings the words; on words, says *did it*; to the question after a sleep, yes; else shows the time
    /// left. It ends no session: somebody may have pressed it for a cue that has just gone.
    pub fn glance(&mut self, deck: &Deck) {
        if self.asks() {
            return self.went_on(true);
        }
        if self.asks_over() {
            return;
        }
        match self.showing.as_ref().map(|showing| (showing.number, showing.stage)) {
            Some((_, Stage::Dot(_))) => self.say(deck),
            Some((number, Stage::Words(_) | Stage::Card(_))) => self.answer(deck, number, Answer::DidIt),
            None => self.notify(None),
        }
    }

    /// The not-now key: puts off what is shown, words or dot; to a question, no.
    pub fn not_now(&mut self, deck: &Deck) {
        if self.asks() {
            return self.went_on(false);
        }
        if self.asks_over() {
            return self.keep_on();
        }
        if let Some(showing) = &self.showing {
            self.answer(deck, showing.number, Answer::NotNow);
        }
    }

    /// Answers showing `number`; does nothing if it is no longer on screen, or does not take this answer.
    pub fn answer(&mut self, deck: &Deck, number: u32, answer: Answer) {
        let Some(prompt) = self.showing_of(number).map(|showing| showing.prompt) else { return };
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
                self.ledger.never[prompt] = true;
                self.banned = Some(prompt);
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

    /// Opens the card of showing `number`, or keeps it open.
    pub fn open(&mut self, number: u32) {
        let until = self.elapsed() + CARD;
        if let Some(showing) = self.showing_of(number) {
            showing.stage = Stage::Card(until);
        }
    }

    /// Closes the card of showing `number`, which ends it.
    pub fn close(&mut self, number: u32) {
        if matches!(self.showing_of(number), Some(Showing { stage: Stage::Card(_), .. })) {
            self.end_showing(Outcome::Faded);
        }
    }

    /// Keeps the words of showing `number` a little longer, because the pointer is on them.
    pub fn linger(&mut self, number: u32) {
        let stay = self.elapsed() + LINGER;
        if let Some(Showing { stage: Stage::Words(until), .. }) = self.showing_of(number) {
            *until = stay.max(*until);
        }
    }

    /// Silences prompts for `minutes`, or to the end if there is no number.
    pub fn hold(&mut self, minutes: Option<u16>) {
        self.end_showing(Outcome::Silenced);
        self.hold = Some(match minutes {
            Some(minutes) => Hold::Until(self.elapsed() + Span::minutes(minutes.into())),
            None => Hold::ToTheEnd,
        });
        self.notify(Some(match minutes {
            Some(minutes) => Message::with("notice_hold", [minutes.to_string()]),
            None => Message::plain("notice_hold_end"),
        }));
    }

    /// Ends a hold.
    pub fn release(&mut self) {
        if self.hold.take().is_some() {
            self.notify(Some(Message::plain("notice_release")));
        }
    }

    /// Silences everything but the time left, or ends that and takes away what the deck has to say in a crisis.
    pub fn crisis(&mut self, deck: &Deck, on: bool) {
        let speaks = |showing: &Showing| deck.prompts[showing.prompt].is_crisis();
        if on {
            self.end_showing(Outcome::Silenced);
            self.gap = None;
            self.notice = None;
        } else if self.crisis {
            self.settle = self.elapsed() + SETTLE;
            if self.showing.as_ref().is_some_and(speaks) {
                self.end_showing(Outcome::Faded);
            }
        }
        self.crisis = on;
    }

    /// A moment that the therapist declares: its prompt comes at once, with all it has to say. In a pause there is none,
    /// and what is put away is none.
    pub fn moment(&mut self, deck: &Deck, prompt: usize) {
        let Trigger::Moment(moment) = &deck.prompts[prompt].trigger else { return };
        if self.paused.is_some() || self.ledger.never[prompt] {
            return;
        }
        if moment.crisis {
            self.crisis(deck, true);
        }
        self.keep_on();
        self.end_showing(Outcome::Silenced);
        self.gap = None;
        let now = self.elapsed();
        let next = Next { prompt, at: now, until: now, cause: Cause::Moment };
        let why = reason::why(deck, &self.hour(deck), &self.ledger, now, &next);
        self.show(next, Stage::Card(now + CARD), why);
    }

    /// The key for what can happen: the first of the deck's moments.
    pub fn moment_key(&mut self, deck: &Deck) {
        if let Some(prompt) = self.first_moment(deck, false) {
            self.moment(deck, prompt);
        }
    }

    /// The crisis key: the deck's moment of crisis, silence where it has none, and the end of it where there is silence.
    pub fn crisis_key(&mut self, deck: &Deck) {
        match self.first_moment(deck, true) {
            Some(prompt) if !self.crisis && self.paused.is_none() => self.moment(deck, prompt),
            Some(_) | None => self.crisis(deck, !self.crisis),
        }
    }

    fn first_moment(&self, deck: &Deck, crisis: bool) -> Option<usize> {
        let is = |(index, prompt): &(usize, &Prompt)| match &prompt.trigger {
            Trigger::Moment(moment) => moment.crisis == crisis && !self.ledger.never[*index],
            Trigger::Timer(_) | Trigger::Checklist(_) => false,
        };
        deck.prompts.iter().enumerate().find(is).map(|(index, _)| index)
    }

    /// Hides the strip at once, or lets it come back after a minute of quiet.
    pub fn hide(&mut self, on: bool) {
        if on {
            self.end_showing(Outcome::Silenced);
            self.notice = None;
        }
        let was = std::mem::replace(&mut self.hidden, on);
        if was && !on {
            self.settle = self.elapsed() + SETTLE;
            self.notify(Some(Message::plain("notice_shown")));
        }
    }

    /// Whether nothing may be drawn on the strip, whatever there would be to say.
    pub const fn is_out_of_sight(&self) -> bool {
        self.hidden || self.sharing.is_on()
    }

    /// Whether a screen is shared, as far as anybody knows.
    pub const fn shares(&self) -> bool {
        self.sharing.is_on()
    }

    /// What the guard has noticed: a share has begun, or the last one is over. What she has said herself stays.
    pub fn notice_share(&mut self, on: bool) {
        self.share_as(Sharing { noticed: on, ..self.sharing });
    }

    /// What she says herself: that she shares, or that nothing is shared, whatever was noticed so far.
    pub fn say_share(&mut self, on: bool) {
        self.share_as(if on { Sharing { said: true, ..self.sharing } } else { Sharing::default() });
    }

    /// Takes everything off the strip at once, or lets cues come again after a minute of quiet.
    fn share_as(&mut self, sharing: Sharing) {
        let was = std::mem::replace(&mut self.sharing, sharing);
        if !was.is_on() && sharing.is_on() {
            self.end_showing(Outcome::Silenced);
            self.notice = None;
        } else if was.is_on() && !sharing.is_on() {
            self.settle = self.elapsed() + SETTLE;
        }
    }

    /// Stops the session's clock, or lets it go on.
    pub fn pause(&mut self, now: Timestamp, on: bool) {
        if on && self.paused.is_none() {
            self.end_showing(Outcome::Silenced);
            self.notice = None;
            self.paused = Some(now);
        } else if !on && self.paused.take().is_some() {
            self.settle = self.elapsed() + SETTLE;
            self.notify(None);
        }
        self.clock.set_stopped(on);
    }

    /// Extends the session to `minutes` in all. Never shortens it.
    pub fn extend_to(&mut self, minutes: u16) {
        if minutes > self.length {
            self.length = minutes.min(MINUTES_MAX);
            self.keep_on();
            self.notify(None);
        }
    }

    /// Ticks or unticks checklist item `item`; a prompt that chases it goes at once.
    pub fn tick(&mut self, deck: &Deck, item: usize, done: bool) {
        let tick = &mut self.ledger.ticks[item];
        *tick = if done { tick.or(Some(self.clock.elapsed())) } else { None };
        let chased = |showing: &Showing| deck.prompts[showing.prompt].unless_ticked == Some(item);
        if done && self.showing.as_ref().is_some_and(chased) {
            self.end_showing(Outcome::Ticked);
        }
    }

    /// Lets a prompt come again that was never to, or that rests.
    pub fn allow(&mut self, prompt: usize) {
        self.ledger.never[prompt] = false;
        self.ledger.fading[prompt] = Fading::default();
        self.events.push(Event::Allowed(prompt));
        if self.banned == Some(prompt) {
            self.banned = None;
        }
    }

    /// Answers whether the session went on during the gap; if not, the gap is taken out of the hour.
    pub fn went_on(&mut self, yes: bool) {
        let Some(gap) = self.gap.take() else { return };
        if !yes {
            self.clock.take_back(gap.length);
            self.settle = self.elapsed() + SETTLE;
            if let Some(Hold::Until(until)) = &mut self.hold {
                *until = *until - gap.length;
            }
            // What was silent in the time that has been taken out is no part of the hour.
            let now = self.elapsed();
            for (from, to) in &mut self.silences {
                (*from, *to) = ((*from).min(now), to.map(|to| to.min(now)));
            }
        }
        self.notify(None);
    }

    /// Ends what is shown.
    pub fn end(&mut self) {
        self.end_showing(Outcome::Silenced);
    }
}
