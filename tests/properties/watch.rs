//! Watches a session from outside and checks it against the rules of pacing, with its own bookkeeping.
//!
//! The watch knows what came only from the popup's marks and its current cue, so a mistake in the engine's ledger
//! cannot hide itself. It looks before every input, at the same moment, to tell what time brings from what the input
//! brings.

use std::mem::discriminant;

use attune::deck::{Anchor, Deck, Kind, Profile, Timing, Trigger};
use attune::engine::view::{Popup, Running, Silence, Strip, View};
use attune::engine::{Engine, Input, Outcome};
use attune::hour::pacing::NOT_NOW_REST;
use attune::hour::plan::{Hour, Slots};
use attune::hour::session::{AGAIN, Answer, CARD, LEFT_RUNNING, LINGER, SETTLE};
use attune::time::{Offset, Span, Timestamp};

use crate::script::{Run, World};
use crate::support::NINE;

/// A prompt that came.
#[derive(Clone, Debug)]
pub struct Came {
    pub prompt: usize,
    pub at: Offset,
    pub timed: bool,
    /// Whether the therapist declared it.
    pub moment: bool,
    /// Wall-clock time since Start, pauses and sleeps included.
    real: Span,
}

/// What the watch knows about the showing on screen.
#[derive(Clone, Debug)]
struct Live {
    number: u32,
    /// The last moment at which its dot was worthwhile.
    until: Offset,
    /// When it goes.
    stays: Offset,
    worded: bool,
}

/// The rules, and what the watch has seen of the current session.
pub struct Watch {
    world: World,
    pub came: Vec<Came>,
    live: Option<Live>,
    numbers: u32,
    ticked: Vec<bool>,
    /// Prompts that must not come again: already done, put off twice, or never.
    gone: Vec<bool>,
    put_off: Vec<u32>,
    /// For each prompt, how many had come when the hour was extended and it was due once more for the new end.
    renewed: Vec<usize>,
    /// Prompts that were put off for the first time when they last came.
    returning: Vec<bool>,
    /// No prompt may come before this.
    quiet: Offset,
    elapsed: Offset,
    asked: bool,
    shared: bool,
    /// Nothing at all may come by itself before this.
    calm: Offset,
    /// What was on the strip when it was last seen.
    strip: Strip,
    never: Vec<bool>,
    /// The last key, and when; words that come count as a glance.
    pressed: Option<(Input, Timestamp)>,
    seen: Timestamp,
    real: Span,
}

impl Watch {
    pub fn new(world: &World, deck: &Deck) -> Watch {
        let prompts = deck.prompts.len();
        Watch {
            world: World { profile: world.profile % deck.profiles.len(), ..world.clone() },
            came: Vec::new(),
            live: None,
            numbers: 0,
            ticked: vec![false; deck.checklist.len()],
            gone: vec![false; prompts],
            put_off: vec![0; prompts],
            renewed: vec![0; prompts],
            returning: vec![false; prompts],
            quiet: Offset::START,
            elapsed: Offset::START,
            asked: false,
            shared: false,
            calm: Offset::START,
            strip: Strip::Clear,
            never: vec![false; prompts],
            pressed: None,
            seen: NINE,
            real: Span::ZERO,
        }
    }

    /// Checks the first view of a session.
    pub fn start(&mut self, run: &Run, begun: &Outcome) {
        assert_eq!(begun.problem, None);
        self.see(run, &Input::Look, begun);
    }

    /// Forgets the last session, except for the prompts answered *never*.
    fn begin(&mut self, world: World, deck: &Deck) {
        let never = std::mem::take(&mut self.never);
        *self = Watch { never, seen: self.seen, ..Watch::new(&world, deck) };
    }

    /// Looks, then sends `input`, and checks both views.
    pub fn send(&mut self, run: &mut Run, input: &Input, world: Option<&World>) -> Outcome {
        self.real = self.real + run.now.since(self.seen);
        self.seen = run.now;
        let looked = run.engine.dispatch(run.now, Input::Look);
        self.see(run, &Input::Look, &looked);
        let before = looked.view;
        let outcome = run.engine.dispatch(run.now, input.clone());
        if let (Input::Start { choices, seed }, None) = (input, &outcome.problem) {
            let profile = run.engine.deck().profile(&choices.profile).unwrap();
            let sketch = world.unwrap_or(&self.world).sketch.clone();
            let world = World {
                sketch,
                minutes: choices.minutes,
                kind: choices.kind,
                channel: choices.channel,
                profile,
                seed: *seed,
            };
            self.begin(world, run.engine.deck());
        } else {
            self.note(run.engine.deck(), input, &before);
            self.extended(&run.engine, &before);
        }
        self.see(run, input, &outcome);
        outcome
    }

    /// Records what an input should change, as far as the screen before it shows.
    fn note(&mut self, deck: &Deck, input: &Input, before: &View) {
        if let Input::Allow(id) = input
            && let Some(prompt) = deck.prompt(id)
        {
            self.never[prompt] = false;
        }
        let Popup::Running(running) = &before.popup else { return };
        let now = running.elapsed;
        let settled = now + SETTLE;
        let shown = running.cue.as_ref().map(|cue| cue.number);
        if is_key(input) {
            let now = self.seen;
            let is_same = |(key, at): (Input, Timestamp)| key == *input && at <= now && now.since(at) < AGAIN;
            if self.pressed.replace((input.clone(), now)).is_some_and(is_same) {
                return;
            }
        }
        match input {
            Input::Answer { number, answer } if shown == Some(*number) => self.answered(deck, *answer),
            Input::Glance | Input::NotNow => match (&before.strip, input) {
                (Strip::Dot { .. }, Input::Glance) => self.word(deck, now),
                (Strip::Words { .. } | Strip::Card(_), Input::Glance) => self.answered(deck, Answer::DidIt),
                (Strip::Dot { .. } | Strip::Words { .. } | Strip::Card(_), _) => self.answered(deck, Answer::NotNow),
                (Strip::Clear | Strip::Notice(_) | Strip::Question { .. } | Strip::Over | Strip::Another, _) => {}
            },
            Input::Open(number) if shown == Some(*number) => {
                if let Some(live) = &mut self.live {
                    live.worded = true;
                    live.stays = now + CARD;
                }
            }
            Input::Linger(number) if shown == Some(*number) => {
                if let (Some(live), Strip::Words { .. }) = (&mut self.live, &before.strip) {
                    live.stays = live.stays.max(now + LINGER);
                }
            }
            Input::Tick { item: id, done } => {
                if let Some(item) = deck.item(id) {
                    self.ticked[item] = *done;
                }
            }
            Input::Crisis(false) | Input::CrisisKey if running.silence == Silence::Crisis => {
                self.quiet = self.quiet.max(settled);
                // What was kept back in the crisis waits for a minute of quiet.
                if shown.is_some() && !matches!(before.strip, Strip::Card(_)) {
                    self.calm = settled;
                }
            }
            Input::Hide(false) | Input::HideKey if running.silence == Silence::Hidden => {
                self.quiet = self.quiet.max(settled);
            }
            Input::Pause(false) if paused(running) => self.quiet = self.quiet.max(settled),
            _ => {}
        }
    }

    /// What has come for the old end may come again for the new one.
    fn extended(&mut self, engine: &Engine, before: &View) {
        let (Popup::Running(running), Some(session)) = (&before.popup, engine.session()) else { return };
        let (deck, hour) = (engine.deck(), session.hour(engine.deck()));
        if Span(hour.end().0) == running.length {
            return;
        }
        for (index, prompt) in deck.prompts.iter().enumerate() {
            let Some(timing) = prompt.timing().filter(|timing| timing.anchor == Anchor::End) else { continue };
            if self.came.iter().skip(self.renewed[index]).any(|came| came.prompt == index)
                && hour.window(timing).0 > running.elapsed
            {
                self.renewed[index] = self.came.len();
                (self.put_off[index], self.returning[index]) = (0, false);
                if let Some(item) = prompt.unless_ticked {
                    self.ticked[item] = false;
                }
            }
        }
    }

    fn answered(&mut self, deck: &Deck, answer: Answer) {
        let Some(Came { prompt, .. }) = self.came.last().cloned() else { return };
        match answer {
            Answer::DidIt | Answer::Already => {
                self.gone[prompt] |= answer == Answer::Already;
                if let Some(item) = deck.prompts[prompt].unless_ticked {
                    self.ticked[item] = true;
                }
            }
            Answer::NotNow => {
                self.put_off[prompt] += 1;
                self.gone[prompt] |= self.put_off[prompt] > 1;
                self.returning[prompt] = self.put_off[prompt] == 1;
            }
            Answer::Never => self.never[prompt] |= deck.prompts[prompt].can_be_put_away(),
        }
    }

    fn word(&mut self, deck: &Deck, now: Offset) {
        let Some(came) = self.came.last() else { return };
        let dwell = deck.prompts[came.prompt].dwell;
        self.pressed = Some((Input::Glance, self.seen));
        if let Some(live) = &mut self.live {
            live.worded = true;
            live.stays = now + dwell;
        }
    }

    /// Checks a view.
    fn see(&mut self, run: &Run, input: &Input, outcome: &Outcome) {
        let (engine, now, view) = (&run.engine, run.now, &outcome.view);
        assert_eq!(view.wake_at, engine.poll_timeout());
        let Popup::Running(running) = &view.popup else {
            assert_eq!(view.strip, Strip::Clear, "without a session there is nothing to show");
            let may_go_on = matches!(&view.popup, Popup::Ended(ended) if ended.may_go_on);
            assert_eq!(view.wake_at.is_some(), may_go_on, "without a session there is nothing to do");
            if let Popup::Ended(ended) = &view.popup {
                assert_eq!(ended.marks.len(), self.came.len(), "nothing comes as a session ends");
            }
            self.strip = Strip::Clear;
            return;
        };
        let wake = view.wake_at.expect("a running session wants to be woken");
        assert!(wake > now || now == Timestamp(u64::MAX), "the wake-up at {wake:?} is not later than {now:?}");
        let session = engine.session().unwrap();
        assert!(
            !session.is_out_of_sight() || view.strip == Strip::Clear,
            "something is on a strip that is out of sight"
        );
        let hour = session.hour(engine.deck());
        suits(engine.deck(), running);
        self.time(input, running);
        self.unasked(input, view, running);
        self.arrivals(engine, input, &hour, running);
        self.screen(engine, input, view, running);
        self.silence(engine, &hour, now, view, running);
    }

    /// Session time never goes back, except by a sleep that was not part of the session.
    fn time(&mut self, input: &Input, running: &Running) {
        if running.elapsed < self.elapsed {
            assert!(matches!(input, Input::CountSleep(false) | Input::NotNow), "{input:?} turned the session back");
            self.quiet = self.elapsed.min(running.elapsed) + SETTLE;
            self.calm = self.calm - self.elapsed.since(running.elapsed);
        }
        if running.question.is_some() && !self.asked {
            self.quiet = self.quiet.max(running.elapsed + SETTLE);
        }
        self.asked = running.question.is_some();
        if self.shared && !running.sharing {
            self.calm = running.elapsed + SETTLE;
            self.quiet = self.quiet.max(self.calm);
        }
        self.shared = running.sharing;
        self.elapsed = running.elapsed;
        if running.question.is_some() && self.live.is_some() {
            assert!(running.cue.is_none(), "a question ends what was shown");
        }
    }

    /// Whatever can be on a strip: none of it comes into a silence unless the therapist brings it.
    fn unasked(&mut self, input: &Input, view: &View, running: &Running) {
        let asked = !matches!(
            input,
            Input::Look | Input::ShareDetected(_) | Input::CallBegan | Input::CallOver | Input::CallBack
        );
        let silent = running.silence != Silence::None || running.elapsed < self.calm;
        let is_new = discriminant(&view.strip) != discriminant(&self.strip) && view.strip != Strip::Clear;
        // A notice follows only what the therapist does, but a card may have lain over it.
        let is_notice = matches!(view.strip, Strip::Notice(_)) && running.elapsed >= self.calm;
        assert!(asked || !silent || !is_new || is_notice, "{input:?} brought {:?} into a silence", view.strip);
        self.strip = view.strip.clone();
    }

    /// At most one prompt comes at a time, and only one that may come now.
    fn arrivals(&mut self, engine: &Engine, input: &Input, hour: &Hour, running: &Running) {
        let total = running.marks.len() + usize::from(running.cue.is_some());
        assert!(total <= self.came.len() + 1, "more than one prompt came at once");
        assert!(total >= self.came.len(), "what came is never forgotten");
        if total == self.came.len() {
            return;
        }
        let cue = running.cue.as_ref().expect("what has just come is on screen");
        let deck = engine.deck();
        let prompt = deck.prompts.iter().position(|prompt| prompt.cue == cue.cue).unwrap();
        let came = Came {
            prompt,
            at: running.elapsed,
            timed: matches!(deck.prompts[prompt].trigger, Trigger::Timer(_)),
            moment: matches!(deck.prompts[prompt].trigger, Trigger::Moment(_)),
            real: self.real,
        };
        self.numbers += 1;
        assert_eq!(cue.number, self.numbers);
        if came.moment {
            let crisis = deck.prompts[prompt].is_crisis();
            let declared = match input {
                Input::Moment(id) => deck.prompts[prompt].id == id.as_str(),
                Input::MomentKey => !crisis,
                Input::CrisisKey => crisis,
                _ => false,
            };
            assert!(declared, "a moment came that nobody declared");
            assert!(!self.never[prompt], "a moment came that was put away");
            self.live = Some(Live { number: cue.number, until: came.at, stays: came.at + CARD, worded: true });
            self.came.push(came);
            return;
        }
        assert_eq!(running.silence, Silence::None, "a prompt came into a silence");
        assert!(running.question.is_none(), "a prompt came while a question was open");
        assert!(came.at >= self.quiet, "a prompt came before the quiet was over");
        let until = self.fits(deck, hour, &came);
        let profile = &deck.profiles[self.world.profile];
        let stays = if profile.words_by_themselves { deck.rules.wait } else { deck.rules.dot };
        self.live = Some(Live { number: cue.number, until, stays: came.at + stays, worded: false });
        self.came.push(came);
        self.returning[prompt] = false;
        if stays == Span::ZERO {
            self.word(deck, running.elapsed);
        }
        self.counts(deck, hour, profile);
    }

    /// Checks that a prompt was allowed to come when it did. Returns the last moment at which it was worth showing.
    fn fits(&self, deck: &Deck, hour: &Hour, came: &Came) -> Offset {
        let Came { prompt: index, at, timed, real, .. } = *came;
        let (prompt, profile) = (&deck.prompts[index], &deck.profiles[self.world.profile]);
        let timing = prompt.timing().expect("a moment never comes by itself");
        let before = self.came.iter().skip(self.renewed[index]).any(|other| other.prompt == index);
        let chosen = self.world.choices(deck).intention.as_deref() == Some(prompt.id.as_str());
        let wanted = chosen && (!before || self.returning[index]);
        assert!(wanted || prompt.in_profile(self.world.profile) && prompt.session_kinds.has(self.world.kind));
        assert!(!self.gone[index] && !self.never[index], "a prompt came that was sent away");
        assert!(prompt.unless_ticked.is_none_or(|item| !self.ticked[item]), "a prompt came for what is ticked");
        let shown = self.came.iter().skip(self.renewed[index]).filter(|other| other.prompt == index).count() as u32;
        assert!(shown < timing.max + u32::from(self.put_off[index] > 0), "a prompt came too often");

        let practised = chosen && !before;
        let short = deck.rules.checklist_gap;
        let gap = if timed && !practised { profile.gap.max(short) } else { short };
        if let Some(last) = self.came.last() {
            assert!(at >= last.at + gap, "{at:?} is too soon after {last:?}");
            assert!(real >= last.real + gap, "so it seems, but not to the therapist");
        }

        let important = prompt.priority >= profile.closing_priority;
        assert!(at < hour.closing_quiet() && at < hour.end(), "a prompt came in the closing quiet");
        assert!(important || at < hour.closing(), "an unimportant prompt came in the closing phase");
        let mut until = hour.closing_quiet() - Span(1);
        if !important {
            until = until.min(hour.closing() - Span(1));
        }

        let (opens, closes) = hour.window(timing);
        assert!(opens <= at && at <= closes, "{at:?} is outside the window {opens:?} to {closes:?}");
        let mut due = self.ready(index, timing, opens);
        assert!(at >= due, "{at:?} is before the rest until {due:?} is over");
        if timed {
            assert!(at >= hour.opening_quiet(), "a timed prompt came in the opening quiet");
            let slots = Slots::new(hour, profile, &deck.rules, self.world.seed);
            let slot = slots.after(Offset::START).find(|slot| at < slot.close).expect("a timed prompt comes in a slot");
            let slot_due = if practised { slot.due.min(closes).max(slot.open) } else { slot.due };
            assert!(at >= slot_due, "a timed prompt came before its slot was due");
            due = due.max(slot_due);
            until = until.min(slot.close - Span(1));
        }
        until = until.min(closes).min(due + timing.expires);
        assert!(at <= until, "{at:?} is after {until:?}, when it had expired");
        until
    }

    /// When its window or its rest lets a prompt come.
    fn ready(&self, index: usize, timing: &Timing, opens: Offset) -> Offset {
        let mut since = self.came.iter().skip(self.renewed[index]);
        let Some(last) = since.rfind(|other| other.prompt == index) else { return opens };
        let rest = if self.returning[index] {
            NOT_NOW_REST
        } else {
            timing.repeat.expect("what does not repeat does not come again")
        };
        opens.max(last.at + rest.max(timing.cooldown))
    }

    /// The budgets are kept, and no kind comes too often in a row.
    fn counts(&self, deck: &Deck, hour: &Hour, profile: &Profile) {
        let timed: Vec<Kind> =
            self.came.iter().filter(|came| came.timed).map(|came| deck.prompts[came.prompt].kind).collect();
        assert!(timed.len() as u32 <= hour.budget(profile.timed_per_50), "the timed budget is overdrawn");
        let chasing = self.came.iter().filter(|came| !came.timed && !came.moment).count() as u32;
        assert!(chasing <= hour.budget(profile.checklist_per_50), "the checklist budget is overdrawn");
        let run = timed.iter().rev().take_while(|kind| Some(*kind) == timed.last()).count() as u32;
        // The prompt to practise comes whatever came before it.
        let practises = u32::from(self.world.choices(deck).intention.is_some());
        assert!(run <= profile.same_kind_in_a_row + practises, "{run} of a kind in a row");
    }

    /// Nothing on screen is late.
    fn screen(&mut self, engine: &Engine, input: &Input, view: &View, running: &Running) {
        let (deck, now) = (engine.deck(), running.elapsed);
        let profile = &deck.profiles[self.world.profile];
        let Some(cue) = &running.cue else {
            self.live = None;
            assert!(!matches!(view.strip, Strip::Dot { .. } | Strip::Words { .. } | Strip::Card(_)));
            return;
        };
        let declared = self.came.last().is_some_and(|came| came.moment);
        assert!(running.question.is_none() && (declared || running.silence == Silence::None), "shown in a silence");
        let live = self.live.as_mut().unwrap();
        assert_eq!(cue.number, live.number);
        if let Strip::Words { .. } = &view.strip
            && !live.worded
        {
            assert_eq!(input, &Input::Look, "words came with an input that does not bring them");
            assert!(profile.words_by_themselves, "words came by themselves");
            assert!(now >= live.stays, "words came before the wait was over");
            assert!(now <= live.until + deck.rules.wait, "words came late");
            self.word(deck, now);
        }
        let live = self.live.as_ref().unwrap();
        // A moment may be declared while the strip is hidden. If it was during a share, it stays away for a minute
        // afterwards and through a crisis, and a key may bring a notice.
        let is_away = match view.strip {
            Strip::Clear => true,
            Strip::Notice(_) => now < self.calm || running.silence == Silence::Crisis,
            _ => false,
        };
        let worded = live.worded && !(declared && is_away);
        assert_eq!(matches!(view.strip, Strip::Words { .. } | Strip::Card(_)), worded, "{:?}", view.strip);
        assert!(now < live.stays, "{:?} is still there at {now:?}: {live:?}", view.strip);
        if !live.worded {
            let stays = if profile.words_by_themselves { deck.rules.wait } else { deck.rules.dot };
            assert!(now <= live.until + stays, "a dot is late");
        }
    }

    /// During a silence, the session wakes only for what it must.
    fn silence(&self, engine: &Engine, hour: &Hour, now: Timestamp, view: &View, running: &Running) {
        let shows = view.strip != Strip::Clear || running.cue.is_some() || running.question.is_some();
        if running.silence == Silence::None || shows {
            return;
        }
        let wake = view.wake_at.unwrap();
        if paused(running) {
            assert!(wake.since(now) <= LEFT_RUNNING, "a pause ends by itself");
            return;
        }
        let away = Offset(running.elapsed.0.saturating_add(wake.since(now).0));
        let badge = attune::hour::plan::badge_changes(running.elapsed, hour.end());
        let left = hour.end() + LEFT_RUNNING;
        let hold = hold_of(engine);
        assert!(
            Some(away) == badge || away >= left || Some(away) == hold,
            "a wake-up at {away:?} in a silence: {:?}",
            running.silence
        );
    }
}

/// Nothing is shown, asked for or offered that needs another kind of call.
fn suits(deck: &Deck, running: &Running) {
    let prompt = |cue: &str| deck.prompts.iter().find(|prompt| prompt.cue == cue).unwrap();
    let shown = running.cue.iter().map(|cue| prompt(&cue.cue).channels);
    let moments = running.moments.iter().map(|moment| deck.prompts[deck.prompt(&moment.id).unwrap()].channels);
    let asked = running.checklist.iter().filter(|row| !row.done);
    let items = asked.map(|row| deck.checklist[deck.item(&row.id).unwrap()].channels);
    assert!(shown.chain(moments).chain(items).all(|channels| channels.has(running.channel)), "{running:?}");
}

const fn is_key(input: &Input) -> bool {
    matches!(
        input,
        Input::Glance
            | Input::NotNow
            | Input::HoldKey
            | Input::HideKey
            | Input::SharingKey
            | Input::SoundKey
            | Input::MomentKey
            | Input::CrisisKey
    )
}

/// Only a paused session has no next minute.
const fn paused(running: &Running) -> bool {
    running.minute_at.is_none()
}

/// When a hold ends. Read from the snapshot, because the view gives only whole minutes.
fn hold_of(engine: &Engine) -> Option<Offset> {
    let saved = serde_json::to_value(engine.snapshot()).unwrap();
    saved.pointer("/session/running/hold/until")?.as_u64().map(Offset)
}
