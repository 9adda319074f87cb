//! Properties that hold for every hour, whatever the deck, the clock and the therapist do; each is tried on over 10,000
//! random hours.
//!
//! Every run uses the same hours. `PROPTEST_CASES=200000 PROPTEST_RNG_SEED=7 cargo test --test properties` tries more.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

#[path = "../support/cases.rs"]
mod cases;
#[path = "../support/damage.rs"]
mod damage;
mod script;
#[path = "../support/mod.rs"]
mod support;
mod watch;

use std::cell::Cell;

use attune::deck::{Channel, Deck, Prompt, SessionKind, Trigger};
use attune::engine::memory::Choices;
use attune::engine::view::{Popup, Strip, View};
use attune::engine::{Engine, Input, Outcome};
use attune::hour::pacing::SAFETY;
use attune::hour::session::Answer;
use attune::time::{LAST, Span, Timestamp};
use proptest::collection::vec;
use proptest::prelude::*;

use cases::holds;
use damage::damages;
use script::{Act, Run, World, act, any_act, script, wait, wild_script, world};
use support::{NINE, restored, saved};
use watch::Watch;

/// Starts a session and plays a script in it, reporting each outcome to `told`.
fn play(world: &World, steps: &[script::Step], mut told: impl FnMut(&Run, &Input, &Outcome)) -> Run {
    let (mut run, begun) = Run::begin(world);
    told(&run, &Input::Look, &begun);
    let mut view = begun.view;
    for (wait, act) in steps {
        run.wait(wait);
        let input = run.input(act, &view);
        let outcome = run.engine.dispatch(run.now, input.clone());
        told(&run, &input, &outcome);
        view = outcome.view;
    }
    run
}

/// Gaps, budgets, kinds, windows, expiry, quiet stretches, silences, and wake-ups: see [`Watch`].
#[test]
fn the_rules_of_pacing_hold() {
    let came = Cell::new(0);
    let cases = holds((world(), script(1..60)), |(world, steps)| {
        let (mut run, begun) = Run::begin(&world);
        let mut watch = Watch::new(&world, run.engine.deck());
        watch.start(&run, &begun);
        let mut view = begun.view;
        for (wait, act) in &steps {
            run.wait(wait);
            let input = run.input(act, &view);
            let sketch = match act {
                Act::Start(other) => Some(other),
                _ => None,
            };
            view = watch.send(&mut run, &input, sketch).view;
        }
        run.drive_bounded(|run| drop(watch.send(run, &Input::Look, None)));
        came.set(came.get() + watch.came.len());
    });
    assert!(came.get() > 2 * cases, "only {} prompts came: the hours are too empty to say anything", came.get());
}

/// An input has the same result whether or not a look at the same moment came before it.
#[test]
fn a_look_before_an_input_makes_no_difference() {
    holds((world(), wild_script(1..40)), |(world, steps)| {
        let (mut other, begun) = Run::begin(&world);
        let mut views = vec![begun.view];
        play(&world, &steps, |run, input, outcome| {
            other.engine.dispatch(run.now, Input::Look);
            if views.len() > 1 {
                let again = other.engine.dispatch(run.now, input.clone());
                assert_eq!((&again.view, &again.problem), (&outcome.view, &outcome.problem));
            }
            views.push(outcome.view.clone());
        });
    });
}

/// A surface may not learn that its input has arrived, and a person may click twice. The keys that hide and share are a
/// case of their own: pressed again at once, they only silence.
#[test]
fn an_input_that_arrives_twice_is_taken_once() {
    holds((world(), vec((wait(), any_act()), 1..60)), |(world, steps)| {
        let (mut other, _) = Run::begin(&world);
        let mut begun = false;
        play(&world, &steps, |run, input, outcome| {
            if std::mem::replace(&mut begun, true) {
                if !matches!(input, Input::HideKey | Input::SharingKey) {
                    other.engine.dispatch(run.now, input.clone());
                }
                let again = other.engine.dispatch(run.now, input.clone());
                assert_eq!(again.view, outcome.view, "{input:?}");
                assert_eq!(other.engine.snapshot(), run.engine.snapshot(), "{input:?}");
            }
        });
    });
}

#[test]
fn the_same_hour_twice_reads_the_same() {
    holds((world(), wild_script(1..60)), |(world, steps)| {
        let transcript = || {
            let mut outcomes = Vec::new();
            let mut run = play(&world, &steps, |_, _, outcome| outcomes.push(outcome.clone()));
            outcomes.push(run.engine.dispatch(run.now, Input::End));
            (outcomes, run.engine.snapshot())
        };
        assert_eq!(transcript(), transcript());
    });
}

/// Killed before every single input and restored from the snapshot, the session goes on the same.
#[test]
fn a_session_that_is_stopped_anywhere_goes_on_as_if_it_had_not() {
    holds((world(), wild_script(1..60)), |(world, steps)| {
        let (mut killed, _) = Run::begin(&world);
        let mut begun = false;
        play(&world, &steps, |run, input, outcome| {
            if std::mem::replace(&mut begun, true) {
                killed.engine = revived(&killed.engine);
                let again = killed.engine.dispatch(run.now, input.clone());
                assert_eq!(&again, outcome);
            }
            assert_eq!(killed.engine.snapshot(), run.engine.snapshot());
            assert_eq!(killed.engine.poll_timeout(), run.engine.poll_timeout());
        });
    });
}

fn revived(engine: &Engine) -> Engine {
    restored(engine.deck().clone(), &saved(engine)).unwrap()
}

/// Clocks at both ends of time, numbers that name nothing, and any text.
#[test]
fn no_input_panics() {
    holds((world(), wild_script(1..80)), |(world, steps)| {
        play(&world, &steps, |run, _, outcome| {
            assert_eq!(outcome.view.wake_at, run.engine.poll_timeout());
            // At the end of time there is no later.
            let hour = Span::minutes(60).0;
            let elapsed = run.engine.session().map_or(0, |session| session.elapsed().0);
            let at_the_end = run.now >= Timestamp(LAST - hour) || elapsed >= LAST - hour;
            let later = outcome.view.wake_at.is_none_or(|wake| wake > run.now || at_the_end);
            assert!(later, "{:?} is not later than {:?}", outcome.view.wake_at, run.now);
        });
    });
}

#[test]
fn a_damaged_snapshot_is_refused_or_runs() {
    let (refused, ran) = (Cell::new(0), Cell::new(0));
    let cases = holds((world(), script(0..30), damages(), wild_script(1..20)), |(world, before, damages, after)| {
        let mut run = play(&world, &before, |_, _, _| {});
        let saved = damages.iter().fold(saved(&run.engine), |saved, damage| damage.to(&saved));
        let Some(engine) = restored(run.engine.deck().clone(), &saved) else {
            refused.set(refused.get() + 1);
            return;
        };
        ran.set(ran.get() + 1);
        run.engine = engine;
        let mut view = run.engine.view();
        for (wait, act) in &after {
            run.wait(wait);
            let input = run.input(act, &view);
            view = run.engine.dispatch(run.now, input).view;
        }
        // The last wait may have gone to the end of time.
        run.now = run.now.min(Timestamp(LAST / 2));
        run.engine.dispatch(run.now, Input::Look);
        run.drive_bounded(|run| drop(run.engine.dispatch(run.now, Input::Look)));
    });
    assert!(refused.get() > cases / 10 && ran.get() > cases / 10, "{refused:?} were refused, {ran:?} ran");
}

/// If every deadline is met, extra looks show nothing new and do not change what comes.
#[test]
fn looking_changes_nothing() {
    let steps = vec((0..600_000_u64, act()), 1..30);
    let looks = vec(0..7_200_000_u64, 1..60);
    holds((world(), steps, looks), |(world, steps, mut looks)| {
        looks.sort_unstable();
        let rarely = punctual(&world, &steps, &[]);
        let often = punctual(&world, &steps, &looks);
        assert_eq!(rarely, often);
    });
}

/// Plays acts with the given milliseconds between them, wakes the session at every deadline, and also looks at each of
/// `looks` (milliseconds from Start). Returns every view except those of the extra looks.
fn punctual(world: &World, steps: &[(u64, Act)], looks: &[u64]) -> Vec<(Timestamp, View)> {
    let (mut run, begun) = Run::begin(world);
    let mut views = vec![(run.now, begun.view)];
    let mut looks = looks.iter().map(|ms| Timestamp(NINE.0 + ms)).peekable();
    for (ms, act) in steps {
        let at = Timestamp(run.now.0 + ms);
        for wakes in 0.. {
            assert!(wakes < 1_000, "a busy loop");
            let wake = run.engine.poll_timeout().filter(|wake| *wake < at);
            let until = wake.unwrap_or(at);
            while let Some(look) = looks.next_if(|look| *look <= until) {
                run.now = run.now.max(look);
                run.engine.dispatch(run.now, Input::Look);
            }
            let Some(wake) = wake else { break };
            run.now = wake;
            views.push((run.now, run.engine.dispatch(run.now, Input::Look).view));
        }
        run.now = at;
        let view = views.last().map(|(_, view)| view).unwrap();
        let input = run.input(act, view);
        views.push((run.now, run.engine.dispatch(run.now, input).view));
    }
    views
}

/// An hour in which the therapist ticks nothing. Returns the cues that came.
fn quiet_hour(engine: &mut Engine, now: &mut Timestamp, choices: Choices, seed: u32, diligent: bool) -> Vec<String> {
    let end = Timestamp(now.0 + u64::from(choices.minutes) * 60_000);
    engine.step(*now, Input::Start { choices, seed });
    while let Some(wake) = engine.poll_timeout().filter(|wake| *wake < end) {
        *now = wake;
        engine.step(*now, Input::Look);
        if diligent && let Strip::Words { number, .. } = engine.view().strip {
            engine.step(*now, Input::Answer { number, answer: Answer::DidIt });
        }
    }
    *now = end;
    engine.step(*now, Input::End);
    match engine.view().popup {
        Popup::Ended(ended) => ended.marks.into_iter().map(|mark| mark.cue).collect(),
        Popup::Ready(_) | Popup::Running(_) => panic!("it has ended"),
    }
}

const KINDS: [SessionKind; 3] = [SessionKind::First, SessionKind::Early, SessionKind::Ongoing];

/// The safety steps of a profile and a kind of session.
fn safety(deck: &Deck, profile: usize, kind: SessionKind) -> impl Iterator<Item = &Prompt> {
    deck.prompts.iter().filter(move |prompt| {
        prompt.in_profile(profile)
            && prompt.session_kinds.has(kind)
            && prompt.priority >= SAFETY
            && matches!(prompt.trigger, Trigger::Checklist(_))
    })
}

/// Whatever the profile, an hour with sound only has nothing in it that needs a picture, keeps its budgets, and still
/// asks where the client is, who is there and whom to call.
#[test]
fn ten_thousand_hours_with_sound_only_have_nothing_that_needs_a_picture() {
    let shipped = support::deck();
    let pictures: Vec<&str> = shipped
        .prompts
        .iter()
        .filter(|prompt| !prompt.channels.has(Channel::Sound))
        .map(|prompt| prompt.cue.as_str())
        .collect();
    assert!(pictures.len() >= 10, "{pictures:?}");
    for (profile, row) in shipped.profiles.iter().enumerate() {
        let (mut engine, mut now) = (Engine::new(shipped.clone()), NINE);
        for seed in 0..10_000_u32 {
            let minutes = [50, 50, 25, 45, 53, 60, 80, 90, 120][seed as usize % 9];
            let kind = KINDS[seed as usize % KINDS.len()];
            // Every fourth hour is the first one of a therapist.
            if seed.is_multiple_of(4) {
                engine = Engine::new(shipped.clone());
            }
            let choices =
                Choices { minutes, kind, channel: Channel::Sound, profile: row.id.to_string(), intention: None };
            let came = quiet_hour(&mut engine, &mut now, choices, seed, seed.is_multiple_of(2));
            assert!(came.iter().all(|cue| !pictures.contains(&cue.as_str())), "{came:?}");
            if seed.is_multiple_of(4) && minutes >= 50 {
                for prompt in safety(&shipped, profile, kind).filter(|prompt| prompt.channels.has(Channel::Sound)) {
                    assert!(came.contains(&prompt.cue), "{} is missing: {came:?}", prompt.id);
                }
            }
        }
    }
}

/// Rotation starves nothing: within 30 hours, every prompt comes that this profile and kind of session can show. Only
/// if safety needs the whole checklist budget does the rest of the checklist wait until the therapist ticks something.
#[test]
fn in_thirty_sessions_everything_comes() {
    let kinds = prop::sample::select(KINDS.to_vec());
    let channels = prop::sample::select(vec![Channel::Video, Channel::Sound]);
    let cases = (0..4_usize, kinds, channels, any::<bool>(), any::<u32>());
    let shipped = support::deck();
    holds(cases, |(profile, kind, channel, diligent, seed)| {
        let budget = shipped.profiles[profile].checklist_per_50 as usize;
        let room = safety(&shipped, profile, kind).count() < budget;
        let prompts = shipped.prompts.iter().filter(|prompt| {
            let comes = match &prompt.trigger {
                Trigger::Timer(_) => true,
                Trigger::Checklist(_) => room || prompt.priority >= SAFETY,
                Trigger::Moment(_) => false,
            };
            comes && prompt.in_profile(profile) && prompt.session_kinds.has(kind) && prompt.channels.has(channel)
        });
        let mut missing: Vec<&str> = prompts.map(|prompt| prompt.cue.as_str()).collect();
        let mut engine = Engine::new(shipped.clone());
        let mut now = NINE;
        for session in 0..30 {
            if missing.is_empty() {
                return;
            }
            let profile = shipped.profiles[profile].id.to_string();
            let choices = Choices { minutes: 50, kind, channel, profile, intention: None };
            let came = quiet_hour(&mut engine, &mut now, choices, seed.wrapping_add(session), diligent);
            missing.retain(|cue| !came.iter().any(|came| came == cue));
        }
        assert!(missing.is_empty(), "never came: {missing:?}");
    });
}

/// Whatever came in earlier hours, and however long other prompts have waited, the therapist is reminded to ask where
/// the client is, who is there and whom to call.
#[test]
fn safety_is_left_out_for_nothing_that_has_waited() {
    let hours = vec((0..4_usize, prop::sample::select(KINDS.to_vec()), 50..=90_u16, any::<bool>()), 1..7);
    let shipped = support::deck();
    holds((hours, any::<u32>()), |(hours, seed)| {
        let mut engine = Engine::new(shipped.clone());
        let mut now = NINE;
        // The last session in which each prompt came.
        let mut last = vec![None; shipped.prompts.len()];
        for (session, (profile, kind, minutes, diligent)) in (0..).zip(hours) {
            let choices = Choices {
                minutes,
                kind,
                profile: shipped.profiles[profile].id.to_string(),
                intention: None,
                ..Choices::default()
            };
            let came = quiet_hour(&mut engine, &mut now, choices, seed.wrapping_add(session), diligent);
            for prompt in safety(&shipped, profile, kind) {
                let index = shipped.prompt(&prompt.id).unwrap();
                let every = if kind == SessionKind::Ongoing { prompt.ongoing_every } else { 1 };
                let due = last[index].is_none_or(|last: u32| session - last >= every);
                assert!(!due || came.contains(&prompt.cue), "{} is missing in session {session}: {came:?}", prompt.id);
            }
            for (prompt, last) in shipped.prompts.iter().zip(&mut last) {
                if came.contains(&prompt.cue) {
                    *last = Some(session);
                }
            }
        }
    });
}
