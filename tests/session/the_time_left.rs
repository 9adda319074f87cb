use super::*;

#[test]
fn comes_on_the_glance_key_for_a_moment() {
    let mut hour = Hour::plain();
    hour.to(0, 30);
    assert_eq!(hour.view.strip, Strip::Clear);
    hour.send(Input::Glance);
    assert_eq!(hour.strip(), "(50 min left)");
    hour.pass(3);
    assert_eq!(hour.strip(), "(50 min left)");
    hour.pass(1);
    assert_eq!(hour.view.strip, Strip::Clear);
}

#[test]
fn is_rounded_up_and_after_the_end_counts_up() {
    let mut hour = Hour::plain();
    let mut left = |minute, second| {
        hour.to(minute, second);
        said(&hour.running().left)
    };
    assert_eq!(left(49, 59), "1 min left");
    assert_eq!(left(50, 0), "0 min over");
    assert_eq!(left(52, 59), "2 min over");
}

#[test]
fn changes_at_whole_minutes() {
    let mut hour = Hour::plain();
    hour.to(7, 30);
    assert_eq!(hour.running().minute_at, Some(at(8, 0)));
    hour.to(8, 0);
    assert_eq!(hour.running().minute_at, Some(at(9, 0)));
}

#[test]
fn is_on_the_badge_in_steps_that_draw_no_eye() {
    let mut hour = Hour::plain();
    let mut badges: Vec<String> = Vec::new();
    for minute in 0..=55 {
        hour.to(minute, 0);
        let badge = hour.badge();
        if badges.last() != Some(&badge) {
            badges.push(badge);
        }
    }
    assert_eq!(badges, ["50", "45", "40", "35", "30", "25", "20", "15", "10", "5", "4", "3", "2", "1", "0"]);
    hour.send(Input::End);
    assert_eq!(hour.badge(), "");
}
