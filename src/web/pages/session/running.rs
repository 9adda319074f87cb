//! While a session runs.

use web_sys::Element;

use super::{checklist, ended, moments};
use crate::kind_name;
use attune::deck::{Channel, Phase};
use attune::engine::Input;
use attune::engine::view::{Card, Popup, Running, Silence};
use attune::hour::session::Answer;
use attune::messages::{Beside, StripPlace};
use attune_toolkit::browser::window;
use attune_toolkit::{Error, dom, words};

/// Draws a running session.
pub fn draw(running: &Running, beside: &Beside) -> Result<(), Error> {
    let phase = words::text(phase(running.phase));
    let sound = words::text("channel_sound");
    // What differs from most hours matters more than the profile, and there is room for only one of them.
    let more = if running.channel == Channel::Sound { &sound } else { &running.profile };
    dom::set_text_by_id("about", &[&phase, " · ", more].concat())?;
    dom::set_text_by_id("left", &words::message(&running.left))?;
    // Time that is not paused has a next minute.
    let paused = running.minute_at.is_none();
    dom::show_by_id("pause", !paused)?;
    dom::show_by_id("resume", paused)?;
    dom::show_by_id("extend", running.extended.is_some())?;
    if let Some(minutes) = running.extended {
        let name = words::fill("extend_name", &[&minutes.to_string()]);
        dom::set_attribute(&dom::by_id::<Element>("extend")?, "aria-label", &name)?;
    }
    super::timeline::draw(running)?;
    ask_after_sleep(running)?;
    dom::show_by_id("over", running.over)?;
    dom::show_by_id("another", running.another)?;
    place(beside)?;
    banned(running)?;
    dom::show_by_id("cue", running.cue.is_some())?;
    if let Some(cue) = &running.cue {
        card(cue)?;
    }
    silence(&running.silence)?;
    let switch = if running.channel == Channel::Video { "sound_on" } else { "video_on" };
    dom::set_text_by_id("switch", &words::text(switch))?;
    dom::show_by_id("share", !running.sharing)?;
    // The panel is in a window that the client may be looking at.
    dom::toggle_attribute(&dom::by_id("stage")?, "data-shared", running.sharing)?;
    moments::draw(running)?;
    let intention = running.intention.as_ref().map(|cue| words::fill("intention_now", &[cue]));
    dom::set_text_or_hide_if_there("intention-now", intention.as_deref())?;
    if dom::by_id_if_there::<Element>("entries").is_some() {
        ended::log(&running.marks)?;
    }
    items(running)
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Before | Phase::Opening => "phase_opening",
        Phase::Working => "phase_working",
        Phase::Closing | Phase::After => "phase_closing",
    }
}

fn ask_after_sleep(running: &Running) -> Result<(), Error> {
    let question = running.question.as_ref().map(words::message);
    dom::set_text_by_id("question-words", question.as_deref().unwrap_or_default())?;
    dom::show_by_id("question", question.is_some())
}

fn place(beside: &Beside) -> Result<(), Error> {
    let key = match (beside.strip, beside.closed.is_none()) {
        (StripPlace::Here, _) => None,
        (StripPlace::Elsewhere, _) => Some("place_elsewhere"),
        (StripPlace::Floating, _) => Some("place_floating"),
        (StripPlace::Nowhere, true) => Some("place_nowhere"),
        (StripPlace::Nowhere, false) => Some("place_nowhere_closed"),
    };
    dom::show_by_id("place", key.is_some())?;
    dom::set_text_by_id("place-words", &key.map(words::text).unwrap_or_default())?;
    dom::show_by_id("mount", beside.closed.is_none())?;
    let floats = if beside.strip == StripPlace::Elsewhere { "float_move" } else { "float_show" };
    dom::set_text_by_id("float", &words::text(floats))?;
    dom::show_by_id("leave", beside.strip == StripPlace::Here)
}

fn banned(running: &Running) -> Result<(), Error> {
    dom::show_by_id("banned", running.banned.is_some())?;
    let text = running.banned.as_ref().map(|banned| words::fill("banned", &[&banned.cue]));
    dom::set_text_by_id("banned-words", &text.unwrap_or_default())
}

fn card(card: &Card) -> Result<(), Error> {
    let cue: Element = dom::by_id("cue")?;
    dom::set_attribute(&cue, "data-kind", kind_name(card.kind))?;
    dom::set_text_by_id("cue-words", &card.cue)?;
    dom::set_text_by_id("cue-text", &card.text)?;
    dom::set_text_or_hide("cue-say", card.say.as_deref())?;
    dom::set_text_by_id("cue-why", &words::message(&card.why))?;
    dom::show(&dom::find(&cue, "[data-do=never]")?, card.never)?;
    dom::set_text_or_hide_if_there("cue-reason", card.reason.as_deref())
}

fn silence(silence: &Silence) -> Result<(), Error> {
    let (text, does, button) = match silence {
        Silence::None => (None, "", ""),
        Silence::Hold(message) => (Some(words::message(message)), "release", "release"),
        Silence::Crisis => (Some(words::text("crisis_on")), "crisis_off", "crisis_off"),
        Silence::Sharing => (Some(words::text("sharing_on")), "share_off", "share_off"),
        Silence::Hidden => (Some(words::text("hidden_on")), "show", "show_strip"),
        Silence::Paused => (Some(words::text("paused_on")), "resume", "resume"),
    };
    dom::show_by_id("silence", text.is_some())?;
    dom::show_by_id("hold", text.is_none())?;
    if let Some(text) = text {
        dom::set_text_by_id("silence-words", &text)?;
        dom::set_text_by_id("speak", &words::text(button))?;
        dom::set_attribute(&dom::by_id::<Element>("speak")?, "data-do", does)?;
    }
    // One Resume is enough.
    if *silence == Silence::Paused {
        dom::show_by_id("resume", false)?;
    }
    emergency(*silence == Silence::Crisis)?;
    dom::show_by_id("hide", !matches!(silence, Silence::Hidden | Silence::Crisis | Silence::Sharing))?;
    dom::show_by_id("crisis-why", *silence != Silence::Crisis)?;
    dom::show_by_id("crisis", *silence != Silence::Crisis)
}

/// Shows the emergency card, from the top of the page: the button for it is at the page's end.
fn emergency(on: bool) -> Result<(), Error> {
    let card: Element = dom::by_id("emergency")?;
    let comes = on && card.has_attribute("hidden");
    dom::show(&card, on)?;
    if comes {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
    Ok(())
}

fn items(running: &Running) -> Result<(), Error> {
    let items = &running.checklist;
    checklist::draw("items", items.iter())?;
    checklist::tally("tally", "checklist", items.iter())?;
    dom::show_by_id("checklist", !items.is_empty())
}

/// Asks before the session is ended, or takes the question back.
pub fn ask_to_end(on: bool) -> Result<(), Error> {
    dom::keeping_focus(|| {
        dom::show_by_id("finish", !on)?;
        dom::show_by_id("sure", on)
    })
}

/// What the button named `what` asks for.
pub fn input(what: &str, popup: &Popup) -> Option<Input> {
    let running = match popup {
        Popup::Running(running) => running,
        Popup::Ended(_) if what == "dismiss" => return Some(Input::Dismiss),
        Popup::Ended(_) | Popup::Ready(_) => return None,
    };
    let answer = |answer| Some(Input::Answer { number: running.cue.as_ref()?.number, answer });
    match what {
        "did_it" => answer(Answer::DidIt),
        "already" => answer(Answer::Already),
        "not_now" => answer(Answer::NotNow),
        "never" => answer(Answer::Never),
        "hold_5" => Some(Input::Hold(Some(5))),
        "hold_10" => Some(Input::Hold(Some(10))),
        "hold_end" => Some(Input::Hold(None)),
        "release" => Some(Input::Release),
        "crisis" => Some(Input::Crisis(true)),
        "crisis_off" => Some(Input::Crisis(false)),
        "pause" => Some(Input::Pause(true)),
        "resume" => Some(Input::Pause(false)),
        "hide" => Some(Input::Hide(true)),
        "show" => Some(Input::Hide(false)),
        "switch" => Some(Input::Switch(running.channel.other())),
        "share" => Some(Input::ShareDeclared(true)),
        "share_off" => Some(Input::ShareDeclared(false)),
        "extend" => running.extended.map(Input::ExtendTo),
        "went_on" => Some(Input::CountSleep(true)),
        "went_off" => Some(Input::CountSleep(false)),
        "allow" => Some(Input::Allow(running.banned.as_ref()?.id.clone())),
        "end_now" => Some(Input::End),
        "over" => Some(Input::ConfirmEnd(true)),
        "keep_on" => Some(Input::ConfirmEnd(false)),
        _ => None,
    }
}
