//! Call detection in virtual time: a call begins at once and ends late, whatever its frames report in between.
#![allow(missing_docs, clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::panic, clippy::expect_used)]

use attune::engine::calls::{CallChange, Calls, GRACE, Media, STILL};
use attune::time::{Span, Timestamp};

const TAB: u32 = 7;
const TOP: u32 = 0;
const FRAME: u32 = 31;
const INSTANT: Span = Span(1);

/// A tab, its calls, and the time.
#[derive(Default)]
struct Tab {
    calls: Calls,
    now: Timestamp,
}

impl Tab {
    fn hears(&mut self, frame: u32, media: Media) -> Vec<CallChange> {
        let news = self.calls.hear(self.now, TAB, frame, media);
        // The browser may stop the background at any time.
        self.calls = restored(&saved(&self.calls)).unwrap();
        only(news)
    }

    fn after(&mut self, span: Span) -> Vec<CallChange> {
        self.now = self.now + span;
        only(self.calls.advance(self.now))
    }

    fn on() -> Tab {
        let mut tab = Tab { now: Timestamp(1_700_000_000_000), ..Tab::default() };
        assert_eq!(tab.hears(TOP, Media::Plays), [CallChange::Began]);
        tab
    }

    fn runs(&self) -> bool {
        self.calls.tabs().any(|tab| tab == TAB)
    }
}

fn only(news: Vec<(u32, CallChange)>) -> Vec<CallChange> {
    news.into_iter().map(|(tab, news)| (tab == TAB).then_some(news).unwrap()).collect()
}

fn before(span: Span) -> Span {
    Span(span.0 - INSTANT.0)
}

#[test]
fn begins_at_once_and_once() {
    let mut tab = Tab::on();
    assert!(tab.runs());
    assert!(tab.hears(TOP, Media::Plays).is_empty());
    assert!(tab.hears(FRAME, Media::Plays).is_empty(), "a second frame of the same call");
    assert_eq!(tab.calls.poll_timeout(), None, "nothing to wait for while it runs");
    assert!(tab.after(Span::minutes(90)).is_empty());
}

#[test]
fn is_over_when_nothing_has_played_for_ten_seconds() {
    let mut tab = Tab::on();
    assert!(tab.hears(TOP, Media::None).is_empty());
    assert_eq!(tab.calls.poll_timeout(), Some(tab.now + GRACE));
    assert!(tab.after(before(GRACE)).is_empty());
    assert!(tab.runs());
    assert_eq!(tab.after(INSTANT), [CallChange::Over]);
    assert_eq!((tab.runs(), &tab.calls), (false, &Calls::default()), "and nothing is kept of the tab");
    assert_eq!(tab.hears(TOP, Media::Plays), [CallChange::Began], "what comes now is another call");
}

#[test]
fn goes_on_when_the_app_starts_its_pictures_anew() {
    let mut tab = Tab::on();
    tab.hears(TOP, Media::None);
    tab.after(before(GRACE));
    assert!(tab.hears(FRAME, Media::Plays).is_empty());
    assert!(tab.after(Span::minutes(5)).is_empty());
    assert!(tab.runs());
}

#[test]
fn is_not_over_while_one_of_its_frames_plays() {
    let mut tab = Tab::on();
    tab.hears(FRAME, Media::Plays);
    tab.hears(TOP, Media::None);
    assert!(tab.after(Span::minutes(5)).is_empty());
    tab.hears(TOP, Media::Still);
    assert!(tab.after(Span::minutes(5)).is_empty());
    tab.hears(FRAME, Media::None);
    assert_eq!(tab.after(STILL), [CallChange::Over], "what is left stands still");
}

#[test]
fn is_in_doubt_when_its_pictures_stand_still_and_back_when_they_move() {
    let mut tab = Tab::on();
    tab.after(Span::minutes(20));
    assert!(tab.hears(TOP, Media::Still).is_empty());
    assert!(tab.after(before(STILL)).is_empty());
    assert_eq!(tab.after(INSTANT), [CallChange::Over]);
    assert!(!tab.runs());
    assert!(tab.after(Span::minutes(5)).is_empty(), "said once");
    assert_eq!(tab.calls.poll_timeout(), None);
    assert_eq!(tab.hears(TOP, Media::Plays), [CallChange::Back]);
    assert!(tab.runs());
    assert!(tab.hears(TOP, Media::Plays).is_empty());
}

/// After a while an app may also notice that the other side has frozen, and take the picture away.
#[test]
fn is_not_over_later_when_the_app_takes_a_still_picture_away() {
    let mut tab = Tab::on();
    tab.hears(TOP, Media::Still);
    tab.after(before(STILL));
    assert!(tab.hears(TOP, Media::None).is_empty());
    assert_eq!(tab.after(INSTANT), [CallChange::Over]);

    let mut tab = Tab::on();
    tab.hears(TOP, Media::Still);
    tab.after(INSTANT);
    tab.hears(TOP, Media::None);
    assert!(tab.after(before(GRACE)).is_empty());
    assert_eq!(tab.after(INSTANT), [CallChange::Over], "nothing is over sooner than by nothing alone");
}

#[test]
fn that_was_in_doubt_already_ends_without_a_word() {
    let mut tab = Tab::on();
    tab.hears(TOP, Media::Still);
    assert_eq!(tab.after(STILL), [CallChange::Over]);
    tab.hears(TOP, Media::None);
    assert!(tab.after(before(GRACE)).is_empty());
    assert_ne!(tab.calls, Calls::default());
    assert!(tab.after(INSTANT).is_empty());
    assert_eq!(tab.calls, Calls::default());
}

#[test]
fn nothing_begins_where_nothing_plays() {
    let mut tab = Tab::default();
    assert!(tab.hears(TOP, Media::None).is_empty());
    assert!(tab.after(Span::minutes(5)).is_empty());
    assert_eq!(tab.calls, Calls::default());
}

#[test]
fn tabs_do_not_mix() {
    let mut tab = Tab::on();
    assert_eq!(tab.calls.hear(tab.now, TAB + 1, TOP, Media::Plays), [(TAB + 1, CallChange::Began)]);
    assert!(tab.calls.hear(tab.now, TAB + 1, TOP, Media::None).is_empty());
    tab.now = tab.now + GRACE;
    assert_eq!(tab.calls.advance(tab.now), [(TAB + 1, CallChange::Over)]);
    assert_eq!(tab.calls.tabs().collect::<Vec<_>>(), [TAB]);
}

#[test]
fn late_and_repeated_wake_ups_and_a_clock_set_back_do_no_harm() {
    let mut tab = Tab::on();
    tab.hears(TOP, Media::None);
    tab.now = Timestamp(tab.now.0 - 3_600_000);
    assert!(tab.after(Span::ZERO).is_empty());
    assert_eq!(tab.calls.poll_timeout(), Some(tab.now + GRACE), "it does not wait for an hour");
    assert_eq!(tab.after(Span::minutes(60)), [CallChange::Over]);
    assert!(tab.after(Span::ZERO).is_empty());
}

/// A page may have any number of frames; no more than 64 are kept.
#[test]
fn is_heard_from_so_many_frames_and_no_more() {
    let heard = |frames: u32| {
        let mut tab = Tab::on();
        (1..frames).for_each(|frame| drop(tab.hears(frame, Media::Plays)));
        (0..frames - 1).for_each(|frame| drop(tab.hears(frame, Media::None)));
        tab.after(GRACE)
    };
    assert!(heard(64).is_empty(), "the last frame plays");
    assert_eq!(heard(65), [CallChange::Over], "nobody has heard of the last frame");
}

/// A frame's report arrives when other news is already due: both are reported, in order.
#[test]
fn a_report_that_comes_late_finds_what_was_due() {
    let mut tab = Tab::on();
    tab.hears(TOP, Media::None);
    tab.now = tab.now + GRACE;
    assert_eq!(tab.hears(TOP, Media::Plays), [CallChange::Over, CallChange::Began]);
}

#[test]
fn what_is_none_of_its_own_is_no_call() {
    let mut tab = Tab::on();
    tab.hears(FRAME, Media::Still);
    let text = saved(&tab.calls);
    assert_eq!(restored(&text).unwrap(), tab.calls);
    for broken in ["", "{}", "7", &text.replace("since", "when"), &text[..text.len() - 2], &text.replace('7', "7.5")] {
        assert!(restored(broken).is_err(), "{broken:?}");
    }
}

fn saved(calls: &Calls) -> String {
    serde_json::to_string(calls).unwrap()
}

fn restored(text: &str) -> serde_json::Result<Calls> {
    serde_json::from_str(text)
}
