use std::collections::BTreeSet;

use super::*;

#[test]
fn that_is_none_is_refused() {
    for text in ["", "null", "{}", "[]", "not at all", "attune snapshot, 2", "attune snapshot, 2\nend"] {
        assert!(Engine::restore(read(&rows()), text).is_err(), "{text}");
    }
    let saved = Hour::plain().pair.engine.snapshot();
    assert!(Engine::restore(read(&rows()), &saved.replace("snapshot, 2", "snapshot, 1")).is_err());
    for (at, _) in saved.match_indices('\n') {
        assert!(Engine::restore(read(&rows()), &saved[..at]).is_err(), "cut at {at}");
    }
    assert!(Engine::restore(read(&rows()), &saved).is_ok());
}

#[test]
fn is_saved_only_when_something_has_changed() {
    let mut hour = Hour::plain();
    hour.pair.now = Timestamp(hour.pair.now.0 + 1);
    let saves = |hour: &mut Hour| {
        let outcome = hour.pair.engine.dispatch(hour.pair.now, Input::Look);
        outcome.effects.iter().filter(|effect| matches!(effect, Effect::Save(_))).count()
    };
    assert_eq!(saves(&mut hour), 1);
    assert_eq!(saves(&mut hour), 0, "the same moment looks the same");
}

#[test]
fn names_nobody_and_nothing_but_prompts_items_and_times() {
    let mut hour = Hour::plain();
    hour.until_words();
    let saved = hour.pair.engine.snapshot();
    let rows: BTreeSet<&str> = saved.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    let known = ["choices", "end", "ledger", "memory", "past", "session", "showing", "tally"];
    assert_eq!(rows, BTreeSet::from(known));
}

#[test]
fn with_its_memory_in_any_order_means_the_same() {
    let mut hour = Hour::ticked();
    let number = hour.until_words();
    hour.send(Input::Answer { number, answer: Answer::Never });
    hour.until_words();
    hour.send(Input::End);
    let saved = hour.pair.engine.snapshot();
    let mut lines: Vec<&str> = saved.lines().collect();
    let past: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].starts_with("past\t")).collect();
    assert!(past.len() >= 2, "{saved}");
    lines[past[0]..=past[past.len() - 1]].reverse();
    lines.insert(past[0], "past\tzzz\t1\t1\t0\t0\t0");
    hour.pair.engine = Engine::restore(read(&rows()), &lines.join("\n")).unwrap();
    hour.pair.now = NINE;
    hour.send(start(50, SessionKind::Ongoing, "plain"));
    let comes = hour.comes_until(50);
    assert!(comes.iter().all(|came| !came.contains("Lean")), "{comes:?}");
    let saved = hour.pair.engine.snapshot();
    let ids: Vec<&str> =
        saved.lines().filter_map(|line| line.strip_prefix("past\t")).filter_map(|row| row.split('\t').next()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted, "each id once, in order");
}
