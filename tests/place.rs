//! Where the strip goes: fully visible in any window, kept relative to the edges that matter, out of the way of clicks.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "support/cases.rs"]
mod cases;

use attune::settings::place::{Area, MARGIN, PARTS, Place, STEP, Size};
use attune::settings::places::{Places, Screen};
use cases::config;
use proptest::prelude::*;

const DOT: Size = Size { width: 22.0, height: 22.0 };
const LINE: Size = Size { width: 184.0, height: 34.0 };
const CARD: Size = Size { width: 348.0, height: 300.0 };
const WINDOW: Size = Size { width: 1280.0, height: 800.0 };

fn centre(area: Area) -> f64 {
    area.left + area.size.width / 2.0
}

#[test]
fn by_itself_it_hangs_at_the_top_centre() {
    for size in [DOT, LINE, CARD] {
        let area = Place::default().area(WINDOW, size);
        assert_eq!((centre(area), area.top), (640.0, MARGIN));
    }
}

#[test]
fn dot_words_and_card_hang_from_one_point_in_the_middle_of_a_window() {
    let place = Place::at(500.0, 200.0, WINDOW);
    for size in [DOT, LINE, CARD] {
        let area = place.area(WINDOW, size);
        assert!((centre(area) - 500.0).abs() <= 1.0 && (area.top - 200.0).abs() <= 1.0, "{area:?}");
    }
}

#[test]
fn at_an_edge_all_of_them_begin_there() {
    let corner = Place { x: PARTS, y: PARTS };
    for size in [DOT, LINE, CARD] {
        let area = corner.area(WINDOW, size);
        assert_eq!((area.left + size.width, area.top + size.height), (1270.0, 790.0));
    }
}

#[test]
fn a_share_of_the_window_holds_in_another_window() {
    let place = Place::at(330.0, 10.0, WINDOW);
    let smaller = Size { width: 650.0, height: 400.0 };
    assert!((centre(place.area(smaller, DOT)) - 170.0).abs() <= 2.0);
}

#[test]
fn thirds_edges_and_the_middle_draw() {
    let near = |x: f64, y: f64| Place::at(x, y, WINDOW).snapped(WINDOW);
    assert_eq!(near(652.0, 20.0), Place::default());
    assert_eq!(near(428.0, 10.0), Place { x: 3_333, y: 0 });
    assert_eq!(near(1262.0, 780.0), Place { x: PARTS, y: PARTS });
    let free = Place::at(560.0, 300.0, WINDOW);
    assert_eq!(free.snapped(WINDOW), free);
}

#[test]
fn it_makes_way_downwards_first() {
    let bar = Area { left: 0.0, top: 0.0, size: Size { width: 1280.0, height: 48.0 } };
    let around = Place::default().around(WINDOW, LINE);
    let free = around.iter().find(|area| !area.overlaps(&bar)).unwrap();
    assert_eq!((centre(*free), free.top), (640.0, 58.0));
}

#[test]
fn beside_is_taken_where_below_is_not_free() {
    let column = Area { left: 560.0, top: 0.0, size: Size { width: 160.0, height: 800.0 } };
    let free = Place::default().around(WINDOW, DOT).into_iter().find(|area| !area.overlaps(&column)).unwrap();
    assert_eq!(free.top, MARGIN);
    assert_eq!((centre(free) - 640.0).abs(), 96.0);
}

/// One step sideways or up counts as much as two down, which keep the eyes under the lens.
#[test]
fn it_makes_way_to_what_is_nearest_to_the_lens() {
    let place = Place::at(640.0, 400.0, WINDOW);
    let home = place.area(WINDOW, DOT);
    let steps = |area: &Area| ((area.left - home.left) / 24.0, (area.top - home.top) / 24.0);
    let around: Vec<(f64, f64)> = place.around(WINDOW, DOT).iter().map(steps).collect();
    let nearest = [(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (0.0, -1.0), (-1.0, 0.0), (1.0, 0.0)];
    let next = [(0.0, 3.0), (-1.0, 1.0), (1.0, 1.0), (0.0, 4.0), (0.0, -2.0), (-1.0, 2.0), (1.0, 2.0)];
    assert_eq!((&around[..6], &around[6..13]), (&nearest[..], &next[..]));
    assert_eq!(around[13..17], [(-1.0, -1.0), (1.0, -1.0), (-2.0, 0.0), (2.0, 0.0)]);
}

#[test]
fn once_it_has_made_way_all_of_them_hang_beside_the_place() {
    let place = Place::at(500.0, 200.0, WINDOW);
    for size in [DOT, LINE, CARD] {
        let (home, beside) = (place.area(WINDOW, size), place.area_beside(WINDOW, size, (24.0, 48.0)));
        assert_eq!((beside.left - home.left, beside.top - home.top), (24.0, 48.0));
    }
}

#[test]
fn it_stays_away_from_the_edges_as_far_as_there_is_room() {
    let around = Place::default().around(WINDOW, LINE);
    assert!(around.iter().all(|area| area.top >= MARGIN), "{around:?}");
    let low = Size { width: 1280.0, height: 40.0 };
    assert_eq!(Place::default().area(low, LINE).top, 3.0, "as far from the top as from the bottom");
}

#[test]
fn what_only_touches_does_not_overlap() {
    let size = Size { width: 50.0, height: 40.0 };
    let middle = Area { left: 100.0, top: 200.0, size };
    for (right, down) in [(50.0, 0.0), (-50.0, 0.0), (0.0, 40.0), (0.0, -40.0)] {
        let beside = |share: f64| Area { left: 100.0 + right * share, top: 200.0 + down * share, size };
        assert!(!middle.overlaps(&beside(1.0)) && !beside(1.0).overlaps(&middle));
        assert!(middle.overlaps(&beside(0.9)) && beside(0.9).overlaps(&middle));
    }
}

fn written(places: &Places) -> String {
    serde_json::to_string(places).unwrap()
}

fn read(text: &str) -> serde_json::Result<Places> {
    serde_json::from_str(text)
}

/// A screen of this size in the place of the main one.
const fn screen(width: u32, height: u32) -> Screen {
    Screen { width, height, left: 0, top: 0 }
}

#[test]
fn what_was_stored_is_read_again() {
    let mut places = Places::default();
    places.hang(screen(1920, 1080), Place { x: 1_200, y: 300 });
    places.hang(screen(1280, 800), Place { x: 9_000, y: 0 });
    places.hang(screen(1920, 1080), Place { x: 1_300, y: 300 });
    assert_eq!(read(&written(&places)).unwrap(), places);
    assert_eq!(places.of(screen(1920, 1080), false), Place { x: 1_300, y: 300 });
    assert_eq!(places.of(screen(800, 600), false), Place::default());
    places.hang(screen(1280, 800), Place::default());
    assert_eq!(places.of(screen(1280, 800), false), Place::default());
}

#[test]
fn many_screens_do_not_fill_the_storage() {
    let mut places = Places::default();
    for width in 1..=40 {
        places.hang(screen(width * 100, 1), Place { x: 1, y: 1 });
    }
    assert_eq!(written(&places).matches("place").count(), 16);
    assert_eq!((places.of(screen(4_000, 1), false).x, places.of(screen(100, 1), false)), (1, Place::default()));
}

#[test]
fn a_screen_is_known_by_about_its_size() {
    let mut places = Places::default();
    places.hang(screen(1280, 900), Place { x: 1, y: 1 });
    assert_eq!(places.of(screen(1283, 898), false).x, 1);
    assert_eq!(places.of(screen(1289, 900), false), Place::default());
    places.hang(screen(1278, 901), Place { x: 2, y: 2 });
    assert_eq!(written(&places).matches("place").count(), 1, "it is the same screen");
}

#[test]
fn two_screens_of_one_size_have_a_place_each() {
    let [main, right] = [screen(1920, 1080), Screen { left: 1920, ..screen(1920, 1080) }];
    let below = Screen { top: 1080, ..main };
    let mut places = Places::default();
    places.hang(main, Place { x: 1, y: 0 });
    assert_eq!(places.of(right, false).x, 1, "until it has one of its own");
    places.hang(right, Place { x: 2, y: 0 });
    assert_eq!([main, right].map(|screen| places.of(screen, false).x), [1, 2]);
    places.hang(right, Place::default());
    assert_eq!(places.of(right, false), Place::default(), "brought back to the centre, it stays there");
    // A bar at the left edge, or at the top, which hides itself.
    assert_eq!(places.of(Screen { left: 72, ..main }, false).x, 1);
    assert_eq!(places.of(Screen { top: 37, ..main }, false).x, 1);
    // They have been put one above the other.
    assert_eq!(places.of(below, false), Place::default(), "the one that was set last");
}

/// Then the browser gives the size of the window.
#[test]
fn where_the_screen_is_hidden_the_last_place_counts() {
    let mut places = Places::default();
    assert_eq!(places.of(screen(1200, 700), true), Place::default());
    places.hang(screen(1200, 700), Place { x: 1, y: 0 });
    assert_eq!(places.of(screen(1000, 600), true).x, 1);
    assert_eq!(places.of(screen(1000, 600), false), Place::default());
}

fn windows() -> impl Strategy<Value = Size> {
    (60_u32..4_000, 60_u32..3_000).prop_map(|(width, height)| Size { width: width.into(), height: height.into() })
}

fn sizes() -> impl Strategy<Value = Size> {
    (1_u32..500, 1_u32..660).prop_map(|(width, height)| Size { width: width.into(), height: height.into() })
}

fn places() -> impl Strategy<Value = Place> {
    (0..=PARTS, 0..=PARTS).prop_map(|(x, y)| Place { x, y })
}

fn is_inside(area: Area, window: Size) -> bool {
    area.left >= 0.0
        && area.top >= 0.0
        && area.left + area.size.width <= window.width
        && area.top + area.size.height <= window.height
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn it_is_always_seen_whole((window, size, place) in (windows(), sizes(), places())) {
        let size = Size { width: size.width.min(window.width), height: size.height.min(window.height) };
        prop_assert!(is_inside(place.area(window, size), window), "{:?}", place.area(window, size));
        for area in place.around(window, size) {
            prop_assert!(is_inside(area, window));
        }
    }

    #[test]
    fn what_is_too_large_begins_at_the_edge((window, size, place) in (windows(), sizes(), places())) {
        let area = place.area(window, size);
        prop_assert!(size.width <= window.width || area.left == 0.0);
        prop_assert!(size.height <= window.height || area.top == 0.0);
    }

    #[test]
    fn being_drawn_twice_is_being_drawn_once((window, place) in (windows(), places())) {
        let once = place.snapped(window);
        prop_assert_eq!(once.snapped(window), once);
    }

    #[test]
    fn a_way_and_back_ends_where_it_began((window, place, right, down) in (windows(), places(), 0..9_i32, 0..9_i32)) {
        let (x, y) = place.point(window);
        let steps = |number: i32, room: f64| (f64::from(number) * STEP).min(room).max(0.0);
        let (right, down) = (steps(right, window.width - MARGIN - x), steps(down, window.height - MARGIN - y));
        let back = place.moved(right, down, window).moved(-right, -down, window);
        let near = |one: u16, other: u16| one.abs_diff(other) <= 1;
        prop_assert!(near(back.x, place.x) && near(back.y, place.y), "{back:?}");
    }

    /// A dragged strip stays under the pointer, even if it is aligned to a side.
    #[test]
    fn where_it_is_seen_says_from_where_it_hangs(
        window in (800_u32..4_000, 800_u32..3_000),
        size in (1_u32..260, 1_u32..260),
        place in places(),
    ) {
        let of = |(width, height): (u32, u32)| Size { width: width.into(), height: height.into() };
        let (window, size) = (of(window), of(size));
        let area = place.area(window, size);
        let again = Place::of(area, window).area(window, size);
        prop_assert!((again.left - area.left).abs() <= 2.0 && (again.top - area.top).abs() <= 2.0, "{area:?} {again:?}");
    }

    /// If any of the areas is free, the strip takes the nearest free one. Of those below the resting place, no other
    /// free one is nearer.
    #[test]
    fn it_makes_way_if_there_is_one(
        (window, size, place) in (windows(), sizes(), places()),
        taken in prop::collection::vec((0_u32..2_000, 0_u32..1_500, sizes()), 0..6),
    ) {
        let taken: Vec<Area> = taken
            .into_iter()
            .map(|(left, top, size)| Area { left: left.into(), top: top.into(), size })
            .collect();
        let free = |area: &Area| !taken.iter().any(|one| one.overlaps(area));
        let around = place.around(window, size);
        let home = place.area(window, size);
        prop_assert_eq!(around[0], home);
        let chosen = around.iter().copied().find(free);
        if free(&home) {
            prop_assert_eq!(chosen, Some(home));
        }
        if let Some(chosen) = chosen {
            let below = |area: &Area| area.left == home.left && area.top >= home.top;
            for other in around.iter().filter(|area| below(area) && free(area)) {
                prop_assert!(!below(&chosen) || chosen.top <= other.top);
            }
        }
        // No area is offered twice.
        for (index, area) in around.iter().enumerate() {
            prop_assert!(!around[..index].contains(area));
        }
    }
}

#[test]
fn a_place_outside_the_window_is_refused() {
    let on = r#""screen":{"width":9,"height":9,"left":0,"top":0}"#;
    let stored = |x: &str| format!(r#"{{"version":1,"screens":[{{{on},"place":{{"x":{x},"y":0}}}}]}}"#);
    assert_eq!(read(&stored("10000")).unwrap().of(screen(9, 9), false).x, 10_000);
    for x in ["10001", "-1", "1.5", "75536", "null"] {
        assert!(read(&stored(x)).is_err(), "{x}");
    }
}
